//! What a method and a path address.

use axum::http::Method;

/// An operation of this dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    Modify,
    Recall,
    BatchSend,
    Send,
    Clear,
    RecallChatroom,
    FindMessage,
    FindHistory,
    FindByIds,
    FindChatroom,
    Search,
}

impl Operation {
    /// The names a fault may wait for.
    pub(crate) const NAMES: [&'static str; 11] = [
        "yunxin.modify",
        "yunxin.recall",
        "yunxin.batch_send",
        "yunxin.send",
        "yunxin.clear_conversation",
        "yunxin.recall_chatroom",
        "yunxin.find_message",
        "yunxin.find_history",
        "yunxin.find_by_ids",
        "yunxin.find_chatroom",
        "yunxin.search",
    ];

    /// The name in the logs and in faults.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Modify => "yunxin.modify",
            Self::Recall => "yunxin.recall",
            Self::BatchSend => "yunxin.batch_send",
            Self::Send => "yunxin.send",
            Self::Clear => "yunxin.clear_conversation",
            Self::RecallChatroom => "yunxin.recall_chatroom",
            Self::FindMessage => "yunxin.find_message",
            Self::FindHistory => "yunxin.find_history",
            Self::FindByIds => "yunxin.find_by_ids",
            Self::FindChatroom => "yunxin.find_chatroom",
            Self::Search => "yunxin.search",
        }
    }

    /// The one method under which it answers.
    pub(super) fn method(self) -> Method {
        match self {
            Self::Modify | Self::BatchSend | Self::Send | Self::FindByIds => Method::POST,
            Self::Recall | Self::Clear | Self::RecallChatroom => Method::DELETE,
            Self::FindMessage | Self::FindHistory | Self::FindChatroom | Self::Search => Method::GET,
        }
    }
}

/// What a path addresses, its variable segments still percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    Modify,
    BatchSend,
    Recall { conversation_id: &'a str, message_server_id: &'a str },
    Send { conversation_id: &'a str },
    Clear { conversation_id: &'a str },
    RecallChatroom { room_id: &'a str, message_client_id: &'a str },
    FindMessage { conversation_id: &'a str, message_server_id: &'a str },
    FindHistory { conversation_id: &'a str },
    FindByIds { conversation_id: &'a str },
    FindChatroom { room_id: &'a str },
    Search,
}

/// Where the vendor's IM API begins; anything else below `/yunxin` is not the vendor's at all.
pub(super) const API: &str = "/yunxin/im/";

impl<'a> Address<'a> {
    /// Reads a path with its `/yunxin` prefix. The API list's `actions/modify` is not a path: four sources against one.
    ///
    /// The method counts only where one path has two: a conversation's messages are sent to and cleared.
    pub(super) fn read(method: &Method, path: &'a str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix(API)?.split('/').collect();
        match segments.as_slice() {
            ["v2", "messages", "actions", "modifyMsg"] => Some(Self::Modify),
            ["v2", "conversations", "messages"] => Some(Self::BatchSend),
            ["v2", "conversations", conversation_id, "messages"] if *method == Method::DELETE => {
                Some(Self::Clear { conversation_id })
            }
            ["v2", "conversations", conversation_id, "messages"] => Some(Self::Send { conversation_id }),
            ["v2", "conversations", conversation_id, "messages", message_server_id] => {
                Some(Self::Recall { conversation_id, message_server_id })
            }
            ["v2", "chatrooms", room_id, "messages", message_client_id] => {
                Some(Self::RecallChatroom { room_id, message_client_id })
            }
            ["v2.1", "conversations", conversation_id, "messages"] => {
                Some(Self::FindHistory { conversation_id })
            }
            ["v2.1", "conversations", conversation_id, "messages", message_server_id] => {
                Some(Self::FindMessage { conversation_id, message_server_id })
            }
            ["v2.1", "conversations", conversation_id, "batch_messages"] => {
                Some(Self::FindByIds { conversation_id })
            }
            ["v2.1", "chatrooms", room_id, "messages"] => Some(Self::FindChatroom { room_id }),
            ["v2.1", "messages", "actions", "search_messages"] => Some(Self::Search),
            _ => None,
        }
    }

    /// The operation behind the path.
    pub(super) fn operation(self) -> Operation {
        match self {
            Self::Modify => Operation::Modify,
            Self::BatchSend => Operation::BatchSend,
            Self::Recall { .. } => Operation::Recall,
            Self::Send { .. } => Operation::Send,
            Self::Clear { .. } => Operation::Clear,
            Self::RecallChatroom { .. } => Operation::RecallChatroom,
            Self::FindMessage { .. } => Operation::FindMessage,
            Self::FindHistory { .. } => Operation::FindHistory,
            Self::FindByIds { .. } => Operation::FindByIds,
            Self::FindChatroom { .. } => Operation::FindChatroom,
            Self::Search => Operation::Search,
        }
    }

    /// The methods that the path answers, as an `Allow` header names them.
    pub(super) fn allow(self) -> &'static str {
        match self {
            Self::Send { .. } | Self::Clear { .. } => "DELETE, POST",
            other => match other.operation().method() {
                Method::POST => "POST",
                Method::DELETE => "DELETE",
                _ => "GET",
            },
        }
    }
}
