//! The lines of a ledger. Pure.

use super::Millis;
use super::item::Cause;
use super::retry::{Fate, Why};
use crate::domain::trail::Look;

/// Items a person means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those with these indexes; others than the right ones among them are passed over.
    These(Vec<u32>),
}

/// How one item left a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its index.
    pub item: u32,
    /// What became of it.
    pub fate: Fate,
    /// Why.
    pub cause: Cause,
}

/// What a person makes of a job's pace and brake while it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adjusted {
    /// So many requests a minute at most; never more than before.
    pub per_minute: u32,
    /// So many requests in a row without any success pause the job; 0 never.
    pub row: u8,
    /// More than so many per cent of the last items that failed pause it.
    pub percent: u8,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// Every row was validated.
    Checked,
    /// A person started the job.
    Started,
    /// The canary was sound, by a person's word or by what was agreed on beforehand: the rest may go.
    Approved,
    /// A request is about to leave. Nothing leaves before this is durable.
    Sending {
        /// The request; the same when it is tried again.
        chunk: u32,
        /// The try; every try of the job has a number of its own.
        attempt: u32,
        /// Its items.
        items: Vec<u32>,
    },
    /// A request that was about to leave did not.
    Withdrawn {
        /// The try.
        attempt: u32,
    },
    /// What became of each item of a request.
    Settled {
        /// The try.
        attempt: u32,
        /// One part for each of its items.
        parts: Vec<Part>,
    },
    /// The page ended while requests may have been out.
    Interrupted,
    /// The job waits for a person.
    Paused(Why),
    /// A person let it go on.
    Resumed,
    /// A person ended it.
    Stopped,
    /// A person wants rejected items tried again.
    Rerun(Which),
    /// A person says that unknown items were done.
    MarkedSent(Which),
    /// A person wants unknown items sent again, knowing that they may arrive twice.
    SendAgain(Which),
    /// Somebody looked for an unknown item. One that is there was sent; whatever else was found, it stays unknown.
    Looked {
        /// Its index.
        item: u32,
        /// What was found.
        look: Look,
    },
    /// A person adjusted how fast it goes and when it pauses by itself.
    Adjusted(Adjusted),
    /// The job was given to another browser as a file. Nothing leaves from here any more.
    HandedOver,
    /// Nothing leaves before then: the vendor asked for it, or a request did not get through.
    Held {
        /// Until when.
        until: Millis,
        /// How long that was when it was asked for.
        wait: Millis,
    },
    /// The page slept, or its clock jumped.
    Slept {
        /// How long it seems.
        millis: Millis,
    },
}
