//! Chatrooms (聊天室): what is said in one, one message taken back, and the history of a room.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::codes::{MESSAGE_MISSING, NOT_FOUND, NOT_THE_SENDER, Refusal};
use super::content::Content;
use super::fields::at_most;
use super::gate::Done;
use super::page::{self, Page, Place};
use super::query::{Plus, Query, decode, digits};
use super::store::App;
use crate::effects::{Change, Happening};

const EXTENSION_LIMIT: usize = 1_024;
/// A chatroom is none of the three kinds of conversation; the log says 0.
const NO_CONVERSATION: i64 = 0;

/// One thing said in a room.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    /// Its number in the logs; a caller knows it by its client id only.
    pub(super) number: i64,
    pub(super) sender_id: String,
    pub(super) create_time: i64,
    pub(super) content: Content,
}

/// One room.
#[derive(Clone, Debug)]
pub(super) struct Chatroom {
    pub(super) creator: String,
    /// By `message_client_id`.
    pub(super) remarks: BTreeMap<String, Remark>,
}

impl Remark {
    fn row(&self, room_id: i64, client_id: &str) -> (Place, Value) {
        let mut item = Map::new();
        item.insert("message_client_id".to_owned(), client_id.into());
        item.insert("room_id".to_owned(), room_id.into());
        item.insert("sender_id".to_owned(), self.sender_id.clone().into());
        item.insert("create_time".to_owned(), self.create_time.into());
        self.content.write(&mut item);
        ((self.create_time, self.number), Value::Object(item))
    }
}

fn room_id(segment: &str) -> Result<i64, Refusal> {
    digits(segment).ok_or_else(|| Refusal::parameter("room_id", "must be a 64-bit integer"))
}

fn room_missing() -> Refusal {
    Refusal::new(NOT_FOUND, "chatroom not exist")
}

fn required_text(query: &mut Query, key: &str) -> Result<String, Refusal> {
    let text = query.text(key).filter(|text| !text.is_empty());
    text.ok_or_else(|| Refusal::parameter(key, "is required"))
}

/// Recalls with a notice or deletes without one (撤回/删除聊天室消息):
/// `DELETE /im/v2/chatrooms/{room_id}/messages/{message_client_id}`.
pub(super) fn recall(
    app: &mut App,
    room: &str,
    message_client_id: &str,
    query: Option<&str>,
) -> Result<Done, Refusal> {
    let id = room_id(room)?;
    let client_id = decode(message_client_id, Plus::Literal)
        .ok_or_else(|| Refusal::parameter("message_client_id", "is not percent-encoded UTF-8"))?;
    let mut query = Query::read(query)?;
    let operator_id = required_text(&mut query, "operator_id")?;
    let sender_id = required_text(&mut query, "sender_id")?;
    let create_time = query.required_integer("create_time")?;
    let notification = query
        .boolean("notification_enabled")?
        .ok_or_else(|| Refusal::parameter("notification_enabled", "is required"))?;
    let extension = query.text("notification_extension");
    query.finish()?;
    if let Some(extension) = &extension {
        if !notification {
            let fault = "has effect only when notification_enabled is true";
            return Err(Refusal::parameter("notification_extension", fault));
        }
        at_most("notification_extension", extension, EXTENSION_LIMIT)?;
    }
    app.must_know(&operator_id)?;
    let room = app.chatrooms.get_mut(&id).ok_or_else(room_missing)?;
    let remark = room.remarks.get(&client_id);
    let number = remark
        .filter(|it| it.sender_id == sender_id && it.create_time == create_time)
        .ok_or_else(|| Refusal::new(MESSAGE_MISSING, "message not exist"))?
        .number;
    if operator_id != sender_id && operator_id != room.creator {
        let msg = "only the sender or the creator of the room may take the message away";
        return Err(Refusal::new(NOT_THE_SENDER, msg));
    }
    room.remarks.remove(&client_id);
    let detail = json!({ "room_id": id.to_string(), "message_client_id": client_id, "operator_id": operator_id,
                         "notification_enabled": notification, "notification_extension": extension });
    let happening = Happening {
        change: Change::Removed,
        message_server_id: number,
        sender_id,
        conversation_type: NO_CONVERSATION,
        receiver_id: id.to_string(),
        detail,
    };
    Ok(Done { data: json!({}), happenings: vec![happening] })
}

/// Shows a page of what was said in a room: `GET /im/v2.1/chatrooms/{room_id}/messages`. It changes nothing.
pub(super) fn history(app: &App, room: &str, query: Option<&str>) -> Result<Done, Refusal> {
    let id = room_id(room)?;
    let mut query = Query::read(query)?;
    let viewer = required_text(&mut query, "sender_id")?;
    let direction = page::direction(&mut query)?;
    let page = Page::read(&mut query, direction, None)?;
    let types = page::message_types(&mut query)?;
    query.finish()?;
    app.must_know(&viewer)?;
    let room = app.chatrooms.get(&id).ok_or_else(room_missing)?;
    let fitting =
        room.remarks.iter().filter(|(_, it)| types.is_empty() || types.contains(&it.content.message_type));
    let data = page.cut(fitting.map(|(client_id, it)| it.row(id, client_id)).collect());
    Ok(Done { data: Value::Object(data), happenings: Vec::new() })
}
