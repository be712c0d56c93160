//! Lists as people type them: any separator, full-width forms, characters nobody sees. They are taken where there is one way to
//! read them, and what was taken is counted, so that it can be said. Pure.

use super::BOM;
use super::columns::Known;
use super::headed::names_column;
use super::ragged::usual;
use super::separated::{self, Delimiter, read, regular};
use crate::domain::tidy::{is_invisible, is_separator, is_wide, tidy};

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`.
    Feed,
    /// `\r\n`.
    Both,
    /// `\r`.
    Return,
}

/// What was taken for a plain list though it is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Whether the text began with the mark of an encoding, which is no part of it.
    pub mark: bool,
    /// Which of [`MARKS`] parted entries or cells, a bit each.
    pub(super) parts: u8,
    /// In how many places they did.
    pub places: u32,
    /// Entries in which full-width forms became plain ones.
    pub widened: u32,
    /// Entries from which characters that nobody sees were taken away.
    pub unseen: u32,
    /// Whether entries have the numbers of their order: all of them stand on one line.
    pub in_order: bool,
    /// Which kinds of line ends there are, a bit each.
    pub(super) ends: u8,
}

/// What may part entries beside the end of a line. A space stands for all white space.
pub const MARKS: [char; 6] = ['，', '；', '、', ',', ';', ' '];

impl Accepted {
    /// The characters that parted entries.
    pub fn marks(self) -> impl Iterator<Item = char> {
        MARKS.into_iter().enumerate().filter(move |(at, _)| self.parts & (1 << at) != 0).map(|(_, mark)| mark)
    }

    /// Whether lines end in more than one way.
    pub const fn ends_differ(self) -> bool {
        self.ends.count_ones() > 1
    }

    /// Notes these marks, each a place where something was parted.
    pub(super) fn part(&mut self, marks: impl Iterator<Item = char>) {
        for mark in marks {
            self.note(mark);
            self.places = self.places.saturating_add(1);
        }
    }

    /// Notes what stands before an entry, and says how many lines end in it; `outside`, no entry is on one of its sides.
    pub(super) fn between(&mut self, text: &str, outside: bool) -> u32 {
        let mut lines = 0;
        let mut parts = false;
        for (at, c) in text.char_indices() {
            match c {
                '\n' if text.get(..at).is_some_and(|before| before.ends_with('\r')) => {}
                '\n' | '\r' => {
                    let both = text.get(at..).is_some_and(|rest| rest.starts_with("\r\n"));
                    let alone = if c == '\n' { LineEnd::Feed } else { LineEnd::Return };
                    self.ended(if both { LineEnd::Both } else { alone });
                    lines += 1;
                }
                _ if !c.is_whitespace() => {
                    parts = true;
                    self.note(c);
                }
                _ => {}
            }
        }
        if !outside && lines == 0 && !parts && !text.is_empty() {
            parts = true;
            self.note(' ');
        }
        self.places = self.places.saturating_add(u32::from(parts));
        lines
    }

    /// Notes what is changed about an entry.
    pub(super) fn tidied(&mut self, typed: &str) {
        if !typed.is_ascii() {
            self.widened += u32::from(typed.chars().any(is_wide));
            self.unseen += u32::from(typed.chars().any(is_invisible));
        }
    }

    pub(super) fn ended(&mut self, end: LineEnd) {
        self.ends |= 1 << end as u8;
    }

    fn note(&mut self, mark: char) {
        let place = MARKS.iter().position(|known| *known == mark);
        self.parts |= place.map_or(0, |place| 1 << place);
    }
}

/// So much of a text is looked at.
const SAMPLE: usize = 256 * 1024;
const SAMPLE_ROWS: usize = 50;
/// So many cells may name columns.
const NAMES: usize = 30;

/// How a text is to be read. What a program writes is read as it was written; else as people type it, where that is unmistakable.
pub fn detect(text: &str, known: &Known) -> Delimiter {
    let text = text.trim_start_matches(BOM);
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or(text);
    let strict = separated::detect(text);
    if strict == Delimiter::Lines && is_quoted(sample) {
        return Delimiter::Comma;
    }
    if known.list().is_some() && is_list(sample, known, strict) {
        return Delimiter::Entries;
    }
    if strict != Delimiter::Lines && is_table(sample, strict, known, true) {
        return strict;
    }
    // Where no wide mark stands there is nothing that only people type, and quotation marks mean what they do in a file.
    let typed = |wide: &Delimiter| wide.marks().first().is_some_and(|mark| sample.contains(*mark));
    let wide = |even: bool| {
        let wide = [Delimiter::WideComma, Delimiter::WideSemicolon].into_iter();
        wide.filter(|wide| typed(wide) && !mixes(sample, *wide))
            .find(|wide| is_table(sample, *wide, known, even))
    };
    wide(true).or_else(|| wide(false).filter(|_| strict == Delimiter::Lines)).unwrap_or(strict)
}

/// Whether each line is a cell between quotation marks, as programs write a single column. The last line may be cut off.
fn is_quoted(sample: &str) -> bool {
    let mut lines = sample.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).peekable();
    let mut any = false;
    while let Some(line) = lines.next() {
        let line = line.trim();
        let closed = line.len() > 1 && line.ends_with('"') || any && lines.peek().is_none();
        if !line.starts_with('"') || !closed {
            return false;
        }
        any = true;
    }
    any
}

/// Whether a line has both kinds of these marks: then one of them parts cells, and the other belongs to a text.
fn mixes(sample: &str, delimiter: Delimiter) -> bool {
    let all = |line: &str| delimiter.marks().iter().all(|mark| line.contains(*mark));
    sample.split(['\n', '\r']).any(all)
}

/// Whether several lines are rows of a table, and not of a list whose lines have any number of entries.
fn are_rows(sample: &str, strict: Delimiter, known: &Known) -> bool {
    let table = read(sample, strict, SAMPLE_ROWS).table;
    let usual = usual(&table);
    let longer = (0..table.len()).filter(|row| table.count(*row) > usual).count();
    let named = || table.count(0) > 1 && table.cells(0).any(|name| names_column(name, known));
    longer * 4 <= table.len() || named()
}

/// Whether this is a list of entries, and not a plain one. Several lines with as many cells each may be a table instead.
fn is_list(sample: &str, known: &Known, strict: Delimiter) -> bool {
    let mut lines = sample.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).peekable();
    let headed = lines.next_if(|line| names_column(line, known));
    if strict != Delimiter::Lines && lines.clone().nth(1).is_some() && are_rows(sample, strict, known) {
        return false;
    }
    let entries: Vec<&str> = lines.collect();
    if let [first, _, ..] = entries.as_slice()
        && first.trim().contains(is_separator)
        && first.split(is_separator).any(|name| names_column(name, known))
    {
        // Names of columns, above rows of any number of cells.
        return false;
    }
    let rest = entries.iter().flat_map(|line| line.split(is_separator)).filter(|entry| !entry.is_empty());
    let plain = |entry: &&str| entry.bytes().all(|byte| byte.is_ascii_graphic());
    (entries.iter().any(|line| line.trim().contains(is_separator)) || !rest.clone().all(|it| plain(&it)))
        && (headed.is_some() || rest.clone().take(NAMES).all(|name| !names_column(name, known)))
        && rest.clone().all(|entry| is_id(&tidy(entry)))
}

/// Whether this is a table whose rows have an id first; `even`, all have the same number of cells between these marks, else most, and
/// the first one.
fn is_table(sample: &str, delimiter: Delimiter, known: &Known, even: bool) -> bool {
    let table = read(sample, delimiter, SAMPLE_ROWS).table;
    let usual = if even { Some(table.width()) } else { regular(&table).map(|(_, width)| width) };
    let width = usual.filter(|usual| table.count(0) == *usual).unwrap_or_default();
    let named = (0..width).any(|column| names_column(table.cell(0, column), known));
    let mut rows = usize::from(named)..table.len();
    width > 1
        && !rows.is_empty()
        && rows.all(|row| (!even || table.count(row) == width) && is_id(&tidy(table.cell(row, 0))))
}

/// Whether a cell looks like an id: nothing that texts, quotations or JSON are made of.
pub fn is_id(cell: &str) -> bool {
    cell.bytes()
        .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'{' | b'}' | b'<' | b'>'))
        && !cell.is_empty()
}
