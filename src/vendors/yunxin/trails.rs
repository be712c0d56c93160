//! How what was sent is looked for in the history of its conversation.

use super::find_history::FIND_HISTORY;
use super::ids::P2P;
use super::read_back::holds;
use super::{batch_send, send};
use crate::domain::draft::Values;
use crate::domain::json::Json;
use crate::domain::trail::{Span, Trail};

/// All of them.
pub(super) static TRAILS: &[&Trail] = &[&BATCH_SEND, &SEND];

static BATCH_SEND: Trail = Trail {
    of: &batch_send::BATCH_SEND,
    operation: &FIND_HISTORY,
    values: |valid, span| {
        let [receiver] = valid.items(&batch_send::RECEIVERS) else { return None };
        let unseen = [
            valid.text(&batch_send::SENDER_NO_SENSE) == "true",
            valid.text(&batch_send::RECEIVER_NO_SENSE) == "true",
            valid.text(&batch_send::HISTORY) == "false",
        ];
        history(&valid.text(&batch_send::SENDER), P2P, receiver, unseen, span)
    },
    is: |valid, message| {
        message.sender == valid.text(&batch_send::SENDER)
            && holds(valid, &batch_send::MESSAGE_TYPE, &batch_send::TEXT, message)
    },
    mark: None,
    facts: &[],
};

static SEND: Trail = Trail {
    of: &send::SEND,
    operation: &FIND_HISTORY,
    values: |valid, span| {
        let unseen = [
            valid.text(&send::SENDER_NO_SENSE) == "true",
            valid.text(&send::RECEIVER_NO_SENSE) == "true",
            valid.text(&send::HISTORY) == "false",
        ];
        let place = valid.text(&send::CONVERSATION_TYPE);
        history(&valid.text(&send::SENDER), &place, &valid.text(&send::RECEIVER), unseen, span)
    },
    is: |valid, message| {
        let own = valid.text(&send::CLIENT_ID);
        let found = message.raw.get("message_client_id").and_then(Json::as_text).unwrap_or_default();
        message.sender == valid.text(&send::SENDER)
            && holds(valid, &send::MESSAGE_TYPE, &send::TEXT, message)
            && (own.is_empty() || found.is_empty() || own == found)
    },
    mark: Some(&send::CLIENT_ID),
    facts: &[
        ("message_server_id", "message_server_id"),
        ("create_time", "create_time"),
        ("message_client_id", "message_client_id"),
    ],
};

/// The conversation as its sender sees it, or its receiver when the sender keeps no copy.
fn history(
    sender: &str,
    place: &str,
    receiver: &str,
    [not_sender, not_receiver, not_kept]: [bool; 3],
    span: Span,
) -> Option<Values> {
    let p2p = place == P2P;
    let (viewer, other) = match not_sender {
        _ if not_kept => return None,
        false => (sender, receiver),
        true if p2p && !not_receiver => (receiver, sender),
        true => return None,
    };
    let (from, until) = (span.from.max(0).to_string(), span.until.to_string());
    let pairs = [
        ("conversation_id.sender_id", viewer),
        ("conversation_id.conversation_type", place),
        ("conversation_id.receiver_id", other),
        ("begin_time", &from),
        ("end_time", &until),
        ("limit", "100"),
        ("include_no_sense_msg", "true"),
        ("check_team_valid", if p2p { "" } else { "false" }),
    ];
    Some(pairs.into_iter().filter(|(_, text)| !text.is_empty()).collect())
}
