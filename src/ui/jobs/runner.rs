//! A job that is open on this page: its engine, and what the engine asks for done in the browser.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::call::{Told, carry_out};
use super::clock;
use crate::domain::batch::keep::{Body, Head, Line, Note, Reason};
use crate::domain::job::Millis;
use crate::domain::job::engine::{Engine, Progress};
use crate::domain::job::event::{Answer, Command, Event, Lease, Notice, Phase};
use crate::domain::job::item::Cause;
use crate::domain::job::ledger::Ledger;
use crate::domain::job::record::Record;
use crate::domain::job::retry::Class;
use crate::domain::job::trace::Traces;
use crate::store::lock::Lock;
use crate::store::{Fault, Kept, Store};
use crate::ui::browser;
use crate::ui::desk::{Desk, InUse};
use crate::ui::embedding::tell_job;
use crate::ui::held::Held;
use crate::words::{Language, Words, jobs as words};

/// What a page shows of a job. Handles that live as long as the desk.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// How far it is.
    pub(super) progress: Held<Option<Progress>>,
    /// What is to be told.
    pub(super) notice: Held<Option<Notice>>,
    /// What the browser says of a write that failed.
    pub(super) fault: Held<Option<String>>,
    /// Why it cannot go on at this moment.
    pub(super) refusal: Held<Option<Words>>,
}

/// What was learnt from answers and is not in the engine.
#[derive(Default)]
struct Learnt {
    reasons: Vec<Reason>,
    known: BTreeMap<Reason, u16>,
    /// How many of the reasons are in the ledger.
    written: usize,
    notes: BTreeMap<u32, Note>,
    /// Notes on the way into the ledger, by try.
    pending: BTreeMap<u32, Vec<Note>>,
    traces: Traces,
    /// The number of the next record that the traces have not seen.
    traced: u64,
}

impl Learnt {
    /// The number of a reason; 0 is none, and the last two have meanings of their own.
    fn cause(&mut self, reason: Reason) -> Cause {
        if let Some(known) = self.known.get(&reason) {
            return Cause(*known);
        }
        let number = u16::try_from(self.reasons.len() + 1).unwrap_or(u16::MAX).min(u16::MAX - 2);
        if usize::from(number) == self.reasons.len() + 1 {
            self.known.insert(reason.clone(), number);
            self.reasons.push(reason);
        }
        Cause(number)
    }

    fn trace(&mut self, first: u64, records: &[Record]) {
        for (number, record) in (first..).zip(records) {
            if number >= self.traced {
                self.traces.read(record);
                self.traced = number + 1;
            }
        }
    }
}

/// A job that is open.
pub(super) struct Runner {
    /// Its head, counts aside.
    pub(super) head: Head,
    /// What it does.
    pub(super) body: Body,
    /// What is shown of it.
    pub(super) shown: Shown,
    /// Where it is kept.
    pub(super) store: Rc<Store>,
    engine: RefCell<Engine>,
    learnt: RefCell<Learnt>,
    epoch: u64,
    way: RefCell<Option<(InUse, Lock)>>,
    wake: Cell<u32>,
    _lock: Option<Lock>,
}

fn now() -> Millis {
    Millis::try_from(browser::now()).unwrap_or_default()
}

impl Runner {
    /// Reads a job; with an epoch it can be run here, without one it is only watched. `None` when its ledger cannot be read.
    pub(super) fn open(
        desk: Desk,
        store: Rc<Store>,
        kept: Kept,
        body: Body,
        right: Option<(u64, Lock)>,
    ) -> Option<Rc<Self>> {
        let total = u32::try_from(body.batch.entries.len()).ok()?;
        let mut ledger = Ledger::new(total, body.settings.twice);
        let mut learnt = Learnt::default();
        for line in &kept.lines {
            let line = Line::decode(line)?;
            for (number, record) in (line.first..).zip(&line.records) {
                ledger.read(number, record).ok()?;
            }
            learnt.trace(line.first, &line.records);
            for (number, reason) in line.reasons {
                if usize::from(number) == learnt.reasons.len() + 1 {
                    learnt.known.insert(reason.clone(), number);
                    learnt.reasons.push(reason);
                }
            }
            learnt.notes.extend(line.notes.into_iter().map(|note| (note.item, note)));
        }
        learnt.written = learnt.reasons.len();
        let engine = Engine::new(body.settings.clone(), body.batch.plan());
        let shown = desk.own(|| Shown {
            progress: Held::new(None),
            notice: Held::new(None),
            fault: Held::new(None),
            refusal: Held::new(None),
        });
        let (epoch, lock) = right.map_or((0, None), |(epoch, lock)| (epoch, Some(lock)));
        let lease = lock.is_some().then_some(Lease { epoch, until: Millis::MAX });
        let runner = Rc::new(Self {
            head: kept.head,
            body,
            shown,
            store,
            engine: RefCell::new(engine),
            learnt: RefCell::new(learnt),
            epoch,
            way: RefCell::new(None),
            wake: Cell::new(0),
            _lock: lock,
        });
        runner.feed(Event::Loaded(Box::new(ledger), lease));
        runner.feed(Event::Checked);
        Some(runner)
    }

    /// Lets something happen to the job, and does what follows.
    pub(super) fn feed(self: &Rc<Self>, event: Event) {
        let commands = self.engine.borrow_mut().handle(now(), event);
        for command in commands {
            self.obey(command);
        }
        let progress = self.engine.borrow().progress(now());
        let rests = !is_running(progress.phase) && progress.counts.sending == 0;
        if rests {
            self.way.take();
        }
        tell_job(&self.head, &progress);
        self.shown.progress.set(Some(progress));
    }

    /// Makes sure that the connection in use is the job's, and that no other job goes through it.
    pub(super) fn prepare(self: &Rc<Self>, desk: Desk, then: Event) {
        let runner = self.clone();
        browser::spawn(async move {
            runner.shown.refusal.set(None);
            if runner.way.borrow().is_none() {
                let way = untrack(|| desk.way_of(runner.body.batch.operation));
                let Some(way) = way.filter(|way| way.account() == runner.head.account) else {
                    return runner.shown.refusal.set(Some(words::OTHER_CONNECTION));
                };
                let name = format!("message-desk connection {}", runner.head.account);
                let Some(lock) = crate::store::lock::take(&name).await else {
                    return runner.shown.refusal.set(Some(words::CONNECTION_BUSY));
                };
                *runner.way.borrow_mut() = Some((way, lock));
            }
            runner.feed(then);
        });
    }

    fn obey(self: &Rc<Self>, command: Command) {
        match command {
            Command::Write { epoch, first, at, records } => self.write(epoch, first, at, records),
            Command::Send { attempt, items, .. } => self.send(attempt, items),
            Command::WakeAt(at) => {
                let turn = self.wake.get().wrapping_add(1);
                self.wake.set(turn);
                let wait =
                    u32::try_from(at.saturating_sub(now())).unwrap_or(u32::MAX).min(i32::MAX.unsigned_abs());
                let runner = self.clone();
                clock::after(wait, move || {
                    if runner.wake.get() == turn {
                        runner.feed(Event::Tick);
                    }
                });
            }
            Command::Announce(notice) => self.shown.notice.set(Some(notice)),
            Command::AskCanary(_) | Command::Finished(_) => {}
        }
    }

    fn write(self: &Rc<Self>, epoch: u64, first: u64, at: Millis, records: Vec<Record>) {
        let end = first + u64::try_from(records.len()).unwrap_or_default();
        let mut learnt = self.learnt.borrow_mut();
        learnt.trace(first, &records);
        let reasons = (1_u16..).zip(&learnt.reasons).skip(learnt.written);
        let reasons: Vec<_> = reasons.map(|(number, reason)| (number, reason.clone())).collect();
        let settled = records.iter().filter_map(|record| match record {
            Record::Settled { attempt, .. } => Some(*attempt),
            _ => None,
        });
        let settled: Vec<u32> = settled.collect();
        let notes = settled.iter().filter_map(|attempt| learnt.pending.get(attempt)).flatten();
        let line = Line { first, at, notes: notes.cloned().collect(), records, reasons };
        let written = learnt.reasons.len();
        drop(learnt);
        let counts = self.engine.borrow().ledger().items().counts();
        let head = Head { counts, ..self.head.clone() };
        let runner = self.clone();
        browser::spawn(async move {
            match runner.store.append(epoch, &head, &line).await {
                Ok(()) => {
                    runner.shown.fault.set(None);
                    let mut learnt = runner.learnt.borrow_mut();
                    learnt.written = learnt.written.max(written);
                    for attempt in settled {
                        learnt.pending.remove(&attempt);
                    }
                    drop(learnt);
                    runner.feed(Event::Written { epoch, end });
                }
                Err(Fault::Epoch) => runner.feed(Event::LeaseLost),
                Err(Fault::Failed(why)) => {
                    runner.shown.fault.set(Some(why));
                    runner.feed(Event::WriteFailed { epoch, first });
                }
            }
        });
    }

    fn send(self: &Rc<Self>, attempt: u32, items: Vec<u32>) {
        let root = self.learnt.borrow().traces.of(attempt);
        let way = self.way.borrow().as_ref().map(|(way, _)| way.connection.clone());
        let runner = self.clone();
        browser::spawn(async move {
            let told = match way {
                Some(way) => carry_out(&runner.head.id, &runner.body.batch, &way, root, &items).await,
                // Nobody confirmed another way.
                None => Told::all(Class::Credentials, Reason::default()),
            };
            let answer = runner.learn(attempt, told.all, told.each, told.notes);
            let dice = browser::random_decimal().parse().unwrap_or(u32::MAX);
            runner.feed(Event::Answered { attempt, answer, retry_after: told.retry_after, dice });
        });
    }

    fn learn(
        &self,
        attempt: u32,
        all: Option<(Class, Reason)>,
        each: Vec<(u32, Class, Reason)>,
        notes: Vec<Note>,
    ) -> Answer {
        let mut learnt = self.learnt.borrow_mut();
        learnt.notes.extend(notes.iter().map(|note| (note.item, note.clone())));
        learnt.pending.insert(attempt, notes);
        match all {
            Some((class, reason)) => Answer::All(class, learnt.cause(reason)),
            None => Answer::Each(
                each.into_iter().map(|(item, class, reason)| (item, class, learnt.cause(reason))).collect(),
            ),
        }
    }

    /// What a cause means: code, reason, advice.
    pub(super) fn reason(&self, cause: Cause) -> Reason {
        let said = |why: Words, advice: Words| Reason {
            code: String::new(),
            why: [Language::Chinese, Language::English].map(|language| why.text(language).to_owned()),
            advice: [Language::Chinese, Language::English].map(|language| advice.text(language).to_owned()),
        };
        match cause {
            Cause::INTERRUPTED => said(words::INTERRUPTED, words::CHECK_UNKNOWN),
            Cause::UNMENTIONED => said(words::UNMENTIONED, words::CHECK_UNKNOWN),
            Cause(number) => {
                let at = usize::from(number).checked_sub(1);
                at.and_then(|at| self.learnt.borrow().reasons.get(at).cloned()).unwrap_or_default()
            }
        }
    }

    /// What an answer said of an item.
    pub(super) fn note(&self, item: u32) -> Option<Note> {
        self.learnt.borrow().notes.get(&item).cloned()
    }

    /// Looks at the ledger.
    pub(super) fn ledger<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(self.engine.borrow().ledger())
    }

    /// Whether it can be run from here.
    pub(super) fn is_ours(&self) -> bool {
        self.epoch > 0
    }

    /// Whether requests may leave.
    pub(super) fn is_busy(&self) -> bool {
        let progress = self.shown.progress.get_untracked();
        progress.is_some_and(|progress| is_running(progress.phase) || progress.counts.sending > 0)
    }
}

/// Whether requests may leave in this phase without a person.
pub(super) fn is_running(phase: Phase) -> bool {
    match phase {
        Phase::Canary | Phase::Running | Phase::Held(_) | Phase::Asking => true,
        Phase::Draft
        | Phase::Checked
        | Phase::Paused(_)
        | Phase::Stopped
        | Phase::Done
        | Phase::DoneWithFailures
        | Phase::Elsewhere => false,
    }
}
