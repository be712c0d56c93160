//! The database's rules, epochs and leases included, for as long as the page lives: nothing here outlives it, or is seen by another.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Fault, Kept, Lease};
use crate::domain::batch::keep::Head;

/// Jobs in memory.
#[derive(Debug, Default)]
pub struct Memory {
    jobs: RefCell<BTreeMap<String, Job>>,
    /// The epoch of each name, and when its lease ends.
    epochs: RefCell<BTreeMap<String, (u64, u64)>>,
}

#[derive(Debug)]
struct Job {
    head: Head,
    body: String,
    lines: BTreeMap<u64, String>,
}

impl Memory {
    /// The heads of all jobs.
    pub(super) fn heads(&self) -> Vec<Head> {
        self.jobs.borrow().values().map(|job| job.head.clone()).collect()
    }

    /// Keeps a new job.
    pub(super) fn create(&self, head: &Head, body: &str, lines: &[(u64, String)]) {
        let job = Job { head: head.clone(), body: body.to_owned(), lines: lines.iter().cloned().collect() };
        self.jobs.borrow_mut().insert(head.id.clone(), job);
    }

    /// Everything of a job.
    pub(super) fn load(&self, id: &str) -> Option<Kept> {
        self.jobs.borrow().get(id).map(|job| Kept {
            head: job.head.clone(),
            body: job.body.clone(),
            lines: job.lines.values().cloned().collect(),
        })
    }

    /// The body of a job.
    pub(super) fn body(&self, id: &str) -> Option<String> {
        self.jobs.borrow().get(id).map(|job| job.body.clone())
    }

    /// The ledger of a job.
    pub(super) fn lines(&self, id: &str) -> Vec<String> {
        self.jobs.borrow().get(id).map_or_else(Vec::new, |job| job.lines.values().cloned().collect())
    }

    /// The next epoch of a name, unless somebody's lease lasts.
    pub(super) fn take(&self, id: &str, lease: Option<Lease>) -> Result<u64, Fault> {
        let mut epochs = self.epochs.borrow_mut();
        let (epoch, until) = epochs.entry(id.to_owned()).or_default();
        if lease.is_some_and(|lease| *until > lease.now) {
            return Err(Fault::Epoch);
        }
        *epoch += 1;
        *until = lease.map_or(*until, |lease| lease.until);
        Ok(*epoch)
    }

    /// Another end of a lease, unless a higher epoch was taken.
    pub(super) fn renew(&self, id: &str, epoch: u64, until: u64) -> Result<(), Fault> {
        let mut epochs = self.epochs.borrow_mut();
        let known = epochs.get_mut(id).filter(|known| known.0 == epoch).ok_or(Fault::Epoch)?;
        known.1 = until;
        Ok(())
    }

    /// When the lease of a name ends.
    pub(super) fn lease_end(&self, id: &str) -> u64 {
        self.epochs.borrow().get(id).map_or(0, |(_, until)| *until)
    }

    /// Adds a line.
    pub(super) fn append(
        &self,
        epoch: u64,
        id: &str,
        head: Option<&Head>,
        first: u64,
        line: &str,
    ) -> Result<(), Fault> {
        let mut jobs = self.jobs.borrow_mut();
        let is_current = self.epochs.borrow().get(id).is_some_and(|(known, _)| *known == epoch);
        let job = jobs.get_mut(id).filter(|_| is_current).ok_or(Fault::Epoch)?;
        if let Some(head) = head {
            job.head.clone_from(head);
        }
        job.lines.insert(first, line.to_owned());
        Ok(())
    }

    /// Deletes a job.
    pub(super) fn delete(&self, id: &str) {
        self.jobs.borrow_mut().remove(id);
        self.epochs.borrow_mut().remove(id);
    }
}
