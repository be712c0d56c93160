//! The connections, each of which one job at a time has: by a lock that ends with its page, or by a lease that runs out.

use message_desk::domain::job::Millis;
use message_desk::domain::job::engine::{Discipline, Flaw};
use message_desk::domain::job::event::{Event, Phase};
use message_desk::domain::job::item::Counts;
use message_desk::domain::job::pace::Limit;

use super::{Happening, LEASE, Objection, Page, World};
use crate::chance::Chance;
use crate::witness::Departures;

/// A connection, and what left through it, whichever job it was of.
pub(super) struct Connection {
    pub(super) limits: Vec<Limit>,
    /// The most items of a request.
    pub(super) most: u32,
    /// What a place allows at most.
    per_minute: u32,
    pub(super) departures: Departures,
    /// Who has it, and until when by the clock.
    pub(super) holder: Option<(Page, Millis)>,
    /// How often it was taken.
    turns: u64,
    last: Option<usize>,
}

/// A connection that a page has, as far as it knows.
#[derive(Clone, Copy)]
pub(super) struct Way {
    turn: u64,
    until: Millis,
}

impl Connection {
    /// Where connections are `taken`, the place may allow less than a job was set up with.
    pub(super) fn new(chance: &mut Chance, taken: bool) -> Self {
        let most = chance.between(1, 5) as u32;
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
        let mut per_minute = u32::MAX;
        let mut allowed = limits.clone();
        if taken && chance.percent(20) {
            per_minute = chance.between(40, 400) as u32;
            allowed.push(Limit::requests(per_minute, 60_000));
        }
        let departures = Departures::new(allowed);
        Self { limits, most, per_minute, departures, holder: None, turns: 0, last: None }
    }
}

impl<D: Discipline> World<D> {
    /// Something that lets requests leave is wanted: the job's connection is taken first, unless another job has it.
    pub(super) fn prepare(&mut self, page: Page, event: Event) -> Objection {
        if self.takes && (self.freezes(page).is_some() || !(self.has_way(page) || self.take_way(page))) {
            self.seen.busy += 1;
            return Ok(());
        }
        self.hear(page, event)
    }

    /// Whether a page may send through the connection of its job.
    pub(super) fn has_way(&self, page: Page) -> bool {
        !self.takes || self.pane(page).way.is_some_and(|way| self.now() < way.until)
    }

    fn take_way(&mut self, page: Page) -> bool {
        let now = self.now();
        let job = &mut self.jobs[page.job];
        let connection = &mut self.connections[job.connection];
        let free = connection.holder.is_none_or(|(_, until)| until <= now);
        if !free && (D::SOUND || D::flaw() != Some(Flaw::SharesConnection)) {
            return false;
        }
        let until = if self.locks { Millis::MAX } else { now + LEASE };
        connection.turns += 1;
        connection.holder = Some((page, until));
        let passed_on = connection.last.replace(page.job).is_some_and(|last| last != page.job);
        self.seen.passed_on += u64::from(passed_on);
        let turn = connection.turns;
        let pane = &mut job.panes[page.tab];
        pane.way = Some(Way { turn, until });
        pane.engine.connected(now, connection.per_minute);
        self.say(|| format!("{page:?} takes its connection"));
        if !self.locks {
            self.queue(1_000, Happening::Breath(page, turn));
        }
        true
    }

    /// A page prolongs its lease of a connection, or hears that another one has it.
    pub(super) fn breathe(&mut self, page: Page, turn: u64) {
        if let Some(delay) = self.freezes(page) {
            return self.queue(delay, Happening::Breath(page, turn));
        }
        let until = self.now() + LEASE;
        let job = &mut self.jobs[page.job];
        let Some(way) = job.panes[page.tab].way.as_mut().filter(|way| way.turn == turn) else { return };
        let connection = &mut self.connections[job.connection];
        if connection.turns != turn {
            way.until = 0;
            return;
        }
        if !self.disk_fails {
            way.until = until;
            connection.holder = Some((page, until));
        }
        self.queue(1_000, Happening::Breath(page, turn));
    }

    /// A page whose job rests lets its connection go.
    pub(super) fn let_go(&mut self, page: Page) {
        let phase = self.pane(page).engine.phase(self.now());
        let Counts { sending, .. } = self.pane(page).engine.ledger().items().counts();
        let runs = matches!(phase, Phase::Canary | Phase::Running | Phase::Held(_) | Phase::Asking);
        // A page that lost its job follows the one that has it, and there nothing is open any more.
        if runs || (sending > 0 && phase != Phase::Elsewhere) {
            return;
        }
        let job = &mut self.jobs[page.job];
        let connection = &mut self.connections[job.connection];
        let way = job.panes[page.tab].way.take();
        if way.is_some_and(|way| way.turn == connection.turns) {
            connection.holder = None;
        }
    }
}
