//! Yunxin's messages in what somebody pasted: answers, callbacks (抄送), rows with the names of their columns, bare lines.

use super::found::{Parts, object, plain};
use super::ids::{ACCOUNT, CONVERSATION_TYPES, P2P, SUPER_TEAM, TEAM_TYPE};
use crate::domain::json::Json;
use crate::domain::message::Message;

/// How a callback names the kinds of conversation.
const PLACES: &[(&str, &str)] = &[
    ("PERSON", P2P),
    ("TEAM", TEAM_TYPE),
    ("SUPER_TEAM", SUPER_TEAM),
    ("P2P", P2P),
    ("单聊", P2P),
    ("高级群", TEAM_TYPE),
    ("超大群", SUPER_TEAM),
];

/// How a callback names the types of messages.
const KINDS: &[(&str, &str)] = &[
    ("TEXT", "0"),
    ("PICTURE", "1"),
    ("AUDIO", "2"),
    ("VIDEO", "3"),
    ("LOCATION", "4"),
    ("NOTIFICATION", "5"),
    ("FILE", "6"),
    ("TIPS", "10"),
    ("TIP", "10"),
    ("CUSTOM", "100"),
];

/// The names under which each part occurs: queries, callbacks, the client SDK, the older interface, a sheet's columns. All in
/// lower case and without underlines and dots.
const ID: &[&str] = &["messageserverid", "msgidserver", "serverid", "msgid", "服务端消息id", "消息id"];
const CLIENT_ID: &[&str] = &["messageclientid", "msgidclient", "客户端消息id"];
const SENDER: &[&str] =
    &["senderid", "fromaccount", "conversationidsenderid", "messagesenderid", "from", "发送者", "原始发送者"];
const RECEIVER: &[&str] = &[
    "receiverid",
    "teamid",
    "to",
    "conversationidreceiverid",
    "messagereceiverid",
    "tid",
    "接收人",
    "接收者",
    "原始接收人",
    "群id",
];
const PLACE: &[&str] = &["conversationtype", "convtype", "conversationidconversationtype", "会话类型"];
const TIME: &[&str] =
    &["createtime", "msgtimestamp", "messagetime", "sendtime", "timetag", "time", "发送时间", "原始发送时间"];
const KIND: &[&str] = &["messagetype", "messagemessagetype", "msgtype", "消息类型"];
const TEXT: &[&str] = &["text", "messagetext", "body", "内容", "文本内容"];
const ATTACHMENT: &[&str] = &["attachment", "messageattachment", "attach", "附件json"];
const ROOM: &[&str] = &["roomid", "chatroomid"];

/// A message in an object.
pub(super) fn in_object(json: &Json) -> Option<Message> {
    let members: Vec<(String, &Json)> = json
        .as_object()?
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase().replace(['_', '.', ' '], ""), value))
        .collect();
    let member = |names: &[&str]| {
        names.iter().find_map(|name| {
            let (_, value) = members.iter().find(|(known, value)| known == name && **value != Json::Null)?;
            Some(*value)
        })
    };
    let text =
        |names: &[&str]| member(names).and_then(Json::as_exact_text).unwrap_or_default().trim().to_owned();
    let kind = text(KIND);
    // A recall's notice has an id of its own; which message it is about is not documented.
    if kind.to_ascii_uppercase().ends_with("DELETE_MSG") {
        return Some(Message::unreadable(json));
    }
    let conversation = text(&["conversationid"]);
    let (sender, place, receiver) = conversation_parts(&conversation).unwrap_or_default();
    let or = |found: String, other: &str| if found.is_empty() { other.to_owned() } else { found };
    let kind = translated(&kind, KINDS);
    let body = text(TEXT);
    let parts = Parts {
        id: text(ID),
        client_id: text(CLIENT_ID),
        room: text(ROOM),
        place: or(translated(&text(PLACE), PLACES), place),
        sender: or(text(SENDER), sender).to_ascii_lowercase(),
        receiver: or(text(RECEIVER), receiver).to_ascii_lowercase(),
        // A date in words is no time stamp, and would only stand in the way.
        time: Some(text(TIME)).filter(|time| is_digits(time)).unwrap_or_default(),
        sub_type: text(&["subtype", "messagesubtype"]),
        attachment: object(member(ATTACHMENT))
            .or_else(|| object(member(&["body"]).filter(|_| kind == "100"))),
        text: if kind == "100" && object(member(&["body"])).is_some() { String::new() } else { plain(body) },
        extension: text(&["extension", "ext"]),
        changed: member(&["modifytime"])
            .is_some_and(|time| !matches!(time.as_exact_text(), None | Some("" | "0"))),
        kind,
    };
    let in_room = !parts.room.is_empty() && !parts.client_id.is_empty();
    let sound = in_room || (is_digits(&parts.id) && parts.id.parse::<i64>().is_ok());
    // An id alone could be anybody's: something else of a message must stand beside it.
    let known = [&parts.sender, &parts.receiver, &parts.time, &parts.kind];
    (sound && known.iter().any(|part| !part.is_empty())).then(|| parts.message(json))
}

fn translated(text: &str, names: &[(&str, &str)]) -> String {
    let known = names.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    known.map_or(text, |(_, value)| value).to_owned()
}

/// `zhangsan|1|lisi`.
fn conversation_parts(text: &str) -> Option<(&str, &str, &str)> {
    let (sender, rest) = text.split_once('|')?;
    let (place, receiver) = rest.split_once('|')?;
    CONVERSATION_TYPES.iter().any(|known| known.value == place).then_some((sender, place, receiver))
}

/// Digits that fit: shorter numbers are team ids, prices, anything.
fn is_message_id(text: &str) -> bool {
    (10..=19).contains(&text.len()) && is_digits(text) && text.parse::<i64>().is_ok()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Milliseconds between 2008 and 2039.
fn is_time(text: &str) -> bool {
    text.len() == 13
        && text.parse::<i64>().is_ok_and(|time| (1_200_000_000_000..2_200_000_000_000).contains(&time))
}

fn is_account(text: &str) -> bool {
    text.chars().all(ACCOUNT.usual) && text.chars().count() <= ACCOUNT.longest
}

/// A message in the cells of a line: its id, the conversation (as one cell or as sender, type and receiver), its send time.
pub(super) fn in_cells(cells: &[&str]) -> Option<Message> {
    if cells.len() > 6 {
        return None;
    }
    let conversation = cells.iter().find_map(|cell| conversation_parts(cell));
    let numbers = || cells.iter().filter(|cell| is_message_id(cell));
    // A time looks like a message id: it is one only when nothing else is.
    let id =
        numbers().filter(|cell| !is_time(cell)).max_by_key(|cell| cell.len()).or_else(|| numbers().next())?;
    let time = cells.iter().find(|cell| is_time(cell) && *cell != id).copied().unwrap_or_default();
    let rest: Vec<&str> = cells
        .iter()
        .copied()
        .filter(|cell| cell != id && *cell != time && conversation_parts(cell).is_none())
        .collect();
    let place = rest.iter().find_map(|cell| CONVERSATION_TYPES.iter().find(|known| known.value == *cell));
    let mut accounts = rest.iter().filter(|cell| place.is_none_or(|place| place.value != **cell));
    if !rest.iter().all(|cell| is_account(cell)) {
        return None;
    }
    let (sender, place, receiver) = match conversation {
        Some(parts) => parts,
        None => (
            accounts.next().copied().unwrap_or_default(),
            place.map_or("", |place| place.value),
            accounts.next().copied().unwrap_or_default(),
        ),
    };
    let raw = Json::List(cells.iter().map(|cell| Json::Text((*cell).to_owned())).collect());
    let parts = Parts {
        id: (*id).to_owned(),
        sender: sender.to_ascii_lowercase(),
        place: place.to_owned(),
        receiver: receiver.to_ascii_lowercase(),
        time: time.to_owned(),
        ..Parts::default()
    };
    Some(parts.message(&raw))
}
