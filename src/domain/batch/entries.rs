//! What a batch is about, in a few stretches of memory: a million entries are a dozen allocations. Pure.

use std::sync::Arc;

use crate::domain::intake::separated::{Delimiter, read};
use crate::domain::intake::table::Table;

/// One thing to do: a receiver, a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The row of the file it comes from.
    pub row: u32,
    /// Which of the batch's shared texts it goes with.
    pub group: u32,
    /// Its own texts, in the order of [`super::Batch::names`].
    pub texts: Vec<&'a str>,
    /// The row's cells as they came.
    pub cells: Vec<&'a str>,
}

/// All of them, in order.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    groups: Vec<u32>,
    /// Which row of the cells each is.
    places: Vec<u32>,
    /// The list itself, which others look at too.
    cells: Arc<Table>,
    /// The column in which those stand that say just what stands there.
    column: usize,
    /// Where in the texts each of the others stands, and [`AS_IT_STANDS`] for those; shorter than the list while only they follow.
    own: Vec<u32>,
    /// What the others say.
    texts: Table,
}

/// The place of an entry that has no texts of its own.
const AS_IT_STANDS: u32 = u32::MAX;

impl PartialEq for Entries {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Entries {
    /// None yet, of this list. What some of them say may stand in this column.
    pub(super) fn of(cells: Arc<Table>, column: usize) -> Self {
        let mut entries = Self { cells, column, ..Self::default() };
        entries.groups.reserve(entries.cells.len());
        entries.places.reserve(entries.cells.len());
        entries
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The entry at this place.
    pub fn get(&self, at: usize) -> Option<Entry<'_>> {
        let group = *self.groups.get(at)?;
        Some(Entry {
            row: self.row(at),
            group,
            texts: self.texts(at).collect(),
            cells: self.cells(at).collect(),
        })
    }

    /// The row an entry comes from.
    pub fn row(&self, at: usize) -> u32 {
        self.cells.number(self.place(at))
    }

    /// Which row of the cells an entry is.
    #[inline(always)]
    fn place(&self, at: usize) -> usize {
        let place = self.places.get(at).and_then(|place| usize::try_from(*place).ok());
        place.unwrap_or(usize::MAX)
    }

    /// An entry's own texts.
    #[inline(always)]
    pub fn texts(&self, at: usize) -> impl DoubleEndedIterator<Item = &str> {
        let own = self.own.get(at).filter(|own| **own != AS_IT_STANDS);
        match own.and_then(|own| usize::try_from(*own).ok()) {
            Some(own) => self.texts.some(own, 0, usize::MAX),
            None => self.cells.some(self.place(at), self.column, 1),
        }
    }

    /// The cells of an entry's row as they came.
    pub fn cells(&self, at: usize) -> impl Iterator<Item = &str> {
        self.cells.cells(self.place(at))
    }

    /// Adds what an entry says to what others say, a line each.
    pub(super) fn say(&self, at: usize, lines: &mut String) {
        for text in self.texts(at) {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(text);
        }
    }

    /// Whether an entry says this in this group.
    pub(super) fn says(&self, at: usize, group: u32, texts: &[impl AsRef<str>]) -> bool {
        self.groups.get(at) == Some(&group) && self.texts(at).eq(texts.iter().map(AsRef::as_ref))
    }

    /// The groups, in order.
    pub fn groups(&self) -> &[u32] {
        &self.groups
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// As it is kept: a line for each, with its row, its group, how many texts it has, its texts and its cells.
    pub fn encode(&self) -> String {
        let mut kept = String::new();
        for at in 0..self.len() {
            let (row, group) = (self.row(at), self.groups.get(at).copied().unwrap_or_default());
            kept.push_str(&format!("{row},{group},{}", self.texts(at).count()));
            for text in self.texts(at).chain(self.cells(at)) {
                kept.push(',');
                if text.contains(['"', ',', '\r', '\n']) {
                    kept.push('"');
                    kept.push_str(&text.replace('"', "\"\""));
                    kept.push('"');
                } else {
                    kept.push_str(text);
                }
            }
            kept.push('\n');
        }
        kept
    }

    /// Read back; none when it is broken.
    pub fn decode(kept: &str) -> Option<Self> {
        let table = read(kept, Delimiter::Comma, usize::MAX).table;
        let mut entries = Self::default();
        for at in 0..table.len() {
            let number = |column| table.cell(at, column).parse().ok();
            let texts = usize::try_from(number(2)?).ok()?;
            let own = || table.cells(at).skip(3);
            if own().count() < texts {
                return None;
            }
            entries.push(number(0)?, number(1)?, own().take(texts), own().skip(texts));
        }
        Some(entries)
    }

    /// Adds what a row of the list says in a group, in texts of its own.
    pub(super) fn add<'a>(&mut self, place: usize, group: u32, texts: impl IntoIterator<Item = &'a str>) {
        self.own.resize(self.len(), AS_IT_STANDS);
        self.own.push(u32::try_from(self.texts.len()).unwrap_or(AS_IT_STANDS));
        self.texts.begin(self.cells.number(place));
        texts.into_iter().for_each(|text| self.texts.push(text));
        self.groups.push(group);
        self.places.push(u32::try_from(place).unwrap_or(u32::MAX));
    }

    /// Adds a row of the list that says what stands in the column.
    #[inline(always)]
    pub(super) fn add_as_it_stands(&mut self, place: usize, group: u32) {
        if !self.own.is_empty() {
            self.own.push(AS_IT_STANDS);
        }
        self.groups.push(group);
        self.places.push(u32::try_from(place).unwrap_or(u32::MAX));
    }

    /// Adds one with its cells.
    pub fn push<'a>(
        &mut self,
        row: u32,
        group: u32,
        texts: impl IntoIterator<Item = &'a str>,
        cells: impl IntoIterator<Item = &'a str>,
    ) {
        let place = self.cells.len();
        let table = Arc::make_mut(&mut self.cells);
        table.begin(row);
        cells.into_iter().for_each(|cell| table.push(cell));
        self.add(place, group, texts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_kept_comes_back(all in prop::collection::vec(
            (any::<u32>(), any::<u32>(), prop::collection::vec("\\PC{0,6}|[\",\r\n]{0,4}", 1..4), prop::collection::vec("[a\",\r\n]{0,4}", 0..4)), 0..9)
        ) {
            let mut entries = Entries::default();
            for (row, group, texts, cells) in &all {
                entries.push(*row, *group, texts.iter().map(String::as_str), cells.iter().map(String::as_str));
            }
            let back = Entries::decode(&entries.encode());
            prop_assert_eq!(back.as_ref(), Some(&entries));
            for (entry, (row, group, texts, cells)) in entries.iter().zip(&all) {
                prop_assert_eq!((entry.row, entry.group), (*row, *group));
                prop_assert_eq!(&entry.texts, texts);
                prop_assert_eq!(&entry.cells, cells);
            }
        }
    }
}
