//! What vendor and place allow of a job, also at the moment at which requests are to leave: config.json may say more than when it was
//! made.

use std::collections::BTreeSet;

use super::runner::Runner;
use super::slices::Slices;
use crate::domain::batch::allowed::Allowed;
use crate::domain::job::event::Event;
use crate::domain::job::item::State;
use crate::domain::job::record::Which;
use crate::domain::operation::Operation;
use crate::domain::rate::Rate;
use crate::ui::desk::Desk;
use crate::words::outcome;

/// Entries looked at between two looks at the clock.
const ENTRIES: usize = 500;

/// Whether this place lets a job do what follows; its page says which rows and which rule stand in the way, and what to do.
pub(super) async fn is_allowed(desk: Desk, runner: &Runner, then: &Event) -> bool {
    let shown = runner.shown;
    shown.forbidden.set(Vec::new());
    let guard = desk.config.with_untracked(|config| config.as_ref().map(|config| config.policy.guard()).ok());
    // What this place forbids is not known yet.
    let Some(guard) = guard else {
        shown.refusal.set(Some(outcome::SHUT));
        return false;
    };
    let batch = &runner.body.batch;
    let mut allowed = Allowed::new(guard, batch);
    let mut slices = Slices::new();
    for entries in to_leave(runner, then).chunks(ENTRIES) {
        allowed.step(batch, entries);
        if slices.is_over() {
            slices.rest().await;
        }
    }
    let found = allowed.found();
    let is_allowed = found.is_empty();
    shown.forbidden.set(found);
    is_allowed
}

/// The items that may leave when this happens: what waits for its turn, and what is to wait for it again.
fn to_leave(runner: &Runner, then: &Event) -> Vec<u32> {
    let (from, which) = match then {
        Event::Rerun(which) => (State::Rejected, which),
        Event::SendAgain(which) => (State::Unknown, which),
        _ => (State::Planned, &Which::All),
    };
    let these: Option<BTreeSet<u32>> = match which {
        Which::All => None,
        Which::These(items) => Some(items.iter().copied().collect()),
    };
    let goes_again =
        |item: u32, state: State| from == state && these.as_ref().is_none_or(|these| these.contains(&item));
    runner.ledger(|ledger| {
        let leaves = |item: u32, state: State| state == State::Planned || goes_again(item, state);
        let items = ledger.items().iter().filter(|(item, known)| leaves(*item, known.state));
        items.map(|(item, _)| item).collect()
    })
}

/// The most requests a minute: what the vendor offers at all, or what this place allows; followed.
pub(super) fn most_requests(desk: Desk, operation: &'static Operation) -> u32 {
    let place =
        desk.config.with(|config| config.as_ref().ok().and_then(|config| config.policy.caps.per_minute));
    let vendor = rate_of(desk, operation).map_or(u32::MAX, |rate| rate.most_requests);
    place.unwrap_or(u32::MAX).min(vendor)
}

/// How fast a vendor lets an operation be called.
pub(super) fn rate_of(desk: Desk, operation: &'static Operation) -> Option<&'static Rate> {
    let vendors = desk.vendors.get_untracked();
    vendors
        .into_iter()
        .find(|vendor| vendor.operations.iter().any(|own| own.id == operation.id))?
        .rate(operation)
}
