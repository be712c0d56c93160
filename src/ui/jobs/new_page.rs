//! The page that makes a job: a list, what its columns mean, what all rows share, how fast, and the dry run.

use std::sync::Arc;

use leptos::prelude::*;

use super::creation::{Checking, Creation};
use super::mapping::mapping_view;
use super::plan_view::dry_view;
use super::{files, forgetful, state};
use crate::domain::draft::Values;
use crate::domain::intake::columns::Known;
use crate::domain::intake::separated::Delimiter;
use crate::domain::operation::{Fold, Group, Operation, Targets};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, derived, el, fixed, live, nothing};
use crate::ui::field::field_view;
use crate::ui::form_state::FormState;
use crate::ui::parts::{Button, actions, card, heading, labelled_input, link, paragraph, say};
use crate::ui::route::Route;
use crate::words::{Words, jobs as words};

/// Texts shorter than this are read anew at each key.
const AT_ONCE: usize = 200_000;

/// The page.
pub(super) fn new_page(desk: Desk, form: FormState, operation: &'static Operation) -> AnyView {
    let making = state::creation(desk, operation);
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
    all(vec![
        head,
        forgetful(desk),
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

/// Where the rows come from: pasted, or a file.
fn source_view(desk: Desk, making: Creation) -> AnyView {
    let refused = RwSignal::new(false);
    let from_file = making.file;
    let area = move || {
        if from_file.with(Option::is_some) {
            let encoding = el("select")
                .id("list-encoding")
                .on("change", move |event| {
                    making.encoding.set(event_target_value(&event));
                    decode(making);
                })
                .children(files::ENCODINGS.map(|name| {
                    let chosen = making.encoding.with(|encoding| encoding == name);
                    choice(name, name.to_uppercase(), chosen)
                }));
            let back = move || {
                from_file.set(None);
                making.put(String::new());
            };
            return el("div")
                .class("field")
                .child(el("label").attr("for", "list-encoding").text(say(desk, words::ENCODING)).view())
                .child(encoding.view())
                .child(Button::new("quiet", say(desk, words::FILE_REMOVE), back).id("list-remove").view())
                .view();
        }
        let area = el("textarea")
            .id("list-text")
            .class("code")
            .attr("rows", "6")
            .attr("spellcheck", "false")
            .prop_text("value", making.text.into())
            .on("input", move |event| {
                let text = event_target_value(&event);
                // A long list is read once it is left.
                if text.len() < AT_ONCE {
                    making.text.set(text);
                }
            })
            .on("change", move |event| making.text.set(event_target_value(&event)));
        el("div")
            .class("field")
            .child(el("label").attr("for", "list-text").text(say(desk, words::PASTE_LIST)).view())
            .child(area.view())
            .view()
    };
    let take = move |event: web_sys::Event| {
        let Some(file) = files::chosen(&event) else { return };
        refused.set(file.size() > files::MOST_BYTES);
        if refused.get_untracked() {
            return;
        }
        browser::spawn(async move {
            if let Some(bytes) = files::bytes(&file).await {
                from_file.set(Some(Arc::new(bytes)));
                making.encoding.set(String::new());
                decode(making);
            }
        });
    };
    let input = el("input")
        .id("list-file")
        .attr("type", "file")
        .attr("accept", ".csv,.tsv,.txt,text/*")
        .on("change", take)
        .view();
    let template = move || {
        let text = Known::of(making.operation).template(desk.language.get_untracked());
        files::save(&format!("{}.csv", making.operation.id), "text/csv;charset=utf-8", &[text]);
    };
    let too_large = move || {
        if refused.get() { paragraph("problem", say(desk, words::FILE_TOO_LARGE)) } else { nothing() }
    };
    card(vec![
        heading(desk, words::LIST),
        el("div").live(area).view(),
        el("div")
            .class("field")
            .child(el("label").attr("for", "list-file").text(say(desk, words::CHOOSE_FILE)).view())
            .child(input)
            .live(too_large)
            .view(),
        actions(vec![Button::new("button", say(desk, words::TEMPLATE), template).id("list-template").view()]),
        live(move || reading_view(desk, making)),
    ])
}

fn decode(making: Creation) {
    let Some(bytes) = making.file.get_untracked() else { return };
    let (text, encoding) = files::decode(&bytes, &making.encoding.get_untracked());
    making.encoding.set(encoding.to_owned());
    making.put(text);
}

fn choice(value: &'static str, label: String, chosen: bool) -> AnyView {
    let option = el("option").attr("value", value).prop_flag("selected", move || chosen);
    option.text(fixed(label)).view()
}

const DELIMITERS: [(&str, Words); 4] = [
    ("lines", words::BY_LINES),
    ("comma", words::BY_COMMA),
    ("tab", words::BY_TAB),
    ("semicolon", words::BY_SEMICOLON),
];

/// How the text was read, and what can be said about it otherwise.
fn reading_view(desk: Desk, making: Creation) -> AnyView {
    let sheet = making.sheet.get();
    let language = desk.language.get();
    if making.text.with(String::is_empty) {
        return nothing();
    }
    let part_by = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        let known = DELIMITERS.iter().zip(Delimiter::ALL).find(|((name, _), _)| *name == value);
        making.part_by(known.map(|(_, delimiter)| delimiter));
    };
    let delimiter = sheet.delimiter;
    let options = DELIMITERS
        .iter()
        .zip(Delimiter::ALL)
        .map(|((name, label), own)| choice(name, label.text(language).to_owned(), own == delimiter));
    let headed = sheet.headed;
    let head = move |event: web_sys::Event| {
        let headed = event_target_checked(&event);
        making.choice.update(|choice| choice.headed = Some(headed));
    };
    let mut parts = vec![
        el("label").attr("for", "list-delimiter").text(say(desk, words::PARTED_BY)).view(),
        el("select").id("list-delimiter").on("change", part_by).children(options).view(),
        el("label")
            .child(
                el("input")
                    .id("list-headed")
                    .attr("type", "checkbox")
                    .prop_flag("checked", move || headed)
                    .on("change", head)
                    .view(),
            )
            .space()
            .text(say(desk, words::HEADED))
            .view(),
        el("span")
            .id("list-rows")
            .attr("role", "status")
            .text(fixed(desk.fill(words::ROWS_READ, &[("count", &sheet.table.len().to_string())])))
            .view(),
    ];
    if let Some(row) = sheet.open_quote {
        parts.push(paragraph("problem", fixed(desk.fill(words::OPEN_QUOTE, &[("row", &row.to_string())]))));
    }
    if sheet.beyond {
        parts.push(paragraph("problem", say(desk, words::TOO_MANY_ROWS)));
    }
    actions(parts)
}

/// How fast, how many at once, how many first.
fn pace_view(desk: Desk, making: Creation) -> AnyView {
    let [requests, items, most, canary] = making.numbers;
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
    el("section")
        .class("group")
        .child(heading(desk, words::PACE))
        .child(paragraph("hint", say(desk, words::PACE_HINT)))
        .child(el("div").class("fields").children(fields).view())
        .view()
}
