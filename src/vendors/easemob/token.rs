//! The app token: got for client id and secret, kept, and renewed long before it ends (E-TOK-1…6).

use super::connection::{APP_TOKEN, CLIENT_ID, CLIENT_SECRET, TTL, TTL_MAX};
use super::reply;
use crate::domain::draft::Values;
use crate::domain::field::{Choice, Field, Kind};
use crate::domain::foresight;
use crate::domain::form::Form;
use crate::domain::json::Json;
use crate::domain::operation::{Danger, Group, Method, Operation, Scope, Segment, Targets, Verb};
use crate::domain::reply::Reply;
use crate::domain::secret::Secret;
use crate::domain::validation::Entries;
use crate::domain::vendor::{Exchange, Token};
use crate::words::easemob as words;

static GRANT: Field = Field::body(
    "grant_type",
    words::TOKEN,
    Kind::Word(&[Choice::new("client_credentials", words::CLIENT_ID)]),
    "E-TOK-1",
)
.always("client_credentials");
static ID: Field = Field::body("client_id", words::CLIENT_ID, Kind::Address, "E-TOK-5").required("E-TOK-5");
static SECRET: Field =
    Field::body("client_secret", words::CLIENT_SECRET, Kind::Secret, "E-TOK-5").required("E-TOK-5");
static LIFETIME: Field = Field::body("ttl", words::TTL, Kind::Integer { min: 1, max: TTL_MAX }, "E-TOK-1");

/// Gives an app token. It carries none itself.
pub static TOKEN: Operation = Operation {
    id: "easemob.token",
    verb: Verb::Find,
    title: words::TOKEN,
    vendor_name: words::TOKEN,
    short: words::TOKEN,
    method: Method::Post,
    path: &[Segment::App, Segment::Literal("token")],
    form: Form { groups: &[Group::open(words::TOKEN, &[&GRANT, &ID, &SECRET, &LIFETIME])], rules: &[] },
    danger: Danger::Looks,
    act: words::TOKEN,
    spacing: None,
    targets: Targets::One,
    scope: |_| Scope { says: words::TOKEN, facts: Vec::new() },
    explain: |_, answer| reply::looked(answer, |_| Some((reply::ANSWERED, None))),
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresight::nothing,
    read_back: None,
};

/// A token for the credentials of a connection; none when one was pasted there.
pub static EXCHANGE: Exchange = Exchange { operation: &TOKEN, values, read, is_stale };

fn values(connection: &Entries) -> Option<Values> {
    let wanted = connection.text(&APP_TOKEN).is_empty() && !connection.text(&CLIENT_ID).is_empty();
    let values = [(&ID, &CLIENT_ID), (&SECRET, &CLIENT_SECRET), (&LIFETIME, &TTL)];
    wanted.then(|| values.map(|(field, source)| (field.name, connection.text(source))).into_iter().collect())
}

/// No token is trusted for longer: one cluster counts its lifetime in milliseconds, and nothing tells which.
const LONGEST: i64 = 60 * 60 * 1000;

/// This reply has no `data` around it. Half of the lifetime is used; one that is not said, or not above 0, ends with a 401.
fn read(answer: &Reply) -> Option<Token> {
    let json = Json::parse(&answer.body).ok().filter(|_| answer.status == 200)?;
    let value = json.get("access_token")?.as_text().filter(|token| !token.is_empty())?;
    let lifetime = reply::text(&json, "expires_in").and_then(|digits| digits.parse::<i64>().ok());
    let renew_after =
        lifetime.filter(|seconds| *seconds > 0).map(|seconds| seconds.saturating_mul(500).min(LONGEST));
    Some(Token { value: Secret::new(value), renew_after })
}

/// A 401 about the token. The 401 of an edit is about the message, and a new token changes nothing (E-MOD-22).
fn is_stale(answer: &Reply) -> bool {
    let error = Json::parse(&answer.body).ok().and_then(|json| reply::text(&json, "error"));
    answer.status == 401
        && error.is_some_and(|error| ["unauthorized", "auth_bad_access_token"].contains(&error.as_str()))
}
