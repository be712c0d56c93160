//! The content of a message: `MsgBody`, a list of elements of eight types, and `CloudCustomData` beside it (T-BODY-1…10).

use super::elements::{
    CUSTOM, ELEMENT, FACE, FILE, IMAGE, IMAGES, LOCATION, MSG_TYPE, RELAY, SOUND, TEXT, VIDEO,
};
use crate::domain::field::{Field, Kind, Limit, Lines, Unit};
use crate::domain::json::Json;
use crate::domain::problem::{Fault, Problem};
use crate::domain::reading::Value;
use crate::domain::rows::Rows;
use crate::domain::validation::{Readings, Valid};
use crate::words::{Words, tencent as words};

/// The most a message may have: bytes of its content as it is sent (T-LIM-1).
const MOST: usize = 12_288;
/// Above this it warns: the vendor does not say how it counts.
const NEAR: usize = 12_000;

static ELEMENTS: Rows = Rows { form: &ELEMENT, title: words::ELEMENT, add: words::ELEMENT_ADD };

const BODY_LIMITS: &[Limit] = &[
    Limit::most(MOST, Unit::JsonBytes, "T-LIM-1"),
    Limit::warn(NEAR, Unit::JsonBytes, "T-LIM-1", words::NEAR_LIMIT),
];

/// The new content of a message; left empty, it stays as it is (T-MOD-3).
pub static MSG_BODY: Field = Field::body("MsgBody", words::MSG_BODY, Kind::Rows(&ELEMENTS), "T-MOD-4")
    .limits(BODY_LIMITS)
    .hint(words::MSG_BODY_HINT);

/// The content of a message to send.
pub static NEW_BODY: Field = Field::body("MsgBody", words::MSG_BODY, Kind::Rows(&ELEMENTS), "T-MOD-4")
    .required("T-MOD-5")
    .limits(BODY_LIMITS);

/// The app's own data beside the content; JSON travels as the text it is (T-MOD-10).
pub static CLOUD_CUSTOM_DATA: Field =
    Field::body("CloudCustomData", words::CLOUD_CUSTOM_DATA, Kind::Text(Lines::Many), "T-LIM-1")
        .limits(const { &[Limit::most(MOST, Unit::Bytes, "T-LIM-1")] })
        .hint(words::CLOUD_CUSTOM_DATA_HINT);

/// The elements that can be sent, in their order; none when there are none or something is wrong with them.
pub fn elements(readings: &Readings) -> Vec<Json> {
    // Both statics have the same name: which of them the form has does not matter here.
    match readings.value(&MSG_BODY) {
        Some(Value::Json(Json::List(items))) => items.clone(),
        _ => Vec::new(),
    }
}

/// The type of an element.
pub fn kind(element: &Json) -> &str {
    element.get("MsgType").and_then(Json::as_text).unwrap_or_default()
}

/// The types of a message's elements.
pub fn kinds(elements: &[Json]) -> Vec<&str> {
    elements.iter().map(kind).collect()
}

/// Something of an element's content, as text.
pub fn part<'a>(element: &'a Json, name: &str) -> &'a str {
    element
        .get("MsgContent")
        .and_then(|content| content.get(name))
        .and_then(Json::as_exact_text)
        .unwrap_or_default()
}

fn stop(rule: &'static str, code: &'static str, says: Words) -> Problem {
    Problem::stop(MSG_BODY.name, rule, Fault::said(code, says))
}

fn warn(rule: &'static str, code: &'static str, says: Words) -> Problem {
    Problem::warn(MSG_BODY.name, rule, Fault::said(code, says))
}

/// Content or custom data: an edit without both would change nothing (T-MOD-2).
pub fn something_changes(readings: &Readings) -> Option<Problem> {
    let nothing = readings.typed(&MSG_BODY).is_empty() && readings.typed(&CLOUD_CUSTOM_DATA).is_empty();
    nothing.then(|| stop("T-MOD-2", "nothing_to_change", words::NOTHING_TO_CHANGE))
}

/// Content and custom data count together (T-LIM-1).
pub fn not_too_long(readings: &Readings) -> Option<Problem> {
    let body = readings.count(&MSG_BODY, Unit::JsonBytes);
    let data = readings.typed(&CLOUD_CUSTOM_DATA).len();
    let actual = body + data;
    if body == 0 || data == 0 || body > MOST || data > MOST || actual <= NEAR {
        return None;
    }
    let facts = vec![("actual", actual.to_string()), ("limit", MOST.to_string())];
    let fault = Fault::Said { code: "message_too_long", says: words::TOO_LONG, facts };
    Some(if actual > MOST {
        Problem::stop(MSG_BODY.name, "T-LIM-1", fault)
    } else {
        Problem::warn(MSG_BODY.name, "T-LIM-1", fault)
    })
}

/// At most one custom element (T-MOD-7, T-BODY-5).
pub fn one_custom(readings: &Readings) -> Option<Problem> {
    let customs = elements(readings).iter().filter(|element| kind(element) == CUSTOM).count();
    (customs > 1).then(|| stop("T-MOD-7", "several_custom", words::SEVERAL_CUSTOM))
}

/// Every element has a content: cells left empty make none (T-MOD-6).
pub fn every_element_holds_something(readings: &Readings) -> Option<Problem> {
    let empty = |element: &Json| element.get("MsgContent").and_then(Json::as_object).is_none();
    elements(readings).iter().any(empty).then(|| stop("T-MOD-6", "element_empty", words::ELEMENT_EMPTY))
}

/// Raw JSON keeps numbers numbers and texts texts (T-BODY-7).
pub fn right_types(readings: &Readings) -> Option<Problem> {
    let wrong = |element: &Json| {
        ELEMENT.fields().find(|field| !right_type(field, at(element, field.name))).map(|field| field.name)
    };
    let images = |element: &Json| {
        let list = at(element, "MsgContent.ImageInfoArray").and_then(Json::as_list).unwrap_or_default();
        list.iter()
            .find_map(|image| IMAGES.fields().find(|field| !right_type(field, at(image, field.name))))
            .map(|field| field.name)
    };
    let found = elements(readings).iter().find_map(|element| wrong(element).or_else(|| images(element)))?;
    let fault = Fault::Said {
        code: "wrong_json_type",
        says: words::WRONG_JSON_TYPE,
        facts: vec![("found", found.to_owned())],
    };
    Some(Problem::stop(MSG_BODY.name, "T-BODY-7", fault))
}

fn at<'a>(object: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.').try_fold(object, |object, name| object.get(name))
}

fn right_type(field: &Field, value: Option<&Json>) -> bool {
    match (&field.kind, value) {
        (Kind::Integer { .. } | Kind::Decimal { .. } | Kind::Choice(_), Some(value)) => {
            matches!(value, Json::Number(_))
        }
        (Kind::Text(_) | Kind::Word(_), Some(value)) => matches!(value, Json::Text(_)),
        _ => true,
    }
}

/// The download flags are 2, and raw JSON may not leave them out (T-BODY-2).
pub fn flags_are_there(readings: &Readings) -> Option<Problem> {
    let missing = elements(readings).iter().any(|element| {
        let wanted: &[&str] = match kind(element) {
            SOUND | FILE => &["Download_Flag"],
            VIDEO => &["VideoDownloadFlag", "ThumbDownloadFlag"],
            _ => &[],
        };
        wanted.iter().any(|name| part(element, name).is_empty())
    });
    missing.then(|| stop("T-BODY-2", "download_flag_missing", words::FLAG_MISSING))
}

/// Forwarded messages stand in the element or behind a key, never both; and nobody documents sending them (T-BODY-10).
pub fn relays(readings: &Readings) -> Option<Problem> {
    let elements = elements(readings);
    let mut relays = elements.iter().filter(|element| kind(element) == RELAY).peekable();
    relays.peek()?;
    let both = relays.any(|element| {
        let content = element.get("MsgContent");
        content.is_some_and(|content| content.get("MsgList").is_some() && content.get("JsonMsgKey").is_some())
    });
    Some(if both {
        stop("T-BODY-10", "forwarded_twice", words::FORWARDED_TWICE)
    } else {
        warn("T-BODY-10", "forwarding_undocumented", words::FORWARDING_UNDOCUMENTED)
    })
}

/// Files are fetched from an address on the web (T-BODY-4).
pub fn files_can_be_fetched(readings: &Readings) -> Option<Problem> {
    let local = |url: &str| !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://");
    let doubtful = elements(readings).iter().any(|element| {
        let images = at(element, "MsgContent.ImageInfoArray").and_then(Json::as_list).unwrap_or_default();
        ["Url", "VideoUrl", "ThumbUrl"].iter().any(|name| local(part(element, name)))
            || images.iter().any(|image| image.get("URL").and_then(Json::as_text).is_some_and(local))
    });
    doubtful.then(|| warn("T-BODY-4", "not_on_the_web", words::NOT_ON_THE_WEB))
}

/// What clients may change too; nobody documents what else a server may (T-MOD-18).
pub fn usually_changed(readings: &Readings) -> Option<Problem> {
    let unusual =
        elements(readings).iter().any(|element| ![TEXT, CUSTOM, LOCATION, FACE].contains(&kind(element)));
    unusual.then(|| warn("T-MOD-18", "unusual_change", words::UNUSUAL_CHANGE))
}

/// The words of a content, for a sentence: its first text, else what it is made of.
pub fn summary(valid: &Valid) -> String {
    match valid.json(&MSG_BODY) {
        Some(Json::List(elements)) => read(&elements),
        _ => String::new(),
    }
}

/// What a person reads of a content; the signs nobody sees are made visible (T-GHIS-2).
pub fn read(elements: &[Json]) -> String {
    let read = |element: &Json| {
        let names: &[&str] = match kind(element) {
            TEXT => &["Text"],
            LOCATION => &["Desc"],
            FACE => &["Data"],
            CUSTOM => &["Desc", "Data"],
            FILE => &["FileName", "Url"],
            SOUND => &["Url"],
            VIDEO => &["VideoUrl"],
            RELAY => &["Title", "CompatibleText"],
            _ => &[],
        };
        let words = names.iter().map(|name| part(element, name)).find(|text| !text.is_empty());
        let image = at(element, "MsgContent.ImageInfoArray").and_then(Json::as_list).and_then(<[_]>::first);
        let image = image.filter(|_| kind(element) == IMAGE).and_then(|image| image.get("URL")?.as_text());
        visible(words.or(image).unwrap_or_default())
    };
    elements.iter().map(read).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn visible(text: &str) -> String {
    let shown = |c: char| match u32::from(c) {
        0x0a => c,
        control @ ..0x20 => char::from_u32(0x2400 + control).unwrap_or(c),
        0x7f => '\u{2421}',
        _ => c,
    };
    text.chars().map(shown).collect()
}

/// What people call the types of a content.
pub fn kind_words(kind: &str) -> Words {
    match &MSG_TYPE.kind {
        Kind::Word(choices) => choices
            .iter()
            .find(|choice| choice.value == kind)
            .map_or(words::OTHER_CONTENT, |choice| choice.label),
        _ => words::OTHER_CONTENT,
    }
}

/// The rules of every content, to be listed in an operation's form.
macro_rules! content_rules {
    ($($more:expr),* $(,)?) => {
        &[
            $crate::domain::operation::Rule {
                id: "T-MOD-6",
                check: $crate::vendors::tencent::content::every_element_holds_something,
            },
            $crate::domain::operation::Rule { id: "T-MOD-7", check: $crate::vendors::tencent::content::one_custom },
            $crate::domain::operation::Rule { id: "T-BODY-7", check: $crate::vendors::tencent::content::right_types },
            $crate::domain::operation::Rule { id: "T-BODY-2", check: $crate::vendors::tencent::content::flags_are_there },
            $crate::domain::operation::Rule { id: "T-BODY-10", check: $crate::vendors::tencent::content::relays },
            $crate::domain::operation::Rule { id: "T-BODY-4", check: $crate::vendors::tencent::content::files_can_be_fetched },
            $crate::domain::operation::Rule { id: "T-LIM-1", check: $crate::vendors::tencent::content::not_too_long },
            $($more),*
        ]
    };
}
pub(super) use content_rules;
