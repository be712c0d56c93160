//! What is wrong with how a list was read, or should be known of it: a quotation mark that swallowed rows, rows with a cell too many,
//! JSON that is no list, results of which a part was done. Pure.

use super::Sheet;
use super::again::Again;
use crate::domain::problem::{Fault, Problem};
use crate::words::jobs as words;

/// A cell of more lines than this is looked at twice.
const MANY_LINES: usize = 20;

/// Which JSON is a list.
const ACCEPTED_JSON: &str = r#"[{"accid":"u1"},{"accid":"u2"}]"#;

/// Quoted cells of very many lines. A mark that is closed by the next one, rows below, swallows what is between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swallowed {
    /// The row in which the first of them is opened.
    pub row: u32,
    /// The lines that are in it besides that row's own.
    pub lines: u32,
    /// How many such cells there are.
    cells: usize,
    /// Whether most lines in the first of them are parted as rows are.
    like_rows: bool,
}

impl Swallowed {
    /// Looks at what stood between two quotation marks.
    #[inline(always)]
    pub(super) fn note(&mut self, inside: &str, row: u32, delimiter: u8) {
        // Nothing shorter has so many lines, and most cells are shorter.
        if inside.len() > MANY_LINES {
            self.look(inside, row, delimiter);
        }
    }

    fn look(&mut self, inside: &str, row: u32, delimiter: u8) {
        let ends = inside.bytes().filter(|byte| *byte == b'\n').count();
        if ends <= MANY_LINES {
            return;
        }
        self.cells += 1;
        if self.cells == 1 {
            let parted = inside.lines().filter(|line| line.bytes().any(|byte| byte == delimiter)).count();
            self.row = row;
            self.lines = u32::try_from(ends).unwrap_or(u32::MAX);
            self.like_rows = parted * 2 > ends;
        }
    }

    /// Whether rows are likely to be lost in it, in a list of so many rows: where all are long, they are meant to be.
    pub(super) fn in_rows(self, rows: usize) -> Option<Self> {
        (self.cells > 0 && (self.like_rows || self.cells * 2 < rows)).then_some(self)
    }
}

impl Sheet {
    /// What is wrong with the list as a whole, in the order in which it matters.
    pub fn problems(&self) -> Vec<Problem> {
        let no_list = || {
            let facts = vec![("form", ACCEPTED_JSON.to_owned())];
            Problem::stop("", "JOB", Fault::Said { code: "json_no_list", says: words::JSON_NO_LIST, facts })
        };
        let said = |code, says, facts: &[(&'static str, u32)]| {
            let facts = facts.iter().map(|(name, fact)| (*name, fact.to_string())).collect();
            Fault::Said { code, says, facts }
        };
        let open =
            |row: u32| Problem::stop("", "JOB", said("open_quote", words::OPEN_QUOTE, &[("row", row)]));
        let swallowed = |cell: Swallowed| {
            let facts = [("row", cell.row), ("count", cell.lines)];
            Problem::warn("", "JOB", said("swallowed", words::SWALLOWED, &facts))
        };
        let again = |again: &Again| {
            let facts = [("done", again.done), ("unknown", again.unknown)];
            Problem::warn("", "JOB", said("done_before", words::DONE_BEFORE, &facts))
        };
        let unfit = || Problem::stop("", "JOB", said("encoding_unfit", words::ENCODING_UNFIT, &[]));
        let open = self.open_quote.map(open);
        let swallowed = self.swallowed.filter(|_| open.is_none()).map(swallowed);
        self.no_list
            .then(no_list)
            .into_iter()
            .chain(self.unfit.then(unfit))
            .chain(open)
            .chain(swallowed)
            .chain(self.ragged.problems().filter(|_| self.open_quote.is_none()))
            .chain(self.again.as_ref().map(again))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::columns::Known;
    use crate::domain::intake::{Choice, Origin, Reading};

    fn problems(text: &str) -> Vec<(bool, Vec<(&'static str, String)>)> {
        let sheet = Sheet::read(text, Choice::default(), &Known::default());
        let facts = |problem: &Problem| match &problem.fault {
            Fault::Said { facts, .. } => facts.clone(),
            _ => Vec::new(),
        };
        sheet.problems().iter().map(|problem| (problem.stops(), facts(problem))).collect()
    }

    #[test]
    fn what_an_encoding_cannot_read_stops() {
        let text = "user0001,Jos\u{fffd}";
        let of = |unfit| {
            let reading = Reading::new(text, Choice::default(), &Known::default());
            let mut reading = reading.of(Origin { unfit, ..Origin::default() });
            while reading.step(text, 9) {}
            reading.finish(text).problems().iter().map(Problem::stops).collect::<Vec<_>>()
        };
        assert_eq!((of(true), of(false)), (vec![true], vec![]));
    }

    #[test]
    fn a_mark_that_nothing_closes_stops() {
        let row = |row: &str| vec![(true, vec![("row", row.to_owned())])];
        assert_eq!(problems("user0001,\"ab\nuser0002,cd"), row("1"));
        assert_eq!(problems(&format!("a,b\nu1,\"x\n{}", "u2,y\n".repeat(99))), row("2"));
        assert_eq!(problems("user0001,\"ab\"\nuser0002,cd"), []);
    }

    #[test]
    fn rows_that_two_marks_swallow_are_said() {
        let rows = "u2,y\n".repeat(30);
        let said = |lines: &str| vec![(false, vec![("row", "2".to_owned()), ("count", lines.to_owned())])];
        assert_eq!(problems(&format!("a,b\nu1,\"x\n{rows}u3,z\"\nu4,z")), said("31"));
        assert_eq!(problems(&format!("a,b\nu1,\"x\n{rows}\"\n")), said("31"));
        // One long text among short ones may be a mistake, long texts in all rows are none.
        let long = format!("\"{}\"", "line\n".repeat(25));
        assert_eq!(problems(&format!("a,b\nu1,{long}\nu2,x\nu3,y")), said("25"));
        assert_eq!(problems(&format!("u1,{long}\nu2,{long}\nu3,{long}")), []);
        assert_eq!(problems(&format!("u1,\"{}\"\nu2,x\nu3,y", "line\n".repeat(20))), []);
    }
}
