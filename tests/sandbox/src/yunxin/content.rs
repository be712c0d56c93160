//! The content of a message: its type, text and attachment (Y-MOD-3 to Y-MOD-7, Y-BAT-4, Y-BAT-5).

use serde_json::{Map, Value};

use super::codes::Refusal;
use super::fields::{Fields, at_most};

pub(super) const TEXT: i64 = 0;
pub(super) const TIP: i64 = 10;
pub(super) const CUSTOM: i64 = 100;

const KNOWN_TYPES: [i64; 8] = [TEXT, 1, 2, 3, 4, 6, TIP, CUSTOM];
const TEXT_LIMIT: usize = 5_000;
const DESCRIPTION_LIMIT: usize = 500;
const ATTACHMENT_LIMIT: usize = 5_000;

/// What a message says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Content {
    pub(super) message_type: i64,
    pub(super) sub_type: Option<i64>,
    pub(super) text: Option<String>,
    pub(super) attachment: Option<Map<String, Value>>,
}

/// How long the text of a message type may be.
pub(super) fn text_limit(message_type: i64) -> usize {
    match message_type {
        TEXT | TIP => TEXT_LIMIT,
        _ => DESCRIPTION_LIMIT,
    }
}

impl Content {
    /// Reads the five content fields out of `message`.
    pub(super) fn read(message: &mut Fields) -> Result<Self, Refusal> {
        let message_type = message.required_integer("message_type")?;
        if !KNOWN_TYPES.contains(&message_type) {
            return message.refuse("message_type", "must be one of 0, 1, 2, 3, 4, 6, 10, 100");
        }
        Ok(Self {
            message_type,
            sub_type: sub_type(message, message_type)?,
            text: text(message, message_type)?,
            attachment: attachment(message, message_type)?,
        })
    }

    /// Adds the content to an answer, without what is absent.
    pub(super) fn write(&self, answer: &mut Map<String, Value>) {
        answer.insert("message_type".to_owned(), self.message_type.into());
        if let Some(sub_type) = self.sub_type {
            answer.insert("sub_type".to_owned(), sub_type.into());
        }
        if let Some(text) = &self.text {
            answer.insert("text".to_owned(), text.clone().into());
        }
        if let Some(attachment) = &self.attachment {
            answer.insert("attachment".to_owned(), attachment.clone().into());
        }
    }
}

fn sub_type(message: &mut Fields, message_type: i64) -> Result<Option<i64>, Refusal> {
    let sub_type = message.integer("sub_type")?;
    match sub_type {
        Some(_) if message_type != CUSTOM => {
            message.refuse("sub_type", "has effect only when message_type is 100")
        }
        Some(number) if number <= 0 => message.refuse("sub_type", "must be greater than 0"),
        other => Ok(other),
    }
}

fn text(message: &mut Fields, message_type: i64) -> Result<Option<String>, Refusal> {
    let text = match message_type {
        TEXT | TIP => Some(message.required_text("text")?),
        _ => message.text("text")?,
    };
    if let Some(text) = &text {
        at_most(&message.name("text"), text, text_limit(message_type))?;
    }
    Ok(text)
}

fn attachment(message: &mut Fields, message_type: i64) -> Result<Option<Map<String, Value>>, Refusal> {
    let attachment = message.any_object("attachment")?;
    match (message_type, attachment) {
        (TEXT | TIP, None) => Ok(None),
        (TEXT | TIP, Some(_)) => message.refuse("attachment", "has no place in a text or tip message"),
        (_, None) => message.refuse("attachment", "is required for this message_type"),
        (_, Some(map)) => {
            let name = message.name("attachment");
            let compact = Value::Object(map.clone()).to_string();
            at_most(&name, &compact, ATTACHMENT_LIMIT)?;
            check_parts(&name, message_type, &map)?;
            Ok(Some(map))
        }
    }
}

#[derive(Clone, Copy)]
enum Part {
    Text,
    Whole,
    Number,
}

impl Part {
    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Whole => value.as_i64().is_some(),
            Self::Number => value.is_number(),
        }
    }
}

fn check_parts(name: &str, message_type: i64, map: &Map<String, Value>) -> Result<(), Refusal> {
    let (required, known): (&[&str], &[(&str, Part)]) = match message_type {
        CUSTOM => (&[], &[]),
        4 => (&["lng", "lat"], &[("title", Part::Text), ("lng", Part::Number), ("lat", Part::Number)]),
        _ => (
            &["url"],
            &[
                ("name", Part::Text),
                ("md5", Part::Text),
                ("url", Part::Text),
                ("ext", Part::Text),
                ("w", Part::Whole),
                ("h", Part::Whole),
                ("size", Part::Whole),
                ("dur", Part::Whole),
            ],
        ),
    };
    for key in required {
        let empty = map.get(*key).is_none_or(|value| value.as_str() == Some(""));
        if empty {
            return Err(Refusal::parameter(&format!("{name}.{key}"), "is required"));
        }
    }
    for (key, part) in known {
        if map.get(*key).is_some_and(|value| !part.fits(value)) {
            return Err(Refusal::parameter(&format!("{name}.{key}"), "has a wrong type"));
        }
    }
    Ok(())
}
