//! Which column means which field: by its wire name, the end of it, its label in any language, or what people call receivers. Pure.

use super::headed::says_receivers;
use crate::domain::field::{Kind, Role};
use crate::domain::job::results::BOM;
use crate::domain::operation::{Fold, Operation, Targets};
use crate::domain::rows::cell_name;
use crate::words::{Language, Words};

/// Something a column can fill in.
#[derive(Clone, Debug)]
pub struct Place {
    /// The name on the wire; for a row of the list that an operation is about, that of its first row.
    pub name: String,
    /// What people call it.
    pub label: Words,
    /// Whether it says what the row is about: an entry of the operation's list.
    pub is_entry: bool,
    /// Whether it is the list of those who receive.
    pub is_receivers: bool,
    /// Whether it must be known of every row, or it belongs to what is asked first.
    pub is_usual: bool,
}

/// Everything that columns can fill in for an operation.
#[derive(Clone, Debug, Default)]
pub struct Known(Vec<Place>);

impl Known {
    /// The places of an operation: its list first.
    pub fn of(operation: &'static Operation) -> Self {
        let list = match operation.targets {
            Targets::EntriesOf(list) => Some(list),
            Targets::One => None,
        };
        let mut places = Vec::new();
        if let Some(list) = list {
            match &list.kind {
                Kind::Rows(rows) => places.extend(rows.form.fields().map(|field| Place {
                    name: cell_name(list.name, 0, field.name),
                    label: field.label,
                    is_entry: true,
                    is_receivers: false,
                    is_usual: true,
                })),
                _ => places.push(Place {
                    name: list.name.to_owned(),
                    label: list.label,
                    is_entry: true,
                    is_receivers: list.role == Some(Role::Receivers),
                    is_usual: true,
                }),
            }
        }
        for group in operation.form.groups {
            for field in group.fields {
                let is_list = list.is_some_and(|list| list.name == field.name);
                // A list of objects is said as JSON.
                if !is_list {
                    places.push(Place {
                        name: field.name.to_owned(),
                        label: field.label,
                        is_entry: false,
                        is_receivers: false,
                        is_usual: list.is_none() && group.fold == Fold::Open,
                    });
                }
            }
        }
        Self(places)
    }

    /// All of them, in order.
    pub fn places(&self) -> &[Place] {
        &self.0
    }

    /// What a row is about, where one cell says it: the place of a list of ids.
    pub fn list(&self) -> Option<&Place> {
        let mut entries = self.0.iter().filter(|place| place.is_entry);
        entries.next().filter(|_| entries.next().is_none())
    }

    /// The place a column's name means.
    pub fn find(&self, column: &str) -> Option<&Place> {
        let wanted = plain(column);
        if wanted.is_empty() {
            return None;
        }
        let by = |says: &dyn Fn(&Place) -> bool| {
            let mut found = self.0.iter().filter(|place| says(place));
            // What two places are called says nothing.
            found.next().filter(|_| found.next().is_none())
        };
        let own = |place: &Place| own_name(&place.name).to_lowercase();
        by(&|place| place.name.to_lowercase() == wanted)
            .or_else(|| by(&|place| own(place) == wanted))
            .or_else(|| {
                by(&|place| {
                    [Language::Chinese, Language::English]
                        .into_iter()
                        .any(|language| plain(place.label.text(language)) == wanted)
                })
            })
            .or_else(|| by(&|place| is_outer(&place.name) && own(place).rsplit('.').next() == Some(&wanted)))
    }

    /// The place of each column, each place once. A column that people call receivers is the list of those, if no other is called
    /// something like it; of several with one name the first is (`doubled` says so). A single column without a known name is the list.
    pub fn map(&self, names: &[String]) -> Vec<Option<String>> {
        let mut taken: Vec<&str> = Vec::new();
        let mut places: Vec<Option<String>> = names
            .iter()
            .map(|name| {
                let place = self.find(name).filter(|place| !taken.contains(&place.name.as_str()))?;
                taken.push(&place.name);
                Some(place.name.clone())
            })
            .collect();
        let list = self.list().filter(|list| !places.iter().flatten().any(|place| *place == list.name));
        let Some(list) = list else { return places };
        let mut called = places
            .iter_mut()
            .zip(names)
            .filter(|(place, name)| list.is_receivers && place.is_none() && says_receivers(name));
        if let Some((place, name)) = called.next() {
            if called.all(|(_, other)| plain(other) == plain(name)) {
                *place = Some(list.name.clone());
            }
        } else if places.iter().all(Option::is_none)
            && let Some(first) = places.first_mut()
        {
            *first = Some(list.name.clone());
        }
        places
    }

    /// The first line of a file to fill in: the usual places, by their labels where those are unmistakable.
    pub fn template(&self, language: Language) -> String {
        let name = |place: &Place| {
            let label = place.label.text(language);
            let sound = self.find(label).is_some_and(|found| found.name == place.name);
            if sound && !label.contains([',', '"']) { label } else { place.name.as_str() }.to_owned()
        };
        let names: Vec<_> = self.0.iter().filter(|place| place.is_usual).map(name).collect();
        format!("{BOM}{}\r\n", names.join(","))
    }
}

/// Whether the end of a wire name says enough: within a file or a body, `name` and `url` are people's words for other things.
fn is_outer(name: &str) -> bool {
    !name.split('.').any(|part| matches!(part, "attachment" | "body"))
}

/// A cell of a list's row by its own name: `msg_id` for `msgs.0.msg_id`.
fn own_name(name: &str) -> &str {
    name.split_once(".0.").map_or(name, |(_, own)| own)
}

/// A name without what says nothing: case, white space at its ends, a mark, stars.
pub(super) fn plain(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').trim_matches('*').to_lowercase()
}
