//! What goes wrong, and what people do.

use message_desk::domain::job::engine::Discipline;
use message_desk::domain::job::event::{Event, Phase};
use message_desk::domain::job::item::State;
use message_desk::domain::job::record::Which;
use message_desk::domain::trail::Look;

use super::{Happening, Objection, World};

impl<D: Discipline> World<D> {
    /// Whether the job waits for a person.
    pub(super) fn is_waited_for(&self) -> bool {
        let frozen = self.holder.is_none_or(|holder| self.tabs[holder.page.tab].frozen_until > self.time);
        let waits = [Phase::Draft, Phase::Checked, Phase::Asking];
        let phase = self.phase();
        !frozen && phase.is_some_and(|phase| waits.contains(&phase) || matches!(phase, Phase::Paused(_)))
    }

    pub(super) fn phase(&self) -> Option<Phase> {
        let engine = self.tabs.get(self.holder?.page.tab)?.engine.as_ref()?;
        Some(engine.phase(self.now()))
    }

    fn is_durable(&self, tab: usize) -> bool {
        self.tabs[tab].engine.as_ref().is_some_and(|engine| engine.is_durable())
    }

    /// A person does what the page asks for.
    pub(super) fn person_goes_on(&mut self) -> Objection {
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
            // A hand-over that did not reach the disk is written again like everything else.
            Some(Phase::HandedOver) if !self.is_durable(holder.page.tab) => Event::Resume,
            Some(Phase::HandedOver) => {
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
    pub(super) fn trouble(&mut self) -> Objection {
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
        match self.chance.between(0, 17) {
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
            15..=16 => self.look(tab),
            _ if self.chance.percent(3) => self.hear(self.page(tab), Event::HandOver),
            _ if self.chance.percent(15) => {
                self.seen.stopped += 1;
                self.hear(self.page(tab), Event::Stop)
            }
            _ => self.hear(self.page(tab), Event::Approved),
        }
    }

    /// Somebody looks for what is unknown: what is there is found, what is not yet there is not, and some looks fail.
    fn look(&mut self, tab: usize) -> Objection {
        let Some(engine) = &self.tabs[tab].engine else { return Ok(()) };
        let unknown: Vec<u32> = engine.ledger().items().in_state(State::Unknown).collect();
        for item in unknown {
            self.seen.looks += 1;
            let look = match self.witness.was_done(item) {
                _ if self.chance.percent(20) => Look::Open,
                true => Look::Done,
                false => self.chance.of(&[(2, Look::Absent), (1, Look::Undone)]),
            };
            self.hear(self.page(tab), Event::Looked { item, look })?;
        }
        Ok(())
    }

    pub(super) fn some(&mut self) -> Which {
        if self.chance.percent(50) {
            return Which::All;
        }
        let total = self.keys.len() as u64;
        let count = self.chance.between(1, 4);
        Which::These((0..count).map(|_| self.chance.between(0, total) as u32).collect())
    }

    /// The page is gone in this instant, and comes back. What it asked the disk for may still be done, or not.
    pub(super) fn crash(&mut self, tab: usize) -> Objection {
        self.seen.crashes += 1;
        self.say(|| format!("tab {tab} crashes"));
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

    pub(super) fn jump(&mut self) -> Objection {
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
}
