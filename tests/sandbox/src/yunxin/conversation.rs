//! The two variable segments of a message's path: the conversation and the id.

use super::codes::Refusal;
use super::message::{ConversationType, Copy, Message};
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
        let wrong = || {
            let shape = "must be sender_id|conversation_type|receiver_id, percent-encoded";
            Refusal::parameter("conversation_id", shape)
        };
        let whole = decode(segment, Plus::Literal).ok_or_else(wrong)?;
        let parts: Vec<&str> = whole.split('|').collect();
        let [sender_id, number, receiver_id] = parts.as_slice() else {
            return Err(wrong());
        };
        let kind = match *number {
            "1" => ConversationType::OneToOne,
            "2" => ConversationType::Team,
            "3" => ConversationType::SuperTeam,
            _ => return Err(wrong()),
        };
        if sender_id.is_empty() || receiver_id.is_empty() {
            return Err(wrong());
        }
        Ok(Self { sender_id: (*sender_id).to_owned(), kind, receiver_id: (*receiver_id).to_owned() })
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

    /// Whether the account named first still sees the message: a one-way recall leaves it to its sender only.
    pub(super) fn shows(&self, message: &Message) -> bool {
        self.holds(message) && (message.copy == Copy::Kept || message.sender_id == self.sender_id)
    }
}

/// The message's id (Y-ID-3).
pub(super) fn message_id(segment: &str) -> Result<i64, Refusal> {
    digits(segment).ok_or_else(|| Refusal::parameter("message_server_id", "must be a 64-bit integer"))
}
