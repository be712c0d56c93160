//! Rows of cells in one stretch of memory: a hundred thousand rows are three allocations. Pure.

/// Rows of cells, each with its number in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<u32>,
    /// Each row's number, and its first cell.
    rows: Vec<(u32, u32)>,
    width: usize,
}

impl Table {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The most cells a row has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The number of a row as the spreadsheet shows it; 0 for one that is not there.
    pub fn number(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |(number, _)| *number)
    }

    /// A cell; empty when it is not there.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let cell = || {
            let (_, first) = self.rows.get(row)?;
            let first = usize::try_from(*first).ok()?;
            let behind = self.rows.get(row + 1).and_then(|(_, next)| usize::try_from(*next).ok());
            let at = first + column;
            if at >= behind.unwrap_or(self.ends.len()) {
                return None;
            }
            let start = if at == 0 { Some(0) } else { self.ends.get(at - 1).copied() };
            let (start, end) = (usize::try_from(start?).ok()?, usize::try_from(*self.ends.get(at)?).ok()?);
            self.text.get(start..end)
        };
        cell().unwrap_or_default()
    }

    /// The cells of a row, as many as the widest has.
    pub fn row(&self, row: usize) -> Vec<&str> {
        (0..self.width).map(|column| self.cell(row, column)).collect()
    }

    /// Begins a row.
    pub fn begin(&mut self, number: u32) {
        self.rows.push((number, u32::try_from(self.ends.len()).unwrap_or(u32::MAX)));
    }

    /// Adds a cell to the last row.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.end();
    }

    /// Adds to the cell that is being written.
    pub(super) fn write(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends the cell that is being written.
    pub(super) fn end(&mut self) {
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        let first = self.rows.last().and_then(|(_, first)| usize::try_from(*first).ok()).unwrap_or_default();
        self.width = self.width.max(self.ends.len() - first);
    }
}
