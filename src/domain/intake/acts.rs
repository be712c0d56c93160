//! Acts whose texts are known already, as a list like those that people bring: it is read, judged and planned as theirs are. Pure.

use std::fmt::Write;

use crate::domain::draft::{Draft, Values};
use crate::domain::field::Field;
use crate::domain::operation::Operation;
use crate::domain::problem::Fault;
use crate::domain::rows::field_at;

/// Acts of one operation as a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The choices that all of them make alike: a person may want them otherwise, so they belong into the form.
    pub shared: Values,
    /// The names of all else, and a row for each act. Commas part its cells, and each of them is quoted.
    pub text: String,
}

impl Listed {
    /// The list of these acts.
    pub fn of(operation: &Operation, acts: &[Values]) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for (name, text) in acts.iter().flat_map(Values::iter) {
            if !text.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        let first = |name: &str| acts.first().map_or("", |first| first.get(name));
        let is_shared = |name: &&str| {
            operation.form.field(name).is_some_and(|field| field.kind.is_choice())
                && acts.iter().all(|act| act.get(name) == first(name))
        };
        let (shared, names): (Vec<_>, Vec<_>) = names.into_iter().partition(is_shared);
        let shared = shared.into_iter().map(|name| (name, first(name))).collect();
        let mut text = String::new();
        line(&mut text, names.iter().copied());
        acts.iter().for_each(|act| line(&mut text, names.iter().map(|name| act.get(name))));
        Self { shared, text }
    }
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
