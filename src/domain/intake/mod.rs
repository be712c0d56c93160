//! Lists that people bring: text in, a table out, and which column means which field. Pure.

pub mod columns;
pub mod kind;
pub mod personal;
pub mod separated;
pub mod table;

use crate::domain::job::results;
use columns::Known;
use separated::{Delimiter, detect, read};
use table::Table;

/// More rows than this are refused.
pub const MOST_ROWS: usize = 100_000;

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
    pub table: Table,
    /// The row in which a quotation mark was opened that nothing closes.
    pub open_quote: Option<u32>,
    /// Rows beyond [`MOST_ROWS`], which were not read.
    pub beyond: bool,
}

impl Sheet {
    /// Reads a text. A file that a job wrote loses the columns the job added, and the guards of its cells.
    pub fn read(text: &str, choice: Choice, known: &Known) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let delimiter = choice.delimiter.unwrap_or_else(|| detect(text));
        let whole = read(text, delimiter, MOST_ROWS + 2);
        let headed = choice.headed.unwrap_or_else(|| is_headed(&whole.table, known));
        let width = whole.table.width();
        let mut names: Vec<String> = (0..width)
            .map(|column| {
                let named = if headed { whole.table.cell(0, column).trim() } else { "" };
                if named.is_empty() { (column + 1).to_string() } else { named.to_owned() }
            })
            .collect();
        let own: Vec<usize> = (0..width)
            .filter(|column| {
                !names.get(*column).is_some_and(|name| results::COLUMNS.contains(&name.as_str()))
            })
            .collect();
        let written_here = own.len() < width;
        let mut table = Table::default();
        let mut beyond = false;
        for row in usize::from(headed)..whole.table.len() {
            if table.len() == MOST_ROWS {
                beyond = true;
                break;
            }
            table.begin(whole.table.number(row));
            for column in &own {
                let cell = whole.table.cell(row, *column);
                table.push(if written_here { results::unguarded(cell) } else { cell });
            }
        }
        names = own.iter().filter_map(|column| names.get(*column).cloned()).collect();
        Self { delimiter, headed, names, table, open_quote: whole.open_quote, beyond }
    }
}

/// Whether the first row names columns: it says something that is known, or it holds no digit above a column full of them.
fn is_headed(table: &Table, known: &Known) -> bool {
    let first: Vec<&str> = (0..table.width()).map(|column| table.cell(0, column).trim()).collect();
    if table.is_empty() {
        return false;
    }
    if first.iter().any(|name| known.find(name).is_some() || results::COLUMNS.contains(name)) {
        return true;
    }
    let digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let rows = 1..table.len().min(20);
    let named = first.iter().all(|name| !name.is_empty() && !digit(name));
    let full = |column: usize| rows.clone().all(|row| digit(table.cell(row, column)));
    named && !rows.is_empty() && (0..table.width()).any(full)
}
