//! Rewrite (修改消息): `PUT …/messages/rewrite/{msg_id}`.

use serde_json::{Map, Value, json};

use super::app::{App, Feature};
use super::content::{self, Kind};
use super::gate::Done;
use super::ids::message_id;
use super::limits::Limits;
use super::message::{Edit, Message};
use super::refusal::{Fields, Refusal};
use crate::effects::Change;

const ERROR: &str = "message_rewrite_error";
const USER_LIMIT_BYTES: usize = 64;
/// Who edits when nobody is named (E-MOD-3).
const DEFAULT_USER: &str = "easemob_rest_app_admin";

struct Edition {
    user: String,
    kind: Kind,
    msg: Option<String>,
    custom_event: Option<String>,
    custom_exts: Option<Map<String, Value>>,
    new_ext: Option<Map<String, Value>>,
    combine: bool,
}

fn not_supported() -> Refusal {
    let text = "The message is of a type that is currently not supported for modification.";
    Refusal::new(400, ERROR, text).also("UnsupportedMessageTypeException")
}

impl Edition {
    fn read(mut body: Fields) -> Result<Self, Refusal> {
        if !body.has("new_msg") {
            return Err(Refusal::new(400, "illegal_argument", "new_msg is required"));
        }
        let user = body.text("user")?;
        if user.as_ref().is_some_and(|user| !(1..=USER_LIMIT_BYTES).contains(&user.len())) {
            return body.refuse("user", "must have 1 to 64 bytes; it is left out when empty");
        }
        let Some(mut new_msg) = body.object("new_msg")? else {
            return body.refuse("new_msg", "must be an object");
        };
        let kind = new_msg.required_text("type")?;
        let kind = Kind::read(&kind).filter(|kind| *kind != Kind::Command).ok_or_else(not_supported)?;
        let new_ext = body.any_object("new_ext")?;
        let (mut msg, mut custom_event, mut custom_exts) = (None, None, None);
        match kind {
            // E-MOD-4
            Kind::Text => msg = Some(new_msg.required_text("msg")?),
            // E-MOD-5, E-MOD-6
            Kind::Custom => {
                custom_event = content::event(&mut new_msg, "customEvent")?;
                custom_exts = content::exts(&mut new_msg, "customExts")?;
                if custom_event.is_none() && custom_exts.is_none() && new_ext.is_none() {
                    return new_msg.refuse("customEvent", "or customExts or new_ext is required");
                }
            }
            // E-MOD-12
            _ if new_ext.is_none() => {
                return body.refuse("new_ext", "is all that can change and is required");
            }
            _ => {}
        }
        new_msg.finish()?;
        // E-MOD-10
        if new_ext.is_none() && body.has("is_combine_ext") {
            return body.refuse("is_combine_ext", "has no effect without new_ext");
        }
        let combine = body.boolean("is_combine_ext")?.unwrap_or(true);
        body.finish()?;
        let user = user.unwrap_or_else(|| DEFAULT_USER.to_owned());
        Ok(Self { user, kind, msg, custom_event, custom_exts, new_ext, combine })
    }

    /// Body and extension as they will be; what is not sent stays.
    fn over(self, original: &Message) -> (Map<String, Value>, Option<Map<String, Value>>) {
        let mut body = original.body.clone();
        let sent = [
            ("msg", self.msg.map(Value::from)),
            ("customEvent", self.custom_event.map(Value::from)),
            ("customExts", self.custom_exts.map(Value::from)),
        ];
        for (key, value) in sent {
            if let Some(value) = value {
                body.insert(key.to_owned(), value);
            }
        }
        let ext = match self.new_ext {
            None => original.ext.clone(),
            // E-MOD-11: only the top level is merged.
            Some(new) if self.combine => {
                let mut merged = original.ext.clone().unwrap_or_default();
                merged.extend(new);
                Some(merged)
            }
            Some(new) => Some(new),
        };
        (body, ext)
    }
}

/// Whether another app has the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Elsewhere {
    Stored,
    Unknown,
}

/// Replaces the content of a stored message.
pub(super) fn rewrite(
    app: &mut App,
    segment: &str,
    body: Fields,
    elsewhere: impl FnOnce(i64) -> Elsewhere,
    limits: &Limits,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let id = message_id(segment).ok_or_else(|| {
        let text = "The provided message ID is not a valid number.";
        Refusal::new(400, "InvalidMessageIdException", text).also("InvalidMessageIdException")
    })?;
    let edition = Edition::read(body)?;
    if app.features == Feature::Closed {
        let text = "The rewrite message feature is not open.";
        return Err(Refusal::new(403, ERROR, text).also("EditFeatureNotEnabledException"));
    }
    let Some(message) = app.messages.get_mut(&id) else {
        return Err(match elsewhere(id) {
            Elsewhere::Stored => Refusal::new(401, ERROR, "You are not authorized to edit this message.")
                .also("RewriteMessageNotAuthorizedException"),
            Elsewhere::Unknown => unavailable(),
        });
    };
    if !message.is_stored(limits.storage_days, now_ms) {
        return Err(unavailable());
    }
    if message.kind != edition.kind {
        return Err(not_supported());
    }
    if message.edits >= limits.edits {
        let text = "The message has reached its edit limit and cannot be modified further.";
        return Err(Refusal::new(403, ERROR, text).also("EditLimitExceededException"));
    }
    let just_now = |edit: &Edit| (edit.at..edit.at + limits.concurrent_edit_ms).contains(&now_ms);
    if message.last_edit.as_ref().is_some_and(just_now) {
        let text = "The message has been edited by another.";
        return Err(Refusal::new(409, "concurrent_operation_error", text));
    }

    let before = message.content();
    let user = edition.user.clone();
    let (body, ext) = edition.over(message);
    content::check_size(&body, ext.as_ref(), ERROR)?;
    message.body = body;
    message.ext = ext;
    message.edits += 1;
    message.last_edit = Some(Edit { by: user.clone(), at: now_ms });
    let detail =
        json!({ "user": user, "edits": message.edits, "before": before, "after": message.content() });
    let happening = Done::happening(message, Change::Modified, detail);
    Ok(Done::enveloped("success".into(), vec![happening]))
}

fn unavailable() -> Refusal {
    let text = "The message is unavailable or has expired.";
    Refusal::new(404, ERROR, text).also("MessageUnavailableException")
}
