//! A world in which everything goes wrong: pages, a store, a vendor, people, clocks.

use std::collections::{BTreeMap, HashMap};

use message_desk::domain::job::Millis;
use message_desk::domain::job::brake;
use message_desk::domain::job::engine::{Discipline, Engine};
use message_desk::domain::job::event::{Answer, Command, Event, Lease, Notice, Phase};
use message_desk::domain::job::item::{Cause, State};
use message_desk::domain::job::ledger::Ledger;
use message_desk::domain::job::pace::Limit;
use message_desk::domain::job::plan::Plan;
use message_desk::domain::job::record::{Record, Which};
use message_desk::domain::job::retry::{Class, Twice};
use message_desk::domain::job::settings::Settings;

use super::chance::Chance;
use super::witness::Witness;

/// What was seen, so that a run proves that it went through it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub crashes: u64,
    pub takeovers: u64,
    pub lost_replies: u64,
    pub duplicates: u64,
    pub limited: u64,
    pub jumps: u64,
    pub freezes: u64,
    pub failed_writes: u64,
    pub refused_writes: u64,
    pub unknown: u64,
    pub withdrawn: u64,
    pub braked: u64,
    pub reruns: u64,
    pub sent_again: u64,
    pub finished: u64,
    pub stopped: u64,
    pub departures: u64,
}

impl Seen {
    pub fn parts(&mut self) -> [(&'static str, &mut u64); 17] {
        [
            ("crashes", &mut self.crashes),
            ("takeovers", &mut self.takeovers),
            ("lost replies", &mut self.lost_replies),
            ("duplicate answers", &mut self.duplicates),
            ("rate limits", &mut self.limited),
            ("clock jumps", &mut self.jumps),
            ("freezes", &mut self.freezes),
            ("failed writes", &mut self.failed_writes),
            ("refused writes", &mut self.refused_writes),
            ("unknown items", &mut self.unknown),
            ("withdrawn requests", &mut self.withdrawn),
            ("brakes", &mut self.braked),
            ("reruns", &mut self.reruns),
            ("sent again", &mut self.sent_again),
            ("finished", &mut self.finished),
            ("stopped", &mut self.stopped),
            ("requests", &mut self.departures),
        ]
    }

    pub fn add(&mut self, mut other: Self) {
        for ((_, sum), (_, more)) in self.parts().into_iter().zip(other.parts()) {
            *sum += *more;
        }
    }
}

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
        let Some(engine) = &mut self.tabs[page.tab].engine else { return Ok(()) };
        let before: Vec<u32> =
            person.map(|state| engine.ledger().items().in_state(state).collect()).unwrap_or_default();
        let commands = engine.handle(now, event);
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
                        Record::Interrupted => self.witness.interrupted = true,
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

    /// A request leaves: what will happen to it is decided now.
    fn send(&mut self, page: Page, attempt: u32, items: Vec<u32>) -> Objection {
        self.seen.departures += 1;
        let request = self.witness.leaves(self.time, &items)?;
        self.unheard.insert((page, attempt), (request, items.clone()));
        let way = self.chance.between(1, 60);
        let back = self.chance.between(1, 60);
        let time_out = self.chance.of(&[(1, 100), (1, 900), (1, 3_000)]);
        let all = |class| Answer::All(class, Cause(class as u16));
        let kind = if self.calm { 0 } else { self.chance.between(0, 99) };
        let mut retry_after = None;
        let (done, answer, delay) = match kind {
            0..=49 => {
                let parts = self.judge(&items);
                let done = done_of(&parts);
                let same = parts.iter().all(|(_, class, _)| *class == Class::Accepted);
                let answer = if same { all(Class::Accepted) } else { Answer::Each(parts) };
                (done, answer, way + back)
            }
            // Cut before the effect, cut after it, a server that fails after it.
            50..=57 => (Vec::new(), all(Class::Unclear), time_out),
            58..=65 => (done_of(&self.judge(&items)), all(Class::Unclear), time_out),
            66..=69 => (done_of(&self.judge(&items)), all(Class::Unclear), way + back),
            70..=77 => {
                self.seen.limited += 1;
                retry_after = self.chance.of(&[(1, None), (1, Some(200)), (1, Some(2_500))]);
                (Vec::new(), all(Class::Limited), way + back)
            }
            78..=81 => (Vec::new(), all(Class::NotArrived), back),
            82..=85 => {
                let class = self.chance.of(&[
                    (3, Class::Credentials),
                    (1, Class::Offline),
                    (1, Class::Blocked),
                    (1, Class::Quota),
                    (1, Class::Unsendable),
                ]);
                (Vec::new(), all(class), back)
            }
            _ => {
                let (done, parts) = self.in_part(&items);
                (done, Answer::Each(parts), way + back)
            }
        };
        self.seen.lost_replies += u64::from((50..=69).contains(&kind));
        // What is done is done when it arrives; an answer never comes before that, but a time-out may.
        self.queue(way, Happening::Vendor { request, done });
        let answered = |answer, dice| Event::Answered { attempt, answer, retry_after, dice };
        let dice = self.chance.dice();
        self.queue(delay, Happening::Hear(page, answered(answer.clone(), dice)));
        if !self.calm && self.chance.percent(10) {
            self.seen.duplicates += 1;
            let other = self.chance.of(&[(2, None), (1, Some(Class::Accepted)), (1, Some(Class::Limited))]);
            let late = delay + self.chance.between(1, 2_000);
            self.queue(late, Happening::Hear(page, answered(other.map_or(answer, all), dice)));
        }
        Ok(())
    }

    /// What the vendor says of each item when nothing goes wrong.
    fn judge(&self, items: &[u32]) -> Vec<(u32, Class, Cause)> {
        let class = |item: u32| match () {
            () if self.bad[item as usize] => Class::Refused,
            () if self.witness.was_done(item) && self.settings.twice == Twice::Same => Class::AlreadyDone,
            () => Class::Accepted,
        };
        items.iter().map(|item| (*item, class(*item), Cause(1))).collect()
    }

    /// An answer that says something else of each item, or nothing, or two things.
    fn in_part(&mut self, items: &[u32]) -> (Vec<u32>, Vec<(u32, Class, Cause)>) {
        let (mut done, mut parts) = (Vec::new(), Vec::new());
        for (item, class, cause) in self.judge(items) {
            match self.chance.between(0, 9) {
                0 => parts.push((item, Class::Limited, cause)),
                1 => parts.push((item, Class::Unclear, cause)),
                2 => {
                    done.extend((class == Class::Accepted).then_some(item));
                    parts.push((item, Class::Accepted, cause));
                    parts.push((item, Class::Refused, cause));
                }
                // Done, and not a word.
                3 => done.extend((class == Class::Accepted).then_some(item)),
                4 => {}
                _ => {
                    done.extend((class == Class::Accepted).then_some(item));
                    parts.push((item, class, cause));
                }
            }
        }
        // Words about an item nobody asked for.
        parts.push((u32::MAX, Class::Accepted, Cause(2)));
        (done, parts)
    }

    fn disk(
        &mut self,
        page: Page,
        epoch: u64,
        first: u64,
        records: Vec<Record>,
        reported: Reported,
    ) -> Objection {
        let end = first + records.len() as u64;
        if epoch < self.disk_epoch {
            self.seen.refused_writes += 1;
            self.queue(1, Happening::Hear(page, Event::WriteFailed { epoch, first }));
            return Ok(());
        }
        if reported != Reported::Failure {
            for (number, record) in (first..).zip(records) {
                let at = number as usize;
                match self.disk.get(at) {
                    Some(known) if *known == record => {}
                    Some(known) => return Err(format!("{known:?} is overwritten by {record:?}")),
                    None if at == self.disk.len() => self.disk.push(record),
                    None => return Err(format!("record {number} leaves a gap")),
                }
            }
        }
        let event = match reported {
            Reported::Success => Event::Written { epoch, end },
            Reported::Failure | Reported::FalseFailure => {
                self.seen.failed_writes += 1;
                Event::WriteFailed { epoch, first }
            }
        };
        self.queue(1, Happening::Hear(page, event));
        Ok(())
    }

    /// What is on the disk, read by a page that has just been opened.
    fn reread(&self) -> Result<Ledger, String> {
        let mut ledger = Ledger::new(self.keys.len() as u32, self.settings.twice);
        for (number, record) in (0..).zip(&self.disk) {
            ledger.read(number, record).map_err(|damage| damage.to_string())?;
        }
        Ok(ledger)
    }

    /// A page tries to get the lease, or to keep it.
    fn lease(&mut self, tab: usize) -> Objection {
        let page = self.page(tab);
        if self.tabs[tab].engine.is_none() {
            return Ok(());
        }
        if self.tabs[tab].frozen_until > self.time {
            let delay = self.tabs[tab].frozen_until - self.time;
            self.queue(delay, Happening::Lease(tab));
            return Ok(());
        }
        let until = if self.locks { Millis::MAX } else { self.time + LEASE };
        let on_clock = if self.locks { Millis::MAX } else { self.now() + LEASE };
        let held = self.holder.filter(|holder| holder.until > self.time);
        match held {
            Some(holder) if holder.page == page => {
                self.holder = Some(Holder { until, ..holder });
                if !self.locks {
                    let lease = Lease { epoch: holder.epoch, until: on_clock };
                    self.hear(page, Event::LeaseRenewed(lease))?;
                }
                self.queue(1_000, Happening::Lease(tab));
            }
            Some(_) => self.queue(2_000, Happening::Lease(tab)),
            None => {
                let epoch = self.disk_epoch + 1;
                self.witness.interrupted |= epoch > 1;
                if let Some(old) = self.holder.filter(|old| old.page != page) {
                    self.seen.takeovers += 1;
                    // The other page hears of it, if it is lucky.
                    if self.chance.percent(50) {
                        self.queue(1, Happening::Hear(old.page, Event::LeaseLost));
                    }
                }
                self.disk_epoch = epoch;
                self.holder = Some(Holder { page, epoch, until });
                self.witness.not_before = 0;
                let ledger = self.reread()?;
                self.hear(page, Event::Loaded(Box::new(ledger), Some(Lease { epoch, until: on_clock })))?;
                self.queue(1_000, Happening::Lease(tab));
            }
        }
        Ok(())
    }

    /// Whether the job waits for a person.
    fn is_waited_for(&self) -> bool {
        let frozen = self.holder.is_none_or(|holder| self.tabs[holder.page.tab].frozen_until > self.time);
        let waits = [Phase::Draft, Phase::Checked, Phase::Asking];
        let phase = self.phase();
        !frozen && phase.is_some_and(|phase| waits.contains(&phase) || matches!(phase, Phase::Paused(_)))
    }

    fn phase(&self) -> Option<Phase> {
        let engine = self.tabs.get(self.holder?.page.tab)?.engine.as_ref()?;
        Some(engine.phase(self.now()))
    }

    /// A person does what the page asks for.
    fn person_goes_on(&mut self) -> Objection {
        let Some(holder) = self.holder else { return Ok(()) };
        let event = match self.phase() {
            Some(Phase::Draft) => Event::Checked,
            Some(Phase::Checked) => Event::Started,
            Some(Phase::Asking) => Event::Approved,
            Some(Phase::Paused(_)) => Event::Resume,
            Some(Phase::Done | Phase::DoneWithFailures | Phase::Stopped) => {
                self.done = true;
                return Ok(());
            }
            Some(Phase::Elsewhere) | None => return Ok(()),
            Some(phase @ (Phase::Canary | Phase::Running | Phase::Held(_))) => {
                let frozen = self.tabs[holder.page.tab].frozen_until > self.time;
                // Between a lease that ran out and the next there is nothing to do.
                return if frozen { Ok(()) } else { Err(format!("nothing happens any more: {phase:?}")) };
            }
        };
        self.hear(holder.page, event)
    }

    /// Something goes wrong, or a person does something, now and then.
    fn trouble(&mut self) -> Objection {
        if self.disk_fails && self.chance.percent(20) {
            self.disk_fails = false;
        }
        if self.chance.percent(20) && self.is_waited_for() {
            return self.person_goes_on();
        }
        if self.chance.percent(93) {
            return Ok(());
        }
        let tab = self.chance.between(0, self.tabs.len() as u64 - 1) as usize;
        match self.chance.between(0, 15) {
            0..=1 => self.crash(tab),
            2..=4 => {
                self.seen.freezes += 1;
                let span = self.chance.of(&[(2, 500), (4, 5_000), (1, 600_000)]);
                let frozen = &mut self.tabs[tab].frozen_until;
                *frozen = (*frozen).max(self.time + span);
                Ok(())
            }
            5 => self.jump(),
            6 => {
                self.disk_fails = true;
                Ok(())
            }
            7..=8 => self.hear(self.page(tab), Event::Pause),
            9 => {
                self.hear(self.page(tab), Event::Pause)?;
                self.hear(self.page(tab), Event::Resume)
            }
            10..=11 => self.hear(self.page(tab), Event::Resume),
            12 => self.hear(self.page(tab), Event::Rerun(Which::All)),
            13 => {
                let some = self.some();
                self.hear(self.page(tab), Event::SendAgain(some))
            }
            14 => {
                let some = self.some();
                self.hear(self.page(tab), Event::MarkSent(some))
            }
            _ if self.chance.percent(15) => {
                self.seen.stopped += 1;
                self.hear(self.page(tab), Event::Stop)
            }
            _ => self.hear(self.page(tab), Event::Approved),
        }
    }

    fn some(&mut self) -> Which {
        if self.chance.percent(50) {
            return Which::All;
        }
        let total = self.keys.len() as u64;
        let count = self.chance.between(1, 4);
        Which::These((0..count).map(|_| self.chance.between(0, total) as u32).collect())
    }

    /// The page is gone in this instant, and comes back. What it asked the disk for may still be done, or not.
    fn crash(&mut self, tab: usize) -> Objection {
        self.seen.crashes += 1;
        self.say(|| format!("tab {tab} crashes"));
        self.witness.interrupted = true;
        let page = self.page(tab);
        let finishes = self.chance.percent(50);
        self.queue.retain(|_, happening| match happening {
            Happening::Disk { page: own, .. } => *own != page || finishes,
            Happening::Lease(own) => *own != tab,
            Happening::Hear(own, _) => *own != page,
            Happening::Vendor { .. } => true,
        });
        self.tabs[tab].life += 1;
        self.tabs[tab].frozen_until = 0;
        // A lock ends with its page; a lease runs out.
        if self.locks && self.holder.is_some_and(|holder| holder.page == page) {
            self.holder = None;
        }
        self.open(tab);
        Ok(())
    }

    fn jump(&mut self) -> Objection {
        self.seen.jumps += 1;
        let span = self.chance.of(&[(1, 300), (1, 10_000), (1, 3_600_000)]);
        let by: i64 = if self.chance.percent(50) { span } else { -span };
        // A clock that is set back may go unnoticed where no lease runs out by it.
        let noticed = by > 0 || !self.locks || self.chance.percent(50);
        self.offset += by;
        self.witness.not_before = 0;
        if noticed {
            for tab in &mut self.tabs {
                tab.jumped += by;
            }
        }
        Ok(())
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
        if counts.planned > 0 && !durable.stopped() {
            return Err(format!("a finished job has planned items: {counts:?}"));
        }
        self.seen.unknown += u64::from(counts.unknown);
        durable.read(u64::MAX, &Record::Resumed).err().ok_or("a gap goes unnoticed")?;
        self.witness.agrees(durable.items())
    }
}

fn done_of(parts: &[(u32, Class, Cause)]) -> Vec<u32> {
    parts.iter().filter(|(_, class, _)| *class == Class::Accepted).map(|(item, ..)| *item).collect()
}
