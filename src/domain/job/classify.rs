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
        Verdict::Unknown if wants_sign_on(ending, in_its_words) => Class::Led,
        // Item by item; one that is missing there is unclear.
        Verdict::Partial | Verdict::Unknown => Class::Unclear,
        Verdict::Refused => refused(outcome.advice.repeat, standing),
        // It only looked, or what was led elsewhere is the call for the token that it needs.
        Verdict::NotSent if wants_sign_on(ending, in_its_words) => Class::SignIn,
        Verdict::NotSent => match ending {
            Ending::Offline => Class::Offline,
            Ending::NotBuilt => Class::Unsendable,
            Ending::Withheld(Withheld::Unsigned) => Class::Credentials,
            Ending::Withheld(Withheld::Shut | Withheld::Policy) => Class::Blocked,
            // The act itself never left: the vendor refused the token that it needs.
            Ending::Replied(_) if in_its_words && outcome.advice.repeat == Repeat::AfterRenewal => {
                Class::Quota
            }
            Ending::Replied(reply) if reply.status == 429 => Class::Limited,
            Ending::Replied(_) if in_its_words => Class::Credentials,
            Ending::Replied(_) => Class::Blocked,
            Ending::NoConnection | Ending::TimedOut | Ending::Cut { .. } | Ending::Redirected => {
                Class::NotArrived
            }
        },
    }
}

/// Whether a call was led elsewhere, or a page answered it where the cloud answers with JSON: a proxy's sign-on has ended, or the
/// proxy points elsewhere, and all that follow will meet the same.
fn wants_sign_on(ending: &Ending, in_its_words: bool) -> bool {
    match ending {
        Ending::Redirected => true,
        Ending::Replied(reply) => {
            let body = reply.body.trim_start_matches('\u{feff}').trim_start();
            !in_its_words && (200..300).contains(&reply.status) && body.starts_with('<')
        }
        _ => false,
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
            Repeat::AfterRenewal => Class::Quota,
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
            (Ending::Redirected, false, Class::SignIn),
            (replied(429), false, Class::Limited),
            (replied(403), false, Class::Blocked),
            (replied(404), false, Class::Blocked),
            (replied(401), true, Class::Credentials),
        ] {
            let outcome = outcome(Verdict::NotSent, Repeat::AfterFix);
            assert_eq!(class(&ending, &outcome, own, Standing::Refused), expected, "{ending:?}");
        }
        // The token was refused because of the plan; that a proxy says so is none of the plan's doing.
        let outcome = outcome(Verdict::NotSent, Repeat::AfterRenewal);
        assert_eq!(class(&replied(429), &outcome, true, Standing::Refused), Class::Quota);
        assert_eq!(class(&replied(429), &outcome, false, Standing::Refused), Class::Limited);
    }

    #[test]
    fn a_sign_on_is_known_by_where_it_leads_or_by_its_page() {
        let page = |status, body: &str| Ending::Replied(Reply { status, body: body.to_owned() });
        for (ending, own, expected) in [
            (Ending::Redirected, false, Class::Led),
            (page(200, "<!doctype html><title>Sign in</title>"), false, Class::Led),
            (page(203, "\u{feff}\r\n <html>"), false, Class::Led),
            // A tired gateway may answer the next one, and says the same of none before.
            (page(502, "<html>"), false, Class::Unclear),
            (page(200, ""), false, Class::Unclear),
            (page(200, "Sign in"), false, Class::Unclear),
            // What the vendor says is the vendor's.
            (page(200, "<html>"), true, Class::Unclear),
            (Ending::TimedOut, false, Class::Unclear),
        ] {
            let unknown = outcome(Verdict::Unknown, Repeat::Dangerous);
            assert_eq!(class(&ending, &unknown, own, Standing::Refused), expected, "{ending:?} {own}");
            // What surely was not done is not unknown.
            let not_sent = class(&ending, &outcome(Verdict::NotSent, Repeat::Later), own, Standing::Refused);
            assert_eq!(not_sent == Class::SignIn, expected == Class::Led, "{ending:?} {own}");
        }
    }

    #[test]
    fn what_the_vendor_says_has_its_class() {
        use Repeat::{AfterFix, AfterRenewal, Dangerous, Done, Later, OnlyTheRest, Useless};
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
            (Verdict::Refused, AfterRenewal, Refused, Class::Quota),
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
        const AFTER_RENEWAL: Advice = Advice { repeat: Repeat::AfterRenewal, ..ADVICE };
        let refused =
            |advice| ReceiverEnding::Refused { code: String::new(), message: String::new(), advice };
        for (ending, expected) in [
            (ReceiverEnding::Sent(Default::default()), Class::Accepted),
            (refused(Some(&ADVICE)), Class::Refused),
            (refused(Some(&LATER)), Class::Limited),
            (refused(Some(&AFTER_RENEWAL)), Class::Quota),
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
