//! The second half of a search among jobs: what their lists and texts hold. One job after the other, in slices, so that the page
//! stays awake; what was found before that, by name, stands there already.

use gloo_timers::future::TimeoutFuture;
use js_sys::JsString;
use leptos::prelude::*;

use super::slices::Slices;
use super::state;
use crate::domain::batch::sought::{ROWS, Sought};
use crate::ui::browser;

/// How long somebody types no more before it begins, in milliseconds.
const QUIET: u32 = 300;
/// So many characters are looked at between two looks at the clock.
const STRETCH: u32 = 100_000;
/// What rows share is not longer in a job that a person made by hand; beyond it, it is looked at as the rows are.
const SHARED: u32 = 200_000;

/// How far the look into jobs is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Looked {
    /// The jobs that hold what is sought.
    pub(super) found: Vec<String>,
    /// How many were looked into, of how many.
    pub(super) done: usize,
    /// The latter.
    pub(super) total: usize,
    /// Whether it has ended.
    pub(super) over: bool,
}

/// Looks into jobs.
#[derive(Clone, Copy)]
pub(super) struct Within {
    /// How far it is.
    pub(super) looked: RwSignal<Looked>,
    turn: RwSignal<u32>,
}

impl Within {
    /// Nothing looked for yet.
    pub(super) fn new() -> Self {
        Self { looked: RwSignal::new(Looked::default()), turn: RwSignal::new(0) }
    }

    /// Looks for this, in lower case, in these jobs, and for nothing else any more.
    pub(super) fn seek(self, wanted: &str, jobs: Vec<String>) {
        let turn = self.turn.get_untracked() + 1;
        self.turn.set(turn);
        let sought = Sought::new(wanted);
        let over = jobs.is_empty() || sought.is_none();
        self.looked.set(Looked { total: jobs.len(), over, ..Looked::default() });
        let Some(sought) = sought.filter(|_| !over) else { return };
        // The page may be gone by then.
        let is_current = move || self.turn.try_get_untracked() == Some(turn);
        browser::spawn(async move {
            TimeoutFuture::new(QUIET).await;
            let store = state::store().await;
            let mut slices = Slices::new();
            for id in jobs {
                let body = store.body(&id).await;
                let found = match &body {
                    Ok(Some(body)) => holds(&sought, body, &mut slices, is_current).await,
                    _ => false,
                };
                slices.rest().await;
                if !is_current() {
                    return;
                }
                self.looked.update(|looked| {
                    looked.done += usize::from(body.is_ok());
                    looked.found.extend(found.then_some(id));
                });
            }
            self.looked.update(|looked| looked.over = true);
        });
    }
}

/// Whether a body holds it; no when nobody waits for the answer any more.
async fn holds(sought: &Sought, body: &JsString, slices: &mut Slices, is_current: impl Fn() -> bool) -> bool {
    let [begin, end] = ROWS;
    let place = |place: i32| u32::try_from(place).ok();
    let Some(rows) = place(body.index_of(begin, 0)) else { return false };
    let end = place(body.last_index_of(end, i32::MAX)).unwrap_or_else(|| body.length());
    let lower = |text: &JsString| String::from(text.to_lower_case());
    let mut from = rows;
    if rows <= SHARED {
        if sought.is_shared(&String::from(body.slice(0, rows)), browser::lower_case) {
            return true;
        }
    } else {
        from = 0;
    }
    let overlap = u32::try_from(sought.overlap()).unwrap_or(STRETCH);
    while from < end {
        let until = from.saturating_add(STRETCH).saturating_add(overlap).min(end);
        if sought.is_in_rows(&lower(&body.slice(from, until))) {
            return true;
        }
        from = from.saturating_add(STRETCH);
        if slices.is_over() {
            slices.rest().await;
            if !is_current() {
                return false;
            }
        }
    }
    false
}
