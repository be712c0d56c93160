//! Recall and delete (撤回/删除消息): `DELETE /im/v2/conversations/{conversation_id}/messages/{message_server_id}`.

use serde_json::{Value, json};

use super::codes::{
    DELETE_OWN_MESSAGE, MESSAGE_MISSING, NOT_THE_SENDER, RECALL_OWN_MESSAGE, Refusal, WINDOW_EXCEEDED,
};
use super::conversation::{Conversation, message_id};
use super::fields::at_most;
use super::gate::Done;
use super::limits::Limits;
use super::message::{ConversationType, Copy};
use super::options::check_payload;
use super::query::Query;
use super::store::App;
use crate::effects::{Change, Happening};

const DESCRIPTION_LIMIT: usize = 128;
const PUSH_CONTENT_CUT: usize = 500;
const ATTACH_LIMIT: usize = 5_000;
const LONGEST_WINDOW_MS: i64 = 30 * 24 * 60 * 60 * 1_000;
const DEFAULT_DESCRIPTION: &str = "撤回了一条信息";

/// What is done to the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// 单向撤回: only the receiver loses it.
    OneWay,
    /// 双向撤回
    TwoWay,
    /// 删除消息
    Delete,
}

impl Kind {
    fn read(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::OneWay),
            2 => Some(Self::TwoWay),
            3 => Some(Self::Delete),
            _ => None,
        }
    }

    fn number(self) -> i64 {
        match self {
            Self::OneWay => 1,
            Self::TwoWay => 2,
            Self::Delete => 3,
        }
    }
}

struct Order {
    kind: Kind,
    description: String,
    push_content: Option<String>,
    push_payload: Option<String>,
    attach: Option<String>,
    check_member: bool,
    ignore_window: bool,
}

impl Order {
    fn read(query: Option<&str>, conversation: &Conversation) -> Result<Self, Refusal> {
        let mut query = Query::read(query)?;
        let kind = read_kind(&mut query, conversation.kind)?;
        let only_two_way = |key: &str, value: Option<String>| match value {
            Some(_) if kind != Kind::TwoWay => Err(Refusal::parameter(key, "has effect only when type is 2")),
            other => Ok(other),
        };
        let description = query.text("description").filter(|text| !text.is_empty());
        if let Some(description) = &description {
            at_most("description", description, DESCRIPTION_LIMIT)?;
        }
        let push_content = only_two_way("push_content", query.text("push_content"))?;
        let push_payload = only_two_way("push_payload", query.text("push_payload"))?;
        if let Some(payload) = &push_payload {
            check_payload("push_payload", payload)?;
        }
        only_two_way("route_environment", query.text("route_environment"))?;
        let attach = only_two_way("attach", query.text("attach"))?;
        if let Some(attach) = &attach {
            check_attach(attach, conversation.kind)?;
        }
        let check_member = query.boolean("check_team_member_valid")?;
        if check_member.is_some() && conversation.kind == ConversationType::OneToOne {
            let fault = "does not belong to a one-to-one conversation";
            return Err(Refusal::parameter("check_team_member_valid", fault));
        }
        // Spelt so on the wire (Q-DEL-2); the correct spelling is an unknown key.
        let ignore_window = match query.integer("ingore_revoke_time")? {
            None | Some(0) => false,
            Some(1) => true,
            Some(_) => return Err(Refusal::parameter("ingore_revoke_time", "must be 0 or 1")),
        };
        query.integer("message_time")?;
        query.finish()?;
        Ok(Self {
            kind,
            description: description.unwrap_or_else(|| DEFAULT_DESCRIPTION.to_owned()),
            push_content: push_content.map(|text| cut(&text)),
            push_payload,
            attach,
            check_member: check_member.unwrap_or(true),
            ignore_window,
        })
    }

    fn check_age(&self, age_ms: i64, limits: &Limits) -> Result<(), Refusal> {
        let window_ms = match self.kind {
            Kind::TwoWay if !self.ignore_window => limits.recall_window_seconds * 1_000,
            _ => LONGEST_WINDOW_MS,
        };
        if age_ms > window_ms {
            return Err(Refusal::new(WINDOW_EXCEEDED, "recall time limit exceeded"));
        }
        Ok(())
    }

    fn detail(&self) -> Value {
        let mut detail = json!({ "type": self.kind.number() });
        if let Value::Object(map) = &mut detail {
            if self.kind != Kind::Delete {
                map.insert("description".to_owned(), self.description.clone().into());
            }
            let texts = [
                ("push_content", &self.push_content),
                ("push_payload", &self.push_payload),
                ("attach", &self.attach),
            ];
            for (key, text) in texts {
                if let Some(text) = text {
                    map.insert(key.to_owned(), text.clone().into());
                }
            }
        }
        detail
    }
}

fn read_kind(query: &mut Query, conversation: ConversationType) -> Result<Kind, Refusal> {
    let number = query.integer("type")?.ok_or_else(|| Refusal::parameter("type", "is required"))?;
    let kind = Kind::read(number).ok_or_else(|| Refusal::parameter("type", "must be 1, 2 or 3"))?;
    // Y-DEL-2
    if conversation == ConversationType::SuperTeam && kind != Kind::TwoWay {
        return Err(Refusal::parameter("type", "must be 2 in a super team"));
    }
    Ok(kind)
}

// Y-DEL-4
fn check_attach(attach: &str, conversation: ConversationType) -> Result<(), Refusal> {
    if conversation == ConversationType::SuperTeam {
        return Err(Refusal::parameter("attach", "does not belong to a super team"));
    }
    at_most("attach", attach, ATTACH_LIMIT)
}

// Y-DEL-6: cut, not refused.
fn cut(text: &str) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= PUSH_CONTENT_CUT
    };
    text.chars().take_while(fits).collect()
}

/// Takes a stored message away from the receiver, or from everybody.
pub(super) fn recall(
    app: &mut App,
    conversation_id: &str,
    message_server_id: &str,
    query: Option<&str>,
    limits: &Limits,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let conversation = Conversation::read(conversation_id)?;
    let id = message_id(message_server_id)?;
    let order = Order::read(query, &conversation)?;

    app.must_know(&conversation.sender_id)?;
    let team = app.team(conversation.kind, &conversation.receiver_id)?;
    let missing = || Refusal::new(MESSAGE_MISSING, "message not exist");
    let message = app.messages.get(&id).ok_or_else(missing)?;
    if !conversation.names_sender_of(message) {
        return Err(if conversation.holds(message) {
            Refusal::new(NOT_THE_SENDER, "only the sender may recall the message")
        } else {
            missing()
        });
    }
    if let Some(team) = team.filter(|_| order.check_member) {
        team.must_have(&conversation.sender_id)?;
    }
    if conversation.kind == ConversationType::OneToOne && conversation.sender_id == conversation.receiver_id {
        let (code, msg) = match order.kind {
            Kind::Delete => (DELETE_OWN_MESSAGE, "a message to oneself cannot be deleted"),
            _ => (RECALL_OWN_MESSAGE, "a message to oneself cannot be recalled"),
        };
        return Err(Refusal::new(code, msg));
    }
    order.check_age(now_ms - message.create_time, limits)?;
    if order.kind == Kind::OneWay && message.copy == Copy::RecalledFromReceiver {
        return Err(missing());
    }
    take_away(app, id, order.kind);
    Ok(Done {
        data: json!({}),
        happenings: vec![Happening {
            change: Change::Removed,
            message_server_id: id,
            sender_id: conversation.sender_id,
            conversation_type: conversation.kind.number(),
            receiver_id: conversation.receiver_id,
            detail: order.detail(),
        }],
    })
}

fn take_away(app: &mut App, id: i64, kind: Kind) {
    match kind {
        Kind::OneWay => {
            if let Some(message) = app.messages.get_mut(&id) {
                message.copy = Copy::RecalledFromReceiver;
            }
        }
        Kind::TwoWay | Kind::Delete => {
            app.messages.remove(&id);
        }
    }
}
