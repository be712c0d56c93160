//! From an ending and its explanation to the class of each item: what the table of [`super::retry`] is asked about. Pure.

use super::retry::Class;
use crate::domain::outcome::{Outcome, ReceiverEnding, Repeat, Verdict};
use crate::domain::reply::{Ending, Withheld};
use crate::domain::vendor::Standing;

/// What an ending means for all items of a request that has no items of its own in the answer. `standing` is what the vendor's
/// code says about the connection.
pub fn class(ending: &Ending, outcome: &Outcome, in_its_words: bool, standing: Standing) -> Class {
    match outcome.verdict {
        Verdict::Accepted => Class::Accepted,
        // Item by item; one that is missing there is unclear.
        Verdict::Partial | Verdict::Unknown => Class::Unclear,
        Verdict::Refused => refused(outcome.advice.repeat, standing),
        Verdict::NotSent => match ending {
            Ending::Offline => Class::Offline,
            Ending::NotBuilt => Class::Unsendable,
            Ending::Withheld(Withheld::Unsigned) => Class::Credentials,
            Ending::Withheld(Withheld::Shut | Withheld::Policy) | Ending::Redirected => Class::Blocked,
            Ending::Replied(reply) if reply.status == 429 => Class::Limited,
            // The act itself never left: the vendor refused the token that it needs.
            Ending::Replied(_) if in_its_words => Class::Credentials,
            Ending::Replied(_) => Class::Blocked,
            Ending::NoConnection | Ending::TimedOut | Ending::Cut { .. } => Class::NotArrived,
        },
    }
}

fn refused(repeat: Repeat, standing: Standing) -> Class {
    match standing {
        Standing::KeyUnknown
        | Standing::SignatureRefused
        | Standing::SignatureOrClock
        | Standing::ClockOff
        | Standing::NotAdmin
        | Standing::WrongRegion
        | Standing::IpRefused => Class::Credentials,
        Standing::Ready | Standing::Refused => match repeat {
            Repeat::Later => Class::Limited,
            Repeat::Done => Class::AlreadyDone,
            // A code that leaves it open is never a plain refusal, whoever calls it one.
            Repeat::Dangerous => Class::Unclear,
            Repeat::Useless | Repeat::AfterFix | Repeat::OnlyTheRest => Class::Refused,
        },
    }
}

/// What an answer says of one item.
pub fn of_receiver(ending: &ReceiverEnding) -> Class {
    match ending {
        ReceiverEnding::Sent(_) => Class::Accepted,
        ReceiverEnding::Refused { advice: Some(advice), .. } => refused(advice.repeat, Standing::Refused),
        ReceiverEnding::Refused { advice: None, .. } => Class::Refused,
        ReceiverEnding::Unknown => Class::Unclear,
    }
}

/// Milliseconds that a `Retry-After` header asks to wait: seconds. A date is read by the caller.
pub fn retry_after(header: &str) -> Option<u64> {
    header.trim().parse::<u64>().ok().map(|seconds| seconds.saturating_mul(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::outcome::Advice;
    use crate::domain::reply::Reply;
    use crate::words::Words;

    fn outcome(verdict: Verdict, repeat: Repeat) -> Outcome {
        Outcome::new(verdict, Advice { meaning: Words::NONE, cause: Words::NONE, next: Words::NONE, repeat })
    }

    fn replied(status: u16) -> Ending {
        Ending::Replied(Reply { status, body: String::new() })
    }

    #[test]
    fn every_way_of_not_being_sent_has_its_class() {
        for (ending, own, expected) in [
            (Ending::Offline, false, Class::Offline),
            (Ending::NotBuilt, false, Class::Unsendable),
            // A rest of the list that would meet the same is not settled as if each item had been refused.
            (Ending::Withheld(Withheld::Shut), false, Class::Blocked),
            (Ending::Withheld(Withheld::Policy), false, Class::Blocked),
            (Ending::Withheld(Withheld::Unsigned), false, Class::Credentials),
            (Ending::NoConnection, false, Class::NotArrived),
            (Ending::TimedOut, false, Class::NotArrived),
            (Ending::Cut { status: 200 }, false, Class::NotArrived),
            // Of what only looks; a write that was redirected is unknown.
            (Ending::Redirected, false, Class::Blocked),
            (replied(429), false, Class::Limited),
            (replied(403), false, Class::Blocked),
            (replied(404), false, Class::Blocked),
            (replied(401), true, Class::Credentials),
        ] {
            let outcome = outcome(Verdict::NotSent, Repeat::AfterFix);
            assert_eq!(class(&ending, &outcome, own, Standing::Refused), expected, "{ending:?}");
        }
    }

    #[test]
    fn what_the_vendor_says_has_its_class() {
        use Repeat::{AfterFix, Dangerous, Done, Later, OnlyTheRest, Useless};
        use Standing::{
            ClockOff, IpRefused, KeyUnknown, NotAdmin, Ready, Refused, SignatureOrClock, SignatureRefused,
            WrongRegion,
        };
        for (verdict, repeat, standing, expected) in [
            (Verdict::Accepted, Done, Ready, Class::Accepted),
            (Verdict::Partial, OnlyTheRest, Refused, Class::Unclear),
            (Verdict::Unknown, Dangerous, Refused, Class::Unclear),
            // Whatever else is known: what may have happened may have happened.
            (Verdict::Unknown, Later, SignatureRefused, Class::Unclear),
            (Verdict::Refused, Useless, Refused, Class::Refused),
            (Verdict::Refused, AfterFix, Ready, Class::Refused),
            (Verdict::Refused, OnlyTheRest, Refused, Class::Refused),
            (Verdict::Refused, Later, Refused, Class::Limited),
            (Verdict::Refused, Done, Refused, Class::AlreadyDone),
            (Verdict::Refused, Dangerous, Refused, Class::Unclear),
            (Verdict::Refused, AfterFix, KeyUnknown, Class::Credentials),
            (Verdict::Refused, AfterFix, SignatureRefused, Class::Credentials),
            (Verdict::Refused, AfterFix, SignatureOrClock, Class::Credentials),
            (Verdict::Refused, AfterFix, ClockOff, Class::Credentials),
            (Verdict::Refused, AfterFix, NotAdmin, Class::Credentials),
            (Verdict::Refused, AfterFix, WrongRegion, Class::Credentials),
            (Verdict::Refused, AfterFix, IpRefused, Class::Credentials),
        ] {
            let found = class(&replied(200), &outcome(verdict, repeat), true, standing);
            assert_eq!(found, expected, "{verdict:?} {repeat:?} {standing:?}");
        }
    }

    #[test]
    fn each_receiver_has_its_class() {
        const ADVICE: Advice =
            Advice { meaning: Words::NONE, cause: Words::NONE, next: Words::NONE, repeat: Repeat::Useless };
        const LATER: Advice = Advice { repeat: Repeat::Later, ..ADVICE };
        let refused =
            |advice| ReceiverEnding::Refused { code: String::new(), message: String::new(), advice };
        for (ending, expected) in [
            (ReceiverEnding::Sent(Default::default()), Class::Accepted),
            (refused(Some(&ADVICE)), Class::Refused),
            (refused(Some(&LATER)), Class::Limited),
            (refused(None), Class::Refused),
            (ReceiverEnding::Unknown, Class::Unclear),
        ] {
            assert_eq!(of_receiver(&ending), expected);
        }
    }

    #[test]
    fn seconds_to_wait_are_read() {
        assert_eq!(retry_after(" 7 "), Some(7_000));
        assert_eq!(retry_after("Sat, 21 Nov 2026 10:00:00 GMT"), None);
    }
}
