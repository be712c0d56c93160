//! `yunxin.find_chatroom`: the messages of a chatroom, page by page.

use super::found::{self, Parts};
use super::ids::{ACCOUNT, MESSAGE_ID_MAX};
use super::page::{listing_fields, page_fields};
use crate::domain::field::{Field, Kind, Role};
use crate::domain::foresight;
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Scope, Segment, Targets, Verb};
use crate::words::yunxin as words;

/// Which room.
pub static ROOM: Field =
    Field::path("room_id", words::ROOM, Kind::Integer { min: 0, max: MESSAGE_ID_MAX }, "Y-ROOM")
        .required("Y-ROOM")
        .role(Role::Group);
/// Who looks.
pub static VIEWER: Field = Field::query("sender_id", words::VIEWER, Kind::Id(&ACCOUNT), "Y-ID-1")
    .required("Y-FIND")
    .role(Role::Sender)
    .hint(words::VIEWER_HINT);
page_fields!();
listing_fields!();

/// List a chatroom's messages.
pub static FIND_CHATROOM: Operation = Operation {
    id: "yunxin.find_chatroom",
    verb: Verb::Find,
    title: words::FIND_CHATROOM,
    vendor_name: words::FIND_CHATROOM_VENDOR,
    short: words::FIND_CHATROOM_SHORT,
    method: Method::Get,
    path: &[
        Segment::Literal("im"),
        Segment::Literal("v2.1"),
        Segment::Literal("chatrooms"),
        Segment::Of(&ROOM),
        Segment::Literal("messages"),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHERE, &[&ROOM, &VIEWER, &LIMIT, &ORDER]),
            Group::folded(words::GROUP_ADVANCED, &[&PAGE_TOKEN, &TYPES]),
        ],
        rules: &[],
    },
    danger: Danger::Looks,
    act: words::FIND_HISTORY_ACT,
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope {
        says: words::FIND_CHATROOM_SCOPE,
        facts: vec![("sender", Fact::Text(valid.text(&VIEWER))), ("room", Fact::Text(valid.text(&ROOM)))],
    },
    explain: |valid, answer| {
        found::explain(answer, "items", &Parts { room: valid.text(&ROOM), ..Parts::default() })
    },
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresight::nothing,
    read_back: None,
};
