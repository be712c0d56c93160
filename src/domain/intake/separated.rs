//! Reads cells between commas, tabs or semicolons, quoted as RFC 4180 says, line by line, or as people type them. Pure.
//!
//! Written here and not taken from `csv`: that crate drops empty lines without counting them, so that its row numbers are not
//! those of the spreadsheet, and its tables cost the page more than this file. Its reading is what this one is tested against.

use std::ops::Range;

use super::ragged::{filled, usual};
use super::sloppy::{Accepted, LineEnd};
use super::swallowed::Swallowed;
use super::table::Table;
use crate::domain::tidy::{is_separator, tidy};

/// What stands between two cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delimiter {
    /// Nothing: each line is one cell, as it stands.
    #[default]
    Lines,
    /// A comma.
    Comma,
    /// A tab, as what is copied out of a spreadsheet has.
    Tab,
    /// A semicolon.
    Semicolon,
    /// A full-width comma or a plain one, unquoted.
    WideComma,
    /// A full-width semicolon or a plain one, unquoted.
    WideSemicolon,
    /// Whatever parts entries: commas and semicolons of both widths, 、, spaces, line ends. Each entry is a row of one cell.
    Entries,
}

impl Delimiter {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Lines,
        Self::Comma,
        Self::Tab,
        Self::Semicolon,
        Self::WideComma,
        Self::WideSemicolon,
        Self::Entries,
    ];

    /// The character, where it is one that RFC 4180 would know.
    pub const fn byte(self) -> Option<u8> {
        match self {
            Self::Lines | Self::WideComma | Self::WideSemicolon | Self::Entries => None,
            Self::Comma => Some(b','),
            Self::Tab => Some(b'\t'),
            Self::Semicolon => Some(b';'),
        }
    }

    /// The characters that part the cells of a line where quotation marks mean nothing.
    pub const fn marks(self) -> &'static [char] {
        match self {
            Self::WideComma => &['，', ','],
            Self::WideSemicolon => &['；', ';'],
            Self::Lines | Self::Comma | Self::Tab | Self::Semicolon | Self::Entries => &[],
        }
    }
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The rows, empty lines counted and left out.
    pub table: Table,
    /// The row in which a quotation mark was opened that nothing closes.
    pub open_quote: Option<u32>,
    /// Quoted cells of very many lines.
    pub swallowed: Swallowed,
    /// What was taken for a plain list though it is none.
    pub accepted: Accepted,
}

/// So much of a text is looked at to find its delimiter.
const SAMPLE: usize = 64 * 1024;
const SAMPLE_ROWS: usize = 50;
/// Few rows are longer.
const LONG_ROW: usize = 256;

/// The delimiter that gives the most regular rows; lines when none gives two cells.
pub fn detect(text: &str) -> Delimiter {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or(text);
    // A row that is cut off at the sample's end does no harm.
    let score = |delimiter: Delimiter| regular(&read(sample, delimiter, SAMPLE_ROWS).table);
    let scored = [Delimiter::Tab, Delimiter::Comma, Delimiter::Semicolon]
        .into_iter()
        .filter_map(|delimiter| Some((score(delimiter)?, delimiter)));
    // Of equals the first counts: tabs come from spreadsheets, and commas stand in texts.
    scored.rev().max_by_key(|(score, _)| *score).map_or(Delimiter::Lines, |(_, delimiter)| delimiter)
}

/// How many rows have as many cells as most, and how many those are; none where that are few, or one. A row that has more or fewer
/// makes no table a plain list.
pub(super) fn regular(table: &Table) -> Option<(usize, usize)> {
    let usual = usual(table);
    let rows = || (0..table.len()).filter(|row| table.count(*row) == usual);
    let width = rows().map(|row| filled(table, row)).max().unwrap_or_default();
    let regular = |row: &usize| table.count(*row) == usual || filled(table, *row) == width;
    let regular = (0..table.len()).filter(regular).count();
    (width > 1 && regular * 2 >= table.len()).then_some((regular, width))
}

/// Reads a text, `most` rows at most.
pub fn read(text: &str, delimiter: Delimiter, most: usize) -> Read {
    let mut reader = Reader::new(delimiter, most);
    while reader.step(text, usize::MAX) {}
    reader.out
}

/// Reads a text row by row, and goes on where it stopped: a page can do something else in between.
#[derive(Clone, Debug)]
pub struct Reader {
    at: usize,
    delimiter: Delimiter,
    most: usize,
    /// The number of the row that is read.
    number: u32,
    /// Whether the first line is one entry, whatever stands in it.
    titled: bool,
    /// Whether the table has the whole text, and cells are only cut of it.
    cuts: bool,
    /// What was read so far.
    pub out: Read,
}

impl Reader {
    /// At the beginning.
    pub fn new(delimiter: Delimiter, most: usize) -> Self {
        Self { at: 0, delimiter, most, number: 1, titled: false, cuts: false, out: Read::default() }
    }

    /// Takes the first line for one entry, whatever stands in it, if it is the name of a column.
    pub(super) fn titled(self, titled: bool) -> Self {
        Self { titled, ..self }
    }

    /// Whether no more rows are read.
    pub fn is_full(&self) -> bool {
        self.out.table.len() == self.most
    }

    /// What stands between two cells.
    pub fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    /// How many bytes were read.
    pub fn taken(&self) -> usize {
        self.at
    }

    /// Reads so many more rows of the same text; says whether there are more.
    pub fn step(&mut self, text: &str, rows: usize) -> bool {
        if self.at == 0 {
            // Of a long text the few first rows may be all that is wanted.
            self.cuts = text.len() <= self.most.saturating_mul(LONG_ROW);
            if self.cuts {
                self.out.table.adopt(text);
            }
        }
        let mut left = rows;
        while self.at < text.len() && left > 0 {
            if self.is_full() {
                return false;
            }
            match self.delimiter.byte() {
                None if self.delimiter == Delimiter::Entries => self.entry(text),
                None => self.line(text),
                Some(_) if self.ends_line(text) => self.number += 1,
                Some(byte) => self.row(text, byte),
            }
            left -= 1;
        }
        self.at < text.len()
    }

    fn line(&mut self, text: &str) {
        let span = self.span(text, |byte| byte == b'\n' || byte == b'\r');
        let line = text.get(span.clone()).unwrap_or_default();
        if !line.trim().is_empty() {
            self.out.table.begin(self.number);
            if self.delimiter == Delimiter::Lines {
                self.take(text, span);
            } else {
                line.split(self.delimiter.marks()).for_each(|cell| self.out.table.push(cell.trim()));
                self.out.accepted.part(line.chars().filter(|c| self.delimiter.marks().contains(c)));
            }
        }
        self.ends_line(text);
        self.number += 1;
    }

    /// Reads an entry, and what stands before it. It has the number of its line; where there is one line only, that of its order.
    fn entry(&mut self, text: &str) {
        let rest = text.get(self.at..).unwrap_or_default();
        let start = rest.find(|c| !is_separator(c)).unwrap_or(rest.len());
        let (before, rest) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let whole = self.titled && self.out.table.is_empty();
        let ends = |c: char| if whole { matches!(c, '\n' | '\r') } else { is_separator(c) };
        let length = rest.find(ends).unwrap_or(rest.len());
        let typed = rest.get(..length).unwrap_or_default();
        if self.at == 0 {
            self.out.accepted.in_order =
                !text.trim().contains(['\n', '\r']) && text.trim().contains(is_separator);
        }
        self.at += start + length;
        let entry = tidy(typed);
        self.number += self.out.accepted.between(before, self.out.table.is_empty() || entry.is_empty());
        self.out.accepted.tidied(typed);
        if !entry.is_empty() {
            self.out.table.begin(self.number);
            self.out.table.push(&entry);
            self.number += u32::from(self.out.accepted.in_order);
        }
    }

    #[inline(always)]
    fn peek(&self, text: &str) -> Option<u8> {
        text.as_bytes().get(self.at).copied()
    }

    /// Steps over the end of a line, if one stands here.
    #[inline(always)]
    fn ends_line(&mut self, text: &str) -> bool {
        let end = match (self.peek(text), text.as_bytes().get(self.at + 1)) {
            (Some(b'\n'), _) => LineEnd::Feed,
            (Some(b'\r'), Some(b'\n')) => LineEnd::Both,
            (Some(b'\r'), _) => LineEnd::Return,
            _ => return false,
        };
        self.at += if end == LineEnd::Both { 2 } else { 1 };
        self.out.accepted.ended(end);
        true
    }

    /// A function of its own: a browser makes short functions fast sooner.
    #[inline(never)]
    fn row(&mut self, text: &str, delimiter: u8) {
        self.out.table.begin(self.number);
        loop {
            self.cell(text, delimiter);
            if self.peek(text) == Some(delimiter) {
                self.at += 1;
                continue;
            }
            self.ends_line(text);
            break;
        }
        self.number += 1;
    }

    /// Reads up to the delimiter or the end of the line. A quotation mark counts at the beginning only.
    #[inline(always)]
    fn cell(&mut self, text: &str, delimiter: u8) {
        if self.peek(text) == Some(b'"') {
            self.quoted(text, delimiter);
        } else {
            let span = self.span(text, |byte| byte == delimiter || byte == b'\n' || byte == b'\r');
            self.take(text, span);
        }
    }

    /// Apart from what reads every other cell, as [`Self::row`] is.
    #[inline(never)]
    fn quoted(&mut self, text: &str, delimiter: u8) {
        self.at += 1;
        let from = self.at;
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        // What the cell says up to here, where it cannot be cut out as it stands.
        let (mut said, mut start) = (String::new(), from);
        let end = loop {
            self.span(text, |byte| byte == b'"');
            let end = self.at;
            if self.peek(text).is_none() {
                self.out.open_quote = self.out.open_quote.or(Some(self.number));
                break end;
            }
            self.at += 1;
            if self.peek(text) != Some(b'"') {
                self.out.swallowed.note(part(from, end), self.number, delimiter);
                break end;
            }
            said.push_str(part(start, self.at));
            self.at += 1;
            start = self.at;
        };
        let rest = self.span(text, |byte| byte == delimiter || byte == b'\n' || byte == b'\r');
        if start == from && rest.is_empty() {
            return self.take(text, from..end);
        }
        said.push_str(part(start, end));
        said.push_str(part(rest.start, rest.end));
        self.out.table.push(&said);
    }

    /// Adds a part of the text as a cell.
    #[inline(always)]
    fn take(&mut self, text: &str, span: Range<usize>) {
        if self.cuts {
            self.out.table.cut(span);
        } else {
            self.out.table.push(text.get(span).unwrap_or_default());
        }
    }

    /// Goes to the first byte that ends it, and tells where it stands. All of those are ASCII, so nothing is cut in two.
    #[inline(always)]
    fn span(&mut self, text: &str, ends: impl Fn(u8) -> bool) -> Range<usize> {
        let from = self.at;
        let bytes = text.as_bytes().get(from..).unwrap_or_default();
        self.at = from + bytes.iter().position(|byte| ends(*byte)).unwrap_or(bytes.len());
        from..self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_delimiter_is_found() {
        for (text, expected) in [
            ("a\tb,c\nd\te,f", Delimiter::Tab),
            ("a,b\nc,d", Delimiter::Comma),
            ("a;b;c\n1,5;2;3", Delimiter::Semicolon),
            ("u1\nu2\n", Delimiter::Lines),
            ("你好, 世界\nu2\nu3", Delimiter::Lines),
            // One row has a cell too many, or too few.
            ("a,b\nc,d\ne,f, g\nh,i", Delimiter::Comma),
            ("a;b\nc\nd;e\nf;g;h", Delimiter::Semicolon),
            ("a,b,c\nd,,\ne,f,\ng,,", Delimiter::Comma),
            ("a,\nb,\nc,\nd", Delimiter::Lines),
            ("a,b,c\nd,e\nf", Delimiter::Lines),
            ("", Delimiter::Lines),
        ] {
            assert_eq!(detect(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_nothing_closes_is_said() {
        let read = read("a,b\r\nc,\"d\r\ne,f", Delimiter::Comma, 9);
        assert_eq!((read.open_quote, read.table.len()), (Some(2), 2));
        assert_eq!(read.table.cell(1, 1), "d\r\ne,f");
    }

    proptest! {
        /// The same cells as the `csv` crate reads, for anything at all.
        #[test]
        fn cells_are_those_of_the_csv_crate(
            text in prop::collection::vec(prop_oneof![
                Just("\""), Just(","), Just("\n"), Just("\r\n"), Just("\r"), Just(";"), Just("a"), Just("中"), Just(" "), Just("\"\"")
            ], 0..60).prop_map(|parts| parts.concat()),
            semicolon in any::<bool>(),
        ) {
            let delimiter = if semicolon { Delimiter::Semicolon } else { Delimiter::Comma };
            let ours = read(&text, delimiter, usize::MAX).table;
            let mut theirs = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter.byte().unwrap())
                .from_reader(text.as_bytes());
            let theirs: Vec<Vec<String>> =
                theirs.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(ours.len(), theirs.len());
            for (at, row) in theirs.iter().enumerate() {
                let cells: Vec<&str> = ours.row(at);
                prop_assert!(cells.iter().skip(row.len()).all(|cell| cell.is_empty()));
                prop_assert_eq!(&cells[..row.len()], row);
            }
        }

        #[test]
        fn what_is_written_quoted_comes_back(rows in prop::collection::vec(prop::collection::vec("\\PC{0,6}|[\",\r\n]{0,4}", 2..5), 1..6)) {
            let mut text = String::new();
            for row in &rows {
                let cells: Vec<_> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
                text.push_str(&cells.join(","));
                text.push('\n');
            }
            let table = read(&text, Delimiter::Comma, 99).table;
            for (at, row) in rows.iter().enumerate() {
                prop_assert_eq!(table.number(at) as usize, at + 1);
                for (column, cell) in row.iter().enumerate() {
                    prop_assert_eq!(table.cell(at, column), cell);
                }
            }
        }
    }
}
