//! By which number a vendor may recognise a repeat: that of the try whose end nobody knows. Pure.
//!
//! A request sent again with just the items of one that ended unknown carries that one's mark, so that a vendor that tells
//! repeats apart can refuse it. Everything else gets a mark of its own.

use std::collections::BTreeMap;

use super::record::Record;
use super::retry::Fate;

/// The roots of tries, followed through a ledger.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    open: BTreeMap<u32, (u32, Vec<u32>)>,
    /// For each item that ended unknown: the root, and how many items that request had.
    unknown: BTreeMap<u32, (u32, usize)>,
}

impl Traces {
    /// Takes note of a record.
    pub fn read(&mut self, record: &Record) {
        match record {
            Record::Sending { attempt, items, .. } => {
                let root = self.root(*attempt, items);
                self.open.insert(*attempt, (root, items.clone()));
            }
            Record::Withdrawn { attempt } => {
                self.open.remove(attempt);
            }
            Record::Settled { attempt, parts } => {
                if let Some((root, items)) = self.open.remove(attempt) {
                    let unknown = parts.iter().all(|part| part.fate == Fate::Unknown);
                    self.end(root, &items, unknown);
                }
            }
            Record::Interrupted => {
                for (root, items) in std::mem::take(&mut self.open).into_values() {
                    self.end(root, &items, true);
                }
            }
            _ => {}
        }
    }

    /// The root of a try with these items: that of the unknown one it repeats, else its own number.
    pub fn root(&self, attempt: u32, items: &[u32]) -> u32 {
        let of = |item: &u32| self.unknown.get(item).copied();
        let first = items.first().and_then(of).filter(|(_, count)| *count == items.len());
        let same =
            |(root, _): &(u32, usize)| items.iter().all(|item| of(item).is_some_and(|own| own.0 == *root));
        first.filter(same).map_or(attempt, |(root, _)| root)
    }

    /// The root of the last try of an item that ended unknown.
    pub fn unknown(&self, item: u32) -> Option<u32> {
        self.unknown.get(&item).map(|(root, _)| *root)
    }

    /// The root of a try that is open.
    pub fn of(&self, attempt: u32) -> u32 {
        self.open.get(&attempt).map_or(attempt, |(root, _)| *root)
    }

    fn end(&mut self, root: u32, items: &[u32], unknown: bool) {
        for item in items {
            if unknown {
                self.unknown.insert(*item, (root, items.len()));
            } else {
                self.unknown.remove(item);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::job::item::Cause;
    use crate::domain::job::record::Part;

    fn sending(attempt: u32, items: &[u32]) -> Record {
        Record::Sending { chunk: attempt, attempt, items: items.to_vec() }
    }

    fn settled(attempt: u32, items: &[u32], fate: Fate) -> Record {
        let part = |item: &u32| Part { item: *item, fate, cause: Cause::NONE };
        Record::Settled { attempt, parts: items.iter().map(part).collect() }
    }

    #[test]
    fn only_a_repeat_of_all_that_is_unknown_keeps_its_mark() {
        let mut traces = Traces::default();
        for record in [
            sending(0, &[0, 1]),
            settled(0, &[0, 1], Fate::Unknown),
            sending(1, &[2]),
            settled(1, &[2], Fate::Rejected),
            sending(2, &[3, 4]),
            Record::Interrupted,
        ] {
            traces.read(&record);
        }
        assert_eq!(traces.root(9, &[0, 1]), 0);
        assert_eq!(traces.root(9, &[0]), 9);
        assert_eq!(traces.root(9, &[0, 3]), 9);
        assert_eq!(traces.root(9, &[2]), 9);
        assert_eq!(traces.root(9, &[3, 4]), 2);
        // A repeat that is unknown again keeps the first mark; one that ended forgets it.
        traces.read(&sending(3, &[0, 1]));
        traces.read(&settled(3, &[0, 1], Fate::Unknown));
        assert_eq!(traces.root(9, &[0, 1]), 0);
        traces.read(&sending(4, &[0, 1]));
        traces.read(&settled(4, &[0, 1], Fate::Sent));
        assert_eq!(traces.root(9, &[0, 1]), 9);
    }
}
