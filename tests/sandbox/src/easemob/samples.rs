//! Texts that fill a whole working form of a page that practises, true at the moment they are asked for.
//!
//! The keys are wire paths, as a form names its fields; every value is the text a person would type. The owner of
//! a one-sided delete stands in the path and its peer in the query, both as `userId`: the owner's key is `user_id`.

use serde_json::{Value, json};

use super::app::App;
use super::content::Kind;
use super::conversation::ChatType;
use super::ids::Ids;
use super::message::Message;
use super::seed::{GROUP, ROOM, letter};
use super::store::Cloud;

const SENDER: &str = "zhangsan";
const RECEIVER: &str = "lisi";
/// An id that no message of this server has: a batch succeeds in part.
const NO_MESSAGE: &str = "1235807318835202004";

impl Cloud {
    /// One form for each operation of the practice app. Stores a fresh message where none is left to act upon.
    pub(crate) fn samples(&mut self, now_ms: i64) -> Value {
        let Self { apps, ids, limits, .. } = self;
        let Some(app) = apps.first_mut() else {
            return json!({});
        };
        // An hour less than the storage period: a form stays good while somebody reads it.
        let storage_ms = (limits.storage_days * 24 - 1) * 60 * 60 * 1_000;
        let edits = limits.edits;
        let mut used: Vec<i64> = Vec::new();
        let mut pick = |chat_type: ChatType, to: &str, from_newest: bool| {
            let found = text(app, ids, now_ms, (chat_type, to), from_newest, |it| {
                !used.contains(&it.id) && now_ms - it.at < storage_ms && it.edits < edits
            });
            used.push(found.id);
            found
        };
        let edited = pick(ChatType::Chat, RECEIVER, true);
        let recalled = pick(ChatType::Chat, RECEIVER, true);
        let in_batch = pick(ChatType::Group, GROUP, true);
        let deleted = pick(ChatType::Chat, RECEIVER, false);
        let in_group = pick(ChatType::Group, GROUP, false);
        json!({
            "easemob.rewrite": {
                "msg_id": edited.id.to_string(),
                "user": edited.from,
                "new_msg.type": "txt",
                "new_msg.msg": "活动改到今晚九点开始",
                "new_ext": "{\"edited\":\"yes\"}",
                "is_combine_ext": "true",
            },
            "easemob.recall": recall_form(&recalled, ""),
            "easemob.batch_recall": batch_form(&in_batch),
            "easemob.delete_roaming": {
                "user_id": RECEIVER, "userId": SENDER,
                "msgIdList": deleted.id.to_string(), "isNotify": "true",
            },
            "easemob.delete_roaming_group": {
                "user_id": RECEIVER, "groupId": GROUP,
                "msgIdList": in_group.id.to_string(), "isNotify": "true",
            },
            "easemob.delete_roaming_before": {
                "user_id": RECEIVER, "userId": SENDER,
                "delTime": deleted.at.to_string(), "isNotify": "true",
            },
            "easemob.delete_roaming_group_before": {
                "user_id": RECEIVER, "groupId": GROUP,
                "delTime": in_group.at.to_string(), "isNotify": "true",
            },
            "easemob.send_users": send_form(&[RECEIVER, "wangwu"], "明晚八点系统维护，请提前保存内容"),
            "easemob.send_groups": send_form(&[GROUP], "本群今晚八点开始答疑"),
            "easemob.send_rooms": send_form(&[ROOM], "直播马上开始"),
            "easemob.find_chat": { "username": SENDER, "to": RECEIVER, "limit": "20", "order": "down" },
            "easemob.find_group": { "username": SENDER, "groupId": GROUP, "limit": "20", "order": "down" },
        })
    }
}

/// The newest or oldest text of the sender's that fits, or a fresh one.
fn text(
    app: &mut App,
    ids: &mut Ids,
    now_ms: i64,
    (chat_type, to): (ChatType, &str),
    from_newest: bool,
    fits: impl Fn(&Message) -> bool,
) -> Message {
    let can_be_acted_upon = |it: &&Message| {
        let is_plain = it.kind == Kind::Text && it.hidden_from.is_empty() && it.edits == 0;
        is_plain && it.chat_type == chat_type && it.to == to && fits(it)
    };
    let mut fitting = app.messages.values().filter(can_be_acted_upon);
    let found = if from_newest { fitting.next_back() } else { fitting.next() };
    if let Some(found) = found {
        return found.clone();
    }
    let body = json!({ "msg": "刚刚发出的演练消息" });
    let fresh = letter(SENDER, chat_type, Kind::Text, body).to(to, ids.next(now_ms), now_ms);
    app.messages.insert(fresh.id, fresh.clone());
    fresh
}

/// With force, so that the message's age does not matter.
fn recall_form(message: &Message, prefix: &str) -> Value {
    let fields = [
        ("msg_id", message.id.to_string()),
        ("to", message.to.clone()),
        ("chat_type", message.chat_type.name().to_owned()),
        ("force", "true".to_owned()),
        ("from", message.from.clone()),
    ];
    fields.into_iter().map(|(key, text)| (format!("{prefix}{key}"), Value::from(text))).collect()
}

fn batch_form(message: &Message) -> Value {
    let mut form = recall_form(message, "msgs.0.");
    let stranger = json!({
        "msgs.1.msg_id": NO_MESSAGE, "msgs.1.to": RECEIVER,
        "msgs.1.chat_type": "chat", "msgs.1.force": "true", "msgs.1.from": SENDER,
    });
    if let (Value::Object(form), Value::Object(stranger)) = (&mut form, stranger) {
        form.extend(stranger);
    }
    form
}

fn send_form(to: &[&str], text: &str) -> Value {
    json!({ "from": SENDER, "to": to.join("\n"), "type": "txt", "body.msg": text })
}
