//! Cells as text: what a spreadsheet shows, but for numbers that have lost digits, which are written so that they are noticed.

use calamine::{DataRef, ExcelDateTime};

/// Spreadsheets keep fifteen digits of a number. A whole number from here on may have had others.
const FIFTEEN_DIGITS: f64 = 1e15;

/// Writes cells in the order of a sheet: rows end with a line feed, and rows that are not there are empty lines.
pub(crate) struct Cells {
    text: String,
    row: u32,
    column: u32,
}

impl Cells {
    /// Behind a text.
    pub(crate) fn new(text: String) -> Self {
        Self { text, row: 0, column: 0 }
    }

    /// Adds a cell. Sheets that go back in their rows or columns are broken, and the cell is left out.
    pub(crate) fn put(&mut self, row: u32, column: u32, value: &DataRef<'_>) {
        if matches!(value, DataRef::Empty) || (row, column) < (self.row, self.column) {
            return;
        }
        while self.row < row {
            self.text.push('\n');
            self.row += 1;
            self.column = 0;
        }
        while self.column < column {
            self.text.push(',');
            self.column += 1;
        }
        match value {
            DataRef::String(own) => self.quoted(own),
            DataRef::SharedString(own) => self.quoted(own),
            DataRef::DateTimeIso(own) | DataRef::DurationIso(own) => self.quoted(own),
            DataRef::Float(number) => self.number(*number),
            DataRef::Int(number) => self.text.push_str(&number.to_string()),
            DataRef::Bool(flag) => self.text.push_str(if *flag { "TRUE" } else { "FALSE" }),
            DataRef::DateTime(moment) => self.moment(moment),
            DataRef::Error(error) => self.quoted(&error.to_string()),
            DataRef::Empty => {}
        }
    }

    /// All of it.
    pub(crate) fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }

    fn quoted(&mut self, own: &str) {
        if own.contains(['"', ',', '\r', '\n']) {
            self.text.push('"');
            self.text.push_str(&own.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(own);
        }
    }

    fn number(&mut self, number: f64) {
        if number.abs() < FIFTEEN_DIGITS {
            self.text.push_str(&number.to_string());
        } else {
            // As the spreadsheet shows it: `1.58844553334358E+17`.
            self.text.push_str(&format!("{number:.14E}").replace('E', "E+"));
        }
    }

    fn moment(&mut self, moment: &ExcelDateTime) {
        let (year, month, day, hours, minutes, seconds, _) = moment.to_ymd_hms_milli();
        let (date, time) = (moment.as_f64() >= 1.0, moment.as_f64().fract() != 0.0);
        let clock = format!("{hours:02}:{minutes:02}:{seconds:02}");
        self.text.push_str(&match (date && moment.is_datetime(), time) {
            (true, false) => format!("{year:04}-{month:02}-{day:02}"),
            (true, true) => format!("{year:04}-{month:02}-{day:02} {clock}"),
            _ => clock,
        });
    }
}
