//! What lives as long as the page: the store, the jobs that are open, the jobs that are being made.

use std::cell::RefCell;
use std::rc::Rc;

use super::creation::Creation;
use super::runner::Runner;
use super::vendor_of;
use crate::domain::batch::keep::{Body, Head};
use crate::domain::operation::Operation;
use crate::store::{Fault, Kept, Store, lock};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::held::Held;
use crate::words::{Words, jobs as words};

/// Jobs that ended are deleted after so many milliseconds: thirty days.
const KEPT_FOR: u64 = 30 * 24 * 3_600 * 1_000;

#[derive(Default)]
struct State {
    store: Option<Rc<Store>>,
    runners: Vec<Rc<Runner>>,
    creations: Vec<(&'static str, Creation)>,
    forgetful: Option<Held<Option<String>>>,
    guarded: bool,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Why nothing outlives the page, if so; followed.
pub(super) fn forgetful() -> Option<String> {
    STATE.with_borrow(|state| state.forgetful)?.get()
}

/// Makes sure that what is shared lives as long as the desk.
pub(super) fn settle(desk: Desk) {
    STATE.with_borrow_mut(|state| {
        if state.forgetful.is_none() {
            state.forgetful = Some(desk.own(|| Held::new(None)));
        }
    });
}

/// The store; opened once.
pub(super) async fn store() -> Rc<Store> {
    if let Some(store) = STATE.with_borrow(|state| state.store.clone()) {
        return store;
    }
    let opened = Rc::new(Store::open().await);
    // Somebody else may have opened it meanwhile.
    let store = STATE.with_borrow_mut(|state| state.store.get_or_insert(opened).clone());
    if let Some(forgetful) = STATE.with_borrow(|state| state.forgetful) {
        forgetful.set(store.is_forgetful().map(str::to_owned));
    }
    store
}

/// The job that is being made of an operation; it keeps what was chosen for as long as the page lives.
pub(super) fn creation(desk: Desk, operation: &'static Operation) -> Creation {
    STATE.with_borrow_mut(|state| {
        if let Some((_, creation)) = state.creations.iter().find(|(id, _)| *id == operation.id) {
            return *creation;
        }
        let creation = desk.own(|| Creation::new(operation));
        state.creations.push((operation.id, creation));
        creation
    })
}

/// A job that is open on this page.
pub(super) fn runner(id: &str) -> Option<Rc<Runner>> {
    STATE.with_borrow(|state| state.runners.iter().find(|runner| runner.head.id == id).cloned())
}

/// All heads, with what this page knows better; jobs that ended long ago are deleted.
pub(super) async fn heads() -> Result<Vec<Head>, Fault> {
    let store = store().await;
    let mut heads = store.heads().await?;
    let now = u64::try_from(browser::now()).unwrap_or_default();
    let old = |head: &Head| head.created.saturating_add(KEPT_FOR) < now && runner(&head.id).is_none();
    for head in heads.iter().filter(|head| old(head)) {
        store.delete(&head.id).await?;
    }
    heads.retain(|head| !old(head));
    for head in &mut heads {
        if let Some(runner) = runner(&head.id) {
            head.counts = runner.ledger(|ledger| ledger.items().counts());
        }
    }
    Ok(heads)
}

/// Keeps a new job.
pub(super) async fn create(head: &Head, body: &Body) -> Result<(), Fault> {
    let store = store().await;
    // Whatever the answer, the job can run; a browser that says no may delete it when room runs out.
    let _ = lock::persist().await;
    store.create(head, &body.encode()).await
}

/// Opens a job: to run it, unless another page does.
pub(super) async fn open(desk: Desk, id: &str) -> Result<Rc<Runner>, Words> {
    if let Some(runner) = runner(id).filter(|runner| runner.is_ours()) {
        return Ok(runner);
    }
    let store = store().await;
    let held = lock::take(&format!("message-desk job {id}")).await;
    let right = match held {
        Some(lock) => {
            let epoch = store.take(id).await.map_err(|_| words::NOT_READ)?;
            Some((epoch, lock))
        }
        None => None,
    };
    // Only now: what another page wrote before its right ended is in it.
    let Kept { head, body, lines } =
        store.load(id).await.map_err(|_| words::NOT_READ)?.ok_or(words::NO_JOB)?;
    let vendor = vendor_of(&head.operation).ok_or(words::NOT_READ)?;
    let vendor = desk.bring(vendor).await.ok_or(words::NOT_READ)?;
    crate::ui::shell::configured(desk, vendor);
    // Its connection is one of this cloud.
    desk.offer(vendor);
    let operation = vendor.operations.iter().copied().find(|operation| operation.id == head.operation);
    let body = operation.and_then(|operation| Body::decode(&body, operation)).ok_or(words::NOT_READ)?;
    let kept = Kept { head, body: String::new(), lines };
    let runner = Runner::open(desk, store, kept, body, right).ok_or(words::NOT_READ)?;
    STATE.with_borrow_mut(|state| {
        state.runners.retain(|other| other.head.id != id);
        state.runners.push(runner.clone());
        if !std::mem::replace(&mut state.guarded, true) {
            browser::guard_leaving(|| STATE.with_borrow(|state| state.runners.iter().any(|it| it.is_busy())));
        }
    });
    Ok(runner)
}

/// Deletes a job.
pub(super) async fn delete(id: &str) -> Result<(), Fault> {
    let store = store().await;
    STATE.with_borrow_mut(|state| state.runners.retain(|runner| runner.head.id != id));
    store.delete(id).await
}
