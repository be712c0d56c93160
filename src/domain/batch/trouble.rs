//! What is wrong with a list, grouped by cause, with the rows. Pure.

use std::collections::BTreeMap;

use crate::domain::draft::Values;
use crate::domain::field::RuleId;
use crate::domain::form::Form;
use crate::domain::intake::Sheet;
use crate::domain::problem::{Fault, Problem};
use crate::domain::sentence::sentence;
use crate::domain::validation::Readings;
use crate::words::{Language, jobs as words};

/// One cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The rule it comes from.
    pub rule: RuleId,
    /// Whether it stops.
    pub stops: bool,
    /// Whether it would stop, and its rows are left out instead.
    pub left_out: bool,
    /// What is wrong with the first row, in both languages.
    pub says: [String; 2],
    /// How many rows have it.
    pub count: usize,
    /// The rows that have it.
    pub rows: Vec<u32>,
}

/// All causes so far.
#[derive(Clone, Debug, Default)]
pub struct Troubles {
    known: BTreeMap<(bool, bool, RuleId, &'static str, String), Trouble>,
}

impl Troubles {
    /// Adds a problem that these rows have.
    pub fn add(
        &mut self,
        problem: &Problem,
        form: &Form,
        readings: &Readings,
        rows: impl IntoIterator<Item = u32>,
    ) {
        self.note(problem, false, form, readings, rows);
    }

    /// Adds a problem of one row, which may be left out if it stops.
    pub(super) fn of_row(
        &mut self,
        problem: &Problem,
        may_be_left_out: bool,
        form: &Form,
        readings: &Readings,
        row: u32,
    ) {
        self.note(problem, may_be_left_out && problem.stops(), form, readings, [row]);
    }

    fn note(
        &mut self,
        problem: &Problem,
        left_out: bool,
        form: &Form,
        readings: &Readings,
        rows: impl IntoIterator<Item = u32>,
    ) {
        // A row's number in a list says nothing about the cause.
        let field: Vec<&str> =
            problem.field.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
        let stops = problem.stops() && !left_out;
        let key = (!stops, left_out, problem.rule, problem.fault.code(), field.join("."));
        let trouble = self.known.entry(key).or_insert_with(|| Trouble {
            rule: problem.rule,
            stops,
            left_out,
            says: [Language::Chinese, Language::English]
                .map(|language| sentence(problem, form, readings, language)),
            count: 0,
            rows: Vec::new(),
        });
        let before = trouble.count;
        trouble.rows.extend(rows);
        trouble.count = trouble.rows.len();
        // What one row is read as says nothing of the others.
        if let Fault::ReadAs { text } = &problem.fault
            && before < 2
            && trouble.count > 1
        {
            let says = |language| words::READ_AS_ROWS.fill(language, &[("text", text)]);
            trouble.says = [Language::Chinese, Language::English].map(says);
        }
    }

    /// Adds what is wrong with a list as it was read, whatever its rows say.
    pub fn add_list(&mut self, sheet: &Sheet, form: &'static Form) {
        let nothing = Readings::new(form, &Values::default(), 0);
        for problem in sheet.problems() {
            self.add(&problem, form, &nothing, []);
        }
    }

    /// Whether anything stops.
    pub fn stop(&self) -> bool {
        self.known.values().any(|trouble| trouble.stops)
    }

    /// All causes: what stops first, then what is left out, then the largest.
    pub fn list(&self) -> Vec<Trouble> {
        let mut all: Vec<Trouble> = self.known.values().cloned().collect();
        let weight = |trouble: &Trouble| (trouble.stops, trouble.left_out, trouble.count);
        all.sort_by_key(|trouble| std::cmp::Reverse(weight(trouble)));
        all
    }
}
