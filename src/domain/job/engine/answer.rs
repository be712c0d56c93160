//! What becomes of a request's items when its answer is there. Pure.

use std::collections::BTreeMap;

use super::super::Millis;
use super::super::event::{Answer, Command, Notice};
use super::super::item::Cause;
use super::super::record::{Part, Record};
use super::super::retry::{Class, Fate, TRIES, Then, Verdict, backoff, verdict};
use super::{Discipline, Engine, Flaw, Waiting};

/// Shorter rests are not worth a word.
const WORTH_TELLING: Millis = 1_000;

impl<D: Discipline> Engine<D> {
    /// Settles the items of a request that is out. An answer to any other is a duplicate, or comes too late: what it is about is
    /// settled already.
    pub(super) fn answered(
        &mut self,
        now: Millis,
        attempt: u32,
        answer: &Answer,
        retry_after: Option<Millis>,
        dice: u32,
    ) {
        let out = self.flights.iter().position(|flight| {
            flight.left_at.is_some() && (flight.attempt == attempt || self.flawed(Flaw::TakesAnyAnswer))
        });
        let Some(flight) = out.map(|at| self.flights.remove(at)) else { return };
        let open = self.ledger.open().iter().find(|open| open.attempt == flight.attempt);
        let Some(items) = open.map(|open| open.items.clone()) else { return };
        self.meter.took(now, flight.left_at);

        let mut parts = Vec::with_capacity(items.len());
        let mut pause = None;
        let mut wait = retry_after.filter(|_| !self.flawed(Flaw::IgnoresRetryAfter));
        for (item, class, cause) in classes(&items, answer) {
            let class = match class {
                Class::Unclear if self.flawed(Flaw::RetriesUnclear) => Class::NotArrived,
                class => class,
            };
            let last = flight.tries.saturating_add(1) >= TRIES;
            let fate = match verdict(class, self.settings.twice) {
                Verdict::Settle(fate) => fate,
                Verdict::Pause(why) => {
                    pause = pause.or(Some(why));
                    Fate::Planned
                }
                Verdict::Doubt(why) => {
                    pause = pause.or(Some(why));
                    Fate::Unknown
                }
                Verdict::Later(then) => {
                    wait = Some(wait.unwrap_or_default().max(backoff(flight.tries, dice)));
                    match then {
                        Then::GiveUp if last => Fate::Rejected,
                        Then::Pause(why) if last => {
                            pause = pause.or(Some(why));
                            Fate::Planned
                        }
                        Then::GiveUp | Then::Pause(_) => Fate::Planned,
                    }
                }
            };
            parts.push(Part { item, fate, cause });
        }

        let again: Vec<u32> =
            parts.iter().filter(|part| part.fate == Fate::Planned).map(|part| part.item).collect();
        let done = parts.iter().filter(|part| part.fate != Fate::Planned);
        let braked = self.brake.request(done.map(|part| part.fate != Fate::Sent));
        self.record(Record::Settled { attempt: flight.attempt, parts });
        if !again.is_empty() {
            let chunk = (again.len() == items.len()).then_some(flight.chunk);
            self.waiting.push_front(Waiting { chunk, tries: flight.tries.saturating_add(1), items: again });
        }
        if let Some(wait) = wait {
            self.hold(now, wait);
        }
        if let Some(why) = pause.or(braked) {
            self.pause(why);
        }
    }

    fn hold(&mut self, now: Millis, wait: Millis) {
        let until = now.saturating_add(wait);
        if self.ledger.held().is_none_or(|held| held.until < until) {
            self.record(Record::Held { until, wait });
            if wait >= WORTH_TELLING {
                self.out.push(Command::Announce(Notice::Held(until)));
            }
        }
    }
}

/// The class and cause of each item, in order.
fn classes(items: &[u32], answer: &Answer) -> Vec<(u32, Class, Cause)> {
    match answer {
        Answer::All(class, cause) => items.iter().map(|item| (*item, *class, *cause)).collect(),
        Answer::Each(said) => {
            let mut known: BTreeMap<u32, (Class, Cause)> = BTreeMap::new();
            for (item, class, cause) in said {
                let heard = known.entry(*item).or_insert((*class, *cause));
                if heard.0 != *class {
                    *heard = (Class::Unclear, Cause::UNMENTIONED);
                }
            }
            let unmentioned = (Class::Unclear, Cause::UNMENTIONED);
            let of = |item: &u32| known.get(item).copied().unwrap_or(unmentioned);
            items.iter().map(|item| (*item, of(item).0, of(item).1)).collect()
        }
    }
}
