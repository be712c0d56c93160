//! The option objects that modify and batch send share: route, push, moderation, friends, teams.

use serde_json::Value;

use super::codes::{MODERATED, Refusal};
use super::content::{CUSTOM, Content, text_limit};
use super::fields::{Fields, at_most, json_object_text, json_text};

const FORBIDDEN_WORD: &str = "违禁词";
const PUSH_CONTENT_LIMIT: usize = 500;
const PUSH_PAYLOAD_LIMIT: usize = 2_048;
const FORCED_IDS_LIMIT: usize = 100;
const MODERATION_LIMIT: usize = 1_024;

/// Who may be forced to get a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// Nobody: a forced push is for group messages.
    OnePerson,
    Group,
}

/// `route_config`.
pub(super) fn route(body: &mut Fields) -> Result<(), Refusal> {
    let Some(mut route) = body.object("route_config")? else {
        return Ok(());
    };
    route.boolean("route_enabled")?;
    route.text("route_environment")?;
    route.finish()
}

/// `message_config`, which holds only booleans.
pub(super) fn message_config(body: &mut Fields, known: &[&str]) -> Result<(), Refusal> {
    let Some(mut config) = body.object("message_config")? else {
        return Ok(());
    };
    for key in known {
        config.boolean(key)?;
    }
    config.finish()
}

/// `push_config` (Y-MOD-11 to Y-MOD-13, Y-BAT-7).
pub(super) fn push(body: &mut Fields, audience: Audience) -> Result<(), Refusal> {
    let Some(mut push) = body.object("push_config")? else {
        return Ok(());
    };
    if push.boolean("push_enabled")? == Some(false) {
        push.refuse_those(|_| true, "has no effect when push_enabled is false")?;
    }
    push.boolean("push_nick_enabled")?;
    if let Some(content) = push.text("push_content")? {
        at_most(&push.name("push_content"), &content, PUSH_CONTENT_LIMIT)?;
    }
    if let Some(payload) = push.text("push_payload")? {
        check_payload(&push.name("push_payload"), &payload)?;
    }
    forced_push(&mut push, audience)?;
    push.finish()
}

/// A push payload is a JSON object as text.
pub(super) fn check_payload(field: &str, payload: &str) -> Result<(), Refusal> {
    at_most(field, payload, PUSH_PAYLOAD_LIMIT)?;
    json_object_text(field, payload)
}

fn forced_push(push: &mut Fields, audience: Audience) -> Result<(), Refusal> {
    let is_forced = |key: &str| key.starts_with("push_forcepush_");
    if audience == Audience::OnePerson {
        return push.refuse_those(is_forced, "is for group messages only");
    }
    if push.boolean("push_forcepush_enable")? != Some(true) {
        return push.refuse_those(is_forced, "has no effect unless push_forcepush_enable is true");
    }
    let to_all = push.boolean("push_forcepush_all")? == Some(true);
    if let Some(ids) = push.texts("push_forcepush_ids")? {
        if to_all {
            return push.refuse("push_forcepush_ids", "has no effect when push_forcepush_all is true");
        }
        if ids.len() > FORCED_IDS_LIMIT {
            return push.refuse("push_forcepush_ids", "has more than 100 accounts");
        }
    }
    if let Some(content) = push.text("push_forcepush_content")? {
        at_most(&push.name("push_forcepush_content"), &content, PUSH_CONTENT_LIMIT)?;
    }
    Ok(())
}

/// Whether the call may bring its own content for moderation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OwnCheck {
    Offered,
    Absent,
}

/// What moderation (安全通) will look at.
#[derive(Clone, Debug)]
pub(super) struct Moderation {
    enabled: bool,
    own_text: Option<String>,
}

impl Moderation {
    /// Reads `antispam_config` (Y-MOD-14, Y-MOD-15, Y-BAT-8).
    pub(super) fn read(body: &mut Fields, own_check: OwnCheck, message_type: i64) -> Result<Self, Refusal> {
        let Some(mut antispam) = body.object("antispam_config")? else {
            return Ok(Self { enabled: true, own_text: None });
        };
        let enabled = antispam.boolean("antispam_enabled")?.unwrap_or(true);
        antispam.text("antispam_business_id")?;
        for key in ["antispam_extension", "antispam_cheating"] {
            if let Some(text) = antispam.text(key)? {
                let name = antispam.name(key);
                at_most(&name, &text, MODERATION_LIMIT)?;
                json_text(&name, &text)?;
            }
        }
        let own_text = match own_check {
            OwnCheck::Offered => own_text(&mut antispam, message_type)?,
            OwnCheck::Absent => None,
        };
        antispam.finish()?;
        Ok(Self { enabled, own_text })
    }

    /// Refuses content with the forbidden word. A custom message is looked at only through its own text.
    pub(super) fn check(&self, content: &Content) -> Result<(), Refusal> {
        let looked_at = match content.message_type {
            CUSTOM => self.own_text.as_ref(),
            _ => content.text.as_ref(),
        };
        let hit = looked_at.is_some_and(|text| text.contains(FORBIDDEN_WORD));
        if self.enabled && hit {
            return Err(Refusal::new(MODERATED, "message hit antispam"));
        }
        Ok(())
    }
}

fn own_text(antispam: &mut Fields, message_type: i64) -> Result<Option<String>, Refusal> {
    const KEY: &str = "antispam_custom_message";
    let enabled = antispam.boolean("antispam_custom_message_enabled")? == Some(true);
    let Some(text) = antispam.text(KEY)? else {
        return Ok(None);
    };
    if message_type != CUSTOM || !enabled {
        return antispam.refuse(
            KEY,
            "has effect only when message_type is 100 and antispam_custom_message_enabled is true",
        );
    }
    let name = antispam.name(KEY);
    at_most(&name, &text, text_limit(message_type))?;
    if is_own_check(&json_text(&name, &text)?) {
        Ok(Some(text))
    } else {
        antispam.refuse(KEY, "must be {\"type\": 1 to 5, \"data\": …} as JSON text")
    }
}

fn is_own_check(check: &Value) -> bool {
    let data = check.get("data");
    match check.get("type").and_then(Value::as_i64) {
        Some(1..=4) => data.is_some_and(Value::is_string),
        Some(5) => data.is_some_and(is_picture_story),
        _ => false,
    }
}

// 图文: one text and up to six pictures, all required.
fn is_picture_story(data: &Value) -> bool {
    let parsed = data.as_str().and_then(|text| serde_json::from_str(text).ok());
    let data = parsed.as_ref().unwrap_or(data);
    let pictures = data.get("images").and_then(Value::as_array);
    data.get("text").is_some_and(Value::is_string)
        && pictures.is_some_and(|urls| (1..=6).contains(&urls.len()) && urls.iter().all(Value::is_string))
}

/// `p2p_option.check_friend`, required when the object is sent.
pub(super) fn check_friend(body: &mut Fields) -> Result<bool, Refusal> {
    let Some(mut option) = body.object("p2p_option")? else {
        return Ok(false);
    };
    let check = option.required_boolean("check_friend")?;
    option.finish()?;
    Ok(check)
}

/// What an edit or a message in a team may overlook.
#[derive(Clone, Copy, Debug)]
pub(super) struct TeamOption {
    pub(super) ignore_chat_banned: bool,
    pub(super) ignore_member_chat_banned: bool,
    pub(super) check_team_member_valid: bool,
}

impl TeamOption {
    /// Reads `team_option` or `superteam_option`.
    pub(super) fn read(body: &mut Fields, key: &str) -> Result<Self, Refusal> {
        Self::read_with(body, key, &[])
    }

    /// The same with more booleans, which are only checked.
    pub(super) fn read_with(body: &mut Fields, key: &str, more: &[&str]) -> Result<Self, Refusal> {
        let mut read = Self {
            ignore_chat_banned: false,
            ignore_member_chat_banned: false,
            check_team_member_valid: true,
        };
        if let Some(mut option) = body.object(key)? {
            read = Self {
                ignore_chat_banned: option.boolean("ignore_chat_banned")?.unwrap_or(false),
                ignore_member_chat_banned: option.boolean("ignore_member_chat_banned")?.unwrap_or(false),
                check_team_member_valid: option.boolean("check_team_member_valid")?.unwrap_or(true),
            };
            for key in more {
                option.boolean(key)?;
            }
            option.finish()?;
        }
        Ok(read)
    }
}
