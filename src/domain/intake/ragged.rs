//! Rows with more or fewer cells than there are columns: most likely a text holds a separator, or a line end, and no quotation marks. Such
//! a text would be cut off, and its rest be taken for something else. Pure.

use super::table::Table;
use crate::domain::problem::{Fault, Problem};
use crate::words::{Words, jobs as words};

/// So many rows are named.
const NAMED: usize = 20;

/// Some of the rows, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// How many they are.
    pub count: u32,
    /// The first of them.
    pub first: Vec<u32>,
}

impl Rows {
    fn note(&mut self, number: u32) {
        self.count = self.count.saturating_add(1);
        if self.first.len() < NAMED {
            self.first.push(number);
        }
    }

    fn problem(&self, code: &'static str, says: Words, columns: usize, stops: bool) -> Option<Problem> {
        let mut rows: Vec<String> = self.first.iter().map(u32::to_string).collect();
        if usize::try_from(self.count).is_ok_and(|count| count > rows.len()) {
            rows.push("…".to_owned());
        }
        let facts = vec![
            ("columns", columns.to_string()),
            ("count", self.count.to_string()),
            ("rows", rows.join(", ")),
        ];
        let fault = Fault::Said { code, says, facts };
        let problem = if stops { Problem::stop("", "JOB", fault) } else { Problem::warn("", "JOB", fault) };
        (self.count > 0).then_some(problem)
    }
}

/// The rows that differ from the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ragged {
    /// How many columns there are: as many as the first row names, else as most rows have.
    pub columns: usize,
    /// Those with something beyond the last column.
    pub more: Rows,
    /// Those that end before it.
    pub fewer: Rows,
    /// Whether nothing parts the cells that could stand in one of them, as in a workbook.
    apart: bool,
}

impl Ragged {
    /// Looks at all rows; `headed`, the first one names the columns. In a workbook cells are `apart`, and empty ones need not be there.
    pub(super) fn of(table: &Table, headed: bool, apart: bool) -> Self {
        let most = if headed { table.count(0) } else { usual(table) };
        let fewest = if headed { filled(table, 0) } else { most };
        let mut ragged = Self { columns: fewest, apart, ..Self::default() };
        for row in usize::from(headed)..table.len() {
            let cells = table.count(row);
            if cells > most && filled(table, row) > most {
                ragged.more.note(table.number(row));
            } else if cells < fewest && !apart {
                ragged.fewer.note(table.number(row));
            }
        }
        ragged
    }

    /// What is to be said of them. What is beyond a single column is cut off no text.
    pub(super) fn problems(&self) -> impl Iterator<Item = Problem> {
        let stops = !self.apart && self.columns > 1;
        let says = if stops { words::MORE_CELLS } else { words::CELLS_BESIDE };
        let more = self.more.problem("more_cells", says, self.columns, stops);
        let fewer = self.fewer.problem("fewer_cells", words::FEWER_CELLS, self.columns, false);
        more.into_iter().chain(fewer)
    }
}

/// How many cells a row has up to the last that is not empty.
pub(super) fn filled(table: &Table, row: usize) -> usize {
    let last = (0..table.count(row)).rev().find(|column| !table.cell(row, *column).trim().is_empty());
    last.map_or(0, |last| last + 1)
}

/// How many cells most rows have; of equals the larger number.
pub(super) fn usual(table: &Table) -> usize {
    let mut rows: Vec<u32> = vec![0; table.width() + 1];
    for row in 0..table.len() {
        if let Some(count) = rows.get_mut(table.count(row)) {
            *count += 1;
        }
    }
    rows.iter().enumerate().max_by_key(|(_, count)| **count).map_or(0, |(width, _)| width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::columns::Known;
    use crate::domain::intake::{Choice, Origin, Reading, Sheet};

    fn said(text: &str, workbook: bool) -> Vec<(bool, String)> {
        let reading = Reading::new(text, Choice::default(), &Known::default());
        let mut reading = reading.of(Origin { workbook, ..Origin::default() });
        while reading.step(text, 2) {}
        let sheet: Sheet = reading.finish(text);
        let fact = |problem: &Problem| match &problem.fault {
            Fault::Said { facts, .. } => facts.iter().map(|(_, fact)| &**fact).collect::<Vec<_>>().join("|"),
            other => format!("{other:?}"),
        };
        sheet.problems().iter().map(|problem| (problem.stops(), fact(problem))).collect()
    }

    #[test]
    fn a_cell_too_many_stops_and_a_missing_one_is_said() {
        let even = "accid,text,note\nu1,a,b\nu2,c,\nu3,d,e\n";
        assert_eq!(said(even, false), []);
        assert_eq!(said(&format!("{even}\nu4,Hello, world,f\n"), false), [(true, "3|1|6".to_owned())]);
        assert_eq!(said(&format!("{even}u4,g\nu5\n"), false), [(false, "3|2|5, 6".to_owned())]);
        // Nothing is beyond the last column, whatever commas say.
        assert_eq!(said(&format!("{even}u4,g,h,,\n"), false), []);
        let many = format!("{even}{}", "u,a,b,c\n".repeat(30));
        let rows = (5..25).map(|row| row.to_string()).collect::<Vec<_>>().join(", ");
        assert_eq!(said(&many, false), [(true, format!("3|30|{rows}, …"))]);
        // Where no row names the columns, most rows say how many there are.
        assert_eq!(
            said("u1,甲\nu2,乙\nu3,丙, 丁\nu4\n", false),
            [(true, "2|1|3".to_owned()), (false, "2|1|4".to_owned())]
        );
    }

    #[test]
    fn what_stands_beside_the_columns_of_a_workbook_is_no_rest_of_a_text() {
        let text = "accid,text\nu1,a\nu2\nu3,c,d\n";
        assert_eq!(said(text, true), [(false, "2|1|4".to_owned())]);
        assert_eq!(said("accid\nu1,a\nu2,b\n", false), [(false, "1|2|2, 3".to_owned())]);
    }

    #[test]
    fn what_is_no_table_has_no_ragged_rows() {
        for text in ["u1\nu2", "u1、u2\nu3", r#"[{"a":1},{"b":2,"a":3}]"#, "accid\nu1\nu2", ""] {
            assert_eq!(said(text, false), [], "{text:?}");
        }
    }
}
