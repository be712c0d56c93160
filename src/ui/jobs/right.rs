//! The right to run a job: one page has it at a time, by a lock or, where the browser has none, by a lease.

use std::rc::Rc;

use super::runner::Runner;
use super::state::{LEASE, now};
use crate::domain::job::Millis;
use crate::domain::job::event::{self, Event, Phase};
use crate::store::lock::{self, Lock, Taken};
use crate::store::{Fault, Lease, Store};
use crate::ui::browser;

/// The right to run a job.
pub(super) struct Right {
    /// Above that of every page before.
    pub(super) epoch: u64,
    /// Until when, where the browser has no locks.
    pub(super) until: Option<u64>,
    /// Ends with the page.
    pub(super) _lock: Option<Lock>,
}

impl Right {
    /// As the engine knows it.
    pub(super) fn lease(epoch: u64, until: Option<u64>) -> event::Lease {
        event::Lease { epoch, until: until.unwrap_or(Millis::MAX) }
    }
}

/// Takes the right to run a job, if no other page has it.
pub(super) async fn take(store: &Store, id: &str) -> Result<Option<Right>, Fault> {
    match lock::take(&lock_name(id)).await {
        Taken::Ours(lock) => {
            let epoch = store.take(id, None).await?;
            return Ok(Some(Right { epoch, until: None, _lock: Some(lock) }));
        }
        Taken::Others => return Ok(None),
        Taken::NoLocks => {}
    }
    let lease = Lease { now: now(), until: now() + LEASE };
    match store.take(id, Some(lease)).await {
        Ok(epoch) => Ok(Some(Right { epoch, until: Some(lease.until), _lock: None })),
        Err(Fault::Epoch) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Whether some page has the right to run a job, as far as can be told.
pub(super) async fn is_taken(store: &Store, id: &str) -> bool {
    match lock::is_held(&lock_name(id)).await {
        Some(held) => held,
        None => store.lease_end(id).await.map_or(true, |end| end > now()),
    }
}

/// The name of its lock, for all pages of the desk.
pub(super) fn lock_name(id: &str) -> String {
    format!("message-desk job {id}")
}

impl Runner {
    /// Whether it can be run from here.
    pub(super) fn is_ours(&self) -> bool {
        self.right.borrow().is_some() && self.phase() != Phase::Elsewhere
    }

    /// Whether its right runs out when it is not prolonged.
    pub(super) fn is_leased(&self) -> bool {
        self.right.borrow().as_ref().is_some_and(|right| right.until.is_some())
    }

    /// The number of its right.
    pub(super) fn epoch(&self) -> u64 {
        self.right.borrow().as_ref().map_or(0, |right| right.epoch)
    }

    /// Lets go of its right at once, whoever still has hold of it; the end of a lease, which otherwise runs out.
    pub(super) fn release(self: &Rc<Self>) {
        // Its lock ends here.
        let Some(right) = self.right.borrow_mut().take() else { return };
        self.ends();
        if right.until.is_some() {
            let runner = self.clone();
            browser::spawn(async move {
                let _ = runner.store.renew(&runner.head.id, right.epoch, 0).await;
            });
        }
    }

    /// Lets go of its right; it is only watched from now on.
    pub(super) fn give_up(self: &Rc<Self>) {
        self.feed(Event::LeaseLost);
        self.release();
    }
}
