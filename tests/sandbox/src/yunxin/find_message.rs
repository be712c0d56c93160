//! Single-message query (查询单条消息):
//! `GET /im/v2.1/conversations/{conversation_id}/messages/{message_server_id}`.

use serde_json::Value;

use super::codes::{MESSAGE_MISSING, Refusal};
use super::conversation::{Conversation, message_id};
use super::gate::Done;
use super::message::ConversationType;
use super::query::Query;
use super::store::App;

struct Question {
    message_time: i64,
    check_team: bool,
    check_member: bool,
}

/// Reads a switch that only a team conversation may have; it is on unless it says otherwise.
pub(super) fn check_team_valid(
    query: &mut Query,
    key: &str,
    kind: ConversationType,
) -> Result<bool, Refusal> {
    match query.boolean(key)? {
        Some(_) if kind == ConversationType::OneToOne => {
            Err(Refusal::parameter(key, "does not belong to a one-to-one conversation"))
        }
        given => Ok(given.unwrap_or(true)),
    }
}

impl Question {
    fn read(query: Option<&str>, kind: ConversationType) -> Result<Self, Refusal> {
        let mut query = Query::read(query)?;
        let message_time = query.required_integer("message_time")?;
        let check_team = check_team_valid(&mut query, "check_team_valid", kind)?;
        let check_member = check_team_valid(&mut query, "check_team_member_valid", kind)?;
        query.finish()?;
        Ok(Self { message_time, check_team, check_member })
    }

    /// Refuses a team that is missing, and an account that is no member of a team that is there.
    fn check_team(&self, app: &App, conversation: &Conversation) -> Result<(), Refusal> {
        match app.team(conversation.kind, &conversation.receiver_id) {
            Ok(Some(team)) if self.check_member => team.must_have(&conversation.sender_id),
            Err(refusal) if self.check_team => Err(refusal),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

/// Shows one message of a conversation. It changes nothing.
pub(super) fn find_message(
    app: &App,
    conversation_id: &str,
    message_server_id: &str,
    query: Option<&str>,
) -> Result<Done, Refusal> {
    let conversation = Conversation::read(conversation_id)?;
    let id = message_id(message_server_id)?;
    let question = Question::read(query, conversation.kind)?;
    question.check_team(app, &conversation)?;
    let found = app
        .messages
        .get(&id)
        .filter(|message| conversation.shows(message) && message.create_time == question.message_time)
        .ok_or_else(|| Refusal::new(MESSAGE_MISSING, "message not exist"))?;
    Ok(Done { data: Value::Object(found.item()), happenings: Vec::new() })
}
