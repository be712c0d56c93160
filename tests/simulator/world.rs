//! A world in which everything goes wrong: pages, a store, a vendor, people, clocks.

mod cloud;
mod connection;
mod seen;
mod store;
mod trouble;

use std::collections::{BTreeMap, HashMap};

use message_desk::domain::job::Millis;
use message_desk::domain::job::brake;
use message_desk::domain::job::engine::{Discipline, Engine};
use message_desk::domain::job::event::{Answer, Command, Event, Notice, Phase};
use message_desk::domain::job::item::State;
use message_desk::domain::job::ledger::Stage;
use message_desk::domain::job::plan::Plan;
use message_desk::domain::job::record::Record;
use message_desk::domain::job::retry::Twice;
use message_desk::domain::job::settings::{AfterCanary, Settings};
use message_desk::domain::trail::Look;

pub use self::seen::Seen;

use self::connection::{Connection, Way};
use super::chance::Chance;
use super::witness::Witness;

enum Happening {
    /// The engine of a page hears of something.
    Hear(Page, Event),
    /// A write reaches the disk.
    Disk { page: Page, epoch: u64, first: u64, records: Vec<Record>, reported: Reported },
    /// A request of a job reaches the vendor, who does this with these items.
    Vendor { job: usize, request: u64, done: Vec<u32> },
    /// A tab asks for the lease of a job, or to prolong it.
    Lease(usize, usize),
    /// A page prolongs its lease of a connection.
    Breath(Page, u64),
}

impl Happening {
    /// Whether it is more than a page that keeps what it has.
    const fn is_loud(&self) -> bool {
        !matches!(self, Self::Lease(..) | Self::Breath(..))
    }
}

/// What the page is told of a write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reported {
    Success,
    /// It failed, and nothing is there.
    Failure,
    /// It is said to have failed, and is there.
    FalseFailure,
}

/// One life of a tab, with a job on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
struct Page {
    job: usize,
    tab: usize,
    life: u64,
}

#[derive(Clone, Copy, Default)]
struct Tab {
    life: u64,
    frozen_until: Millis,
}

/// What a tab has of a job.
struct Pane<D: Discipline> {
    engine: Engine<D>,
    /// A jump of the clock that this page was not told of yet.
    jumped: i64,
    way: Option<Way>,
}

#[derive(Clone, Copy)]
struct Holder {
    page: Page,
    epoch: u64,
    until: Millis,
}

/// A job: on each tab, on the disk, and in truth.
struct Job<D: Discipline> {
    connection: usize,
    panes: Vec<Pane<D>>,
    holder: Option<Holder>,
    disk: Vec<Record>,
    disk_epoch: u64,
    settings: Settings,
    plan: Plan,
    bad: Vec<bool>,
    witness: Witness,
    /// The requests that a page sent and of which it has heard nothing, by their try.
    unheard: HashMap<(Page, u32), (u64, Vec<u32>)>,
    done: bool,
}

pub struct World<D: Discipline> {
    chance: Chance,
    time: Millis,
    offset: i64,
    queue: BTreeMap<(Millis, u64), Happening>,
    queued: u64,
    /// How much of the queue is loud.
    loud: usize,
    tabs: Vec<Tab>,
    jobs: Vec<Job<D>>,
    connections: Vec<Connection>,
    /// Whether connections are taken and let go; else each job has one to itself, for good.
    takes: bool,
    locks: bool,
    disk_fails: bool,
    calm: bool,
    log: bool,
    pub seen: Seen,
}

type Objection = Result<(), String>;

const LEASE: Millis = 3_000;
const CLOCK: i64 = 1_700_000_000_000;

impl<D: Discipline> Pane<D> {
    fn new(settings: &Settings, plan: &Plan) -> Self {
        Self { engine: Engine::new(settings.clone(), plan.clone()), jumped: 0, way: None }
    }
}

impl<D: Discipline> Job<D> {
    fn new(chance: &mut Chance, number: usize, connection: &Connection, tabs: usize) -> Self {
        let total = chance.between(1, 16) as u32;
        let groups = chance.between(1, 3);
        let twice = chance.of(&[(8, Twice::Again), (4, Twice::Same), (1, Twice::Looks)]);
        let limits = connection.limits.clone();
        let mut settings = Settings::new(twice, limits.clone());
        settings.at_once = chance.between(1, 4) as u8;
        settings.canary = chance.of(&[(1, 0), (1, 1), (1, 3)]);
        settings.after_canary = chance.of(&[(2, AfterCanary::Asks), (1, AfterCanary::GoesOn)]);
        settings.brake = chance.of(&[
            (2, brake::Limits { row: 0, last: 0, percent: 0 }),
            (1, brake::Limits { row: 3, last: 5, percent: 40 }),
            (1, brake::Limits::default()),
        ]);
        let bad_share = chance.of(&[(2, 0), (2, 10), (1, 50)]);
        let keys: Vec<u8> = (0..total).map(|_| chance.between(1, groups) as u8).collect();
        let plan = Plan::new(keys, connection.most);
        Self {
            connection: number,
            panes: (0..tabs).map(|_| Pane::new(&settings, &plan)).collect(),
            holder: None,
            disk: Vec::new(),
            disk_epoch: 0,
            bad: (0..total).map(|_| chance.percent(bad_share)).collect(),
            witness: Witness::new(total, twice, limits),
            unheard: HashMap::new(),
            settings,
            plan,
            done: false,
        }
    }
}

impl<D: Discipline> World<D> {
    pub fn new(seed: u64, log: bool) -> Self {
        let mut chance = Chance::new(seed);
        let count = chance.of(&[(7, 1), (2, 2), (1, 3)]);
        let takes = count > 1 || chance.percent(20);
        let lines = if count > 1 && chance.percent(25) { 2 } else { 1 };
        let connections: Vec<_> = (0..lines).map(|_| Connection::new(&mut chance, takes)).collect();
        let tabs = if chance.percent(40) { 2 } else { 1 };
        let job = |number: usize| Job::new(&mut chance, number % lines, &connections[number % lines], tabs);
        Self {
            time: 0,
            offset: CLOCK,
            queue: BTreeMap::new(),
            queued: 0,
            loud: 0,
            tabs: vec![Tab::default(); tabs],
            jobs: (0..count).map(job).collect(),
            connections,
            takes,
            locks: chance.percent(50),
            disk_fails: false,
            calm: false,
            log,
            seen: Seen { together: u64::from(count > 1), ..Seen::default() },
            chance,
        }
    }

    /// Lets the jobs run through chaos, then in peace to their end.
    pub fn run(&mut self) -> Objection {
        let (jobs, tabs) = (self.jobs.len(), self.tabs.len());
        for (job, tab) in (0..jobs).flat_map(|job| (0..tabs).map(move |tab| (job, tab))) {
            self.open(job, tab);
        }
        let chaos = self.chance.between(40, 240) * jobs as u64;
        for _ in 0..chaos {
            self.trouble()?;
            self.step()?;
        }
        self.calm_down();
        for _ in 0..20_000 * jobs {
            if self.jobs.iter().all(|job| job.done) {
                return self.at_the_end();
            }
            self.step()?;
        }
        let phases: Vec<_> = (0..jobs).map(|job| self.phase(job)).collect();
        Err(format!("it never ends: {phases:?}"))
    }

    fn calm_down(&mut self) {
        self.calm = true;
        self.disk_fails = false;
        self.jobs.iter_mut().for_each(|job| job.done = false);
        // Nobody waits for an hour because a clock was set back after a page with a lease was gone.
        let latest = self.now() + LEASE;
        for connection in &mut self.connections {
            let gone = |page: &Page| self.tabs[page.tab].life != page.life;
            let holder = connection.holder;
            connection.holder =
                holder.map(|(page, until)| (page, if gone(&page) { until.min(latest) } else { until }));
        }
    }

    fn now(&self) -> Millis {
        self.time.saturating_add_signed(self.offset)
    }

    fn say(&self, what: impl FnOnce() -> String) {
        if self.log {
            println!("{:>8}  {}", self.time, what());
        }
    }

    fn queue(&mut self, delay: Millis, happening: Happening) {
        self.queued += 1;
        self.loud += usize::from(happening.is_loud());
        self.queue.insert((self.time + delay, self.queued), happening);
    }

    fn page(&self, job: usize, tab: usize) -> Page {
        Page { job, tab, life: self.tabs[tab].life }
    }

    fn pane(&self, page: Page) -> &Pane<D> {
        &self.jobs[page.job].panes[page.tab]
    }

    /// How long a page still hears nothing, if so.
    fn freezes(&self, page: Page) -> Option<Millis> {
        self.tabs[page.tab].frozen_until.checked_sub(self.time).filter(|left| *left > 0)
    }

    fn open(&mut self, job: usize, tab: usize) {
        let own = &mut self.jobs[job];
        own.panes[tab] = Pane::new(&own.settings, &own.plan);
        let delay = self.chance.between(0, 50);
        self.queue(delay, Happening::Lease(job, tab));
    }

    /// Takes the next thing that happens; if nothing does, a person has to do something.
    fn step(&mut self) -> Objection {
        if self.loud == 0 {
            for job in 0..self.jobs.len() {
                if !self.jobs[job].done {
                    self.person_goes_on(job)?;
                }
            }
        }
        let Some(((time, number), happening)) = self.queue.pop_first() else { return Ok(()) };
        self.time = time;
        // What a frozen page does not hear waits, in order.
        if let Happening::Hear(page, _) = &happening
            && let Some(delay) = self.freezes(*page)
        {
            self.queue.insert((time + delay, number), happening);
            return Ok(());
        }
        self.loud -= usize::from(happening.is_loud());
        match happening {
            Happening::Hear(page, event) => self.hear(page, event),
            Happening::Disk { page, epoch, first, records, reported } => {
                self.disk(page, epoch, first, records, reported)
            }
            Happening::Vendor { job, request, done } => self.effects(job, request, done),
            Happening::Lease(job, tab) => self.lease(job, tab),
            Happening::Breath(page, turn) => {
                self.breathe(page, turn);
                Ok(())
            }
        }
    }

    fn effects(&mut self, job: usize, request: u64, done: Vec<u32>) -> Objection {
        let witness = &mut self.jobs[job].witness;
        done.into_iter().try_for_each(|item| witness.effect(request, item))
    }

    fn hear(&mut self, page: Page, event: Event) -> Objection {
        if self.tabs[page.tab].life != page.life {
            return Ok(());
        }
        if let Some(delay) = self.freezes(page) {
            self.queue(delay, Happening::Hear(page, event));
            return Ok(());
        }
        let jumped = std::mem::take(&mut self.jobs[page.job].panes[page.tab].jumped);
        if jumped != 0 {
            self.handle(page, Event::ClockJumped { by: jumped })?;
        }
        if let Event::Answered { attempt, answer, retry_after, .. } = &event {
            self.note_answer(page, *attempt, answer, *retry_after);
        }
        self.handle(page, event)?;
        self.let_go(page);
        Ok(())
    }

    /// The witness learns what the page learns.
    fn note_answer(&mut self, page: Page, attempt: u32, answer: &Answer, retry_after: Option<Millis>) {
        let now = self.now();
        let job = &mut self.jobs[page.job];
        let Some((request, items)) = job.unheard.remove(&(page, attempt)) else { return };
        if let (Some(wait), Some(holder)) = (retry_after, job.holder)
            && holder.page == page
            && job.panes[page.tab].engine.phase(now) != Phase::Elsewhere
        {
            job.witness.not_before = job.witness.not_before.max(self.time + wait);
        }
        for item in items {
            let class = match answer {
                Answer::All(class, _) => Some(*class),
                Answer::Each(parts) => {
                    let mut said =
                        parts.iter().filter(|(index, ..)| *index == item).map(|(_, class, _)| *class);
                    let first = said.next();
                    if said.any(|other| Some(other) != first) { None } else { first }
                }
            };
            job.witness.heard(request, item, class);
        }
    }

    /// Tells the engine, does what it asks for, and looks whether it is honest.
    fn handle(&mut self, page: Page, event: Event) -> Objection {
        let now = self.now();
        self.say(|| format!("{page:?} hears {event:?}"));
        let person = match event {
            Event::Rerun(_) => Some(State::Rejected),
            Event::SendAgain(_) => Some(State::Unknown),
            _ => None,
        };
        let looked = match event {
            Event::Looked { item, look: Look::Done } => Some(item),
            _ => None,
        };
        let job = &mut self.jobs[page.job];
        let engine = &mut job.panes[page.tab].engine;
        let before: Vec<u32> =
            person.map(|state| engine.ledger().items().in_state(state).collect()).unwrap_or_default();
        let was_unknown = looked.filter(|item| engine.ledger().items().is(*item, State::Unknown));
        let silent = !matches!(event, Event::Started | Event::Approved | Event::Loaded(..));
        let in_canary = engine.ledger().stage() == Stage::Canary;
        let commands = engine.handle(now, event);
        if silent && in_canary && engine.ledger().stage() == Stage::Running {
            self.seen.went_on += 1;
            let counts = engine.ledger().items().counts();
            if job.settings.after_canary == AfterCanary::Asks || counts.rejected + counts.unknown > 0 {
                return Err(format!("goes on without a word: {counts:?}"));
            }
        }
        if let Some(item) = was_unknown.filter(|item| engine.ledger().items().is(*item, State::Sent)) {
            self.seen.found += 1;
            job.witness.found(item);
        }
        for item in before {
            if person.is_some_and(|state| engine.ledger().items().is(item, state)) {
                continue;
            }
            if person == Some(State::Rejected) {
                self.seen.reruns += 1;
                job.witness.rerun(item);
            } else {
                self.seen.sent_again += 1;
                job.witness.again(item);
            }
        }
        for command in commands {
            self.say(|| format!("{page:?} asks {command:?}"));
            self.obey(page, command)?;
        }
        self.check(page)
    }

    fn check(&self, page: Page) -> Objection {
        let job = &self.jobs[page.job];
        let engine = &job.panes[page.tab].engine;
        let current = job.holder.is_some_and(|holder| holder.page == page && holder.epoch == job.disk_epoch);
        if current && engine.phase(self.now()) != Phase::Elsewhere {
            job.witness.agrees(engine.ledger().items())?;
        }
        Ok(())
    }

    fn obey(&mut self, page: Page, command: Command) -> Objection {
        match command {
            Command::Write { epoch, first, records, .. } => {
                for record in &records {
                    match record {
                        Record::Sending { items, .. } => self.jobs[page.job].witness.taken(items),
                        Record::Withdrawn { .. } => self.seen.withdrawn += 1,
                        Record::Paused(why) => {
                            use message_desk::domain::job::retry::Why;
                            self.seen.braked += u64::from(matches!(why, Why::Row | Why::Share));
                        }
                        _ => {}
                    }
                }
                let reported = match self.disk_fails {
                    false => Reported::Success,
                    true => self.chance.of(&[(2, Reported::Failure), (1, Reported::FalseFailure)]),
                };
                let delay = self.chance.of(&[(4, 1), (4, 5), (1, 40), (1, 400)]);
                self.queue(delay, Happening::Disk { page, epoch, first, records, reported });
                Ok(())
            }
            Command::Send { attempt, items, .. } => self.send(page, attempt, items),
            Command::WakeAt(at) => {
                let delay = at.saturating_sub(self.now());
                let late = if self.calm { 0 } else { self.chance.of(&[(8, 0), (2, 15), (1, 1_000)]) };
                self.queue(delay + late, Happening::Hear(page, Event::Tick));
                Ok(())
            }
            Command::AskCanary(counts) => {
                let some = counts.settled() >= self.jobs[page.job].settings.canary && counts.sending == 0;
                if some { Ok(()) } else { Err(format!("asks too early: {counts:?}")) }
            }
            Command::Announce(Notice::Elsewhere) => {
                // What it had it gave up; it asks anew like any other page.
                let job = &mut self.jobs[page.job];
                job.holder = job.holder.filter(|holder| holder.page != page);
                Ok(())
            }
            Command::Announce(_) => Ok(()),
            Command::Finished(counts) => {
                self.seen.finished += 1;
                let stopped = matches!(self.phase(page.job), Some(Phase::Stopped));
                let job = &mut self.jobs[page.job];
                job.done = true;
                if counts.sending > 0 || (counts.planned > 0 && !stopped) {
                    return Err(format!("finished with {counts:?}"));
                }
                let durable = job.reread()?;
                if *job.panes[page.tab].engine.ledger() == durable {
                    Ok(())
                } else {
                    Err("finished, but not durable".into())
                }
            }
        }
    }

    /// Everything is still, and the ledgers tell the truth by themselves.
    fn at_the_end(&mut self) -> Objection {
        while let Some((key, happening)) = self.queue.pop_first() {
            self.time = key.0;
            if let Happening::Vendor { job, request, done } = happening {
                self.effects(job, request, done)?;
            }
        }
        for job in &self.jobs {
            let mut durable = job.reread()?;
            if !durable.open().is_empty() {
                return Err("a finished job has open requests".into());
            }
            let counts = durable.items().counts();
            if counts.planned > 0 && !durable.stopped() && !durable.handed_over() {
                return Err(format!("a finished job has planned items: {counts:?}"));
            }
            self.seen.unknown += u64::from(counts.unknown);
            durable.read(u64::MAX, &Record::Resumed).err().ok_or("a gap goes unnoticed")?;
            job.witness.agrees(durable.items())?;
        }
        Ok(())
    }
}
