//! A message as Easemob shows it: a line of an hour file, an entry of a roaming answer, a callback, a row of a table.

use super::batch;
use super::ids::{self, CHAT, GROUP, ROOM};
use super::reply::text;
use super::rewrite;
use crate::domain::draft::Values;
use crate::domain::json::{Json, Object};
use crate::domain::message::{Message, State};
use crate::domain::vendor::Recognise;

/// How messages are recognised.
pub(super) const RECOGNISE: Recognise = Recognise { object: read, cells };

/// The inner part, where the truth stands: outer senders and receivers of history lines are internal. It may be JSON as text.
pub(super) fn payload(raw: &Json) -> Json {
    match raw.get("payload") {
        Some(Json::Text(inner)) => Json::parse(inner).unwrap_or(Json::Null),
        Some(inner) => inner.clone(),
        None => raw.clone(),
    }
}

/// The first body of a message.
pub(super) fn body(raw: &Json) -> Option<Json> {
    let payload = payload(raw);
    let bodies = ["bodies", "body", "msg"].iter().find_map(|name| payload.get(name))?;
    match bodies {
        Json::List(bodies) => bodies.first().cloned(),
        Json::Object(_) => Some(bodies.clone()),
        _ => None,
    }
}

/// The extension of a message; none when nothing tells it.
pub(super) fn extension(raw: &Json) -> Option<Object> {
    let payload = payload(raw);
    match payload.get("ext") {
        Some(ext) => ext.as_object().cloned(),
        // A message that is told whole has none.
        None => body(raw).map(|_| Object::default()),
    }
}

/// What is told about a message's edits.
fn edit(raw: &Json) -> Option<Json> {
    payload(raw).get("meta")?.get("edit_msg").cloned()
}

/// How often a message was edited; none when nothing tells.
pub(super) fn edits(raw: &Json) -> Option<i64> {
    text(&edit(raw)?, "count")?.parse().ok()
}

/// Whether the time of a message was told, and not made from its id.
pub(super) fn is_dated(message: &Message) -> bool {
    told_time(&message.raw).is_some()
}

fn told_time(raw: &Json) -> Option<i64> {
    let sent = edit(raw).and_then(|edit| text(&edit, "send_time"));
    let event = ["edit", "recall"].contains(&text(raw, "chat_type").unwrap_or_default().as_str());
    // The outer time of a callback about an event is the event's.
    let outer = || if event { None } else { text(raw, "timestamp") };
    sent.or_else(outer)?.parse().ok().filter(|time: &i64| *time > 0)
}

fn chat_type(found: &str) -> Option<&'static str> {
    [CHAT, GROUP, ROOM].into_iter().find(|known| *known == found)
}

/// A message in a JSON object; none when it is something else.
pub(super) fn read(raw: &Json) -> Option<Message> {
    let payload = payload(raw);
    let either =
        |name: &str| text(&payload, name).or_else(|| text(raw, name)).filter(|found| !found.is_empty());
    let told = edit(raw);
    let event = text(raw, "chat_type").unwrap_or_default();
    // The outer id of an edit or a recall is the id of the event.
    let id = match event.as_str() {
        "edit" => either("edit_message_id")?,
        "recall" => {
            text(raw, "recall_id").or_else(|| either("recall_id")).or_else(|| either("ack_message_id"))?
        }
        _ => text(raw, "msg_id").or_else(|| either("msg_id"))?,
    };
    if id.is_empty() {
        return None;
    }
    let state = match event.as_str() {
        "recall" => State::Recalled,
        "edit" => State::Changed,
        _ if text(raw, "recalled").is_some_and(|said| said == "yes") => State::Recalled,
        _ if told.is_some() => State::Changed,
        _ => State::Stands,
    };
    let place = either("group_id").or_else(|| either("groupId"));
    let sender =
        told.as_ref().and_then(|told| text(told, "sender")).or_else(|| either("from")).unwrap_or_default();
    let receiver = place.clone().or_else(|| either("to")).unwrap_or_default();
    let kinds = [told.as_ref().and_then(|told| text(told, "chat_type")), Some(event), either("chattype")];
    let kind_of_chat = kinds.into_iter().flatten().find_map(|found| chat_type(&found));
    let kind_of_chat = kind_of_chat.or_else(|| place.is_some().then_some(GROUP)).unwrap_or_default();
    let content = body(raw);
    let said = |name: &str| content.as_ref().and_then(|body| text(body, name)).unwrap_or_default();
    let kind = said("type");
    let words = ["msg", "customEvent", "addr", "action", "filename", "url"];
    let mut message = Message {
        time: told_time(raw).or_else(|| ids::time_hint(&id)),
        id,
        sender,
        receiver,
        text: words.into_iter().map(said).find(|words| !words.is_empty()).unwrap_or_default(),
        kind,
        state,
        values: Values::new(),
        raw: raw.clone(),
    };
    message.values = values(&message, kind_of_chat, content.as_ref());
    Some(message)
}

/// What every operation asks about the message, by its fields' names.
fn values(message: &Message, chat: &str, content: Option<&Json>) -> Values {
    let mut values = Values::new();
    let mut put = |name: &str, text: &str| {
        if !text.is_empty() {
            values.set(name, text);
        }
    };
    let (sender, receiver, time) = (&message.sender, &message.receiver, message.time.unwrap_or_default());
    put("msg_id", &message.id);
    put("msgIdList", &message.id);
    put("chat_type", chat);
    put("from", sender);
    put("to", receiver);
    put("username", sender);
    if chat == CHAT || chat.is_empty() {
        // Whose copy goes is for a person to say; most often it is the one who got the message.
        put("user_id", receiver);
        put("userId", sender);
    } else {
        put("groupId", receiver);
    }
    if time > 0 {
        put("delTime", &time.to_string());
        put("startTimestamp", &(time - NEAR).to_string());
        put("endTimestamp", &(time + NEAR).to_string());
    }
    // One sample says "image" (E-MOD-15).
    let kind = if message.kind == "image" { "img" } else { message.kind.as_str() };
    if rewrite::TYPES.iter().any(|known| known.value == kind) {
        put(rewrite::TYPE.name, kind);
    }
    match (kind, content) {
        ("txt", Some(_)) => put(rewrite::TEXT.name, &message.text),
        ("custom", Some(content)) => {
            put(rewrite::EVENT.name, &text(content, "customEvent").unwrap_or_default());
            put(
                rewrite::ATTRIBUTES.name,
                &attributes(content).map_or_else(String::new, |map| map.to_string()),
            );
        }
        (_, Some(_)) if !kind.is_empty() => {
            let ext = extension(&message.raw).filter(|ext| ext.iter().next().is_some());
            put(rewrite::EXTENSION.name, &ext.map_or_else(String::new, |ext| Json::Object(ext).to_string()));
        }
        _ => {}
    }
    for (cell, text) in batch::cells(&message.id, chat, receiver, sender).iter() {
        values.set(cell, text);
    }
    values
}

/// How far around a message others are looked for: an hour.
const NEAR: i64 = 60 * 60 * 1000;

/// The attributes of a custom message: a map, under either name, or the older list of maps.
fn attributes(content: &Json) -> Option<Json> {
    let given = content.get("v2:customExts").or_else(|| content.get("customExts"))?;
    let mut all = Object::default();
    for part in given.as_list().unwrap_or(std::slice::from_ref(given)) {
        for (name, value) in part.as_object()?.iter() {
            all.insert(name.to_owned(), value.clone());
        }
    }
    Some(Json::Object(all))
}

/// A message in the cells of a line: its id, and what may stand beside it: the kind of conversation, the other side, the
/// sender, told by their shapes.
fn cells(cells: &[&str]) -> Option<Message> {
    let id = cells.iter().copied().find(|cell| ids::is_message_id(cell))?;
    let mut raw = Object::default();
    let mut put = |name: &str, text: &str| raw.insert(name.to_owned(), Json::Text(text.to_owned()));
    put("msg_id", id);
    let rest: Vec<_> = cells.iter().copied().filter(|cell| *cell != id && !cell.is_empty()).collect();
    let named = rest.iter().find_map(|cell| chat_type(cell));
    let mut accounts = rest.into_iter().filter(|cell| chat_type(cell).is_none());
    let other = accounts.next();
    let digits =
        other.is_some_and(|other| other.len() >= 12 && other.bytes().all(|byte| byte.is_ascii_digit()));
    let guessed = other.map(|_| if digits { GROUP } else { CHAT });
    named.or(guessed).into_iter().for_each(|chat| put("chat_type", chat));
    other.into_iter().for_each(|other| put("to", other));
    accounts.next().into_iter().for_each(|sender| put("from", sender));
    read(&Json::Object(raw))
}

#[cfg(test)]
mod tests;
