//! Opening a connection and testing it: one sentence that says what to change.

use super::browser;
use super::desk::{Desk, InUse};
use super::form_state::{FormState, is_secret};
use super::road::{self, Journey};
use crate::config::{Config, Preset};
use crate::connection::Connection;
use crate::domain::caution::Stage;
use crate::domain::draft::{Draft, Values};
use crate::domain::field::Field;
use crate::domain::outcome::Outcome;
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Ending;
use crate::domain::vendor::{PROXY, Standing, Vendor};
use crate::transport::fetch;
use crate::transport::proxy::Template;
use crate::words::{Language, Words, desk as words};

/// How long a test waits for an answer, in milliseconds.
const DEADLINE: u32 = 15_000;
/// A clock further off than this is worth saying; the vendors refuse beyond five minutes.
const SKEW: i64 = 300;

/// Opens a connection from a form's texts, with the checks that need to know the page's own address and what the place allows
/// (SEC-3).
pub(crate) fn open(desk: Desk, vendor: &'static Vendor, values: &Values) -> Result<Connection, Vec<Problem>> {
    let connection = Connection::open(vendor, values, browser::now())?;
    let allowed = desk.config.with_untracked(|config| {
        let policy = config.as_ref().ok().map(|config| &config.policy)?;
        (!policy.allows_proxy(values.get(PROXY.name))).then(|| policy.proxies.join("  "))
    });
    if let Some(allowed) = allowed {
        let fault = Fault::Said {
            code: "proxy_not_listed",
            says: words::PROXY_NOT_LISTED,
            facts: vec![("allowed", allowed)],
        };
        return Err(vec![Problem::stop(PROXY.name, PROXY.rule, fault)]);
    }
    match connection.proxy().is_mixed_content() {
        Some(fault) if browser::is_https() => Err(vec![Problem::stop(PROXY.name, PROXY.rule, fault)]),
        _ => Ok(connection),
    }
}

/// Puts a ready-made connection into use; false when something in it is missing, such as a secret.
pub(crate) fn choose(desk: Desk, vendor: &'static Vendor, preset: &Preset) -> bool {
    let Ok(connection) = open(desk, vendor, &preset.values) else { return false };
    let name = [Language::Chinese, Language::English].map(|language| preset.name(language).to_owned());
    desk.connect(InUse { connection, name, stage: preset.stage });
    true
}

/// Fills an operation's form with a sample to practise with. The configuration is asked for it anew: what a sample points at
/// may be gone by now.
pub(crate) fn fill_sample(state: FormState) {
    browser::spawn(async move {
        let Some(text) = fetch::own_file(CONFIG).await else { return };
        if let Ok(config) = Config::parse(&text)
            && let Some(sample) = config.sample(state.id)
        {
            state.fill(sample.iter());
        }
    });
}

/// The configuration's file, beside the page.
pub(crate) const CONFIG: &str = "config.json";

/// The stage of a connection somebody typed in: the one of the ready-made connection with the same address, else production.
pub(crate) fn stage(desk: Desk, vendor: &'static Vendor, values: &Values) -> Stage {
    let same = |preset: &&Preset| {
        let all = vendor.connection.fields();
        let given = |field: &Field| match preset.values.get(field.name) {
            "" => field.initial_text(),
            given => given,
        };
        all.filter(|field| !is_secret(field)).all(|field| given(field) == values.get(field.name).trim())
    };
    desk.config.with_untracked(|config| {
        let mut presets = config.iter().flat_map(|config| config.of(vendor));
        presets.find(same).map_or(Stage::Production, |preset| preset.stage)
    })
}

/// Where requests go, as people recognise it.
pub(crate) fn via(connection: &Connection, language: Language) -> String {
    let proxy = connection.proxy();
    if proxy.is_direct() {
        return words::VIA_NOTHING.fill(language, &[("host", connection.endpoint().host())]);
    }
    let place = match proxy.host() {
        Some(host) => host,
        None => words::VIA_SAME_ORIGIN.fill(language, &[("base", proxy.base())]),
    };
    words::VIA.fill(language, &[("proxy", &place)])
}

/// What a test found: the sentence and its facts.
#[derive(Clone)]
pub(crate) struct Finding {
    /// Whether the connection can be used.
    pub(crate) ready: bool,
    /// A short name for tests and hosts.
    pub(crate) code: &'static str,
    says: Words,
    facts: Vec<(&'static str, Fact)>,
}

#[derive(Clone)]
enum Fact {
    Text(String),
    Words(Words),
}

impl Finding {
    fn new(code: &'static str, says: Words, facts: Vec<(&'static str, Fact)>) -> Self {
        Self { ready: code == "ready", code, says, facts }
    }

    /// The sentence, in a language.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let facts: Vec<(&str, &str)> = self
            .facts
            .iter()
            .map(|(name, fact)| {
                let text = match fact {
                    Fact::Text(text) => text.as_str(),
                    Fact::Words(words) => words.text(language),
                };
                (*name, text)
            })
            .collect();
        self.says.fill(language, &facts)
    }
}

/// Tests a connection with its vendor's harmless call.
pub(crate) async fn test(connection: &Connection) -> Finding {
    let host = host(connection);
    let named = |code, says| Finding::new(code, says, vec![("host", Fact::Text(host.clone()))]);
    let probe = &connection.vendor().probe;
    let draft = Draft { operation: probe.operation, values: probe.values.iter().copied().collect() };
    let Ok(valid) = draft.validate(browser::now()) else {
        return named("not_built", words::TEST_UNREACHABLE);
    };
    let Ok(request) = connection.request(valid) else { return named("not_built", words::TEST_UNREACHABLE) };
    // A test asks for everything anew, the token too.
    connection.forget_token();
    let journey = road::send(connection, request, &browser::random_hex(), DEADLINE).await;
    let Journey { ending, date, outcome, address, in_its_words, .. } = journey;
    match &ending {
        Ending::Offline => named("offline", words::TEST_OFFLINE),
        Ending::NotBuilt => named("not_built", words::TEST_UNREACHABLE),
        Ending::NoConnection if fetch::reaches(&address, DEADLINE).await => {
            let headers = connection.vendor().headers.join(", ");
            let facts = vec![
                ("host", Fact::Text(host)),
                ("origin", Fact::Text(browser::origin())),
                ("headers", Fact::Text(headers)),
            ];
            Finding::new("proxy_refuses_page", words::TEST_PROXY_REFUSES_PAGE, facts)
        }
        Ending::NoConnection => named("unreachable", words::TEST_UNREACHABLE),
        Ending::TimedOut => named("timed_out", words::TEST_TIMED_OUT),
        Ending::Redirected => named("redirected", words::TEST_REDIRECTED),
        Ending::Cut { status } => with_status("unreadable", words::TEST_UNREADABLE, host, *status),
        Ending::Replied(_) if in_its_words => answered(connection, host, outcome, date),
        Ending::Replied(reply) => match reply.status {
            200..=299 => with_status("unreadable", words::TEST_UNREADABLE, host, reply.status),
            500..=599 => with_status("gateway", words::TEST_GATEWAY, host, reply.status),
            401 if connection.is_signed_by_proxy() => named("sign_on", words::TEST_SIGN_ON),
            404 if reply.body.to_ascii_lowercase().contains("proxy error") => {
                with_status("gateway", words::TEST_GATEWAY, host, 404)
            }
            status => with_status("proxy_refused", words::TEST_PROXY_REFUSED, host, status),
        },
    }
}

fn with_status(code: &'static str, says: Words, host: String, status: u16) -> Finding {
    Finding::new(code, says, vec![("host", Fact::Text(host)), ("status", Fact::Text(status.to_string()))])
}

/// The vendor itself answered: what it says about key, signature and clock.
fn answered(connection: &Connection, host: String, outcome: Outcome, date: Option<String>) -> Finding {
    let skew =
        date.and_then(|date| browser::parse_date(&date)).map(|server| (browser::now() - server).abs() / 1000);
    let clock = |seconds: i64| {
        Finding::new("clock_off", words::TEST_CLOCK, vec![("seconds", Fact::Text(seconds.to_string()))])
    };
    match (connection.vendor().probe.judge)(&outcome) {
        Standing::Ready => Finding::new("ready", words::TEST_READY, Vec::new()),
        Standing::KeyUnknown | Standing::ClockOff | Standing::SignatureRefused | Standing::NotAdmin
            if connection.is_signed_by_proxy() =>
        {
            Finding::new("proxy_proof", words::TEST_PROXY_PROOF, vec![("host", Fact::Text(host))])
        }
        Standing::KeyUnknown => Finding::new("key_unknown", words::TEST_KEY_UNKNOWN, Vec::new()),
        Standing::ClockOff | Standing::SignatureRefused if skew.is_some_and(|skew| skew > SKEW) => {
            clock(skew.unwrap_or_default())
        }
        Standing::ClockOff => Finding::new("clock_off", words::TEST_CLOCK_PLAIN, Vec::new()),
        Standing::SignatureRefused => Finding::new("signature_refused", words::TEST_SIGNATURE, Vec::new()),
        Standing::NotAdmin => Finding::new("not_admin", words::TEST_NOT_ADMIN, Vec::new()),
        Standing::WrongRegion => Finding::new("wrong_region", words::TEST_WRONG_REGION, Vec::new()),
        Standing::IpRefused => Finding::new("ip_refused", words::TEST_IP_REFUSED, Vec::new()),
        Standing::Refused => {
            let facts = vec![
                ("code", Fact::Text(outcome.code.unwrap_or_default())),
                ("meaning", Fact::Words(outcome.advice.meaning)),
                ("message", Fact::Text(outcome.message)),
                ("next", Fact::Words(outcome.advice.next)),
            ];
            Finding::new("refused", words::TEST_REFUSED, facts)
        }
    }
}

fn host(connection: &Connection) -> String {
    let proxy = connection.proxy();
    match proxy.host() {
        Some(host) => host,
        None if Template::is_direct(proxy) => connection.endpoint().host().to_owned(),
        None => format!("{}/{}", browser::origin(), proxy.base().trim_start_matches('/')),
    }
}
