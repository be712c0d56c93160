//! `yunxin.recall`: recall or delete one message. Everything travels in the path and the query; there is no body (Y-DEL-1…11).

use super::ids::{ACCOUNT, CONVERSATION_TYPES, MESSAGE_ID_MAX, P2P, SUPER_TEAM, TEAM, TEAM_TYPE};
use super::{foresee, read_back, reply};
use crate::domain::escape::query_value;
use crate::domain::field::Condition::Is;
use crate::domain::field::{Choice, Field, JsonShape, Kind, Limit, Lines, Role, Unit};
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb};
use crate::domain::problem::{Fault, Problem};
use crate::domain::sentence::choice_words;
use crate::domain::validation::{Readings, Valid};
use crate::words::{Words, yunxin as words};

/// Who sent the message: the first part of the conversation id.
pub static SENDER: Field =
    Field::path("conversation_id.sender_id", words::SENDER, Kind::Id(&ACCOUNT), "Y-ID-1")
        .required("Y-ID-4")
        .role(Role::Sender)
        .hint(words::SENDER_HINT);
/// The kind of conversation.
pub static CONVERSATION_TYPE: Field = Field::path(
    "conversation_id.conversation_type",
    words::CONVERSATION_TYPE,
    Kind::Choice(CONVERSATION_TYPES),
    "Y-ID-4",
)
.required("Y-ID-4");
/// The other account, or the team.
pub static RECEIVER: Field = Field::path(
    "conversation_id.receiver_id",
    words::RECEIVER,
    Kind::IdWhen(Is(&CONVERSATION_TYPE, &[TEAM_TYPE, SUPER_TEAM]), &TEAM, &ACCOUNT),
    "Y-ID-1",
)
.required("Y-ID-4")
.role(Role::Receiver)
.label_when(Is(&CONVERSATION_TYPE, &[TEAM_TYPE, SUPER_TEAM]), words::TEAM_ID);
/// Which message.
pub static MESSAGE: Field = Field::path(
    "message_server_id",
    words::MESSAGE_ID,
    Kind::Integer { min: 0, max: MESSAGE_ID_MAX },
    "Y-ID-3",
)
.required("Y-ID-3")
.hint(words::MESSAGE_ID_HINT);

pub(super) const ONE_WAY: &str = "1";
pub(super) const TWO_WAY: &str = "2";
pub(super) const DELETE: &str = "3";

/// How: one-way, two-way or delete; always sent.
pub static TYPE: Field = Field::query(
    "type",
    words::RECALL_KIND,
    Kind::Choice(&[
        Choice::noted(ONE_WAY, words::ONE_WAY, words::ONE_WAY_NOTE),
        Choice::noted(TWO_WAY, words::TWO_WAY, words::TWO_WAY_NOTE),
        Choice::noted(DELETE, words::DELETE, words::DELETE_NOTE),
    ]),
    "Y-DEL-1",
)
.required("Y-DEL-1");
/// The note shown with the recall.
pub static DESCRIPTION: Field =
    Field::query("description", words::DESCRIPTION, Kind::Text(Lines::One), "Y-DEL-5")
        .limits(const { &[Limit::most(128, Unit::Utf16, "Y-DEL-5")] })
        .hint(words::DESCRIPTION_HINT);
/// The push's text; the server cuts it, so going over only warns (Y-DEL-6).
pub static PUSH_CONTENT: Field =
    Field::query("push_content", words::PUSH_CONTENT, Kind::Text(Lines::Many), "Y-DEL-6")
        .when(&[(Is(&TYPE, &[TWO_WAY]), "Y-DEL-3")])
        .limits(const { &[Limit::warn(500, Unit::Utf16, "Y-DEL-6", words::PUSH_CUT)] });
/// The push's payload: JSON as text. The vendor's page describes it under the neighbouring name.
pub static PUSH_PAYLOAD: Field =
    Field::query("push_payload", words::PUSH_PAYLOAD, Kind::JsonText(JsonShape::Any), "Y-DEL-7")
        .when(&[(Is(&TYPE, &[TWO_WAY]), "Y-DEL-3")])
        .limits(const { &[Limit::most(2048, Unit::Utf16, "Y-DEL-7")] })
        .hint(words::JSON_TEXT_HINT);
/// Which of the app's environments gets a copy.
pub static ROUTE_ENVIRONMENT: Field =
    Field::query("route_environment", words::ROUTE_ENVIRONMENT, Kind::Text(Lines::One), "Y-DEL-3")
        .when(&[(Is(&TYPE, &[TWO_WAY]), "Y-DEL-3")]);
/// Extra data of the recall notice.
pub static ATTACH: Field = Field::query("attach", words::ATTACH, Kind::Text(Lines::Many), "Y-DEL-4")
    .when(&[(Is(&TYPE, &[TWO_WAY]), "Y-DEL-3"), (Is(&CONVERSATION_TYPE, &[P2P, TEAM_TYPE]), "Y-DEL-4")])
    .limits(const { &[Limit::most(5000, Unit::Utf16, "Y-DEL-4")] });
/// Whether the sender must still be a member of the team.
pub static CHECK_MEMBER: Field =
    Field::query("check_team_member_valid", words::CHECK_MEMBER, Kind::Flag, "Y-MOD-18")
        .when(&[(Is(&CONVERSATION_TYPE, &[TEAM_TYPE, SUPER_TEAM]), "Y-MOD-17")])
        .default("true")
        .hint(words::CHECK_MEMBER_HINT);
/// Whether the recall window is ignored. The wire name is misspelt by the vendor, and stays so (Q-DEL-2).
pub static IGNORE_WINDOW: Field = Field::query(
    "ingore_revoke_time",
    words::IGNORE_WINDOW,
    Kind::Choice(&[Choice::new("0", words::WINDOW_KEPT), Choice::new("1", words::WINDOW_IGNORED)]),
    "Y-DEL-8",
)
.omitted("0")
.hint(words::IGNORE_WINDOW_HINT);
/// When the message was sent. Only the vendor's SDK knows this one; here it also tells the window, and where to look afterwards.
pub static MESSAGE_TIME: Field =
    Field::query("message_time", words::MESSAGE_TIME_OPTIONAL, Kind::Time, "Y-ID-3")
        .hint(words::MESSAGE_TIME_OPTIONAL_HINT);

/// Recall or delete one message.
pub static RECALL: Operation = Operation {
    id: "yunxin.recall",
    verb: Verb::Recall,
    title: words::RECALL,
    vendor_name: words::RECALL_VENDOR,
    short: words::RECALL_SHORT,
    method: Method::Delete,
    path: &[
        Segment::Literal("im"),
        Segment::Literal("v2"),
        Segment::Literal("conversations"),
        Segment::Joined(&[&SENDER, &CONVERSATION_TYPE, &RECEIVER], "|"),
        Segment::Literal("messages"),
        Segment::Of(&MESSAGE),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHICH, &[&SENDER, &CONVERSATION_TYPE, &RECEIVER, &MESSAGE]),
            Group::open(words::GROUP_HOW, &[&TYPE, &DESCRIPTION]),
            Group::folded(words::GROUP_NOTICE, &[&PUSH_CONTENT, &PUSH_PAYLOAD, &ROUTE_ENVIRONMENT, &ATTACH]),
            Group::folded(words::GROUP_ADVANCED, &[&CHECK_MEMBER, &IGNORE_WINDOW, &MESSAGE_TIME]),
        ],
        rules: &[
            Rule { id: "Y-DEL-2", check: super_team_recalls_both_ways },
            Rule { id: "Y-DEL-5", check: deletion_shows_no_note },
            Rule { id: "Y-DEL-10", check: address_not_too_long },
        ],
    },
    danger: Danger::Destroys,
    act: words::RECALL_ACT,
    spacing: None,
    targets: Targets::One,
    scope,
    explain: |_, answer| {
        reply::explain(answer, words::ACCEPTED_RECALL, words::ACCEPTED_RECALL_CAUSE, words::ACCEPTED_NEXT)
    },
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresee::recall,
    read_back: Some(&read_back::RECALLED),
};

fn super_team_recalls_both_ways(readings: &Readings) -> Option<Problem> {
    let how = readings.text(&TYPE);
    let refused = readings.text(&CONVERSATION_TYPE) == SUPER_TEAM && !how.is_empty() && how != TWO_WAY;
    refused.then(|| {
        Problem::stop(TYPE.name, "Y-DEL-2", Fault::said("super_team_two_way_only", words::SUPER_TEAM_TWO_WAY))
    })
}

fn deletion_shows_no_note(readings: &Readings) -> Option<Problem> {
    let pointless = readings.text(&TYPE) == DELETE && !readings.typed(&DESCRIPTION).is_empty();
    pointless.then(|| {
        Problem::warn(DESCRIPTION.name, "Y-DEL-5", Fault::said("note_not_seen", words::DESCRIPTION_POINTLESS))
    })
}

/// Above this many bytes of address some gateways refuse; the vendor's own limit is not documented.
const ADDRESS_MAX: usize = 8192;

fn address_not_too_long(readings: &Readings) -> Option<Problem> {
    let sizes: Vec<_> =
        readings.query().map(|(name, text)| (name, name.len() + query_value(&text).len() + 2)).collect();
    // Scheme, host and path take at most about 200 bytes.
    let actual = 200 + sizes.iter().map(|(_, size)| size).sum::<usize>();
    let (longest, _) = sizes.into_iter().max_by_key(|(_, size)| *size)?;
    let fault = Fault::Said {
        code: "address_too_long",
        says: words::URL_LONG,
        facts: vec![("actual", actual.to_string())],
    };
    (actual > ADDRESS_MAX).then(|| Problem::warn(longest, "Y-DEL-10", fault))
}

fn scope(valid: &Valid) -> Scope {
    let kind = valid.text(&TYPE);
    let effect = match kind.as_str() {
        ONE_WAY => words::EFFECT_ONE_WAY,
        TWO_WAY => words::EFFECT_TWO_WAY,
        DELETE => words::EFFECT_DELETE,
        _ => Words::NONE,
    };
    Scope {
        says: words::RECALL_SCOPE,
        facts: vec![
            ("place", Fact::Words(choice_words(&CONVERSATION_TYPE, &valid.text(&CONVERSATION_TYPE)))),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("how", Fact::Words(choice_words(&TYPE, &kind))),
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("count", Fact::Text("1".to_owned())),
            ("message", Fact::Text(valid.text(&MESSAGE))),
            ("effect", Fact::Words(effect)),
            ("final", Fact::Words(words::RECALL_FINAL)),
        ],
    }
}
