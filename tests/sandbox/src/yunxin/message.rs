//! A stored message and the conversation it belongs to.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::content::Content;
use super::page::Place;

/// The `sender_client_type` of what a server sent.
const REST_CLIENT: i64 = 32;

/// The kind of conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ConversationType {
    /// 单聊
    OneToOne,
    /// 高级群
    Team,
    /// 超大群
    SuperTeam,
}

impl ConversationType {
    /// Reads 1, 2 or 3; 0 is none (Y-MOD-2).
    pub(crate) fn read(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::OneToOne),
            2 => Some(Self::Team),
            3 => Some(Self::SuperTeam),
            _ => None,
        }
    }

    /// The number on the wire.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::OneToOne => 1,
            Self::Team => 2,
            Self::SuperTeam => 3,
        }
    }
}

/// Whether the receiver of a message still has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copy {
    Kept,
    /// A one-way recall took it away; the sender's copy stays.
    RecalledFromReceiver,
}

/// Where an account finds its messages again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shelf {
    /// 漫游
    Roaming,
    /// 历史
    History,
}

/// Whose side keeps no copy in the history (无感知).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NoSense {
    pub(super) sender: bool,
    pub(super) receiver: bool,
}

/// The last edit of a message.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(super) by: String,
    pub(super) at: i64,
}

/// One stored message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(super) message_server_id: i64,
    pub(super) conversation_type: ConversationType,
    pub(super) sender_id: String,
    pub(super) receiver_id: String,
    /// Unix milliseconds.
    pub(super) create_time: i64,
    pub(super) content: Content,
    pub(super) extension: Option<String>,
    pub(super) edit: Option<Edit>,
    pub(super) copy: Copy,
    /// The id its sender gave it, if any.
    pub(super) client_id: Option<String>,
    pub(super) no_sense: NoSense,
    /// Which accounts have cleared it from which shelf.
    pub(super) off_shelf: BTreeSet<(String, Shelf)>,
}

impl Message {
    /// A message as it is right after it was sent.
    pub(super) fn new(
        message_server_id: i64,
        sender_id: String,
        conversation_type: ConversationType,
        receiver_id: String,
        create_time: i64,
        content: Content,
    ) -> Self {
        Self {
            message_server_id,
            conversation_type,
            sender_id,
            receiver_id,
            create_time,
            content,
            extension: None,
            edit: None,
            copy: Copy::Kept,
            client_id: None,
            no_sense: NoSense::default(),
            off_shelf: BTreeSet::new(),
        }
    }

    /// The id its sender gave it, or the one the server made up.
    pub(super) fn client_id(&self) -> String {
        self.client_id.clone().unwrap_or_else(|| format!("{:032x}", self.message_server_id))
    }

    /// Whether the account's side of it keeps a copy.
    pub(super) fn is_sensed_by(&self, account: &str) -> bool {
        match self.sender_id == account {
            true => !self.no_sense.sender,
            false => !self.no_sense.receiver,
        }
    }

    /// The message as a page of a query shows it, with its place there.
    pub(super) fn row(&self) -> (Place, Value) {
        ((self.create_time, self.message_server_id), Value::Object(self.item()))
    }

    /// Who wrote to whom, and when, as an answer names it.
    pub(super) fn head(&self) -> Map<String, Value> {
        let mut head = Map::new();
        head.insert("message_server_id".to_owned(), self.message_server_id.into());
        head.insert("sender_id".to_owned(), self.sender_id.clone().into());
        head.insert("receiver_id".to_owned(), self.receiver_id.clone().into());
        head.insert("create_time".to_owned(), self.create_time.into());
        head
    }

    /// Head, content and extension.
    pub(super) fn full(&self) -> Map<String, Value> {
        let mut full = self.head();
        self.content.write(&mut full);
        if let Some(extension) = &self.extension {
            full.insert("extension".to_owned(), extension.clone().into());
        }
        full
    }

    /// The message as a query shows it: a team is a number under a name of its own.
    pub(super) fn item(&self) -> Map<String, Value> {
        let mut item = self.full();
        if self.conversation_type != ConversationType::OneToOne
            && let Some(receiver_id) = item.remove("receiver_id")
        {
            let number = self.receiver_id.parse::<i64>().map(Value::from);
            item.insert("team_id".to_owned(), number.unwrap_or(receiver_id));
        }
        let more = [
            ("message_client_id", json!(self.client_id())),
            ("conversation_type", json!(self.conversation_type.number())),
            ("sender_client_type", json!(REST_CLIENT)),
        ];
        let edit = self.edit.as_ref();
        let edited =
            edit.map(|edit| [("modify_account_id", json!(edit.by)), ("modify_time", json!(edit.at))]);
        let more = more.into_iter().chain(edited.into_iter().flatten());
        item.extend(more.map(|(key, value)| (key.to_owned(), value)));
        item
    }

    /// The message as a control route shows it, its id as text as well.
    pub(crate) fn shown(&self, app_key: &str) -> Value {
        let mut shown = self.full();
        let more = [
            ("app_key", json!(app_key)),
            ("message_server_id_text", json!(self.message_server_id.to_string())),
            ("conversation_type", json!(self.conversation_type.number())),
            ("modify_account_id", json!(self.edit.as_ref().map(|edit| &edit.by))),
            ("modify_time", json!(self.edit.as_ref().map(|edit| edit.at))),
            ("recalled_from_receiver", json!(self.copy == Copy::RecalledFromReceiver)),
        ];
        shown.extend(more.map(|(key, value)| (key.to_owned(), value)));
        Value::Object(shown)
    }
}
