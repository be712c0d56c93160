//! Which request leaves, and when. Pure.

use super::super::Millis;
use super::super::event::Command;
use super::super::item::State;
use super::super::record::Record;
use super::{Discipline, Engine, Flaw, Flight, Waiting};

/// So long before it may leave is a request written down, so that a slow disk does not slow the pace.
const AHEAD: Millis = 100;

/// What becomes due within so many milliseconds leaves together, where the pace allows it: a timer and a write for each would take
/// longer than sending it.
const GRAIN: Millis = 20;

impl<D: Discipline> Engine<D> {
    /// Lets leave what may, writes down what is next, and asks to be woken for the rest.
    pub(super) fn pump(&mut self, now: Millis) {
        if self.wake.is_some_and(|wake| wake <= now) {
            self.wake = None;
        }
        if !self.may_leave() {
            self.withdraw();
            return;
        }
        self.depart(now);
        let prepared_at = self.prepare(now);
        let departs_at = self.departs_at(now);
        let Some(wake) = [prepared_at, departs_at].into_iter().flatten().min() else { return };
        let wake = wake.max(now.saturating_add(self.pace.slack(self.plan.most()).clamp(1, GRAIN)));
        // One that comes a little earlier serves as well.
        if self.wake.is_none_or(|asked| asked > wake || asked.saturating_add(GRAIN) < wake) {
            self.wake = Some(wake);
            self.out.push(Command::WakeAt(wake));
        }
    }

    /// Sends what is durable and whose time has come.
    fn depart(&mut self, now: Millis) {
        for at in 0..self.flights.len() {
            let Some(flight) = self.flights.get(at).copied() else { return };
            if flight.left_at.is_some() || !self.is_written(&flight) {
                continue;
            }
            let open = self.ledger.open().iter().find(|open| open.attempt == flight.attempt);
            let Some(items) = open.map(|open| open.items.clone()) else { continue };
            let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
            if self.out() >= usize::from(self.settings.at_once) {
                return;
            }
            if self.held_until(now) > now || !self.pace.take(now, count) {
                return;
            }
            if let Some(flight) = self.flights.get_mut(at) {
                flight.left_at = Some(now);
            }
            self.out.push(Command::Send { chunk: flight.chunk, attempt: flight.attempt, items });
        }
    }

    /// Writes down the next requests if their time has come; else says when it will.
    fn prepare(&mut self, now: Millis) -> Option<Millis> {
        // A disk that failed has to show first that it works again.
        if self.journal.is_doubtful() {
            return None;
        }
        while self.may_stage() {
            let next = self.next()?;
            let (mut requests, mut items) = self.prepared();
            requests += 1;
            items += u32::try_from(next.items.len()).unwrap_or(u32::MAX);
            let ready = self.pace.last_at(now, requests, items).max(self.held_until(now));
            if ready > now.saturating_add(AHEAD) {
                self.waiting.push_front(next);
                return Some(ready.saturating_sub(AHEAD));
            }
            let chunk = next.chunk.unwrap_or(self.ledger.next_chunk());
            let attempt = self.ledger.next_attempt();
            let record = self.record(Record::Sending { chunk, attempt, items: next.items });
            self.flights.push(Flight { attempt, chunk, tries: next.tries, record, left_at: None });
            if self.flawed(Flaw::SendsBeforeDurable) {
                self.depart(now);
            }
        }
        None
    }

    /// The next request: one that waits to be tried again, or the next of the plan.
    pub(super) fn next(&mut self) -> Option<Waiting> {
        let room = self.room();
        if room == 0 {
            return None;
        }
        if let Some(mut next) = self.waiting.pop_front() {
            let most = usize::try_from(room).unwrap_or(usize::MAX);
            if next.items.len() > most {
                let rest = next.items.split_off(most);
                self.waiting.push_front(Waiting { chunk: None, tries: next.tries, items: rest });
                next.chunk = None;
            }
            return Some(next);
        }
        let known = self.ledger.items();
        let items = self.plan.next(&mut self.place, room, |item| known.is(item, State::Planned));
        if items.is_empty() {
            return None;
        }
        self.left = self.left.saturating_sub(1);
        Some(Waiting { chunk: None, tries: 0, items })
    }

    /// When the first request that is durable and has not left may leave.
    fn departs_at(&mut self, now: Millis) -> Option<Millis> {
        let flight = self.flights.iter().find(|flight| flight.left_at.is_none()).copied();
        let flight = flight.filter(|flight| self.is_written(flight))?;
        // It leaves when an answer makes room for it.
        if self.out() >= usize::from(self.settings.at_once) {
            return None;
        }
        let open = self.ledger.open().iter().find(|open| open.attempt == flight.attempt)?;
        let items = u32::try_from(open.items.len()).unwrap_or(u32::MAX);
        self.pace.ready_at(now, items).map(|ready| ready.max(self.held_until(now)))
    }

    /// What is written down and has not left goes back: nobody waits for it, and nobody shall wonder about it.
    fn withdraw(&mut self) {
        let (gone, out): (Vec<Flight>, Vec<Flight>) =
            self.flights.iter().copied().partition(|flight| flight.left_at.is_none());
        self.flights = out;
        for flight in gone.into_iter().rev() {
            let open = self.ledger.open().iter().find(|open| open.attempt == flight.attempt);
            let Some(items) = open.map(|open| open.items.clone()) else { continue };
            self.record(Record::Withdrawn { attempt: flight.attempt });
            if !self.flawed(Flaw::DropsWithdrawn) {
                self.waiting.push_front(Waiting { chunk: Some(flight.chunk), tries: flight.tries, items });
            }
        }
    }

    /// One at a time is written down one at a time, so that a crash leaves as little unknown as can be. Where several may be out,
    /// as many more wait on the disk, so that one write serves several.
    fn may_stage(&self) -> bool {
        let at_once = usize::from(self.settings.at_once);
        self.flights.len() < if at_once > 1 { 2 * at_once } else { 1 }
    }

    /// How many requests are out.
    fn out(&self) -> usize {
        self.flights.iter().filter(|flight| flight.left_at.is_some()).count()
    }

    /// How many requests with how many items are written down and have not left.
    fn prepared(&self) -> (u32, u32) {
        let staying = self.flights.iter().filter(|flight| flight.left_at.is_none());
        staying.fold((0, 0), |(requests, items), flight| {
            let open = self.ledger.open().iter().find(|open| open.attempt == flight.attempt);
            let own = open.map_or(0, |open| u32::try_from(open.items.len()).unwrap_or(u32::MAX));
            (requests + 1, items.saturating_add(own))
        })
    }

    fn is_written(&self, flight: &Flight) -> bool {
        self.journal.has(flight.record) || self.flawed(Flaw::SendsBeforeDurable)
    }

    fn held_until(&self, now: Millis) -> Millis {
        self.ledger.held().map_or(now, |held| held.until)
    }
}
