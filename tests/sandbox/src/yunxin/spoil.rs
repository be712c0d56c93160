//! What the faults do to an answer of this dialect after the effect has happened.

use serde_json::Value;

use crate::faults::Kind;
use crate::spoil::{drop_last, each, enlarge, number_as_text};

/// Changes the envelope as the fault wants; other faults leave it as it is.
pub(super) fn spoil(envelope: &mut Value, kind: &Kind) {
    match kind {
        Kind::DropData {} => {
            if let Value::Object(map) = envelope {
                map.remove("data");
            }
        }
        Kind::DropReceivers { n } => drop_last(envelope.pointer_mut("/data/success_list"), *n),
        Kind::TextNumbers {} => each(envelope, &|_, value| number_as_text(value)),
        Kind::HugeIds {} => each(envelope, &|name, value| {
            if name == "message_server_id" {
                enlarge(value);
            }
        }),
        Kind::BareCode {} => {
            if let Some(code) = envelope.get_mut("code") {
                number_as_text(code);
            }
        }
        _ => {}
    }
}
