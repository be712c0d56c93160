//! The engine of a job: events in, commands out. Pure.
//!
//! It sends nothing that is not durable in the ledger, writes nothing that the ledger would not give back, and does one thing
//! only without being told: the next request that surely was not done before.

mod answer;
mod discipline;
mod dispatch;
mod person;
mod progress;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::marker::PhantomData;

pub use self::discipline::{Discipline, Flaw, Sound};
pub use self::progress::Progress;

use self::progress::Meter;
use super::Millis;
use super::brake::Brake;
use super::event::{Command, Event, Lease, Notice};
use super::item::State;
use super::journal::Journal;
use super::ledger::{Ledger, Stage};
use super::pace::Pace;
use super::plan::Plan;
use super::record::{Part, Record};
use super::retry::{Fate, Why};
use super::settings::Settings;

/// A wake-up that comes later than this means that the page slept.
const SLEPT: Millis = 5_000;

/// The engine of one job.
#[derive(Clone, Debug)]
pub struct Engine<D: Discipline = Sound> {
    settings: Settings,
    plan: Plan,
    ledger: Ledger,
    lease: Option<Lease>,
    journal: Journal,
    pace: Pace,
    brake: Brake,
    meter: Meter,
    flights: Vec<Flight>,
    waiting: VecDeque<Waiting>,
    /// Where in the plan the items begin that were not taken yet.
    place: usize,
    /// How many requests the items from there on take, about.
    left: u32,
    wake: Option<Millis>,
    asked: bool,
    finished: bool,
    damaged: bool,
    out: Vec<Command>,
    discipline: PhantomData<D>,
}

/// A request that is written down. Its items are in the ledger.
#[derive(Clone, Copy, Debug)]
struct Flight {
    attempt: u32,
    chunk: u32,
    tries: u8,
    /// The number of its record: it leaves only when that is durable.
    record: u64,
    /// When it left.
    left_at: Option<Millis>,
}

/// A request whose items are planned again.
#[derive(Clone, Debug)]
struct Waiting {
    /// Its number, if all of its items wait.
    chunk: Option<u32>,
    tries: u8,
    items: Vec<u32>,
}

impl<D: Discipline> Engine<D> {
    /// An engine for the items of `plan`. It does nothing before [`Event::Loaded`].
    pub fn new(mut settings: Settings, mut plan: Plan) -> Self {
        settings.at_once = settings.at_once.clamp(1, 4);
        let pace = Pace::new(&settings.limits, 0);
        plan.shrink(pace.largest());
        Self {
            ledger: Ledger::new(plan.total(), settings.twice),
            lease: None,
            journal: Journal::new(0),
            pace,
            brake: Brake::new(settings.brake),
            meter: Meter::default(),
            flights: Vec::new(),
            waiting: VecDeque::new(),
            place: 0,
            left: 0,
            wake: None,
            asked: false,
            finished: false,
            damaged: false,
            out: Vec::new(),
            discipline: PhantomData,
            settings,
            plan,
        }
    }

    /// Takes note of what happened and says what is to be done, in order. `now` is in milliseconds since 1970.
    pub fn handle(&mut self, now: Millis, event: Event) -> Vec<Command> {
        let loses = match event {
            Event::Loaded(..) | Event::ClockJumped { .. } => false,
            Event::LeaseLost => !self.flawed(Flaw::IgnoresLease),
            _ => self.lease.is_some() && !self.holds_lease(now),
        };
        if loses {
            self.lose();
        }
        match event {
            Event::Loaded(ledger, lease) => self.load(now, *ledger, lease),
            Event::ClockJumped { by } => self.jump(now, by),
            Event::LeaseRenewed(lease) => {
                let same = self.lease.is_some_and(|held| held.epoch == lease.epoch);
                self.lease = if same { Some(lease) } else { self.lease };
            }
            event => {
                self.look_at_clock(now);
                if self.holds_lease(now) {
                    self.take(now, event);
                }
            }
        }
        self.go_on(now);
        std::mem::take(&mut self.out)
    }

    fn take(&mut self, now: Millis, event: Event) {
        match event {
            Event::Answered { attempt, answer, retry_after, dice } => {
                self.answered(now, attempt, &answer, retry_after, dice);
            }
            Event::Written { epoch, end } if self.is_epoch(epoch) => {
                self.journal.written(end);
            }
            Event::WriteFailed { epoch, first } if self.is_epoch(epoch) => {
                if self.journal.failed(first) && !self.pause(Why::Storage) {
                    self.out.push(Command::Announce(Notice::Paused(Why::Storage)));
                }
            }
            // A clock that was set back makes it come too early: what is still wanted is asked for again.
            Event::Tick => self.wake = None,
            Event::Written { .. } | Event::WriteFailed { .. } => {}
            Event::Loaded(..) | Event::ClockJumped { .. } | Event::LeaseRenewed(_) | Event::LeaseLost => {}
            Event::Checked
            | Event::Started
            | Event::Approved
            | Event::Pause
            | Event::Resume
            | Event::Stop
            | Event::Rerun(_)
            | Event::MarkSent(_)
            | Event::SendAgain(_)
            | Event::Looked { .. }
            | Event::Adjust(_)
            | Event::HandOver => {
                self.journal.mend();
                self.person(now, event);
            }
        }
    }

    fn go_on(&mut self, now: Millis) {
        if !self.holds_lease(now) {
            return;
        }
        self.approve_by_itself(now);
        self.pump(now);
        self.tell(now);
        if let (Some(lease), Some(batch)) = (self.lease, self.journal.batch()) {
            let write =
                Command::Write { epoch: lease.epoch, first: batch.first, at: now, records: batch.records };
            self.out.push(write);
        }
    }

    /// Whatever was known is forgotten but for what the ledger says.
    fn load(&mut self, now: Millis, ledger: Ledger, lease: Option<Lease>) {
        self.damaged = ledger.items().counts().total() != self.plan.total();
        self.journal = Journal::new(ledger.records());
        self.ledger = ledger;
        self.lease = lease;
        self.flights.clear();
        // Who knows when the last request left: the buckets begin empty.
        self.pace = Pace::new(&self.settings.limits, now);
        self.brake.release();
        self.adjust(now);
        self.meter = Meter::new(now, self.ledger.items().counts());
        self.wake = None;
        self.asked = false;
        self.regroup();
        if !self.holds_lease(now) {
            return;
        }
        if self.flawed(Flaw::SettlesWhenTaken) {
            for open in self.ledger.open().to_vec() {
                let sent = |item: &u32| Part { item: *item, fate: Fate::Sent, cause: Default::default() };
                let parts = open.items.iter().map(sent).collect();
                self.record(Record::Settled { attempt: open.attempt, parts });
            }
        }
        if self.flawed(Flaw::DoubtsTooMuch)
            && let Some(next) = self.next()
        {
            let (chunk, attempt) = (self.ledger.next_chunk(), self.ledger.next_attempt());
            self.record(Record::Sending { chunk, attempt, items: next.items });
        }
        let interrupted = !self.ledger.open().is_empty();
        if interrupted {
            self.record(Record::Interrupted);
            self.regroup();
        }
        // What asked a person asks again; nothing was cut off.
        let asks = self.is_asking() && !self.is_agreed() && !interrupted;
        if self.is_started() && self.ledger.items().counts().planned > 0 && !asks {
            self.pause(Why::Interrupted);
        }
        // What ended before this page began is not told again.
        self.finished = self.is_settled();
    }

    /// Goes as a person adjusted it. The buckets begin empty.
    fn adjust(&mut self, now: Millis) {
        if let Some(adjusted) = self.ledger.adjusted() {
            self.settings.adjust(adjusted);
            self.brake = Brake::new(self.settings.brake);
            self.pace = Pace::new(&self.settings.limits, now);
        }
    }

    fn lose(&mut self) {
        if self.lease.take().is_some() {
            self.journal = Journal::new(self.ledger.records());
            self.flights.clear();
            self.out.push(Command::Announce(Notice::Elsewhere));
        }
    }

    fn jump(&mut self, now: Millis, by: i64) {
        if let Some(lease) = &mut self.lease
            && lease.until != Millis::MAX
        {
            lease.until = lease.until.saturating_add_signed(by);
        }
        if self.holds_lease(now) {
            if let Some(held) = self.ledger.held() {
                self.record(Record::Held { until: held.until.saturating_add_signed(by), wait: held.wait });
            }
            self.sleep(now, by.unsigned_abs());
        }
    }

    /// Notices a page that slept and a clock that was set back.
    fn look_at_clock(&mut self, now: Millis) {
        if !self.holds_lease(now) {
            return;
        }
        if let Some(late) = self.wake.and_then(|wake| now.checked_sub(wake)).filter(|late| *late > SLEPT) {
            self.sleep(now, late);
        }
        if let Some(held) = self.ledger.held()
            && held.until > now.saturating_add(held.wait)
        {
            self.record(Record::Held { until: now.saturating_add(held.wait), wait: held.wait });
        }
    }

    fn sleep(&mut self, now: Millis, millis: Millis) {
        self.wake = None;
        self.pace.restart(now);
        if self.flawed(Flaw::CatchesUp) {
            self.pace.forget();
        }
        self.record(Record::Slept { millis });
        self.out.push(Command::Announce(Notice::Slept(millis)));
    }

    /// The one door through which the state of a job changes: into the ledger and onto the way to the disk.
    fn record(&mut self, record: Record) -> u64 {
        self.damaged |= self.ledger.apply(&record).is_err();
        self.journal.push(record)
    }

    /// Pauses, unless the job already rests. Says whether it did.
    fn pause(&mut self, why: Why) -> bool {
        let runs = self.ledger.paused().is_none() && !self.ledger.stopped() && !self.ledger.handed_over();
        if runs {
            self.record(Record::Paused(why));
            self.out.push(Command::Announce(Notice::Paused(why)));
        }
        runs
    }

    /// Plans everything anew that is planned.
    fn regroup(&mut self) {
        self.waiting.clear();
        self.place = 0;
        let items = self.ledger.items();
        self.left = self.plan.requests(|item| items.is(item, State::Planned));
        self.finished = false;
    }

    fn holds_lease(&self, now: Millis) -> bool {
        self.lease.is_some_and(|lease| now < lease.until || self.flawed(Flaw::IgnoresLease)) && !self.damaged
    }

    fn is_epoch(&self, epoch: u64) -> bool {
        self.lease.is_some_and(|lease| lease.epoch == epoch)
    }

    fn flawed(&self, flaw: Flaw) -> bool {
        !D::SOUND && D::flaw() == Some(flaw)
    }

    fn is_started(&self) -> bool {
        let given = self.ledger.handed_over() && !self.flawed(Flaw::KeepsWhatItGave);
        self.ledger.stage() >= Stage::Canary && !self.ledger.stopped() && !given
    }

    /// Whether requests may leave.
    fn may_leave(&self) -> bool {
        self.is_started() && self.ledger.paused().is_none()
    }

    /// Whether nothing is under way or will be, and all of it is durable.
    fn is_settled(&self) -> bool {
        let counts = self.ledger.items().counts();
        let rests = self.ledger.stopped() || (self.is_started() && counts.planned == 0);
        rests && counts.sending == 0 && self.journal.is_empty()
    }

    /// What the canary still may take; everything when there is none.
    fn room(&self) -> u32 {
        let counts = self.ledger.items().counts();
        match self.ledger.stage() {
            Stage::Canary => self.settings.canary.saturating_sub(counts.total() - counts.planned),
            Stage::Draft | Stage::Checked | Stage::Running => u32::MAX,
        }
    }

    /// Whether the canary has ended and the rest waits for a person's word.
    fn is_asking(&self) -> bool {
        self.may_leave() && self.flights.is_empty() && self.room() == 0
    }

    /// Whether nothing is out and nothing leaves without a person, whoever runs the job: what the ledger says, and a canary that has
    /// ended.
    pub fn rests(&self) -> bool {
        self.ledger.rests() || (self.is_asking() && self.ledger.items().counts().sending == 0)
    }

    /// Takes in records that the page that runs the job wrote. Says no when one before them was missed, or the job is run here.
    pub fn follow(&mut self, first: u64, records: &[Record]) -> bool {
        self.lease.is_none()
            && (first..).zip(records).all(|(number, record)| self.ledger.read(number, record).is_ok())
    }

    /// The connection is this job's alone from now on, and takes no more than so many requests a minute. Nobody knows what went
    /// through it before: the buckets begin empty.
    pub fn connected(&mut self, now: Millis, per_minute: u32) {
        self.settings.bring_down(per_minute);
        if self.flawed(Flaw::KeepsItsBucket) {
            return;
        }
        self.pace = Pace::new(&self.settings.limits, now);
    }

    /// What the engine knows: what is in the ledger, and what is on its way there.
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Whether all that is known is durable.
    pub fn is_durable(&self) -> bool {
        self.journal.is_empty()
    }

    /// What the job was set up with, brought down to what its connection takes.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }
}
