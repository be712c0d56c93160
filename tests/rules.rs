//! `docs/rules.md` lists every rule, and every proof it names exists.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

#[expect(dead_code, reason = "the vectors' own test reads more of a case than this one")]
#[path = "vectors/case.rs"]
mod case;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use case::Case;

/// The numbered rules of the vendors, as families with their last number.
const RULES: &[(&str, usize)] =
    &[("Y-MOD", 19), ("Y-DEL", 11), ("Y-BAT", 11), ("Y-SIG", 7), ("Y-ID", 4), ("Y-ENC", 3), ("Y-LEN", 1)];

/// Yunxin's calls and tables whose rules its fact sheet does not number.
const YUNXIN_UNNUMBERED: &[&str] = &["Y-SEND", "Y-CLEAR", "Y-ROOM", "Y-FIND", "Y-WINDOW"];

/// Easemob's.
const EASEMOB_RULES: &[(&str, usize)] = &[
    ("E-URL", 7),
    ("E-ENV", 4),
    ("E-TOK", 6),
    ("E-ID", 6),
    ("E-MOD", 22),
    ("E-RCL", 9),
    ("E-BRCL", 3),
    ("E-DEL", 4),
    ("E-SND", 11),
    ("E-GRP", 6),
    ("E-HIS", 6),
    ("E-LIM", 3),
    ("E-ERR", 3),
];

/// Tencent's.
const TENCENT_RULES: &[(&str, usize)] = &[
    ("T-URL", 8),
    ("T-ENV", 4),
    ("T-SIG", 8),
    ("T-KEY", 5),
    ("T-MOD", 18),
    ("T-RCL", 7),
    ("T-DEL", 4),
    ("T-SND", 3),
    ("T-BAT", 10),
    ("T-HIS", 8),
    ("T-GMOD", 1),
    ("T-GRCL", 3),
    ("T-GHIS", 2),
    ("T-GSND", 1),
    ("T-BODY", 10),
    ("T-PUSH", 3),
    ("T-LIM", 2),
    ("T-ERR", 2),
];

/// Tencent's tables and calls whose rules its fact sheet does not number.
const TENCENT_UNNUMBERED: &[&str] =
    &["T-APP", "T-FIELD", "T-GDEL", "T-GROUP", "T-HOST", "T-RANDOM", "T-USER"];

/// Rules of the house, which no vendor's page numbers.
const HOUSE: &[&str] = &["Y-HOST", "ENDPOINT", "PROXY", "SIGNS", "PATH", "FIELD", "LINE", "PROTECTED", "CAP"];

/// A rate: no single act breaks it, and jobs keep it.
const RATE: &str = "Y-BAT-11";

/// What a rule without a proof must begin with.
const NOT_PROVED: &str = "Not proved:";

/// A row of the table.
struct Row {
    rule: String,
    says: String,
    proof: String,
}

impl Row {
    /// The proofs named: what stands between backticks.
    fn proofs(&self) -> Vec<&str> {
        self.proof.split('`').skip(1).step_by(2).collect()
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rows(table: &str) -> Vec<Row> {
    let rows = table
        .lines()
        .filter(|line| line.starts_with('|') && !line.starts_with("| Rule |") && !line.starts_with("| ---"));
    rows.map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [rule, says, proof] = cells[..] else { panic!("three cells are wanted: {line}") };
        Row { rule: rule.to_owned(), says: says.to_owned(), proof: proof.to_owned() }
    })
    .collect()
}

fn table() -> Vec<Row> {
    rows(&fs::read_to_string(root().join("docs/rules.md")).unwrap())
}

/// Every rule of the vendors.
fn numbered() -> Vec<String> {
    [RULES, EASEMOB_RULES, TENCENT_RULES]
        .concat()
        .into_iter()
        .flat_map(|(family, last)| (1..=last).map(move |number| format!("{family}-{number}")))
        .chain([YUNXIN_UNNUMBERED, TENCENT_UNNUMBERED].concat().into_iter().map(str::to_owned))
        .collect()
}

/// What is wrong with the table's list of rules.
fn wrong_rules(rows: &[Row]) -> Vec<String> {
    let wanted: Vec<_> = numbered().into_iter().chain(HOUSE.iter().map(|rule| (*rule).to_owned())).collect();
    let times = |rule: &str| rows.iter().filter(|row| row.rule == rule).count();
    let missing =
        wanted.iter().filter(|rule| times(rule) != 1).map(|rule| format!("{rule} has {} rows", times(rule)));
    let unknown =
        rows.iter().filter(|row| !wanted.contains(&row.rule)).map(|row| format!("{} is no rule", row.rule));
    let silent =
        rows.iter().filter(|row| row.says.is_empty()).map(|row| format!("{} says nothing", row.rule));
    missing.chain(unknown).chain(silent).collect()
}

/// What is wrong with a row's proofs.
fn wrong_proofs(row: &Row, cases: &[Case], folder: &Path) -> Vec<String> {
    let proofs = row.proofs();
    if proofs.is_empty() && row.proof.strip_prefix(NOT_PROVED).is_none_or(|reason| reason.len() <= 10) {
        return vec![format!("{} has neither a proof nor a reason why not", row.rule)];
    }
    let wrong = proofs.into_iter().filter_map(|proof| {
        let fault = if proof.starts_with("tests/") || proof.starts_with("src/") {
            let (path, name) = proof.split_once("::").unwrap_or((proof, ""));
            match fs::read_to_string(folder.join(path)) {
                Err(_) => "that file does not exist",
                Ok(text) if path.ends_with(".rs") && !text.contains(&format!("fn {name}(")) => {
                    "there is no such test in it"
                }
                Ok(text) if !text.contains(name) => "there is no such title in it",
                Ok(_) => return None,
            }
        } else {
            match cases.iter().find(|case| case.title() == proof) {
                None => "there is no such vector",
                Some(case) if !case.rules().contains(&row.rule.as_str()) => {
                    "its rules.txt does not name the rule"
                }
                Some(_) => return None,
            }
        };
        Some(format!("{}: {proof}: {fault}", row.rule))
    });
    wrong.collect()
}

/// The rule ids a text names as string literals.
fn literals(text: &str) -> BTreeSet<&str> {
    let of = |start: &'static str| {
        text.match_indices(start).filter_map(|(at, _)| text[at + 1..].split('"').next())
    };
    let named = of("\"Y-").chain(of("\"E-")).chain(of("\"T-"));
    let house = HOUSE.iter().copied().filter(|rule| text.contains(&format!("\"{rule}\"")));
    let is_rule = |literal: &&str| {
        literal.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
    };
    named.filter(is_rule).chain(house).collect()
}

fn sources() -> String {
    let mut folders = vec![root().join("src")];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text.push_str(&fs::read_to_string(&path).unwrap());
                text.push('\n');
            }
        }
    }
    text
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_rule_has_one_row() {
    none(wrong_rules(&table()));
}

#[test]
fn every_proof_exists() {
    let cases = case::all();
    none(table().iter().flat_map(|row| wrong_proofs(row, &cases, &root())).collect());
}

#[test]
fn vectors_prove_known_rules_only() {
    let known: Vec<_> = table().into_iter().map(|row| row.rule).collect();
    let unknown = |case: &Case| -> Vec<String> {
        let rules = case.rules();
        let strange = rules.iter().filter(|rule| !known.iter().any(|known| known == *rule));
        strange.map(|rule| format!("{}: {rule}", case.title())).collect()
    };
    none(case::all().iter().flat_map(unknown).collect());
}

#[test]
fn the_code_names_known_rules_only() {
    let known: Vec<_> = table().into_iter().map(|row| row.rule).collect();
    let source = sources();
    none(
        literals(&source)
            .into_iter()
            .filter(|rule| !known.iter().any(|known| known == rule))
            .map(str::to_owned)
            .collect(),
    );
}

/// Whether a case's problems name a rule.
fn breaks(case: &Case, rule: &str) -> bool {
    let problems = case.json("problems.json");
    problems.iter().flat_map(|problems| problems.as_array().unwrap()).any(|problem| problem["rule"] == rule)
}

#[test]
fn every_rule_the_code_can_name_is_broken_by_one_vector_and_kept_by_another() {
    let (cases, source) = (case::all(), sources());
    // What only foretells stops nothing: such a rule is proved beside the code.
    let beside = |rule: &str| {
        let row = table().into_iter().find(|row| row.rule == rule);
        row.is_some_and(|row| row.proofs().iter().any(|proof| proof.starts_with("src/")))
    };
    let mut wrong = Vec::new();
    for rule in literals(&source).into_iter().filter(|rule| {
        (rule.starts_with("Y-") && *rule != RATE)
            || ((rule.starts_with("E-") || rule.starts_with("T-")) && !beside(rule))
    }) {
        if !cases.iter().any(|case| breaks(case, rule)) {
            wrong.push(format!("no vector breaks {rule}"));
        }
        if !cases.iter().any(|case| {
            case.rules().contains(&rule) && case.files.contains_key("request.json") && !breaks(case, rule)
        }) {
            wrong.push(format!("no vector keeps {rule}"));
        }
    }
    none(wrong);
}

mod gates {
    //! Each check, seen to fail.

    use std::collections::BTreeMap;

    use super::*;

    fn row(rule: &str, proof: &str) -> Row {
        Row { rule: rule.to_owned(), says: "does it".to_owned(), proof: proof.to_owned() }
    }

    #[test]
    fn a_missing_doubled_or_unknown_rule_is_found() {
        let full = || {
            numbered()
                .into_iter()
                .chain(HOUSE.iter().map(|rule| (*rule).to_owned()))
                .map(|rule| row(&rule, "x"))
        };
        assert_eq!(wrong_rules(&full().collect::<Vec<_>>()), Vec::<String>::new());
        assert_eq!(wrong_rules(&full().skip(1).collect::<Vec<_>>()), ["Y-MOD-1 has 0 rows"]);
        assert_eq!(
            wrong_rules(&full().chain([row("Y-DEL-2", "x")]).collect::<Vec<_>>()),
            ["Y-DEL-2 has 2 rows"]
        );
        assert_eq!(
            wrong_rules(&full().chain([row("Y-DEL-12", "x")]).collect::<Vec<_>>()),
            ["Y-DEL-12 is no rule"]
        );
    }

    #[test]
    fn a_proof_that_does_not_exist_is_found() {
        let files = BTreeMap::from([("rules.txt".to_owned(), "Y-DEL-1\n".to_owned())]);
        let cases = [Case { operation: "yunxin.recall".to_owned(), name: "a-case".to_owned(), files }];
        let wrong = |rule: &str, proof: &str| wrong_proofs(&row(rule, proof), &cases, &root());
        assert!(
            wrong(
                "Y-DEL-1",
                "`yunxin.recall/a-case` and `tests/rules.rs::a_proof_that_does_not_exist_is_found`"
            )
            .is_empty()
        );
        assert!(wrong("Y-BAT-11", "Not proved: it comes later.").is_empty());
        for (rule, proof) in [
            ("Y-DEL-1", "`yunxin.recall/another-case`"),
            ("Y-DEL-2", "`yunxin.recall/a-case`"),
            ("Y-DEL-1", "`tests/nowhere.rs::x`"),
            ("Y-DEL-1", "`tests/rules.rs`"),
            ("Y-DEL-1", concat!("`tests/rules.rs::", "no_such_test", "`")),
            ("Y-DEL-1", ""),
            ("Y-DEL-1", "Not proved:"),
            ("Y-DEL-1", "somewhere"),
        ] {
            assert_eq!(wrong(rule, proof).len(), 1, "{rule} {proof}");
        }
    }

    #[test]
    fn rules_in_the_code_are_found() {
        let text =
            r#"Problem::stop(x, "Y-DEL-77", y); // Y-MOD-1 "PATH" "Y-words" Limit::most(1, "Y-MOD-3")"#;
        assert_eq!(literals(text).into_iter().collect::<Vec<_>>(), ["PATH", "Y-DEL-77", "Y-MOD-3"]);
    }

    #[test]
    fn a_row_is_read_as_it_is_written() {
        let read =
            rows("| Rule | What | Proved |\n| --- | --- | --- |\n| Y-ID-1 | Accounts | `a/b`, `c/d` |\n");
        assert_eq!((read.len(), read[0].rule.as_str(), read[0].proofs()), (1, "Y-ID-1", vec!["a/b", "c/d"]));
    }
}
