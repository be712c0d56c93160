//! Columns that mean the same, of which one is used and the others are not: that is said, and a person may choose another. Pure.

use super::columns::{Known, plain};
use super::headed::says_receivers;
use crate::domain::problem::{Fault, Problem};
use crate::words::jobs as words;

/// Whether another column has the same name.
pub fn is_doubled(names: &[String], column: usize) -> bool {
    let Some(own) = names.get(column) else { return false };
    names.iter().enumerate().any(|(at, name)| at != column && plain(name) == plain(own))
}

/// A column's name; with its number, where another one has the same.
pub fn named(names: &[String], column: usize) -> String {
    let name = names.get(column).map_or("", String::as_str);
    if is_doubled(names, column) { format!("{name} ({})", column + 1) } else { name.to_owned() }
}

/// A warning for each column in use beside which others mean the same, by their names, and are not used.
pub fn doubled(known: &Known, names: &[String], places: &[Option<String>]) -> Vec<Problem> {
    let unused = |at: usize| places.get(at).is_none_or(Option::is_none);
    let of = |(used, place): (usize, &Option<String>)| {
        let place = place.as_ref()?;
        let own = names.get(used)?;
        let receivers = known.list().is_some_and(|list| list.is_receivers && list.name == *place);
        let same = |name: &String| {
            plain(name) == plain(own)
                || known.find(name).is_some_and(|found| found.name == *place)
                || receivers && says_receivers(name)
        };
        let others = names.iter().enumerate().filter(|(at, name)| unused(*at) && same(name));
        let mut columns: Vec<usize> = others.map(|(at, _)| at).collect();
        if columns.is_empty() {
            return None;
        }
        columns.push(used);
        columns.sort_unstable();
        let facts = vec![("columns", listed(names, &columns)), ("used", (used + 1).to_string())];
        let fault = Fault::Said { code: "doubled", says: words::DOUBLED, facts };
        Some(Problem::warn(place.clone(), "JOB", fault))
    };
    places.iter().enumerate().filter_map(of).collect()
}

/// Columns by their numbers and names.
pub fn listed(names: &[String], columns: &[usize]) -> String {
    let name = |at: &usize| format!("{} “{}”", at + 1, names.get(*at).map_or("", String::as_str));
    columns.iter().map(name).collect::<Vec<_>>().join(", ")
}
