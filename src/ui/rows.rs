//! A list of objects on a form: one card per row, moved and removed by buttons; the whole list as raw JSON behind it.

use leptos::prelude::*;

use super::browser;
use super::desk::Desk;
use super::el::{all, derived, el};
use super::field::{field_view, typed_into};
use super::form_state::{Cell, FormState};
use super::parts::{Button, actions, say};
use crate::domain::field::Choice;
use crate::domain::rows::Rows;
use crate::words::{Words, desk as words};

/// The rows of a list, with the button that adds one.
pub(crate) fn rows_view(
    desk: Desk,
    state: FormState,
    cell: Cell,
    rows: &'static Rows,
    id: String,
) -> AnyView {
    let list_id = id.clone();
    let list = move || {
        let forms = cell.rows.get();
        let last = forms.len().saturating_sub(1);
        let row = |(at, form)| row_view(desk, cell, rows, &list_id, form, (at, last));
        all(forms.into_iter().enumerate().map(row).collect())
    };
    let add = move || {
        let row = state.new_row(cell, rows);
        cell.rows.update(|rows| rows.push(row));
        browser::focus_inside_soon(row.first_control());
    };
    let raw = el("textarea")
        .id(format!("{id}-raw"))
        .attr_live("name", state.wire_name(cell.field))
        .attr_live(
            "aria-label",
            Signal::derive(move || Some(words::RAW_JSON.text(desk.language.get()).to_owned())),
        )
        .class("code")
        .attr("rows", "4")
        .attr("spellcheck", "false");
    let raw = el("details")
        .class("raw")
        .child(el("summary").text(say(desk, words::RAW_JSON)).view())
        .child(el("p").class("hint").text(say(desk, words::RAW_JSON_HINT)).view())
        .child(typed_into(raw, cell).view());
    el("div")
        .class("rows")
        .id(id)
        .attr("tabindex", "-1")
        .live(list)
        .child(actions(vec![Button::new("button", say(desk, rows.add), add).view()]))
        .child(raw.view())
        .view()
}

fn row_view(
    desk: Desk,
    cell: Cell,
    rows: &'static Rows,
    list_id: &str,
    form: FormState,
    (at, last): (usize, usize),
) -> AnyView {
    let title = derived(move || desk.fill(rows.title, &[("number", &(at + 1).to_string())]));
    let fields = rows.form.fields().filter_map(|field| form.cell(field.name));
    let fields = el("div").class("fields").children(fields.map(|inner| field_view(desk, form, inner))).view();
    let button = |name: &'static str, label: Words, waits: bool, does: fn(&mut Vec<FormState>, usize)| {
        let spoken = derived(move || format!("{} {}", title.get(), label.text(desk.language.get())));
        let place = format!("{}-{name}", form.id);
        // The rows are drawn anew: the focus goes back to the same button of the same row, or to the list.
        let focus = if name == "remove" { list_id.to_owned() } else { place.clone() };
        let act = move || {
            if !waits {
                cell.rows.update(|rows| does(rows, at));
                browser::focus_inside_soon(focus.clone());
            }
        };
        let button = Button::new("quiet", say(desk, label), act).waits(move || waits);
        el("span").id(place).child(Button { spoken: Some(spoken), ..button }.view()).view()
    };
    let buttons = [
        button("up", words::ROW_UP, at == 0, |rows, at| rows.swap(at, at.saturating_sub(1))),
        button("down", words::ROW_DOWN, at == last, |rows, at| rows.swap(at, at + 1)),
        button("remove", words::ROW_REMOVE, false, |rows, at| {
            rows.remove(at);
        }),
    ];
    el("fieldset")
        .class("row")
        .child(el("legend").text(title).view())
        .child(el("div").class("row-buttons").children(buttons).view())
        .child(fields)
        .view()
}

/// Any of several choices, each with its box.
pub(crate) fn boxes(desk: Desk, cell: Cell, choices: &'static [Choice]) -> AnyView {
    let chosen = move |value: &str| cell.text.with(|text| text.lines().any(|line| line == value));
    let line = move |choice: &'static Choice| {
        let toggle = move |_| {
            let now: Vec<&str> = choices
                .iter()
                .map(|known| known.value)
                .filter(|known| untrack(|| chosen(known)) != (*known == choice.value))
                .collect();
            cell.text.set(now.join("\n"));
            cell.shown.set(true);
        };
        let input = el("input")
            .attr("type", "checkbox")
            .attr("name", cell.field.name)
            .attr("value", choice.value)
            .prop_flag("checked", move || chosen(choice.value))
            .on("change", toggle);
        let note = choice.note.map(|note| el("small").text(say(desk, note)).view());
        let label = el("label").class("choice").child(input.view());
        label.child(el("span").text(say(desk, choice.label)).view()).children(note).view()
    };
    all(choices.iter().map(line).collect())
}
