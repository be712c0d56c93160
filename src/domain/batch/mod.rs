//! A list as drafts of one operation: what each row says, which rows share a request, and the texts of any request. Pure.

pub mod allowed;
pub mod build;
pub mod check;
pub mod entries;
pub mod fitting;
pub mod head;
pub mod keep;
pub mod packed;
pub mod recipe;
pub mod request;
pub mod sought;
mod spelled;
pub mod texts;
pub mod trouble;

use entries::{Entries, Entry};

use super::draft::Values;
use super::field::{Initial, Kind, Unit};
use super::job::plan::Plan;
use super::operation::{Danger, Operation, Targets};
use super::rows::{cell_name, cell_of};
use crate::domain::job::retry::Twice;

/// Many drafts of one operation.
#[derive(Clone, Debug)]
pub struct Batch {
    /// What is to be done.
    pub operation: &'static Operation,
    /// The columns of the file.
    pub columns: Vec<String>,
    /// The names of what is said entry by entry.
    pub names: Vec<String>,
    /// What entries share. Only entries of one group go into one request.
    pub groups: Vec<Values>,
    /// The entries.
    pub entries: Entries,
    /// How many entries a request may have.
    pub most: u32,
    /// The texts with names of columns in them, as they were typed; what became of them the entries and groups say.
    pub templates: Values,
}

impl Batch {
    /// Which entries share a request.
    pub fn plan(&self) -> Plan {
        let total = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        match self.operation.targets {
            Targets::One => Plan::together(total, 1),
            Targets::EntriesOf(_) if self.groups.len() < 2 => Plan::together(total, self.most),
            Targets::EntriesOf(_) => Plan::new(self.entries.groups().iter().copied(), self.most),
        }
    }

    /// An entry.
    pub fn entry(&self, item: u32) -> Option<Entry<'_>> {
        self.entries.get(usize::try_from(item).ok()?)
    }

    /// Which of the shared texts an entry goes with.
    fn group(&self, item: u32) -> Option<u32> {
        self.entries.groups().get(usize::try_from(item).ok()?).copied()
    }

    /// What these entries say, a line each.
    fn lines(&self, items: &[u32]) -> String {
        let mut lines = String::with_capacity(items.len() * 16);
        for at in items.iter().filter_map(|item| usize::try_from(*item).ok()) {
            self.entries.say(at, &mut lines);
        }
        lines
    }

    /// The texts of a request with these entries. `drawn` is a random whole number of 32 bits, in decimal digits.
    pub fn texts(&self, items: &[u32], drawn: &str) -> Values {
        let entries = || items.iter().filter_map(|item| usize::try_from(*item).ok());
        let group = items.first().and_then(|item| self.group(*item));
        let group = group.and_then(|group| self.groups.get(usize::try_from(group).ok()?));
        let mut values = group.cloned().unwrap_or_default();
        for field in self.operation.form.fields() {
            if field.initial == Some(Initial::Drawn) && !self.names.iter().any(|name| name == field.name) {
                values.set(field.name, drawn);
            }
        }
        match self.operation.targets {
            Targets::EntriesOf(list) if matches!(list.kind, Kind::Rows(_)) => {
                for (row, at) in entries().enumerate() {
                    for (name, text) in self.names.iter().zip(self.entries.texts(at)) {
                        let cell = cell_of(list.name, name).map_or(name.as_str(), |(_, cell)| cell);
                        if !text.is_empty() {
                            values.set(&cell_name(list.name, row, cell), text);
                        }
                    }
                }
            }
            Targets::EntriesOf(list) => values.set(list.name, self.lines(items)),
            Targets::One => {
                for at in entries() {
                    for (name, text) in self.names.iter().zip(self.entries.texts(at)) {
                        values.set(name, text);
                    }
                }
            }
        }
        values
    }
}

/// The mark of a try by its root, and a random number of 32 bits made from it, in decimal digits. `job` is 32 random hexadecimal
/// digits; two roots of a job never have the same.
pub fn mark(job: &str, root: u32) -> (String, String) {
    let (most, last) = job.split_at_checked(24).unwrap_or((job, ""));
    let seed = u32::from_str_radix(last, 16).unwrap_or_default();
    // An odd factor: every root has a number of its own.
    (format!("{most}{root:08x}"), seed.wrapping_add(root.wrapping_mul(2_654_435_761)).to_string())
}

/// How many entries a request of this operation may have without even a warning.
pub fn most(operation: &Operation) -> u32 {
    let Targets::EntriesOf(list) = operation.targets else { return 1 };
    let limits = list.limits.iter().filter(|limit| limit.unit == Unit::Items);
    let most = limits.map(|limit| limit.most).min().unwrap_or(100);
    u32::try_from(most).unwrap_or(u32::MAX).max(1)
}

/// What doing an operation twice would do.
pub const fn twice(operation: &Operation) -> Twice {
    match operation.danger {
        Danger::Looks => Twice::Looks,
        Danger::Corrects | Danger::Destroys => Twice::Same,
        Danger::Sends => Twice::Again,
    }
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn every_root_has_a_mark_and_a_number_of_its_own() {
        let job = "0123456789abcdef0123456789abcdef";
        let marks: std::collections::BTreeSet<_> = (0..10_000).map(|root| mark(job, root)).collect();
        let numbers: std::collections::BTreeSet<_> = marks.iter().map(|(_, drawn)| drawn).collect();
        assert_eq!((marks.len(), numbers.len()), (10_000, 10_000));
        assert_eq!(mark(job, 10).0, "0123456789abcdef012345670000000a");
        assert_eq!(mark(job, 10), mark(job, 10));
    }
}
