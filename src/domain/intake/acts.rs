//! Acts whose texts are known already, as a list like those that people bring: it is read, judged and planned as theirs are. Pure.

use std::fmt::Write;

use crate::domain::draft::{Draft, Values};
use crate::domain::field::{Field, Kind};
use crate::domain::operation::{Operation, Targets};
use crate::domain::problem::Fault;
use crate::domain::rows::field_at;

/// Acts of one operation as a list.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The choices that all of them make alike, and the content that all of them have: a person may want them otherwise, so they belong
    /// into the form.
    pub shared: Values,
    /// The names of all else, and a row for each act. Commas part its cells, and each of them is quoted. Content of which each has its
    /// own is left out: what is to stand in its place is for a person to say.
    pub text: String,
    /// That content.
    pub own: Vec<&'static Field>,
    /// What the first row says.
    pub first: Values,
}

impl Listed {
    /// The list of these acts.
    pub fn of(operation: &'static Operation, acts: &[Values]) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for (name, text) in acts.iter().flat_map(Values::iter) {
            if !text.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        let first = |name: &str| acts.first().map_or("", |first| first.get(name));
        let field = |name: &str| operation.form.field(name);
        let is_content = |name: &str| field(name).is_some_and(|field| is_content(operation, field));
        let is_shared = |name: &&str| {
            (is_content(name) || field(name).is_some_and(|field| field.kind.is_choice()))
                && acts.iter().all(|act| act.get(name) == first(name))
        };
        let (shared, mut names): (Vec<_>, Vec<_>) = names.into_iter().partition(is_shared);
        let own = names.iter().filter(|name| is_content(name)).filter_map(|name| field(name)).collect();
        names.retain(|name| !is_content(name));
        let shared = shared.into_iter().map(|name| (name, first(name))).collect();
        let mut text = String::new();
        line(&mut text, names.iter().copied());
        acts.iter().for_each(|act| line(&mut text, names.iter().map(|name| act.get(name))));
        let first = names.iter().map(|name| (*name, first(name))).collect();
        Self { shared, text, own, first }
    }
}

/// Whether a field is what a message says, and not which message is meant.
fn is_content(operation: &Operation, field: &Field) -> bool {
    let is_list = matches!(operation.targets, Targets::EntriesOf(list) if list.name == field.name);
    !is_list && matches!(field.kind, Kind::Text(_) | Kind::JsonObject | Kind::JsonText(_) | Kind::Rows(_))
}

/// The fields that nobody has filled in and that this act cannot do without; `now` is milliseconds since 1970.
pub fn lacks(operation: &'static Operation, values: Values, now: i64) -> Vec<&'static Field> {
    let checked = Draft { operation, values }.check(now);
    let missing = checked.stops().filter(|problem| matches!(problem.fault, Fault::Required));
    missing.filter_map(|problem| field_at(&operation.form, &problem.field)).collect()
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        // Writing text into memory cannot fail.
        let _ = write!(text, "{comma}\"{}\"", cell.replace('"', "\"\""));
    }
    text.push('\n');
}
