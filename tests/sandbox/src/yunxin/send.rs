//! Send one message (发送消息): `POST /im/v2/conversations/{conversation_id}/messages`.

use serde_json::{Map, Value};

use super::account::{Door, in_good_standing};
use super::batch_send::{EXTENSION_LIMIT, MESSAGE_CONFIG};
use super::codes::{ACCOUNT_BLOCKED, BOTH_NO_SENSE, REPEATED_CLIENT_ID, Refusal};
use super::content::Content;
use super::conversation::Conversation;
use super::fields::{Fields, at_most, json_text};
use super::gate::Done;
use super::message::{ConversationType, Message, NoSense};
use super::modify::{audience, refuse_foreign_options, team_option_key};
use super::options::{self, Moderation, OwnCheck, TeamOption};
use super::store::{App, Ids};
use crate::effects::{Change, Happening};

const CLIENT_ID_LIMIT: usize = 64;

/// Option objects whose inside is not documented: they are taken as they are.
const OPAQUE: [&str; 4] = ["target_option", "robot_config", "thread_config", "ai_params"];

struct Letter {
    client_id: Option<String>,
    content: Content,
    extension: Option<String>,
    no_sense: NoSense,
    moderation: Moderation,
    check_friend: bool,
    team_option: TeamOption,
}

impl Letter {
    fn read(mut body: Fields, kind: ConversationType) -> Result<Self, Refusal> {
        let mut message = body.required_object("message")?;
        let client_id = message.text("message_client_id")?.filter(|id| !id.is_empty());
        if let Some(id) = &client_id {
            at_most(&message.name("message_client_id"), id, CLIENT_ID_LIMIT)?;
        }
        let content = Content::read(&mut message)?;
        message.finish()?;
        let extension = body.text("extension")?;
        if let Some(extension) = &extension {
            at_most("extension", extension, EXTENSION_LIMIT)?;
            json_text("extension", extension)?;
        }
        let no_sense = NoSense {
            sender: body.boolean("sender_no_sense")?.unwrap_or(false),
            receiver: body.boolean("receiver_no_sense")?.unwrap_or(false),
        };
        for key in OPAQUE {
            body.any_object(key)?;
        }
        options::message_config(&mut body, &MESSAGE_CONFIG)?;
        options::route(&mut body)?;
        options::push(&mut body, audience(kind))?;
        let moderation = Moderation::read(&mut body, OwnCheck::Offered, content.message_type)?;
        refuse_foreign_options(&body, kind)?;
        let check_friend = options::check_friend(&mut body)?;
        let team_option = TeamOption::read_with(&mut body, team_option_key(kind), &["mark_as_read"])?;
        body.finish()?;
        Ok(Self { client_id, content, extension, no_sense, moderation, check_friend, team_option })
    }

    fn check(&self, app: &App, conversation: &Conversation) -> Result<(), Refusal> {
        let Conversation { sender_id, kind, receiver_id } = conversation;
        if self.no_sense.sender && self.no_sense.receiver {
            let msg = "sender_no_sense and receiver_no_sense are both true";
            return Err(Refusal::new(BOTH_NO_SENSE, msg));
        }
        in_good_standing(sender_id, app.accounts.get(sender_id))?;
        self.moderation.check(&self.content)?;
        if let Some(team) = app.team(*kind, receiver_id)? {
            team.lets_edit(sender_id, &self.team_option)?;
        } else {
            let account = app.accounts.get(receiver_id);
            in_good_standing(receiver_id, account)?;
            if account.is_some_and(|account| account.door == Door::Closed) {
                let msg = format!("{receiver_id} has {sender_id} on the black list");
                return Err(Refusal::new(ACCOUNT_BLOCKED, msg));
            }
            if self.check_friend {
                app.must_be_friends(sender_id, receiver_id)?;
            }
        }
        let is_used = |id: &String| app.messages.values().any(|it| it.client_id() == *id);
        match &self.client_id {
            Some(id) if is_used(id) => {
                Err(Refusal::new(REPEATED_CLIENT_ID, "message_client_id was used before"))
            }
            _ => Ok(()),
        }
    }
}

// As in a query, but a team is named as text under receiver_id.
fn data(message: &Message) -> Map<String, Value> {
    let mut data = message.full();
    data.insert("message_client_id".to_owned(), message.client_id().into());
    data.insert("conversation_type".to_owned(), message.conversation_type.number().into());
    data
}

/// Stores one message of the account named first.
pub(super) fn send(
    app: &mut App,
    ids: &mut Ids,
    conversation_id: &str,
    body: Fields,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let conversation = Conversation::read(conversation_id)?;
    let letter = Letter::read(body, conversation.kind)?;
    letter.check(app, &conversation)?;
    let Conversation { sender_id, kind, receiver_id } = conversation;
    let mut message = Message::new(ids.next(), sender_id, kind, receiver_id, now_ms, letter.content);
    message.extension = letter.extension;
    message.client_id = letter.client_id;
    message.no_sense = letter.no_sense;
    let mut detail = message.full();
    detail.insert("sender_no_sense".to_owned(), letter.no_sense.sender.into());
    detail.insert("receiver_no_sense".to_owned(), letter.no_sense.receiver.into());
    detail.remove("message_server_id");
    let happening = Happening {
        change: Change::Stored,
        message_server_id: message.message_server_id,
        sender_id: message.sender_id.clone(),
        conversation_type: message.conversation_type.number(),
        receiver_id: message.receiver_id.clone(),
        detail: Value::Object(detail),
    };
    let data = Value::Object(data(&message));
    app.messages.insert(message.message_server_id, message);
    Ok(Done { data, happenings: vec![happening] })
}
