//! Yunxin's answers: `{code, msg, data}` on HTTP 200. Ids are kept digit for digit, whether they come as number or text.

use super::codes;
use crate::domain::json::Json;
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
        let Ok(Json::Object(object)) = Json::parse(&answer.body) else { return None };
        let code = object.get("code")?.as_exact_text()?.parse().ok()?;
        let msg = object
            .get("msg")
            .or_else(|| object.get("desc"))
            .and_then(Json::as_exact_text)
            .unwrap_or_default()
            .to_owned();
        let data = object.get("data").cloned().unwrap_or(Json::Null);
        Some(Self { code, msg, data })
    }
}

/// A text or number of an object, digit for digit.
pub fn text(object: &Json, name: &str) -> Option<String> {
    object.get(name)?.as_exact_text().map(str::to_owned)
}

/// The entries of a list; none when it is missing.
pub fn list<'a>(object: &'a Json, name: &str) -> impl Iterator<Item = &'a Json> + use<'a> {
    object.get(name).and_then(Json::as_list).into_iter().flatten()
}

/// Named texts of an object, for the details part of a result.
pub fn facts(object: &Json, names: &[&str]) -> Vec<(String, String)> {
    names.iter().filter_map(|name| Some(((*name).to_owned(), text(object, name)?))).collect()
}

/// What the code of an answer means; `None` when the answer is not Yunxin's.
pub fn explain(answer: &Reply, accepted: Words, cause: Words, next: Words) -> Option<Outcome> {
    let envelope = Envelope::read(answer)?;
    let (verdict, advice) = match codes::advice(envelope.code) {
        _ if envelope.code == 200 && envelope.msg.eq_ignore_ascii_case("success") => {
            (Verdict::Accepted, Advice { meaning: accepted, cause, next, repeat: Repeat::Done })
        }
        // A proxy's sign-in page in JSON also says 200; Yunxin says "success" with it.
        _ if envelope.code == 200 => (Verdict::Unknown, UNSURE_SUCCESS),
        // A code that leaves open whether the act happened.
        Some(advice) if advice.repeat == Repeat::Dangerous => (Verdict::Unknown, *advice),
        Some(advice) => (Verdict::Refused, *advice),
        None => (Verdict::Unknown, UNKNOWN_CODE),
    };
    let mut outcome = Outcome::new(verdict, advice);
    outcome.code = Some(envelope.code.to_string());
    outcome.message = envelope.msg;
    Some(outcome)
}

const UNKNOWN_CODE: Advice = Advice {
    meaning: words::UNKNOWN_CODE,
    cause: words::UNKNOWN_CODE_CAUSE,
    next: words::UNKNOWN_CODE_NEXT,
    repeat: Repeat::Dangerous,
};

const UNSURE_SUCCESS: Advice = Advice {
    meaning: words::UNSURE_SUCCESS,
    cause: words::UNSURE_SUCCESS_CAUSE,
    next: crate::words::outcome::CHECK_FIRST,
    repeat: Repeat::Dangerous,
};
