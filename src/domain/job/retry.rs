//! What follows from an answer: a table over what the answer means and what the operation is. Pure.

use super::Millis;

/// What an answer, or its absence, means for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The vendor did it.
    Accepted,
    /// The vendor says that it was done before: a message that is gone, a repeated request.
    AlreadyDone,
    /// The vendor refused this item; nothing happened.
    Refused,
    /// The request could not be built, signed or handed to the browser; it never left.
    Unsendable,
    /// Too many requests; this one was not processed.
    Limited,
    /// Nothing came of it, and something may the next time: a call that only looks and got no answer. A write without one is
    /// [`Self::Unclear`].
    NotArrived,
    /// The browser was offline before anything was sent.
    Offline,
    /// Key, token, signature or clock were refused; nothing was processed.
    Credentials,
    /// Something in between turned the request away, as it will the next: a sign-in page, a proxy that refuses.
    Blocked,
    /// The plan's quota is used up, or its service is stopped; nothing was processed.
    Quota,
    /// It may have happened: no answer, a broken one, a server's failure, a code that leaves it open.
    Unclear,
    /// It did not happen, and something in between wants a sign-on before the next one.
    SignIn,
    /// It may have happened, and the next one will end like it: a write was led elsewhere, or a page answered it, most likely
    /// because a sign-on has ended.
    Led,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Accepted,
        Self::AlreadyDone,
        Self::Refused,
        Self::Unsendable,
        Self::Limited,
        Self::NotArrived,
        Self::Offline,
        Self::Credentials,
        Self::Blocked,
        Self::Quota,
        Self::Unclear,
        Self::SignIn,
        Self::Led,
    ];
}

/// What doing an operation twice would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Twice {
    /// Nothing: it only looks.
    Looks,
    /// The same as once: a recall, an edit to the same text.
    Same,
    /// A second message.
    Again,
}

/// How an item leaves a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Done.
    Sent,
    /// Not done, and given up.
    Rejected,
    /// Nobody knows.
    Unknown,
    /// Not done, and waiting again.
    Planned,
}

/// Why a job waits for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// A person said so.
    Person,
    /// The page was closed, reloaded or crashed while it ran.
    Interrupted,
    /// Key, token, signature or clock were refused.
    Credentials,
    /// Something in between turns every request away.
    Blocked,
    /// No network.
    Offline,
    /// The proxy wants a sign-on first.
    SignIn,
    /// The plan's quota is used up, or its service is stopped.
    Quota,
    /// Too many requests, again and again.
    Limited,
    /// Requests did not arrive, again and again.
    Unreachable,
    /// Too many requests in a row had no success.
    Row,
    /// Too large a share of the last items failed.
    Share,
    /// The ledger could not be written.
    Storage,
    /// The ledger contradicts itself.
    Damaged,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The item is done with.
    Settle(Fate),
    /// It waits, and so does the job; after the last try, `then`.
    Later(Then),
    /// It waits, and the job pauses at once.
    Pause(Why),
    /// Nobody knows what became of it, and the job pauses at once.
    Doubt(Why),
}

/// What follows when trying again did not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Then {
    /// The item is given up.
    GiveUp,
    /// The item waits for a person to resume the job.
    Pause(Why),
}

/// The table. A write that may have happened is never repeated by itself, be it a recall.
pub const fn verdict(class: Class, twice: Twice) -> Verdict {
    use Twice::{Again, Looks, Same};
    match (class, twice) {
        (Class::Accepted, Looks | Same | Again) => Verdict::Settle(Fate::Sent),
        (Class::AlreadyDone, Looks | Same) => Verdict::Settle(Fate::Sent),
        // That an earlier copy came does not say what became of it.
        (Class::AlreadyDone, Again) => Verdict::Settle(Fate::Unknown),
        (Class::Refused | Class::Unsendable, Looks | Same | Again) => Verdict::Settle(Fate::Rejected),
        (Class::Limited, Looks | Same | Again) => Verdict::Later(Then::Pause(Why::Limited)),
        (Class::NotArrived, Looks | Same | Again) => Verdict::Later(Then::Pause(Why::Unreachable)),
        (Class::Offline, Looks | Same | Again) => Verdict::Pause(Why::Offline),
        (Class::Credentials, Looks | Same | Again) => Verdict::Pause(Why::Credentials),
        (Class::Blocked, Looks | Same | Again) => Verdict::Pause(Why::Blocked),
        (Class::Quota, Looks | Same | Again) => Verdict::Pause(Why::Quota),
        (Class::Unclear, Looks) => Verdict::Later(Then::GiveUp),
        (Class::Unclear, Same | Again) => Verdict::Settle(Fate::Unknown),
        (Class::SignIn, Looks | Same | Again) | (Class::Led, Looks) => Verdict::Pause(Why::SignIn),
        (Class::Led, Same | Again) => Verdict::Doubt(Why::SignIn),
    }
}

/// What becomes of an item whose request may have been out when the page ended.
pub const fn interrupted(twice: Twice) -> Fate {
    match twice {
        Twice::Looks => Fate::Planned,
        Twice::Same | Twice::Again => Fate::Unknown,
    }
}

/// How often a request is tried before [`Then`] follows, the first time included.
pub const TRIES: u8 = 5;
const BASE: Millis = 500;
const LONGEST: Millis = 30_000;

/// Full jitter: a wait between nothing and a bound that doubles with each try, up to 30 s. `dice` is even over its range.
pub const fn backoff(tries: u8, dice: u32) -> Millis {
    let doublings = if tries > 6 { 6 } else { tries };
    let bound = BASE << doublings;
    let bound = if bound > LONGEST { LONGEST } else { bound };
    (bound * dice as u64) >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table once more, by hand: looks, same, again.
    #[test]
    fn every_cell_of_the_table() {
        use Fate::{Rejected, Sent, Unknown};
        use Verdict::{Doubt, Later, Pause, Settle};
        let all = |verdict| [verdict; 3];
        let table = [
            (Class::Accepted, all(Settle(Sent))),
            (Class::AlreadyDone, [Settle(Sent), Settle(Sent), Settle(Unknown)]),
            (Class::Refused, all(Settle(Rejected))),
            (Class::Unsendable, all(Settle(Rejected))),
            (Class::Limited, all(Later(Then::Pause(Why::Limited)))),
            (Class::NotArrived, all(Later(Then::Pause(Why::Unreachable)))),
            (Class::Offline, all(Pause(Why::Offline))),
            (Class::Credentials, all(Pause(Why::Credentials))),
            (Class::Blocked, all(Pause(Why::Blocked))),
            (Class::Quota, all(Pause(Why::Quota))),
            (Class::Unclear, [Later(Then::GiveUp), Settle(Unknown), Settle(Unknown)]),
            (Class::SignIn, all(Pause(Why::SignIn))),
            (Class::Led, [Pause(Why::SignIn), Doubt(Why::SignIn), Doubt(Why::SignIn)]),
        ];
        assert_eq!(table.map(|(class, _)| class), Class::ALL);
        for (class, cells) in table {
            for (twice, expected) in [Twice::Looks, Twice::Same, Twice::Again].into_iter().zip(cells) {
                assert_eq!(verdict(class, twice), expected, "{class:?} {twice:?}");
            }
        }
    }

    #[test]
    fn a_write_that_may_have_happened_is_never_repeated_by_itself() {
        for twice in [Twice::Same, Twice::Again] {
            assert_eq!(verdict(Class::Unclear, twice), Verdict::Settle(Fate::Unknown));
            assert_eq!(interrupted(twice), Fate::Unknown);
        }
    }

    #[test]
    fn jitter_is_full_and_bounded() {
        for tries in 0..=u8::MAX {
            assert_eq!(backoff(tries, 0), 0);
            assert!(backoff(tries, u32::MAX) < LONGEST);
        }
        assert_eq!(backoff(0, u32::MAX), 499);
        assert_eq!(backoff(3, 1 << 31), 2_000);
        assert_eq!(backoff(6, u32::MAX), 29_999);
    }
}
