//! Reads one field's text into a value, leniently where it is unambiguous and saying what was changed. Pure.

use std::fmt;

use super::field::{Choice, Field, IdShape, Items, JsonShape, Kind};
use super::ids::{PlainIds, id, ids, is_scientific};
use super::json::{Json, Object};
use super::problem::{Fault, Problem};
use super::rows::items_json;
use super::secret::Secret;
use super::tidy::{is_separator, tidy};

/// A value as the wire will carry it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// Text that cannot be printed.
    Secret(Secret),
    /// A number, digit for digit.
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// Several texts, and how they travel.
    Items(Vec<String>, Items),
    /// A JSON object.
    Object(Object),
    /// Any JSON.
    Json(Json),
}

impl Value {
    /// As text: what a path, a query or a CSV cell carries.
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Secret(secret) => secret.reveal().to_owned(),
            Self::Flag(flag) => flag.to_string(),
            Self::Items(items, Items::Commas) => items.join(","),
            Self::Items(items, Items::JsonText) => items_json(items, Items::Texts).to_string(),
            Self::Items(items, Items::Texts | Items::Numbers(_) | Items::Lines) => items.join("\n"),
            Self::Object(object) => Json::Object(object.clone()).to_string(),
            Self::Json(json) => json.to_string(),
        }
    }

    /// How many items it holds: those of a list, else one.
    pub fn items(&self) -> usize {
        match self {
            Self::Items(items, _) => items.len(),
            Self::Json(json) => json.as_list().map_or(1, <[_]>::len),
            Self::Text(_) | Self::Secret(_) | Self::Number(_) | Self::Flag(_) | Self::Object(_) => 1,
        }
    }

    /// As JSON: what a body carries.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => Json::Text(text.clone()),
            Self::Secret(secret) => Json::Text(secret.reveal().to_owned()),
            Self::Number(digits) => Json::Number(digits.clone()),
            Self::Flag(flag) => Json::Flag(*flag),
            Self::Items(items, form) => items_json(items, *form),
            Self::Object(object) => Json::Object(object.clone()),
            Self::Json(json) => json.clone(),
        }
    }
}

/// What came of reading a text. Its `Debug` leaves the text out: it may be a secret.
#[derive(Clone)]
pub struct Reading {
    /// The tidied text, empty when nothing was filled in; conditions read this.
    pub text: String,
    /// The value, when the text could be read.
    pub value: Option<Value>,
    /// What stops, and what should be known.
    pub problems: Vec<Problem>,
}

impl fmt::Debug for Reading {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reading")
            .field("value", &self.value)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

impl Reading {
    pub(super) fn empty() -> Self {
        Self { text: String::new(), value: None, problems: Vec::new() }
    }

    fn of(text: String, value: Value) -> Self {
        Self { text, value: Some(value), problems: Vec::new() }
    }

    fn refused(text: String, problem: Problem) -> Self {
        Self { text, value: None, problems: vec![problem] }
    }
}

/// Reads what was typed into `field`; `shape` is the id shape that holds at the moment, for ids that have two.
pub fn read(field: &'static Field, typed: &str, shape: Option<&'static IdShape>) -> Reading {
    match &field.kind {
        Kind::Text(_) => {
            if typed.trim().is_empty() {
                Reading::empty()
            } else {
                Reading::of(typed.to_owned(), Value::Text(typed.to_owned()))
            }
        }
        Kind::JsonText(wanted) => json(field, typed, Some(*wanted)),
        Kind::JsonObject => json(field, typed, None),
        Kind::Ids(_, form @ (Items::Lines | Items::JsonText)) => lines(typed, *form),
        Kind::Ids(shape, form) => ids(field, typed, shape, *form, PlainIds::of(field).as_ref()),
        Kind::Several(choices) => several(field, typed, choices),
        // A list of objects is read from all its cells at once (`rows::read_rows`).
        Kind::Rows(_) => Reading::empty(),
        Kind::Id(own) => id(field, typed, shape.unwrap_or(own)),
        Kind::IdWhen(_, _, otherwise) => id(field, typed, shape.unwrap_or(otherwise)),
        Kind::Secret => plain(typed, |text| Value::Secret(Secret::new(text))),
        Kind::Address => plain(typed, Value::Text),
        Kind::Integer { min, max } => noticed(field, typed, |text| integer(text, *min, *max)),
        Kind::Time | Kind::Seconds => noticed(field, typed, |text| integer(text, 0, i64::MAX)),
        Kind::Decimal { min, max } => noticed(field, typed, |text| decimal(text, *min, *max)),
        Kind::Choice(choices) => noticed(field, typed, |text| chosen(choices, text).map(Value::Number)),
        Kind::Word(choices) => noticed(field, typed, |text| chosen(choices, text).map(Value::Text)),
        Kind::Flag => noticed(field, typed, |text| match text.as_str() {
            "true" => Ok(Value::Flag(true)),
            "false" => Ok(Value::Flag(false)),
            _ => Err(Fault::NotAFlag),
        }),
    }
}

/// The text, when it is one of the choices.
fn chosen(choices: &[Choice], text: String) -> Result<String, Fault> {
    if choices.iter().any(|choice| choice.value == text) {
        Ok(text)
    } else {
        Err(Fault::NotAChoice { allowed: choices.iter().map(|choice| choice.value).collect() })
    }
}

/// Any of the choices, one per line, each once.
fn several(field: &'static Field, typed: &str, choices: &[Choice]) -> Reading {
    let mut items: Vec<String> = Vec::new();
    for entry in separated(typed) {
        match chosen(choices, entry) {
            Ok(item) if items.contains(&item) => {}
            Ok(item) => items.push(item),
            Err(fault) => {
                return Reading::refused(typed.to_owned(), Problem::stop(field.name, field.rule, fault));
            }
        }
    }
    if items.is_empty() {
        return Reading::empty();
    }
    Reading::of(items.join("\n"), Value::Items(items, Items::Texts))
}

/// Every line that holds something: text that may hold spaces and commas. Phrases to look for are tidied, each once.
fn lines(typed: &str, form: Items) -> Reading {
    let mut items: Vec<String> = Vec::new();
    for line in typed.lines().filter(|line| !line.trim().is_empty()) {
        let item = if form == Items::JsonText { line.trim() } else { line };
        if form == Items::Lines || !items.iter().any(|known| known == item) {
            items.push(item.to_owned());
        }
    }
    if items.is_empty() {
        return Reading::empty();
    }
    Reading::of(items.join("\n"), Value::Items(items, form))
}

/// The entries of a list, however they are separated.
fn separated(typed: &str) -> impl Iterator<Item = String> {
    typed.split(is_separator).map(tidy).filter(|entry| !entry.is_empty())
}

/// Tidied text, no notice: for secrets and addresses, which are never shown back.
fn plain(typed: &str, value: impl FnOnce(String) -> Value) -> Reading {
    let text = tidy(typed);
    if text.is_empty() { Reading::empty() } else { Reading::of(text.clone(), value(text)) }
}

/// Tidied text, with a notice when more than its ends was changed.
fn noticed(
    field: &'static Field,
    typed: &str,
    value: impl FnOnce(String) -> Result<Value, Fault>,
) -> Reading {
    let text = tidy(typed);
    if text.is_empty() {
        return Reading::empty();
    }
    match value(text.clone()) {
        Ok(value) => {
            let shown = value.to_text();
            let mut reading = Reading::of(shown.clone(), value);
            if shown != typed.trim() {
                reading.problems.push(Problem::warn(field.name, field.rule, Fault::ReadAs { text: shown }));
            }
            reading
        }
        Err(fault) => Reading::refused(text, Problem::stop(field.name, field.rule, fault)),
    }
}

fn integer(text: String, min: i64, max: i64) -> Result<Value, Fault> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(if is_scientific(&text) { Fault::ScientificNotation } else { Fault::NotAnInteger });
    }
    match text.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => {
            let kept = digits.trim_start_matches('0');
            Ok(Value::Number(if kept.is_empty() { "0".to_owned() } else { format!("{sign}{kept}") }))
        }
        _ => Err(Fault::OutOfRange { min, max }),
    }
}

pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A plain decimal, kept digit for digit; it is compared by its digits, never through a floating-point number.
fn decimal(text: String, min: i32, max: i32) -> Result<Value, Fault> {
    let (negative, plain) = text.strip_prefix('-').map_or((false, text.as_str()), |plain| (true, plain));
    let (whole, part) = plain.split_once('.').unwrap_or((plain, "0"));
    if !all_digits(whole) || !all_digits(part) || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(Fault::NotANumber);
    }
    let bound = i64::from(if negative { -min } else { max });
    let beyond = |whole: i64| whole > bound || (whole == bound && part.bytes().any(|digit| digit != b'0'));
    match whole.parse::<i64>() {
        Ok(whole) if !beyond(whole) => Ok(Value::Number(text)),
        _ => Err(Fault::OutOfRange { min: min.into(), max: max.into() }),
    }
}

fn json(field: &'static Field, typed: &str, text_shape: Option<JsonShape>) -> Reading {
    let text = typed.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return Reading::empty();
    }
    let stop = |fault| Reading::refused(text.to_owned(), Problem::stop(field.name, field.rule, fault));
    match (Json::parse(text), text_shape) {
        (Err(place), _) => stop(Fault::NotJson {
            line: place.line,
            column: place.column,
            wide_marks: text.contains(['“', '”', '‘', '’', '，', '：']),
        }),
        (Ok(Json::Object(object)), None) => Reading::of(text.to_owned(), Value::Object(object)),
        (Ok(Json::Object(_)), Some(_)) | (Ok(_), Some(JsonShape::Any)) => {
            Reading::of(text.to_owned(), Value::Text(text.to_owned()))
        }
        (Ok(_), None | Some(JsonShape::Object)) => stop(Fault::NotAnObject),
    }
}
