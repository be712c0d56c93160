//! The items of a job: four bytes each, and counts that always sum. Pure.

use std::collections::BTreeMap;

/// What is known of one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Surely not done, and waiting to be.
    Planned,
    /// Its request is written down and may be out.
    Sending,
    /// Done: the vendor said so.
    Sent,
    /// Surely not done, and given up.
    Rejected,
    /// Nobody knows whether it was done. It waits for a person.
    Unknown,
    /// It was unknown, and a person says that it was done.
    MarkedSent,
}

impl State {
    /// The state's name in ledgers and result files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
            Self::MarkedSent => "marked_sent",
        }
    }

    /// Whether nothing more will happen to the item without a person.
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Planned | Self::Sending)
    }
}

/// Why an item ended as it did: a number of the caller's, who keeps the code, the reason and the advice behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause(pub u16);

impl Cause {
    /// Nothing to tell.
    pub const NONE: Self = Self(0);
    /// The page ended, or lost the job, while the request may have been out.
    pub const INTERRUPTED: Self = Self(u16::MAX);
    /// The answer did not mention the item, or contradicted itself about it.
    pub const UNMENTIONED: Self = Self(u16::MAX - 1);
    /// It was unknown, and was found when somebody looked for it.
    pub const FOUND: Self = Self(u16::MAX - 2);
    /// The last number that has no meaning of its own.
    pub const LAST: Self = Self(u16::MAX - 3);
}

/// One item, as far as the engine knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is known of it.
    pub state: State,
    /// How often a request with it was written down to leave; stays at 255.
    pub attempts: u8,
    /// Why it is rejected or unknown.
    pub cause: Cause,
}

/// How many items are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waiting.
    pub planned: u32,
    /// Perhaps out.
    pub sending: u32,
    /// Done, says the vendor.
    pub sent: u32,
    /// Not done, given up.
    pub rejected: u32,
    /// Nobody knows.
    pub unknown: u32,
    /// Done, says a person.
    pub marked: u32,
}

impl Counts {
    /// All items.
    pub const fn total(&self) -> u32 {
        self.planned + self.settled() + self.sending
    }

    /// Those to which nothing more happens without a person.
    pub const fn settled(&self) -> u32 {
        self.sent + self.rejected + self.unknown + self.marked
    }

    /// The count of one state.
    pub const fn of(&self, state: State) -> u32 {
        match state {
            State::Planned => self.planned,
            State::Sending => self.sending,
            State::Sent => self.sent,
            State::Rejected => self.rejected,
            State::Unknown => self.unknown,
            State::MarkedSent => self.marked,
        }
    }

    fn slot(&mut self, state: State) -> &mut u32 {
        match state {
            State::Planned => &mut self.planned,
            State::Sending => &mut self.sending,
            State::Sent => &mut self.sent,
            State::Rejected => &mut self.rejected,
            State::Unknown => &mut self.unknown,
            State::MarkedSent => &mut self.marked,
        }
    }
}

/// All items of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items {
    items: Vec<Item>,
    counts: Counts,
    causes: BTreeMap<(State, Cause), u32>,
}

impl Items {
    /// `total` items, all planned.
    pub fn new(total: u32) -> Self {
        let item = Item { state: State::Planned, attempts: 0, cause: Cause::NONE };
        let items = vec![item; usize::try_from(total).unwrap_or_default()];
        Self { items, counts: Counts { planned: total, ..Counts::default() }, causes: BTreeMap::new() }
    }

    /// The item with this index.
    pub fn get(&self, index: u32) -> Option<Item> {
        self.items.get(usize::try_from(index).ok()?).copied()
    }

    /// Whether the item with this index is in this state.
    pub fn is(&self, index: u32, state: State) -> bool {
        self.get(index).is_some_and(|item| item.state == state)
    }

    /// All items in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Item)> + '_ {
        (0..).zip(self.items.iter().copied())
    }

    /// The indexes of the items in this state, in order.
    pub fn in_state(&self, state: State) -> impl Iterator<Item = u32> + '_ {
        self.iter().filter(move |(_, item)| item.state == state).map(|(index, _)| index)
    }

    /// How many are in each state. They sum to the number of items.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// The causes of what was rejected or is unknown, with how many items each has; the largest group first.
    pub fn causes(&self) -> Vec<(State, Cause, u32)> {
        let mut causes: Vec<_> =
            self.causes.iter().map(|((state, cause), count)| (*state, *cause, *count)).collect();
        causes.sort_by(|one, other| other.2.cmp(&one.2).then(one.cmp(other)));
        causes
    }

    /// Moves an item; does nothing for an index that is none.
    pub(super) fn set(&mut self, index: u32, to: Item) {
        let place = usize::try_from(index).ok().and_then(|at| self.items.get_mut(at));
        let Some(item) = place else { return };
        let before = std::mem::replace(item, to);
        let counts = &mut self.counts;
        *counts.slot(before.state) -= 1;
        *counts.slot(to.state) += 1;
        for (item, grows) in [(before, false), (to, true)] {
            if !matches!(item.state, State::Rejected | State::Unknown) {
                continue;
            }
            let key = (item.state, item.cause);
            let count = self.causes.entry(key).or_default();
            *count = if grows { *count + 1 } else { count.saturating_sub(1) };
            if *count == 0 {
                self.causes.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STATES: [State; 6] =
        [State::Planned, State::Sending, State::Sent, State::Rejected, State::Unknown, State::MarkedSent];

    #[test]
    fn an_item_takes_four_bytes() {
        assert_eq!(size_of::<Item>(), 4);
    }

    #[test]
    fn every_state_has_a_name_of_its_own() {
        let names: std::collections::HashSet<_> = STATES.iter().map(|state| state.name()).collect();
        assert_eq!(names.len(), STATES.len());
    }

    proptest! {
        #[test]
        fn counts_sum_and_agree_with_the_items(moves in prop::collection::vec((0..9_u32, 0..6_usize, 0..3_u16), 0..60)) {
            let mut items = Items::new(8);
            for (index, state, cause) in moves {
                items.set(index, Item { state: STATES[state], attempts: 1, cause: Cause(cause) });
            }
            prop_assert_eq!(items.counts().total(), 8);
            for state in STATES {
                prop_assert_eq!(items.counts().of(state) as usize, items.in_state(state).count());
            }
            for (state, cause, count) in items.causes() {
                let same = items.iter().filter(|(_, item)| (item.state, item.cause) == (state, cause)).count();
                prop_assert_eq!(count as usize, same);
            }
            let grouped: u32 = items.causes().iter().map(|(_, _, count)| count).sum();
            prop_assert_eq!(grouped, items.counts().rejected + items.counts().unknown);
        }
    }
}
