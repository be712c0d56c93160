//! Modify (更新消息): `POST /im/v2/messages/actions/modifyMsg`.

use serde_json::{Value, json};

use super::account::in_good_standing;
use super::codes::{FORBIDDEN, MESSAGE_MISSING, MODIFIED_TOO_FAST, OWNER_ONLY, Refusal};
use super::content::Content;
use super::fields::{Fields, at_most, json_text};
use super::gate::Done;
use super::message::{ConversationType, Edit, Message};
use super::options::{self, Audience, Moderation, OwnCheck, TeamOption};
use super::store::App;
use crate::effects::{Change, Happening};

const WINDOW_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
const SPACING_MS: i64 = 1_000;
const EXTENSION_LIMIT: usize = 4_096;

/// Which message is meant; all of it must equal the original (Y-MOD-1).
struct Locator {
    message_server_id: i64,
    conversation_type: ConversationType,
    sender_id: String,
    receiver_id: String,
    time: i64,
}

struct Edition {
    operator: String,
    locator: Locator,
    content: Content,
    extension: Option<String>,
    moderation: Moderation,
    check_friend: bool,
    team_option: TeamOption,
}

impl Edition {
    fn read(mut body: Fields) -> Result<Self, Refusal> {
        let operator = body.required_text("operator")?;
        let number = body.required_integer("type")?;
        let Some(conversation_type) = ConversationType::read(number) else {
            return body.refuse("type", "must be 1, 2 or 3");
        };
        let mut message = body.required_object("message")?;
        let locator = Locator {
            message_server_id: message.required_integer("message_server_id")?,
            conversation_type,
            sender_id: message.required_text("sender_id")?,
            receiver_id: message.required_text("receiver_id")?,
            time: message.required_integer("time")?,
        };
        let content = Content::read(&mut message)?;
        message.finish()?;

        let extension = body.text("extension")?;
        if let Some(extension) = &extension {
            at_most("extension", extension, EXTENSION_LIMIT)?;
            json_text("extension", extension)?;
        }
        options::message_config(&mut body, &["conversation_update_enabled"])?;
        options::route(&mut body)?;
        options::push(&mut body, audience(conversation_type))?;
        let moderation = Moderation::read(&mut body, OwnCheck::Offered, content.message_type)?;
        refuse_foreign_options(&body, conversation_type)?;
        let check_friend = options::check_friend(&mut body)?;
        let team_option = TeamOption::read(&mut body, team_option_key(conversation_type))?;
        body.finish()?;
        Ok(Self { operator, locator, content, extension, moderation, check_friend, team_option })
    }

    fn check_original(&self, original: &Message, now_ms: i64) -> Result<(), Refusal> {
        let differs = |field: &str| Refusal::parameter(field, "differs from the original message");
        if original.create_time != self.locator.time {
            return Err(differs("message.time"));
        }
        if original.content.message_type != self.content.message_type {
            return Err(differs("message.message_type"));
        }
        if now_ms - original.create_time > WINDOW_MS {
            let fault = "is more than 7 days ago, the message can no longer be modified";
            return Err(Refusal::parameter("message.time", fault));
        }
        Ok(())
    }

    fn check_right(&self, app: &App) -> Result<(), Refusal> {
        let Locator { conversation_type, sender_id, receiver_id, .. } = &self.locator;
        match app.team(*conversation_type, receiver_id)? {
            None if self.operator != *sender_id => {
                let msg = "operator has no right to modify this message: only its sender may";
                return Err(Refusal::new(FORBIDDEN, msg));
            }
            None if self.check_friend => app.must_be_friends(sender_id, receiver_id)?,
            None => {}
            Some(team) => {
                team.lets_edit(&self.operator, &self.team_option)?;
                if self.operator != *sender_id && self.operator != team.owner {
                    let msg = "operator is neither the sender nor the team owner";
                    return Err(Refusal::new(OWNER_ONLY, msg));
                }
            }
        }
        Ok(())
    }
}

/// Who may be forced to get a push in this kind of conversation.
pub(super) fn audience(conversation_type: ConversationType) -> Audience {
    match conversation_type {
        ConversationType::OneToOne => Audience::OnePerson,
        ConversationType::Team | ConversationType::SuperTeam => Audience::Group,
    }
}

/// The option object of a team conversation.
pub(super) fn team_option_key(conversation_type: ConversationType) -> &'static str {
    match conversation_type {
        ConversationType::SuperTeam => "superteam_option",
        ConversationType::OneToOne | ConversationType::Team => "team_option",
    }
}

/// Refuses the option objects of the other kinds of conversation (Y-MOD-17).
pub(super) fn refuse_foreign_options(body: &Fields, kind: ConversationType) -> Result<(), Refusal> {
    let own = match kind {
        ConversationType::OneToOne => "p2p_option",
        ConversationType::Team => "team_option",
        ConversationType::SuperTeam => "superteam_option",
    };
    for key in ["p2p_option", "team_option", "superteam_option"] {
        if key != own && body.has(key) {
            return body.refuse(key, "does not belong to this conversation type");
        }
    }
    Ok(())
}

/// Replaces the content of a stored message.
pub(super) fn modify(app: &mut App, body: Fields, now_ms: i64) -> Result<Done, Refusal> {
    let edition = Edition::read(body)?;
    in_good_standing(&edition.operator, app.accounts.get(&edition.operator))?;
    let locator = &edition.locator;
    let missing = || Refusal::new(MESSAGE_MISSING, "message not exist");
    let original = app
        .messages
        .get(&locator.message_server_id)
        .filter(|original| {
            original.conversation_type == locator.conversation_type
                && original.sender_id == locator.sender_id
                && original.receiver_id == locator.receiver_id
        })
        .ok_or_else(missing)?;
    edition.check_original(original, now_ms)?;
    edition.check_right(app)?;
    edition.moderation.check(&edition.content)?;
    let too_fast =
        original.edit.as_ref().is_some_and(|last| (last.at..last.at + SPACING_MS).contains(&now_ms));
    if too_fast {
        let msg = "the same message was modified less than 1 second ago";
        return Err(Refusal::new(MODIFIED_TOO_FAST, msg));
    }
    let id = locator.message_server_id;
    let stored = app.messages.get_mut(&id).ok_or_else(missing)?;
    Ok(replace(stored, edition, now_ms))
}

// Y-MOD-19: an edit replaces text, attachment and sub_type; an extension that is not sent stays.
fn replace(stored: &mut Message, edition: Edition, now_ms: i64) -> Done {
    let before = stored.full();
    stored.content = edition.content;
    stored.extension = edition.extension.or(stored.extension.take());
    stored.edit = Some(Edit { by: edition.operator.clone(), at: now_ms });
    let mut data = stored.full();
    let after = data.clone();
    data.insert("modify_account_id".to_owned(), edition.operator.clone().into());
    data.insert("modify_time".to_owned(), now_ms.into());
    let detail = json!({ "operator": edition.operator, "before": before, "after": after });
    Done {
        data: Value::Object(data),
        happenings: vec![Happening {
            change: Change::Modified,
            message_server_id: stored.message_server_id,
            sender_id: stored.sender_id.clone(),
            conversation_type: stored.conversation_type.number(),
            receiver_id: stored.receiver_id.clone(),
            detail,
        }],
    }
}
