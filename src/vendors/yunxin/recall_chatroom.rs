//! `yunxin.recall_chatroom`: recall or delete one message of a chatroom. Everything travels in the path and the query.

use super::ids::{ACCOUNT, CLIENT_ID, MESSAGE_ID_MAX};
use super::{foresee, read_back, reply};
use crate::domain::field::Condition::Is;
use crate::domain::field::{Choice, Field, Kind, Limit, Lines, Role, Unit};
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Scope, Segment, Targets, Verb};
use crate::domain::sentence::choice_words;
use crate::domain::validation::Valid;
use crate::words::{Words, yunxin as words};

/// Which room.
pub static ROOM: Field =
    Field::path("room_id", words::ROOM, Kind::Integer { min: 0, max: MESSAGE_ID_MAX }, "Y-ROOM")
        .required("Y-ROOM")
        .role(Role::Group);
/// Which message: a chatroom names it by the client's id.
pub static MESSAGE: Field =
    Field::path("message_client_id", words::CLIENT_ID, Kind::Id(&CLIENT_ID), "Y-ROOM").required("Y-ROOM");
/// Who does it.
pub static OPERATOR: Field = Field::query("operator_id", words::OPERATOR, Kind::Id(&ACCOUNT), "Y-ID-1")
    .required("Y-ROOM")
    .hint(words::ROOM_OPERATOR_HINT);
/// Who sent it.
pub static SENDER: Field = Field::query("sender_id", words::SENDER, Kind::Id(&ACCOUNT), "Y-ID-1")
    .required("Y-ROOM")
    .role(Role::Sender)
    .hint(words::SENDER_HINT);
/// When it was sent.
pub static TIME: Field = Field::query("create_time", words::MESSAGE_TIME, Kind::Time, "Y-ROOM")
    .required("Y-ROOM")
    .hint(words::MESSAGE_TIME_HINT);

const TOLD: &str = "true";
const UNTOLD: &str = "false";

/// With a notice it is a recall, without one a deletion.
pub static NOTICE: Field = Field::query(
    "notification_enabled",
    words::RECALL_KIND,
    Kind::Word(&[
        Choice::noted(TOLD, words::ROOM_RECALL, words::ROOM_RECALL_NOTE),
        Choice::noted(UNTOLD, words::DELETE, words::ROOM_DELETE_NOTE),
    ]),
    "Y-ROOM",
)
.required("Y-ROOM");
/// Extra data of the notice.
pub static NOTICE_EXTENSION: Field =
    Field::query("notification_extension", words::ATTACH, Kind::Text(Lines::Many), "Y-ROOM")
        .when(&[(Is(&NOTICE, &[TOLD]), "Y-ROOM")])
        .limits(const { &[Limit::most(1024, Unit::Utf16, "Y-ROOM")] });

/// Recall or delete one message of a chatroom.
pub static RECALL_CHATROOM: Operation = Operation {
    id: "yunxin.recall_chatroom",
    verb: Verb::Recall,
    title: words::RECALL_ROOM,
    vendor_name: words::RECALL_ROOM_VENDOR,
    short: words::RECALL_ROOM_SHORT,
    method: Method::Delete,
    path: &[
        Segment::Literal("im"),
        Segment::Literal("v2"),
        Segment::Literal("chatrooms"),
        Segment::Of(&ROOM),
        Segment::Literal("messages"),
        Segment::Of(&MESSAGE),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHICH, &[&ROOM, &MESSAGE, &SENDER, &TIME]),
            Group::open(words::GROUP_HOW, &[&OPERATOR, &NOTICE, &NOTICE_EXTENSION]),
        ],
        rules: &[],
    },
    danger: Danger::Destroys,
    act: words::RECALL_ACT,
    spacing: None,
    targets: Targets::One,
    scope,
    explain: |_, answer| {
        reply::explain(answer, words::ACCEPTED_RECALL, words::ACCEPTED_CAUSE, words::ACCEPTED_NEXT)
    },
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresee::recall_chatroom,
    read_back: Some(&read_back::RECALLED_IN_ROOM),
};

fn scope(valid: &Valid) -> Scope {
    let kind = valid.text(&NOTICE);
    let effect = match kind.as_str() {
        TOLD => words::ROOM_RECALL_NOTE,
        UNTOLD => words::ROOM_DELETE_NOTE,
        _ => Words::NONE,
    };
    Scope {
        says: words::RECALL_SCOPE,
        facts: vec![
            ("place", Fact::Words(words::CHATROOM)),
            ("receiver", Fact::Text(valid.text(&ROOM))),
            ("how", Fact::Words(choice_words(&NOTICE, &kind))),
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("count", Fact::Text("1".to_owned())),
            ("message", Fact::Text(valid.text(&MESSAGE))),
            ("effect", Fact::Words(effect)),
            ("final", Fact::Words(words::RECALL_FINAL)),
        ],
    }
}
