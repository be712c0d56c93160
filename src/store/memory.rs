//! The same promises as the database, as long as the page lives.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Fault, Kept};
use crate::domain::batch::keep::Head;

/// Jobs in memory.
#[derive(Debug, Default)]
pub struct Memory {
    jobs: RefCell<BTreeMap<String, Job>>,
}

#[derive(Debug)]
struct Job {
    head: Head,
    body: String,
    epoch: u64,
    lines: BTreeMap<u64, String>,
}

impl Memory {
    /// The heads of all jobs.
    pub(super) fn heads(&self) -> Vec<Head> {
        self.jobs.borrow().values().map(|job| job.head.clone()).collect()
    }

    /// Keeps a new job.
    pub(super) fn create(&self, head: &Head, body: &str, lines: &[(u64, String)]) {
        let job = Job {
            head: head.clone(),
            body: body.to_owned(),
            epoch: 0,
            lines: lines.iter().cloned().collect(),
        };
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

    /// The next epoch.
    pub(super) fn take(&self, id: &str) -> u64 {
        self.jobs.borrow_mut().get_mut(id).map_or(0, |job| {
            job.epoch += 1;
            job.epoch
        })
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
        let job = jobs.get_mut(id).filter(|job| job.epoch == epoch).ok_or(Fault::Epoch)?;
        if let Some(head) = head {
            job.head.clone_from(head);
        }
        job.lines.insert(first, line.to_owned());
        Ok(())
    }

    /// Deletes a job.
    pub(super) fn delete(&self, id: &str) {
        self.jobs.borrow_mut().remove(id);
    }
}
