//! The disk, and the lease that one page at a time has.

use message_desk::domain::job::Millis;
use message_desk::domain::job::engine::Discipline;
use message_desk::domain::job::event::{Event, Lease};
use message_desk::domain::job::item::State;
use message_desk::domain::job::ledger::Ledger;
use message_desk::domain::job::record::Record;

use super::{Happening, Holder, LEASE, Objection, Page, Reported, World};

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
                    None if at == self.disk.len() => {
                        // Only what is durable may be given away.
                        self.witness.given |= record == Record::HandedOver;
                        self.seen.handed_over += u64::from(record == Record::HandedOver);
                        self.disk.push(record);
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

    /// What is on the disk, read by a page that has just been opened.
    pub(super) fn reread(&self) -> Result<Ledger, String> {
        let mut ledger = Ledger::new(self.keys.len() as u32, self.settings.twice);
        for (number, record) in (0..).zip(&self.disk) {
            ledger.read(number, record).map_err(|damage| damage.to_string())?;
        }
        Ok(ledger)
    }

    /// A page tries to get the lease, or to keep it.
    pub(super) fn lease(&mut self, tab: usize) -> Objection {
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
                ledger.open().iter().for_each(|open| self.witness.lost(&open.items));
                // What a page knew beyond the disk went with it.
                self.witness.lost(&ledger.items().in_state(State::Unknown).collect::<Vec<_>>());
                self.hear(page, Event::Loaded(Box::new(ledger), Some(Lease { epoch, until: on_clock })))?;
                self.queue(1_000, Happening::Lease(tab));
            }
        }
        Ok(())
    }
}
