//! The three kinds of conversation.

/// 会话类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ChatType {
    /// 单聊
    Chat,
    /// 群聊
    Group,
    /// 聊天室
    Room,
}

impl ChatType {
    /// Reads the name on the wire.
    pub(super) fn read(name: &str) -> Option<Self> {
        match name {
            "chat" => Some(Self::Chat),
            "groupchat" => Some(Self::Group),
            "chatroom" => Some(Self::Room),
            _ => None,
        }
    }

    /// The name on the wire.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Group => "groupchat",
            Self::Room => "chatroom",
        }
    }

    /// The number in the log of effects, which has no names.
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Chat => 1,
            Self::Group => 2,
            Self::Room => 3,
        }
    }
}
