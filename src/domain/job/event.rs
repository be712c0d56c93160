//! What the engine is told and what it asks for. Pure.

use super::Millis;
use super::item::{Cause, Counts};
use super::ledger::Ledger;
use super::record::{Adjusted, Record, Which};
use super::retry::{Class, Why};
use crate::domain::trail::Look;

/// The right to run a job, which one page at a time has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Grows each time the right changes hands. The store refuses a write with a lower one than it has seen.
    pub epoch: u64,
    /// Until when it is held; [`Millis::MAX`] for a lock that ends with its page.
    pub until: Millis,
}

/// What a request led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The same for all of its items.
    All(Class, Cause),
    /// Item by item. What it does not mention, or mentions twice and differently, is unclear.
    Each(Vec<(u32, Class, Cause)>),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The ledger was read. Without a lease the job is only watched.
    Loaded(Box<Ledger>, Option<Lease>),
    /// The lease was prolonged.
    LeaseRenewed(Lease),
    /// The lease was lost or given up.
    LeaseLost,
    /// Every row is valid.
    Checked,
    /// A person started the job.
    Started,
    /// A person saw the canary and lets the rest go.
    Approved,
    /// The time that was asked for has come; at any other time it does no harm.
    Tick,
    /// A request ended.
    Answered {
        /// Its try.
        attempt: u32,
        /// How.
        answer: Answer,
        /// How long the answer asks to wait.
        retry_after: Option<Millis>,
        /// A random number, even over its range.
        dice: u32,
    },
    /// A write is durable.
    Written {
        /// The epoch it was asked for in.
        epoch: u64,
        /// The number behind its last record.
        end: u64,
    },
    /// A write failed; nothing of it, or all of it, is in the ledger.
    WriteFailed {
        /// The epoch it was asked for in.
        epoch: u64,
        /// The number of its first record.
        first: u64,
    },
    /// A person pauses the job.
    Pause,
    /// A person lets it go on.
    Resume,
    /// A person ends it for good.
    Stop,
    /// A person wants rejected items tried again.
    Rerun(Which),
    /// A person says that unknown items were done.
    MarkSent(Which),
    /// A person wants unknown items sent again, knowing that they may arrive twice.
    SendAgain(Which),
    /// Somebody looked for an unknown item.
    Looked {
        /// Its index.
        item: u32,
        /// What was found.
        look: Look,
    },
    /// A person adjusts how fast it goes and when it pauses by itself.
    Adjust(Adjusted),
    /// A person gives the job to another browser.
    HandOver,
    /// The clock was set, or does not agree with one that cannot be set.
    ClockJumped {
        /// By how many milliseconds, forwards or backwards.
        by: i64,
    },
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Write these records in one strict transaction, unless the store has seen a higher epoch. What an answer said beside its
    /// class (codes, message ids) belongs into the same transaction.
    Write {
        /// The lease's.
        epoch: u64,
        /// The number of the first record.
        first: u64,
        /// When.
        at: Millis,
        /// The records.
        records: Vec<Record>,
    },
    /// Sign and send a request with these items now, or answer that it was not sent.
    Send {
        /// The request; the same when it is tried again with all that is left of it.
        chunk: u32,
        /// The try.
        attempt: u32,
        /// Its items.
        items: Vec<u32>,
    },
    /// Send a [`Event::Tick`] then. It replaces what was asked for before.
    WakeAt(Millis),
    /// Show the canary's result and ask whether the rest may go.
    AskCanary(Counts),
    /// Tell the person, a screen reader included.
    Announce(Notice),
    /// Nothing is under way any more, and all of it is durable.
    Finished(Counts),
}

/// Something worth telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It began to run.
    Started,
    /// It goes on.
    Resumed,
    /// It waits for a person.
    Paused(Why),
    /// Nothing leaves before then.
    Held(Millis),
    /// So many per cent are settled.
    Progress(u8),
    /// The page slept, or its clock jumped.
    Slept(Millis),
    /// A person ended it.
    Stopped,
    /// The lease is gone. To go on here it must be asked for, and the ledger read, anew.
    Elsewhere,
}

/// The state of a job, named for what it promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing leaves: rows may be wrong.
    Draft,
    /// Nothing leaves before a person starts it.
    Checked,
    /// The first items leave.
    Canary,
    /// They have left; nothing more does before a person agrees.
    Asking,
    /// Requests leave at the connection's pace.
    Running,
    /// Nothing leaves before then.
    Held(Millis),
    /// Nothing leaves before a person resumes it.
    Paused(Why),
    /// Nothing leaves any more.
    Stopped,
    /// Every item is sent, by the vendor's word or a person's.
    Done,
    /// Every item is settled, and some are rejected or unknown.
    DoneWithFailures,
    /// Another page runs it; nothing leaves from here.
    Elsewhere,
    /// It was given to another browser; nothing leaves from here any more.
    HandedOver,
}

impl Phase {
    /// Its name, for tests, host scripts and portals.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Checked => "checked",
            Self::Canary => "canary",
            Self::Asking => "asking",
            Self::Running => "running",
            Self::Held(_) => "held",
            Self::Paused(_) => "paused",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::DoneWithFailures => "failures",
            Self::Elsewhere => "elsewhere",
            Self::HandedOver => "handed_over",
        }
    }
}
