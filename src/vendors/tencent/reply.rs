//! Tencent's answers: `{ActionStatus, ErrorCode, ErrorInfo, …}` on HTTP 200 (T-ENV-1…4). Numbers are kept digit for digit.

use super::codes;
use crate::domain::json::Json;
use crate::domain::operation::Danger;
use crate::domain::outcome::{Advice, Outcome, ReceiverEnding, ReceiverOutcome, Repeat, Verdict};
use crate::domain::reply::Reply;
use crate::domain::validation::Valid;
use crate::words::{Words, outcome as said, tencent as words};

/// The envelope of every answer.
#[derive(Debug)]
pub struct Envelope {
    /// `OK`, `FAIL`, or `SomeError` of a batch.
    pub status: String,
    /// 0 is success.
    pub code: i64,
    /// The vendor's words; empty when it has none (T-ENV-2).
    pub info: String,
    /// All of it.
    pub body: Json,
}

impl Envelope {
    /// Reads an answer; `None` when it is not Tencent's: another HTTP status, not a JSON object, or no code (T-ENV-3).
    pub fn read(answer: &Reply) -> Option<Self> {
        if answer.status != 200 {
            return None;
        }
        let body = Json::parse(&answer.body).ok()?;
        let code = text(&body, "ErrorCode")?.parse().ok()?;
        let status = text(&body, "ActionStatus").unwrap_or_default();
        let info = text(&body, "ErrorInfo").unwrap_or_default();
        Some(Self { status, code, info, body })
    }

    /// The vendor's own word for success; its `ErrorInfo` is never read for that (T-ENV-1).
    pub fn is_success(&self) -> bool {
        self.code == 0 && self.status == "OK"
    }
}

/// A text or number of an object, digit for digit.
pub fn text(object: &Json, name: &str) -> Option<String> {
    object.get(name)?.as_exact_text().map(str::to_owned)
}

/// The entries of a list; none when it is missing.
pub fn list<'a>(object: &'a Json, name: &str) -> &'a [Json] {
    object.get(name).and_then(Json::as_list).unwrap_or_default()
}

/// Named texts of an object, for the details part of a result.
pub fn facts(object: &Json, names: &[&str]) -> Vec<(String, String)> {
    names.iter().filter_map(|name| Some(((*name).to_owned(), text(object, name)?))).collect()
}

/// A fact of an outcome; empty when it has none of this name.
pub fn fact(outcome: &Outcome, name: &str) -> String {
    outcome.facts.iter().find(|(known, _)| known == name).map_or_else(String::new, |(_, fact)| fact.clone())
}

/// The advice for a code: its own, else the one for its range with the vendor's words (T-ERR-1).
pub fn advice(code: i64) -> &'static Advice {
    codes::advice(code).unwrap_or_else(|| codes::by_range(code))
}

/// What is said of an accepted act.
pub const fn accepted(meaning: Words, cause: Words, next: Words) -> Advice {
    Advice { meaning, cause, next, repeat: Repeat::Done }
}

/// What an answer means; `None` when it is not Tencent's.
pub fn explain(valid: &Valid, answer: &Reply, success: Advice) -> Option<Outcome> {
    let envelope = Envelope::read(answer)?;
    let mut outcome = judged(&envelope, success);
    if valid.operation().danger == Danger::Looks && outcome.verdict == Verdict::Unknown {
        // A call that only looks did nothing, whatever came of it.
        outcome.verdict = Verdict::Refused;
        outcome.advice = Advice { next: said::LOOK_AGAIN, repeat: Repeat::Later, ..outcome.advice };
    }
    if outcome.verdict == Verdict::Unknown {
        outcome.receivers = (valid.operation().unanswered)(valid);
    }
    Some(outcome)
}

fn judged(envelope: &Envelope, success: Advice) -> Outcome {
    let (verdict, advice) = if envelope.is_success() {
        (Verdict::Accepted, success)
    } else if envelope.code == 0 || envelope.status != "FAIL" {
        // Half a success, or half a failure: not what the vendor says on either.
        (Verdict::Unknown, CONTRADICTION)
    } else {
        let advice = *advice(envelope.code);
        (if advice.repeat == Repeat::Dangerous { Verdict::Unknown } else { Verdict::Refused }, advice)
    };
    let mut outcome = Outcome::new(verdict, advice);
    outcome.code = Some(envelope.code.to_string());
    outcome.message.clone_from(&envelope.info);
    outcome
}

/// An answer whose parts say different things.
pub const CONTRADICTION: Advice = Advice {
    meaning: words::CONTRADICTION,
    cause: words::CONTRADICTION_CAUSE,
    next: said::CHECK_FIRST,
    repeat: Repeat::Dangerous,
};

/// How one item of several ended, by its own code.
pub fn ending(code: &str, sent: impl FnOnce() -> ReceiverEnding) -> ReceiverEnding {
    match code.parse::<i64>() {
        Ok(0) => sent(),
        Ok(number) => {
            let known = codes::advice(number);
            // A code that leaves open whether it happened is no refusal.
            if advice(number).repeat == Repeat::Dangerous {
                return ReceiverEnding::Unknown;
            }
            ReceiverEnding::Refused { code: code.to_owned(), message: String::new(), advice: known }
        }
        Err(_) => ReceiverEnding::Unknown,
    }
}

/// Nobody knows about any of these.
pub fn all_unknown(items: &[String]) -> Vec<ReceiverOutcome> {
    items
        .iter()
        .map(|receiver| ReceiverOutcome { receiver: receiver.clone(), ending: ReceiverEnding::Unknown })
        .collect()
}

/// The verdict on several items: all, none, some, or nobody knows.
pub fn sum_up(outcome: &mut Outcome, none: Advice, silent: Advice, some: Advice) {
    (outcome.verdict, outcome.advice) = match outcome.counts() {
        (_, 0, 0) => return,
        (0, _, 0) => (Verdict::Refused, none),
        (0, 0, _) => (Verdict::Unknown, silent),
        _ => (Verdict::Partial, some),
    };
}
