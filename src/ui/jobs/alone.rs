//! An app that is one job's alone, across all pages and proxies: by a lock, or by a lease where the browser has no locks.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use super::clock;
use super::state::{HEARTBEAT, LEASE, now};
use crate::store::lock::{self, Lock, Taken};
use crate::store::{Fault, Lease, Store};
use crate::ui::browser;

/// What keeps others off an app until it is dropped, or the page ends.
pub(super) struct Alone {
    _lock: Option<Lock>,
    lease: Option<Rc<Leased>>,
}

/// A lease that is prolonged for as long as this is kept.
struct Leased {
    store: Rc<Store>,
    name: String,
    epoch: u64,
    until: Cell<u64>,
}

impl Alone {
    /// Takes an app if no job has it; refused with [`Fault::Epoch`] when one has.
    pub(super) async fn take(store: &Rc<Store>, app: &str) -> Result<Self, Fault> {
        let name = format!("message-desk app {app}");
        match lock::take(&name).await {
            Taken::Ours(lock) => return Ok(Self { _lock: Some(lock), lease: None }),
            Taken::Others => return Err(Fault::Epoch),
            Taken::NoLocks => {}
        }
        let lease = Lease { now: now(), until: now() + LEASE };
        let epoch = store.take(&name, Some(lease)).await?;
        let leased = Rc::new(Leased { store: store.clone(), name, epoch, until: Cell::new(lease.until) });
        breathe(Rc::downgrade(&leased));
        Ok(Self { _lock: None, lease: Some(leased) })
    }

    /// Whether it still keeps others off: a lease runs out when its page sleeps.
    pub(super) fn holds(&self) -> bool {
        self.lease.as_ref().is_none_or(|lease| now() < lease.until.get())
    }
}

fn breathe(own: Weak<Leased>) {
    clock::after(HEARTBEAT, move || {
        let Some(lease) = own.upgrade() else { return };
        browser::spawn(async move {
            let until = now() + LEASE;
            match lease.store.renew(&lease.name, lease.epoch, until).await {
                Ok(()) => lease.until.set(until),
                Err(Fault::Epoch) => return lease.until.set(0),
                // It runs out by itself if this goes on.
                Err(Fault::Failed(_)) => {}
            }
            breathe(Rc::downgrade(&lease));
        });
    });
}

impl Drop for Leased {
    fn drop(&mut self) {
        let (store, name, epoch) = (self.store.clone(), std::mem::take(&mut self.name), self.epoch);
        browser::spawn(async move {
            // A lease that is not given up runs out.
            let _ = store.renew(&name, epoch, 0).await;
        });
    }
}
