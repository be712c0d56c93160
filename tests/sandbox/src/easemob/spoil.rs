//! What the faults do to an answer of this dialect after the effect has happened.

use serde_json::{Number, Value};

use crate::faults::Kind;
use crate::spoil::{drop_last, each, number_as_text};

/// Changes the answer as the fault wants; other faults leave it as it is.
pub(super) fn spoil(reply: &mut Value, kind: &Kind) {
    match kind {
        Kind::DropData {} => {
            if let Value::Object(map) = reply {
                map.remove("data");
            }
        }
        Kind::DropReceivers { n } => drop_receivers(reply.get_mut("data"), *n),
        Kind::TextNumbers {} => each(reply, &|_, value| number_as_text(value)),
        Kind::HugeIds {} => each(reply, &|_, value| {
            if let Some(id) = id(value) {
                *value = Value::String((id | (1 << 63)).to_string());
            }
        }),
        // E-ID-1: an id that arrives without quotes.
        Kind::BareCode {} => each(reply, &|_, value| {
            if let Some(id) = id(value) {
                *value = Value::Number(Number::from(id));
            }
        }),
        _ => {}
    }
}

/// A list of results, or an object with a member per receiver.
fn drop_receivers(data: Option<&mut Value>, n: usize) {
    match data {
        Some(Value::Object(map)) => {
            let keys: Vec<String> = map.keys().rev().take(n).cloned().collect();
            for key in keys {
                map.remove(&key);
            }
        }
        other => drop_last(other, n),
    }
}

// Nothing else in an answer is a text of so many digits.
fn id(value: &Value) -> Option<u64> {
    value.as_str().filter(|text| text.len() >= 18).and_then(|text| text.parse().ok())
}
