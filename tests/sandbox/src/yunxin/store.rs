//! What the vendor keeps: apps with their accounts, friends, teams and messages.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::account::Account;
use super::chatroom::Chatroom;
use super::codes::{ACCOUNT_MISSING, NOT_FRIENDS, REPEATED, Refusal, TEAM_MISSING};
use super::content::Content;
use super::limits::Limits;
use super::message::{ConversationType, Message};
use super::query::digits;
use super::rates::Rates;
use super::seed::PRACTICE_KEY;
use super::team::Team;

const OLDEST_MS: i64 = 30 * 365 * 24 * 60 * 60 * 1_000;

/// The apps by their key.
pub(crate) type Apps = BTreeMap<String, App>;

/// One customer's app.
#[derive(Debug, Default)]
pub(crate) struct App {
    pub(super) secret: String,
    pub(super) im_enabled: bool,
    pub(super) accounts: BTreeMap<String, Account>,
    /// Pairs in alphabetical order.
    pub(super) friends: BTreeSet<(String, String)>,
    pub(super) teams: BTreeMap<(ConversationType, String), Team>,
    pub(super) messages: BTreeMap<i64, Message>,
    pub(super) chatrooms: BTreeMap<i64, Chatroom>,
    pub(super) traces: BTreeSet<String>,
}

impl App {
    /// Remembers a trace id; refuses one that was seen before.
    pub(super) fn note_trace(&mut self, trace_id: Option<&str>) -> Result<(), Refusal> {
        match trace_id {
            Some(id) if !self.traces.insert(id.to_owned()) => {
                Err(Refusal::new(REPEATED, "repeated request: X-custom-traceid was seen before"))
            }
            _ => Ok(()),
        }
    }

    /// Refuses an account that is not registered.
    pub(super) fn must_know(&self, account: &str) -> Result<(), Refusal> {
        if self.accounts.contains_key(account) {
            Ok(())
        } else {
            Err(Refusal::new(ACCOUNT_MISSING, format!("account {account} not exist")))
        }
    }

    /// Refuses two accounts that are not friends.
    pub(super) fn must_be_friends(&self, one: &str, other: &str) -> Result<(), Refusal> {
        let pair = (one.min(other).to_owned(), one.max(other).to_owned());
        if self.friends.contains(&pair) { Ok(()) } else { Err(Refusal::new(NOT_FRIENDS, "friend not exist")) }
    }

    /// The team behind a group conversation; none for a one-to-one conversation.
    pub(super) fn team(&self, kind: ConversationType, id: &str) -> Result<Option<&Team>, Refusal> {
        if kind == ConversationType::OneToOne {
            return Ok(None);
        }
        match self.teams.get(&(kind, id.to_owned())) {
            Some(team) => Ok(Some(team)),
            None => Err(Refusal::new(TEAM_MISSING, "team not exist")),
        }
    }
}

/// Hands out message ids, beyond 2^53 and one apart: a program that reads them as doubles confuses them at once.
#[derive(Debug)]
pub(super) struct Ids {
    next: i64,
}

impl Ids {
    /// An id that no message has had.
    pub(super) fn next(&mut self) -> i64 {
        let id = self.next;
        self.next = self.next.saturating_add(1);
        id
    }
}

/// Everything on the vendor's side.
#[derive(Debug)]
pub(crate) struct Cloud {
    pub(super) apps: Apps,
    pub(super) ids: Ids,
    pub(crate) limits: Limits,
    pub(super) rates: Rates,
}

/// A message that a control call wants to add. Text ids spare JavaScript the trouble.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMessage {
    app_key: Option<String>,
    message_server_id: Option<Value>,
    conversation_type: i64,
    sender_id: String,
    receiver_id: String,
    #[serde(default)]
    message_type: i64,
    sub_type: Option<i64>,
    text: Option<String>,
    attachment: Option<Map<String, Value>>,
    extension: Option<String>,
    #[serde(default)]
    age_ms: i64,
}

impl Cloud {
    /// A cloud with these apps and nothing counted yet.
    pub(super) fn with(apps: Apps, first_id: i64) -> Self {
        Self { apps, ids: Ids { next: first_id }, limits: Limits::default(), rates: Rates::default() }
    }

    /// Every stored message with its app key.
    pub(crate) fn messages(&self) -> impl Iterator<Item = (&str, &Message)> {
        self.apps.iter().flat_map(|(key, app)| {
            let messages = app.messages.values();
            messages.map(move |message| (key.as_str(), message))
        })
    }

    /// Stores a message as if it had been sent `age_ms` ago; its content is not checked.
    ///
    /// # Errors
    /// A sentence about an unknown app, conversation type or id.
    pub(crate) fn plant(&mut self, new: NewMessage, now_ms: i64) -> Result<Value, String> {
        let key = new.app_key.unwrap_or_else(|| PRACTICE_KEY.to_owned());
        let app = self.apps.get_mut(&key).ok_or("app_key is unknown")?;
        let message_server_id = match new.message_server_id {
            None => self.ids.next(),
            Some(Value::String(text)) => digits(&text).ok_or("message_server_id is no id")?,
            Some(other) => digits(&other.to_string()).ok_or("message_server_id is no id")?,
        };
        if new.age_ms.saturating_abs() > OLDEST_MS {
            return Err("age_ms is beyond 30 years".to_owned());
        }
        let kind = ConversationType::read(new.conversation_type);
        let kind = kind.ok_or("conversation_type must be 1, 2 or 3")?;
        let content = Content {
            message_type: new.message_type,
            sub_type: new.sub_type,
            text: new.text,
            attachment: new.attachment,
        };
        let sent_at = now_ms - new.age_ms;
        let mut message =
            Message::new(message_server_id, new.sender_id, kind, new.receiver_id, sent_at, content);
        message.extension = new.extension;
        let shown = message.shown(&key);
        app.messages.insert(message_server_id, message);
        Ok(shown)
    }
}
