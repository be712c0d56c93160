//! One-to-one messages and who still sees them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::codes::{FROM_ACCOUNT, MSG_KEY, Refusal, TO_ACCOUNT};
use super::elements::Content;
use super::fields::Fields;
use crate::effects::{Change, Happening};

const ONE_TO_ONE: i64 = 1;
const MSG_KEY_CHARACTERS: usize = 50;
const RECALLED_BIT: u64 = 8;

/// What tells one message from every other: a `MsgKey` alone does not (T-KEY-3, T-KEY-5).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) key: String,
}

impl Place {
    /// Reads the three fields that name a message.
    pub(super) fn read(fields: &mut Fields) -> Result<Self, Refusal> {
        let from = fields.required_user("From_Account", FROM_ACCOUNT)?;
        let to = fields.required_user("To_Account", TO_ACCOUNT)?;
        let key = fields.required_text("MsgKey", MSG_KEY)?;
        if !is_msg_key(&key) {
            return fields.refuse("MsgKey", MSG_KEY, "is longer than 50 characters");
        }
        Ok(Self { from, to, key })
    }
}

/// T-KEY-1: not empty and at most 50 characters; its inner form is no rule.
pub(super) fn is_msg_key(text: &str) -> bool {
    (1..=MSG_KEY_CHARACTERS).contains(&text.chars().count())
}

/// Whether somebody took the message back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Kept,
    Recalled,
}

/// One stored message.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) place: Place,
    pub(super) seq: u32,
    pub(super) random: u32,
    /// Unix seconds.
    pub(super) time: i64,
    /// Tells the order within a second.
    pub(super) serial: u64,
    pub(super) content: Content,
    pub(super) state: State,
    /// Whose roaming history has it.
    pub(super) seen_by: BTreeSet<String>,
}

impl Message {
    /// One row of a history.
    pub(super) fn row(&self) -> Map<String, Value> {
        let flag_bits = if self.state == State::Recalled { RECALLED_BIT } else { 0 };
        let mut row = Map::new();
        let head = [
            ("From_Account", json!(self.place.from)),
            ("To_Account", json!(self.place.to)),
            ("MsgSeq", json!(self.seq)),
            ("MsgRandom", json!(self.random)),
            ("MsgTimeStamp", json!(self.time)),
            ("MsgFlagBits", json!(flag_bits)),
            ("IsPeerRead", json!(0)),
            ("MsgKey", json!(self.place.key)),
        ];
        row.extend(head.map(|(key, value)| (key.to_owned(), value)));
        self.content.write(&mut row);
        row
    }

    /// What became of the message.
    pub(super) fn happening(&self, change: Change, detail: Value) -> Happening<String> {
        Happening {
            change,
            message_server_id: self.place.key.clone(),
            sender_id: self.place.from.clone(),
            conversation_type: ONE_TO_ONE,
            receiver_id: self.place.to.clone(),
            detail,
        }
    }

    /// The message as a control route shows it.
    pub(super) fn shown(&self, sdkappid: u64) -> Value {
        let mut shown = self.row();
        shown.insert("sdkappid".to_owned(), sdkappid.into());
        shown.insert("seen_by".to_owned(), json!(self.seen_by));
        Value::Object(shown)
    }
}

/// Every one-to-one message of an app.
#[derive(Debug, Default)]
pub(super) struct Messages {
    stored: BTreeMap<Place, Message>,
}

impl Messages {
    /// Keeps a message, unless nobody would see it.
    pub(super) fn keep(&mut self, message: Message) {
        if !message.seen_by.is_empty() {
            self.stored.insert(message.place.clone(), message);
        }
    }

    /// Whether this place is taken.
    pub(super) fn has(&self, place: &Place) -> bool {
        self.stored.contains_key(place)
    }

    /// The message at this place.
    pub(super) fn get(&self, place: &Place) -> Option<&Message> {
        self.stored.get(place)
    }

    /// The message at this place, to be changed.
    pub(super) fn get_mut(&mut self, place: &Place) -> Option<&mut Message> {
        self.stored.get_mut(place)
    }

    /// Takes a message out of one account's history; it is gone when nobody has it any more.
    pub(super) fn hide(&mut self, place: &Place, account: &str) {
        if let Some(message) = self.stored.get_mut(place) {
            message.seen_by.remove(account);
            if message.seen_by.is_empty() {
                self.stored.remove(place);
            }
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Message> {
        self.stored.values()
    }

    /// The dialogue of two accounts as the first of them sees it, oldest first.
    pub(super) fn seen(&self, operator: &str, peer: &str) -> Vec<&Message> {
        let is_theirs = |message: &&Message| {
            let Place { from, to, .. } = &message.place;
            ((from == operator && to == peer) || (from == peer && to == operator))
                && message.seen_by.contains(operator)
        };
        let mut seen: Vec<&Message> = self.stored.values().filter(is_theirs).collect();
        seen.sort_by_key(|message| (message.time, message.serial));
        seen
    }
}
