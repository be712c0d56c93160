//! The JSON Schema of `config.json`, made from the vendors' forms.

use message_desk::domain::field::{Field, Kind, Presence};
use message_desk::domain::form::Form;
use message_desk::domain::vendor::{BY_PROXY, Vendor};
use message_desk::vendors;
use message_desk::words::Language;
use serde_json::{Map, Value, json};

/// The schema, for editors and checks; what it cannot say, `make check-config` does.
pub fn schema() -> Value {
    let connections: Vec<_> = vendors::ALL
        .iter()
        .flat_map(|vendor| [connection(vendor, false), connection(vendor, true)])
        .collect();
    let by_proxy =
        json!({ "type": "object", "properties": { "signs": { "const": BY_PROXY } }, "required": ["signs"] });
    let complete: Vec<_> =
        std::iter::once(by_proxy).chain(vendors::ALL.iter().map(|it| complete(it))).collect();
    let seen = json!({ "type": "string", "pattern": r"\S" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "config.json of Message Desk",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "$schema": { "type": "string" },
            "title": { "description": "What the desk is called here", "$ref": "#/$defs/name" },
            "language": { "description": "The language it opens in; the browser's by default", "enum": ["zh-CN", "en"] },
            "proxies": texts("The proxy templates a connection may have; any by default", r"\S"),
            "locked": flag("Only these connections can be used; nothing but their secrets is left to type"),
            "caps": {
                "description": "The most that is allowed at once",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "recipients": number("Receivers of one act or job", 10_000_000),
                    "per_minute": number("Requests a minute", 60_000),
                },
            },
            "protected": texts("Accounts and groups that are never acted on; abc* is all that begin with abc", r"^\s*[^\s*＊,;，；、]+[*＊]?\s*$"),
            "idle_lock": number("After how many idle minutes secrets are forgotten; 15 by default", 60),
            "parents": texts("Origins of the portals that may have the desk in a frame", ORIGIN),
            "features": {
                "description": "Parts that can be left out",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "jobs": flag("Lists and jobs"),
                    "paste": flag("Messages recognised in pasted text"),
                    "vault": flag("Secrets kept under a passphrase"),
                },
            },
            "approval": number("From how many messages or receivers on the portal is asked for a second person's consent", 10_000_000),
            "bodies": flag("Whether the portal is told what messages say"),
            "keep_jobs": number("How many days a finished job is kept; 30 by default", 365),
            "connections": { "type": "array", "items": { "anyOf": connections } },
        },
        "if": { "properties": { "locked": { "const": true } }, "required": ["locked"] },
        "then": { "properties": { "connections": { "type": "array", "items": { "anyOf": complete } } } },
        "$defs": { "name": {
            "description": "What people call the connection: one text, or one per language",
            "anyOf": [seen, {
                "type": "object",
                "properties": { "zh-CN": seen, "en": seen },
                "required": ["zh-CN", "en"],
                "additionalProperties": false,
            }],
        } },
    })
}

/// An origin as browsers write it; IPv6 in brackets.
const ORIGIN: &str = r"^(?:https://(?!.*:(?:443|0\d*)$)|http://(?!.*:(?:80|0\d*)$))[a-z0-9._\[\]:-]+$";

fn flag(description: &str) -> Value {
    json!({ "description": description, "type": "boolean" })
}

fn number(description: &str, most: u32) -> Value {
    json!({ "description": description, "type": "integer", "minimum": 1, "maximum": most })
}

fn texts(description: &str, pattern: &str) -> Value {
    json!({ "description": description, "type": "array", "items": { "type": "string", "pattern": pattern } })
}

fn connection(vendor: &'static Vendor, practice: bool) -> Value {
    let mut properties = Map::new();
    properties.insert("name".to_owned(), json!({ "$ref": "#/$defs/name" }));
    properties.insert("vendor".to_owned(), json!({ "const": vendor.id }));
    properties.insert("practice".to_owned(), json!({ "const": practice }));
    for field in vendor.connection.fields() {
        let mut text = text(field);
        if matches!(field.kind, Kind::Secret) && !practice {
            text = json!({ "description": "A secret: typed into the page, never written here", "const": "" });
        }
        properties.insert(field.name.to_owned(), text);
    }
    if practice {
        let samples: Map<_, _> = vendor
            .operations
            .iter()
            .map(|operation| (operation.id.to_owned(), sample(&operation.form)))
            .collect();
        let samples = json!({ "type": "object", "additionalProperties": false, "properties": samples });
        properties.insert("samples".to_owned(), samples);
    }
    let required: &[&str] = if practice { &["name", "vendor", "practice"] } else { &["name", "vendor"] };
    json!({
        "title": vendor.name.text(Language::English).to_owned() + if practice { ", practice" } else { "" },
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": properties,
    })
}

/// A connection in which nothing that is always needed is left to type, secrets aside.
fn complete(vendor: &'static Vendor) -> Value {
    let needed = vendor.connection.fields().filter(|field| {
        matches!(field.presence, Presence::Required(_)) && !matches!(field.kind, Kind::Secret)
    });
    let names: Vec<_> = needed.map(|field| field.name).collect();
    let mut properties: Map<_, _> = names
        .iter()
        .map(|name| ((*name).to_owned(), json!({ "type": "string", "pattern": r"\S" })))
        .collect();
    properties.insert("vendor".to_owned(), json!({ "const": vendor.id }));
    json!({ "type": "object", "properties": properties, "required": names })
}

fn text(field: &Field) -> Value {
    let description = field.label.text(Language::English);
    match &field.kind {
        Kind::Word(choices) => {
            let words: Vec<_> = choices.iter().map(|choice| choice.value).collect();
            json!({ "description": description, "enum": words })
        }
        _ => json!({ "type": "string", "description": description }),
    }
}

/// The texts of one form, and of the cells of its lists.
fn sample(form: &'static Form) -> Value {
    let plain = json!({ "type": "string" });
    let properties: Map<_, _> = form.fields().map(|field| (field.name.to_owned(), plain.clone())).collect();
    let mut cells = Map::new();
    for field in form.fields() {
        if let Kind::Rows(rows) = &field.kind {
            let names: Vec<_> = rows.form.fields().map(|cell| cell.name.replace('.', "\\.")).collect();
            let pattern = format!("^{}\\.[0-9]+\\.(?:{})$", field.name.replace('.', "\\."), names.join("|"));
            cells.insert(pattern, plain.clone());
        }
    }
    let mut sample = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if let Some(object) = sample.as_object_mut().filter(|_| !cells.is_empty()) {
        object.insert("patternProperties".to_owned(), Value::Object(cells));
    }
    sample
}

/// Readable and short: what fits on a line stands on one.
pub fn written(value: &Value, indent: usize) -> String {
    let line = value.to_string();
    let (open, close, entries) = match value {
        Value::Object(members) if indent + line.len() > 140 => {
            let member =
                |(name, value): (&String, &Value)| format!("{}: {}", json!(name), written(value, indent + 1));
            ('{', '}', members.iter().map(member).collect::<Vec<_>>())
        }
        Value::Array(items) if indent + line.len() > 140 => {
            ('[', ']', items.iter().map(|item| written(item, indent + 1)).collect())
        }
        _ => return line,
    };
    let space = " ".repeat(indent);
    format!("{open}\n {space}{}\n{space}{close}", entries.join(&format!(",\n {space}")))
}
