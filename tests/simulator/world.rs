//! A world in which everything goes wrong: pages, a store, a vendor, people, clocks.

mod cloud;
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
use message_desk::domain::job::pace::Limit;
use message_desk::domain::job::plan::Plan;
use message_desk::domain::job::record::Record;
use message_desk::domain::job::retry::Twice;
use message_desk::domain::job::settings::{AfterCanary, Settings};
use message_desk::domain::trail::Look;

pub use self::seen::Seen;

use super::chance::Chance;
use super::witness::Witness;

enum Happening {
    /// The engine of a page hears of something.
    Hear(Page, Event),
    /// A write reaches the disk.
    Disk { page: Page, epoch: u64, first: u64, records: Vec<Record>, reported: Reported },
    /// A request reaches the vendor, who does this with these items.
    Vendor { request: u64, done: Vec<u32> },
    /// A page asks for the lease, or to prolong it.
    Lease(usize),
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

/// One life of a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
struct Page {
    tab: usize,
    life: u64,
}

struct Tab<D: Discipline> {
    life: u64,
    engine: Option<Engine<D>>,
    frozen_until: Millis,
    /// A jump of the clock that this page was not told of yet.
    jumped: i64,
}

#[derive(Clone, Copy)]
struct Holder {
    page: Page,
    epoch: u64,
    until: Millis,
}

pub struct World<D: Discipline> {
    chance: Chance,
    time: Millis,
    offset: i64,
    queue: BTreeMap<(Millis, u64), Happening>,
    queued: u64,
    tabs: Vec<Tab<D>>,
    holder: Option<Holder>,
    locks: bool,
    disk: Vec<Record>,
    disk_epoch: u64,
    disk_fails: bool,
    settings: Settings,
    keys: Vec<u8>,
    most: u32,
    bad: Vec<bool>,
    witness: Witness,
    /// The requests that a page sent and of which it has heard nothing, by their try.
    unheard: HashMap<(Page, u32), (u64, Vec<u32>)>,
    calm: bool,
    done: bool,
    log: bool,
    pub seen: Seen,
}

type Objection = Result<(), String>;

const LEASE: Millis = 3_000;
const CLOCK: i64 = 1_700_000_000_000;

impl<D: Discipline> World<D> {
    pub fn new(seed: u64, log: bool) -> Self {
        let mut chance = Chance::new(seed);
        let total = chance.between(1, 16) as u32;
        let groups = chance.between(1, 3);
        let most = chance.between(1, 5) as u32;
        let twice = chance.of(&[(8, Twice::Again), (4, Twice::Same), (1, Twice::Looks)]);
        let mut limits = vec![];
        if chance.percent(85) {
            let most = chance.between(1, 8) as u32;
            let burst = chance.between(1, 3) as u32;
            let per = chance.between(50, 2_000);
            limits.push(Limit { burst, ..Limit::requests(most, per) });
        }
        if chance.percent(20) {
            limits.push(Limit::items(chance.between(5, 20) as u32, chance.between(100, 3_000), most));
        }
        let mut settings = Settings::new(twice, limits.clone());
        settings.at_once = chance.between(1, 4) as u8;
        settings.canary = chance.of(&[(1, 0), (1, 1), (1, 3)]);
        settings.after_canary = chance.of(&[(2, AfterCanary::Asks), (1, AfterCanary::GoesOn)]);
        settings.brake = chance.of(&[
            (2, brake::Limits { row: 0, last: 0, percent: 0 }),
            (1, brake::Limits { row: 3, last: 5, percent: 40 }),
            (1, brake::Limits::default()),
        ]);
        let tabs = if chance.percent(40) { 2 } else { 1 };
        let bad_share = chance.of(&[(2, 0), (2, 10), (1, 50)]);
        Self {
            time: 0,
            offset: CLOCK,
            queue: BTreeMap::new(),
            queued: 0,
            tabs: (0..tabs).map(|_| Tab { life: 0, engine: None, frozen_until: 0, jumped: 0 }).collect(),
            holder: None,
            locks: chance.percent(50),
            disk: Vec::new(),
            disk_epoch: 0,
            disk_fails: false,
            keys: (0..total).map(|_| chance.between(1, groups) as u8).collect(),
            most,
            bad: (0..total).map(|_| chance.percent(bad_share)).collect(),
            witness: Witness::new(total, twice, limits),
            unheard: HashMap::new(),
            settings,
            calm: false,
            done: false,
            log,
            seen: Seen::default(),
            chance,
        }
    }

    /// Lets the job run through chaos, then in peace to its end.
    pub fn run(&mut self) -> Objection {
        for tab in 0..self.tabs.len() {
            self.open(tab);
        }
        let chaos = self.chance.between(40, 240);
        for _ in 0..chaos {
            self.trouble()?;
            self.step()?;
        }
        self.calm = true;
        self.disk_fails = false;
        self.done = false;
        for _ in 0..20_000 {
            if self.done {
                return self.at_the_end();
            }
            self.step()?;
        }
        Err(format!("it never ends: {:?}", self.phase()))
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
        self.queue.insert((self.time + delay, self.queued), happening);
    }

    fn page(&self, tab: usize) -> Page {
        Page { tab, life: self.tabs[tab].life }
    }

    fn open(&mut self, tab: usize) {
        let plan = Plan::new(self.keys.clone(), self.most);
        self.tabs[tab].engine = Some(Engine::new(self.settings.clone(), plan));
        self.tabs[tab].jumped = 0;
        let delay = self.chance.between(0, 50);
        self.queue(delay, Happening::Lease(tab));
    }

    /// Takes the next thing that happens; if nothing does, a person has to do something.
    fn step(&mut self) -> Objection {
        let only_leases = self.queue.values().all(|next| matches!(next, Happening::Lease(_)));
        if only_leases && !self.done {
            self.person_goes_on()?;
        }
        let Some(((time, number), happening)) = self.queue.pop_first() else { return Ok(()) };
        self.time = time;
        // What a frozen page does not hear waits, in order.
        if let Happening::Hear(page, _) = &happening
            && let frozen_until = self.tabs[page.tab].frozen_until
            && frozen_until > time
        {
            self.queue.insert((frozen_until, number), happening);
            return Ok(());
        }
        match happening {
            Happening::Hear(page, event) => self.hear(page, event),
            Happening::Disk { page, epoch, first, records, reported } => {
                self.disk(page, epoch, first, records, reported)
            }
            Happening::Vendor { request, done } => {
                done.into_iter().try_for_each(|item| self.witness.effect(request, item))
            }
            Happening::Lease(tab) => self.lease(tab),
        }
    }

    fn hear(&mut self, page: Page, event: Event) -> Objection {
        let tab = page.tab;
        if self.tabs[tab].life != page.life || self.tabs[tab].engine.is_none() {
            return Ok(());
        }
        let frozen_until = self.tabs[tab].frozen_until;
        if frozen_until > self.time {
            self.queue(frozen_until - self.time, Happening::Hear(page, event));
            return Ok(());
        }
        let jumped = std::mem::take(&mut self.tabs[tab].jumped);
        if jumped != 0 {
            self.handle(page, Event::ClockJumped { by: jumped })?;
        }
        if let Event::Answered { attempt, answer, retry_after, .. } = &event {
            self.note_answer(page, *attempt, answer, *retry_after);
        }
        self.handle(page, event)
    }

    /// The witness learns what the page learns.
    fn note_answer(&mut self, page: Page, attempt: u32, answer: &Answer, retry_after: Option<Millis>) {
        let Some((request, items)) = self.unheard.remove(&(page, attempt)) else { return };
        let Some(engine) = &self.tabs[page.tab].engine else { return };
        if let (Some(wait), Some(holder)) = (retry_after, self.holder)
            && holder.page == page
            && engine.phase(self.now()) != Phase::Elsewhere
        {
            self.witness.not_before = self.witness.not_before.max(self.time + wait);
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
            self.witness.heard(request, item, class);
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
        let Some(engine) = &mut self.tabs[page.tab].engine else { return Ok(()) };
        let before: Vec<u32> =
            person.map(|state| engine.ledger().items().in_state(state).collect()).unwrap_or_default();
        let was_unknown = looked.filter(|item| engine.ledger().items().is(*item, State::Unknown));
        let silent = !matches!(event, Event::Started | Event::Approved | Event::Loaded(..));
        let in_canary = engine.ledger().stage() == Stage::Canary;
        let commands = engine.handle(now, event);
        if silent && in_canary && engine.ledger().stage() == Stage::Running {
            self.seen.went_on += 1;
            let counts = engine.ledger().items().counts();
            if self.settings.after_canary == AfterCanary::Asks || counts.rejected + counts.unknown > 0 {
                return Err(format!("goes on without a word: {counts:?}"));
            }
        }
        if let Some(item) = was_unknown.filter(|item| engine.ledger().items().is(*item, State::Sent)) {
            self.seen.found += 1;
            self.witness.found(item);
        }
        for item in before {
            if person.is_some_and(|state| engine.ledger().items().is(item, state)) {
                continue;
            }
            if person == Some(State::Rejected) {
                self.seen.reruns += 1;
                self.witness.rerun(item);
            } else {
                self.seen.sent_again += 1;
                self.witness.again(item);
            }
        }
        for command in commands {
            self.say(|| format!("{page:?} asks {command:?}"));
            self.obey(page, command)?;
        }
        self.check(page)
    }

    fn check(&self, page: Page) -> Objection {
        let Some(engine) = &self.tabs[page.tab].engine else { return Ok(()) };
        let current =
            self.holder.is_some_and(|holder| holder.page == page && holder.epoch == self.disk_epoch);
        if current && engine.phase(self.now()) != Phase::Elsewhere {
            self.witness.agrees(engine.ledger().items())?;
        }
        Ok(())
    }

    fn obey(&mut self, page: Page, command: Command) -> Objection {
        match command {
            Command::Write { epoch, first, records, .. } => {
                for record in &records {
                    match record {
                        Record::Sending { items, .. } => self.witness.taken(items),
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
                let some = counts.settled() >= self.settings.canary && counts.sending == 0;
                if some { Ok(()) } else { Err(format!("asks too early: {counts:?}")) }
            }
            Command::Announce(Notice::Elsewhere) => {
                // What it had it gave up; it asks anew like any other page.
                self.holder = self.holder.filter(|holder| holder.page != page);
                Ok(())
            }
            Command::Announce(_) => Ok(()),
            Command::Finished(counts) => {
                self.seen.finished += 1;
                self.done = true;
                let stopped = matches!(self.phase(), Some(Phase::Stopped));
                if counts.sending > 0 || (counts.planned > 0 && !stopped) {
                    return Err(format!("finished with {counts:?}"));
                }
                let durable = self.reread()?;
                let engine = self.tabs[page.tab].engine.as_ref().map(Engine::ledger);
                if engine == Some(&durable) { Ok(()) } else { Err("finished, but not durable".into()) }
            }
        }
    }

    /// Everything is still, and the ledger tells the truth by itself.
    fn at_the_end(&mut self) -> Objection {
        while let Some((key, happening)) = self.queue.pop_first() {
            self.time = key.0;
            match happening {
                Happening::Vendor { request, done } => {
                    done.into_iter().try_for_each(|item| self.witness.effect(request, item))?;
                }
                Happening::Hear(..) | Happening::Disk { .. } | Happening::Lease(_) => {}
            }
        }
        let mut durable = self.reread()?;
        if !durable.open().is_empty() {
            return Err("a finished job has open requests".into());
        }
        let counts = durable.items().counts();
        if counts.planned > 0 && !durable.stopped() && !durable.handed_over() {
            return Err(format!("a finished job has planned items: {counts:?}"));
        }
        self.seen.unknown += u64::from(counts.unknown);
        durable.read(u64::MAX, &Record::Resumed).err().ok_or("a gap goes unnoticed")?;
        self.witness.agrees(durable.items())
    }
}
