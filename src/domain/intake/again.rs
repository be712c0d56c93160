//! Rows of a list that is a job's results: which of them were done already, or may have been. Pure.

use std::sync::Arc;

use super::table::Table;
use crate::domain::job::item::State;

/// So many rows were done, so many may have been.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// Sent, by the vendor's word or a person's.
    pub done: u32,
    /// Unknown, or under way when the results were saved.
    pub unknown: u32,
    /// The places of all of them in the table, in order.
    pub rows: Arc<[usize]>,
}

impl Again {
    /// Looks at what the results say in this column; none where nothing was done.
    pub(super) fn of(table: &Table, column: usize) -> Option<Self> {
        let (mut done, mut unknown) = (0, 0);
        let mut was = |row: &usize| {
            let said = table.cell(*row, column).trim();
            let says = |states: [State; 2]| states.iter().any(|state| state.name() == said);
            let (sent, doubtful) =
                (says([State::Sent, State::MarkedSent]), says([State::Unknown, State::Sending]));
            done += u32::from(sent);
            unknown += u32::from(doubtful);
            sent || doubtful
        };
        let rows: Arc<[usize]> = (0..table.len()).filter(|row| was(row)).collect();
        (!rows.is_empty()).then_some(Self { done, unknown, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::intake::columns::Known;
    use crate::domain::intake::{Choice, Sheet};

    #[test]
    fn results_say_what_was_done_and_what_may_have_been() {
        let read = |text: &str| Sheet::read(text, Choice::default(), &Known::default());
        let of = |rows: &str| read(&format!("accid,result.outcome\n{rows}")).again;
        let text = "u5,planned\nu1,sent\nu2,marked_sent\nu6,rejected\nu3,unknown\nu4,sending\n";
        assert_eq!(of(text), Some(Again { done: 2, unknown: 2, rows: Arc::from([1, 2, 4, 5]) }));
        assert_eq!(of("u1,planned\nu2,rejected\n"), None);
        assert_eq!(read("accid,outcome\nu1,sent\n").again, None);
        let json = r#"[{"accid":"u1","result.outcome":"sent"},{"accid":"u2","result.outcome":"planned"}]"#;
        assert_eq!(read(json).again, Some(Again { done: 1, unknown: 0, rows: Arc::from([0]) }));
        let stops = read(json).problems().iter().map(|problem| problem.stops()).collect::<Vec<_>>();
        assert_eq!(stops, [false], "said, and a person's to decide");
    }
}
