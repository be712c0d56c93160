//! An operation's page: its form, what will happen, and what came of it. One page shows any operation.

use leptos::prelude::*;

use super::act::{Phase, Pressed, Progress, begin_when_here};
use super::connect::fill_sample;
use super::desk::Desk;
use super::el::{all, derived, el, fixed, live, nothing};
use super::field::{field_view, filled};
use super::form_state::{FormState, Line};
use super::held::{Held, Made};
use super::navigation::siblings;
use super::parts::{Button, card, heading, link, page_head, paragraph, say, span};
use super::route::Route;
use super::start::not_loaded;
use super::{browser, preview};
use crate::domain::caution::Stage;
use crate::domain::draft::{Draft, Values};
use crate::domain::operation::{Danger, Fold, Group, Operation};
use crate::domain::plan;
use crate::domain::request::Request;
use crate::domain::sentence;
use crate::words::desk as words;

/// The page of an operation.
pub(crate) fn form_page(desk: Desk, state: FormState, progress: Progress) -> AnyView {
    let Progress { operation, phase, .. } = progress;
    progress.unseen.set(false);
    let press = move || {
        if phase.with_untracked(Phase::takes_no_press) {
            return;
        }
        let sound = state.submit();
        if !sound || desk.in_use.with_untracked(Option::is_none) {
            return browser::focus_soon("summary");
        }
        let about = state.about.get_untracked();
        match untrack(|| requests(desk, state, operation)) {
            Some(requests) => begin_when_here(desk, progress, Pressed { requests, about }),
            None => browser::focus_soon("summary"),
        }
    };
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        press();
    };
    // There is nothing to show before the part that shows it is here.
    let asking = move || {
        phase.track();
        desk.parts.acts().map_or_else(nothing, |acts| (acts.asking)(desk, state, progress))
    };
    let under_way = move || match phase.with(Phase::fetching) {
        Some(false) => {
            el("p").class("card").attr("role", "status").text(say(desk, words::ACT_LOADING)).view()
        }
        Some(true) => {
            let nothing_sent = paragraph("", say(desk, words::ACT_NOT_LOADED));
            card(std::iter::once(nothing_sent).chain(not_loaded(desk.language.get(), press)).collect())
        }
        None => desk.parts.acts().map_or_else(nothing, |acts| (acts.under_way)(desk, progress)),
    };
    let finished = move || {
        phase.track();
        desk.parts.acts().map_or_else(nothing, |acts| (acts.finished)(desk, progress))
    };
    let lines = state.lines(desk.language, |problem, _| problem.stops(), "");
    let form = el("form")
        .class("card")
        .attr("data-operation", operation.id)
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .on("submit", submit)
        // The confirming Enter of an input method must not submit.
        .on("keydown", |event| {
            if browser::is_composing_enter(&event) {
                event.prevent_default();
            }
        })
        .live(move || summary(desk, state, &lines))
        .live(move || several_banner(desk, state))
        .children(operation.form.groups.iter().map(|group| group_view(desk, state, group)))
        .children(form_actions(desk, state, operation, phase));
    let act = el("div").child(form.view()).child(el("div").live(under_way).view()).live(finished);
    let columns =
        el("div").class("columns").child(act.view()).child(preview::side(desk, state, operation)).view();
    all(vec![
        page_head(desk, operation.title, operation.vendor_name),
        siblings(desk, operation),
        columns,
        live(asking),
    ])
}

/// That the form stands for several messages, and the way back to one.
fn several_banner(desk: Desk, state: FormState) -> AnyView {
    let count = state.several.with(Vec::len);
    if count == 0 {
        return nothing();
    }
    let said = fixed(desk.fill(words::SEVERAL_TITLE, &[("count", &count.to_string())]));
    let one = Button::new("quiet", say(desk, words::SEVERAL_ONE), move || state.several.set(Vec::new()));
    el("div").class("verdict warn").id("several").child(span("", said)).child(one.view()).view()
}

pub(crate) fn group_view(desk: Desk, state: FormState, group: &'static Group) -> AnyView {
    let fields = group
        .fields
        .iter()
        .filter_map(|field| state.cell(field.name))
        .map(|cell| field_view(desk, state, cell));
    let fields = el("div").class("fields").children(fields).view();
    match group.fold {
        Fold::Open => el("section")
            .class("group")
            .prop_flag("hidden", move || group.fields.iter().all(|field| state.differs(field)))
            .child(heading(desk, group.title))
            .child(fields)
            .view(),
        Fold::Folded => {
            let count = derived(move || match filled(state, group.fields) {
                0 => String::new(),
                count => desk.fill(words::GROUP_FILLED, &[("count", &count.to_string())]),
            });
            // A group none of whose fields applies would be an empty drawer.
            let hidden = move || {
                filled(state, group.fields) == 0
                    && !state
                        .checked
                        .with(|checked| group.fields.iter().any(|field| checked.readings.applies(field)))
            };
            let count = el("small").text(count).view();
            let summary = el("summary").text(say(desk, group.title)).space().child(count).view();
            el("details").class("group").prop_flag("hidden", hidden).child(summary).child(fields).view()
        }
    }
}

/// Every problem that stops, each a link to its field, in the same words as at the field.
fn summary(desk: Desk, state: FormState, lines: &Made<Vec<Line>>) -> AnyView {
    if !state.submitted.get() {
        return nothing();
    }
    let lines = lines.get();
    let connected = desk.in_use.with(Option::is_some);
    let count = lines.len() + usize::from(!connected);
    if count == 0 {
        return nothing();
    }
    let line = |line: Line| {
        let show = move |event: web_sys::Event| {
            event.prevent_default();
            state.focus(&line.field);
        };
        let here = Route::Operation(state.id.to_owned()).print();
        el("li").child(el("a").attr("href", here).on("click", show).text(fixed(line.said)).view()).view()
    };
    let mut list = el("ul");
    if !connected {
        list = list.child(
            el("li").child(link(Route::Connection.print(), say(desk, words::WAITS_CONNECTION))).view(),
        );
    }
    let title = fixed(desk.fill(words::SUMMARY, &[("count", &count.to_string())]));
    el("section")
        .class("summary")
        .id("summary")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "summary-title")
        .child(el("h2").id("summary-title").text(title).view())
        .child(list.children(lines.into_iter().map(line)).view())
        .view()
}

fn form_actions(
    desk: Desk,
    state: FormState,
    operation: &'static Operation,
    phase: Held<Phase>,
) -> Vec<AnyView> {
    let count = move || match state.several.with(Vec::len) {
        0 => state.checked.with(|checked| operation.targets.so_far(&checked.readings)),
        _ => state.several.with(|all| all.iter().map(|values| plan::messages_in(operation, values)).sum()),
    };
    let label = derived(move || desk.fill(operation.act, &[("count", &count().to_string())]));
    let waits = move || {
        if desk.in_use.with(Option::is_none) {
            return Some(words::WAITS_CONNECTION.text(desk.language.get()).to_owned());
        }
        let language = desk.language.get();
        let names: Vec<String> = state.checked.with(|checked| {
            let mut names: Vec<String> = Vec::new();
            for problem in checked.stops() {
                let name = sentence::name(problem, state.form, &checked.readings, language);
                if !name.is_empty() && !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        });
        let fields = names.join(crate::words::fault::OR_LIST.text(language));
        (!names.is_empty()).then(|| {
            desk.fill(words::SUMMARY_SHORT, &[("count", &names.len().to_string()), ("fields", &fields)])
        })
    };
    let class = if operation.danger >= Danger::Sends { "button danger" } else { "button do" };
    let row = el("div")
        .class("actions sticky")
        .child(Button::submit(class, label).id("act").waits(move || phase.with(Phase::takes_no_press)).view())
        .child(Button::new("button", say(desk, words::CLEAR_FORM), move || state.clear()).view())
        .live(move || if desk.has(|it| it.jobs) { from_list(desk, operation) } else { nothing() })
        .live(move || if has_sample(desk, operation) { sample_button(desk, state) } else { nothing() })
        .child(span("hint", derived(move || waits().unwrap_or_default())));
    let cleared = move || {
        if state.cleared.with(Option::is_none) {
            return nothing();
        }
        let undo = Button::new("quiet", say(desk, words::UNDO), move || state.restore()).view();
        el("span").text(say(desk, words::CLEARED)).child(undo).view()
    };
    vec![row.view(), el("div").class("hint").attr("role", "status").live(cleared).view()]
}

/// The way to do the same for a list; what only looks needs none.
fn from_list(desk: Desk, operation: &'static Operation) -> AnyView {
    if operation.danger == Danger::Looks {
        return nothing();
    }
    let address = Route::Jobs(format!("new/{}", operation.id)).print();
    el("a").id("from-list").attr("href", address).text(say(desk, words::JOB_FROM_LIST)).view()
}

/// Whether there is something to practise with.
fn has_sample(desk: Desk, operation: &Operation) -> bool {
    let practice =
        desk.in_use.with(|in_use| in_use.as_ref().is_some_and(|in_use| in_use.stage == Stage::Practice));
    practice
        && desk
            .config
            .with(|config| config.as_ref().is_ok_and(|config| config.sample(operation.id).is_some()))
}

fn sample_button(desk: Desk, state: FormState) -> AnyView {
    Button::new("button", say(desk, words::SAMPLE), move || fill_sample(state)).id("fill-sample").view()
}

/// The requests a form stands for, each with what was typed for it; none while something stops one of them.
fn requests(desk: Desk, state: FormState, operation: &'static Operation) -> Option<Vec<(Request, Values)>> {
    let several = state.several.get();
    let Some(first) = several.first() else {
        return Some(vec![(preview::request(desk, state, operation)?, state.values())]);
    };
    let connection = desk.way_of(operation)?.connection;
    let typed = state.values();
    let each = several.iter().map(|own| {
        let values = typed.with(first, own);
        let valid = Draft { operation, values: values.clone() }.validate(browser::now()).ok()?;
        Some((connection.request(valid).ok()?, values))
    });
    each.collect()
}
