//! Yunxin's answers: `{code, msg, data}` on HTTP 200. Ids are kept digit for digit, whether they come as number or text.

use serde_json::{Map, Value as Json};

use super::codes;
use crate::domain::outcome::{Advice, Outcome, Repeat, Verdict};
use crate::domain::reply::Reply;
use crate::words::{Words, yunxin as words};

/// The envelope of every answer.
#[derive(Debug)]
pub struct Envelope {
    /// 200 is success.
    pub code: i64,
    /// `success`, or the vendor's words.
    pub msg: String,
    /// The result; empty when it is absent or not an object.
    pub data: Json,
}

impl Envelope {
    /// Reads an answer; `None` when it is not Yunxin's: another HTTP status, not a JSON object, or no code.
    pub fn read(answer: &Reply) -> Option<Self> {
        if answer.status != 200 {
            return None;
        }
        let Ok(Json::Object(mut object)) = serde_json::from_str::<Json>(&answer.body) else { return None };
        let code = exact_text(object.get("code")?)?.parse().ok()?;
        let msg = object.get("msg").or_else(|| object.get("desc")).and_then(exact_text).unwrap_or_default();
        let data = object.remove("data").unwrap_or_else(|| Json::Object(Map::new()));
        Some(Self { code, msg, data })
    }
}

/// A text or number of an object, digit for digit.
pub fn text(object: &Json, name: &str) -> Option<String> {
    exact_text(object.get(name)?)
}

fn exact_text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// The entries of a list; none when it is missing.
pub fn list<'a>(object: &'a Json, name: &str) -> impl Iterator<Item = &'a Json> + use<'a> {
    object.get(name).and_then(Json::as_array).into_iter().flatten()
}

/// Named texts of an object, for the details part of a result.
pub fn facts(object: &Json, names: &[&str]) -> Vec<(String, String)> {
    names.iter().filter_map(|name| Some(((*name).to_owned(), text(object, name)?))).collect()
}

/// What the code of an answer means; `None` when the answer is not Yunxin's.
pub fn explain(answer: &Reply, accepted: Words, cause: Words, next: Words) -> Option<Outcome> {
    let envelope = Envelope::read(answer)?;
    let (verdict, advice) = match codes::advice(envelope.code) {
        _ if envelope.code == 200 => {
            (Verdict::Accepted, Advice { meaning: accepted, cause, next, repeat: Repeat::Done })
        }
        // A code that leaves open whether the act happened.
        Some(advice) if advice.repeat == Repeat::Dangerous => (Verdict::Unknown, *advice),
        Some(advice) => (Verdict::Refused, *advice),
        None if (500..600).contains(&envelope.code) => (Verdict::Unknown, unknown_code(Repeat::Dangerous)),
        None => (Verdict::Refused, unknown_code(Repeat::AfterFix)),
    };
    let mut outcome = Outcome::new(verdict, advice);
    outcome.code = Some(envelope.code.to_string());
    outcome.message = envelope.msg;
    Some(outcome)
}

const fn unknown_code(repeat: Repeat) -> Advice {
    Advice {
        meaning: words::UNKNOWN_CODE,
        cause: words::UNKNOWN_CODE_CAUSE,
        next: words::UNKNOWN_CODE_NEXT,
        repeat,
    }
}
