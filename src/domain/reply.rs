//! The closed list of ways a call can end, and what the endings outside the vendor's own answers mean. Pure.

use super::json::Json;
use super::operation::Danger;
use super::outcome::{Advice, Outcome, Repeat, Verdict};
use super::validation::Valid;
use crate::words::outcome as words;

/// An answer that was read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body as text. It is decoded by serde, never by `JSON.parse`.
    pub body: String,
}

/// How a call ended, as far as a browser can know. Matched without `_`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The browser was offline before anything was sent.
    Offline,
    /// The browser refused to build the request; nothing was sent.
    NotBuilt,
    /// The desk itself kept the call back; nothing was sent.
    Withheld(Withheld),
    /// The call failed without an answer: unreachable, refused by CORS, or cut after the request arrived.
    NoConnection,
    /// No answer in time.
    TimedOut,
    /// The proxy redirected the call, which is never followed.
    Redirected,
    /// An answer began and could not be read to its end.
    Cut {
        /// The HTTP status.
        status: u16,
    },
    /// An answer was read.
    Replied(Reply),
}

/// Why the desk keeps a call back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// The page's configuration is wrong, or nobody knows who is around its frame.
    Shut,
    /// The page's own policy does not list the address.
    Policy,
    /// There is nothing to sign it with: what was pasted has ended, or is such that no request can carry it.
    Unsigned,
}

impl Ending {
    /// The HTTP status, where an answer began.
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Cut { status } => Some(*status),
            Self::Replied(reply) => Some(reply.status),
            Self::Offline
            | Self::NotBuilt
            | Self::Withheld(_)
            | Self::NoConnection
            | Self::TimedOut
            | Self::Redirected => None,
        }
    }
}

/// What an ending means for this act. Vendors explain their own answers; the rest is explained here.
pub fn conclude(valid: &Valid, ending: &Ending) -> Outcome {
    match ending {
        Ending::Offline => Outcome::new(Verdict::NotSent, OFFLINE),
        Ending::NotBuilt => Outcome::new(Verdict::NotSent, NOT_BUILT),
        Ending::Withheld(Withheld::Shut) => Outcome::new(Verdict::NotSent, SHUT),
        Ending::Withheld(Withheld::Policy) => Outcome::new(Verdict::NotSent, POLICY),
        Ending::Withheld(Withheld::Unsigned) => Outcome::new(Verdict::NotSent, UNSIGNED),
        Ending::NoConnection => unanswered(valid, NO_CONNECTION),
        Ending::TimedOut => unanswered(valid, TIMED_OUT),
        Ending::Redirected => redirected(valid),
        Ending::Cut { status } => with_status(unanswered(valid, CUT), *status),
        Ending::Replied(reply) => (valid.operation().explain)(valid, reply)
            .unwrap_or_else(|| with_status(gateway(valid, reply), reply.status)),
    }
}

/// An answer that is not in the vendor's language: something between the page and the vendor spoke.
fn gateway(valid: &Valid, reply: &Reply) -> Outcome {
    match reply.status {
        // It speaks like a cloud, on a status the cloud does not use: whoever wrote it may have passed the request on.
        _ if Json::parse(&reply.body)
            .is_ok_and(|json| ["code", "ErrorCode"].iter().any(|name| json.get(name).is_some())) =>
        {
            unanswered(valid, UNREADABLE)
        }
        // Answered by something that never passed the request on.
        400 | 401 | 403 | 405 | 407 | 411 | 413 | 414 | 415 | 429 | 431 => {
            Outcome::new(Verdict::NotSent, PROXY_REFUSED)
        }
        // cors-anywhere says 404 for a connection that broke after the request was passed on.
        404 if !reply.body.to_ascii_lowercase().contains("proxy error") => {
            Outcome::new(Verdict::NotSent, NO_ROUTE)
        }
        200..=299 => unanswered(valid, UNREADABLE),
        _ => unanswered(valid, GATEWAY_FAILED),
    }
}

/// Whoever was pointed to never saw the act. Whoever pointed there may have done it first: a page does not see which status it
/// was.
fn redirected(valid: &Valid) -> Outcome {
    match valid.operation().danger {
        Danger::Looks => Outcome::new(Verdict::NotSent, REDIRECTED),
        Danger::Corrects | Danger::Sends | Danger::Destroys => unanswered(
            valid,
            Advice { next: words::REDIRECTED_FIRST, repeat: Repeat::Dangerous, ..REDIRECTED },
        ),
    }
}

/// A call without a vendor's answer: unknown when it could have changed something, plainly not done when it only looked.
fn unanswered(valid: &Valid, advice: Advice) -> Outcome {
    let mut outcome = match valid.operation().danger {
        Danger::Looks => Outcome::new(
            Verdict::NotSent,
            Advice { next: words::LOOK_AGAIN, repeat: Repeat::Later, ..advice },
        ),
        Danger::Corrects | Danger::Sends | Danger::Destroys => Outcome::new(Verdict::Unknown, advice),
    };
    if outcome.verdict == Verdict::Unknown {
        outcome.receivers = (valid.operation().unanswered)(valid);
    }
    outcome
}

fn with_status(mut outcome: Outcome, status: u16) -> Outcome {
    outcome.code = Some(format!("HTTP {status}"));
    outcome
}

const fn advice(
    meaning: crate::words::Words,
    cause: crate::words::Words,
    next: crate::words::Words,
    repeat: Repeat,
) -> Advice {
    Advice { meaning, cause, next, repeat }
}

const OFFLINE: Advice = advice(words::OFFLINE, words::OFFLINE_CAUSE, words::OFFLINE_NEXT, Repeat::AfterFix);
const NOT_BUILT: Advice =
    advice(words::NOT_BUILT, words::NOT_BUILT_CAUSE, words::NOT_BUILT_NEXT, Repeat::AfterFix);
const SHUT: Advice = advice(words::SHUT, words::SHUT_CAUSE, words::SHUT_NEXT, Repeat::AfterFix);
const POLICY: Advice = advice(words::POLICY, words::POLICY_CAUSE, words::POLICY_NEXT, Repeat::AfterFix);
const UNSIGNED: Advice =
    advice(words::UNSIGNED, words::UNSIGNED_CAUSE, words::UNSIGNED_NEXT, Repeat::AfterFix);
const NO_CONNECTION: Advice =
    advice(words::NO_CONNECTION, words::NO_CONNECTION_CAUSE, words::CHECK_FIRST, Repeat::Dangerous);
const TIMED_OUT: Advice =
    advice(words::TIMED_OUT, words::TIMED_OUT_CAUSE, words::CHECK_FIRST, Repeat::Dangerous);
const REDIRECTED: Advice =
    advice(words::REDIRECTED, words::REDIRECTED_CAUSE, words::REDIRECTED_NEXT, Repeat::AfterFix);
const CUT: Advice = advice(words::CUT, words::CUT_CAUSE, words::CHECK_FIRST, Repeat::Dangerous);
const PROXY_REFUSED: Advice =
    advice(words::PROXY_REFUSED, words::PROXY_REFUSED_CAUSE, words::PROXY_REFUSED_NEXT, Repeat::AfterFix);
const NO_ROUTE: Advice =
    advice(words::NO_ROUTE, words::NO_ROUTE_CAUSE, words::NO_ROUTE_NEXT, Repeat::AfterFix);
const UNREADABLE: Advice =
    advice(words::UNREADABLE, words::UNREADABLE_CAUSE, words::CHECK_FIRST, Repeat::Dangerous);
const GATEWAY_FAILED: Advice =
    advice(words::GATEWAY_FAILED, words::GATEWAY_FAILED_CAUSE, words::CHECK_FIRST, Repeat::Dangerous);
