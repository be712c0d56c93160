//! What an Easemob connection needs, and how its requests show who sends: an app token as Bearer (E-URL-1…6, E-TOK-1…6).

use super::token::TOKEN;
use crate::domain::endpoint::Endpoint;
use crate::domain::field::Condition::{All, Empty, Filled};
use crate::domain::field::{Field, Kind};
use crate::domain::form::Form;
use crate::domain::operation::{Group, Rule};
use crate::domain::problem::{Fault, Problem};
use crate::domain::request::{Header, Moment, Request, Seal, Sign};
use crate::domain::secret::Secret;
use crate::domain::validation::{Entries, Readings};
use crate::domain::vendor::{ENDPOINT, PAGE_SIGNS, PROXY, SIGNS, proxy_signs};
use crate::words::{desk, easemob as words};

/// The organisation: what stands before the `#` of an AppKey. A whole AppKey is taken too (E-URL-1).
pub static ORG: Field = Field::connection("org_name", words::ORG, Kind::Address, "E-URL-1")
    .required_when(Empty(&APP_ID), "E-URL-1")
    .hint(words::ORG_HINT);
/// The app: what stands behind the `#`.
pub static APP: Field = Field::connection("app_name", words::APP, Kind::Address, "E-URL-1");
/// The other form of address, in place of organisation and app (E-URL-5).
pub static APP_ID: Field =
    Field::connection("app_id", words::APP_ID, Kind::Address, "E-URL-5").hint(words::APP_ID_HINT);
/// A token that was got elsewhere.
pub static APP_TOKEN: Field = Field::connection("app_token", words::APP_TOKEN, Kind::Secret, "E-TOK-5")
    .required_when(All(&[Empty(&CLIENT_ID), Empty(&CLIENT_SECRET)]), "E-TOK-5")
    .when(&[(PAGE_SIGNS, "SIGNS")])
    .hint(words::APP_TOKEN_HINT);
/// Whose token is asked for.
pub static CLIENT_ID: Field = Field::connection("client_id", words::CLIENT_ID, Kind::Address, "E-TOK-5")
    .required_when(Filled(&CLIENT_SECRET), "E-TOK-5")
    .when(&[(PAGE_SIGNS, "SIGNS")])
    .hint(words::CLIENT_HINT);
/// With what it is asked for.
pub static CLIENT_SECRET: Field =
    Field::connection("client_secret", words::CLIENT_SECRET, Kind::Secret, "E-TOK-5")
        .required_when(Filled(&CLIENT_ID), "E-TOK-5")
        .when(&[(PAGE_SIGNS, "SIGNS")]);
/// For how long it is asked for; the console's value when empty. 0, for ever, is not asked for (E-TOK-1).
pub static TTL: Field =
    Field::connection("ttl", words::TTL, Kind::Integer { min: 1, max: TTL_MAX }, "E-TOK-1")
        .when(&[(PAGE_SIGNS, "SIGNS")])
        .hint(words::TTL_HINT);
/// How long messages are stored: 3, 7 or 90 days, by plan.
pub static STORAGE_DAYS: Field = Field::connection(
    "tenant.storage_days",
    words::STORAGE_DAYS,
    Kind::Integer { min: 1, max: 3650 },
    "E-MOD-17",
)
.hint(words::STORAGE_DAYS_HINT);
/// How long a message may be recalled: 2 minutes by default, 7 days at most.
pub static RECALL_MINUTES: Field = Field::connection(
    "tenant.recall_minutes",
    words::RECALL_MINUTES,
    Kind::Integer { min: 1, max: 7 * 24 * 60 },
    "E-RCL-3",
)
.default("2")
.hint(words::RECALL_MINUTES_HINT);

/// Ten years, in the smaller of the units the vendor uses.
pub(super) const TTL_MAX: i64 = 315_360_000_000;

/// What an Easemob connection needs.
pub static CONNECTION: Form = Form {
    groups: &[
        Group::open(
            desk::CONNECTION,
            &[&ENDPOINT, &SIGNS, &ORG, &APP, &APP_ID, &APP_TOKEN, &CLIENT_ID, &CLIENT_SECRET, &PROXY],
        ),
        Group::folded(words::GROUP_TENANT, &[&TTL, &STORAGE_DAYS, &RECALL_MINUTES]),
    ],
    rules: &[
        Rule { id: "E-URL-1", check: app_is_named },
        Rule { id: "E-URL-2", check: plain_http_warns },
        Rule { id: "E-URL-5", check: one_form_of_address },
        Rule { id: "E-TOK-5", check: token_fits },
        Rule { id: "E-TOK-5", check: bearer_is_taken_off },
    ],
};

/// Organisation and app of an AppKey, when the text is one.
fn app_key(text: &str) -> Option<(&str, &str)> {
    let (org, app) = text.split_once('#')?;
    (!org.is_empty() && !app.is_empty() && !app.contains('#')).then_some((org, app))
}

fn app_is_named(readings: &Readings) -> Option<Problem> {
    let (org, app) = (readings.typed(&ORG), readings.typed(&APP));
    let said = |field: &Field| {
        Problem::stop(field.name, "E-URL-1", Fault::said("app_key_not_split", words::APP_KEY_NOT_SPLIT))
    };
    if app.contains('#') {
        return Some(said(&APP));
    }
    if org.contains('#') {
        return (app_key(org).is_none() || !app.is_empty()).then(|| said(&ORG));
    }
    let missing = app.is_empty() && readings.typed(&APP_ID).is_empty();
    missing.then(|| Problem::stop(APP.name, "E-URL-1", Fault::Required))
}

/// The vendor takes HTTP too; a token of an admin does not belong there.
fn plain_http_warns(readings: &Readings) -> Option<Problem> {
    let endpoint = Endpoint::parse(readings.typed(&ENDPOINT))?;
    let plain = !endpoint.is_https() && !endpoint.is_loopback();
    let fault = Fault::said("plain_http", words::PLAIN_HTTP);
    plain.then(|| Problem::warn(ENDPOINT.name, "E-URL-2", fault))
}

fn one_form_of_address(readings: &Readings) -> Option<Problem> {
    let split = !readings.typed(&ORG).is_empty() || !readings.typed(&APP).is_empty();
    let both = split && !readings.typed(&APP_ID).is_empty();
    both.then(|| Problem::stop(APP_ID.name, "E-URL-5", Fault::said("two_addresses", words::TWO_ADDRESSES)))
}

/// A pasted token without the word that stands before it in a header.
fn bare(token: &str) -> &str {
    match token.split_at_checked(6) {
        Some((word, rest))
            if word.eq_ignore_ascii_case("bearer") && rest.starts_with(char::is_whitespace) =>
        {
            rest.trim_start()
        }
        _ => token,
    }
}

fn token_fits(readings: &Readings) -> Option<Problem> {
    let fits = bare(readings.typed(&APP_TOKEN)).bytes().all(|byte| byte.is_ascii_graphic());
    let fault = Fault::said("not_a_header_value", words::TOKEN_NOT_HEADER);
    (!fits).then(|| Problem::stop(APP_TOKEN.name, "E-TOK-5", fault))
}

fn bearer_is_taken_off(readings: &Readings) -> Option<Problem> {
    let typed = readings.typed(&APP_TOKEN);
    let fault = Fault::said("bearer_taken_off", words::BEARER_TAKEN_OFF);
    (bare(typed) != typed).then(|| Problem::warn(APP_TOKEN.name, "E-TOK-5", fault))
}

/// The segments that name the app: organisation and app, or `app-id` and its id.
pub(super) fn segments(connection: &Entries) -> Vec<String> {
    let (org, app, id) = (connection.text(&ORG), connection.text(&APP), connection.text(&APP_ID));
    if !id.is_empty() {
        return vec!["app-id".to_owned(), id];
    }
    match app_key(&org) {
        Some((org, app)) => vec![org.to_owned(), app.to_owned()],
        None => vec![org, app],
    }
}

/// Carries the app token: the pasted one, else the one that was got for the credentials.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The proxy puts a token of its own into every call.
    by_proxy: bool,
    pasted: Option<Secret>,
}

impl Signer {
    /// The signer of a checked connection form.
    pub fn new(connection: &Entries) -> Self {
        let pasted = connection.text(&APP_TOKEN);
        let pasted = (!pasted.is_empty()).then(|| Secret::new(bare(&pasted)));
        Self { by_proxy: proxy_signs(connection), pasted }
    }
}

impl Sign for Signer {
    /// The token call itself carries no token.
    fn prove(&self, request: &Request, moment: &Moment) -> Result<Seal, Problem> {
        let mut headers = vec![
            Header::plain("Content-Type", "application/json"),
            Header::plain("Accept", "application/json"),
        ];
        if !self.by_proxy && !std::ptr::eq(request.valid().operation(), &TOKEN) {
            let token = self.pasted.as_ref().or(moment.token.as_ref()).ok_or_else(|| {
                Problem::stop(APP_TOKEN.name, "E-TOK-5", Fault::said("token_needed", words::TOKEN_NEEDED))
            })?;
            let value = Secret::new(format!("Bearer {}", token.reveal()));
            headers.push(Header::hidden("Authorization", value, "Bearer <token>"));
        }
        Ok(Seal { headers, query: Vec::new() })
    }
}
