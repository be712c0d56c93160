//! The two variable segments of a message's path: the conversation and the id.

use super::codes::Refusal;
use super::message::{ConversationType, Copy, Message, Shelf};
use super::query::{Plus, decode, digits};

/// `first|conversation_type|second` (Y-ID-4): a recall names the message's sender first, a query the account that looks.
pub(super) struct Conversation {
    pub(super) sender_id: String,
    pub(super) kind: ConversationType,
    pub(super) receiver_id: String,
}

impl Conversation {
    /// Decodes the segment and takes it apart.
    pub(super) fn read(segment: &str) -> Result<Self, Refusal> {
        Self::of(&decode(segment, Plus::Literal).ok_or_else(misshapen)?)
    }

    /// Takes apart an id that is decoded already.
    pub(super) fn of(whole: &str) -> Result<Self, Refusal> {
        let parts: Vec<&str> = whole.split('|').collect();
        let [sender_id, number, receiver_id] = parts.as_slice() else {
            return Err(misshapen());
        };
        let kind = match *number {
            "1" => ConversationType::OneToOne,
            "2" => ConversationType::Team,
            "3" => ConversationType::SuperTeam,
            _ => return Err(misshapen()),
        };
        if sender_id.is_empty() || receiver_id.is_empty() {
            return Err(misshapen());
        }
        Ok(Self { sender_id: (*sender_id).to_owned(), kind, receiver_id: (*receiver_id).to_owned() })
    }

    /// A conversation of this account with another, or in a team.
    pub(super) fn between(account: &str, kind: ConversationType, other: &str) -> Self {
        Self { sender_id: account.to_owned(), kind, receiver_id: other.to_owned() }
    }

    /// Whether the message stands in this dialogue or team, whoever wrote it.
    pub(super) fn holds(&self, message: &Message) -> bool {
        let same_way = message.receiver_id == self.receiver_id;
        message.conversation_type == self.kind
            && match self.kind {
                ConversationType::OneToOne => {
                    (same_way && message.sender_id == self.sender_id)
                        || (message.sender_id == self.receiver_id && message.receiver_id == self.sender_id)
                }
                ConversationType::Team | ConversationType::SuperTeam => same_way,
            }
    }

    /// Whether the message stands here and the account named first wrote it.
    pub(super) fn names_sender_of(&self, message: &Message) -> bool {
        self.holds(message) && message.sender_id == self.sender_id && message.receiver_id == self.receiver_id
    }

    /// Whether the account named first still sees the message: a one-way recall leaves it to its sender only, and
    /// who has cleared the history sees nothing of it.
    pub(super) fn shows(&self, message: &Message) -> bool {
        self.holds(message)
            && (message.copy == Copy::Kept || message.sender_id == self.sender_id)
            && !message.off_shelf.contains(&(self.sender_id.clone(), Shelf::History))
    }
}

fn misshapen() -> Refusal {
    let shape = "must be sender_id|conversation_type|receiver_id, percent-encoded";
    Refusal::parameter("conversation_id", shape)
}

/// The message's id (Y-ID-3).
pub(super) fn message_id(segment: &str) -> Result<i64, Refusal> {
    digits(segment).ok_or_else(|| Refusal::parameter("message_server_id", "must be a 64-bit integer"))
}
