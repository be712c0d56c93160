//! `yunxin.modify`: replace the content of a message that was already sent (Y-MOD-1…19).

use super::ids::{ACCOUNT, CONVERSATION_TYPES, MESSAGE_ID_MAX, P2P, SUPER_TEAM, TEAM, TEAM_TYPE, TEAMS};
use super::message::content_fields;
use super::options::{
    antispam_fields, conversation_options, custom_antispam_fields, force_push_fields, push_fields,
    route_fields,
};
use super::reply::{self, Envelope};
use crate::domain::field::{Items, JsonShape, Role};
use crate::domain::form::Form;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Spacing, Targets, Verb,
};
use crate::domain::outcome::{Advice, Outcome, Repeat, Verdict};
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Reply;
use crate::domain::sentence::choice_words;
use crate::domain::validation::{Readings, Valid};
use crate::words::yunxin as words;

content_fields!(type: "Y-MOD-6", typed: "Y-MOD-1", text: "Y-MOD-3", needed: "Y-MOD-4", attachment: "Y-MOD-5", sub_type: "Y-MOD-7");

/// Who edits.
pub static OPERATOR: Field = Field::body("operator", words::OPERATOR, Kind::Id(&ACCOUNT), "Y-ID-1")
    .required("Y-MOD-1")
    .hint(words::OPERATOR_HINT);
/// The kind of conversation.
pub static TYPE: Field =
    Field::body("type", words::CONVERSATION_TYPE, Kind::Choice(CONVERSATION_TYPES), "Y-MOD-2")
        .required("Y-MOD-1");
/// Developer data: JSON as text.
pub static EXTENSION: Field =
    Field::body("extension", words::EXTENSION, Kind::JsonText(JsonShape::Any), "Y-MOD-16")
        .limits(const { &[Limit::warn(1024, Unit::Utf16, "Y-MOD-16", words::EXTENSION_PLAN)] })
        .hint(words::JSON_TEXT_HINT);
/// Which message.
pub static MESSAGE: Field = Field::body(
    "message.message_server_id",
    words::MESSAGE_ID,
    Kind::Integer { min: 0, max: MESSAGE_ID_MAX },
    "Y-ID-3",
)
.required("Y-MOD-1")
.hint(words::MESSAGE_ID_HINT);
/// Who sent it.
pub static SENDER: Field =
    Field::body("message.sender_id", words::ORIGINAL_SENDER, Kind::Id(&ACCOUNT), "Y-ID-1")
        .required("Y-MOD-1")
        .role(Role::Sender)
        .hint(words::SENDER_HINT);
/// Who got it: an account, or a team.
pub static RECEIVER: Field = Field::body(
    "message.receiver_id",
    words::ORIGINAL_RECEIVER,
    Kind::IdWhen(Is(&TYPE, TEAMS), &TEAM, &ACCOUNT),
    "Y-ID-1",
)
.required("Y-MOD-1")
.role(Role::Receiver)
.label_when(Is(&TYPE, TEAMS), words::TEAM_ID);
/// When it was sent, in milliseconds.
pub static TIME: Field = Field::body("message.time", words::MESSAGE_TIME, Kind::Time, "Y-MOD-1")
    .required("Y-MOD-1")
    .hint(words::MESSAGE_TIME_HINT);

/// Whether the conversation's last message is refreshed.
pub static CONVERSATION_UPDATE: Field = Field::body(
    "message_config.conversation_update_enabled",
    words::CONVERSATION_UPDATE,
    Kind::Flag,
    "Y-MOD-18",
)
.default("true");

route_fields!();
push_fields!(limits: "Y-MOD-11");

force_push_fields!(types: &TYPE);

antispam_fields!(limits: "Y-MOD-15");

custom_antispam_fields!();
conversation_options!(types: &TYPE);

/// Replace a message's content.
pub static MODIFY: Operation = Operation {
    id: "yunxin.modify",
    verb: Verb::Modify,
    title: words::MODIFY,
    vendor_name: words::MODIFY_VENDOR,
    short: words::MODIFY_SHORT,
    method: Method::Post,
    // One list of the vendor prints `modify`; four other sources say `modifyMsg`.
    path: &[
        Segment::Literal("im"),
        Segment::Literal("v2"),
        Segment::Literal("messages"),
        Segment::Literal("actions"),
        Segment::Literal("modifyMsg"),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHICH, &[&OPERATOR, &TYPE, &MESSAGE, &SENDER, &RECEIVER, &TIME]),
            Group::open(words::GROUP_NEW, CONTENT),
            PUSH_GROUP,
            FORCE_PUSH_GROUP,
            ANTISPAM_GROUP,
            Group::folded(
                words::GROUP_CONVERSATION,
                &[
                    &CONVERSATION_UPDATE,
                    &CHECK_FRIEND,
                    &TEAM_IGNORE_BAN,
                    &TEAM_CHECK_MEMBER,
                    &TEAM_IGNORE_MEMBER_BAN,
                    &SUPER_IGNORE_BAN,
                    &SUPER_IGNORE_MEMBER_BAN,
                    &SUPER_CHECK_MEMBER,
                ],
            ),
            Group::folded(words::GROUP_ROUTE, &[&ROUTE_ENABLED, &ROUTE_ENVIRONMENT, &EXTENSION]),
        ],
        rules: &[
            Rule { id: "Y-MOD-5", check: attachment_is_sound },
            Rule { id: "Y-MOD-8", check: not_older_than_a_week },
            Rule { id: "Y-MOD-10", check: operator_may_edit },
            Rule { id: "Y-MOD-14", check: custom_moderation_has_a_type },
            Rule { id: "Y-MOD-14", check: custom_moderation_has_its_data },
        ],
    },
    danger: Danger::Corrects,
    act: words::MODIFY_ACT,
    spacing: Some(Spacing { field: &MESSAGE, rest: 1000 }),
    targets: Targets::One,
    scope,
    explain,
    unanswered: |_| Vec::new(),
    follow,
    foresee: super::foresee::modify,
    read_back: Some(&super::read_back::MODIFIED),
};

const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;
const MINUTE: i64 = 60 * 1000;
/// Below this a millisecond timestamp would be before 2001: it is in seconds.
const SECONDS_BELOW: i64 = 1_000_000_000_000;

fn not_older_than_a_week(readings: &Readings) -> Option<Problem> {
    let time = readings.number(&TIME)?;
    let (code, says) = match readings.now().saturating_sub(time) {
        _ if (1_000_000_000..SECONDS_BELOW).contains(&time) => {
            ("seconds_not_milliseconds", words::TIME_IN_SECONDS)
        }
        age if age > WEEK => ("older_than_seven_days", words::OLDER_THAN_WEEK),
        age if age < -MINUTE => ("in_the_future", words::TIME_IN_FUTURE),
        _ => return None,
    };
    Some(Problem::warn(TIME.name, "Y-MOD-8", Fault::said(code, says)))
}

fn operator_may_edit(readings: &Readings) -> Option<Problem> {
    let (operator, sender) = (readings.text(&OPERATOR), readings.text(&SENDER));
    if operator.is_empty() || sender.is_empty() || operator == sender {
        return None;
    }
    let (code, says) = match readings.text(&TYPE) {
        P2P => ("operator_is_not_the_sender", words::OPERATOR_NOT_SENDER),
        TEAM_TYPE | SUPER_TEAM => ("operator_needs_the_right", words::OPERATOR_NEEDS_RIGHT),
        _ => return None,
    };
    Some(Problem::warn(OPERATOR.name, "Y-MOD-10", Fault::said(code, says)))
}

fn scope(valid: &Valid) -> Scope {
    Scope {
        says: words::MODIFY_SCOPE,
        facts: vec![
            ("operator", Fact::Text(valid.text(&OPERATOR))),
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("place", Fact::Words(choice_words(&TYPE, &valid.text(&TYPE)))),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("time", Fact::Time(valid.text(&TIME))),
            ("message", Fact::Text(valid.text(&MESSAGE))),
            ("content", Fact::Text(valid.text(&TEXT))),
        ],
    }
}

fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome =
        reply::explain(answer, words::ACCEPTED_MODIFY, words::ACCEPTED_CAUSE, words::ACCEPTED_NEXT)?;
    if outcome.verdict == Verdict::Accepted {
        let data = Envelope::read(answer)?.data;
        outcome.facts =
            reply::facts(&data, &["message_server_id", "modify_account_id", "modify_time", "create_time"]);
        let named = reply::text(&data, "message_server_id");
        if named.is_some_and(|named| named != valid.text(&MESSAGE)) {
            outcome.verdict = Verdict::Unknown;
            outcome.advice = OTHER_MESSAGE;
        }
    }
    Some(outcome)
}

const OTHER_MESSAGE: Advice = Advice {
    meaning: words::OTHER_MESSAGE,
    cause: words::OTHER_MESSAGE_CAUSE,
    next: words::ACCEPTED_NEXT,
    repeat: Repeat::Dangerous,
};

fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    if outcome.verdict != Verdict::Accepted {
        return Vec::new();
    }
    let about = valid.text(&MESSAGE);
    let (sender, place, receiver) = (valid.text(&SENDER), valid.text(&TYPE), valid.text(&RECEIVER));
    let values = super::recall_values(&sender, &place, &receiver, &about, &valid.text(&TIME));
    vec![Follow { operation: "yunxin.recall", label: words::FOLLOW_RECALL, values, about }]
}
