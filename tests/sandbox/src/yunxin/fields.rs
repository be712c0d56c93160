//! How this dialect reads fields and judges texts in them.

use serde_json::Value;

use super::codes::Refusal;
use crate::fields::OfField;

/// The fields of an object of this dialect.
pub(super) type Fields = crate::fields::Fields<Refusal>;

impl OfField for Refusal {
    fn of_field(name: &str, fault: &str) -> Self {
        Self::parameter(name, fault)
    }
}

/// Limits are UTF-16 code units (Y-LEN-1).
pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Refuses a text above its limit in UTF-16 units.
pub(super) fn at_most(field: &str, text: &str, limit: usize) -> Result<(), Refusal> {
    let length = units(text);
    if length > limit {
        let fault = format!("is too long: {length} characters, at most {limit}");
        return Err(Refusal::parameter(field, fault));
    }
    Ok(())
}

/// Refuses a text that does not hold JSON.
pub(super) fn json_text(field: &str, text: &str) -> Result<Value, Refusal> {
    serde_json::from_str(text).map_err(|_| Refusal::parameter(field, "is not JSON text"))
}

/// Refuses a text that does not hold a JSON object.
pub(super) fn json_object_text(field: &str, text: &str) -> Result<(), Refusal> {
    match json_text(field, text)? {
        Value::Object(_) => Ok(()),
        _ => Err(Refusal::parameter(field, "is not a JSON object as text")),
    }
}
