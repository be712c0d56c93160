//! Five rows of the list, and above each column what it means.

use leptos::prelude::*;

use super::creation::Creation;
use super::slices::soon;
use crate::domain::draft::Values;
use crate::domain::intake::Sheet;
use crate::domain::intake::columns::{Known, Place};
use crate::domain::intake::doubled::{doubled, named};
use crate::domain::problem::Problem;
use crate::domain::sentence::sentence;
use crate::domain::validation::Readings;
use crate::ui::desk::Desk;
use crate::ui::el::{El, all, derived, el, fixed, live, nothing};
use crate::ui::parts::{card, heading, paragraph, say};
use crate::words::jobs as words;

const ROWS: usize = 5;
/// So many columns are shown; more can be named in the first row.
const COLUMNS: usize = 30;

/// The columns and what they mean.
pub(super) fn mapping_view(desk: Desk, making: Creation) -> AnyView {
    let sheet = making.sheet.get();
    if sheet.table.is_empty() {
        return nothing();
    }
    let shown = sheet.clone();
    card(vec![
        heading(desk, words::COLUMNS),
        paragraph("hint", say(desk, words::COLUMNS_HINT)),
        live(move || doubled_view(desk, making, &sheet)),
        soon(move || table_view(desk, making, &shown)),
    ])
}

/// Which columns mean the same.
fn doubled_view(desk: Desk, making: Creation, sheet: &Sheet) -> AnyView {
    let known = Known::of(making.operation);
    let form = &making.operation.form;
    let readings = Readings::new(form, &Values::default(), 0);
    let language = desk.language.get();
    let said = |problem: &Problem| paragraph("notice", fixed(sentence(problem, form, &readings, language)));
    making.places.with(|places| all(doubled(&known, &sheet.names, places).iter().map(said).collect()))
}

fn table_view(desk: Desk, making: Creation, sheet: &Sheet) -> AnyView {
    let places = making.places.get_untracked();
    let known = Known::of(making.operation);
    let language = desk.language.get();
    let option = |value: String, label: String, chosen: bool| {
        let option = el("option").attr("value", value).text(fixed(label));
        if chosen { option.attr("selected", "") } else { option }.view()
    };
    let column = |(at, name): (usize, &String)| {
        let current = places.get(at).cloned().flatten();
        let entry = |place: &Place| {
            let label = format!("{} ({})", place.label.text(language), place.name);
            option(place.name.clone(), label, current.as_ref() == Some(&place.name))
        };
        let unused = option(String::new(), words::COLUMN_UNUSED.text(language).to_owned(), current.is_none());
        let own = name.clone();
        let choose = move |event: web_sys::Event| {
            let value = event_target_value(&event);
            making.choose(at, own.clone(), (!value.is_empty()).then_some(value));
        };
        // What is said of another column may take a place from this one.
        let meaning =
            move || making.places.with(|places| places.get(at).cloned().flatten().unwrap_or_default());
        let shown = named(&sheet.names, at);
        let label = desk.fill(words::COLUMN_MEANS, &[("name", &shown)]);
        let select = el("select")
            .attr("data-column", at.to_string())
            .attr("aria-label", label)
            .prop_text("value", derived(meaning))
            .on("change", choose)
            .child(unused)
            .children(known.places().iter().map(entry));
        el("th").attr("scope", "col").text(fixed(shown)).child(select.view()).view()
    };
    let cell = |text: &str| el("td").class("id").text(fixed(text)).view();
    let row = |row: usize| {
        let number = el("th").attr("scope", "row").text(fixed(sheet.table.number(row).to_string())).view();
        let cells = sheet.table.row(row).into_iter().take(COLUMNS).map(cell).collect::<Vec<_>>();
        El::view(el("tr").child(number).children(cells))
    };
    let head = el("tr")
        .child(el("th").attr("scope", "col").text(say(desk, words::ROW)).view())
        .children(sheet.names.iter().enumerate().take(COLUMNS).map(column));
    let rows = (0..sheet.table.len().min(ROWS)).map(row);
    let table =
        el("table").child(el("thead").child(head.view()).view()).child(el("tbody").children(rows).view());
    let label = words::COLUMNS.text(language);
    let region = el("div").class("table").id("list-columns").attr("role", "region").attr("tabindex", "0");
    region.attr("aria-label", label).child(table.view()).view()
}
