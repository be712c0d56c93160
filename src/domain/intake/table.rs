//! Rows of cells in one stretch of memory: a hundred thousand rows are three allocations. Pure.

/// Rows of cells, each with its number in the file.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What the cells are cut from: the text they were read from, if that is [adopted](Self::adopt), and what was written besides.
    text: String,
    /// Where each cell starts and ends in the text.
    spans: Vec<(u32, u32)>,
    /// Each row's number, and its first cell.
    rows: Vec<(u32, u32)>,
    /// The most cells of all rows but the last, which may still grow.
    width: usize,
}

/// Tables are the same when they say the same, wherever in their texts it stands.
impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        let numbers = |table: &Self| table.rows.iter().map(|(number, _)| *number).collect::<Vec<_>>();
        numbers(self) == numbers(other) && (0..self.len()).all(|row| self.cells(row).eq(other.cells(row)))
    }
}

impl Eq for Table {}

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
        first.map_or(0, |first| self.spans.len() - first)
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
        let at = cells.start.saturating_add(column);
        if at < cells.end { self.at(at) } else { "" }
    }

    /// How many cells a row has.
    pub fn count(&self, row: usize) -> usize {
        self.places(row).len()
    }

    /// The cells of a row, as many as it has.
    pub fn cells(&self, row: usize) -> impl DoubleEndedIterator<Item = &str> {
        self.some(row, 0, usize::MAX)
    }

    /// So many cells of a row from a column on, or as many as it has there.
    #[inline(always)]
    pub fn some(&self, row: usize, column: usize, most: usize) -> impl DoubleEndedIterator<Item = &str> {
        let places = self.places(row);
        let start = places.start.saturating_add(column);
        (start..places.end.min(start.saturating_add(most))).map(|at| self.at(at))
    }

    /// Which of all cells are a row's.
    #[inline(always)]
    fn places(&self, row: usize) -> std::ops::Range<usize> {
        let place = |row: usize| self.rows.get(row).and_then(|(_, first)| usize::try_from(*first).ok());
        let Some(start) = place(row) else { return 0..0 };
        start..place(row + 1).unwrap_or(self.spans.len())
    }

    /// One of all cells.
    #[inline(always)]
    fn at(&self, at: usize) -> &str {
        let Some((start, end)) = self.spans.get(at) else { return "" };
        let (start, end) = (usize::try_from(*start), usize::try_from(*end));
        let span = start.unwrap_or_default()..end.unwrap_or_default();
        self.text.get(span).unwrap_or_default()
    }

    /// The cells of a row, as many as the widest has.
    pub fn row(&self, row: usize) -> Vec<&str> {
        (0..self.width()).map(|column| self.cell(row, column)).collect()
    }

    /// Takes a whole text, of which cells are to be [cut](Self::cut): one long copy instead of many short ones.
    pub(super) fn adopt(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Begins a row.
    #[inline(always)]
    pub fn begin(&mut self, number: u32) {
        self.width = self.width();
        self.rows.push((number, place(self.spans.len())));
    }

    /// Adds a cell to the last row.
    #[inline(always)]
    pub fn push(&mut self, cell: &str) {
        let start = self.text.len();
        self.text.push_str(cell);
        self.cut(start..self.text.len());
    }

    /// Adds a cell to the last row: the part that stands there in the text that was adopted.
    #[inline(always)]
    pub(super) fn cut(&mut self, span: std::ops::Range<usize>) {
        self.spans.push((place(span.start), place(span.end)));
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
}

/// A place in a text or among cells: no list is so long that 32 bits do not hold it.
#[inline(always)]
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
