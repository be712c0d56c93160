//! What a method and a path address.

use axum::http::Method;

/// An operation of this dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    Modify,
    Recall,
    BatchSend,
    FindMessage,
}

impl Operation {
    /// The names a fault may wait for.
    pub(crate) const NAMES: [&'static str; 4] =
        ["yunxin.modify", "yunxin.recall", "yunxin.batch_send", "yunxin.find_message"];

    /// The name in the logs and in faults.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Modify => "yunxin.modify",
            Self::Recall => "yunxin.recall",
            Self::BatchSend => "yunxin.batch_send",
            Self::FindMessage => "yunxin.find_message",
        }
    }

    /// The one method under which it answers.
    pub(super) fn method(self) -> Method {
        match self {
            Self::Modify | Self::BatchSend => Method::POST,
            Self::Recall => Method::DELETE,
            Self::FindMessage => Method::GET,
        }
    }
}

/// What a path addresses, its variable segments still percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    Modify,
    BatchSend,
    Recall { conversation_id: &'a str, message_server_id: &'a str },
    FindMessage { conversation_id: &'a str, message_server_id: &'a str },
}

/// Where the vendor's IM API begins; anything else below `/yunxin` is not the vendor's at all.
pub(super) const API: &str = "/yunxin/im/";

impl<'a> Address<'a> {
    /// Reads a path with its `/yunxin` prefix. The API list's `actions/modify` is not a path: four sources against one.
    pub(super) fn read(path: &'a str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix(API)?.split('/').collect();
        match segments.as_slice() {
            ["v2", "messages", "actions", "modifyMsg"] => Some(Self::Modify),
            ["v2", "conversations", "messages"] => Some(Self::BatchSend),
            ["v2", "conversations", conversation_id, "messages", message_server_id] => {
                Some(Self::Recall { conversation_id, message_server_id })
            }
            ["v2.1", "conversations", conversation_id, "messages", message_server_id] => {
                Some(Self::FindMessage { conversation_id, message_server_id })
            }
            _ => None,
        }
    }

    /// The operation behind the path.
    pub(super) fn operation(self) -> Operation {
        match self {
            Self::Modify => Operation::Modify,
            Self::BatchSend => Operation::BatchSend,
            Self::Recall { .. } => Operation::Recall,
            Self::FindMessage { .. } => Operation::FindMessage,
        }
    }
}
