//! One customer's app.

use std::collections::{BTreeMap, BTreeSet};

use super::conversation::ChatType;
use super::message::Message;

/// Whether the vendor has opened a feature for the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    Open,
    Closed,
}

/// An app with what it stores.
#[derive(Debug)]
pub(super) struct App {
    pub(super) org: &'static str,
    pub(super) name: &'static str,
    /// Its name in the second form of an address, `app-id/{id}`.
    pub(super) id: &'static str,
    pub(super) uuid: &'static str,
    pub(super) client_id: &'static str,
    pub(super) client_secret: &'static str,
    /// Rewrite, recall and roaming, which the vendor opens together here.
    pub(super) features: Feature,
    pub(super) users: BTreeSet<&'static str>,
    pub(super) messages: BTreeMap<i64, Message>,
}

impl App {
    /// `org#app`
    pub(super) fn key(&self) -> String {
        format!("{}#{}", self.org, self.name)
    }

    /// Every message that this user's roaming would give from a dialogue, a group or a room.
    pub(super) fn roaming_of<'a>(
        &'a mut self,
        user: &'a str,
        chat: Talk<'a>,
    ) -> impl Iterator<Item = &'a mut Message> {
        let visible = move |it: &&mut Message| chat.holds(it, user) && !it.hidden_from.contains(user);
        self.messages.values_mut().filter(visible)
    }
}

/// Which conversation of a user is meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Talk<'a> {
    With(&'a str),
    /// A group; where one may say either, also a room.
    In(&'a str),
    Any,
}

impl Talk<'_> {
    /// Whether the message belongs to it, for this user.
    pub(super) fn holds(self, message: &Message, user: &str) -> bool {
        match self {
            Self::With(peer) => message.is_between(user, peer),
            Self::In(id) => message.chat_type != ChatType::Chat && message.to == id,
            Self::Any => message.chat_type != ChatType::Chat || message.from == user || message.to == user,
        }
    }
}
