//! Clear a conversation (删除会话漫游/历史): `DELETE /im/v2/conversations/{conversation_id}/messages`.

use serde_json::json;

use super::codes::Refusal;
use super::conversation::Conversation;
use super::gate::Done;
use super::message::Shelf;
use super::query::Query;
use super::store::App;
use crate::effects::{Change, Happening};

/// Takes every message of a conversation off the shelves of the account named first; the other side keeps its own.
pub(super) fn clear(app: &mut App, conversation_id: &str, query: Option<&str>) -> Result<Done, Refusal> {
    let conversation = Conversation::read(conversation_id)?;
    let mut query = Query::read(query)?;
    let number = query.required_integer("type")?;
    query.finish()?;
    let shelves: &[Shelf] = match number {
        1 => &[Shelf::Roaming],
        2 => &[Shelf::History],
        3 => &[Shelf::Roaming, Shelf::History],
        _ => return Err(Refusal::parameter("type", "must be 1, 2 or 3")),
    };
    let owner = conversation.sender_id.clone();
    app.must_know(&owner)?;
    app.team(conversation.kind, &conversation.receiver_id)?;

    let mut happenings = Vec::new();
    for message in app.messages.values_mut().filter(|message| conversation.holds(message)) {
        let mut taken = false;
        for shelf in shelves {
            taken |= message.off_shelf.insert((owner.clone(), *shelf));
        }
        if taken {
            happenings.push(Happening {
                change: Change::Removed,
                message_server_id: message.message_server_id,
                sender_id: message.sender_id.clone(),
                conversation_type: message.conversation_type.number(),
                receiver_id: message.receiver_id.clone(),
                detail: json!({ "type": number, "for": owner }),
            });
        }
    }
    Ok(Done { data: json!({}), happenings })
}
