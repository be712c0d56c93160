//! A field that is a list of objects, each filled in by a form of its own: the elements of a message, the items of a batch. Pure.
//!
//! On the wire and in [`Values`] one cell is named by the list, its row from 0 and the row's own field:
//! `MsgBody.0.MsgContent.Text`. The list as a whole may be given as raw JSON instead, under the list's own name.

use super::draft::Values;
use super::field::{Field, Items, Kind, Severity};
use super::form::Form;
use super::json::{Json, Object};
use super::problem::{Fault, Problem};
use super::reading::{Reading, Value};
use super::validation::check;
use crate::words::Words;

/// What a row of a list is.
#[derive(Debug)]
pub struct Rows {
    /// What is filled in per row; its fields' names are relative to the row.
    pub form: &'static Form,
    /// What people call one row, with its `{number}` from 1.
    pub title: Words,
    /// The button that adds one.
    pub add: Words,
}

/// The texts of the rows of `list`, in order; a gap in the numbers is closed.
pub fn rows_of(list: &str, values: &Values) -> Vec<Values> {
    let mut rows: Vec<(usize, Values)> = Vec::new();
    for (name, text) in values.iter() {
        let Some((number, cell)) = cell_of(list, name) else { continue };
        match rows.iter_mut().find(|(known, _)| *known == number) {
            Some((_, row)) => row.set(cell, text),
            None => rows.push((number, [(cell, text)].into_iter().collect())),
        }
    }
    rows.sort_by_key(|(number, _)| *number);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The row and the cell that a name such as `MsgBody.0.MsgType` means in `list`.
pub fn cell_of<'a>(list: &str, name: &'a str) -> Option<(usize, &'a str)> {
    let (number, cell) = name.strip_prefix(list)?.strip_prefix('.')?.split_once('.')?;
    Some((number.parse().ok()?, cell))
}

/// The name of a cell.
pub fn cell_name(list: &str, row: usize, cell: &str) -> String {
    format!("{list}.{row}.{cell}")
}

/// Reads a list of objects from its rows, or from raw JSON.
pub fn read_rows(field: &'static Field, rows: &'static Rows, values: &Values, now: i64) -> Reading {
    let raw = values.get(field.name).trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let filled: Vec<Values> = rows_of(field.name, values);
    let filled: Vec<Values> =
        filled.into_iter().filter(|row| row.iter().any(|(_, text)| !text.trim().is_empty())).collect();
    if !raw.is_empty() {
        if !filled.is_empty() {
            let problem = Problem::stop(field.name, field.rule, Fault::RowsAndRaw);
            return Reading { text: raw.to_owned(), value: None, problems: vec![problem] };
        }
        return read_raw(field, rows, raw, now);
    }
    if filled.is_empty() {
        return Reading { text: String::new(), value: None, problems: Vec::new() };
    }
    let mut problems = Vec::new();
    let mut items = Vec::new();
    for (number, row) in filled.iter().enumerate() {
        let checked = check(rows.form, row, now);
        items.push(Json::Object(checked.readings.body().unwrap_or_default()));
        problems.extend(checked.problems.into_iter().map(|problem| placed(problem, field, number)));
    }
    let list = Json::List(items);
    let text = list.to_string();
    let value = (!problems.iter().any(Problem::stops)).then_some(Value::Json(list));
    Reading { text, value, problems }
}

fn placed(problem: Problem, field: &Field, row: usize) -> Problem {
    Problem { field: cell_name(field.name, row, &problem.field).into(), ..problem }
}

/// Raw JSON is sent as it stands. What the desk knows of it is judged; what it does not know is said and kept.
fn read_raw(field: &'static Field, rows: &'static Rows, raw: &str, now: i64) -> Reading {
    let refused = |fault| Reading {
        text: raw.to_owned(),
        value: None,
        problems: vec![Problem::stop(field.name, field.rule, fault)],
    };
    let list = match Json::parse(raw) {
        Ok(list) => list,
        Err(place) => {
            return refused(Fault::NotJson {
                line: place.line,
                column: place.column,
                wide_marks: raw.contains(['“', '”', '‘', '’', '，', '：']),
            });
        }
    };
    let objects = |items: &&[Json]| !items.is_empty() && items.iter().all(|item| item.as_object().is_some());
    let Some(items) = list.as_list().filter(objects) else {
        return refused(Fault::NotAListOfObjects);
    };
    let mut problems = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let known = check(rows.form, &flatten(rows.form, item), now).problems;
        problems.extend(known.into_iter().map(|problem| {
            let softened = matches!(
                problem.fault,
                Fault::UnknownField { .. } | Fault::NotAChoice { .. } | Fault::DoesNotApply { .. }
            );
            let severity = if softened { Severity::Warns } else { problem.severity };
            Problem { severity, field: field.name.into(), ..placed(problem, field, number) }
        }));
    }
    let value = (!problems.iter().any(Problem::stops)).then(|| Value::Json(list.clone()));
    Reading { text: raw.to_owned(), value, problems }
}

/// The texts that fill a row from an object. A name no field has is kept under its own path, so that it is noticed.
pub fn flatten(form: &'static Form, item: &Json) -> Values {
    let mut values = Values::new();
    if let Some(object) = item.as_object() {
        flatten_into(&mut values, form, "", object);
    }
    values
}

fn flatten_into(values: &mut Values, form: &'static Form, prefix: &str, object: &Object) {
    for (name, value) in object.iter() {
        let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
        match (form.field(&path), value) {
            (None, Json::Object(inner)) => flatten_into(values, form, &path, inner),
            (Some(field), Json::List(items)) if matches!(field.kind, Kind::Rows(_)) => {
                let Kind::Rows(rows) = &field.kind else { continue };
                for (number, item) in items.iter().enumerate() {
                    for (cell, text) in flatten(rows.form, item).iter() {
                        values.set(&cell_name(&path, number, cell), text);
                    }
                }
            }
            (_, value) => values.set(&path, as_text(value)),
        }
    }
}

/// A JSON value as a person would type it.
fn as_text(value: &Json) -> String {
    match value {
        Json::Text(text) | Json::Number(text) => text.clone(),
        Json::List(items) => items
            .iter()
            .map(|item| item.as_exact_text().map_or_else(|| item.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join("\n"),
        other => other.to_string(),
    }
}

/// The field a name means, in lists of objects too.
pub fn field_at(form: &Form, name: &str) -> Option<&'static Field> {
    form.field(name).or_else(|| {
        form.fields().find_map(|field| match &field.kind {
            Kind::Rows(rows) => field_at(rows.form, cell_of(field.name, name)?.1),
            _ => None,
        })
    })
}

/// The texts that fill `list` so that exactly `json` is sent: cell by cell when that loses nothing, else as raw JSON.
pub fn fill(list: &'static Field, json: &Json, now: i64) -> Values {
    let mut values = Values::new();
    if let (Kind::Rows(rows), Some(items)) = (&list.kind, json.as_list()) {
        for (number, item) in items.iter().enumerate() {
            for (cell, text) in flatten(rows.form, item).iter() {
                values.set(&cell_name(list.name, number, cell), text);
            }
        }
        let reading = read_rows(list, rows, &values, now);
        let known =
            !reading.problems.iter().any(|problem| matches!(problem.fault, Fault::UnknownField { .. }));
        if known && same(&reading.text, json) {
            return values;
        }
    }
    [(list.name, json.to_string())].into_iter().collect()
}

/// Whether a text is this JSON, whatever the order of its members.
fn same(text: &str, json: &Json) -> bool {
    Json::parse(text).is_ok_and(|read| sorted(&read) == sorted(json))
}

fn sorted(json: &Json) -> Json {
    match json {
        Json::Object(object) => {
            let mut members: Vec<_> =
                object.iter().map(|(name, value)| (name.to_owned(), sorted(value))).collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            let mut object = Object::default();
            for (name, value) in members {
                object.insert(name, value);
            }
            Json::Object(object)
        }
        Json::List(items) => Json::List(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

/// The items of a list of ids, as they travel.
pub(super) fn items_json(items: &[String], form: Items) -> Json {
    let named = |name: &str, item: &String| {
        let mut object = Object::default();
        object.insert(name.to_owned(), Json::Number(item.clone()));
        Json::Object(object)
    };
    match form {
        Items::Texts | Items::Lines => Json::List(items.iter().cloned().map(Json::Text).collect()),
        Items::Numbers(name) => Json::List(items.iter().map(|item| named(name, item)).collect()),
        Items::Commas => Json::Text(items.join(",")),
        Items::JsonText => Json::Text(items_json(items, Items::Texts).to_string()),
    }
}
