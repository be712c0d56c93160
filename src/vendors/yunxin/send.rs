//! `yunxin.send`: one message into any conversation, as one account (section 9).

use super::conversation::{conversation_fields, conversation_path};
use super::ids::{ACCOUNT, P2P, SUPER_TEAM, TEAM_TYPE, TEAMS};
use super::message::content_fields;
use super::options::{
    antispam_fields, conversation_options, custom_antispam_fields, force_push_fields, message_config_fields,
    push_fields, route_fields,
};
use super::reply::{self, Envelope};
use super::{foresee, read_back};
use crate::domain::field::{Items, JsonShape};
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Targets, Verb};
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Reply;
use crate::domain::sentence::choice_words;
use crate::domain::validation::{Readings, Valid};
use crate::words::yunxin as words;

conversation_fields!(first: words::SENDER, hint: words::SENDER_HINT, other: words::RECEIVER);
content_fields!(type: "Y-MOD-6", typed: "Y-SEND", text: "Y-MOD-3", needed: "Y-MOD-4", attachment: "Y-MOD-5", sub_type: "Y-MOD-7");

/// The client's own id of the message: the vendor refuses the same one twice.
pub static CLIENT_ID: Field =
    Field::body("message.message_client_id", words::CLIENT_ID, Kind::Id(&super::ids::CLIENT_ID), "Y-SEND")
        .hint(words::CLIENT_ID_HINT);
/// The sender keeps no copy.
pub static SENDER_NO_SENSE: Field =
    Field::body("sender_no_sense", words::SENDER_NO_SENSE, Kind::Flag, "Y-MOD-18")
        .default("false")
        .hint(words::SENDER_NO_SENSE_HINT);
/// The receiver keeps no copy.
pub static RECEIVER_NO_SENSE: Field =
    Field::body("receiver_no_sense", words::RECEIVER_NO_SENSE, Kind::Flag, "Y-MOD-18")
        .default("false")
        .hint(words::RECEIVER_NO_SENSE_HINT);
/// Developer data: JSON as text.
pub static EXTENSION: Field =
    Field::body("extension", words::EXTENSION, Kind::JsonText(JsonShape::Any), "Y-MOD-16")
        .limits(const { &[Limit::warn(1024, Unit::Utf16, "Y-MOD-16", words::EXTENSION_PLAN)] })
        .hint(words::JSON_TEXT_HINT);
/// Which members of a team see it; what is in it, only the vendor's SDK tells.
pub static TARGET: Field = Field::body("target_option", words::TARGET, Kind::JsonObject, "Y-SEND")
    .when(&[(Is(&CONVERSATION_TYPE, TEAMS), "Y-MOD-17")])
    .hint(words::TARGET_HINT);
/// A robot to talk to.
pub static ROBOT: Field = Field::body("robot_config", words::ROBOT, Kind::JsonObject, "Y-SEND");
/// The thread it belongs to.
pub static THREAD: Field = Field::body("thread_config", words::THREAD, Kind::JsonObject, "Y-SEND");
/// A digital human's parameters.
pub static AI: Field = Field::body("ai_params", words::AI, Kind::JsonObject, "Y-SEND");
/// Members confirm that they have read it.
pub static MARK_AS_READ: Field =
    Field::body("team_option.mark_as_read", words::MARK_AS_READ, Kind::Flag, "Y-MOD-18")
        .when(&[(Is(&CONVERSATION_TYPE, &[TEAM_TYPE]), "Y-MOD-17")]);

message_config_fields!();
route_fields!();
push_fields!(limits: "Y-MOD-11");
force_push_fields!(types: &CONVERSATION_TYPE);
antispam_fields!(limits: "Y-MOD-15");
custom_antispam_fields!();
conversation_options!(types: &CONVERSATION_TYPE);

/// Send one message.
pub static SEND: Operation = Operation {
    id: "yunxin.send",
    verb: Verb::Send,
    title: words::SEND,
    vendor_name: words::SEND_VENDOR,
    short: words::SEND_SHORT,
    method: Method::Post,
    path: conversation_path!("v2", "messages"),
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHO, &[&SENDER, &CONVERSATION_TYPE, &RECEIVER]),
            Group::open(words::GROUP_WHAT, CONTENT),
            Group::folded(
                words::GROUP_CONVERSATION,
                &[
                    &CLIENT_ID,
                    &SENDER_NO_SENSE,
                    &RECEIVER_NO_SENSE,
                    &CHECK_FRIEND,
                    &TEAM_IGNORE_BAN,
                    &TEAM_CHECK_MEMBER,
                    &TEAM_IGNORE_MEMBER_BAN,
                    &MARK_AS_READ,
                    &SUPER_IGNORE_BAN,
                    &SUPER_IGNORE_MEMBER_BAN,
                    &SUPER_CHECK_MEMBER,
                ],
            ),
            Group::folded(
                words::GROUP_MESSAGE_CONFIG,
                &[&UNREAD, &MULTI_SYNC, &OFFLINE, &HISTORY, &ROAMING, &CONVERSATION_UPDATE],
            ),
            PUSH_GROUP,
            FORCE_PUSH_GROUP,
            ANTISPAM_GROUP,
            Group::folded(words::GROUP_ROUTE, &[&ROUTE_ENABLED, &ROUTE_ENVIRONMENT, &EXTENSION]),
            Group::folded(words::GROUP_ADVANCED, &[&TARGET, &ROBOT, &THREAD, &AI]),
        ],
        rules: &[
            Rule { id: "Y-MOD-5", check: attachment_is_sound },
            Rule { id: "Y-BAT-3", check: not_both_unaware },
            Rule { id: "Y-MOD-14", check: custom_moderation_has_a_type },
            Rule { id: "Y-MOD-14", check: custom_moderation_has_its_data },
        ],
    },
    danger: Danger::Sends,
    act: words::SEND_ACT,
    spacing: None,
    targets: Targets::One,
    scope,
    explain,
    unanswered: |_| Vec::new(),
    follow,
    foresee: foresee::send,
    read_back: Some(&read_back::SENT),
};

fn not_both_unaware(readings: &Readings) -> Option<Problem> {
    let both = readings.text(&SENDER_NO_SENSE) == "true" && readings.text(&RECEIVER_NO_SENSE) == "true";
    both.then(|| {
        Problem::stop(RECEIVER_NO_SENSE.name, "Y-BAT-3", Fault::said("both_unaware", words::BOTH_UNAWARE))
    })
}

fn scope(valid: &Valid) -> Scope {
    Scope {
        says: words::SEND_SCOPE,
        facts: vec![
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("place", Fact::Words(choice_words(&CONVERSATION_TYPE, &valid.text(&CONVERSATION_TYPE)))),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("kind", Fact::Words(choice_words(&MESSAGE_TYPE, &valid.text(&MESSAGE_TYPE)))),
            ("content", Fact::Text(valid.text(&TEXT))),
        ],
    }
}

fn explain(_: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome =
        reply::explain(answer, words::ACCEPTED_SEND, words::ACCEPTED_CAUSE, words::ACCEPTED_NEXT)?;
    if outcome.verdict == Verdict::Accepted {
        let data = Envelope::read(answer)?.data;
        outcome.facts = reply::facts(&data, &["message_server_id", "create_time", "message_client_id"]);
    }
    Some(outcome)
}

fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    let fact = |name| outcome.facts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
    let (Verdict::Accepted, Some(id)) = (outcome.verdict, fact("message_server_id")) else {
        return Vec::new();
    };
    let (sender, place, receiver) =
        (valid.text(&SENDER), valid.text(&CONVERSATION_TYPE), valid.text(&RECEIVER));
    let time = fact("create_time").unwrap_or_default();
    let recall = super::recall_values(&sender, &place, &receiver, &id, &time);
    let modify = vec![
        ("operator", sender.clone()),
        ("type", place),
        ("message.message_server_id", id.clone()),
        ("message.sender_id", sender),
        ("message.receiver_id", receiver),
        ("message.time", time),
        ("message.message_type", valid.text(&MESSAGE_TYPE)),
        ("message.sub_type", valid.text(&SUB_TYPE)),
        ("message.text", valid.text(&TEXT)),
        ("message.attachment", valid.json_text("message.attachment")),
    ];
    let follow = |operation, label, values| Follow { operation, label, values, about: id.clone() };
    vec![
        follow("yunxin.recall", words::FOLLOW_RECALL, recall),
        follow("yunxin.modify", words::FOLLOW_MODIFY, modify),
    ]
}
