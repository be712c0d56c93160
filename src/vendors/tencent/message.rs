//! Messages as Tencent shows them: in search results, callbacks and exports (T-HIS-7, T-HIS-8, T-GHIS-2, T-KEY-4).

use super::content;
use super::ids::sent_at;
use super::reply::text;
use super::send;
use crate::domain::draft::Values;
use crate::domain::json::{Json, Object};
use crate::domain::message::{Message, State};

/// `MsgFlagBits` of a recalled one-to-one message.
const RECALLED_BITS: &str = "8";

/// A row of one-to-one history; shown raw when it has no MsgKey.
pub fn of_c2c(row: &Json) -> Message {
    c2c(row).unwrap_or_else(|| Message::unreadable(row))
}

/// A row of a group's history.
pub fn of_group(row: &Json, group: &str, topic: &str) -> Message {
    in_group(row, group, topic).unwrap_or_else(|| Message::unreadable(row))
}

fn c2c(row: &Json) -> Option<Message> {
    let key = text(row, "MsgKey").filter(|key| !key.is_empty())?;
    let said = |name: &str| text(row, name).unwrap_or_default();
    let (sender, receiver) = (said("From_Account"), said("To_Account"));
    let withdrawn = said("CallbackCommand").contains("WithDraw");
    let state =
        if said("MsgFlagBits") == RECALLED_BITS || withdrawn { State::Recalled } else { State::Stands };
    let seconds = seconds(row).or_else(|| sent_at(&key));
    let mut values: Values = [
        ("From_Account", sender.as_str()),
        ("To_Account", &receiver),
        ("MsgKey", &key),
        ("Operator_Account", &sender),
        ("Peer_Account", &receiver),
        ("MsgKeyList", &key),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .collect();
    if let Some(seconds) = seconds {
        values.set("MinTime", (seconds - AROUND).max(0).to_string());
        values.set("MaxTime", (seconds + AROUND).to_string());
    }
    Some(whole(
        row,
        Message {
            id: key,
            sender,
            receiver,
            time: millis(seconds),
            state,
            values,
            ..Message::unreadable(row)
        },
    ))
}

/// How far around a message its neighbours are looked for, in seconds.
pub const AROUND: i64 = 600;

fn in_group(row: &Json, group: &str, topic: &str) -> Option<Message> {
    let seq = text(row, "MsgSeq").filter(|seq| seq.parse::<u64>().is_ok())?;
    let said = |name: &str| text(row, name).unwrap_or_default();
    let sender = said("From_Account");
    let state = match said("IsPlaceMsg").as_str() {
        "1" => State::Gone,
        "2" => State::Recalled,
        _ if said("CallbackCommand").contains("Recall") => State::Recalled,
        _ => State::Stands,
    };
    let values = [
        ("GroupId", group),
        ("TopicId", topic),
        ("MsgSeq", seq.as_str()),
        ("MsgSeqList", &seq),
        ("ReqMsgSeq", &seq),
        ("From_Account", &sender),
        ("Sender_Account", &sender),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .collect();
    let time = millis(seconds(row));
    let message =
        Message { sender, receiver: group.to_owned(), time, state, values, ..Message::unreadable(row) };
    Some(whole(row, Message { id: seq, ..message }))
}

/// Puts the content in: its type, its words, and the texts that fill a form with it.
fn whole(row: &Json, mut message: Message) -> Message {
    if let Some(body) = row.get("MsgBody").filter(|body| body.as_list().is_some_and(|all| !all.is_empty())) {
        let elements = body.as_list().unwrap_or_default();
        message.kind = content::kinds(elements).join(", ");
        message.text = content::read(elements);
        for (name, text) in send::fill(body).iter() {
            message.values.set(name, text);
        }
    }
    if let Some(data) = text(row, "CloudCustomData").filter(|data| !data.is_empty()) {
        message.values.set("CloudCustomData", data);
    }
    message
}

fn seconds(row: &Json) -> Option<i64> {
    ["MsgTimeStamp", "MsgTime"].iter().find_map(|name| text(row, name)?.parse::<i64>().ok())
}

fn millis(seconds: Option<i64>) -> Option<i64> {
    seconds.and_then(|seconds| seconds.checked_mul(1000))
}

/// The names under which exports have what a message is known by.
const COLUMNS: &[(&str, &[&str])] = &[
    ("MsgKey", &["msgkey", "key"]),
    ("From_Account", &["fromaccount", "from", "sender", "senderaccount"]),
    ("To_Account", &["toaccount", "to", "receiver"]),
    ("GroupId", &["groupid", "group", "togroupid"]),
    ("MsgSeq", &["msgseq", "seq"]),
    ("TopicId", &["topicid", "topic"]),
    ("MsgTimeStamp", &["msgtimestamp", "msgtime", "timestamp"]),
    ("MsgBody", &["msgbody"]),
    ("CloudCustomData", &["cloudcustomdata"]),
    ("MsgFlagBits", &["msgflagbits"]),
    ("IsPlaceMsg", &["isplacemsg"]),
    ("CallbackCommand", &["callbackcommand"]),
];

/// A message in a JSON object: a row of history, a callback, or a row with the names of its columns.
pub fn recognise(object: &Json) -> Option<Message> {
    let mut row = Object::default();
    for (name, value) in object.as_object()?.iter() {
        let plain: String =
            name.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase();
        let known = COLUMNS.iter().find(|(_, names)| names.contains(&plain.as_str()));
        let value = match value {
            // A cell of a table holds the content as text.
            Json::Text(text) if plain == "msgbody" => Json::parse(text).unwrap_or_else(|_| value.clone()),
            value => value.clone(),
        };
        row.insert(known.map_or(name, |(name, _)| name).to_owned(), value);
    }
    // A callback after a recall in a group names the first of its messages.
    if let Some(seq) =
        object.get("MsgSeqList").and_then(Json::as_list).and_then(|all| all.first()?.get("MsgSeq").cloned())
    {
        row.insert("MsgSeq".to_owned(), seq);
    }
    let row = Json::Object(row);
    let group = text(&row, "GroupId").filter(|group| !group.is_empty());
    let found = match group {
        Some(group) => in_group(&row, &group, &text(&row, "TopicId").unwrap_or_default()),
        None => c2c(&row),
    };
    found.map(|found| Message { raw: object.clone(), ..found })
}

/// A message in the cells of a line without names: a MsgKey with its conversation and sender, or a number in a group.
///
/// Behind the key come the conversation and then the sender; before it, sender and receiver in the order of the API's fields.
pub fn cells(cells: &[&str]) -> Option<Message> {
    let cells: Vec<_> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let mut row = Object::default();
    let mut put = |name: &str, text: Option<&&str>| {
        if let Some(text) = text {
            row.insert(name.to_owned(), Json::Text((*text).to_owned()));
        }
    };
    if let Some(at) = cells.iter().position(|cell| sent_at(cell).is_some()) {
        let others: Vec<_> = cells.iter().filter(|cell| sent_at(cell).is_none()).collect();
        let (sender, receiver) = if at == 0 { (1, 0) } else { (0, 1) };
        put("MsgKey", cells.get(at));
        put("From_Account", others.get(sender).copied());
        put("To_Account", others.get(receiver).copied());
        return c2c(&Json::Object(row));
    }
    let is_seq = |cell: &&&str| cell.len() <= 19 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let seq = cells.iter().find(is_seq)?;
    let others: Vec<_> = cells.iter().filter(|cell| *cell != seq).collect();
    let group = others.iter().find(|cell| cell.starts_with("@TGS#")).or_else(|| others.first()).copied();
    let sender = others.iter().find(|cell| Some(**cell) != group).copied();
    put("MsgSeq", Some(seq));
    put("From_Account", sender);
    in_group(&Json::Object(row), group.copied().unwrap_or_default(), "")
}
