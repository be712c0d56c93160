//! The ledger: what was written down, and what follows from it. Pure.
//!
//! The engine keeps its own state by applying the records it writes, with the very function that reads them back. So what a
//! reload finds is what the engine knew when it wrote the last of them.

use super::Millis;
use super::item::{Cause, Item, Items, State};
use super::record::{Adjusted, Part, Record, Which};
use super::retry::{Fate, Twice, Why, interrupted};
use crate::domain::trail::Look;

/// How far the people have let the job go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Its rows are not validated.
    Draft,
    /// They are; it may start.
    Checked,
    /// The first items go, then a person is asked.
    Canary,
    /// The rest goes.
    Running,
}

/// A request that may be out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The try.
    pub attempt: u32,
    /// The request.
    pub chunk: u32,
    /// Its items.
    pub items: Vec<u32>,
}

/// A rest before the next request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Until when.
    pub until: Millis,
    /// How long it was when it was asked for.
    pub wait: Millis,
}

/// A ledger that cannot be true. A job with such a ledger must not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// A record is missing.
    #[error("record {expected} is missing before record {found}")]
    Gap {
        /// The record that should have come.
        expected: u64,
        /// The one that came.
        found: u64,
    },
    /// An item that cannot be sent was sent.
    #[error("item {item} cannot be sent")]
    NotPlanned {
        /// Its index.
        item: u32,
    },
    /// A request ended that was not open, or not for each of its items once.
    #[error("attempt {attempt} is not open, or its items differ")]
    NotOpen {
        /// The try.
        attempt: u32,
    },
}

/// Everything that the records so far say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    items: Items,
    twice: Twice,
    stage: Stage,
    paused: Option<Why>,
    stopped: bool,
    handed_over: bool,
    held: Option<Held>,
    adjusted: Option<Adjusted>,
    open: Vec<Open>,
    records: u64,
    chunks: u32,
    attempts: u32,
}

impl Ledger {
    /// A ledger without a record, of a job with so many items.
    pub fn new(total: u32, twice: Twice) -> Self {
        Self {
            items: Items::new(total),
            twice,
            stage: Stage::Draft,
            paused: None,
            stopped: false,
            handed_over: false,
            held: None,
            adjusted: None,
            open: Vec::new(),
            records: 0,
            chunks: 0,
            attempts: 0,
        }
    }

    /// The items.
    pub const fn items(&self) -> &Items {
        &self.items
    }

    /// How far the people have let the job go.
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// Why it waits for a person, if it does.
    pub const fn paused(&self) -> Option<Why> {
        self.paused
    }

    /// Whether a person ended it.
    pub const fn stopped(&self) -> bool {
        self.stopped
    }

    /// Whether nothing is out and nothing leaves by itself: it was not begun, waits for a person, or has ended.
    pub fn rests(&self) -> bool {
        let counts = self.items.counts();
        let waits = self.stage < Stage::Canary || self.paused.is_some() || self.stopped || self.handed_over;
        counts.sending == 0 && (waits || counts.planned == 0)
    }

    /// Whether it was given to another browser.
    pub const fn handed_over(&self) -> bool {
        self.handed_over
    }

    /// The rest before the next request, if one was asked for.
    pub const fn held(&self) -> Option<Held> {
        self.held
    }

    /// What a person made of its pace and brake, if anything.
    pub const fn adjusted(&self) -> Option<Adjusted> {
        self.adjusted
    }

    /// The requests that may be out.
    pub fn open(&self) -> &[Open] {
        &self.open
    }

    /// How many records there are: the number of the next one.
    pub const fn records(&self) -> u64 {
        self.records
    }

    /// The number of the next request.
    pub const fn next_chunk(&self) -> u32 {
        self.chunks
    }

    /// The number of the next try.
    pub const fn next_attempt(&self) -> u32 {
        self.attempts
    }

    /// Reads the record with this number. One that was read before changes nothing.
    pub fn read(&mut self, number: u64, record: &Record) -> Result<(), Damage> {
        match number.cmp(&self.records) {
            std::cmp::Ordering::Less => Ok(()),
            std::cmp::Ordering::Equal => self.apply(record),
            std::cmp::Ordering::Greater => Err(Damage::Gap { expected: self.records, found: number }),
        }
    }

    /// Adds a record.
    pub(super) fn apply(&mut self, record: &Record) -> Result<(), Damage> {
        self.records += 1;
        match record {
            Record::Checked => self.stage = Stage::Checked,
            Record::Started => self.stage = Stage::Canary,
            Record::Approved => self.stage = Stage::Running,
            Record::Sending { chunk, attempt, items } => return self.send(*chunk, *attempt, items),
            Record::Withdrawn { attempt } => {
                for item in self.close(*attempt)?.items {
                    if let Some(known) = self.items.get(item) {
                        let attempts = known.attempts.saturating_sub(1);
                        self.items.set(item, Item { state: State::Planned, attempts, cause: known.cause });
                    }
                }
            }
            Record::Settled { attempt, parts } => return self.settle(*attempt, parts),
            Record::Interrupted => {
                for open in std::mem::take(&mut self.open) {
                    for item in open.items {
                        self.put(item, state(interrupted(self.twice)), Cause::INTERRUPTED);
                    }
                }
            }
            Record::Paused(why) => self.paused = Some(*why),
            Record::Resumed => self.paused = None,
            Record::Stopped => self.stopped = true,
            Record::Rerun(which) => self.decide(which, State::Rejected, State::Planned),
            Record::MarkedSent(which) => self.decide(which, State::Unknown, State::MarkedSent),
            Record::SendAgain(which) => self.decide(which, State::Unknown, State::Planned),
            Record::Looked { item, look: Look::Done } if self.items.is(*item, State::Unknown) => {
                self.put(*item, State::Sent, Cause::FOUND);
            }
            Record::Looked { .. } => {}
            Record::Adjusted(adjusted) => {
                let before = self.adjusted.map_or(u32::MAX, |before| before.per_minute);
                let per_minute = adjusted.per_minute.min(before);
                self.adjusted = Some(Adjusted { per_minute, ..*adjusted });
            }
            Record::HandedOver => self.handed_over = true,
            Record::Held { until, wait } => self.held = Some(Held { until: *until, wait: *wait }),
            Record::Slept { .. } => {}
        }
        Ok(())
    }

    fn send(&mut self, chunk: u32, attempt: u32, items: &[u32]) -> Result<(), Damage> {
        for item in items {
            let known = self.items.get(*item).filter(|known| known.state == State::Planned);
            let Some(known) = known else { return Err(Damage::NotPlanned { item: *item }) };
            let attempts = known.attempts.saturating_add(1);
            self.items.set(*item, Item { state: State::Sending, attempts, cause: known.cause });
        }
        self.chunks = self.chunks.max(chunk.saturating_add(1));
        self.attempts = self.attempts.max(attempt.saturating_add(1));
        self.open.push(Open { attempt, chunk, items: items.to_vec() });
        Ok(())
    }

    fn settle(&mut self, attempt: u32, parts: &[Part]) -> Result<(), Damage> {
        let open = self.close(attempt)?;
        if !open.items.iter().eq(parts.iter().map(|part| &part.item)) {
            return Err(Damage::NotOpen { attempt });
        }
        for part in parts {
            self.put(part.item, state(part.fate), part.cause);
        }
        Ok(())
    }

    fn close(&mut self, attempt: u32) -> Result<Open, Damage> {
        let at = self.open.iter().position(|open| open.attempt == attempt);
        at.map(|at| self.open.remove(at)).ok_or(Damage::NotOpen { attempt })
    }

    fn put(&mut self, item: u32, state: State, cause: Cause) {
        if let Some(known) = self.items.get(item) {
            self.items.set(item, Item { state, attempts: known.attempts, cause });
        }
    }

    fn decide(&mut self, which: &Which, from: State, to: State) {
        let chosen: Vec<u32> = match which {
            Which::All => self.items.in_state(from).collect(),
            Which::These(items) => items.iter().copied().filter(|item| self.items.is(*item, from)).collect(),
        };
        for item in chosen {
            self.put(item, to, Cause::NONE);
        }
    }
}

const fn state(fate: Fate) -> State {
    match fate {
        Fate::Sent => State::Sent,
        Fate::Rejected => State::Rejected,
        Fate::Unknown => State::Unknown,
        Fate::Planned => State::Planned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(records: &[Record]) -> Result<Ledger, Damage> {
        let mut ledger = Ledger::new(3, Twice::Again);
        for (number, record) in (0..).zip(records) {
            ledger.read(number, record)?;
        }
        Ok(ledger)
    }

    fn sending(attempt: u32, items: &[u32]) -> Record {
        Record::Sending { chunk: attempt, attempt, items: items.to_vec() }
    }

    fn settled(attempt: u32, parts: &[(u32, Fate)]) -> Record {
        let parts = parts.iter().map(|(item, fate)| Part { item: *item, fate: *fate, cause: Cause(1) });
        Record::Settled { attempt, parts: parts.collect() }
    }

    fn states(ledger: &Ledger) -> Vec<State> {
        ledger.items().iter().map(|(_, item)| item.state).collect()
    }

    #[test]
    fn a_job_rests_while_nothing_is_out_and_nothing_leaves_by_itself() {
        let (begun, out) = ([Record::Checked, Record::Started], sending(0, &[0, 1, 2]));
        let all = settled(0, &[(0, Fate::Sent), (1, Fate::Unknown), (2, Fate::Rejected)]);
        let paused = || Record::Paused(Why::Person);
        for (more, rests) in [
            (vec![], false),
            (vec![paused()], true),
            (vec![paused(), Record::Resumed], false),
            (vec![out.clone()], false),
            (vec![out.clone(), paused()], false),
            (vec![out, all], true),
            (vec![Record::Stopped], true),
            (vec![Record::HandedOver], true),
        ] {
            let records = [begun.to_vec(), more].concat();
            assert_eq!(ledger(&records).unwrap().rests(), rests, "{records:?}");
        }
        assert!(ledger(&[Record::Checked]).unwrap().rests());
    }

    #[test]
    fn what_was_open_at_the_end_is_unknown() {
        let records = [
            sending(0, &[0]),
            settled(0, &[(0, Fate::Sent)]),
            sending(1, &[1]),
            sending(2, &[2]),
            Record::Withdrawn { attempt: 2 },
            Record::Interrupted,
        ];
        let ledger = ledger(&records).unwrap();
        assert_eq!(states(&ledger), [State::Sent, State::Unknown, State::Planned]);
        assert_eq!(ledger.items().get(2).unwrap().attempts, 0);
        assert_eq!((ledger.next_chunk(), ledger.next_attempt(), ledger.records()), (3, 3, 6));
        assert!(ledger.open().is_empty());
    }

    #[test]
    fn what_was_open_when_a_look_ended_is_planned() {
        let mut ledger = Ledger::new(1, Twice::Looks);
        ledger.apply(&sending(0, &[0])).unwrap();
        ledger.apply(&Record::Interrupted).unwrap();
        assert_eq!(states(&ledger), [State::Planned]);
    }

    #[test]
    fn a_record_read_twice_counts_once_and_a_missing_one_is_seen() {
        let mut twice = ledger(&[sending(0, &[0])]).unwrap();
        let once = twice.clone();
        twice.read(0, &sending(0, &[0])).unwrap();
        assert_eq!(once, twice);
        assert_eq!(twice.read(2, &Record::Stopped), Err(Damage::Gap { expected: 1, found: 2 }));
    }

    #[test]
    fn a_ledger_that_cannot_be_true_is_refused() {
        let sent = [sending(0, &[0]), settled(0, &[(0, Fate::Sent)])];
        let with = |record: Record| ledger(&[&sent[..], &[record]].concat());
        assert_eq!(with(sending(1, &[0])), Err(Damage::NotPlanned { item: 0 }));
        assert_eq!(with(sending(1, &[3])), Err(Damage::NotPlanned { item: 3 }));
        assert_eq!(with(sent[1].clone()), Err(Damage::NotOpen { attempt: 0 }));
        assert_eq!(with(Record::Withdrawn { attempt: 0 }), Err(Damage::NotOpen { attempt: 0 }));
        let short = [sending(0, &[0, 1]), settled(0, &[(0, Fate::Sent)])];
        assert_eq!(ledger(&short), Err(Damage::NotOpen { attempt: 0 }));
    }

    #[test]
    fn a_person_decides_on_what_is_meant_and_nothing_else() {
        let records = [
            sending(0, &[0, 1, 2]),
            settled(0, &[(0, Fate::Unknown), (1, Fate::Unknown), (2, Fate::Rejected)]),
            Record::MarkedSent(Which::These(vec![0, 2, 7])),
            Record::SendAgain(Which::All),
        ];
        let mut ledger = ledger(&records).unwrap();
        assert_eq!(states(&ledger), [State::MarkedSent, State::Planned, State::Rejected]);
        ledger.apply(&Record::Rerun(Which::All)).unwrap();
        assert_eq!(states(&ledger), [State::MarkedSent, State::Planned, State::Planned]);
        assert_eq!(
            ledger.items().get(2).unwrap(),
            Item { state: State::Planned, attempts: 1, cause: Cause::NONE }
        );
    }
}
