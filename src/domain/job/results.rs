//! The result of a job as a file: each row as it came, and what became of it. Pure.
//!
//! A result file can be dropped back in: its rows keep their columns, and the columns that were added are known by name. In
//! CSV a cell that a spreadsheet would run as a formula is guarded by an apostrophe, which [`unguarded`] takes away again.

use std::fmt::Write;

use super::Millis;
use super::item::State;
use crate::domain::json::{Json, Object};

/// The column that says what became of a row.
pub const OUTCOME: &str = "result.outcome";

/// The columns that are added to a row's own, in order. Rows that come back with them have been through a job.
pub const COLUMNS: [&str; 10] = [
    OUTCOME,
    "result.code",
    "result.reason",
    "result.advice",
    "result.message_id",
    "result.time",
    "result.attempts",
    "result.http",
    "result.left",
    "result.key",
];

/// Spreadsheets from Chinese editions of Excel take a file for UTF-8 only when it begins with this.
pub const BOM: char = '\u{feff}';

/// What became of one row.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// What is known of it.
    pub state: State,
    /// The vendor's code, or nothing.
    pub code: &'a str,
    /// Why, in the person's language.
    pub reason: &'a str,
    /// What to do, in the person's language.
    pub advice: &'a str,
    /// The vendor's id of the message, digit for digit.
    pub message_id: &'a str,
    /// When that was known.
    pub at: Option<Millis>,
    /// How often it was tried.
    pub attempts: u8,
    /// The HTTP status of the answer, or nothing.
    pub http: &'a str,
    /// When the last request with it left.
    pub left: Option<Millis>,
    /// What it is called in its job, whatever is tried.
    pub key: &'a str,
}

impl Outcome<'_> {
    fn cells(&self) -> [String; 10] {
        [
            self.state.name().to_owned(),
            self.code.to_owned(),
            self.reason.to_owned(),
            self.advice.to_owned(),
            self.message_id.to_owned(),
            self.at.map_or_else(String::new, utc),
            self.attempts.to_string(),
            self.http.to_owned(),
            self.left.map_or_else(String::new, utc),
            self.key.to_owned(),
        ]
    }
}

/// The columns of a result file, and which of a row's cells belong to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    names: Vec<String>,
    /// The names in an object, where each stands once: a second column of a name has its number too.
    own: Vec<String>,
    kept: Vec<usize>,
}

impl Header {
    /// The header for rows with these columns. Columns of an earlier result are left out: the new one takes their place.
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        let kept = columns.into_iter().enumerate().filter(|(_, name)| !COLUMNS.contains(name));
        let (kept, names): (Vec<usize>, Vec<String>) = kept.map(|(at, name)| (at, name.to_owned())).unzip();
        let mut own: Vec<String> = Vec::new();
        for (at, name) in kept.iter().zip(&names) {
            let mut once = name.clone();
            while own.contains(&once) {
                once = format!("{once} ({})", at + 1);
            }
            own.push(once);
        }
        Self { names, own, kept }
    }

    /// The first line of a CSV file, its mark for spreadsheets included.
    pub fn csv(&self) -> String {
        let mut line = String::from(BOM);
        write_line(&mut line, self.names.iter().map(String::as_str).chain(COLUMNS));
        line
    }

    /// A row of a CSV file. A cell that is missing is empty; cells beyond the header's columns are left out.
    pub fn csv_row(&self, row: &[&str], outcome: &Outcome) -> String {
        let mut line = String::new();
        let added = outcome.cells();
        write_line(&mut line, self.cells(row).chain(added.iter().map(String::as_str)));
        line
    }

    /// A row as a JSON object with the same names. Cells are texts as they are: nothing runs them.
    pub fn json_row(&self, row: &[&str], outcome: &Outcome) -> Json {
        let mut object = Object::default();
        for (name, cell) in self.own.iter().zip(self.cells(row)) {
            object.insert(name.clone(), Json::Text(cell.to_owned()));
        }
        for (name, cell) in COLUMNS.into_iter().zip(outcome.cells()) {
            object.insert(name.to_owned(), Json::Text(cell));
        }
        Json::Object(object)
    }

    fn cells<'a>(&'a self, row: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
        self.kept.iter().map(|at| row.get(*at).copied().unwrap_or_default())
    }
}

fn write_line<'a>(line: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            line.push(',');
        }
        let guard = if is_formula(cell) { "'" } else { "" };
        let quoted = cell.contains([',', ';', '"', '\t', '\r', '\n']) || cell.trim() != cell;
        if quoted {
            line.push('"');
            line.push_str(guard);
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(guard);
            line.push_str(cell);
        }
    }
    line.push_str("\r\n");
}

/// Whether a spreadsheet might run the cell. One that is guarded already counts too, so that taking one guard away always gives
/// back what was there.
fn is_formula(cell: &str) -> bool {
    let shown = cell.trim_start_matches('\'');
    // Some editions skip white space, or read full-width marks.
    shown.starts_with(['\t', '\r', '\n'])
        || shown.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%'])
}

/// A cell of a file that was written here, without its guard.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// A moment as ISO 8601 writes it, in UTC.
pub fn utc(millis: Millis) -> String {
    let (days, rest) = (millis / 86_400_000, millis % 86_400_000);
    // Years begin in March here, so that a leap day ends one; an era is 400 of them.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60);
    let mut text = String::new();
    // Writing text into memory cannot fail.
    let _ = write!(
        text,
        "{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z",
        rest % 1_000
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SENT: Outcome = Outcome {
        state: State::Sent,
        code: "200",
        reason: "",
        advice: "",
        message_id: "12345678901234567890",
        at: Some(1_763_683_200_123),
        attempts: 2,
        http: "207",
        left: Some(1_763_683_199_000),
        key: "ab-7",
    };

    /// A strict reader of one CSV line, by the book.
    fn read(line: &str) -> Vec<String> {
        let mut cells = vec![String::new()];
        let mut inside = false;
        let line = line.strip_suffix("\r\n").unwrap();
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            let cell = cells.last_mut().unwrap();
            match c {
                '"' if inside && rest.peek() == Some(&'"') => cell.push(rest.next().unwrap()),
                '"' => inside = !inside,
                ',' if !inside => cells.push(String::new()),
                c => cell.push(c),
            }
        }
        cells
    }

    #[test]
    fn a_file_has_the_rows_columns_and_what_became_of_them() {
        let header = Header::new(["accid", "note"]);
        assert_eq!(
            header.csv(),
            "\u{feff}accid,note,result.outcome,result.code,result.reason,result.advice,result.message_id,result.time,result.attempts,result.http,result.left,result.key\r\n"
        );
        assert_eq!(
            header.csv_row(&["u1", "a,\"b\""], &SENT),
            "u1,\"a,\"\"b\"\"\",sent,200,,,12345678901234567890,2025-11-21T00:00:00.123Z,2,207,2025-11-20T23:59:59.000Z,ab-7\r\n"
        );
        let json = header.json_row(&["u1", "=1"], &SENT).to_string();
        assert!(
            json.starts_with(r#"{"accid":"u1","note":"=1","result.outcome":"sent","result.code":"200""#),
            "{json}"
        );
        // Two columns with one name are two in an object as well.
        let header = Header::new(["n", "n", "n (2)", "n"]);
        let json = header.json_row(&["1", "2", "3", "4"], &SENT).to_string();
        assert!(json.starts_with(r#"{"n":"1","n (2)":"2","n (2) (3)":"3","n (4)":"4","result."#), "{json}");
    }

    #[test]
    fn a_result_that_is_dropped_back_in_keeps_its_own_columns_only() {
        let first = Header::new(["accid"]);
        let line = read(&first.csv_row(&["u1"], &SENT));
        let names = read(first.csv().trim_start_matches(BOM));
        let second = Header::new(names.iter().map(String::as_str));
        assert_eq!(first.csv(), second.csv());
        let cells: Vec<_> = line.iter().map(String::as_str).collect();
        assert_eq!(second.csv_row(&cells, &SENT), first.csv_row(&["u1"], &SENT));
    }

    #[test]
    fn no_cell_begins_like_a_formula() {
        for cell in ["=1+1", "+86", "-1", "@a", "\tx", "\r=x", "\n=x", " =1", "＝1", "'=1", "|x", "%x"] {
            let line = Header::new(["a"]).csv_row(&[cell], &SENT);
            let read = read(&line);
            assert!(read[0].starts_with('\''), "{cell:?} {line:?}");
            assert_eq!(unguarded(&read[0]), cell);
        }
        for cell in ["", "a=1", "'a", "1-2", "中文"] {
            assert_eq!(read(&Header::new(["a"]).csv_row(&[cell], &SENT))[0], cell);
            assert_eq!(unguarded(cell), cell);
        }
    }

    #[test]
    fn a_row_with_too_few_or_too_many_cells_keeps_its_shape() {
        let header = Header::new(["a", "b"]);
        for row in [&["1"][..], &["1", "2", "3"]] {
            assert_eq!(read(&header.csv_row(row, &SENT)).len(), 2 + COLUMNS.len());
        }
    }

    #[test]
    fn moments_are_iso_8601() {
        for (millis, expected) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (1_735_689_599_000, "2024-12-31T23:59:59.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(utc(millis), expected);
        }
    }

    proptest! {
        #[test]
        fn any_row_comes_back(cells in prop::collection::vec(r#"['=+\-@ ,;"\t\r\na中]{0,6}|\PC{0,8}"#, 1..6)) {
            let names: Vec<_> = (0..cells.len()).map(|at| format!("c{at}")).collect();
            let header = Header::new(names.iter().map(String::as_str));
            let row: Vec<_> = cells.iter().map(String::as_str).collect();
            let read = read(&header.csv_row(&row, &SENT));
            prop_assert_eq!(read.len(), cells.len() + COLUMNS.len());
            for (written, cell) in read.iter().zip(&cells) {
                prop_assert_eq!(unguarded(written), cell);
                prop_assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r']));
            }
        }
    }
}
