//! What several operations check about a message's content: custom events, flat maps, sizes (E-MOD-7, E-MOD-8, E-LIM-3).

use crate::domain::field::{Field, Unit};
use crate::domain::json::{Json, Object};
use crate::domain::problem::{Fault, Problem};
use crate::domain::reading::Value;
use crate::domain::validation::Readings;
use crate::words::easemob as words;

/// The longest custom event, and the most attributes it has.
const EVENT_LONGEST: usize = 32;
const ATTRIBUTES_MOST: usize = 16;
/// Bytes of content and extension together: the limit, and where it comes near.
const SIZE_MOST: usize = 5120;
const SIZE_NEAR: usize = 5000;

/// The whole event is letters, digits, `-_/.`, 1 to 32 of them. Checked by hand: the documented pattern is a syntax error where
/// pages would use it.
pub(super) fn event(readings: &Readings, field: &'static Field) -> Option<Problem> {
    if !readings.applies(field) {
        return None;
    }
    let text = readings.typed(field);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    let sound = text.chars().all(fits) && text.len() <= EVENT_LONGEST;
    (!sound).then(|| Problem::stop(field.name, "E-MOD-7", Fault::said("custom_event", words::EVENT_WRONG)))
}

/// A flat map of texts, 16 at most.
pub(super) fn attributes(readings: &Readings, field: &'static Field) -> Option<Problem> {
    let Some(Value::Object(object)) = readings.value(field) else { return None };
    let actual = object.iter().count();
    if actual == 0 {
        return Some(Problem::warn(field.name, "E-MOD-8", Fault::said("empty_map", words::EXTS_EMPTY)));
    }
    if actual > ATTRIBUTES_MOST {
        let fault = Fault::OverLimit { limit: ATTRIBUTES_MOST, actual, unit: Unit::Items, meaning: None };
        return Some(Problem::stop(field.name, "E-MOD-8", fault));
    }
    let (name, _) = object.iter().find(|(_, value)| value.as_text().is_none())?;
    let fault =
        Fault::Said { code: "not_text", says: words::EXTS_NOT_TEXT, facts: vec![("found", name.to_owned())] };
    Some(Problem::stop(field.name, "E-MOD-8", fault))
}

/// Content and extension together, as the bytes that will be sent; the type stands beside the content and does not count.
pub(super) fn size(readings: &Readings, content: &str, extension: &str, at: &'static str) -> Option<Problem> {
    let bytes = |name: &str| {
        let part = readings.part(name);
        let Some(whole) = part.as_ref().and_then(Json::as_object) else { return 0 };
        let mut counted = Object::default();
        for (name, value) in whole.iter().filter(|(name, _)| *name != "type") {
            counted.insert(name.to_owned(), value.clone());
        }
        Json::Object(counted).to_string().len()
    };
    let actual = bytes(content) + bytes(extension);
    let over = |limit, meaning| Fault::OverLimit { limit, actual, unit: Unit::JsonBytes, meaning };
    if actual > SIZE_MOST {
        return Some(Problem::stop(at, "E-LIM-3", over(SIZE_MOST, None)));
    }
    (actual > SIZE_NEAR).then(|| Problem::warn(at, "E-LIM-3", over(SIZE_NEAR, Some(words::SIZE_NEAR))))
}
