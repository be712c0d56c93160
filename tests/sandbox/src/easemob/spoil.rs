//! What the faults do to an answer of this dialect after the effect has happened.

use serde_json::{Number, Value, json};

use crate::faults::Kind;

/// Changes the answer as the fault wants; other faults leave it as it is.
pub(super) fn spoil(reply: &mut Value, kind: &Kind) {
    match kind {
        Kind::DropData {} => {
            if let Value::Object(map) = reply {
                map.remove("data");
            }
        }
        Kind::DropReceivers { n } => drop_last(reply.get_mut("data"), *n),
        Kind::TextNumbers {} => each(reply, &|value| {
            if let Value::Number(number) = value {
                *value = Value::String(number.to_string());
            }
        }),
        Kind::HugeIds {} => each(reply, &|value| {
            if let Some(id) = id(value) {
                *value = Value::String((id | (1 << 63)).to_string());
            }
        }),
        // E-ID-1: an id that arrives without quotes.
        Kind::BareCode {} => each(reply, &|value| {
            if let Some(id) = id(value) {
                *value = Value::Number(Number::from(id));
            }
        }),
        _ => {}
    }
}

/// Status and body with which a `vendor_code` fault answers in the server's place.
pub(super) fn vendor_code(kind: &Kind) -> Option<(u16, Value)> {
    let Kind::VendorCode { code, msg } = kind else {
        return None;
    };
    let status = u16::try_from(*code).ok().filter(|it| (400..=599).contains(it)).unwrap_or(400);
    let body = json!({ "error": msg, "error_description": msg, "error_code": code, "duration": 0 });
    Some((status, body))
}

fn drop_last(data: Option<&mut Value>, n: usize) {
    match data {
        Some(Value::Array(items)) => items.truncate(items.len().saturating_sub(n)),
        Some(Value::Object(map)) => {
            let keys: Vec<String> = map.keys().rev().take(n).cloned().collect();
            for key in keys {
                map.remove(&key);
            }
        }
        _ => {}
    }
}

// Nothing else in an answer is a text of so many digits.
fn id(value: &Value) -> Option<u64> {
    value.as_str().filter(|text| text.len() >= 18).and_then(|text| text.parse().ok())
}

fn each(value: &mut Value, change: &impl Fn(&mut Value)) {
    match value {
        Value::Object(map) => map.values_mut().for_each(|inner| each(inner, change)),
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        leaf => change(leaf),
    }
}
