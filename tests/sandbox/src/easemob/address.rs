//! What a path addresses: an app, in one of two forms, and a call.

use axum::http::Method;

/// An operation of this dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Token,
    Rewrite,
    Recall,
    BatchRecall,
    DeleteRoaming,
    DeleteRoamingGroup,
    DeleteRoamingBefore,
    DeleteRoamingGroupBefore,
    DeleteRoamingAll,
    DeleteConversation,
    SendUsers,
    SendGroups,
    SendRooms,
    FindChat,
    FindGroup,
    HourFile,
}

impl Operation {
    /// The names a fault may wait for.
    pub(crate) const NAMES: [&'static str; 16] = [
        "easemob.token",
        "easemob.rewrite",
        "easemob.recall",
        "easemob.batch_recall",
        "easemob.delete_roaming",
        "easemob.delete_roaming_group",
        "easemob.delete_roaming_before",
        "easemob.delete_roaming_group_before",
        "easemob.delete_roaming_all",
        "easemob.delete_conversation",
        "easemob.send_users",
        "easemob.send_groups",
        "easemob.send_rooms",
        "easemob.find_chat",
        "easemob.find_group",
        "easemob.find_hour_file",
    ];

    /// The name in the logs and in faults.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Token => "easemob.token",
            Self::Rewrite => "easemob.rewrite",
            Self::Recall => "easemob.recall",
            Self::BatchRecall => "easemob.batch_recall",
            Self::DeleteRoaming => "easemob.delete_roaming",
            Self::DeleteRoamingGroup => "easemob.delete_roaming_group",
            Self::DeleteRoamingBefore => "easemob.delete_roaming_before",
            Self::DeleteRoamingGroupBefore => "easemob.delete_roaming_group_before",
            Self::DeleteRoamingAll => "easemob.delete_roaming_all",
            Self::DeleteConversation => "easemob.delete_conversation",
            Self::SendUsers => "easemob.send_users",
            Self::SendGroups => "easemob.send_groups",
            Self::SendRooms => "easemob.send_rooms",
            Self::FindChat => "easemob.find_chat",
            Self::FindGroup => "easemob.find_group",
            Self::HourFile => "easemob.find_hour_file",
        }
    }

    /// The one method under which it answers. The by-time deletes are DELETE (E-DEL-3).
    pub(super) fn method(self) -> Method {
        match self {
            Self::Rewrite => Method::PUT,
            Self::HourFile => Method::GET,
            Self::DeleteRoaming
            | Self::DeleteRoamingGroup
            | Self::DeleteRoamingBefore
            | Self::DeleteRoamingGroupBefore
            | Self::DeleteConversation => Method::DELETE,
            _ => Method::POST,
        }
    }
}

/// Which app a path names, still percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix<'a> {
    Named {
        org: &'a str,
        app: &'a str,
    },
    /// `app-id/{id}` (E-URL-5).
    Id(&'a str),
}

/// What a path calls, its variable segments still percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call<'a> {
    Token,
    Rewrite { msg_id: &'a str },
    Recall,
    BatchRecall,
    DeleteRoaming { user: &'a str },
    DeleteRoamingGroup { user: &'a str },
    DeleteRoamingBefore { user: &'a str },
    DeleteRoamingGroupBefore { user: &'a str },
    DeleteRoamingAll { user: &'a str },
    DeleteConversation { user: &'a str },
    SendUsers,
    SendGroups,
    SendRooms,
    FindChat,
    FindGroup,
    HourFile { time: &'a str },
}

/// A path taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address<'a> {
    pub(super) prefix: Prefix<'a>,
    /// None where the app has no such path.
    pub(super) call: Option<Call<'a>>,
}

/// What stands before the vendor's own path here.
pub(super) const ROOT: &str = "/easemob";

impl<'a> Address<'a> {
    /// Reads a path with its `/easemob`; none where it names no app.
    pub(super) fn read(path: &'a str) -> Option<Self> {
        let segments: Vec<&str> = path.strip_prefix(ROOT)?.strip_prefix('/')?.split('/').collect();
        // E-URL-4: the version stands before the org.
        let (first, second, call) = match segments.as_slice() {
            ["api", "server", "v6", first, second, rest @ ..] => (*first, *second, Call::of_v6(rest)),
            [first, second, rest @ ..] => (*first, *second, Call::read(rest)),
            _ => return None,
        };
        let prefix = match first {
            "app-id" => Prefix::Id(second),
            org => Prefix::Named { org, app: second },
        };
        Some(Self { prefix, call })
    }

    /// The operation behind the path.
    pub(super) fn operation(self) -> Option<Operation> {
        self.call.map(Call::operation)
    }
}

impl<'a> Call<'a> {
    fn of_v6(rest: &[&'a str]) -> Option<Self> {
        match rest {
            ["roaming", "chat"] => Some(Self::FindChat),
            ["roaming", "group"] => Some(Self::FindGroup),
            _ => None,
        }
    }

    fn read(rest: &[&'a str]) -> Option<Self> {
        match rest {
            ["token"] => Some(Self::Token),
            ["messages", "rewrite", msg_id] => Some(Self::Rewrite { msg_id }),
            ["messages", "msg_recall"] => Some(Self::Recall),
            ["messages", "batch_recall"] => Some(Self::BatchRecall),
            ["messages", "users"] => Some(Self::SendUsers),
            ["messages", "chatgroups"] => Some(Self::SendGroups),
            ["messages", "chatrooms"] => Some(Self::SendRooms),
            ["rest", "message", "roaming", rest @ ..] => Self::of_roaming(rest),
            ["users", user, "user_channel"] => Some(Self::DeleteConversation { user }),
            ["chatmessages", time] => Some(Self::HourFile { time }),
            _ => None,
        }
    }

    fn of_roaming(rest: &[&'a str]) -> Option<Self> {
        match rest {
            ["chat", "user", user] => Some(Self::DeleteRoaming { user }),
            ["chat", "user", user, "time"] => Some(Self::DeleteRoamingBefore { user }),
            ["group", "user", user] => Some(Self::DeleteRoamingGroup { user }),
            ["group", "user", user, "time"] => Some(Self::DeleteRoamingGroupBefore { user }),
            ["user", user, "delete", "all"] => Some(Self::DeleteRoamingAll { user }),
            _ => None,
        }
    }

    /// The operation behind the call.
    pub(super) fn operation(self) -> Operation {
        match self {
            Self::Token => Operation::Token,
            Self::Rewrite { .. } => Operation::Rewrite,
            Self::Recall => Operation::Recall,
            Self::BatchRecall => Operation::BatchRecall,
            Self::DeleteRoaming { .. } => Operation::DeleteRoaming,
            Self::DeleteRoamingGroup { .. } => Operation::DeleteRoamingGroup,
            Self::DeleteRoamingBefore { .. } => Operation::DeleteRoamingBefore,
            Self::DeleteRoamingGroupBefore { .. } => Operation::DeleteRoamingGroupBefore,
            Self::DeleteRoamingAll { .. } => Operation::DeleteRoamingAll,
            Self::DeleteConversation { .. } => Operation::DeleteConversation,
            Self::SendUsers => Operation::SendUsers,
            Self::SendGroups => Operation::SendGroups,
            Self::SendRooms => Operation::SendRooms,
            Self::FindChat => Operation::FindChat,
            Self::FindGroup => Operation::FindGroup,
            Self::HourFile { .. } => Operation::HourFile,
        }
    }
}

impl Call<'_> {
    /// Whether the call has parameters in its query.
    pub(super) fn has_query(self) -> bool {
        matches!(
            self,
            Self::DeleteRoaming { .. }
                | Self::DeleteRoamingGroup { .. }
                | Self::DeleteRoamingBefore { .. }
                | Self::DeleteRoamingGroupBefore { .. }
        )
    }

    /// Whether the call has parameters in its body.
    pub(super) fn has_body(self) -> bool {
        !self.has_query() && !matches!(self, Self::DeleteRoamingAll { .. } | Self::HourFile { .. })
    }
}
