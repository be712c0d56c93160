//! All jobs that are kept, the newest first; found by operation, connection or state; and jobs that come from elsewhere.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::progress_view::counts_text;
use super::within::Within;
use super::{files, forgetful, state};
use crate::domain::batch::keep::{Closed, Head};
use crate::domain::operation::{Danger, Verb};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, el, fixed, live, nothing};
use crate::ui::parts::{card, heading, labelled_input, link, page_head, paragraph, say, span};
use crate::ui::route::Route;
use crate::vendors;
use crate::words::{Words, desk as said, jobs as words};

/// So many are shown at once.
const ROWS: usize = 200;
/// From so many on there is a search.
const MANY: usize = 6;

type Heads = RwSignal<Option<Result<Vec<Head>, ()>>>;

/// The page.
pub(super) fn list_page(desk: Desk) -> AnyView {
    let heads: Heads = RwSignal::new(None);
    browser::spawn(async move {
        let read = state::heads(desk).await.map_err(drop);
        let clouds: BTreeSet<_> =
            read.iter().flatten().filter_map(|head| cloud_of(&head.operation)).collect();
        // The page may be gone by then.
        let _ = heads.try_set(Some(read));
        // A job is called by what its cloud calls it; the list is drawn again with each cloud that arrives.
        for cloud in clouds {
            desk.bring(cloud).await;
        }
    });
    let wanted = RwSignal::new(String::new());
    let within = Within::new();
    Effect::new(move |_| {
        let typed = browser::lower_case(wanted.with(|wanted| wanted.trim().to_owned()).as_str());
        heads.track();
        let Some(Ok(heads)) = heads.get_untracked() else { return };
        let rest = heads.iter().filter(|head| !untrack(|| is_found(desk, head, &typed)));
        within.seek(&typed, rest.map(|head| head.id.clone()).collect());
    });
    let many = Memo::new(move |_| heads.with(|it| matches!(it, Some(Ok(heads)) if heads.len() >= MANY)));
    let search = move || match many.get() {
        true => el("div")
            .class("field")
            .children(labelled_input("job-search", say(desk, words::SEARCH), wanted))
            .child(paragraph("hint", say(desk, words::SEARCH_HINT)))
            .view(),
        false => nothing(),
    };
    all(vec![
        page_head(desk, said::JOBS, words::JOBS_LEAD),
        forgetful(desk),
        card(vec![
            live(search),
            live(move || list(desk, heads, &wanted.get())),
            live(move || within_view(desk, heads, wanted, within)),
        ]),
        card(vec![heading(desk, words::NEW_JOB), live(move || operations(desk))]),
        import_view(desk),
    ])
}

/// The cloud of an operation by its id.
fn cloud_of(operation: &str) -> Option<&'static str> {
    let cloud = operation.split('.').next().unwrap_or_default();
    vendors::OFFERED.iter().map(|(id, _)| *id).find(|id| *id == cloud)
}

fn list(desk: Desk, heads: Heads, wanted: &str) -> AnyView {
    let heads = match heads.get() {
        None => return paragraph("", say(desk, said::LOADING)),
        Some(Err(())) => return paragraph("problem", say(desk, words::NOT_READ)),
        Some(Ok(heads)) if heads.is_empty() => return paragraph("", say(desk, words::NO_JOBS)),
        Some(Ok(heads)) => heads,
    };
    let wanted = browser::lower_case(wanted.trim());
    let fits = |head: &&Head| is_found(desk, head, &wanted);
    let found: Vec<&Head> = heads.iter().filter(fits).collect();
    if found.is_empty() {
        return nothing();
    }
    let shown = found.len().min(ROWS);
    let facts = [("shown", shown.to_string()), ("count", heads.len().to_string())];
    let facts = facts.each_ref().map(|(name, text)| (*name, text.as_str()));
    let entries = found.iter().take(ROWS).map(|head| entry(desk, head));
    all(vec![
        el("ol").class("record").id("jobs").children(entries).view(),
        el("p").class("hint").attr("role", "status").text(fixed(desk.fill(words::SHOWN_OF, &facts))).view(),
    ])
}

/// What was sought and found inside of jobs, and how far the look into them is.
fn within_view(desk: Desk, heads: Heads, wanted: RwSignal<String>, within: Within) -> AnyView {
    let looked = within.looked.get();
    let wanted = browser::lower_case(wanted.get().trim());
    let Some(Ok(heads)) = heads.get() else { return nothing() };
    if wanted.is_empty() || looked.total == 0 {
        return nothing();
    }
    // A cloud that arrived meanwhile may have named one of them.
    let (named, others): (Vec<_>, Vec<_>) = heads.iter().partition(|head| is_found(desk, head, &wanted));
    let found: Vec<_> =
        others.into_iter().filter(|head| looked.found.contains(&head.id)).take(ROWS).collect();
    let says = match looked.over {
        false => words::LOOKING_WITHIN,
        true if named.is_empty() && found.is_empty() => words::NONE_FOUND,
        true => words::LOOKED_WITHIN,
    };
    let facts = [("done", looked.done.to_string()), ("total", looked.total.to_string())];
    let facts = facts.each_ref().map(|(name, text)| (*name, text.as_str()));
    let mut parts = Vec::new();
    if !found.is_empty() {
        parts.push(paragraph("", say(desk, words::FOUND_WITHIN)));
        let entries = found.iter().map(|head| entry(desk, head));
        parts.push(el("ol").class("record").id("jobs-within").children(entries).view());
    }
    // Only its end is read out.
    let mut status = el("p").class("hint").id("jobs-sought");
    if looked.over {
        status = status.attr("role", "status");
    }
    parts.push(status.text(fixed(desk.fill(says, &facts))).view());
    all(parts)
}

fn operations(desk: Desk) -> AnyView {
    let vendor = desk.vendor.get();
    let can =
        vendor.operations.iter().copied().filter(|it| it.danger != Danger::Looks && it.verb != Verb::Find);
    let entry = |operation: &'static crate::domain::operation::Operation| {
        let address = Route::Jobs(format!("new/{}", operation.id)).print();
        el("li").child(link(address, say(desk, operation.title))).view()
    };
    el("ul").children(can.map(entry)).view()
}

fn title(desk: Desk, head: &Head) -> String {
    desk.progress(&head.operation).map_or_else(
        || head.operation.clone(),
        |progress| progress.operation.title.text(desk.language.get()).to_owned(),
    )
}

/// In one word how a job stands.
pub(super) fn standing(desk: Desk, head: &Head) -> (&'static str, Words) {
    let counts = &head.counts;
    if counts.unknown > 0 {
        return ("pill dim", words::WITH_UNKNOWNS);
    }
    if let Some(closed) = closed_pill(head).filter(|_| counts.planned + counts.sending > 0) {
        return closed;
    }
    match counts.planned + counts.sending > 0 {
        true if state::is_old(desk, head) => ("pill no", words::OLD_UNFINISHED),
        true => ("pill dim", words::UNFINISHED),
        false if counts.rejected > 0 => ("pill no", words::WITH_FAILURES),
        false => ("pill ok", words::FINISHED),
    }
}

/// That a person ended it with rows left.
fn closed_pill(head: &Head) -> Option<(&'static str, Words)> {
    match head.closed? {
        Closed::Stopped => Some(("pill no", words::STOPPED)),
        Closed::HandedOver => Some(("pill dim", words::HANDED_OVER)),
    }
}

/// The words that stand behind a job's name, each with its look.
fn pills(desk: Desk, head: &Head) -> Vec<(&'static str, Words)> {
    let standing = standing(desk, head);
    let old = head.waits() && state::is_old(desk, head) && standing.1 != words::OLD_UNFINISHED;
    let closed = closed_pill(head).filter(|closed| *closed != standing);
    std::iter::once(standing).chain(closed).chain(old.then_some(("pill no", words::OLD_UNFINISHED))).collect()
}

/// Whether this is part of a job's name or its connection, or what a word of its state begins with: "finished" is not "unfinished".
fn is_found(desk: Desk, head: &Head, wanted: &str) -> bool {
    let name = [&title(desk, head), &head.operation, &head.account].map(String::as_str).join(" ");
    let begins = |(_, word): (_, Words)| {
        let word = browser::lower_case(word.text(desk.language.get()));
        // Chinese has no spaces between words.
        let inside = !wanted.is_ascii() && word.contains(wanted);
        inside || format!(" {word}").contains(&format!(" {wanted}"))
    };
    browser::lower_case(&name).contains(wanted) || pills(desk, head).into_iter().any(begins)
}

fn entry(desk: Desk, head: &Head) -> AnyView {
    let time = browser::readable_time(&head.created.to_string()).unwrap_or_default();
    let name = format!("{} · {time}", title(desk, head));
    let mut line = el("p").child(link(Route::Jobs(head.id.clone()).print(), fixed(name)));
    for (class, word) in pills(desk, head) {
        line = line.space().child(span(class, say(desk, word)));
    }
    el("li")
        .child(line.view())
        .child(paragraph("", fixed(counts_text(desk, &head.counts))))
        .child(paragraph("hint", fixed(head.account.as_str())))
        .view()
}

/// A job that was handed over comes in as a file.
fn import_view(desk: Desk) -> AnyView {
    let refused: RwSignal<Option<Words>> = RwSignal::new(None);
    let read = move |event: web_sys::Event| {
        let Some(file) = files::chosen(&event) else { return };
        refused.set(None);
        browser::spawn(async move {
            let text = files::decode(&file, "utf-8").await.unwrap_or_default();
            match state::import(&text).await {
                Ok(id) => browser::set_hash(&Route::Jobs(id).print()),
                // The page may be gone by then.
                Err(why) => drop(refused.try_set(Some(why))),
            }
        });
    };
    let input = el("input").id("job-import").attr("type", "file").attr("accept", ".json,application/json");
    let problem = move || refused.get().map_or_else(nothing, |why| paragraph("problem", say(desk, why)));
    card(vec![
        heading(desk, words::IMPORT_TITLE),
        el("div")
            .class("field")
            .child(el("label").attr("for", "job-import").text(say(desk, words::IMPORT)).view())
            .child(input.on("change", read).view())
            .child(el("div").attr("role", "alert").live(problem).view())
            .view(),
    ])
}
