//! Lists that people bring: text in, a table out, and which column means which field. Pure.

pub mod columns;
pub mod encoding;
pub mod headed;
pub mod kind;
pub mod personal;
pub mod separated;
pub mod sloppy;
pub mod swallowed;
pub mod table;

use std::sync::Arc;

use crate::domain::job::results;
use columns::Known;
use headed::{is_headed, is_titled};
use separated::{Delimiter, Reader};
use sloppy::{Accepted, detect, is_id};
use swallowed::Swallowed;
use table::Table;

/// More rows than this are refused.
pub const MOST_ROWS: usize = 1_000_000;
/// So many rows are looked at to find out what they are.
const SAMPLE_ROWS: usize = 50;
const BOM: char = '\u{feff}';

/// How a text is to be read; what is left open is found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What stands between two cells.
    pub delimiter: Option<Delimiter>,
    /// Whether the first row names the columns.
    pub headed: Option<bool>,
}

/// A text as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What stood between two cells.
    pub delimiter: Delimiter,
    /// Whether the first row named the columns.
    pub headed: bool,
    /// The columns' names; made up of numbers when there were none.
    pub names: Vec<String>,
    /// The rows, without the first one when that named the columns, and without what an earlier job added.
    pub table: Arc<Table>,
    /// The row in which a quotation mark was opened that nothing closes.
    pub open_quote: Option<u32>,
    /// A quoted cell that is likely to hold rows of the list.
    pub swallowed: Option<Swallowed>,
    /// Rows beyond [`MOST_ROWS`], which were not read.
    pub beyond: bool,
    /// What was taken for a plain list though it is none.
    pub accepted: Accepted,
}

/// A text that is being read.
#[derive(Clone, Debug)]
pub struct Reading {
    headed: bool,
    columns: Columns,
    reader: Reader,
}

/// The columns of a text, by its first rows.
#[derive(Clone, Debug)]
struct Columns {
    names: Vec<String>,
    /// Whether an earlier job wrote it: it added columns, and guarded the cells.
    ours: bool,
}

impl Reading {
    /// Looks at the beginning of a text.
    pub fn new(text: &str, choice: Choice, known: &Known) -> Self {
        let own = text.trim_start_matches(BOM);
        let delimiter = choice.delimiter.unwrap_or_else(|| detect(text, known));
        // Of what is parted anywhere, the name of a column is not to be parted itself.
        let titled = delimiter == Delimiter::Entries && choice.headed != Some(false) && is_titled(own, known);
        let reader = |most: usize| Reader::new(delimiter, most).titled(titled);
        let mut sample = reader(SAMPLE_ROWS);
        while sample.step(own, usize::MAX) {}
        let first = sample.out.table;
        let headed = choice.headed.unwrap_or_else(|| titled || is_headed(&first, delimiter, known));
        let name = |column| if headed { first.cell(0, column).trim() } else { "" };
        let names: Vec<String> = (0..first.width()).map(|column| name(column).to_owned()).collect();
        let ours = names.iter().any(|name| results::COLUMNS.contains(&name.as_str()));
        let reader = reader(MOST_ROWS + usize::from(headed));
        Self { headed, columns: Columns { names, ours }, reader }
    }

    /// Reads so many more rows of the same text; says whether there are more.
    pub fn step(&mut self, text: &str, rows: usize) -> bool {
        self.reader.step(text.trim_start_matches(BOM), rows)
    }

    /// How many bytes were read.
    pub fn taken(&self) -> usize {
        self.reader.taken()
    }

    /// What came of it.
    pub fn finish(self, text: &str) -> Sheet {
        let beyond = self.reader.is_full() && self.taken() < text.trim_start_matches(BOM).trim_end().len();
        let Self { headed, columns, reader } = self;
        let (delimiter, read) = (reader.delimiter(), reader.out);
        let mut table = read.table;
        let mut names = columns.names;
        names.resize(table.width(), String::new());
        let swallowed = read.swallowed.in_rows(table.len());
        if headed {
            table.drop_first();
        }
        if columns.ours {
            let own = |name: &String| !results::COLUMNS.contains(&name.as_str());
            let kept: Vec<usize> =
                (0..).zip(&names).filter(|(_, name)| own(name)).map(|(at, _)| at).collect();
            table = table.only(&kept, results::unguarded);
            names.retain(own);
            names = names.iter().map(|name| results::unguarded(name).to_owned()).collect();
        }
        for (column, name) in (1..).zip(&mut names) {
            if name.is_empty() {
                *name = i32::to_string(&column);
            }
        }
        let accepted = Accepted { mark: text.starts_with(BOM), ..read.accepted };
        let table = Arc::new(table);
        let open_quote = read.open_quote;
        Sheet { delimiter, headed, names, table, open_quote, swallowed, beyond, accepted }
    }
}

impl Sheet {
    /// Reads a text at once. A file that a job wrote loses the columns the job added, and the guards of its cells.
    pub fn read(text: &str, choice: Choice, known: &Known) -> Self {
        let mut reading = Reading::new(text, choice, known);
        while reading.step(text, usize::MAX) && !reading.reader.is_full() {}
        reading.finish(text)
    }

    /// Whether every cell of its first rows, and not only of one column, might be an entry of a list.
    pub fn may_be_list(&self) -> bool {
        let mut rows = 0..self.table.len().min(SAMPLE_ROWS);
        let cells = |row| self.table.cells(row).filter(|cell| !cell.trim().is_empty());
        !self.headed && self.table.width() > 1 && rows.all(|row| cells(row).all(is_id))
    }
}
