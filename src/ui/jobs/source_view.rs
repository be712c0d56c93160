//! Where the rows come from: pasted, or a file; and how it was read, which a person may say otherwise.

use leptos::prelude::*;

use super::creation::Creation;
use super::files;
use super::left_view::done_too_view;
use crate::domain::draft::Values;
use crate::domain::intake::Sheet;
use crate::domain::intake::columns::Known;
use crate::domain::intake::encoding::ENCODINGS;
use crate::domain::intake::kind::FileKind;
use crate::domain::intake::separated::Delimiter;
use crate::domain::sentence::sentence;
use crate::domain::validation::Readings;
use crate::ui::desk::Desk;
use crate::ui::el::{El, all, el, fixed, live, nothing};
use crate::ui::parts::{Button, actions, heading, paragraph, say, status};
use crate::words::{Words, jobs as words};

/// Texts shorter than this are read anew at each key.
const AT_ONCE: usize = 200_000;

const DELIMITERS: [(&str, Words); 7] = [
    ("lines", words::BY_LINES),
    ("comma", words::BY_COMMA),
    ("tab", words::BY_TAB),
    ("semicolon", words::BY_SEMICOLON),
    ("wide_comma", words::BY_WIDE_COMMA),
    ("wide_semicolon", words::BY_WIDE_SEMICOLON),
    ("entries", words::BY_ENTRIES),
];

/// The list.
pub(super) fn source_view(desk: Desk, making: Creation) -> AnyView {
    let source = making.source;
    let area = move || {
        if source.file.with(Option::is_some) { file_view(desk, making) } else { paste_view(desk, making) }
    };
    let take = move |event: web_sys::Event| {
        if let Some(file) = files::chosen(&event) {
            making.take(file);
        }
    };
    let input = el("input")
        .id("list-file")
        .attr("type", "file")
        .attr("accept", ".csv,.tsv,.txt,.xlsx,.json,text/*")
        .on("change", take)
        .view();
    let template = move || {
        let text = Known::of(making.operation).template(desk.language.get_untracked());
        files::save(&format!("{}.csv", making.operation.id), "text/csv;charset=utf-8", &[text]);
    };
    let state = move || match source.fault.get() {
        Some(fault) => {
            let (one, other) = fault.rows;
            let facts = [("one", &*one.to_string()), ("other", &*other.to_string())];
            let said = desk.fill(fault.says, &facts);
            let said = fixed(format!("{} · {said}", source.refused.get_untracked()));
            let said = el("p").id("list-fault").class("problem").attr("role", "alert").text(said).view();
            if fault.untold { all(vec![said, untold_view(desk, making)]) } else { said }
        }
        None if source.busy.get() => status("hint", say(desk, words::FILE_READING)),
        None => nothing(),
    };
    // Anywhere on the card: the browser would leave the page for a file that nobody takes.
    let over = move |event: web_sys::Event| {
        if files::dragged(&event).is_some() {
            event.prevent_default();
        }
    };
    let dropped = move |event: web_sys::Event| {
        let Some(carried) = files::dragged(&event) else { return };
        event.prevent_default();
        if let Some(file) = carried.files().and_then(|files| files.get(0)) {
            making.take(file);
        }
    };
    let parts = vec![
        heading(desk, words::LIST),
        el("div").live(area).view(),
        el("div")
            .class("field")
            .child(el("label").attr("for", "list-file").text(say(desk, words::CHOOSE_FILE)).view())
            .child(input)
            .live(state)
            .view(),
        actions(vec![Button::new("button", say(desk, words::TEMPLATE), template).id("list-template").view()]),
        live(move || reading_view(desk, making)),
    ];
    el("section")
        .id("list-card")
        .class("card")
        .on("dragover", over)
        .on("drop", dropped)
        .children(parts)
        .view()
}

fn paste_view(desk: Desk, making: Creation) -> AnyView {
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
                making.type_in(text);
            }
        })
        .on("change", move |event| making.type_in(event_target_value(&event)));
    labelled("list-text", desk, words::PASTE_LIST, area).view()
}

/// The file, and the encoding or the sheet.
fn file_view(desk: Desk, making: Creation) -> AnyView {
    let source = making.source;
    let Some(file) = source.file.get() else { return nothing() };
    let choose = if file.kind == FileKind::Workbook {
        let (names, at) = source.sheets.get();
        let options =
            names.into_iter().enumerate().map(|(own, name)| choice(own.to_string(), name, own == at));
        let open = move |event: web_sys::Event| making.read_otherwise(event_target_value(&event));
        labelled(
            "list-sheet",
            desk,
            words::SHEET,
            el("select").id("list-sheet").on("change", open).children(options),
        )
    } else {
        let decode = move |event: web_sys::Event| making.read_otherwise(event_target_value(&event));
        let select = el("select").id("list-encoding").on("change", decode);
        labelled("list-encoding", desk, words::ENCODING, select.children(encodings(&source.encoding.get())))
    };
    let back = Button::new("quiet", say(desk, words::FILE_REMOVE), move || making.paste(String::new(), None));
    choose
        .child(el("p").id("list-name").class("id").text(fixed(file.name.as_str())).view())
        .child(back.id("list-remove").view())
        .view()
}

/// The encodings, and which of them is in use.
fn encodings(current: &str) -> [AnyView; ENCODINGS.len()] {
    ENCODINGS.map(|name| choice(name.to_owned(), name.to_uppercase(), name == current))
}

/// Where a person says in which encoding a file is that was not taken.
fn untold_view(desk: Desk, making: Creation) -> AnyView {
    let decode = move |event: web_sys::Event| making.read_untold(event_target_value(&event));
    let none = choice(String::new(), String::new(), true);
    let select = el("select").id("list-untold").on("change", decode).child(none);
    labelled("list-untold", desk, words::ENCODING, select.children(encodings(""))).view()
}

fn labelled(id: &'static str, desk: Desk, label: Words, control: El) -> El {
    let label = el("label").attr("for", id).text(say(desk, label)).view();
    el("div").class("field").child(label).child(control.view())
}

fn choice(value: String, label: String, chosen: bool) -> AnyView {
    let option = el("option").attr("value", value).prop_flag("selected", move || chosen);
    option.text(fixed(label)).view()
}

/// How the text was read, and what can be said about it otherwise.
fn reading_view(desk: Desk, making: Creation) -> AnyView {
    let sheet = making.sheet.get();
    let language = desk.language.get();
    // What is drawn is the list as it was read, which follows each change of the text.
    if making.text.with_untracked(String::is_empty) {
        return nothing();
    }
    let part_by = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        let known = DELIMITERS.iter().zip(Delimiter::ALL).find(|((name, _), _)| *name == value);
        making.read_as(|choice| choice.delimiter = known.map(|(_, delimiter)| delimiter));
    };
    let delimiter = sheet.delimiter;
    let options = DELIMITERS.iter().zip(Delimiter::ALL).map(|((name, label), own)| {
        choice((*name).to_owned(), label.text(language).to_owned(), own == delimiter)
    });
    let headed = sheet.headed;
    let head = move |event: web_sys::Event| {
        let headed = event_target_checked(&event);
        making.read_as(|choice| choice.headed = Some(headed));
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
    let form = &making.operation.form;
    let readings = Readings::new(form, &Values::default(), 0);
    for problem in sheet.problems() {
        let class = if problem.stops() { "problem" } else { "notice" };
        let said = sentence(&problem, form, &readings, language);
        parts.push(paragraph(class, fixed(said)));
    }
    if sheet.again.is_some() {
        parts.push(done_too_view(desk, making));
    }
    if sheet.beyond {
        parts.push(paragraph("problem", say(desk, words::TOO_MANY_ROWS)));
    }
    let list = Known::of(making.operation).list().map(|place| place.label);
    let hint = list.filter(|_| sheet.may_be_list()).map(|label| {
        let said = desk.fill(words::MAY_BE_LIST, &[("label", label.text(language))]);
        el("p").id("list-may-be").class("notice").text(fixed(said)).view()
    });
    all([Some(actions(parts)), accepted_view(desk, &sheet), hint].into_iter().flatten().collect())
}

/// What was taken for a plain list though it is none, in one sentence.
fn accepted_view(desk: Desk, sheet: &Sheet) -> Option<AnyView> {
    let accepted = sheet.accepted;
    let counted =
        |says: Words, count: u32| (count > 0).then(|| desk.fill(says, &[("count", &count.to_string())]));
    let mark = |mark: char| match mark {
        ' ' => desk.fill(words::A_SPACE, &[]),
        _ => mark.to_string(),
    };
    let marks: Vec<_> = accepted.marks().map(mark).collect();
    let facts = [("marks", &*marks.join(" ")), ("count", &*accepted.places.to_string())];
    let said = |holds: bool, says: Words| holds.then(|| desk.fill(says, &[]));
    let parts = [
        (!marks.is_empty()).then(|| desk.fill(words::ACCEPTED_MARKS, &facts)),
        said(accepted.in_order, words::ACCEPTED_ORDER),
        counted(words::ACCEPTED_WIDENED, accepted.widened),
        counted(words::ACCEPTED_UNSEEN, accepted.unseen),
        said(accepted.mark, words::ACCEPTED_MARK),
        said(accepted.ends_differ(), words::ACCEPTED_ENDS),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    let what = parts.join(words::ACCEPTED_NEXT.text(desk.language.get()));
    let sentence = desk.fill(words::ACCEPTED, &[("what", &what)]);
    // A mark alone is how many programs write a list, this one included.
    let differs = parts.len() > usize::from(accepted.mark);
    differs.then(|| el("p").id("list-accepted").class("notice").text(fixed(sentence)).view())
}
