//! The arrows between the rooms of `src/` point one way, and some things are said nowhere in it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use std::fs;
use std::path::Path;

/// Each room and the rooms it may use. `docs/architecture.md` gives the reasons.
const ROOMS: &[(&str, &[&str])] = &[
    ("words", &["words"]),
    ("domain", &["words", "domain"]),
    ("vendors", &["words", "domain", "vendors"]),
    ("transport", &["words", "domain", "transport"]),
    ("store", &["words", "domain", "store"]),
    ("embed", &["words", "domain", "embed"]),
    ("config", &["words", "domain", "vendors", "transport", "config"]),
    ("connection", &["words", "domain", "vendors", "transport", "connection"]),
    ("ui", &["words", "domain", "vendors", "transport", "store", "embed", "config", "connection", "ui"]),
];

/// The page knows that there are vendors, and none of them.
const VENDORS: &[&str] = &["yunxin", "tencent", "easemob"];

/// Files without a room: they put the rooms together.
const ROOTS: &[&str] = &["lib"];

/// Where there is no browser, no clock and no chance.
const PURE: &[&str] = &[
    "words/",
    "domain/",
    "vendors/",
    "embed/",
    "config.rs",
    "config/",
    "connection.rs",
    "transport/policy.rs",
    "transport/proxy.rs",
];
const IMPURE: &[&str] = &[
    "web_sys",
    "js_sys",
    "leptos",
    "gloo",
    "gloo_net",
    "gloo_timers",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "std::time",
    "rand",
    "getrandom",
];

/// What no file of the page says: markup from text, dialogs a sandboxed frame swallows, storage a secret could end in.
const NOWHERE: &[&str] = &[
    "inner_html",
    "innerHTML",
    "outer_html",
    "outerHTML",
    "insert_adjacent_html",
    ".alert(",
    ".confirm(",
    ".prompt(",
    "_with_message(",
    "localStorage",
    "sessionStorage",
    "local_storage",
    "session_storage",
];

const LONGEST: usize = 400;

/// A file of `src/`: its path from there, with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    fn modules(&self) -> Vec<&str> {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let mut modules: Vec<_> = path.split('/').collect();
        if modules.last() == Some(&"mod") {
            modules.pop();
        }
        modules
    }

    fn room(&self) -> &str {
        self.modules()[0]
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let inside = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                found.push(Source { path: inside, text });
            }
        }
    }
    assert!(found.len() > 20, "src was not found");
    found
}

/// The text without its comments; strings stay.
fn code(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if rest.starts_with("//") {
            kept.push('\n');
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
            continue;
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            continue;
        } else if first == '"' {
            string_end(rest)
        } else if rest.starts_with("r\"") || rest.starts_with("r#") {
            let hashes: String = rest[1..].chars().take_while(|c| *c == '#').collect();
            let close = format!("\"{hashes}");
            let inside = 1 + hashes.len() + 1;
            rest.get(inside..)
                .and_then(|body| body.find(&close))
                .map_or(rest.len(), |at| inside + at + close.len())
        } else if first == '\'' {
            character_end(rest)
        } else {
            first.len_utf8()
        };
        kept.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    kept
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The end of a character such as `'"'` or `'\''`; of the mark alone when it starts a lifetime.
fn character_end(text: &str) -> usize {
    let mut following = text.char_indices().skip(1);
    match (following.next(), following.next()) {
        (Some((_, '\\')), Some(_)) => text[3..].find('\'').map_or(1, |at| at + 4),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// Every path of the text that starts at the crate, spelt out: `crate::a::{b, c::d}` gives `a::b` and `a::c::d`.
fn paths(source: &Source) -> Vec<String> {
    let text = code(&source.text);
    let depth = source.modules().len();
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::").chain(text.match_indices("message_desk::")) {
        if !text[..at].ends_with(is_word) {
            let start = at + text[at..].find("::").unwrap() + 2;
            spell(&text[start..], "", &mut found);
        }
    }
    for (at, _) in text.match_indices("super::") {
        let before = &text[..at];
        if before.ends_with(is_word) || before.ends_with("super::") {
            continue;
        }
        let chain = text[at..].split("::").take_while(|segment| *segment == "super").count();
        if chain >= depth {
            spell(&text[at + chain * "super::".len()..], "", &mut found);
        }
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Reads one path or group of paths and gives back what stands behind it.
fn spell<'a>(text: &'a str, before: &str, found: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(group) = text.strip_prefix('{') {
        let mut rest = group;
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('}') {
                return after;
            }
            if rest.is_empty() {
                return rest;
            }
            rest = spell(rest, before, found);
            let end = rest.find([',', '}']).unwrap_or(rest.len());
            rest = rest[end..].trim_start_matches(',');
        }
    }
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let path = if before.is_empty() { word.to_owned() } else { format!("{before}::{word}") };
    match rest.strip_prefix("::") {
        Some(rest) => spell(rest, &path, found),
        None => {
            found.push(path);
            rest
        }
    }
}

fn forbidden_arrows(source: &Source) -> Vec<String> {
    let room = source.room();
    if !source.path.ends_with(".rs") || ROOTS.contains(&room) {
        return Vec::new();
    }
    let Some((_, allowed)) = ROOMS.iter().find(|(known, _)| *known == room) else {
        return vec![format!("{}: there is no room {room}", source.path)];
    };
    let used = paths(source).into_iter().filter(|path| {
        let first = path.split("::").next().unwrap_or_default();
        let inner =
            room == "ui" && VENDORS.iter().any(|vendor| path.split("::").take(2).eq(["vendors", *vendor]));
        inner || (ROOMS.iter().any(|(known, _)| *known == first) && !allowed.contains(&first))
    });
    used.map(|path| format!("{} uses {path}", source.path)).collect()
}

fn impurities(source: &Source) -> Vec<String> {
    if !PURE.iter().any(|room| source.path.starts_with(room)) {
        return Vec::new();
    }
    let text = code(&source.text);
    let mentioned = IMPURE.iter().filter(|name| {
        text.match_indices(**name)
            .any(|(at, _)| !text[..at].ends_with(is_word) && !text[at + name.len()..].starts_with(is_word))
    });
    mentioned.map(|name| format!("{} mentions {name}", source.path)).collect()
}

fn vendor_names(source: &Source) -> Vec<String> {
    let text = source.text.to_lowercase();
    let named = source.path.starts_with("ui/") && VENDORS.iter().any(|vendor| text.contains(vendor));
    named.then(|| format!("{} names a vendor", source.path)).into_iter().collect()
}

/// SHA-1 is broken but for what Yunxin wants it for.
fn sha1_elsewhere(source: &Source) -> Vec<String> {
    let elsewhere = !source.path.starts_with("vendors/yunxin/") && code(&source.text).contains("sha1");
    elsewhere.then(|| format!("{} uses SHA-1", source.path)).into_iter().collect()
}

fn unsayable(source: &Source) -> Vec<String> {
    let text = code(&source.text);
    NOWHERE
        .iter()
        .filter(|word| text.contains(**word))
        .map(|word| format!("{} says {word}", source.path))
        .collect()
}

fn overlong(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let long = lines > LONGEST && !source.path.starts_with("words/");
    long.then(|| format!("{} has {lines} lines", source.path)).into_iter().collect()
}

fn none(check: fn(&Source) -> Vec<String>) {
    let found: Vec<_> = sources().iter().flat_map(check).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_arrow_points_the_wrong_way() {
    none(forbidden_arrows);
}

#[test]
fn the_pure_rooms_know_no_browser_no_clock_and_no_chance() {
    none(impurities);
}

#[test]
fn the_page_names_no_vendor() {
    none(vendor_names);
}

#[test]
fn sha1_is_yunxins_alone() {
    none(sha1_elsewhere);
    assert_eq!(sha1_elsewhere(&Source::new("domain/x.rs", "use sha1::Sha1;")), ["domain/x.rs uses SHA-1"]);
}

#[test]
fn nothing_writes_markup_opens_a_browser_dialog_or_uses_plain_storage() {
    none(unsayable);
}

#[test]
fn no_file_is_longer_than_400_lines() {
    none(overlong);
}

mod gates {
    //! Each check, seen to fail.

    use super::*;

    fn arrows(path: &str, text: &str) -> Vec<String> {
        forbidden_arrows(&Source::new(path, text))
    }

    #[test]
    fn an_arrow_backwards_is_found_however_it_is_written() {
        assert_eq!(
            arrows("domain/x.rs", "use crate::vendors::yunxin;"),
            ["domain/x.rs uses vendors::yunxin"]
        );
        assert_eq!(
            arrows("domain/x.rs", "use crate::{words::Words, ui::{a, b as c}};"),
            ["domain/x.rs uses ui::a", "domain/x.rs uses ui::b"]
        );
        assert_eq!(arrows("domain/x.rs", "fn f() -> crate::ui::State { x }"), ["domain/x.rs uses ui::State"]);
        assert_eq!(arrows("domain/x.rs", "use super::super::ui::a;"), ["domain/x.rs uses ui::a"]);
        assert_eq!(
            arrows("vendors/yunxin/x.rs", "use super::super::super::transport::x;"),
            ["vendors/yunxin/x.rs uses transport::x"]
        );
        assert_eq!(
            arrows("words/mod.rs", "use super::domain::field::Field;"),
            ["words/mod.rs uses domain::field::Field"]
        );
        assert_eq!(
            arrows("vendors/x.rs", "macro_rules! m { () => { $crate::transport::proxy::Template } }"),
            ["vendors/x.rs uses transport::proxy::Template"]
        );
        assert_eq!(
            arrows("words/x.rs", "const A: char = '\"'; // \"\nuse crate::domain::x;"),
            ["words/x.rs uses domain::x"]
        );
    }

    #[test]
    fn each_room_has_its_own_arrows() {
        for (path, text) in [
            ("words/x.rs", "use crate::domain::x;"),
            ("domain/x.rs", "use crate::vendors;"),
            ("vendors/x.rs", "use crate::transport::proxy;"),
            ("vendors/x.rs", "use crate::connection::Connection;"),
            ("transport/x.rs", "use crate::vendors;"),
            ("store/x.rs", "use crate::vendors;"),
            ("embed/x.rs", "use crate::connection;"),
            ("config.rs", "use crate::ui::x;"),
            ("connection.rs", "use crate::ui::x;"),
            ("ui/x.rs", "use crate::vendors::yunxin::recall::RECALL;"),
            ("ui/x.rs", "use crate::vendors::{self, yunxin};"),
        ] {
            assert_eq!(arrows(path, text).len(), 1, "{path} {text}");
        }
        assert_eq!(arrows("attic/x.rs", ""), ["attic/x.rs: there is no room attic"]);
    }

    #[test]
    fn an_arrow_forwards_is_allowed() {
        for (path, text) in [
            ("words/x.rs", "use super::words; use crate::words::Words;"),
            ("domain/x.rs", "use super::draft::Draft; use crate::words::fault; // crate::ui::x"),
            ("domain/x.rs", "const A: &str = r#\"// \"#; /* crate::ui::x */"),
            ("vendors/yunxin/x.rs", "use super::super::find; use crate::domain::{field::Field, outcome};"),
            ("ui/x.rs", "use crate::vendors; use crate::transport::fetch;"),
            ("lib.rs", "pub use crate::ui::x;"),
        ] {
            assert_eq!(arrows(path, text), Vec::<String>::new(), "{path} {text}");
        }
    }

    #[test]
    fn an_impure_room_is_found() {
        for (path, text) in [
            ("domain/x.rs", "use std::time::Instant;"),
            ("vendors/yunxin/x.rs", "use rand::Rng;"),
            ("transport/proxy.rs", "fn f(x: web_sys::Url) {}"),
            ("words/x.rs", "use leptos::prelude::*;"),
            ("connection.rs", "js_sys::Date::now()"),
        ] {
            assert_eq!(impurities(&Source::new(path, text)).len(), 1, "{path} {text}");
        }
        assert!(impurities(&Source::new("transport/fetch.rs", "use web_sys::Url;")).is_empty());
        assert!(impurities(&Source::new("domain/x.rs", "let operand = random; // web_sys")).is_empty());
    }

    #[test]
    fn a_vendor_named_in_the_page_is_found() {
        for text in ["if id == \"yunxin.recall\" {}", "// Yunxin wants this", "\"网易云信 Yunxin\""] {
            assert_eq!(vendor_names(&Source::new("ui/x.rs", text)).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_must_not_be_said_is_found() {
        for text in [
            "view! { <p inner_html=x /> }",
            "window.alert(\"x\")",
            "window().confirm_with_message(\"x\")",
            "window.localStorage",
            "window.session_storage()",
        ] {
            assert_eq!(unsayable(&Source::new("ui/x.rs", text)).len(), 1, "{text}");
        }
        assert!(unsayable(&Source::new("ui/x.rs", "confirm(scope) // never localStorage")).is_empty());
    }

    #[test]
    fn a_long_file_is_found() {
        let text = "\n".repeat(LONGEST + 1);
        assert_eq!(overlong(&Source::new("ui/x.rs", &text)), ["ui/x.rs has 401 lines"]);
        assert!(overlong(&Source::new("words/x.rs", &text)).is_empty());
        assert!(overlong(&Source::new("ui/x.rs", &text[1..])).is_empty());
    }
}
