//! A job that is open on this page: its engine, and what the engine asks for done in the browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use super::allowed::is_allowed;
use super::allowed::most_requests;
use super::alone::Alone;
use super::call::{Told, carry_out};
use super::learnt::Learnt;
use super::right::Right;
use super::shown::Shown;
use super::{clock, follow, record, state};
use crate::domain::batch::keep::{Body, Head, Line, Note, Reason};
use crate::domain::job::Millis;
use crate::domain::job::ahead::Ahead;
use crate::domain::job::engine::{Engine, Progress};
use crate::domain::job::event::{Command, Event, Phase};
use crate::domain::job::item::Cause;
use crate::domain::job::ledger::Ledger;
use crate::domain::job::record::Record;
use crate::domain::job::retry::Class;
use crate::domain::job::settings::Settings;
use crate::store::{Fault, Kept, Store};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::in_use::InUse;
use crate::words::{Language, Words, jobs as words};

/// So many milliseconds lie between two heads of a job that runs.
const HEAD_EVERY: Millis = 1_000;

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
    desk: Desk,
    engine: RefCell<Engine>,
    pub(super) learnt: RefCell<Learnt>,
    pub(super) right: RefCell<Option<Right>>,
    pub(super) way: RefCell<Option<(InUse, Alone)>>,
    /// Whether its app is being taken.
    seeks_way: Cell<bool>,
    /// How much is being made ready to leave.
    readies: Cell<u32>,
    wake: Cell<u32>,
    /// When the head was last written.
    head_at: Cell<Millis>,
    /// What it knows of clocks that jump.
    ahead: Ahead,
    /// Whether what is shown will be brought up to date without being asked again.
    pub(super) shows: Cell<bool>,
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
        right: Option<Right>,
    ) -> Option<Rc<Self>> {
        let (ledger, learnt) = read(&body, &kept.lines)?;
        let engine = Engine::new(body.settings.clone(), body.batch.plan());
        let shown = desk.own(Shown::new);
        let lease = right.as_ref().map(|right| Right::lease(right.epoch, right.until));
        let runner = Rc::new(Self {
            head: kept.head,
            body,
            shown,
            store,
            desk,
            engine: RefCell::new(engine),
            learnt: RefCell::new(learnt),
            right: RefCell::new(right),
            way: RefCell::new(None),
            seeks_way: Cell::new(false),
            readies: Cell::new(0),
            wake: Cell::new(0),
            head_at: Cell::new(0),
            ahead: Ahead::default(),
            shows: Cell::new(false),
        });
        runner.feed(Event::Loaded(Box::new(ledger), lease));
        runner.feed(Event::Checked);
        Some(runner)
    }

    /// Lets something happen to the job, and does what follows.
    pub(super) fn feed(self: &Rc<Self>, event: Event) {
        let mut commands = Vec::new();
        if let Some(by) = clock::ahead().and_then(|ahead| self.ahead.jumped(ahead)) {
            commands = self.engine.borrow_mut().handle(now(), Event::ClockJumped { by });
        }
        commands.extend(self.engine.borrow_mut().handle(now(), event));
        for command in commands {
            self.obey(command);
        }
        if !self.acts() && self.readies.get() == 0 && self.shown.looking.get_untracked().is_none() {
            self.way.take();
        }
        self.show();
        // It rests, perhaps since its page was left.
        state::let_go(&self.head.id);
    }

    /// Nothing happens to the job here any more.
    pub(super) fn ends(&self) {
        self.engine.borrow_mut().handle(now(), Event::LeaseLost);
        self.way.take();
    }

    /// Takes in a line that the page that runs the job wrote; reads all anew when one was missed.
    pub(super) fn follow(self: &Rc<Self>, kept: &str) {
        let Some(line) = Line::decode(kept) else { return };
        if self.engine.borrow_mut().follow(line.first, &line.records) {
            self.learnt.borrow_mut().read(kept, line);
            return self.show();
        }
        let runner = self.clone();
        browser::spawn(async move {
            let Ok(lines) = runner.store.lines(&runner.head.id).await else { return };
            // Without a line it was deleted.
            if let Some((ledger, learnt)) = read(&runner.body, &lines).filter(|_| !lines.is_empty()) {
                *runner.learnt.borrow_mut() = learnt;
                runner.feed(Event::Loaded(Box::new(ledger), None));
            }
        });
    }

    /// Makes sure that the connection in use is the job's, and that no other job of its app runs; says why not if so.
    pub(super) async fn find_way(self: &Rc<Self>, desk: Desk) -> Option<InUse> {
        // Pressed twice, it is looked for once.
        if self.seeks_way.get() {
            return None;
        }
        self.shown.refusal.set(None);
        if !self.has_way() {
            let way = untrack(|| desk.way_of(self.body.batch.operation));
            let Some(way) = way.filter(|way| way.account() == self.head.account) else {
                self.shown.refusal.set(Some(words::OTHER_CONNECTION));
                return None;
            };
            self.seeks_way.set(true);
            let taken = Alone::take(&self.store, &way.app()).await;
            self.seeks_way.set(false);
            match taken {
                Ok(alone) => *self.way.borrow_mut() = Some((way, alone)),
                Err(fault) => return self.refuse_way(fault),
            }
            let most = untrack(|| most_requests(desk, self.body.batch.operation));
            self.engine.borrow_mut().connected(now(), most);
        }
        self.way.borrow().as_ref().map(|(way, _)| way.clone())
    }

    /// Whether its app is this job's alone at this moment.
    fn has_way(&self) -> bool {
        self.way.borrow().as_ref().is_some_and(|(_, alone)| alone.holds())
    }

    fn refuse_way(&self, fault: Fault) -> Option<InUse> {
        match fault {
            Fault::Epoch => self.shown.refusal.set(Some(words::APP_BUSY)),
            Fault::Failed(why) => self.shown.fault.set(Some(why)),
        }
        None
    }

    /// Lets something happen that makes requests leave, if this place allows it.
    pub(super) fn prepare(self: &Rc<Self>, desk: Desk, then: Event) {
        let runner = self.clone();
        browser::spawn(async move {
            let ready =
                async || is_allowed(desk, &runner, &then).await && runner.find_way(desk).await.is_some();
            match runner.held(ready()).await {
                true => runner.feed(then),
                false => state::let_go(&runner.head.id),
            }
        });
    }

    /// Waits for something after which requests leave: until then it does not count as at rest.
    pub(super) async fn held<T>(&self, ready: impl Future<Output = T>) -> T {
        self.readies.update(|readies| readies + 1);
        let done = ready.await;
        self.readies.update(|readies| readies - 1);
        done
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
            Command::Finished(counts) => record::note(self.desk, &self.head, &self.body.batch, counts),
            Command::AskCanary(_) => {}
        }
    }

    fn write(self: &Rc<Self>, epoch: u64, first: u64, at: Millis, records: Vec<Record>) {
        let end = first + u64::try_from(records.len()).unwrap_or_default();
        let settled: Vec<u32> = records
            .iter()
            .filter_map(|record| match record {
                Record::Settled { attempt, .. } => Some(*attempt),
                _ => None,
            })
            .collect();
        let (line, written) = self.learnt.borrow_mut().line(first, at, records);
        let head = self.head_now();
        let runner = self.clone();
        browser::spawn(async move {
            match runner.store.append(epoch, &runner.head.id, head.as_ref(), first, &line).await {
                Ok(()) => {
                    if runner.shown.fault.with_untracked(Option::is_some) {
                        runner.shown.fault.set(None);
                    }
                    runner.learnt.borrow_mut().kept(written, &settled);
                    follow::tell(&runner.head.id, runner.phase(), &line);
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

    /// The head with the counts of this moment, unless one was written just now and the job goes on: lists of jobs may be a
    /// second behind a job that runs.
    fn head_now(&self) -> Option<Head> {
        let (moment, head) = (now(), self.ledger(|ledger| self.head.standing(ledger)));
        let goes_on = matches!(self.phase(), Phase::Canary | Phase::Running) && head.counts.planned > 0;
        if goes_on && self.head_at.get().abs_diff(moment) < HEAD_EVERY {
            return None;
        }
        self.head_at.set(moment);
        Some(head)
    }

    fn send(self: &Rc<Self>, attempt: u32, items: Vec<u32>) {
        let root = self.learnt.borrow().root(attempt);
        let way = self
            .way
            .borrow()
            .as_ref()
            .filter(|(_, alone)| alone.holds())
            .map(|(way, _)| way.connection.clone());
        let runner = self.clone();
        browser::spawn(async move {
            let told = match way {
                Some(way) => carry_out(&runner.head.id, &runner.body.batch, &way, root, &items).await,
                // Nobody confirmed another way, and another job of the app may run by now.
                None => Told::all(Class::Credentials, Reason::default()),
            };
            let answer = runner.learnt.borrow_mut().answer(attempt, told.all, told.each, told.notes);
            let dice = browser::random_decimal().parse().unwrap_or(u32::MAX);
            runner.feed(Event::Answered { attempt, answer, retry_after: told.retry_after, dice });
        });
    }

    /// What a cause means: code, reason, advice.
    pub(super) fn reason(&self, cause: Cause) -> Reason {
        let said = |why: Words, advice: Words| Reason {
            code: String::new(),
            http: String::new(),
            why: [Language::Chinese, Language::English].map(|language| why.text(language).to_owned()),
            advice: [Language::Chinese, Language::English].map(|language| advice.text(language).to_owned()),
        };
        match cause {
            Cause::INTERRUPTED => said(words::INTERRUPTED, words::CHECK_UNKNOWN),
            Cause::UNMENTIONED => said(words::UNMENTIONED, words::CHECK_UNKNOWN),
            Cause::FOUND => said(words::FOUND_IN_HISTORY, Words::NONE),
            cause => self.learnt.borrow().reason(cause).unwrap_or_default(),
        }
    }

    /// What an answer said of an item.
    pub(super) fn note(&self, item: u32) -> Option<Note> {
        self.learnt.borrow().note(item)
    }

    /// How far it is at this moment.
    pub(super) fn progress(&self) -> Progress {
        self.engine.borrow().progress(now())
    }

    /// The state of the job at this moment.
    pub(super) fn phase(&self) -> Phase {
        self.engine.borrow().phase(now())
    }

    /// When the first answer came that told of a message.
    pub(super) fn oldest(&self) -> Option<Millis> {
        self.learnt.borrow().oldest()
    }

    /// How it goes: as it was set up, and as a person adjusted that.
    pub(super) fn settings(&self) -> Settings {
        let mut settings = self.body.settings.clone();
        self.ledger(Ledger::adjusted).iter().for_each(|adjusted| settings.adjust(*adjusted));
        settings
    }

    /// Looks at the ledger.
    pub(super) fn ledger<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(self.engine.borrow().ledger())
    }

    /// Whether all that is known is on the disk.
    pub(super) fn is_durable(&self) -> bool {
        self.engine.borrow().is_durable()
    }

    /// Whether requests may leave, or are out.
    pub(super) fn is_busy(&self) -> bool {
        is_running(self.phase()) || self.ledger(|ledger| ledger.items().counts().sending > 0)
    }

    /// Whether nothing is out and nothing leaves without a person, here or on the page that has the job.
    pub(super) fn rests(&self) -> bool {
        self.engine.borrow().rests()
    }

    /// Whether requests are out, or leave without a person. What only asks a person asks again.
    pub(super) fn acts(&self) -> bool {
        self.is_busy() && self.phase() != Phase::Asking
    }

    /// Whether another page can take it from here as it stands.
    pub(super) fn can_go(&self) -> bool {
        let looks = self.shown.looking.get_untracked().is_some();
        !self.acts() && self.is_durable() && !looks && self.readies.get() == 0
    }

    /// Whether nothing of it could be known again if the page went now.
    pub(super) fn holds_the_page(&self) -> bool {
        let is_under_way = self.acts() || self.readies.get() > 0;
        (self.is_ours() && is_under_way) || untrack(|| self.is_unsaved())
    }
}

/// What the lines of a ledger say; `None` when they cannot be read.
fn read(body: &Body, lines: &[String]) -> Option<(Ledger, Learnt)> {
    let total = u32::try_from(body.batch.entries.len()).ok()?;
    let mut ledger = Ledger::new(total, body.settings.twice);
    let mut learnt = Learnt::default();
    for kept in lines {
        let line = Line::decode(kept)?;
        for (number, record) in (line.first..).zip(&line.records) {
            ledger.read(number, record).ok()?;
        }
        learnt.read(kept, line);
    }
    Some((ledger, learnt))
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
        | Phase::Elsewhere
        | Phase::HandedOver => false,
    }
}
