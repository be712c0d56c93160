//! Messages by their ids (根据消息 ID 查询): `POST /im/v2.1/conversations/{conversation_id}/batch_messages`.

use serde_json::{Value, json};

use super::codes::{MESSAGE_MISSING, Refusal};
use super::conversation::Conversation;
use super::fields::Fields;
use super::gate::{Done, lists};
use super::store::App;

const AT_MOST: usize = 100;

/// Shows the messages of a conversation that are named, and reports the others. It changes nothing.
pub(super) fn find_by_ids(app: &App, conversation_id: &str, mut body: Fields) -> Result<Done, Refusal> {
    const KEY: &str = "messages";
    let conversation = Conversation::read(conversation_id)?;
    let rows = body.objects(KEY)?.unwrap_or_default();
    if rows.is_empty() {
        return body.refuse(KEY, "is required");
    }
    if rows.len() > AT_MOST {
        return body.refuse(KEY, &format!("has {} entries, at most {AT_MOST}", rows.len()));
    }
    body.finish()?;
    let mut asked = Vec::new();
    for mut row in rows {
        asked.push((row.required_integer("message_server_id")?, row.required_integer("create_time")?));
        row.finish()?;
    }
    app.must_know(&conversation.sender_id)?;
    app.team(conversation.kind, &conversation.receiver_id)?;

    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for (id, time) in asked {
        let message = app.messages.get(&id);
        match message.filter(|it| conversation.shows(it) && it.create_time == time) {
            Some(message) => found.push(Value::Object(message.item())),
            None => failed.push(json!({
                "message_server_id": id,
                "create_time": time,
                "error_code": MESSAGE_MISSING,
                "error_msg": "message not exist",
            })),
        }
    }
    Ok(Done { data: lists(found, failed), happenings: Vec::new() })
}
