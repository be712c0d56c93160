//! Easemob's answers: HTTP 2xx with the result in `data`, any other status with `error` and `error_description` (E-ENV-1…4).

use super::codes;
use crate::domain::json::Json;
use crate::domain::message::Found;
use crate::domain::outcome::{
    Advice, Outcome, ReceiverEnding, ReceiverOutcome, Repeat, SentMessage, Verdict,
};
use crate::domain::reply::Reply;
use crate::words::{Words, codes as shared, easemob as words, outcome as endings};

/// A text or number of an object, digit for digit.
pub fn text(object: &Json, name: &str) -> Option<String> {
    object.get(name)?.as_exact_text().map(str::to_owned)
}

/// What an answer is; nothing when it is not Easemob's.
pub(super) enum Answer {
    /// A success, or what looks like one.
    Done(Json),
    /// A failure, explained.
    Failed(Outcome),
}

/// Reads an answer. A proxy's error in JSON may have an `error`; Easemob never says that alone.
pub(super) fn read(answer: &Reply) -> Option<Answer> {
    let json = Json::parse(&answer.body).ok().filter(|json| json.as_object().is_some())?;
    let has = |names: &[&str]| names.iter().any(|name| json.get(name).is_some());
    if has(&["error", "exception"]) && has(&["error_description", "error_code", "timestamp", "duration"]) {
        return Some(Answer::Failed(failure(&json, answer.status)));
    }
    let known = has(&["data", "entities", "requestStatusCode", "access_token"]);
    // Older pages answer a failed recall with a list.
    let done = (200..300).contains(&answer.status) && known || has(&["msgs"]);
    done.then_some(Answer::Done(json))
}

/// What a failure means: its status, both names and its description together say it (E-ENV-3, E-ENV-4, E-MOD-22).
fn failure(json: &Json, status: u16) -> Outcome {
    let said = |name: &str| text(json, name).unwrap_or_default();
    let (error, exception, description) = (said("error"), said("exception"), said("error_description"));
    let advice = codes::advice(status, &error, &exception, &description).copied().unwrap_or(UNKNOWN);
    let mut outcome = refused(advice);
    let name = if error.is_empty() { &exception } else { &error };
    outcome.code = Some(format!("{status} {name}"));
    outcome.message = if description.is_empty() { exception.clone() } else { description };
    outcome.facts = ["exception", "error_code"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), text(json, name)?)))
        .collect();
    outcome
}

/// Refused, or unknown when the advice leaves open whether it happened.
pub(super) fn refused(advice: Advice) -> Outcome {
    let open = advice.repeat == Repeat::Dangerous;
    Outcome::new(if open { Verdict::Unknown } else { Verdict::Refused }, advice)
}

/// Explains an answer to a write: what its success means is for `judge` to say.
pub(super) fn wrote(answer: &Reply, judge: impl FnOnce(&Json) -> Outcome) -> Option<Outcome> {
    match read(answer)? {
        Answer::Failed(outcome) => Some(outcome),
        Answer::Done(json) => {
            let mut outcome = judge(&json);
            outcome.code.get_or_insert_with(|| answer.status.to_string());
            Some(outcome)
        }
    }
}

/// Explains an answer to a call that only looks: it is never unknown, it did nothing.
pub(super) fn looked(
    answer: &Reply,
    judge: impl FnOnce(&Json) -> Option<(Advice, Option<Found>)>,
) -> Option<Outcome> {
    let mut outcome = match read(answer)? {
        Answer::Failed(outcome) => outcome,
        Answer::Done(json) => {
            let (advice, found) = judge(&json)?;
            let mut outcome = Outcome::new(Verdict::Accepted, advice);
            outcome.code = Some(answer.status.to_string());
            outcome.found = found;
            outcome
        }
    };
    if outcome.verdict == Verdict::Unknown {
        outcome.verdict = Verdict::Refused;
        outcome.advice = Advice { next: endings::LOOK_AGAIN, repeat: Repeat::Later, ..outcome.advice };
    }
    Some(outcome)
}

/// Accepted, in an operation's words.
pub(super) fn accepted(meaning: Words) -> Outcome {
    let advice =
        Advice { meaning, cause: words::ACCEPTED_CAUSE, next: words::ACCEPTED_NEXT, repeat: Repeat::Done };
    Outcome::new(Verdict::Accepted, advice)
}

/// A success that does not say what it should.
pub(super) fn unsure() -> Outcome {
    Outcome::new(Verdict::Unknown, UNSURE)
}

/// A receiver, or a message, nobody said anything about.
pub(super) fn unknown(receiver: &str) -> ReceiverOutcome {
    ReceiverOutcome { receiver: receiver.to_owned(), ending: ReceiverEnding::Unknown }
}

/// A message that was sent or recalled.
pub(super) fn sent(id: String, time: Option<String>, receiver: &str) -> ReceiverEnding {
    ReceiverEnding::Sent(SentMessage { id, time, receiver: Some(receiver.to_owned()) })
}

/// The verdict on an act with several parts, from what became of each. `strangers` are named in the answer and nobody asked.
pub(super) fn tally(receivers: Vec<ReceiverOutcome>, strangers: Vec<String>, all: Words) -> Outcome {
    let mut outcome = accepted(all);
    outcome.receivers = receivers;
    (outcome.verdict, outcome.advice) = match outcome.counts() {
        (_, 0, 0) if strangers.is_empty() => (Verdict::Accepted, outcome.advice),
        (_, 0, 0) => (Verdict::Partial, STRANGERS),
        (0, _, 0) => (Verdict::Refused, NONE),
        (0, 0, _) => (Verdict::Unknown, SILENT),
        _ => (Verdict::Partial, SOME),
    };
    outcome.facts = strangers.into_iter().map(|name| ("not_asked_for".to_owned(), name)).collect();
    outcome
}

const fn to(meaning: Words, cause: Words, next: Words, repeat: Repeat) -> Advice {
    Advice { meaning, cause, next, repeat }
}

const UNKNOWN: Advice =
    to(words::UNKNOWN_ERROR, shared::UNKNOWN_CAUSE, shared::UNKNOWN_NEXT, Repeat::Dangerous);
const UNSURE: Advice = to(words::UNSURE, words::UNSURE_CAUSE, endings::CHECK_FIRST, Repeat::Dangerous);
const NONE: Advice = to(words::NONE_DONE, words::SOME_CAUSE, words::NONE_NEXT, Repeat::AfterFix);
const SILENT: Advice = to(words::SILENT, words::SILENT_CAUSE, endings::CHECK_FIRST, Repeat::Dangerous);
const SOME: Advice = to(words::SOME_DONE, words::SOME_CAUSE, words::SOME_NEXT, Repeat::OnlyTheRest);
const STRANGERS: Advice =
    to(words::STRANGERS, words::STRANGERS_CAUSE, endings::CHECK_FIRST, Repeat::OnlyTheRest);

/// An answer to a question.
pub(super) const ANSWERED: Advice =
    to(words::ANSWERED, words::ANSWERED_CAUSE, words::ANSWERED_NEXT, Repeat::Done);
