//! A form while it is being filled in: one signal per field, everything else derived.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use crate::domain::draft::Values;
use crate::domain::field::{Field, Kind};
use crate::domain::problem::Problem;
use crate::domain::sentence;
use crate::domain::validation::{Checked, Form, check};
use crate::words::Language;

/// One field of a form.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    /// What it is.
    pub(crate) field: &'static Field,
    /// What was typed.
    pub(crate) text: RwSignal<String>,
    /// Whether its problems are shown: after it was changed and left, or after a submit.
    pub(crate) shown: RwSignal<bool>,
}

/// A problem or a notice as it is shown.
#[derive(Clone, PartialEq)]
pub(crate) struct Line {
    /// The field's name.
    pub(crate) field: &'static str,
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
    pub(crate) checked: Memo<Arc<Checked>>,
    /// Whether the summary of problems is shown.
    pub(crate) submitted: RwSignal<bool>,
    /// What stood there before it was cleared.
    pub(crate) cleared: RwSignal<Option<Values>>,
    cells: &'static [Cell],
}

impl Filling {
    /// An empty form; `clock` is milliseconds since 1970 and is followed.
    pub(crate) fn open(id: &'static str, form: &'static Form, clock: RwSignal<i64>) -> FormState {
        let cells: Vec<Cell> = form
            .fields()
            .map(|field| Cell {
                field,
                text: RwSignal::new(field.initial.unwrap_or("").to_owned()),
                shown: RwSignal::new(false),
            })
            .collect();
        let cells: &'static [Cell] = Vec::leak(cells);
        let checked = Memo::new_with_compare(
            move |_| Arc::new(check(form, &typed(cells), clock.get())),
            // A new verdict is always news: it was made because something it reads has changed.
            |_, _| true,
        );
        Box::leak(Box::new(Self {
            id,
            form,
            checked,
            submitted: RwSignal::new(false),
            cleared: RwSignal::new(None),
            cells,
        }))
    }

    /// Everything that is typed, read as it is at this moment and followed.
    pub(crate) fn values(&self) -> Values {
        typed(self.cells)
    }

    /// The field of this name.
    pub(crate) fn cell(&self, name: &str) -> Option<Cell> {
        self.cells.iter().copied().find(|cell| cell.field.name == name)
    }

    /// The element id of a field's control.
    pub(crate) fn control_id(&self, field: &Field) -> String {
        format!("{}-{}", self.id, field.name)
    }

    /// Puts texts into a form that is otherwise as new; nothing is submitted, and what stood there can be had back.
    pub(crate) fn fill<'a>(&self, texts: impl Iterator<Item = (&'a str, &'a str)>) {
        self.clear();
        for (name, text) in texts {
            if let Some(cell) = self.cell(name) {
                cell.text.set(text.to_owned());
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
        for cell in self.cells {
            cell.text.set(cell.field.initial.unwrap_or("").to_owned());
            cell.shown.set(false);
        }
    }

    /// Shows every problem; gives back whether nothing stops.
    pub(crate) fn submit(&self) -> bool {
        for cell in self.cells {
            cell.shown.set(true);
        }
        self.submitted.set(true);
        self.cleared.set(None);
        self.checked.with_untracked(|checked| checked.stops().next().is_none())
    }

    /// Whether a problem at the field stops the act; followed.
    pub(crate) fn stops_at(&self, field: &'static Field) -> bool {
        self.checked.with(|checked| checked.stops().any(|problem| problem.field == field.name))
    }

    /// The problems that `wanted` picks, as they are said in the language of the moment. They are made anew only when they
    /// say something else, so that what shows them keeps its focus and is not announced again.
    pub(crate) fn lines(
        &'static self,
        language: RwSignal<Language>,
        wanted: fn(&Problem, &str) -> bool,
        field: &'static str,
    ) -> Memo<Vec<Line>> {
        Memo::new(move |_| {
            self.checked.with(|checked| {
                let line = |problem: &Problem| Line {
                    field: problem.field,
                    rule: problem.rule,
                    stops: problem.stops(),
                    said: sentence::sentence(problem, self.form, &checked.readings, language.get()),
                };
                checked.problems.iter().filter(|problem| wanted(problem, field)).map(line).collect()
            })
        })
    }

    /// Whether everything is as in a new form.
    pub(crate) fn is_untouched(&self) -> bool {
        untrack(|| {
            self.cells.iter().all(|cell| cell.text.with(|text| text == cell.field.initial.unwrap_or("")))
        })
    }

    /// Moves the focus to a field, opening the group it is folded into.
    pub(crate) fn focus(&self, field: &str) {
        if let Some(cell) = self.cell(field) {
            let id = self.control_id(cell.field);
            browser::unfold_around(&id);
            browser::focus_control(&id);
        }
    }
}

fn typed(cells: &[Cell]) -> Values {
    cells.iter().map(|cell| (cell.field.name, cell.text.get())).collect()
}

/// Whether a field's text must never be shown again.
pub(crate) fn is_secret(field: &Field) -> bool {
    matches!(field.kind, Kind::Secret)
}
