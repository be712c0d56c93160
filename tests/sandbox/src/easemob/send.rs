//! Send to users, groups or rooms: `POST …/messages/{users|chatgroups|chatrooms}`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::address::Operation;
use super::app::App;
use super::content::{self, Kind};
use super::conversation::ChatType;
use super::gate::Done;
use super::ids::Ids;
use super::limits::Limits;
use super::message::Letter;
use super::rates::Rates;
use super::refusal::{Fields, Refusal};
use crate::effects::Change;

const ERROR: &str = "message_send_error";
const GROUPS_LIMIT: usize = 3;
const ROOMS_LIMIT: usize = 10;
const LEFT_OUT_LIMIT: usize = 20;
const ENVIRONMENT_LIMIT: usize = 8;

struct Mailing {
    letter: Letter,
    to: Vec<String>,
    /// Only who is online gets it, and nothing is stored.
    online_only: bool,
    /// The options that have no consequence here, for the log of effects.
    options: Map<String, Value>,
}

fn refuse<T>(text: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(400, ERROR, text))
}

impl Mailing {
    fn read(mut body: Fields, chat_type: ChatType, limits: &Limits) -> Result<Self, Refusal> {
        let from = body.text("from")?;
        if from.as_deref() == Some("") {
            return refuse("param from can't be empty");
        }
        let to = receivers(&mut body, chat_type, limits)?;
        let Some(kind) = body.text("type")?.filter(|it| !it.is_empty()) else {
            return refuse("param type can't be empty");
        };
        let Some(kind) = Kind::read(&kind) else {
            return body.refuse("type", "must be txt, img, audio, video, file, loc, cmd or custom");
        };
        let is_empty = |body: &Value| body.as_object().is_some_and(Map::is_empty);
        let Some(said) = body.raw("body").filter(|it| !is_empty(it)) else {
            return refuse("param body can't be empty");
        };
        let Value::Object(said) = said else {
            return body.refuse("body", "must be an object");
        };
        let said = content::read(kind, Fields::within("body", said))?;
        let ext = match body.raw("ext") {
            None => None,
            Some(Value::Object(ext)) => Some(ext),
            Some(_) => return refuse("param ext must be JSONObject"),
        };
        if ext.as_ref().and_then(|it| it.get("em_ignore_notification")).is_some_and(|it| !it.is_boolean()) {
            return body.refuse("ext.em_ignore_notification", "must be a boolean");
        }
        content::check_size(&said, ext.as_ref(), ERROR)?;
        let left_out = left_out(&mut body, chat_type)?;
        let online_only = routetype(&mut body)?;
        let options = options(&mut body, chat_type)?;
        body.finish()?;
        let from = from.unwrap_or_else(|| "admin".to_owned());
        let letter = Letter { chat_type, from, kind, body: said, ext, hidden_from: left_out };
        Ok(Self { letter, to, online_only, options })
    }
}

fn receivers(body: &mut Fields, chat_type: ChatType, limits: &Limits) -> Result<Vec<String>, Refusal> {
    let to = body.texts("to")?.unwrap_or_default();
    let limit = match chat_type {
        ChatType::Chat => limits.receivers,
        ChatType::Group => GROUPS_LIMIT,
        ChatType::Room => ROOMS_LIMIT,
    };
    if to.is_empty() {
        return refuse("param to can't be empty");
    }
    if to.len() > limit {
        return refuse(format!("params to's size can't exceed limit {limit}"));
    }
    let mut seen = BTreeSet::new();
    match to.iter().find(|id| !seen.insert(id.as_str())) {
        Some(twice) => body.refuse("to", &format!("names {twice} twice")),
        None => Ok(to),
    }
}

fn left_out(body: &mut Fields, chat_type: ChatType) -> Result<BTreeSet<String>, Refusal> {
    const KEY: &str = "roam_ignore_users";
    let users = body.texts(KEY)?.unwrap_or_default();
    if chat_type != ChatType::Chat && users.len() > LEFT_OUT_LIMIT {
        return body.refuse(KEY, "has more than 20 users");
    }
    Ok(users.into_iter().collect())
}

// E-SND-8
fn routetype(body: &mut Fields) -> Result<bool, Refusal> {
    match body.text("routetype")?.as_deref() {
        None => Ok(false),
        Some("ROUTE_ONLINE") => Ok(true),
        Some(_) => body.refuse("routetype", "must be ROUTE_ONLINE"),
    }
}

fn options(body: &mut Fields, chat_type: ChatType) -> Result<Map<String, Value>, Refusal> {
    let mut read = Map::new();
    let mut note = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            read.insert(key.to_owned(), value);
        }
    };
    // E-GRP-3: rooms have no sync_device.
    if chat_type != ChatType::Room {
        note("sync_device", body.boolean("sync_device")?.map(Value::from));
    }
    match chat_type {
        ChatType::Chat => {}
        ChatType::Group => note("need_group_ack", body.boolean("need_group_ack")?.map(Value::from)),
        ChatType::Room => {
            const KEY: &str = "chatroom_msg_level";
            let level = body.text(KEY)?;
            if level.as_ref().is_some_and(|it| !["high", "normal", "low"].contains(&it.as_str())) {
                return body.refuse(KEY, "must be high, normal or low");
            }
            note(KEY, level.map(Value::from));
        }
    }
    let env = body.text("env")?;
    let fits = |it: &String| {
        (1..=ENVIRONMENT_LIMIT).contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if env.as_ref().is_some_and(|it| !fits(it)) {
        return body.refuse("env", "must be 1 to 8 letters and digits");
    }
    note("env", env.map(Value::from));
    Ok(read)
}

/// Stores one message for each receiver: nobody asks whether it exists (E-SND-4, E-GRP-2).
pub(super) fn send(
    app: &mut App,
    (ids, rates): (&mut Ids, &mut Rates),
    operation: Operation,
    body: Fields,
    limits: &Limits,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let chat_type = match operation {
        Operation::SendGroups => ChatType::Group,
        Operation::SendRooms => ChatType::Room,
        _ => ChatType::Chat,
    };
    let mailing = Mailing::read(body, chat_type, limits)?;
    rates.admit_messages(&app.key(), operation, mailing.to.len(), limits, now_ms)?;
    let (mut data, mut happenings) = (Map::new(), Vec::new());
    for receiver in &mailing.to {
        let message = mailing.letter.to(receiver, ids.next(now_ms), now_ms);
        data.insert(receiver.clone(), message.id.to_string().into());
        let mut detail = message.content();
        if let Value::Object(detail) = &mut detail {
            detail.extend(mailing.options.clone());
            detail.insert("roam_ignore_users".to_owned(), json!(message.hidden_from));
            detail.insert("online_only".to_owned(), mailing.online_only.into());
        }
        happenings.push(Done::happening(&message, Change::Stored, detail));
        if !mailing.online_only {
            app.messages.insert(message.id, message);
        }
    }
    Ok(Done::enveloped(Value::Object(data), happenings))
}
