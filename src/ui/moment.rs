//! A moment chosen from a calendar, beside the digits that are sent.

use leptos::prelude::*;

use super::browser;
use super::desk::Desk;
use super::el::{derived, el};
use super::form_state::Cell;
use super::parts::say;
use crate::domain::field::{Field, Kind};
use crate::words::desk as words;

/// How many of a field's units are one second: milliseconds, or seconds.
fn per_second(field: &Field) -> i64 {
    if matches!(field.kind, Kind::Seconds) { 1 } else { 1_000 }
}

/// A calendar for a field that holds a time; it shows and sets what stands in the field.
pub(crate) fn calendar(desk: Desk, cell: Cell, id: &str) -> AnyView {
    let id = format!("{id}-calendar");
    let unit = per_second(cell.field);
    let shown = derived(move || {
        let milliseconds =
            cell.text.with(|text| text.trim().parse::<i64>().ok()).map(|time| time * 1_000 / unit);
        milliseconds.and_then(browser::local_moment).unwrap_or_default()
    });
    let choose = move |event: web_sys::Event| {
        if let Some(milliseconds) = browser::moment_of_local(&event_target_value(&event)) {
            cell.text.set((milliseconds * unit / 1_000).to_string());
            cell.shown.set(true);
        }
    };
    let input = el("input")
        .id(id.clone())
        .attr("type", "datetime-local")
        .attr("step", "1")
        .prop_text("value", shown)
        .on("change", choose);
    let label = el("label").class("hint").attr("for", id).text(say(desk, words::CALENDAR)).view();
    el("div").class("calendar").child(label).child(input.view()).view()
}
