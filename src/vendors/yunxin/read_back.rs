//! How an accepted act is proved: the message is looked up and compared. What is doubtful stays open.
//!
//! Right after sending a query may not find the message yet, so that nothing found proves nothing.

use super::find_chatroom::FIND_CHATROOM;
use super::find_history::FIND_HISTORY;
use super::find_message::FIND_MESSAGE;
use super::found::same;
use super::ids::P2P;
use super::{modify, recall, recall_chatroom, send};
use crate::domain::draft::Values;
use crate::domain::field::Field;
use crate::domain::json::Json;
use crate::domain::message::{Message, State};
use crate::domain::operation::{Proof, ReadBack};
use crate::domain::outcome::Outcome;
use crate::domain::validation::Valid;

/// An edit is proved by the message's content.
pub(super) static MODIFIED: ReadBack = ReadBack {
    knowing: None,
    operation: &FIND_MESSAGE,
    values: |valid, _| {
        let (sender, place, receiver) =
            (valid.text(&modify::SENDER), valid.text(&modify::TYPE), valid.text(&modify::RECEIVER));
        Some(one(&sender, &place, &receiver, &valid.text(&modify::MESSAGE), &valid.text(&modify::TIME)))
    },
    judge: |valid, messages| {
        let id = valid.text(&modify::MESSAGE);
        let Some(message) = named(messages, &id) else { return Proof::Open };
        match holds(valid, &modify::MESSAGE_TYPE, &modify::TEXT, message) {
            true => Proof::Verified,
            // It holds something else and was never changed: the edit did not arrive.
            false if message.state == State::Stands => Proof::Contradicted,
            false => Proof::Open,
        }
    },
};

/// A sent message is proved by being there.
pub(super) static SENT: ReadBack = ReadBack {
    knowing: None,
    operation: &FIND_MESSAGE,
    values: |valid, outcome| {
        let (id, time) = (fact(outcome, "message_server_id")?, fact(outcome, "create_time")?);
        let (sender, place, receiver) =
            (valid.text(&send::SENDER), valid.text(&send::CONVERSATION_TYPE), valid.text(&send::RECEIVER));
        Some(one(&sender, &place, &receiver, &id, &time))
    },
    judge: |valid, messages| match messages {
        [message] if holds(valid, &send::MESSAGE_TYPE, &send::TEXT, message) => Proof::Verified,
        _ => Proof::Open,
    },
};

/// A recall is proved by a listing that begins where the message stood: its older neighbours are there and it is not.
pub(super) static RECALLED: ReadBack = ReadBack {
    knowing: None,
    operation: &FIND_HISTORY,
    values: |valid, _| {
        let time: i64 = valid.text(&recall::MESSAGE_TIME).parse().ok()?;
        let (mut viewer, place, mut other) = (
            valid.text(&recall::SENDER),
            valid.text(&recall::CONVERSATION_TYPE),
            valid.text(&recall::RECEIVER),
        );
        if valid.text(&recall::TYPE) == recall::ONE_WAY {
            // The sender keeps the message: only the receiver's side can tell, and a team has no such side.
            if place != P2P {
                return None;
            }
            std::mem::swap(&mut viewer, &mut other);
        }
        let mut values = conversation(&viewer, &place, &other);
        values.set("begin_time", time.saturating_sub(WEEK).max(0).to_string());
        values.set("end_time", time.saturating_add(SECOND).to_string());
        values.set("limit", "100");
        if place != P2P {
            values.set("check_team_valid", "false");
        }
        Some(values)
    },
    judge: |valid, messages| {
        let time = valid.text(&recall::MESSAGE_TIME).parse().ok();
        absent(messages, &valid.text(&recall::MESSAGE), time)
    },
};

/// A recall in a chatroom is proved in the same way, by the newest messages of the room.
pub(super) static RECALLED_IN_ROOM: ReadBack = ReadBack {
    knowing: None,
    operation: &FIND_CHATROOM,
    values: |valid, _| {
        let pairs = [
            ("room_id", valid.text(&recall_chatroom::ROOM)),
            ("sender_id", valid.text(&recall_chatroom::OPERATOR)),
            ("limit", "100".to_owned()),
        ];
        Some(pairs.into_iter().collect())
    },
    judge: |valid, messages| {
        let time = valid.text(&recall_chatroom::TIME).parse().ok();
        absent(messages, &valid.text(&recall_chatroom::MESSAGE), time)
    },
};

const SECOND: i64 = 1000;
const WEEK: i64 = 7 * 24 * 60 * 60 * SECOND;

fn conversation(viewer: &str, place: &str, other: &str) -> Values {
    let pairs = [
        ("conversation_id.sender_id", viewer),
        ("conversation_id.conversation_type", place),
        ("conversation_id.receiver_id", other),
    ];
    pairs.into_iter().collect()
}

fn one(viewer: &str, place: &str, other: &str, id: &str, time: &str) -> Values {
    let mut values = conversation(viewer, place, other);
    values.set("message_server_id", id);
    values.set("message_time", time);
    if place != P2P {
        // A sender who has left the team is no reason to refuse the look.
        values.set("check_team_member_valid", "false");
    }
    values
}

fn fact(outcome: &Outcome, name: &str) -> Option<String> {
    outcome.facts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone())
}

fn named<'a>(messages: &'a [Message], id: &str) -> Option<&'a Message> {
    messages.iter().find(|message| message.id == id && message.state != State::Unreadable)
}

/// Whether a message holds what was written.
pub(super) fn holds(valid: &Valid, kind: &Field, text: &Field, message: &Message) -> bool {
    let wanted = valid.text(text);
    let attachment = Json::parse(&valid.json_text(modify::ATTACHMENT.name)).ok();
    let found = super::found::object(message.raw.get("attachment"));
    let same_attachment = match (attachment.as_ref().and_then(Json::as_object), &found) {
        (None, _) => true,
        (Some(wanted), Some(found)) => same(wanted, found),
        (Some(_), None) => false,
    };
    message.kind == valid.text(kind)
        && (wanted.is_empty() || message.values.get(text.name) == wanted)
        && same_attachment
}

fn absent(messages: &[Message], id: &str, time: Option<i64>) -> Proof {
    match named(messages, id) {
        Some(message) if matches!(message.state, State::Recalled | State::Gone) => Proof::Verified,
        Some(_) => Proof::Contradicted,
        None => {
            let older = messages.iter().any(|message| message.time.is_some_and(|at| Some(at) < time));
            // A message nobody could read may be the one.
            let readable = messages.iter().all(|message| message.state != State::Unreadable);
            if older && readable { Proof::Verified } else { Proof::Open }
        }
    }
}
