//! Texts with `{{name}}` in them: which of a recipe's they are, and what becomes of them in the first rows. Pure.

use super::Batch;
use super::recipe::Recipe;
use crate::domain::field::Role;
use crate::domain::intake::columns::Known;
use crate::domain::intake::{doubled, personal};
use crate::domain::operation::Targets;
use crate::domain::problem::{Fault, Problem};
use crate::domain::rows::{cell_of, field_at};
use crate::words::{Words, jobs as words};

/// A text as a row's request will have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Personal {
    /// The row.
    pub row: u32,
    /// Whom or what the row is about.
    pub about: String,
    /// What the text is called.
    pub label: Words,
    /// The text.
    pub text: String,
    /// The columns it names whose cells are empty in this row.
    pub empty: Vec<String>,
}

impl Recipe {
    /// What all rows share and no column fills in.
    pub(super) fn common(&self) -> impl Iterator<Item = (&str, &str)> {
        let list = match self.operation.targets {
            Targets::EntriesOf(list) => Some(list),
            Targets::One => None,
        };
        let of_list = move |name: &str| {
            list.is_some_and(|list| name == list.name || cell_of(list.name, name).is_some())
        };
        let mapped = |name: &str| self.places.iter().flatten().any(|place| place == name);
        self.shared.iter().filter(move |(name, _)| !of_list(name) && !mapped(name))
    }

    /// The texts that name columns, each with those columns.
    pub(super) fn personal(&self) -> impl Iterator<Item = (&str, Vec<usize>)> {
        self.common().filter_map(|(name, text)| {
            let asked = personal::asks(text);
            let column = |asked: &str| self.names.iter().position(|known| known == asked);
            (!asked.is_empty()).then(|| (name, asked.into_iter().filter_map(column).collect()))
        })
    }

    /// A stop for each text that names a column whose name another column has too: which of them is meant nobody can tell.
    fn ambiguous(&self) -> impl Iterator<Item = Problem> {
        self.common().filter_map(|(name, text)| {
            let called = |asked: &str| -> Vec<usize> {
                (0..).zip(&self.names).filter(|(_, known)| *known == asked).map(|(at, _)| at).collect()
            };
            let mut asked = personal::asks(text).into_iter().map(|asked| (asked, called(asked)));
            let (asked, columns) = asked.find(|(_, columns)| columns.len() > 1)?;
            let name = field_at(&self.operation.form, name).map_or("", |field| field.name);
            let facts = vec![
                ("name", format!("{{{{{asked}}}}}")),
                ("columns", doubled::listed(&self.names, &columns)),
            ];
            let fault = Fault::Said { code: "doubled_name", says: words::DOUBLED_NAME, facts };
            Some(Problem::stop(name, "JOB", fault))
        })
    }

    /// What is to be known of the columns, whatever the rows say.
    pub(super) fn of_columns(&self) -> Vec<Problem> {
        let known = Known::of(self.operation);
        let mut problems = doubled::doubled(&known, &self.names, &self.places);
        problems.extend(self.ambiguous());
        problems
    }

    /// Which of an entry's texts says whom or what it is about: the receiver, else the first that a column fills in.
    fn about(&self, batch: &Batch) -> Option<usize> {
        let role = |name: &String| field_at(&batch.operation.form, name).and_then(|field| field.role);
        let is_receiver = |name: &String| matches!(role(name), Some(Role::Receiver | Role::Receivers));
        let is_column = |name: &String| self.places.iter().flatten().any(|place| place == name);
        let names = || batch.names.iter();
        names().position(is_receiver).or_else(|| names().position(is_column))
    }

    /// The personalised texts of the first entries, from the function that makes the requests.
    pub fn first_texts(&self, batch: &Batch, entries: u32) -> Vec<Personal> {
        let texts: Vec<_> = self.personal().collect();
        let about = self.about(batch);
        let mut first = Vec::new();
        for item in 0..entries {
            let Some(entry) = batch.entry(item) else { break };
            let values = batch.texts(&[item], "0");
            for (name, columns) in &texts {
                let Some(field) = field_at(&batch.operation.form, name) else { continue };
                let empty = columns
                    .iter()
                    .filter(|column| entry.cells.get(**column).is_none_or(|it| it.trim().is_empty()));
                first.push(Personal {
                    row: entry.row,
                    about: about
                        .and_then(|at| entry.texts.get(at))
                        .map(|text| (*text).to_owned())
                        .unwrap_or_default(),
                    label: field.label,
                    text: values.get(name).to_owned(),
                    empty: empty.filter_map(|column| self.names.get(*column).cloned()).collect(),
                });
            }
        }
        first
    }
}
