//! The page that makes a job: a list, what its columns mean, what all rows share, how fast, and the dry run.

use leptos::prelude::*;

use super::creation::Creation;
use super::dry::Checking;
use super::mapping::mapping_view;
use super::plan_view::dry_view;
use super::recall::{Taken, Whose, take_chosen, window_view};
use super::source_view::source_view;
use super::{forgetful, state};
use crate::domain::draft::Values;
use crate::domain::field::Field;
use crate::domain::guard::CAP;
use crate::domain::operation::{Fold, Group, Operation, Targets, Verb};
use crate::domain::rows::cell_of;
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, derived, el, fixed, live, nothing};
use crate::ui::field::field_view;
use crate::ui::form_state::FormState;
use crate::ui::parts::{Button, actions, card, heading, labelled_input, link, paragraph, problem_line, say};
use crate::ui::route::Route;
use crate::words::fault::OR_LIST;
use crate::words::{Words, jobs as words};

/// The page.
pub(super) fn new_page(desk: Desk, form: FormState, operation: &'static Operation) -> AnyView {
    let making = state::creation(desk, operation);
    take_chosen(desk, form, making);
    // Nobody should wait for it when the dry run looks for earlier jobs.
    browser::spawn(async { drop(state::store().await) });
    let title =
        derived(move || desk.fill(words::NEW_TITLE, &[("what", operation.title.text(desk.language.get()))]));
    let head = el("header")
        .class("page-head")
        .child(el("h1").id("page-title").attr("tabindex", "-1").text(title).view())
        .child(paragraph("", say(desk, words::NEW_LEAD)))
        .child(link(Route::Operation(operation.id.to_owned()).print(), say(desk, words::JUST_ONE)))
        .view();
    let check = move |event: web_sys::Event| {
        event.prevent_default();
        // What was left out on a word was another list's, or this one's as it stood.
        making.leaves_wrong.set(false);
        making.check(shared(form));
    };
    let shared_part = el("form")
        .class("card")
        .attr("data-operation", operation.id)
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .on("submit", check)
        .on("keydown", |event| {
            if browser::is_composing_enter(&event) {
                event.prevent_default();
            }
        })
        .child(heading(desk, words::SHARED))
        .child(paragraph("hint", say(desk, words::SHARED_HINT)))
        .children(operation.form.groups.iter().map(|group| group_view(desk, form, making, group)))
        .child(pace_view(desk, making))
        .child(actions(vec![
            Button::submit("button do", say(desk, words::DRY_RUN)).id("dry-run-start").view(),
            el("span").class("hint").text(say(desk, words::DRY_RUN_HINT)).view(),
        ]));
    let result = move || match making.checking.get() {
        Checking::Not => nothing(),
        Checking::Running(done, total) => {
            let facts = [("done", &*done.to_string()), ("total", &*total.to_string())];
            el("p")
                .class("card")
                .attr("role", "status")
                .text(fixed(desk.fill(words::CHECKING, &facts)))
                .view()
        }
        Checking::Done(dry) => dry_view(desk, form, making, dry),
    };
    making.hurry(untrack(|| shared(form)));
    all(vec![
        head,
        forgetful(desk),
        live(move || taken_view(desk, form, making)),
        source_view(desk, making),
        live(move || mapping_view(desk, making)),
        shared_part.view(),
        el("div").class("below").live(result).view(),
    ])
}

/// What all rows share, read as it is at this moment and followed: what is filled in, and nothing else.
pub(super) fn shared(form: FormState) -> Values {
    let values = form.values();
    values.iter().filter(|(_, text)| !text.is_empty()).collect()
}

fn group_view(desk: Desk, form: FormState, making: Creation, group: &'static Group) -> AnyView {
    let list = match making.operation.targets {
        Targets::EntriesOf(list) => list.name,
        Targets::One => "",
    };
    let cells =
        group.fields.iter().filter(|field| field.name != list).filter_map(|field| form.cell(field.name));
    let fields: Vec<AnyView> = cells
        .map(|cell| {
            let name = cell.field.name;
            let mapped =
                move || making.places.with(|places| places.iter().flatten().any(|place| place == name));
            // A field that a column fills in is not asked for here.
            el("div").class("contents").prop_flag("hidden", mapped).child(field_view(desk, form, cell)).view()
        })
        .collect();
    if fields.is_empty() {
        return nothing();
    }
    let fields = el("div").class("fields").children(fields).view();
    match group.fold {
        Fold::Open => el("section").class("group").child(heading(desk, group.title)).child(fields).view(),
        Fold::Folded => {
            let summary = el("summary").text(say(desk, group.title)).view();
            el("details").class("group").child(summary).child(fields).view()
        }
    }
}

/// Which messages it is for, how much time is left to recall them, and which of them are not on the list.
fn taken_view(desk: Desk, form: FormState, making: Creation) -> AnyView {
    let Some(Taken { whose, oldest, lacks }) = making.taken.get() else { return nothing() };
    let corrects = making.operation.verb == Verb::Modify;
    let next = derived(move || {
        let language = desk.language.get();
        let values = form.values();
        // One in a list of objects is there once any of it is.
        let is_there = |field: &Field| {
            let says = |name: &str| name == field.name || cell_of(field.name, name).is_some();
            values.iter().any(|(name, text)| !text.is_empty() && says(name))
        };
        let missing = lacks.iter().filter(|field| !is_there(field));
        let names: Vec<_> = missing.map(|field| field.label.text(language)).collect();
        match names.as_slice() {
            [] if !lacks.is_empty() => words::LISTED_FILLED.text(language).to_owned(),
            [] if corrects => words::LISTED_CORRECT.text(language).to_owned(),
            [] => words::LISTED_CHECKED.text(language).to_owned(),
            names => desk.fill(words::LISTED_LACKS, &[("fields", &names.join(OR_LIST.text(language)))]),
        }
    });
    let window = window_view(desk, "job-window", making.operation, move || oldest);
    let lead = |words: Words| paragraph("", say(desk, words));
    let next = el("p").id("list-next").text(next).view();
    let left_out = |id: &'static str, words: Words, count: u32| {
        let said = fixed(desk.fill(words, &[("count", &count.to_string())]));
        (count > 0).then(|| el("p").id(id).class("notice").text(said).view())
    };
    match whose {
        Whose::Chosen => card(vec![lead(words::LISTED_CHOSEN), next, window]),
        Whose::Sent { job, unknown, nameless } => {
            let batch = link(Route::Jobs(job).print(), say(desk, words::RECALL_FROM));
            let mut parts = vec![lead(words::LISTED_SENT), next, window, batch];
            parts.extend(left_out("recall-unknown", words::RECALL_UNKNOWN, unknown));
            parts.extend(left_out("recall-nameless", words::RECALL_NAMELESS, nameless));
            card(parts)
        }
    }
}

/// How fast, how many at once, how many first.
fn pace_view(desk: Desk, making: Creation) -> AnyView {
    let [requests, items, most, canary, row, percent] = making.numbers;
    let input = |id, label, number| {
        let field = el("div").class("field third").children(labelled_input(id, say(desk, label), number));
        field.view()
    };
    let mut fields = vec![input("per-minute", words::PER_MINUTE, requests)];
    if matches!(making.operation.targets, Targets::EntriesOf(_)) {
        fields.push(input("items-per-minute", words::ITEMS_PER_MINUTE, items));
        fields.push(input("per-request", words::PER_REQUEST, most));
    }
    fields.push(input("canary", words::CANARY_FIRST, canary));
    fields.push(input("brake-row", words::BRAKE_ROW, row));
    fields.push(input("brake-share", words::BRAKE_SHARE, percent));
    let goes_on = el("input")
        .id("canary-goes-on")
        .attr("type", "checkbox")
        .prop_flag("checked", move || making.goes_on.get())
        .on("change", move |event| making.goes_on.set(event_target_checked(&event)));
    el("section")
        .class("group")
        .child(heading(desk, words::PACE))
        .child(paragraph("hint", say(desk, words::PACE_HINT)))
        .child(el("div").class("fields").children(fields).view())
        .child(el("label").child(goes_on.view()).space().text(say(desk, words::CANARY_GOES_ON)).view())
        .live(move || limits_view(desk, making))
        .view()
}

/// What the vendor and this place allow, and what becomes of a number above it.
fn limits_view(desk: Desk, making: Creation) -> AnyView {
    let most = making.most_requests();
    let asked = making.numbers.map(|number| number.get().trim().parse::<u32>().unwrap_or_default());
    let [requests, items, ..] = asked;
    let mut lines = Vec::new();
    if let Some(rate) = making.rate() {
        let counted = rate.items.map_or(words::LIMIT, |_| words::LIMIT_ITEMS);
        let facts =
            [("requests", rate.requests.to_string()), ("items", rate.items.unwrap_or_default().to_string())];
        let facts = facts.each_ref().map(|(name, fact)| (*name, fact.as_str()));
        lines.push(problem_line("hint", rate.rule, fixed(desk.fill(counted, &facts))));
        let beyond = requests.min(most) > rate.requests || rate.items.is_some_and(|most| items > most);
        if beyond {
            lines.push(problem_line("notice", rate.rule, say(desk, words::ABOVE_LIMIT)));
        }
    }
    if requests > most {
        let said = desk.fill(words::BROUGHT_DOWN, &[("most", &most.to_string())]);
        lines.push(problem_line("notice", CAP, fixed(said)));
    }
    el("div").id("pace-limits").children(lines).view()
}
