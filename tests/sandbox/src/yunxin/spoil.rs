//! What the faults do to an answer of this dialect after the effect has happened.

use serde_json::{Number, Value, json};

use crate::faults::Kind;

/// Changes the envelope as the fault wants; other faults leave it as it is.
pub(super) fn spoil(envelope: &mut Value, kind: &Kind) {
    match kind {
        Kind::DropData {} => {
            if let Value::Object(map) = envelope {
                map.remove("data");
            }
        }
        Kind::DropReceivers { n } => {
            if let Some(Value::Array(list)) = envelope.pointer_mut("/data/success_list") {
                list.truncate(list.len().saturating_sub(*n));
            }
        }
        Kind::TextNumbers {} => each(envelope, &number_as_text),
        Kind::HugeIds {} => each(envelope, &enlarge_id),
        Kind::BareCode {} => {
            if let Some(code) = envelope.get_mut("code") {
                number_as_text("code", code);
            }
        }
        _ => {}
    }
}

/// The envelope with which a `vendor_code` fault answers in the server's place.
pub(super) fn vendor_code(kind: &Kind) -> Option<Value> {
    match kind {
        Kind::VendorCode { code, msg } => Some(json!({ "code": code, "msg": msg, "data": {} })),
        _ => None,
    }
}

fn each(value: &mut Value, change: &impl Fn(&str, &mut Value)) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                change(key, inner);
                each(inner, change);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        _ => {}
    }
}

fn number_as_text(_: &str, value: &mut Value) {
    if let Value::Number(number) = value {
        *value = Value::String(number.to_string());
    }
}

// The true id plus 2^63: too large for a signed number, still a number.
fn enlarge_id(key: &str, value: &mut Value) {
    if key == "message_server_id"
        && let Some(id) = value.as_u64()
    {
        *value = Value::Number(Number::from(id | (1 << 63)));
    }
}
