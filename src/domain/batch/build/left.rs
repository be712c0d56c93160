//! Rows that nothing is done about: what an earlier job did, and, where a person wants it so, what is wrong. Pure.

use super::super::trouble::{Trouble, Troubles};
use super::Builder;
use crate::domain::intake::table::Table;
use crate::domain::problem::{Fault, Problem};
use crate::domain::seen::digest;
use crate::words::jobs as words;

impl Builder {
    /// Notes what some more of the rows say that an earlier job did; says whether there were any. Another row may say the same, above
    /// them or below.
    pub(super) fn notes_done(&mut self, table: &Table, rows: usize) -> bool {
        let done = self.recipe.left_out.done.clone();
        let some = done.iter().skip(self.done_noted).take(rows.max(1));
        let said: Vec<u64> = some.map(|at| self.says(table, *at)).collect();
        self.done_noted += said.len();
        let any = !said.is_empty();
        self.said.extend(said);
        any
    }

    /// Whether the row at this place is to be left out, whatever is wrong with it. Rows come in order.
    #[inline(always)]
    pub(super) fn passes(&mut self, table: &Table, at: usize) -> bool {
        !self.said.is_empty() && self.was_done(table, at)
    }

    fn was_done(&mut self, table: &Table, at: usize) -> bool {
        let named = self.recipe.left_out.done.get(self.done_passed) == Some(&at);
        self.done_passed += usize::from(named);
        let passes = named || self.said.contains(&self.says(table, at));
        self.passed += usize::from(passes);
        passes
    }

    /// What stands for all that a row says.
    fn says(&self, table: &Table, at: usize) -> u64 {
        let texts: Vec<_> =
            self.shared.iter().chain(&self.own).map(|(_, source)| self.text(table, at, source)).collect();
        digest(0, texts.iter().map(|text| text.trim()))
    }

    /// Takes one row more: its place, and what stops in it. None when there is none.
    pub fn reasons(&mut self, now: i64) -> Option<(usize, Vec<Trouble>)> {
        let table = self.table.clone();
        while self.notes_done(&table, usize::MAX) {}
        let at = self.at;
        self.troubles = Troubles::default();
        self.step(1, now);
        let mut troubles = self.troubles.list();
        troubles.retain(|trouble| trouble.stops || trouble.left_out);
        (at < table.len()).then_some((at, troubles))
    }

    /// Notes a problem of a row, by its number.
    pub(super) fn tell(&mut self, problem: &Problem, row: u32) {
        let left_out = self.recipe.left_out.wrong;
        self.troubles.of_row(problem, left_out, &self.recipe.operation.form, &self.nothing, row);
    }

    /// Why there is nothing to do.
    pub(super) fn nothing_left(&self) -> Problem {
        let left_out = self.passed > 0 || !self.wrong.is_empty();
        let fault = match left_out {
            true => Fault::said("all_left_out", words::ALL_LEFT_OUT),
            false => Fault::said("no_rows", words::NO_ROWS),
        };
        Problem::stop("", "JOB", fault)
    }
}
