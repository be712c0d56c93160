//! What faults do to values of an answer; which values those are is each dialect's business.

use serde_json::{Number, Value};

/// Hands every value that is neither list nor object to `change`, with the name of the member it stands in.
pub(crate) fn each(value: &mut Value, change: &impl Fn(&str, &mut Value)) {
    leaves("", value, change);
}

fn leaves(name: &str, value: &mut Value, change: &impl Fn(&str, &mut Value)) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(name, inner)| leaves(name, inner, change)),
        Value::Array(items) => items.iter_mut().for_each(|item| leaves(name, item, change)),
        leaf => change(name, leaf),
    }
}

/// A number as text.
pub(crate) fn number_as_text(value: &mut Value) {
    if let Value::Number(number) = value {
        *value = Value::String(number.to_string());
    }
}

/// The true number plus 2^63: too large for a signed number, still a number.
pub(crate) fn enlarge(value: &mut Value) {
    if let Some(number) = value.as_u64() {
        *value = Value::Number(Number::from(number | (1 << 63)));
    }
}

/// The first entries of a list, all but `n`.
pub(crate) fn drop_last(list: Option<&mut Value>, n: usize) {
    if let Some(Value::Array(items)) = list {
        items.truncate(items.len().saturating_sub(n));
    }
}
