//! What a call led to, in a closed list, with the advice a person needs. Pure.

use super::message::Found;
use crate::words::Words;

/// Whether the act may be done again after this ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It was refused for good: doing the same again gets the same answer.
    Useless,
    /// It did not happen; after the named fix it may be done again.
    AfterFix,
    /// It did not happen; after a pause it may be done again.
    Later,
    /// It did not happen, and nothing else of the app will, until its plan is paid or has room again.
    AfterRenewal,
    /// Nobody knows whether it happened: doing it again may do it twice.
    Dangerous,
    /// A part of it happened: only the rest may be done again.
    OnlyTheRest,
    /// It happened: there is nothing to repeat.
    Done,
}

/// What a vendor's code means to a person: one entry of a vendor's code table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The vendor's meaning of the code.
    pub meaning: Words,
    /// The most likely cause here.
    pub cause: Words,
    /// What to do next.
    pub next: Words,
    /// Whether the act may be repeated.
    pub repeat: Repeat,
}

/// The conclusion: did anything happen?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The request never left, or surely never reached the vendor.
    NotSent,
    /// The vendor answered and refused; nothing happened.
    Refused,
    /// The vendor accepted all of it.
    Accepted,
    /// The vendor accepted a part; the rest is listed.
    Partial,
    /// Nobody knows whether it happened.
    Unknown,
}

/// How a call ended for one receiver of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiverOutcome {
    /// The receiver, as asked for.
    pub receiver: String,
    /// What happened to this one.
    pub ending: ReceiverEnding,
}

/// The three ways one receiver's part can end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiverEnding {
    /// Sent; the vendor named the message.
    Sent(SentMessage),
    /// The vendor refused this receiver.
    Refused {
        /// The vendor's code, as text.
        code: String,
        /// The vendor's own words.
        message: String,
        /// What the code means, when it is known.
        advice: Option<&'static Advice>,
    },
    /// The vendor's answer does not mention this receiver.
    Unknown,
}

/// A message as the vendor named it in an answer. Ids are exact text, never numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentMessage {
    /// The vendor's id of the message.
    pub id: String,
    /// When it was created: milliseconds since 1970, as text.
    pub time: Option<String>,
    /// The receiver named beside it.
    pub receiver: Option<String>,
}

/// How a call ended, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Did anything happen?
    pub verdict: Verdict,
    /// Cause, next step and whether to repeat.
    pub advice: Advice,
    /// The vendor's code, as text, when there was one.
    pub code: Option<String>,
    /// The vendor's own words.
    pub message: String,
    /// Per receiver, when the act had several.
    pub receivers: Vec<ReceiverOutcome>,
    /// Named facts of the answer for the details part: wire name and exact text.
    pub facts: Vec<(String, String)>,
    /// The messages it found, when it looked for some.
    pub found: Option<Found>,
}

impl Outcome {
    /// An ending without receivers or facts.
    pub fn new(verdict: Verdict, advice: Advice) -> Self {
        Self {
            verdict,
            advice,
            code: None,
            message: String::new(),
            receivers: Vec::new(),
            facts: Vec::new(),
            found: None,
        }
    }

    /// How many receivers were sent to, refused and unaccounted for. The three always sum to all receivers.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.receivers.iter().fold((0, 0, 0), |(sent, refused, unknown), receiver| match receiver.ending {
            ReceiverEnding::Sent(_) => (sent + 1, refused, unknown),
            ReceiverEnding::Refused { .. } => (sent, refused + 1, unknown),
            ReceiverEnding::Unknown => (sent, refused, unknown + 1),
        })
    }
}
