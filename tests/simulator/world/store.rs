//! The disk, and the lease that one page at a time has.

use message_desk::domain::job::Millis;
use message_desk::domain::job::engine::Discipline;
use message_desk::domain::job::event::{Event, Lease};
use message_desk::domain::job::item::State;
use message_desk::domain::job::ledger::Ledger;
use message_desk::domain::job::record::Record;

use super::{Happening, Holder, Job, LEASE, Objection, Page, Reported, World};

impl<D: Discipline> World<D> {
    pub(super) fn disk(
        &mut self,
        page: Page,
        epoch: u64,
        first: u64,
        records: Vec<Record>,
        reported: Reported,
    ) -> Objection {
        let end = first + records.len() as u64;
        let job = &mut self.jobs[page.job];
        if epoch < job.disk_epoch {
            self.seen.refused_writes += 1;
            self.queue(1, Happening::Hear(page, Event::WriteFailed { epoch, first }));
            return Ok(());
        }
        if reported != Reported::Failure {
            for (number, record) in (first..).zip(records) {
                let at = number as usize;
                match job.disk.get(at) {
                    Some(known) if *known == record => {}
                    Some(known) => return Err(format!("{known:?} is overwritten by {record:?}")),
                    None if at == job.disk.len() => {
                        // Only what is durable may be given away.
                        job.witness.given |= record == Record::HandedOver;
                        self.seen.handed_over += u64::from(record == Record::HandedOver);
                        job.disk.push(record);
                    }
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

    /// A page tries to get the lease of a job, or to keep it.
    pub(super) fn lease(&mut self, job: usize, tab: usize) -> Objection {
        let page = self.page(job, tab);
        if let Some(delay) = self.freezes(page) {
            self.queue(delay, Happening::Lease(job, tab));
            return Ok(());
        }
        let until = if self.locks { Millis::MAX } else { self.time + LEASE };
        let on_clock = if self.locks { Millis::MAX } else { self.now() + LEASE };
        let own = &mut self.jobs[job];
        let held = own.holder.filter(|holder| holder.until > self.time);
        match held {
            Some(holder) if holder.page == page => {
                own.holder = Some(Holder { until, ..holder });
                if !self.locks {
                    let lease = Lease { epoch: holder.epoch, until: on_clock };
                    self.hear(page, Event::LeaseRenewed(lease))?;
                }
                self.queue(1_000, Happening::Lease(job, tab));
            }
            Some(_) => self.queue(2_000, Happening::Lease(job, tab)),
            None => {
                let epoch = own.disk_epoch + 1;
                let old = own.holder.filter(|old| old.page != page);
                own.disk_epoch = epoch;
                own.holder = Some(Holder { page, epoch, until });
                own.witness.not_before = 0;
                let ledger = own.reread()?;
                ledger.open().iter().for_each(|open| own.witness.lost(&open.items));
                // What a page knew beyond the disk went with it.
                own.witness.lost(&ledger.items().in_state(State::Unknown).collect::<Vec<_>>());
                if let Some(old) = old {
                    self.seen.takeovers += 1;
                    // The other page hears of it, if it is lucky.
                    if self.chance.percent(50) {
                        self.queue(1, Happening::Hear(old.page, Event::LeaseLost));
                    }
                }
                self.hear(page, Event::Loaded(Box::new(ledger), Some(Lease { epoch, until: on_clock })))?;
                self.queue(1_000, Happening::Lease(job, tab));
            }
        }
        Ok(())
    }
}

impl<D: Discipline> Job<D> {
    /// What is on the disk, read by a page that has just been opened.
    pub(super) fn reread(&self) -> Result<Ledger, String> {
        let mut ledger = Ledger::new(self.plan.total(), self.settings.twice);
        for (number, record) in (0..).zip(&self.disk) {
            ledger.read(number, record).map_err(|damage| damage.to_string())?;
        }
        Ok(ledger)
    }
}
