//! What an operation works with, and what it gives back.

use serde_json::{Map, Value, json};

use super::access::Caller;
use super::codes::{Refusal, SUCCESS};
use super::limits::Limits;
use super::rates::Rates;
use super::store::App;
use crate::effects::Happening;

/// One call, admitted and about to be acted upon.
pub(super) struct Turn<'a> {
    pub(super) app: &'a mut App,
    pub(super) caller: Caller,
    pub(super) limits: &'a Limits,
    pub(super) rates: &'a mut Rates,
    pub(super) now_ms: i64,
}

impl Turn<'_> {
    /// Unix seconds, in which the vendor counts.
    pub(super) fn now(&self) -> i64 {
        seconds(self.now_ms)
    }

    /// Refuses an account that is not imported, with the code of the field that names it.
    pub(super) fn must_know(&self, account: &str, code: u32, field: &str) -> Result<(), Refusal> {
        if self.app.accounts.contains(account) {
            Ok(())
        } else {
            Err(Refusal::field(code, field, "is not imported"))
        }
    }
}

/// Whole seconds.
pub(super) fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1_000)
}

/// The `ActionStatus` of a call that was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    SomeError,
}

/// What an operation did: its answer and every change it made.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) status: Status,
    pub(super) info: &'static str,
    pub(super) answer: Map<String, Value>,
    pub(super) happenings: Vec<Happening<String>>,
}

impl Done {
    /// Success with these fields beside the envelope.
    pub(super) fn telling<const N: usize>(answer: [(&str, Value); N]) -> Self {
        let answer = answer.map(|(key, value)| (key.to_owned(), value));
        Self { status: Status::Ok, info: "", answer: answer.into_iter().collect(), happenings: Vec::new() }
    }

    /// The same with what happened.
    pub(super) fn by(self, happenings: Vec<Happening<String>>) -> Self {
        Self { happenings, ..self }
    }

    /// The whole answer.
    pub(super) fn envelope(self) -> Value {
        let status = match self.status {
            Status::Ok => "OK",
            Status::SomeError => "SomeError",
        };
        let mut envelope = self.answer;
        envelope.insert("ActionStatus".to_owned(), status.into());
        envelope.insert("ErrorCode".to_owned(), SUCCESS.into());
        envelope.insert("ErrorInfo".to_owned(), self.info.into());
        Value::Object(envelope)
    }
}

/// The answer of a call that failed.
pub(super) fn failure(code: u32, info: &str) -> Value {
    json!({ "ActionStatus": "FAIL", "ErrorCode": code, "ErrorInfo": info })
}
