//! One message to be recalled, and what becomes of it.

use serde_json::{Value, json};

use super::app::App;
use super::content::Kind;
use super::conversation::ChatType;
use super::gate::Done;
use super::ids::message_id;
use super::limits::Limits;
use super::refusal::{Fields, Refusal};
use crate::effects::{Change, Happening};

pub(super) const ERROR: &str = "message_recall_error";

/// Why a message cannot be recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Recalled before, expired, never there, or a command.
    NotFound,
    /// Past the window, without force.
    TooLate,
    /// The receiver is another one.
    WrongReceiver,
}

impl Failure {
    /// The vendor's text.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::NotFound => "not_found msg",
            Self::TooLate => "exceed recall time limit",
            Self::WrongReceiver => "can't find msg to",
        }
    }

    /// The answer to a call that names only this message.
    pub(super) fn refusal(self) -> Refusal {
        let status = match self {
            Self::WrongReceiver => 400,
            Self::NotFound | Self::TooLate => 403,
        };
        Refusal::new(status, ERROR, self.text())
    }
}

/// The fields that name a message to be recalled.
#[derive(Debug)]
pub(super) struct Item {
    msg_id: String,
    to: String,
    chat_type: ChatType,
    force: bool,
    from: String,
    info: Option<String>,
}

impl Item {
    /// Reads the fields (E-RCL-1).
    pub(super) fn read(mut fields: Fields) -> Result<Self, Refusal> {
        let empty = |key: &str| Refusal::new(400, ERROR, format!("param {key} can't be empty"));
        let mut given = |key: &str| fields.text(key).map(|text| text.filter(|text| !text.is_empty()));
        let msg_id = given("msg_id")?.ok_or_else(|| empty("msg_id"))?;
        let to = given("to")?.ok_or_else(|| empty("to"))?;
        let chat_type = given("chat_type")?.ok_or_else(|| empty("chat_type"))?;
        let force = fields.boolean("force")?.ok_or_else(|| empty("force"))?;
        if message_id(&msg_id).is_none() {
            return fields.refuse("msg_id", "must be up to 19 digits");
        }
        let Some(chat_type) = ChatType::read(&chat_type) else {
            return fields.refuse("chat_type", "must be chat, groupchat or chatroom");
        };
        let from = fields.text("from")?;
        if from.as_deref() == Some("") {
            return fields.refuse("from", "is left out when empty");
        }
        if fields.boolean("sync_device")?.is_some() && chat_type != ChatType::Chat {
            return fields.refuse("sync_device", "is for one-to-one messages only");
        }
        let info = fields.text("recallMessageExtensionInfo")?;
        fields.finish()?;
        let from = from.unwrap_or_else(|| "admin".to_owned());
        Ok(Self { msg_id, to, chat_type, force, from, info })
    }

    /// The result object of this message.
    pub(super) fn result(&self, recalled: &str) -> Value {
        json!({ "recalled": recalled, "chattype": self.chat_type.name(), "from": self.from, "to": self.to,
                "msg_id": self.msg_id })
    }

    /// Takes the message away from everybody.
    pub(super) fn recall(
        &self,
        app: &mut App,
        info: Option<&String>,
        limits: &Limits,
        now_ms: i64,
    ) -> Result<Happening, Failure> {
        let id = message_id(&self.msg_id).ok_or(Failure::NotFound)?;
        let message = app.messages.get(&id).ok_or(Failure::NotFound)?;
        if message.chat_type != self.chat_type || message.kind == Kind::Command {
            return Err(Failure::NotFound);
        }
        if message.to != self.to {
            return Err(Failure::WrongReceiver);
        }
        if !self.force {
            if !message.is_stored(limits.storage_days, now_ms) {
                return Err(Failure::NotFound);
            }
            if now_ms - message.at > limits.recall_window_seconds * 1_000 {
                return Err(Failure::TooLate);
            }
        }
        let info = self.info.as_ref().or(info);
        let detail = json!({ "for": "everybody", "force": self.force, "from": self.from,
                             "recallMessageExtensionInfo": info });
        let happening = Done::happening(message, Change::Removed, detail);
        app.messages.remove(&id);
        Ok(happening)
    }
}
