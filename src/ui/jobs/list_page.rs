//! All jobs that are kept, the newest first.

use leptos::prelude::*;

use super::progress_view::counts_text;
use super::{forgetful, state};
use crate::domain::batch::keep::Head;
use crate::domain::operation::{Danger, Verb};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, el, fixed, live};
use crate::ui::parts::{card, heading, link, page_head, paragraph, say};
use crate::ui::route::Route;
use crate::words::{desk as said, jobs as words};

/// The page.
pub(super) fn list_page(desk: Desk) -> AnyView {
    let heads: RwSignal<Option<Result<Vec<Head>, ()>>> = RwSignal::new(None);
    browser::spawn(async move {
        let read = state::heads().await.map_err(drop);
        // The page may be gone by then.
        let _ = heads.try_set(Some(read));
    });
    let list = move || match heads.get() {
        None => paragraph("", say(desk, said::LOADING)),
        Some(Err(())) => paragraph("problem", say(desk, words::NOT_READ)),
        Some(Ok(heads)) if heads.is_empty() => paragraph("", say(desk, words::NO_JOBS)),
        Some(Ok(heads)) => {
            el("ol").class("record").id("jobs").children(heads.iter().map(|head| entry(desk, head))).view()
        }
    };
    let begin = move || {
        let vendor = desk.vendor.get();
        let can = vendor
            .operations
            .iter()
            .copied()
            .filter(|it| it.danger != Danger::Looks && it.verb != Verb::Find);
        let entry = |operation: &'static crate::domain::operation::Operation| {
            let address = Route::Jobs(format!("new/{}", operation.id)).print();
            el("li").child(link(address, say(desk, operation.title))).view()
        };
        el("ul").children(can.map(entry)).view()
    };
    all(vec![
        page_head(desk, said::JOBS, words::JOBS_LEAD),
        forgetful(desk),
        card(vec![live(list)]),
        card(vec![heading(desk, words::NEW_JOB), live(begin)]),
    ])
}

fn entry(desk: Desk, head: &Head) -> AnyView {
    let title = desk.progress(&head.operation).map_or_else(
        || head.operation.clone(),
        |progress| progress.operation.title.text(desk.language.get()).to_owned(),
    );
    let time = browser::readable_time(&head.created.to_string()).unwrap_or_default();
    let name = format!("{title} · {time}");
    el("li")
        .child(link(Route::Jobs(head.id.clone()).print(), fixed(name)))
        .child(paragraph("", fixed(counts_text(desk, &head.counts))))
        .child(paragraph("hint", fixed(head.account.as_str())))
        .view()
}
