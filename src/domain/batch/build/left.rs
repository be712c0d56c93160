//! Rows that nothing is done about: what an earlier job did, and, where a person wants it so, what is wrong. Pure.

use super::Builder;
use crate::domain::problem::{Fault, Problem};
use crate::words::jobs as words;

impl Builder {
    /// Whether the row at this place is to be left out, whatever it says. Rows come in order.
    #[inline(always)]
    pub(super) fn passes(&mut self, at: usize) -> bool {
        let passes = self.recipe.left_out.done.get(self.passed) == Some(&at);
        self.passed += usize::from(passes);
        passes
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
