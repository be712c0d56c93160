//! What the faults do to an answer of this dialect after the effect has happened.

use serde_json::Value;

use crate::faults::Kind;
use crate::spoil::{drop_last, each, enlarge, number_as_text};

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
                drop_last(envelope.get_mut(list), *n);
            }
        }
        Kind::TextNumbers {} => each(envelope, &|_, value| number_as_text(value)),
        Kind::HugeIds {} => each(envelope, &|name, value| {
            if name == "MsgSeq" {
                enlarge(value);
            }
        }),
        Kind::BareCode {} => {
            if let Some(code) = envelope.get_mut("ErrorCode") {
                number_as_text(code);
            }
        }
        _ => {}
    }
}
