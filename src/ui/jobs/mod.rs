//! Jobs: a list, a dry run, a confirmation, and then many requests of which none is silently sent twice or lost.
//!
//! One entry, [`jobs_page`]; nothing else of the page knows what is in here.

mod adjust_view;
mod allowed;
mod alone;
mod awake;
mod call;
mod causes;
mod clock;
mod confirm;
mod countdown;
mod creation;
mod dry;
mod files;
mod first_few;
mod follow;
mod hand_over;
mod job_page;
mod learnt;
mod left_view;
mod list_page;
mod look;
mod mapping;
mod new_page;
mod plan_view;
mod progress_view;
mod recall;
mod record;
mod right;
mod rows_view;
mod runner;
mod settings_view;
mod shown;
mod slices;
mod source;
mod source_view;
mod state;
mod stop;
mod unknowns;
mod within;

use leptos::prelude::*;

use super::desk::Desk;
use super::el::{all, live, nothing};
use super::parts::{card, page_head, paragraph, say};
use super::route::Route;
use super::start::{not_loaded, waiting};
use crate::vendors;
use crate::words::jobs as words;

/// The ways into this part of the page, which is fetched when it is first needed.
pub struct Jobs {
    /// The pages of jobs.
    pub(crate) page: fn(Desk) -> AnyView,
}

/// This part.
pub fn jobs() -> &'static Jobs {
    &Jobs { page: jobs_page }
}

/// The page of jobs at the place that is shown: the list, `new/` and an operation, or a job's id.
fn jobs_page(desk: Desk) -> AnyView {
    let Route::Jobs(place) = untrack(|| desk.shown()) else { return nothing() };
    state::settle(desk);
    if place.is_empty() {
        return list_page::list_page(desk);
    }
    match place.strip_prefix("new/") {
        Some(operation) => of_operation(desk, operation.to_owned()),
        None => job_page::job_page(desk, place),
    }
}

/// The page that makes a job; the operation's cloud is fetched when it is not here.
fn of_operation(desk: Desk, id: String) -> AnyView {
    let missing = RwSignal::new(false);
    let bring = {
        let id = id.clone();
        move || {
            let vendor = vendor_of(&id);
            let offered = desk.vendor.get().id;
            if let Some(vendor) = vendor.filter(|vendor| *vendor != offered) {
                desk.want(vendor);
            }
            missing.set(vendor.is_none());
        }
    };
    untrack(bring);
    live(move || match (desk.form(&id), desk.progress(&id)) {
        (Some(form), Some(progress)) => new_page::new_page(desk, form, progress.operation),
        _ if missing.get() => page_head(desk, words::NO_JOB, words::NO_JOB_NEXT),
        _ => match desk.arriving.get() {
            Some((vendor, true)) => all(not_loaded(desk.language.get(), move || desk.want(vendor))),
            Some((_, false)) => waiting(desk.language.get()),
            None => page_head(desk, words::NO_JOB, words::NO_JOB_NEXT),
        },
    })
}

/// The vendor that an operation's id names.
fn vendor_of(operation: &str) -> Option<&'static str> {
    let vendor = operation.split('.').next().unwrap_or_default();
    vendors::OFFERED.iter().map(|(id, _)| *id).find(|id| *id == vendor)
}

/// Says that nothing outlives the page, when that is so.
fn forgetful(desk: Desk) -> AnyView {
    live(move || match state::forgetful() {
        Some(why) => {
            let said = super::el::fixed(desk.fill(words::FORGETFUL, &[("why", &why)]));
            card(vec![paragraph("verdict warn", said), paragraph("hint", say(desk, words::FORGETFUL_NEXT))])
        }
        None => nothing(),
    })
}
