//! What was learnt from answers and is not in the engine: reasons, message ids, marks, what look-ups found.

use std::collections::BTreeMap;

use crate::domain::batch::keep::{Line, Note, Reason};
use crate::domain::job::event::Answer;
use crate::domain::job::item::{Cause, State};
use crate::domain::job::record::Record;
use crate::domain::job::retry::{Class, Fate};
use crate::domain::job::trace::Traces;
use crate::domain::trail::Look;

/// When what happened to an item.
#[derive(Clone, Copy, Default)]
pub(super) struct Times {
    /// When a request with it was last written down to leave.
    pub(super) left: u64,
    /// When it was written down what became of that.
    pub(super) settled: Option<u64>,
}

/// What was learnt.
#[derive(Default)]
pub(super) struct Learnt {
    reasons: Vec<Reason>,
    known: BTreeMap<Reason, u16>,
    /// How many of the reasons are in the ledger.
    written: usize,
    notes: BTreeMap<u32, Note>,
    /// Notes on the way into the ledger, by try.
    pending: BTreeMap<u32, Vec<Note>>,
    /// What was last found of an item that was looked for, and when.
    looks: BTreeMap<u32, (Look, u64)>,
    traces: Traces,
    /// When a request with an item was last written down to leave, and when what became of it was.
    times: BTreeMap<u32, Times>,
    /// The number of the next record that the traces have not seen.
    traced: u64,
    /// The ledger, line by line, as it is kept: what a file of the job is made of when the disk fails.
    lines: BTreeMap<u64, String>,
}

impl Learnt {
    /// Takes in a line that is in the ledger.
    pub(super) fn read(&mut self, kept: &str, line: Line) {
        self.lines.insert(line.first, kept.to_owned());
        self.trace(line.first, line.at, &line.records);
        for (number, reason) in line.reasons {
            if usize::from(number) == self.reasons.len() + 1 {
                self.known.insert(reason.clone(), number);
                self.reasons.push(reason);
            }
        }
        self.written = self.reasons.len();
        self.notes.extend(line.notes.into_iter().map(|note| (note.item, note)));
    }

    /// The line for these records, with everything that belongs to them; and how many reasons are then in the ledger.
    pub(super) fn line(&mut self, first: u64, at: u64, records: Vec<Record>) -> (String, usize) {
        self.trace(first, at, &records);
        let reasons = (1_u16..).zip(&self.reasons).skip(self.written);
        let reasons = reasons.map(|(number, reason)| (number, reason.clone())).collect();
        let notes = records.iter().flat_map(|record| match record {
            Record::Settled { attempt, .. } => self.pending.get(attempt).cloned().unwrap_or_default(),
            Record::Looked { item, .. } => self.notes.get(item).cloned().into_iter().collect(),
            _ => Vec::new(),
        });
        let line = Line { first, at, notes: notes.collect(), records, reasons }.encode();
        self.lines.insert(first, line.clone());
        (line, self.reasons.len())
    }

    /// A line is durable.
    pub(super) fn kept(&mut self, written: usize, settled: &[u32]) {
        self.written = self.written.max(written);
        for attempt in settled {
            self.pending.remove(attempt);
        }
    }

    /// The number of a reason; 0 is none, and the last ones have meanings of their own.
    fn cause(&mut self, reason: Reason) -> Cause {
        if let Some(known) = self.known.get(&reason) {
            return Cause(*known);
        }
        let number = u16::try_from(self.reasons.len() + 1).unwrap_or(u16::MAX).min(Cause::LAST.0);
        if usize::from(number) == self.reasons.len() + 1 {
            self.known.insert(reason.clone(), number);
            self.reasons.push(reason);
        }
        Cause(number)
    }

    fn trace(&mut self, first: u64, at: u64, records: &[Record]) {
        for (number, record) in (first..).zip(records) {
            if number < self.traced {
                continue;
            }
            self.traces.read(record);
            self.traced = number + 1;
            match record {
                Record::Sending { items, .. } => {
                    self.times.extend(items.iter().map(|item| (*item, Times { left: at, settled: None })));
                }
                Record::Settled { parts, .. } => {
                    for part in parts.iter().filter(|part| part.fate != Fate::Planned) {
                        self.times.entry(part.item).or_default().settled = Some(at);
                    }
                }
                Record::Looked { item, look } => {
                    self.looks.insert(*item, (*look, at));
                }
                _ => {}
            }
        }
    }

    /// What an answer said.
    pub(super) fn answer(
        &mut self,
        attempt: u32,
        all: Option<(Class, Reason)>,
        each: Vec<(u32, Class, Reason)>,
        notes: Vec<Note>,
    ) -> Answer {
        self.notes.extend(notes.iter().map(|note| (note.item, note.clone())));
        self.pending.insert(attempt, notes);
        match all {
            Some((class, reason)) => Answer::All(class, self.cause(reason)),
            None => Answer::Each(
                each.into_iter().map(|(item, class, reason)| (item, class, self.cause(reason))).collect(),
            ),
        }
    }

    /// What a look-up found.
    pub(super) fn found(&mut self, note: Option<Note>) {
        self.notes.extend(note.map(|note| (note.item, note)));
    }

    /// The items whose message is known to be this one. A vendor may give one id to the copies of several receivers.
    pub(super) fn with_message<'a>(&'a self, message: &'a str) -> impl Iterator<Item = u32> + 'a {
        self.notes.values().filter(move |note| note.message == message).map(|note| note.item)
    }

    /// A reason by its number.
    pub(super) fn reason(&self, Cause(number): Cause) -> Option<Reason> {
        self.reasons.get(usize::from(number).checked_sub(1)?).cloned()
    }

    /// What an answer said of an item.
    pub(super) fn note(&self, item: u32) -> Option<Note> {
        self.notes.get(&item).cloned()
    }

    /// The id of an item's message, digit for digit; nothing when none is known.
    pub(super) fn message(&self, item: u32) -> &str {
        self.notes.get(&item).map_or("", |note| &note.message)
    }

    /// When it was known what became of an item that is in this state.
    pub(super) fn known_at(&self, item: u32, state: State) -> Option<u64> {
        let said = self.notes.get(&item).map(|note| note.at).filter(|at| *at > 0);
        let settled = || self.times(item).and_then(|times| times.settled);
        said.or_else(|| settled().filter(|_| state != State::Planned))
    }

    /// When the first message left that is known by its id; one that was only found afterwards left long before.
    pub(super) fn oldest(&self) -> Option<u64> {
        let left = |note: &Note| self.times(note.item).map_or(note.at, |times| times.left.min(note.at));
        self.notes.values().map(left).min()
    }

    /// What was last found of an item, and when.
    pub(super) fn look(&self, item: u32) -> Option<(Look, u64)> {
        self.looks.get(&item).copied()
    }

    /// When an item last left, and was settled.
    pub(super) fn times(&self, item: u32) -> Option<Times> {
        self.times.get(&item).copied()
    }

    /// When a request with an item last left, and the root of its marks.
    pub(super) fn departure(&self, item: u32) -> Option<(u64, u32)> {
        Some((self.times(item)?.left, self.traces.unknown(item)?))
    }

    /// The root of a try that is open.
    pub(super) fn root(&self, attempt: u32) -> u32 {
        self.traces.of(attempt)
    }

    /// The whole ledger as it is kept, in order, what is on its way to the disk included, up to where the job was handed over.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for kept in self.lines.values() {
            let Some(mut line) = Line::decode(kept) else { break };
            match line.records.iter().position(|record| *record == Record::HandedOver) {
                None => lines.push(kept.clone()),
                Some(0) => break,
                Some(end) => {
                    line.records.truncate(end);
                    lines.push(line.encode());
                    break;
                }
            }
        }
        lines
    }
}
