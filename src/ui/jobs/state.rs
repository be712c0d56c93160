//! What lives as long as the page: the store, the jobs that are open, the jobs that are being made.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use leptos::prelude::{StoredValue, WithValue, untrack};

use super::creation::Creation;
use super::right::{self, Right};
use super::runner::Runner;
use super::shown::Elsewhere;
use super::{clock, follow, vendor_of};
use crate::domain::batch::keep::{Body, Head, Line};
use crate::domain::batch::packed::{Packed, unpack};
use crate::domain::job::event::Event;
use crate::domain::job::record::Record;
use crate::domain::operation::Operation;
use crate::store::{Fault, Kept, Store, lock};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::held::Held;
use crate::words::{Words, jobs as words};

const DAY: u64 = 24 * 3_600 * 1_000;
/// How long a page that stopped breathing keeps its right to a job or an app where there are no locks, in milliseconds; and
/// how often it breathes.
pub(super) const LEASE: u64 = 10_000;
/// The latter.
pub(super) const HEARTBEAT: u32 = 3_000;
/// How often it is looked whether a job that is being read has been, in milliseconds.
const READS: u32 = 20;
/// How long another page has to let go of a job it was asked for, in milliseconds.
const ANSWERS: u32 = 500;

#[derive(Default)]
struct State {
    store: Option<Rc<Store>>,
    runners: Vec<Rc<Runner>>,
    creations: Vec<(&'static str, Creation)>,
    forgetful: Option<Held<Option<String>>>,
    /// What the browser answered when it was asked to keep the site's data.
    persistent: Option<Held<Option<bool>>>,
    guarded: bool,
    /// The job that is to be confirmed as soon as its page is there.
    begins: Option<String>,
    /// The jobs that are being read.
    opening: Vec<String>,
    /// The job whose page is open.
    visited: Option<String>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Why nothing outlives the page, if so; followed.
pub(super) fn forgetful() -> Option<String> {
    STATE.with_borrow(|state| state.forgetful)?.get()
}

/// Whether the browser promised to keep the site's data when room runs out; none when it was not asked or does not say; followed.
pub(super) fn persistent() -> Option<bool> {
    STATE.with_borrow(|state| state.persistent)?.get()
}

/// Makes sure that what is shared lives as long as the desk.
pub(super) fn settle(desk: Desk) {
    STATE.with_borrow_mut(|state| {
        if state.forgetful.is_none() {
            state.forgetful = Some(desk.own(|| Held::new(None)));
            state.persistent = Some(desk.own(|| Held::new(None)));
        }
    });
    follow::listen();
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
        let creation = desk.own(|| Creation::new(desk, operation));
        state.creations.push((operation.id, creation));
        creation
    })
}

/// A job that is open on this page.
pub(super) fn runner(id: &str) -> Option<Rc<Runner>> {
    STATE.with_borrow(|state| state.runners.iter().find(|runner| runner.head.id == id).cloned())
}

/// Does something with a job that is open on this page.
pub(super) fn with<T>(id: StoredValue<String>, act: impl FnOnce(Rc<Runner>) -> T) -> Option<T> {
    id.with_value(|id| runner(id)).map(act)
}

/// All heads, with what this page or their ledgers know better: a page that crashed, or a job that came as a file, left its head behind.
/// Jobs that ended long ago are deleted; one that waits for a person never is.
pub(super) async fn heads(desk: Desk) -> Result<Vec<Head>, Fault> {
    let store = store().await;
    let mut heads = store.heads().await?;
    for head in &mut heads {
        if let Some(runner) = runner(&head.id).filter(|runner| runner.is_ours()) {
            *head = runner.ledger(|ledger| head.standing(ledger));
        } else if head.counts.planned + head.counts.sending > 0 {
            *head = counted(&store, head).await?;
            // A page that crashed will not hear the answers. What another one heard before it went is written by now.
            if head.counts.sending > 0 && !right::is_taken(&store, &head.id).await {
                *head = counted(&store, head).await?.left_alone();
            }
        }
    }
    let ended = |head: &Head| is_old(desk, head) && !head.waits() && runner(&head.id).is_none();
    for head in heads.iter().filter(|head| ended(head)) {
        store.delete(&head.id).await?;
    }
    heads.retain(|head| !ended(head));
    Ok(heads)
}

/// A head as its ledger says that it stands, where that can be read.
async fn counted(store: &Store, head: &Head) -> Result<Head, Fault> {
    let lines = store.lines(&head.id).await?;
    Ok(head.counted(&lines).unwrap_or_else(|| head.clone()))
}

/// How many days a job is kept.
pub(super) fn days(desk: Desk) -> u32 {
    desk.config.with(|config| config.as_ref().map_or(30, |config| config.policy.keep_jobs))
}

/// Whether a job is past the days for which jobs are kept.
pub(super) fn is_old(desk: Desk, head: &Head) -> bool {
    let days = untrack(|| days(desk));
    head.created.saturating_add(u64::from(days) * DAY) < now()
}

/// Milliseconds since 1970.
pub(super) fn now() -> u64 {
    u64::try_from(browser::now()).unwrap_or_default()
}

/// The jobs of the same list, the latest first, whatever the texts; none where they cannot be read.
pub(super) async fn made_of(desk: Desk, input: &str) -> Vec<Head> {
    let mut heads = heads(desk).await.unwrap_or_default();
    heads.retain(|head| head.is_of_list(input));
    heads.sort_by_key(|head| std::cmp::Reverse(head.created));
    heads
}

/// Asks for the confirmation of a job as soon as its page is there.
pub(super) fn begin(id: &str) {
    STATE.with_borrow_mut(|state| state.begins = Some(id.to_owned()));
}

/// Whether the confirmation of a job is to be asked for now; once.
pub(super) fn takes_begin(id: &str) -> bool {
    STATE.with_borrow_mut(|state| state.begins.take_if(|own| own == id)).is_some()
}

/// Keeps a new job, perhaps one that was begun elsewhere.
pub(super) async fn create(head: &Head, body: &str, lines: &[(u64, String)]) -> Result<(), Fault> {
    let store = store().await;
    // Whatever the answer, the job can run; a browser that says no may delete it when room runs out. Firefox asks the person,
    // who may never answer: nothing waits for it.
    browser::spawn(async {
        let answer = lock::persist().await;
        if let Some(persistent) = STATE.with_borrow(|state| state.persistent) {
            persistent.set(answer);
        }
    });
    store.create(head, body, lines).await
}

/// The id of a job that was brought along in a file, kept here from now on; why not if so.
pub(super) async fn import(text: &str) -> Result<String, Words> {
    let Packed { head, body, lines } = unpack(text).ok_or(words::NO_JOB_FILE)?;
    vendor_of(&head.operation).ok_or(words::NO_JOB_FILE)?;
    let store = store().await;
    if let Some(known) = store.load(&head.id).await.map_err(|_| words::NOT_READ)? {
        let handed_over = known
            .lines
            .iter()
            .filter_map(|line| Line::decode(line))
            .any(|line| line.records.contains(&Record::HandedOver));
        if !handed_over {
            return Err(words::IS_HERE);
        }
        forget(&head.id);
    }
    create(&head, &body, &lines).await.map_err(|_| words::NOT_KEPT)?;
    Ok(head.id)
}

/// Opens a job: to run it, unless another page does.
pub(super) async fn open(desk: Desk, id: &str) -> Result<Rc<Runner>, Words> {
    // Who goes and comes back while it is being read would find its lock taken: by this page.
    while STATE.with_borrow(|state| state.opening.iter().any(|other| other == id)) {
        gloo_timers::future::TimeoutFuture::new(READS).await;
    }
    if let Some(runner) = runner(id).filter(|runner| runner.is_ours()) {
        return Ok(runner);
    }
    STATE.with_borrow_mut(|state| state.opening.push(id.to_owned()));
    let opened = read(desk, id).await;
    STATE.with_borrow_mut(|state| state.opening.retain(|other| other != id));
    opened
}

async fn read(desk: Desk, id: &str) -> Result<Rc<Runner>, Words> {
    let store = store().await;
    let right = right::take(&store, id).await.map_err(|_| words::NOT_READ)?;
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
    forget(id);
    STATE.with_borrow_mut(|state| {
        state.runners.push(runner.clone());
        if !std::mem::replace(&mut state.guarded, true) {
            let held = |it: &Rc<Runner>| it.holds_the_page();
            browser::guard_leaving(move || STATE.with_borrow(|state| state.runners.iter().any(held)));
        }
    });
    keep_up(&runner);
    Ok(runner)
}

/// Prolongs the lease of a job that is run here; waits for the end of that of another page.
fn keep_up(runner: &Rc<Runner>) {
    let own = Rc::downgrade(runner);
    if !runner.is_ours() {
        let id = runner.head.id.clone();
        browser::spawn(async move {
            if !lock::are_there() {
                let Some(store) = own.upgrade().map(|runner| runner.store.clone()) else { return };
                while own.strong_count() > 0 && store.lease_end(&id).await.is_ok_and(|end| end > now()) {
                    gloo_timers::future::TimeoutFuture::new(HEARTBEAT).await;
                }
            } else if !lock::free(&right::lock_name(&id)).await {
                return;
            }
            if let Some(runner) = own.upgrade().filter(|runner| !runner.is_ours()) {
                runner.shown.elsewhere.set(Elsewhere::Free);
            }
        });
    } else if runner.is_leased() {
        breathe(own);
    }
}

fn breathe(own: Weak<Runner>) {
    clock::after(HEARTBEAT, move || {
        // Who was let go of has nothing to prolong.
        let Some(runner) = own.upgrade().filter(|runner| runner.is_leased()) else { return };
        browser::spawn(async move {
            let until = now() + LEASE;
            match runner.store.renew(&runner.head.id, runner.epoch(), until).await {
                Ok(()) => runner.feed(Event::LeaseRenewed(Right::lease(runner.epoch(), Some(until)))),
                Err(Fault::Epoch) => runner.feed(Event::LeaseLost),
                // It runs out by itself if this goes on.
                Err(Fault::Failed(_)) => {}
            }
            // Lost to another page, or run out while this one slept: it is watched from now on.
            if !runner.is_ours() {
                runner.release();
                return keep_up(&runner);
            }
            breathe(Rc::downgrade(&runner));
        });
    });
}

/// Lets go of a job that rests, because another page asked for it, and watches it from then on.
pub(super) fn give_way(id: &str) {
    let Some(runner) = runner(id).filter(|runner| runner.is_ours() && runner.can_go()) else { return };
    runner.give_up();
    runner.shown.elsewhere.set(Elsewhere::Silent);
    browser::spawn(async move {
        // The other page takes it meanwhile.
        gloo_timers::future::TimeoutFuture::new(HEARTBEAT).await;
        keep_up(&runner);
    });
}

/// Opens a job that another page has and does not run: that page is asked to let go of it first.
pub(super) async fn take_over(desk: Desk, id: &str) -> Result<Rc<Runner>, Words> {
    let is_free = runner(id).is_none_or(|runner| runner.shown.elsewhere.get_untracked() == Elsewhere::Free);
    if !is_free {
        follow::ask(id);
        gloo_timers::future::TimeoutFuture::new(ANSWERS).await;
    }
    let opened = open(desk, id).await?;
    if !opened.is_ours() {
        opened.shown.refusal.set(Some(words::NOT_LET_GO));
    }
    Ok(opened)
}

/// The page of a job is open from now on.
pub(super) fn visit(id: &str) {
    STATE.with_borrow_mut(|state| state.visited = Some(id.to_owned()));
}

/// The page of a job is not open any more; that of another one may be by now.
pub(super) fn leave(id: &str) {
    STATE.with_borrow_mut(|state| drop(state.visited.take_if(|visited| visited == id)));
}

/// Lets go of a job that rests and whose page is not open, so that another page can open it.
pub(super) fn let_go(id: &str) {
    let is_visited = STATE.with_borrow(|state| state.visited.as_deref() == Some(id));
    // What is only watched is read anew when somebody comes back; what this page alone knows stays.
    let goes = |runner: Rc<Runner>| !runner.is_ours() || (runner.can_go() && !runner.holds_the_page());
    if !is_visited && runner(id).is_some_and(goes) {
        forget(id);
    }
}

/// A job is not open here any more. What still has hold of it (a timer, say) does not keep its lock.
fn forget(id: &str) {
    let Some(runner) = runner(id) else { return };
    STATE.with_borrow_mut(|state| state.runners.retain(|runner| runner.head.id != id));
    runner.release();
}

/// Deletes a job.
pub(super) async fn delete(id: &str) -> Result<(), Fault> {
    let store = store().await;
    forget(id);
    store.delete(id).await
}
