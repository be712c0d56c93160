//! What a path addresses.

/// An operation of this dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    ModifyC2c,
    RecallC2c,
    DeleteC2c,
    Send,
    BatchSend,
    FindC2c,
    ModifyGroup,
    RecallGroup,
    FindGroup,
    SendGroup,
    RecallBySender,
}

/// The service a command belongs to; each has its own family of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    OpenIm,
    Group,
}

/// Where the vendor's REST API begins.
const API: &str = "/tencent/v4/";
const GROUP_SERVICE: &str = "group_open_http_svc";

impl Operation {
    const ALL: [(Self, &'static str, &'static str); 11] = [
        (Self::ModifyC2c, "tencent.modify_c2c", "openim/modify_c2c_msg"),
        (Self::RecallC2c, "tencent.recall_c2c", "openim/admin_msgwithdraw"),
        (Self::DeleteC2c, "tencent.delete_c2c", "openim/delete_c2c_msg_ramble"),
        (Self::Send, "tencent.send", "openim/sendmsg"),
        (Self::BatchSend, "tencent.batch_send", "openim/batchsendmsg"),
        (Self::FindC2c, "tencent.find_c2c", "openim/admin_getroammsg"),
        (Self::ModifyGroup, "tencent.modify_group", "openim/modify_group_msg"),
        (Self::RecallGroup, "tencent.recall_group", "group_open_http_svc/group_msg_recall"),
        (Self::FindGroup, "tencent.find_group", "group_open_http_svc/group_msg_get_simple"),
        (Self::SendGroup, "tencent.send_group", "group_open_http_svc/send_group_msg"),
        (Self::RecallBySender, "tencent.recall_by_sender", "group_open_http_svc/delete_group_msg_by_sender"),
    ];

    /// The names a fault may wait for.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(|(_, name, _)| name)
    }

    /// The name in the logs and in faults.
    pub(super) fn name(self) -> &'static str {
        let named = Self::ALL.into_iter().find(|(operation, ..)| *operation == self);
        named.map_or("tencent", |(_, name, _)| name)
    }

    /// The operation behind a path with its `/tencent` prefix.
    pub(super) fn at(path: &str) -> Option<Self> {
        let command = path.strip_prefix(API)?;
        let found = Self::ALL.into_iter().find(|(.., at)| *at == command);
        found.map(|(operation, ..)| operation)
    }

    /// The service the command belongs to.
    pub(super) fn service(self) -> Service {
        match self {
            Self::RecallGroup | Self::FindGroup | Self::SendGroup | Self::RecallBySender => Service::Group,
            _ => Service::OpenIm,
        }
    }
}

/// Whether an unknown path is at least one of the group service's.
pub(super) fn is_group_service(path: &str) -> bool {
    let service = path.strip_prefix(API).and_then(|rest| rest.split('/').next());
    service == Some(GROUP_SERVICE)
}
