//! A stored message.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::content::Kind;
use super::conversation::ChatType;

/// The last edit of a message.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub(super) by: String,
    pub(super) at: i64,
}

/// One stored message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(super) id: i64,
    pub(super) chat_type: ChatType,
    pub(super) from: String,
    pub(super) to: String,
    /// Unix milliseconds.
    pub(super) at: i64,
    pub(super) kind: Kind,
    pub(super) body: Map<String, Value>,
    pub(super) ext: Option<Map<String, Value>>,
    pub(super) edits: u32,
    pub(super) last_edit: Option<Edit>,
    /// Who does not get it from roaming: left out by its sender, or deleted by itself.
    pub(super) hidden_from: BTreeSet<String>,
}

/// A message as it is right after it was sent.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) chat_type: ChatType,
    pub(super) from: String,
    pub(super) kind: Kind,
    pub(super) body: Map<String, Value>,
    pub(super) ext: Option<Map<String, Value>>,
    pub(super) hidden_from: BTreeSet<String>,
}

impl Letter {
    /// The message for one receiver.
    pub(super) fn to(&self, to: &str, id: i64, at: i64) -> Message {
        let Self { chat_type, from, kind, body, ext, hidden_from } = self.clone();
        let to = to.to_owned();
        Message { id, chat_type, from, to, at, kind, body, ext, edits: 0, last_edit: None, hidden_from }
    }
}

impl Message {
    /// Whether it is still stored: an edit begins its storage period anew (E-MOD-17).
    pub(super) fn is_stored(&self, storage_days: i64, now_ms: i64) -> bool {
        let since = self.last_edit.as_ref().map_or(self.at, |edit| edit.at);
        now_ms - since <= storage_days * 24 * 60 * 60 * 1_000
    }

    /// Whether it stands in this user's dialogue with a peer.
    pub(super) fn is_between(&self, user: &str, peer: &str) -> bool {
        self.chat_type == ChatType::Chat
            && ((self.from == user && self.to == peer) || (self.from == peer && self.to == user))
    }

    /// Body and extension, as the log of effects tells them.
    pub(super) fn content(&self) -> Value {
        json!({ "type": self.kind.name(), "body": self.body, "ext": self.ext })
    }

    // The one entry of `payload.bodies`: a place has numbers here and texts when it is sent (E-HIS-6).
    fn shown_body(&self) -> Value {
        let mut body = self.body.clone();
        for key in ["lat", "lng"] {
            if let Some(number) = body.get(key).and_then(Value::as_str).and_then(|it| it.parse::<f64>().ok())
            {
                body.insert(key.to_owned(), number.into());
            }
        }
        if let Some(Value::Object(exts)) = body.remove("customExts") {
            let old: Vec<Value> = exts.iter().map(|(key, value)| json!({ key: value })).collect();
            body.insert("customExts".to_owned(), old.into());
            body.insert("v2:customExts".to_owned(), exts.into());
        }
        body.insert("type".to_owned(), self.kind.name().into());
        Value::Object(body)
    }

    /// The message as a query and an hour file show it.
    pub(super) fn item(&self) -> Value {
        let mut payload = Map::new();
        payload.insert("from".to_owned(), self.from.clone().into());
        payload.insert("to".to_owned(), self.to.clone().into());
        payload.insert("bodies".to_owned(), json!([self.shown_body()]));
        payload.insert("ext".to_owned(), self.ext.clone().unwrap_or_default().into());
        if let Some(edit) = &self.last_edit {
            let meta = json!({ "edit_msg": {
                "chat_type": self.chat_type.name(), "send_time": self.at, "edit_time": edit.at,
                "sender": self.from, "count": self.edits, "operator": edit.by,
            }});
            payload.insert("meta".to_owned(), meta);
        }
        json!({
            "msg_id": self.id.to_string(),
            "timestamp": self.at,
            "direction": "outgoing",
            "from": self.from,
            "to": self.to,
            "chat_type": self.chat_type.name(),
            "payload": payload,
        })
    }

    /// The message as a control route shows it.
    pub(super) fn shown(&self, app_key: &str) -> Value {
        json!({
            "app_key": app_key,
            "msg_id": self.id.to_string(),
            "chat_type": self.chat_type.name(),
            "from": self.from,
            "to": self.to,
            "timestamp": self.at,
            "type": self.kind.name(),
            "body": self.body,
            "ext": self.ext,
            "edits": self.edits,
            "edited_by": self.last_edit.as_ref().map(|edit| &edit.by),
            "edited_at": self.last_edit.as_ref().map(|edit| edit.at),
            "hidden_from": self.hidden_from,
        })
    }
}
