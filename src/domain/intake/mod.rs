//! Lists that people bring: text in, a table out, and which column means which field. Pure.

pub mod acts;
pub mod again;
pub mod columns;
pub mod doubled;
pub mod encoding;
pub mod headed;
pub mod kind;
mod listed;
pub mod personal;
pub mod ragged;
pub mod separated;
pub mod sloppy;
pub mod swallowed;
pub mod table;

use std::sync::Arc;

use crate::domain::job::results;
use again::Again;
use columns::Known;
use headed::{is_headed, is_titled};
use listed::Objects;
use ragged::Ragged;
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

/// What is known of a text besides what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// It is a sheet of a workbook: no separator is within a cell, and empty cells at the end of a row are left out.
    pub workbook: bool,
    /// Some of it could not be read in the encoding of its file.
    pub unfit: bool,
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
    /// Rows with more or fewer cells than there are columns.
    pub ragged: Ragged,
    /// Whether some of it could not be read in its encoding.
    pub unfit: bool,
    /// Whether this is JSON, and no list of flat objects.
    pub no_list: bool,
    /// What of it an earlier job did already, by that job's results.
    pub again: Option<Again>,
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
    origin: Origin,
    /// What reads it instead, where it is JSON.
    objects: Option<Objects>,
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
        // Whoever says what parts the cells has seen that it is no JSON.
        let objects = choice.delimiter.is_none().then(|| Objects::new(own, MOST_ROWS)).flatten();
        if objects.is_some() {
            let columns = Columns { names: Vec::new(), ours: false };
            let reader = Reader::new(Delimiter::Lines, 0);
            return Self { headed: true, columns, reader, origin: Origin::default(), objects };
        }
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
        Self { headed, columns: Columns { names, ours }, reader, origin: Origin::default(), objects: None }
    }

    /// The text has this origin.
    pub fn of(self, origin: Origin) -> Self {
        Self { origin, ..self }
    }

    /// Reads so many more rows of the same text; says whether there are more.
    pub fn step(&mut self, text: &str, rows: usize) -> bool {
        let text = text.trim_start_matches(BOM);
        self.objects.as_mut().map_or_else(|| self.reader.step(text, rows), |objects| objects.step(text, rows))
    }

    /// How many bytes were read.
    pub fn taken(&self) -> usize {
        self.objects.as_ref().map_or(self.reader.taken(), Objects::taken)
    }

    /// Whether no more rows are read.
    fn is_full(&self) -> bool {
        self.objects.as_ref().map_or(self.reader.is_full(), Objects::is_full)
    }

    /// What came of it.
    pub fn finish(self, text: &str) -> Sheet {
        let beyond = self.is_full() && self.taken() < text.trim_start_matches(BOM).trim_end().len();
        let Self { headed, columns, reader, origin, objects } = self;
        let (delimiter, read) = (reader.delimiter(), reader.out);
        let mut table = read.table;
        let mut names = columns.names;
        names.resize(table.width(), String::new());
        let swallowed = read.swallowed.in_rows(table.len());
        let ragged = Ragged::of(&table, headed, origin.workbook);
        let no_list = objects.as_ref().is_some_and(|objects| objects.fails);
        let mut ours = columns.ours;
        let mut bare: fn(&str) -> &str = results::unguarded;
        if let Some(objects) = objects {
            ours = objects.names.iter().any(|name| results::COLUMNS.contains(&name.as_str()));
            (names, table) = (objects.names, objects.table);
            // Nothing runs a text in JSON, and none is guarded.
            bare = |cell| cell;
        } else if headed {
            table.drop_first();
        }
        let mut again = None;
        if ours {
            let outcome = names.iter().position(|name| name == results::OUTCOME);
            again = outcome.and_then(|column| Again::of(&table, column));
            let own = |name: &String| !results::COLUMNS.contains(&name.as_str());
            let kept: Vec<usize> =
                (0..).zip(&names).filter(|(_, name)| own(name)).map(|(at, _)| at).collect();
            table = table.only(&kept, bare);
            names.retain(own);
            names = names.iter().map(|name| bare(name).to_owned()).collect();
        }
        for (column, name) in (1..).zip(&mut names) {
            if name.is_empty() {
                *name = i32::to_string(&column);
            }
        }
        let accepted = Accepted { mark: text.starts_with(BOM), ..read.accepted };
        let table = Arc::new(table);
        let open_quote = read.open_quote;
        Sheet {
            delimiter,
            headed,
            names,
            table,
            open_quote,
            swallowed,
            ragged,
            unfit: origin.unfit,
            no_list,
            again,
            beyond,
            accepted,
        }
    }
}

impl Sheet {
    /// Reads a text at once. A file that a job wrote loses the columns the job added, and the guards of its cells.
    pub fn read(text: &str, choice: Choice, known: &Known) -> Self {
        let mut reading = Reading::new(text, choice, known);
        while reading.step(text, usize::MAX) && !reading.is_full() {}
        reading.finish(text)
    }

    /// Whether every cell of its first rows, and not only of one column, might be an entry of a list.
    pub fn may_be_list(&self) -> bool {
        let mut rows = 0..self.table.len().min(SAMPLE_ROWS);
        let cells = |row| self.table.cells(row).filter(|cell| !cell.trim().is_empty());
        !self.headed && self.table.width() > 1 && rows.all(|row| cells(row).all(is_id))
    }
}
