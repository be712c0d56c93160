//! What the desk says to its host: names, numbers and endings; never a secret, never a signature, never what a message says.

use super::{NAMESPACE, VERSION};
use crate::domain::job::code::{number, text};
use crate::domain::json::{Json, Object};
use crate::words::Language;

/// What a host is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The desk can be used.
    Ready {
        /// The language it speaks.
        language: Language,
    },
    /// How high the page is, in CSS pixels.
    Resize(u32),
    /// Whether leaving would lose something.
    Dirty(bool),
    /// How far a job is.
    Job {
        /// The job's id.
        id: String,
        /// What it does.
        operation: String,
        /// Its state.
        state: &'static str,
        /// Its numbers, by name.
        counts: Vec<(&'static str, u32)>,
    },
    /// What was done.
    Audit {
        /// When, in milliseconds since 1970.
        at: i64,
        /// Which operation.
        operation: &'static str,
        /// Through which app and address.
        account: String,
        /// Practice or production.
        stage: &'static str,
        /// Whom or what it named, by field.
        targets: Vec<(String, String)>,
        /// How many messages or receivers.
        count: u32,
        /// How it ended.
        outcome: &'static str,
        /// The vendor's code, if there is one.
        code: Option<String>,
        /// Why, as the person wrote.
        reason: String,
        /// What was sent, where the configuration allows it to be told.
        body: Option<String>,
        /// The id of the job it was, when it was one.
        job: Option<String>,
    },
    /// An act waits for a second person.
    Approve {
        /// Of the requests that wait: an answer is for these and no others.
        digest: String,
        /// Which operation.
        operation: &'static str,
        /// Through which app and address.
        account: String,
        /// How many messages or receivers.
        count: u32,
    },
    /// A message was not taken.
    Error {
        /// Why.
        code: &'static str,
        /// What about.
        about: String,
    },
}

/// The one message to a page that is not known yet: it holds a nonce and nothing else.
pub fn hello(nonce: &str) -> String {
    envelope("hello", vec![("nonce", text(nonce))])
}

/// An event as it goes through the port.
pub fn tell(event: &Event) -> String {
    match event {
        Event::Ready { language } => envelope("ready", vec![("locale", text(language.tag()))]),
        Event::Resize(height) => envelope("resize", vec![("height", number(height))]),
        Event::Dirty(dirty) => envelope("dirty", vec![("dirty", Json::Flag(*dirty))]),
        Event::Job { id, operation, state, counts } => envelope(
            "job",
            vec![
                ("id", text(id)),
                ("operation", text(operation)),
                ("state", text(state)),
                ("counts", object(counts.iter().map(|(name, count)| ((*name).to_owned(), number(count))))),
            ],
        ),
        Event::Audit { at, operation, account, stage, targets, count, outcome, code, reason, body, job } => {
            let mut members = vec![
                ("at", number(at)),
                ("operation", text(operation)),
                ("account", text(account)),
                ("stage", text(stage)),
                ("targets", object(targets.iter().map(|(name, value)| (name.clone(), text(value))))),
                ("count", number(count)),
                ("outcome", text(outcome)),
                ("code", code.as_deref().map_or(Json::Null, text)),
                ("reason", text(reason)),
            ];
            members.extend(body.as_deref().map(|body| ("body", text(body))));
            members.extend(job.as_deref().map(|job| ("job", text(job))));
            envelope("audit", members)
        }
        Event::Approve { digest, operation, account, count } => envelope(
            "approve",
            vec![
                ("digest", text(digest)),
                ("operation", text(operation)),
                ("account", text(account)),
                ("count", number(count)),
            ],
        ),
        Event::Error { code, about } => envelope("error", vec![("code", text(code)), ("about", text(about))]),
    }
}

fn envelope(kind: &str, members: Vec<(&str, Json)>) -> String {
    let version = VERSION.iter().map(number).collect();
    let first = [("ns", text(NAMESPACE)), ("v", Json::List(version)), ("type", text(kind))];
    object(first.into_iter().chain(members).map(|(name, value)| (name.to_owned(), value))).to_string()
}

fn object(members: impl Iterator<Item = (String, Json)>) -> Json {
    let mut object = Object::default();
    members.for_each(|(name, value)| object.insert(name, value));
    Json::Object(object)
}
