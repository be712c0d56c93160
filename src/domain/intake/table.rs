//! Rows of cells in one stretch of memory: a hundred thousand rows are three allocations. Pure.

/// Rows of cells, each with its number in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<u32>,
    /// Each row's number, and its first cell.
    rows: Vec<(u32, u32)>,
    /// The most cells of all rows but the last, which may still grow.
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
        self.width.max(self.last_width())
    }

    #[inline(always)]
    fn last_width(&self) -> usize {
        let first = self.rows.last().and_then(|(_, first)| usize::try_from(*first).ok());
        first.map_or(0, |first| self.ends.len() - first)
    }

    /// The number of a row as the spreadsheet shows it; 0 for one that is not there.
    #[inline(always)]
    pub fn number(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |(number, _)| *number)
    }

    /// A cell; empty when it is not there.
    #[inline(always)]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let cells = self.places(row);
        self.at(cells.start.saturating_add(column), cells.end)
    }

    /// The cells of a row, as many as it has.
    pub fn cells(&self, row: usize) -> impl DoubleEndedIterator<Item = &str> {
        let places = self.places(row);
        let end = places.end;
        places.map(move |at| self.at(at, end))
    }

    /// Which of all cells are a row's.
    #[inline(always)]
    fn places(&self, row: usize) -> std::ops::Range<usize> {
        let place = |row: usize| self.rows.get(row).and_then(|(_, first)| usize::try_from(*first).ok());
        let Some(start) = place(row) else { return 0..0 };
        start..place(row + 1).unwrap_or(self.ends.len())
    }

    /// One of all cells, when it stands before an end.
    #[inline(always)]
    fn at(&self, at: usize, end: usize) -> &str {
        if at >= end {
            return "";
        }
        self.text.get(self.start(at)..self.start(at + 1)).unwrap_or_default()
    }

    /// Where one of all cells starts in the text: where the one before it ends.
    #[inline(always)]
    fn start(&self, at: usize) -> usize {
        let end = at.checked_sub(1).and_then(|before| self.ends.get(before));
        end.and_then(|end| usize::try_from(*end).ok()).unwrap_or_default()
    }

    /// The cells of a row, as many as the widest has.
    pub fn row(&self, row: usize) -> Vec<&str> {
        (0..self.width()).map(|column| self.cell(row, column)).collect()
    }

    /// Makes room for so many bytes.
    pub(super) fn expect(&mut self, bytes: usize) {
        self.text.reserve(bytes);
    }

    /// Begins a row.
    #[inline(always)]
    pub fn begin(&mut self, number: u32) {
        self.width = self.width();
        self.rows.push((number, u32::try_from(self.ends.len()).unwrap_or(u32::MAX)));
    }

    /// Adds a cell to the last row.
    #[inline(always)]
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.end();
    }

    /// Only the columns of these numbers, each cell as `keep` wants it.
    pub fn only(&self, columns: &[usize], keep: impl Fn(&str) -> &str) -> Self {
        let mut table = Self::default();
        for row in 0..self.len() {
            table.begin(self.number(row));
            for column in columns {
                table.push(keep(self.cell(row, *column)));
            }
        }
        table
    }

    /// Without its first row.
    pub fn drop_first(&mut self) {
        if !self.rows.is_empty() {
            self.width = self.width();
            // The row's cells stay where they are, and nothing names them any more.
            self.rows.remove(0);
        }
    }

    /// Adds to the cell that is being written.
    #[inline(always)]
    pub(super) fn write(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends the cell that is being written.
    #[inline(always)]
    pub(super) fn end(&mut self) {
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }
}
