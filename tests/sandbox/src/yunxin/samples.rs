//! Texts that fill a whole working form of a page that practises, true at the moment they are asked for.
//!
//! The keys are wire paths, as a form names its fields; every value is the text a person would type.

use serde_json::{Value, json};

use super::chatroom::Remark;
use super::content::TEXT;
use super::message::{ConversationType, Copy, Message};
use super::seed::{CHATROOM, PRACTICE_KEY, content, message};
use super::store::{App, Cloud, Ids};

const SENDER: &str = "zhangsan";
const RECEIVER: &str = "lisi";
/// Nobody is registered under this name, so that a batch succeeds in part.
const STRANGER: &str = "nobody404";

// An hour less than the windows: a form stays good while somebody reads it.
const HOUR_MS: i64 = 60 * 60 * 1_000;
const EDIT_WINDOW_MS: i64 = (7 * 24 - 1) * HOUR_MS;
const RECALL_WINDOW_MS: i64 = (30 * 24 - 1) * HOUR_MS;

impl Cloud {
    /// One form for each operation of the practice app. Stores a fresh message where none is left to act upon.
    pub(crate) fn samples(&mut self, now_ms: i64) -> Value {
        let Self { apps, ids, .. } = self;
        let Some(app) = apps.get_mut(PRACTICE_KEY) else {
            return json!({});
        };
        let edited = pick(app, ids, now_ms, |message, age_ms| {
            message.receiver_id == RECEIVER && age_ms < EDIT_WINDOW_MS
        });
        let recalled = pick(app, ids, now_ms, |message, age_ms| {
            message.message_server_id != edited.message_server_id && age_ms < RECALL_WINDOW_MS
        });
        json!({
            "yunxin.modify": edit_form(&edited),
            "yunxin.recall": recall_form(&recalled),
            "yunxin.batch_send": batch_form(),
            "yunxin.send": send_form(),
            "yunxin.clear_conversation": clear_form(),
            "yunxin.recall_chatroom": chatroom_form(app, ids, now_ms),
            "yunxin.find_message": find_form(&edited),
            "yunxin.find_history": history_form(&edited),
            "yunxin.find_by_ids": by_ids_form(&edited, &recalled),
            "yunxin.search": search_form(),
        })
    }
}

/// The first text to somebody else that fits, or a fresh one.
fn pick(app: &mut App, ids: &mut Ids, now_ms: i64, fits: impl Fn(&Message, i64) -> bool) -> Message {
    let can_be_acted_upon = |message: &&Message| {
        message.conversation_type == ConversationType::OneToOne
            && message.sender_id == SENDER
            && message.receiver_id != SENDER
            && message.content.message_type == TEXT
            && message.copy == Copy::Kept
            && fits(message, now_ms - message.create_time)
    };
    if let Some(found) = app.messages.values().find(can_be_acted_upon) {
        return found.clone();
    }
    let said = content(TEXT, Some("刚刚发出的演练消息"), None);
    let fresh = message(ids.next(), SENDER, ConversationType::OneToOne, RECEIVER, now_ms, said);
    app.messages.insert(fresh.message_server_id, fresh.clone());
    fresh
}

fn edit_form(message: &Message) -> Value {
    json!({
        "operator": message.sender_id,
        "type": message.conversation_type.number().to_string(),
        "message.message_server_id": message.message_server_id.to_string(),
        "message.sender_id": message.sender_id,
        "message.receiver_id": message.receiver_id,
        "message.time": message.create_time.to_string(),
        "message.message_type": message.content.message_type.to_string(),
        "message.text": "活动改到今晚九点开始",
    })
}

/// A two-way recall that overlooks the two-minute window, so that the message's age does not matter.
fn recall_form(message: &Message) -> Value {
    json!({
        "conversation_id.sender_id": message.sender_id,
        "conversation_id.conversation_type": message.conversation_type.number().to_string(),
        "conversation_id.receiver_id": message.receiver_id,
        "message_server_id": message.message_server_id.to_string(),
        "type": "2",
        "description": "发错了，已撤回",
        "ingore_revoke_time": "1",
    })
}

fn batch_form() -> Value {
    let receivers = [RECEIVER, "wangwu", STRANGER].join("\n");
    json!({
        "sender_id": SENDER,
        "receiver_ids": receivers,
        "message.message_type": TEXT.to_string(),
        "message.text": "明晚八点系统维护，请提前保存内容",
    })
}

/// The three parts of a conversation id, with more of the form behind them.
fn in_conversation(first: &str, second: &str, more: Value) -> Value {
    let mut form = json!({
        "conversation_id.sender_id": first,
        "conversation_id.conversation_type": ConversationType::OneToOne.number().to_string(),
        "conversation_id.receiver_id": second,
    });
    if let (Value::Object(form), Value::Object(more)) = (&mut form, more) {
        form.extend(more);
    }
    form
}

fn send_form() -> Value {
    let more = json!({ "message.message_type": TEXT.to_string(), "message.text": "您的工单已经处理完毕" });
    in_conversation(SENDER, RECEIVER, more)
}

/// Only the roaming copies: the queries still find everything afterwards.
fn clear_form() -> Value {
    in_conversation(SENDER, "wangwu", json!({ "type": "1" }))
}

/// The first remark in the room, or a fresh one.
fn chatroom_form(app: &mut App, ids: &mut Ids, now_ms: i64) -> Value {
    let Some(room) = app.chatrooms.get_mut(&CHATROOM) else {
        return json!({});
    };
    if room.remarks.is_empty() {
        let content = content(TEXT, Some("聊天室里的演练消息"), None);
        let number = ids.next();
        let remark = Remark { number, sender_id: SENDER.to_owned(), create_time: now_ms, content };
        room.remarks.insert(format!("{number:032x}"), remark);
    }
    let first = room.remarks.iter().next();
    first.map_or(json!({}), |(client_id, remark)| {
        json!({
            "room_id": CHATROOM.to_string(),
            "message_client_id": client_id,
            "operator_id": room.creator,
            "sender_id": remark.sender_id,
            "create_time": remark.create_time.to_string(),
            "notification_enabled": "true",
        })
    })
}

fn find_form(message: &Message) -> Value {
    let more = json!({
        "message_server_id": message.message_server_id.to_string(),
        "message_time": message.create_time.to_string(),
    });
    in_conversation(&message.sender_id, &message.receiver_id, more)
}

fn history_form(message: &Message) -> Value {
    let more = json!({
        "begin_time": (message.create_time - 24 * HOUR_MS).to_string(),
        "end_time": (message.create_time + 24 * HOUR_MS).to_string(),
        "limit": "20",
    });
    in_conversation(&message.sender_id, &message.receiver_id, more)
}

/// The second message may stand in another conversation: then the answer is a success in part.
fn by_ids_form(one: &Message, other: &Message) -> Value {
    let more = json!({
        "messages.0.message_server_id": one.message_server_id.to_string(),
        "messages.0.create_time": one.create_time.to_string(),
        "messages.1.message_server_id": other.message_server_id.to_string(),
        "messages.1.create_time": other.create_time.to_string(),
    });
    in_conversation(&one.sender_id, &one.receiver_id, more)
}

fn search_form() -> Value {
    json!({ "operator_id": SENDER, "keyword_list": "消息", "limit": "20" })
}
