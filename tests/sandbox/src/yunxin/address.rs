//! What a method and a path address.

use axum::http::Method;

/// An operation of this dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    Modify,
    Recall,
    BatchSend,
}

impl Operation {
    /// The names a fault may wait for.
    pub(crate) const NAMES: [&'static str; 3] = ["yunxin.modify", "yunxin.recall", "yunxin.batch_send"];

    /// The name in the logs and in faults.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Modify => "yunxin.modify",
            Self::Recall => "yunxin.recall",
            Self::BatchSend => "yunxin.batch_send",
        }
    }

    /// The one method under which it answers.
    pub(super) fn method(self) -> Method {
        match self {
            Self::Modify | Self::BatchSend => Method::POST,
            Self::Recall => Method::DELETE,
        }
    }
}

/// What a path addresses, its variable segments still percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    Modify,
    BatchSend,
    Recall { conversation_id: &'a str, message_server_id: &'a str },
}

impl<'a> Address<'a> {
    /// Reads a path with its `/yunxin` prefix. The API list's `actions/modify` is not a path: four sources against one.
    pub(super) fn read(path: &'a str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix("/yunxin/im/v2/")?.split('/').collect();
        match segments.as_slice() {
            ["messages", "actions", "modifyMsg"] => Some(Self::Modify),
            ["conversations", "messages"] => Some(Self::BatchSend),
            ["conversations", conversation_id, "messages", message_server_id] => {
                Some(Self::Recall { conversation_id, message_server_id })
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
        }
    }
}
