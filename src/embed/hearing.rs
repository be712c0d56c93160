//! What a host says: read from text, believed in nothing, and never an act.

use super::theme::{Theme, Unreadable};
use super::{NAMESPACE, VERSION};
use crate::domain::draft::Values;
use crate::domain::json::Json;
use crate::domain::leak::names_secret;
use crate::words::Language;

/// A part of the frame that the host's window shows, in CSS pixels from the frame's top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible {
    /// Where it begins.
    pub top: u32,
    /// How high it is.
    pub height: u32,
}

/// What a host may want once it is heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Speak this language.
    Locale(Language),
    /// Look like this.
    Theme(Theme),
    /// Show this page.
    Navigate(String),
    /// Put texts into an operation's form and show it. It is never submitted.
    Prefill(String, Values),
    /// Forget every secret.
    Lock,
    /// Take the focus.
    Focus,
    /// This part of the frame is seen.
    View(Visible),
    /// What a second person said of a request that waits: its digest, and yes or no.
    Approval(String, bool),
}

/// What a host says first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Init {
    /// What it wants from the start, each as if it had said so later.
    pub wishes: Vec<Result<Command, Refusal>>,
    /// Whether it can ask a second person.
    pub approves: bool,
    /// What its frame's `sandbox` allows; none when the frame has no such attribute, or nothing was said of it.
    pub sandbox: Option<String>,
}

/// What a sandboxed frame must allow besides scripts, each without which something of the desk does not work.
const TOKENS: &[&str] = &["allow-same-origin", "allow-forms", "allow-modals", "allow-downloads"];

impl Init {
    /// What the frame's `sandbox` leaves out.
    pub fn missing_tokens(&self) -> Vec<&'static str> {
        let has = |token: &str| {
            let mut given = self.sandbox.iter().flat_map(|given| given.split_ascii_whitespace());
            self.sandbox.is_none() || given.any(|known| known.eq_ignore_ascii_case(token))
        };
        TOKENS.iter().copied().filter(|token| !has(token)).collect()
    }
}

/// Why a message is not taken, in a word for the host's developers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no message of the contract.
    Form(String),
    /// It is of another major version.
    Version,
    /// It is of a kind that nobody knows.
    Type,
    /// It would put a secret into a form.
    Secret(String),
    /// The colours could not be read.
    Contrast(&'static str, &'static str),
}

impl Refusal {
    /// Its name in the contract, and what it is about.
    pub fn code(&self) -> (&'static str, String) {
        match self {
            Self::Form(member) => ("malformed", member.clone()),
            Self::Version => ("unsupported-version", String::new()),
            Self::Type => ("unknown-type", String::new()),
            Self::Secret(field) => ("secret-refused", field.clone()),
            Self::Contrast(text, ground) => ("contrast", format!("{text} on {ground}")),
        }
    }
}

impl From<Unreadable> for Refusal {
    fn from(why: Unreadable) -> Self {
        match why {
            Unreadable::Form(member) => Self::Form(member),
            Unreadable::Contrast(text, ground) => Self::Contrast(text, ground),
        }
    }
}

/// The longest address of a page, and the longest name of a field.
const LONGEST_NAME: usize = 120;
/// A frame is never higher.
const HIGHEST: i64 = 1_000_000;

/// Reads a message that came through the port.
pub fn hear(text: &str) -> Result<Command, Refusal> {
    let (kind, json) = envelope(text)?;
    match kind.as_str() {
        "locale" => locale(member(&json, "locale")?),
        "theme" => theme(member(&json, "theme")?),
        "navigate" => navigate(member(&json, "to")?),
        "prefill" => prefill(member(&json, "prefill")?),
        "lock" => Ok(Command::Lock),
        "focus" => Ok(Command::Focus),
        "view" => view(member(&json, "view")?),
        "approval" => approval(&json),
        _ => Err(Refusal::Type),
    }
}

/// Reads the first message, which comes to the window: the nonce it repeats, and what it says besides.
pub(super) fn init(text: &str) -> Result<(String, Init), Refusal> {
    let (kind, json) = envelope(text)?;
    if kind != "init" {
        return Err(Refusal::Type);
    }
    let nonce = json.get("nonce").and_then(Json::as_text).ok_or_else(|| form("nonce"))?.to_owned();
    let wish = |name: &str, read: fn(&Json) -> Result<Command, Refusal>| json.get(name).map(read);
    let wishes = [wish("locale", locale), wish("theme", theme), wish("view", view), wish("prefill", prefill)];
    let init = Init {
        wishes: wishes.into_iter().flatten().collect(),
        approves: json.get("approves") == Some(&Json::Flag(true)),
        sandbox: json.get("sandbox").and_then(Json::as_text).map(short),
    };
    Ok((nonce, init))
}

fn envelope(text: &str) -> Result<(String, Json), Refusal> {
    let json = Json::parse(text).map_err(|_| form("json"))?;
    if json.get("ns").and_then(Json::as_text) != Some(NAMESPACE) {
        return Err(form("ns"));
    }
    let version = json.get("v").and_then(Json::as_list).unwrap_or_default();
    let [Json::Number(major), Json::Number(_)] = version else { return Err(form("v")) };
    if *major != VERSION[0].to_string() {
        return Err(Refusal::Version);
    }
    let kind = json.get("type").and_then(Json::as_text).ok_or_else(|| form("type"))?.to_owned();
    Ok((kind, json))
}

fn form(member: &str) -> Refusal {
    Refusal::Form(member.to_owned())
}

fn member<'a>(json: &'a Json, name: &str) -> Result<&'a Json, Refusal> {
    json.get(name).ok_or_else(|| form(name))
}

fn locale(json: &Json) -> Result<Command, Refusal> {
    match json.as_text() {
        Some("zh-CN") => Ok(Command::Locale(Language::Chinese)),
        Some("en") => Ok(Command::Locale(Language::English)),
        _ => Err(form("locale")),
    }
}

fn theme(json: &Json) -> Result<Command, Refusal> {
    Ok(Command::Theme(Theme::read(json)?))
}

fn view(json: &Json) -> Result<Command, Refusal> {
    Ok(Command::View(Visible { top: pixels(json, "top")?, height: pixels(json, "height")? }))
}

/// A page's address behind the `#`, and nothing that could carry more than a name.
fn navigate(json: &Json) -> Result<Command, Refusal> {
    let page = json.as_text().and_then(|text| text.strip_prefix("#/")).ok_or_else(|| form("to"))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '-');
    if page.len() > LONGEST_NAME || !page.chars().all(plain) {
        return Err(form("to"));
    }
    match secret_in(page) {
        Some(name) => Err(Refusal::Secret(name)),
        None => Ok(Command::Navigate(format!("#/{page}"))),
    }
}

fn prefill(json: &Json) -> Result<Command, Refusal> {
    let operation = json.get("operation").and_then(Json::as_text).ok_or_else(|| form("operation"))?;
    let texts = json.get("values").and_then(Json::as_object).ok_or_else(|| form("values"))?;
    let mut values = Values::new();
    for (name, text) in texts.iter() {
        if let Some(secret) = secret_in(name) {
            return Err(Refusal::Secret(secret));
        }
        let text = text.as_text().filter(|_| name.len() <= LONGEST_NAME);
        values.set(name, text.ok_or_else(|| form(&format!("values.{}", short(name))))?);
    }
    Ok(Command::Prefill(short(operation), values))
}

fn approval(json: &Json) -> Result<Command, Refusal> {
    let digest = json.get("digest").and_then(Json::as_text).ok_or_else(|| form("digest"))?;
    match json.get("approved") {
        Some(Json::Flag(yes)) => Ok(Command::Approval(short(digest), *yes)),
        _ => Err(form("approved")),
    }
}

fn pixels(json: &Json, name: &str) -> Result<u32, Refusal> {
    let number = json.get(name).and_then(Json::as_i64).filter(|number| (0..=HIGHEST).contains(number));
    number.and_then(|number| u32::try_from(number).ok()).ok_or_else(|| form(name))
}

/// The name, when it names a secret.
fn secret_in(name: &str) -> Option<String> {
    names_secret(name).then(|| short(name))
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST_NAME).collect()
}
