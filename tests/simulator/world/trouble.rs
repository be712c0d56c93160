//! What goes wrong, and what people do.

use message_desk::domain::job::engine::Discipline;
use message_desk::domain::job::event::{Event, Phase};
use message_desk::domain::job::item::State;
use message_desk::domain::job::record::{Adjusted, Which};
use message_desk::domain::trail::Look;

use super::{Happening, Objection, Page, World};

impl<D: Discipline> World<D> {
    /// Whether a job waits for a person.
    fn is_waited_for(&self, job: usize) -> bool {
        let holder = self.jobs[job].holder;
        let frozen = holder.is_none_or(|holder| self.freezes(holder.page).is_some());
        let waits = [Phase::Draft, Phase::Checked, Phase::Asking];
        let phase = self.phase(job);
        !frozen && phase.is_some_and(|phase| waits.contains(&phase) || matches!(phase, Phase::Paused(_)))
    }

    /// What a job is in on the page that runs it.
    pub(super) fn phase(&self, job: usize) -> Option<Phase> {
        Some(self.pane(self.jobs[job].holder?.page).engine.phase(self.now()))
    }

    /// A person does what the page asks for.
    pub(super) fn person_goes_on(&mut self, job: usize) -> Objection {
        let Some(holder) = self.jobs[job].holder else { return Ok(()) };
        let event = match self.phase(job) {
            Some(Phase::Draft) => Event::Checked,
            Some(Phase::Checked) => Event::Started,
            Some(Phase::Asking) => Event::Approved,
            Some(Phase::Paused(_)) => Event::Resume,
            Some(Phase::Done | Phase::DoneWithFailures | Phase::Stopped) => {
                self.jobs[job].done = true;
                return Ok(());
            }
            // A hand-over that did not reach the disk is written again like everything else.
            Some(Phase::HandedOver) if !self.pane(holder.page).engine.is_durable() => Event::Resume,
            Some(Phase::HandedOver) => {
                self.jobs[job].done = true;
                return Ok(());
            }
            Some(Phase::Elsewhere) | None => return Ok(()),
            Some(phase @ (Phase::Canary | Phase::Running | Phase::Held(_))) => {
                let frozen = self.freezes(holder.page).is_some();
                // Between a lease that ran out and the next there is nothing to do.
                return if frozen { Ok(()) } else { Err(format!("nothing happens any more: {phase:?}")) };
            }
        };
        if event == Event::Checked { self.hear(holder.page, event) } else { self.prepare(holder.page, event) }
    }

    /// Something goes wrong, or a person does something, now and then.
    pub(super) fn trouble(&mut self) -> Objection {
        if self.disk_fails && self.chance.percent(20) {
            self.disk_fails = false;
        }
        let job = self.chance.between(0, self.jobs.len() as u64 - 1) as usize;
        if self.chance.percent(20) && self.is_waited_for(job) {
            return self.person_goes_on(job);
        }
        if self.chance.percent(93) {
            return Ok(());
        }
        let tab = self.chance.between(0, self.tabs.len() as u64 - 1) as usize;
        let page = self.page(job, tab);
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
            7..=8 => self.hear(page, Event::Pause),
            9 => {
                self.hear(page, Event::Pause)?;
                self.prepare(page, Event::Resume)
            }
            10..=11 => self.prepare(page, Event::Resume),
            12 => self.prepare(page, Event::Rerun(Which::All)),
            13 => {
                let some = self.some(job);
                self.prepare(page, Event::SendAgain(some))
            }
            14 => {
                let some = self.some(job);
                self.hear(page, Event::MarkSent(some))
            }
            15..=16 => self.look(page),
            17 if self.chance.percent(20) => {
                let adjusted = Adjusted {
                    per_minute: self.chance.of(&[(1, 30), (1, 600), (1, 60_000)]),
                    row: self.chance.of(&[(1, 0), (2, 5)]),
                    percent: self.chance.of(&[(1, 100), (2, 20)]),
                };
                self.seen.adjusted += 1;
                self.hear(page, Event::Adjust(adjusted))
            }
            _ if self.chance.percent(3) => self.hear(page, Event::HandOver),
            _ if self.chance.percent(15) => {
                self.seen.stopped += 1;
                self.hear(page, Event::Stop)
            }
            _ => self.prepare(page, Event::Approved),
        }
    }

    /// Somebody looks for what is unknown: what is there is found, what is not yet there is not, and some looks fail.
    fn look(&mut self, page: Page) -> Objection {
        let unknown: Vec<u32> = self.pane(page).engine.ledger().items().in_state(State::Unknown).collect();
        for item in unknown {
            self.seen.looks += 1;
            let look = match self.jobs[page.job].witness.was_done(item) {
                _ if self.chance.percent(20) => Look::Open,
                true => Look::Done,
                false => self.chance.of(&[(2, Look::Absent), (1, Look::Undone)]),
            };
            self.hear(page, Event::Looked { item, look })?;
        }
        Ok(())
    }

    fn some(&mut self, job: usize) -> Which {
        if self.chance.percent(50) {
            return Which::All;
        }
        let total = self.jobs[job].bad.len() as u64;
        let count = self.chance.between(1, 4);
        Which::These((0..count).map(|_| self.chance.between(0, total) as u32).collect())
    }

    /// A page is gone in this instant, and comes back. What it asked the disk for may still be done, or not.
    fn crash(&mut self, tab: usize) -> Objection {
        self.seen.crashes += 1;
        self.say(|| format!("tab {tab} crashes"));
        let finishes = self.chance.percent(50);
        let gone = |page: &Page| page.tab == tab;
        self.queue.retain(|_, happening| match happening {
            Happening::Disk { page, .. } => !gone(page) || finishes,
            Happening::Lease(_, own) => *own != tab,
            Happening::Hear(page, _) | Happening::Breath(page, _) => !gone(page),
            Happening::Vendor { .. } => true,
        });
        self.loud = self.queue.values().filter(|happening| happening.is_loud()).count();
        // A lock ends with its page; a lease runs out.
        if self.locks {
            for job in &mut self.jobs {
                job.holder = job.holder.filter(|holder| !gone(&holder.page));
            }
            for connection in &mut self.connections {
                connection.holder = connection.holder.filter(|(page, _)| !gone(page));
            }
        }
        self.tabs[tab].life += 1;
        self.tabs[tab].frozen_until = 0;
        (0..self.jobs.len()).for_each(|job| self.open(job, tab));
        Ok(())
    }

    fn jump(&mut self) -> Objection {
        self.seen.jumps += 1;
        let span = self.chance.of(&[(1, 300), (1, 10_000), (1, 3_600_000)]);
        let by: i64 = if self.chance.percent(50) { span } else { -span };
        // A clock that is set back may go unnoticed where no lease runs out by it.
        let noticed = by > 0 || !self.locks || self.chance.percent(50);
        self.offset += by;
        self.say(|| format!("the clock jumps by {by}, noticed: {noticed}"));
        for job in &mut self.jobs {
            job.witness.not_before = 0;
            for pane in &mut job.panes {
                pane.jumped += if noticed { by } else { 0 };
            }
        }
        Ok(())
    }
}
