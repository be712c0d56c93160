//! Cells of a column of choices that say one by what the desk calls it, in either language, or in another case. Pure.

use std::borrow::Cow;

use crate::domain::field::{Choice, Field, Kind};
use crate::domain::problem::{Fault, Problem};
use crate::domain::tidy::tidy;
use crate::words::{Language, Words, fault, jobs as words};

/// A choice by its value on the wire and its label.
type Named = (&'static str, Words);

/// What can be chosen there, if that is a few values.
fn choices(field: &'static Field) -> Vec<Named> {
    let named = |choice: &'static Choice| (choice.value, choice.label);
    match &field.kind {
        Kind::Choice(choices) | Kind::Word(choices) => choices.iter().map(named).collect(),
        Kind::Flag => vec![("true", fault::ON), ("false", fault::OFF)],
        _ => Vec::new(),
    }
}

/// Text as it is compared.
fn folded(text: &str) -> String {
    tidy(text).to_lowercase()
}

/// The value that a cell means which is none itself; none where it could be two, or is no choice's name.
fn meant(field: &'static Field, cell: &str) -> Option<&'static str> {
    if cell.is_empty() {
        return None;
    }
    let (own, all) = (tidy(cell), choices(field));
    if own.is_empty() || all.iter().any(|(value, _)| *value == own) {
        return None;
    }
    let said = own.to_lowercase();
    let says = |(value, label): &Named| {
        let languages = [Language::Chinese, Language::English];
        folded(value) == said || languages.iter().any(|language| folded(label.text(*language)) == said)
    };
    let mut found = all.iter().filter(|named| says(named)).map(|(value, _)| *value);
    found.next().filter(|_| found.next().is_none())
}

/// Which names were read as which values, field by field.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    /// The columns of choices, with their fields.
    columns: Vec<(usize, &'static Field)>,
    /// The names that were read, each once, with the field and the value.
    seen: Vec<(&'static Field, String, &'static str)>,
}

impl Spelled {
    /// Of these columns those with choices.
    pub(super) fn of(columns: impl Iterator<Item = (usize, &'static Field)>) -> Self {
        Self { columns: columns.filter(|(_, field)| field.kind.is_choice()).collect(), seen: Vec::new() }
    }

    /// A cell of a column as the cloud wants it.
    pub(super) fn wire<'a>(&self, column: usize, cell: &'a str) -> Cow<'a, str> {
        let field = self.columns.iter().find(|(own, _)| *own == column);
        Cow::Borrowed(field.and_then(|(_, field)| meant(field, cell)).unwrap_or(cell))
    }

    /// Notes what a row says by a name.
    pub(super) fn note<'a>(&mut self, cell: impl Fn(usize) -> &'a str) {
        for (column, field) in &self.columns {
            let Some(value) = meant(field, cell(*column)) else { continue };
            let name = tidy(cell(*column));
            if !self.seen.iter().any(|(own, known, _)| own.name == field.name && *known == name) {
                self.seen.push((field, name, value));
            }
        }
    }

    /// What is to be said of it, for each field.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let of = |(_, field): &(usize, &'static Field)| {
            let own = self.seen.iter().filter(|(own, ..)| own.name == field.name);
            let read: Vec<_> = own.map(|(_, name, value)| format!("“{name}” → {value}")).collect();
            let facts = vec![("read", read.join(", "))];
            let fault = Fault::Said { code: "read_by_name", says: words::READ_BY_NAME, facts };
            (!read.is_empty()).then(|| Problem::warn(field.name, field.rule, fault))
        };
        self.columns.iter().filter_map(of).collect()
    }
}
