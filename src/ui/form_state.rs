//! A form while it is being filled in: one signal per field, everything else derived.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::held::{Held, Made};
use crate::domain::draft::Values;
use crate::domain::field::{Field, Initial, Kind};
use crate::domain::form::Form;
use crate::domain::message::Message;
use crate::domain::problem::Problem;
use crate::domain::rows::{Rows, cell_name, cell_of, rows_of};
use crate::domain::sentence;
use crate::domain::validation::{Checked, check};
use crate::words::Language;

/// One field of a form.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    /// What it is.
    pub(crate) field: &'static Field,
    /// What was typed.
    pub(crate) text: Held<String>,
    /// Whether its problems are shown: after it was changed and left, or after a submit.
    pub(crate) shown: Held<bool>,
    /// The rows of a list of objects, each a form of its own.
    pub(crate) rows: Held<Vec<FormState>>,
}

impl Cell {
    fn new(field: &'static Field) -> Self {
        Self {
            field,
            text: Held::new(first_text(field)),
            shown: Held::new(false),
            rows: Held::new(Vec::new()),
        }
    }

    fn reset(self) {
        self.text.set(first_text(self.field));
        self.shown.set(false);
        self.rows.set(Vec::new());
    }

    /// Empties it, its rows too.
    pub(crate) fn empty(self) {
        self.text.set(String::new());
        self.rows.set(Vec::new());
    }

    /// Whether it holds what a new form holds.
    fn is_untouched(self) -> bool {
        let first = matches!(self.field.initial, Some(Initial::Drawn | Initial::Ago(_)));
        (first || self.text.with(|text| text == self.field.initial_text())) && self.rows.with(Vec::is_empty)
    }
}

/// What a new form starts with.
fn first_text(field: &Field) -> String {
    match field.initial {
        Some(Initial::Drawn) => browser::random_decimal(),
        Some(Initial::Ago(milliseconds)) => {
            let unit = if matches!(field.kind, Kind::Seconds) { 1_000 } else { 1 };
            ((browser::now() - milliseconds) / unit).to_string()
        }
        Some(Initial::Text(_)) | None => field.initial_text().to_owned(),
    }
}

/// A problem or a notice as it is shown.
#[derive(Clone, PartialEq)]
pub(crate) struct Line {
    /// The field's name.
    pub(crate) field: String,
    /// The rule it comes from.
    pub(crate) rule: &'static str,
    /// Whether it stops.
    pub(crate) stops: bool,
    /// The sentence.
    pub(crate) said: String,
}

/// A form while it is being filled in. It lives as long as the page.
pub(crate) type FormState = &'static Filling;

/// The state of a form.
pub(crate) struct Filling {
    /// The operation's id, or the connection's.
    pub(crate) id: &'static str,
    /// What is filled in.
    pub(crate) form: &'static Form,
    /// The verdict on what stands there now.
    pub(crate) checked: Made<Arc<Checked>>,
    /// Whether the summary of problems is shown.
    pub(crate) submitted: Held<bool>,
    /// What stood there before it was cleared.
    pub(crate) cleared: Held<Option<Values>>,
    /// What stood there when a job was made of it: leaving loses nothing of that.
    in_a_job: Held<Option<Values>>,
    /// The message it is about, when it was found or pasted.
    pub(crate) about: Held<Option<Arc<Message>>>,
    /// What several requests differ in, when the form stands for several messages: one set of texts per request.
    pub(crate) several: Held<Vec<Values>>,
    /// What stands before its fields' names on the wire: empty, or the list and the row this form is.
    pub(crate) path: Signal<String>,
    clock: Held<i64>,
    owner: Owner,
    cells: &'static [Cell],
}

impl Filling {
    /// An empty form; `clock` is milliseconds since 1970 and is followed.
    pub(crate) fn open(id: &'static str, form: &'static Form, clock: Held<i64>) -> FormState {
        Self::open_at(id, form, clock, Signal::stored(String::new()))
    }

    fn open_at(id: &'static str, form: &'static Form, clock: Held<i64>, path: Signal<String>) -> FormState {
        let cells: Vec<Cell> = form.fields().map(Cell::new).collect();
        let cells: &'static [Cell] = Vec::leak(cells);
        let checked = Made::new(
            move || Arc::new(check(form, &typed(cells), clock.get())),
            // A new verdict is always news: it was made because something it reads has changed.
            |_, _| false,
        );
        Box::leak(Box::new(Self {
            id,
            form,
            checked,
            submitted: Held::new(false),
            cleared: Held::new(None),
            in_a_job: Held::new(None),
            about: Held::new(None),
            several: Held::new(Vec::new()),
            path,
            clock,
            owner: Owner::current().unwrap_or_default(),
            cells,
        }))
    }

    /// A new row of the list at `cell`, not put in yet.
    pub(crate) fn new_row(&self, cell: Cell, rows: &'static Rows) -> FormState {
        let id = format!("{}-{}-{}", self.id, cell.field.name, browser::random_decimal());
        // A row lives as long as its form, whatever page it was filled from.
        self.owner.with(|| {
            let place = Held::new(None::<FormState>);
            let above = self.path;
            let path = Signal::derive(move || {
                let number = cell.rows.with(|rows| {
                    place.with(|own| {
                        rows.iter().position(|row| own.is_some_and(|own| std::ptr::eq(*row, own)))
                    })
                });
                format!("{}{}", above.get(), cell_name(cell.field.name, number.unwrap_or_default(), ""))
            });
            let row = Self::open_at(String::leak(id), rows.form, self.clock, path);
            place.set(Some(row));
            row
        })
    }

    /// Everything that is typed, read as it is at this moment and followed.
    pub(crate) fn values(&self) -> Values {
        typed(self.cells)
    }

    /// The field of this name.
    pub(crate) fn cell(&self, name: &str) -> Option<Cell> {
        self.cells.iter().copied().find(|cell| cell.field.name == name)
    }

    /// The element id of its first control.
    pub(crate) fn first_control(&self) -> String {
        self.cells.first().map_or_else(String::new, |cell| self.control_id(cell.field))
    }

    /// The name of a field's control: its place on the wire.
    pub(crate) fn wire_name(&self, field: &'static Field) -> Signal<Option<String>> {
        let path = self.path;
        Signal::derive(move || Some(format!("{}{}", path.get(), field.name)))
    }

    /// The element id of a field's control.
    pub(crate) fn control_id(&self, field: &Field) -> String {
        format!("{}-{}", self.id, field.name)
    }

    /// Puts texts into a form that is otherwise as new; nothing is submitted, and what stood there can be had back.
    pub(crate) fn fill<'a>(&self, texts: impl Iterator<Item = (&'a str, &'a str)>) {
        self.clear();
        self.put(&texts.collect());
    }

    /// Puts texts into their fields and rows; the rest stays as it is.
    pub(crate) fn put(&self, values: &Values) {
        for cell in self.cells {
            let text = values.get(cell.field.name);
            if !text.is_empty() {
                cell.text.set(text.to_owned());
            }
            if let Kind::Rows(rows) = &cell.field.kind {
                let texts = rows_of(cell.field.name, values);
                let filled = texts.iter().map(|texts| {
                    let row = self.new_row(*cell, rows);
                    row.put(texts);
                    row
                });
                let filled: Vec<FormState> = filled.collect();
                if !filled.is_empty() {
                    cell.rows.set(filled);
                }
            }
        }
    }

    /// Clears the form; what stood there can be had back.
    pub(crate) fn clear(&self) {
        self.cleared.set((!self.is_untouched()).then(|| untrack(|| self.values())));
        self.reset();
    }

    /// Takes a clearing back.
    pub(crate) fn restore(&self) {
        if let Some(values) = self.cleared.get_untracked() {
            self.fill(values.iter());
            self.cleared.set(None);
        }
    }

    fn reset(&self) {
        self.submitted.set(false);
        self.about.set(None);
        self.several.set(Vec::new());
        for cell in self.cells {
            cell.reset();
        }
    }

    /// Draws the random numbers anew: the next act is another one.
    pub(crate) fn draw(&self) {
        for cell in self.cells.iter().filter(|cell| cell.field.initial == Some(Initial::Drawn)) {
            cell.text.set(first_text(cell.field));
        }
    }

    /// Shows every problem; gives back whether nothing stops.
    pub(crate) fn submit(&self) -> bool {
        self.show();
        self.submitted.set(true);
        self.cleared.set(None);
        self.checked.with_untracked(|checked| checked.stops().next().is_none())
    }

    /// Shows the problems of every field, in rows too.
    fn show(&self) {
        for cell in self.cells {
            cell.shown.set(true);
            cell.rows.with_untracked(|rows| rows.iter().for_each(|row| row.show()));
        }
    }

    /// Whether a problem at the field stops the act; followed.
    pub(crate) fn stops_at(&self, field: &'static Field) -> bool {
        self.checked.with(|checked| checked.stops().any(|problem| problem.field == field.name))
    }

    /// The problems that `wanted` picks, as they are said in the language of the moment. They are made anew only when they
    /// say something else, so that what shows them keeps its focus and is not announced again.
    pub(crate) fn lines(
        &'static self,
        language: Held<Language>,
        wanted: fn(&Problem, &str) -> bool,
        field: &'static str,
    ) -> Made<Vec<Line>> {
        let lines = move || {
            self.checked.with(|checked| {
                let line = |problem: &Problem| Line {
                    field: problem.field.to_string(),
                    rule: problem.rule,
                    stops: problem.stops(),
                    said: sentence::sentence(problem, self.form, &checked.readings, language.get()),
                };
                checked.problems.iter().filter(|problem| wanted(problem, field)).map(line).collect()
            })
        };
        Made::new(lines, Vec::eq)
    }

    /// Whether the several messages the form stands for say this themselves; followed.
    pub(crate) fn differs(&self, field: &'static Field) -> bool {
        self.several.with(|several| {
            several.first().is_some_and(|first| {
                first.iter().any(|(name, _)| name == field.name || cell_of(field.name, name).is_some())
            })
        })
    }

    /// Whether everything is as in a new form.
    pub(crate) fn is_untouched(&self) -> bool {
        untrack(|| self.cells.iter().all(|cell| cell.is_untouched()))
    }

    /// A job was made of what stands there.
    pub(crate) fn keep_in_a_job(&self) {
        self.in_a_job.set(Some(untrack(|| self.values())));
    }

    /// Whether leaving would lose something that stands there.
    pub(crate) fn is_unsaved(&self) -> bool {
        let kept = self.in_a_job.with_untracked(|kept| *kept == Some(untrack(|| self.values())));
        !kept && !self.is_untouched()
    }

    /// Moves the focus to a field, opening the group it is folded into.
    pub(crate) fn focus(&self, field: &str) {
        if let Some(cell) = self.cell(field) {
            let id = self.control_id(cell.field);
            browser::unfold_around(&id);
            browser::focus_control(&id);
        }
        for cell in self.cells {
            if let Some((number, inner)) = cell_of(cell.field.name, field) {
                cell.rows.with_untracked(|rows| {
                    if let Some(row) = rows.get(number) {
                        row.focus(inner);
                    }
                });
            }
        }
    }
}

fn typed(cells: &[Cell]) -> Values {
    let mut values: Values = cells.iter().map(|cell| (cell.field.name, cell.text.get())).collect();
    for cell in cells {
        cell.rows.with(|rows| {
            for (number, row) in rows.iter().enumerate() {
                for (name, text) in row.values().iter() {
                    values.set(&cell_name(cell.field.name, number, name), text);
                }
            }
        });
    }
    values
}

/// Whether a field's text must never be shown again.
pub(crate) fn is_secret(field: &Field) -> bool {
    matches!(field.kind, Kind::Secret)
}
