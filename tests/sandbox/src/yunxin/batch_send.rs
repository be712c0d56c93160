//! Batch send one-to-one (批量发送单聊消息): `POST /im/v2/conversations/messages`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::account::{Account, Door, in_good_standing};
use super::codes::{ACCOUNT_BLOCKED, BOTH_NO_SENSE, Refusal};
use super::content::Content;
use super::fields::{Fields, at_most, json_text};
use super::gate::{Done, lists};
use super::limits::Limits;
use super::message::{ConversationType, Message, NoSense};
use super::options::{self, Audience, Moderation, OwnCheck};
use super::store::{App, Ids};
use crate::effects::{Change, Happening};

/// How long the extension of a sent message may be.
pub(super) const EXTENSION_LIMIT: usize = 1_024;
/// The booleans of `message_config`.
pub(super) const MESSAGE_CONFIG: [&str; 6] = [
    "unread_enabled",
    "mutil_sync_enabled", // spelt so on the wire
    "offline_enabled",
    "history_enabled",
    "roaming_enabled",
    "conversation_update_enabled",
];

/// How much of a sent message the answer repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    Full,
    Head,
}

struct Mailing {
    sender_id: String,
    receiver_ids: Vec<String>,
    content: Content,
    extension: Option<String>,
    sender_no_sense: bool,
    receiver_no_sense: bool,
    detail: Detail,
    check_friend: bool,
    moderation: Moderation,
}

impl Mailing {
    fn read(mut body: Fields, limits: &Limits) -> Result<Self, Refusal> {
        let sender_id = body.required_text("sender_id")?;
        let receiver_ids = receivers(&mut body, limits.batch_receivers)?;
        let mut message = body.required_object("message")?;
        let content = Content::read(&mut message)?;
        message.finish()?;
        let sender_no_sense = body.boolean("sender_no_sense")?.unwrap_or(false);
        let receiver_no_sense = body.required_boolean("receiver_no_sense")?;
        let detail = match body.boolean("need_message_detail")? {
            Some(true) => Detail::Full,
            _ => Detail::Head,
        };
        let extension = body.text("extension")?;
        if let Some(extension) = &extension {
            at_most("extension", extension, EXTENSION_LIMIT)?;
            json_text("extension", extension)?;
        }
        options::message_config(&mut body, &MESSAGE_CONFIG)?;
        options::route(&mut body)?;
        options::push(&mut body, Audience::OnePerson)?;
        let check_friend = options::check_friend(&mut body)?;
        let moderation = Moderation::read(&mut body, OwnCheck::Absent, content.message_type)?;
        body.finish()?;
        Ok(Self {
            sender_id,
            receiver_ids,
            content,
            extension,
            sender_no_sense,
            receiver_no_sense,
            detail,
            check_friend,
            moderation,
        })
    }

    /// Why this receiver does not get the message.
    fn check_receiver(&self, app: &App, receiver_id: &str) -> Result<(), Refusal> {
        let account = app.accounts.get(receiver_id);
        in_good_standing(receiver_id, account)?;
        if account.map(|Account { door, .. }| *door) == Some(Door::Closed) {
            let msg = format!("{receiver_id} has {} on the black list", self.sender_id);
            return Err(Refusal::new(ACCOUNT_BLOCKED, msg));
        }
        if self.check_friend {
            app.must_be_friends(&self.sender_id, receiver_id)?;
        }
        Ok(())
    }

    fn message(&self, message_server_id: i64, receiver_id: String, create_time: i64) -> Message {
        let (sender_id, content) = (self.sender_id.clone(), self.content.clone());
        let kind = ConversationType::OneToOne;
        let mut message = Message::new(message_server_id, sender_id, kind, receiver_id, create_time, content);
        message.extension = self.extension.clone();
        message.no_sense = NoSense { sender: self.sender_no_sense, receiver: self.receiver_no_sense };
        message
    }

    fn success(&self, message: &Message) -> Value {
        let mut entry = match self.detail {
            Detail::Full => message.full(),
            Detail::Head => message.head(),
        };
        let kind = message.conversation_type.number();
        entry.insert("conversation_type".to_owned(), kind.into());
        entry.insert("message_type".to_owned(), self.content.message_type.into());
        Value::Object(entry)
    }

    fn happening(&self, message: &Message) -> Happening {
        let mut detail = message.full();
        detail.insert("sender_no_sense".to_owned(), self.sender_no_sense.into());
        detail.insert("receiver_no_sense".to_owned(), self.receiver_no_sense.into());
        detail.remove("message_server_id");
        Happening {
            change: Change::Stored,
            message_server_id: message.message_server_id,
            sender_id: message.sender_id.clone(),
            conversation_type: message.conversation_type.number(),
            receiver_id: message.receiver_id.clone(),
            detail: Value::Object(detail),
        }
    }
}

// Y-BAT-1; a receiver named twice is refused, so that a caller who forgot Y-BAT-2 notices.
fn receivers(body: &mut Fields, limit: usize) -> Result<Vec<String>, Refusal> {
    const KEY: &str = "receiver_ids";
    let ids = body.texts(KEY)?.unwrap_or_default();
    if ids.is_empty() {
        return body.refuse(KEY, "is required");
    }
    if ids.len() > limit {
        let fault = format!("has {} accounts, at most {limit}", ids.len());
        return body.refuse(KEY, &fault);
    }
    let mut seen = BTreeSet::new();
    match ids.iter().find(|id| !seen.insert(id.as_str())) {
        Some(twice) => body.refuse(KEY, &format!("names {twice} twice")),
        None => Ok(ids),
    }
}

/// Stores one message for each receiver that can be reached, and reports the others.
pub(super) fn batch_send(
    app: &mut App,
    ids: &mut Ids,
    body: Fields,
    limits: &Limits,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let mailing = Mailing::read(body, limits)?;
    if mailing.sender_no_sense && mailing.receiver_no_sense {
        let msg = "sender_no_sense and receiver_no_sense are both true";
        return Err(Refusal::new(BOTH_NO_SENSE, msg));
    }
    in_good_standing(&mailing.sender_id, app.accounts.get(&mailing.sender_id))?;
    mailing.moderation.check(&mailing.content)?;

    let (mut sent, mut failed, mut happenings) = (Vec::new(), Vec::new(), Vec::new());
    for receiver_id in &mailing.receiver_ids {
        if let Err(refusal) = mailing.check_receiver(app, receiver_id) {
            failed.push(json!({
                "account_id": receiver_id,
                "error_code": refusal.code,
                "error_msg": refusal.msg,
            }));
            continue;
        }
        let message = mailing.message(ids.next(), receiver_id.clone(), now_ms);
        sent.push(mailing.success(&message));
        happenings.push(mailing.happening(&message));
        app.messages.insert(message.message_server_id, message);
    }
    Ok(Done { data: lists(sent, failed), happenings })
}
