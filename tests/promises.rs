//! Each promise of the documents names what holds it, and that is there.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, helpers included")]

use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The documents that promise something in a table, and the least number of rows it has.
const DOCUMENTS: &[(&str, usize)] =
    &[("security.md", 21), ("embedding.md", 15), ("dependencies.md", 11), ("deploy.md", 7)];

/// Each promise with the files it names; what is no path, such as a lint, is left out.
fn promises(page: &str) -> Vec<(&str, Vec<&str>)> {
    let tables = page.split("\n\n").filter(|part| part.lines().any(|line| line.contains("| Held by")));
    let rows = tables.flat_map(|table| table.lines().filter(|line| line.starts_with("| ")).skip(1));
    let row = |line| {
        let cells: Vec<&str> = str::split(line, " | ").collect();
        let held = cells.last().copied().unwrap_or_default();
        let named = held.split('`').skip(1).step_by(2).filter(|name| name.contains('/'));
        (line, named.collect())
    };
    rows.filter(|line| !line.starts_with("| ---")).map(row).collect()
}

fn broken(page: &str) -> Vec<String> {
    let promises = promises(page);
    let excused = |line: &str| line.contains("clippy") || line.contains("left out: ");
    let without = promises.iter().filter(|(line, files)| files.is_empty() && !excused(line));
    let missing = promises.iter().flat_map(|(_, files)| files).filter(|file| !root().join(file).exists());
    without
        .map(|(line, _)| format!("nothing holds: {line}"))
        .chain(missing.map(|file| format!("{file} is not there")))
        .collect()
}

#[test]
fn every_promise_is_held_by_something_that_is_there() {
    for (document, least) in DOCUMENTS {
        let page = fs::read_to_string(root().join("docs").join(document)).unwrap();
        assert!(promises(&page).len() >= *least, "{document} was not read right");
        assert_eq!(broken(&page), Vec::<String>::new(), "{document}");
    }
}

#[test]
fn a_promise_without_a_test_and_a_test_that_is_gone_are_named() {
    let page = "| Against | Promise | Held by |\n| --- | --- | --- |\n| a | b | nothing |\n| a | b | `tests/gone.rs`, `tests/rules.rs` |\n";
    assert_eq!(broken(page), ["nothing holds: | a | b | nothing |", "tests/gone.rs is not there"]);
}
