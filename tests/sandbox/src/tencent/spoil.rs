//! What the faults do to an answer of this dialect after the effect has happened.

use serde_json::{Number, Value};

use super::turn::failure;
use crate::faults::Kind;

const ENVELOPE: [&str; 3] = ["ActionStatus", "ErrorCode", "ErrorInfo"];
const LISTS: [&str; 2] = ["ErrorList", "RecallRetList"];

/// Changes the envelope as the fault wants; other faults leave it as it is.
pub(super) fn spoil(envelope: &mut Value, kind: &Kind) {
    match kind {
        Kind::DropData {} => {
            if let Value::Object(map) = envelope {
                map.retain(|key, _| ENVELOPE.contains(&key.as_str()));
            }
        }
        Kind::DropReceivers { n } => {
            for list in LISTS {
                if let Some(Value::Array(list)) = envelope.get_mut(list) {
                    list.truncate(list.len().saturating_sub(*n));
                }
            }
        }
        Kind::TextNumbers {} => each(envelope, &number_as_text),
        Kind::HugeIds {} => each(envelope, &enlarge_seq),
        Kind::BareCode {} => {
            if let Some(code) = envelope.get_mut("ErrorCode") {
                number_as_text("ErrorCode", code);
            }
        }
        _ => {}
    }
}

/// The envelope with which a `vendor_code` fault answers in the server's place.
pub(super) fn vendor_code(kind: &Kind) -> Option<Value> {
    match kind {
        Kind::VendorCode { code, msg } => Some(failure(*code, msg)),
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

// The true number plus 2^63: too large for a signed number, still a number.
fn enlarge_seq(key: &str, value: &mut Value) {
    if key == "MsgSeq"
        && let Some(seq) = value.as_u64()
    {
        *value = Value::Number(Number::from(seq | (1 << 63)));
    }
}
