//! What other clouds can do and Yunxin's interface cannot.

use crate::domain::operation::Verb;
use crate::domain::vendor::Gap;
use crate::words::yunxin as words;

/// All of it.
pub(super) const GAPS: &[Gap] = &[
    Gap {
        verb: Verb::Modify,
        title: words::GAP_ROOM_MODIFY,
        reason: words::GAP_ROOM_MODIFY_WHY,
        nearest: "yunxin.recall_chatroom",
    },
    Gap {
        verb: Verb::Recall,
        title: words::GAP_RECALL_MANY,
        reason: words::GAP_RECALL_MANY_WHY,
        nearest: "yunxin.recall",
    },
    Gap {
        verb: Verb::Recall,
        title: words::GAP_RECALL_SENDER,
        reason: words::GAP_RECALL_SENDER_WHY,
        nearest: "yunxin.search",
    },
    Gap {
        verb: Verb::Send,
        title: words::GAP_SEND_TEAMS,
        reason: words::GAP_SEND_TEAMS_WHY,
        nearest: "yunxin.send",
    },
];
