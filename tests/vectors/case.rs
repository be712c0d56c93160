//! A vector as it stands on disk: one folder, one case, one file per stage of the road. What the files mean is said in
//! `tests/vectors/README.md`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use message_desk::domain::draft::Values;
use serde_json::{Map, Value as Json};

/// The stages of the road, in order, by file name; `rules.txt` stands beside them.
pub(crate) const STAGES: &[&str] = &[
    "draft.json",
    "problems.json",
    "request.json",
    "string_to_sign.txt",
    "signed.json",
    "query.txt",
    "address.txt",
    "reply.json",
    "outcome.json",
];

/// The rules a case proves, one id per line.
pub(crate) const RULES: &str = "rules.txt";

/// One folder of vectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// The operation's id.
    pub(crate) operation: String,
    /// The case, as a sentence with hyphens.
    pub(crate) name: String,
    /// File name and content.
    pub(crate) files: BTreeMap<String, String>,
}

impl Case {
    /// `operation/case`, as `docs/rules.md` names it.
    pub(crate) fn title(&self) -> String {
        format!("{}/{}", self.operation, self.name)
    }

    /// The stage's text without its last line break.
    pub(crate) fn text(&self, stage: &str) -> Option<&str> {
        self.files.get(stage).map(|text| text.strip_suffix('\n').unwrap_or(text))
    }

    /// The stage's JSON; fails the test when it is none.
    pub(crate) fn json(&self, stage: &str) -> Option<Json> {
        let text = self.files.get(stage)?;
        Some(serde_json::from_str(text).unwrap_or_else(|error| panic!("{}/{stage}: {error}", self.title())))
    }

    /// The rules it proves.
    pub(crate) fn rules(&self) -> Vec<&str> {
        self.files.get(RULES).map_or_else(Vec::new, |text| text.lines().map(str::trim).collect())
    }

    /// What was typed.
    pub(crate) fn draft(&self) -> Typed {
        let Some(Json::Object(draft)) = self.json("draft.json") else {
            panic!("{}: draft.json is no object", self.title())
        };
        let known = ["connection", "values", "now", "nonce", "trace"];
        let stranger = draft.keys().find(|key| !known.contains(&key.as_str()));
        assert_eq!(stranger, None, "{}: draft.json knows {known:?}", self.title());
        let texts = |part: &str| match draft.get(part) {
            Some(Json::Object(texts)) => {
                texts.iter().map(|(name, value)| (name.clone(), spelt(value))).collect()
            }
            _ => panic!("{}: draft.json needs an object {part:?}", self.title()),
        };
        Typed {
            connection: texts("connection"),
            values: texts("values"),
            now: draft
                .get("now")
                .and_then(Json::as_i64)
                .unwrap_or_else(|| panic!("{}: draft.json needs now", self.title())),
            nonce: draft.get("nonce").map_or_else(String::new, spelt),
            trace: draft.get("trace").map(spelt),
        }
    }
}

/// A draft with its connection and its moment.
#[derive(Debug)]
pub(crate) struct Typed {
    pub(crate) connection: Vec<(String, String)>,
    pub(crate) values: Vec<(String, String)>,
    pub(crate) now: i64,
    pub(crate) nonce: String,
    pub(crate) trace: Option<String>,
}

impl Typed {
    /// The same draft as a line for the headless face.
    pub(crate) fn line(&self, operation: &str) -> String {
        let object = |texts: &[(String, String)]| {
            texts.iter().map(|(name, text)| (name.clone(), Json::from(text.as_str()))).collect()
        };
        let mut connection: Map<String, Json> = object(&self.connection);
        connection.insert("vendor".to_owned(), Json::from(operation.split('.').next().unwrap_or_default()));
        let values: Map<String, Json> = object(&self.values);
        let mut line = serde_json::json!({ "operation": operation, "connection": connection, "values": values, "now": self.now });
        if !self.nonce.is_empty() {
            line["nonce"] = Json::from(self.nonce.as_str());
        }
        if let Some(trace) = &self.trace {
            line["trace"] = Json::from(trace.as_str());
        }
        line.to_string()
    }
}

/// Texts as the form keeps them.
pub(crate) fn values(texts: &[(String, String)]) -> Values {
    texts.iter().cloned().collect()
}

/// A text in the notation for long ones: `{"repeat":"字","times":3}`, `{"numbered":"user","count":3}` (one per line, or with
/// `"between"` between them), or a list of such parts, joined.
pub(crate) fn spelt(value: &Json) -> String {
    let count = |object: &Map<String, Json>, name: &str| {
        let count = object.get(name).and_then(Json::as_u64).and_then(|count| usize::try_from(count).ok());
        count.unwrap_or_else(|| panic!("{name} is missing in {object:?}"))
    };
    match value {
        Json::String(text) => text.clone(),
        Json::Array(parts) => parts.iter().map(spelt).collect(),
        Json::Object(object) => match (object.get("repeat"), object.get("numbered")) {
            (Some(Json::String(text)), None) => text.repeat(count(object, "times")),
            (None, Some(Json::String(text))) => {
                let between = object.get("between").map_or_else(|| "\n".to_owned(), spelt);
                let all: Vec<_> =
                    (1..=count(object, "count")).map(|number| format!("{text}{number}")).collect();
                all.join(&between)
            }
            _ => panic!("no such notation: {object:?}"),
        },
        Json::Null | Json::Bool(_) | Json::Number(_) => panic!("a text is wanted, not {value}"),
    }
}

/// The folder of all vectors.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// Every case on disk, by operation and name.
pub(crate) fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for operation in folders(&folder()) {
        for case in folders(&operation) {
            let files = entries(&case).into_iter().map(|path| (name(&path), read(&path))).collect();
            cases.push(Case { operation: name(&operation), name: name(&case), files });
        }
    }
    cases
}

/// What stands in a folder of an operation, or beside those folders, and is no case.
pub(crate) fn strays() -> Vec<String> {
    let known = ["README.md", "case.rs", "endings.rs", "main.rs", "lists.rs", "properties.rs", "signing.rs"];
    let beside =
        entries(&folder()).into_iter().filter(|path| !path.is_dir() && !known.contains(&name(path).as_str()));
    let inside = folders(&folder()).into_iter().flat_map(|operation| {
        let found = entries(&operation);
        let empty = found.is_empty().then(|| operation.clone());
        found.into_iter().filter(|path| !path.is_dir()).chain(empty)
    });
    beside.chain(inside).map(|path| path.display().to_string()).collect()
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.is_dir()).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = listed.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
