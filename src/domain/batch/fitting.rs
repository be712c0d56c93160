//! Which items of a job fit what a person asks for: a state, and a text. Pure.

use super::entries::Entries;
use crate::domain::job::item::State;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Only items in this state.
    state: Option<State>,
    /// Only items that hold this, in lower case; all of them when it is empty.
    wanted: String,
}

impl Question {
    /// Items in this state, if one is named, that hold what was typed, in any letter case.
    pub fn new(state: Option<State>, typed: &str) -> Self {
        Self { state, wanted: typed.trim().to_lowercase() }
    }

    /// Whether every item fits, whatever becomes of it.
    pub const fn is_open(&self) -> bool {
        self.state.is_none() && self.wanted.is_empty()
    }

    /// Whether it asks for a state, so that other items fit when a job goes on.
    pub const fn asks_for_state(&self) -> bool {
        self.state.is_some()
    }

    /// Whether it asks for a text.
    pub const fn asks_for_text(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Whether an item in this state fits: by its cells as they came, its own texts, or the id of its message.
    pub fn fits<'a>(
        &self,
        entries: &'a Entries,
        item: u32,
        state: State,
        message: impl FnOnce() -> &'a str,
    ) -> bool {
        if self.state.is_some_and(|wanted| wanted != state) {
            return false;
        }
        if self.wanted.is_empty() {
            return true;
        }
        let at = usize::try_from(item).unwrap_or(usize::MAX);
        entries.cells(at).chain(entries.texts(at)).any(|text| self.is_in(text)) || self.is_in(message())
    }

    /// Most cells are plain, and need no copy to be looked into.
    fn is_in(&self, text: &str) -> bool {
        let wanted = self.wanted.as_bytes();
        match text.is_ascii() {
            true => text.as_bytes().windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted)),
            false => text.to_lowercase().contains(&self.wanted),
        }
    }
}

/// The items that fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fitting {
    /// So many, which are all.
    All(u32),
    /// These, in order.
    These(Vec<u32>),
}

impl Fitting {
    /// How many they are.
    pub fn count(&self) -> usize {
        match self {
            Self::All(total) => usize::try_from(*total).unwrap_or(usize::MAX),
            Self::These(items) => items.len(),
        }
    }

    /// Where the page of so many begins that holds this place, or the last page where there are fewer by now.
    pub fn begin(&self, place: usize, most: usize) -> usize {
        let place = place.min(self.count().saturating_sub(1));
        place - place.checked_rem(most).unwrap_or_default()
    }

    /// So many from this place on.
    pub fn page(&self, from: usize, most: usize) -> Vec<u32> {
        match self {
            Self::All(total) => (0..*total).skip(from).take(most).collect(),
            Self::These(items) => items.iter().skip(from).take(most).copied().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list whose second column is what is sent to whom, with a message's id each.
    const ROWS: [(&str, &str, State, &str); 4] = [
        ("Zhang San", "user0001", State::Sent, "9007199254740993"),
        ("李四 Ａ", "user0002", State::Rejected, ""),
        ("", "USER0003", State::Unknown, ""),
        ("ÉMILE", "ghost01", State::Planned, ""),
    ];

    fn entries() -> Entries {
        let mut entries = Entries::default();
        for (row, (name, user, ..)) in (2..).zip(ROWS) {
            entries.push(row, 0, [user, "Own Text"], [name, user]);
        }
        entries
    }

    fn fitting(state: Option<State>, typed: &str) -> Vec<u32> {
        let (entries, question) = (entries(), Question::new(state, typed));
        let fits = |(item, row): &(u32, (&str, &str, State, &'static str))| {
            question.fits(&entries, *item, row.2, || row.3)
        };
        (0..).zip(ROWS).filter(fits).map(|(item, _)| item).collect()
    }

    #[test]
    fn a_row_is_found_by_its_cells_its_own_texts_and_its_message_in_any_letter_case() {
        for (typed, found) in [
            ("", &[0, 1, 2, 3][..]),
            ("  ", &[0, 1, 2, 3]),
            ("user0001", &[0]),
            ("USER", &[0, 1, 2]),
            ("zhang s", &[0]),
            (" 李四 ", &[1]),
            ("四 ａ", &[1]),
            ("émile", &[3]),
            ("own text", &[0, 1, 2, 3]),
            ("740993", &[0]),
            ("user0004", &[]),
            // Two cells are not one text.
            ("sanuser0001", &[]),
        ] {
            assert_eq!(fitting(None, typed), found, "{typed:?}");
        }
    }

    #[test]
    fn a_state_and_a_text_are_both_asked_for() {
        assert_eq!(fitting(Some(State::Rejected), ""), [1]);
        assert_eq!(fitting(Some(State::Rejected), "user"), [1]);
        assert_eq!(fitting(Some(State::Sent), "user0002"), [0_u32; 0]);
        assert_eq!(fitting(Some(State::MarkedSent), ""), [0_u32; 0]);
        let asks = |state, typed| {
            let question = Question::new(state, typed);
            [question.is_open(), question.asks_for_state(), question.asks_for_text()]
        };
        assert_eq!(asks(None, " "), [true, false, false]);
        assert_eq!(asks(None, "u"), [false, false, true]);
        assert_eq!(asks(Some(State::Sent), ""), [false, true, false]);
    }

    #[test]
    fn pages_hold_each_item_once_and_none_is_beyond_the_last() {
        for all in [Fitting::All(120), Fitting::These((0..120).collect())] {
            assert_eq!(all.count(), 120);
            let pages: Vec<u32> = [0, 50, 100, 150].into_iter().flat_map(|from| all.page(from, 50)).collect();
            assert_eq!(pages, (0..120).collect::<Vec<_>>());
            assert_eq!(all.page(100, 50).len(), 20);
            assert_eq!(
                [0, 49, 50, 119, 120, 9_999].map(|place| all.begin(place, 50)),
                [0, 0, 50, 100, 100, 100]
            );
        }
        let none = Fitting::These(Vec::new());
        assert_eq!((none.count(), none.begin(50, 50), none.page(0, 50).len()), (0, 0, 0));
    }
}
