//! `tencent.send_group`: one message to a group (T-GSND-1).

use super::content::{self, CLOUD_CUSTOM_DATA, NEW_BODY, content_rules};
use super::ids::{ACCOUNT, ACCOUNT_BYTES, LISTED};
use super::options::{
    EXTENSIBLE, FORBID_CALLBACK, GROUP_ID, ONLINE_ONLY, SENDER, TOPIC, U32, flag, online_only_is_final,
};
use super::reply::{self, Envelope};
use super::send::{content_values, kind, sender};
use super::{codes, foresee, push, read_back};
use crate::domain::field::Condition::{Is, IsNot};
use crate::domain::field::{Choice, Field, Items, Kind, Limit, Unit};
use crate::domain::form::Form;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb,
};
use crate::domain::outcome::{Advice, Outcome, Verdict};
use crate::domain::reply::Reply;
use crate::domain::rows::Rows;
use crate::domain::validation::Valid;
use crate::words::tencent as words;

/// What tells repeats: the same content with it within five minutes is dropped.
pub static RANDOM: Field = Field::body("Random", words::DRAWN_RANDOM, U32, "T-SND-2")
    .drawn()
    .required("T-SND-2")
    .hint(words::DRAWN_HINT);
static PRIORITY: Field = Field::body(
    "MsgPriority",
    words::PRIORITY,
    Kind::Word(&[
        Choice::new("High", words::PRIORITY_HIGH),
        Choice::new("Normal", words::PRIORITY_NORMAL),
        Choice::new("Low", words::PRIORITY_LOW),
    ]),
    "T-FIELD",
);
/// What receiving it does not do; not for those online only.
static SEND_CONTROL: Field = Field::body(
    "SendMsgControl",
    words::SEND_CONTROL,
    Kind::Several(&[Choice::new("NoUnread", words::NO_UNREAD), Choice::new("NoLastMsg", words::NO_LAST_MSG)]),
    "T-FIELD",
)
.when(&[(IsNot(&ONLINE_ONLY, &["1"]), "T-FIELD")]);
/// Only these members get it.
static MEMBERS: Field =
    Field::body("To_Account", words::ONLY_MEMBERS, Kind::Ids(&LISTED, Items::Texts), "T-FIELD")
        .limits(const { &[Limit::most(50, Unit::Items, "T-FIELD")] })
        .hint(words::ONLY_MEMBERS_HINT);
static AT_ALL: Field = flag("GroupAtAllFlag", words::AT_ALL);
static AT_ACCOUNT: Field = Field::body("GroupAt_Account", words::AT_ACCOUNT, Kind::Id(&ACCOUNT), "T-USER")
    .when(&[(IsNot(&AT_ALL, &["1"]), "T-FIELD")])
    .required_when(Is(&AT_ALL, &["0"]), "T-FIELD")
    .limits(ACCOUNT_BYTES);
static AT_FORM: Form = Form { groups: &[Group::open(words::AT, &[&AT_ALL, &AT_ACCOUNT])], rules: &[] };
static AT_ROWS: Rows = Rows { form: &AT_FORM, title: words::AT_ROW, add: words::AT_ADD };
/// Who is mentioned.
static AT: Field = Field::body("GroupAtInfo", words::AT, Kind::Rows(&AT_ROWS), "T-FIELD");

/// One message to a group.
pub static SEND_GROUP: Operation = Operation {
    id: "tencent.send_group",
    verb: Verb::Send,
    title: words::SEND_GROUP,
    vendor_name: words::SEND_GROUP_VENDOR,
    short: words::SEND_GROUP_SHORT,
    method: Method::Post,
    path: &[
        Segment::Literal("v4"),
        Segment::Literal("group_open_http_svc"),
        Segment::Literal("send_group_msg"),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHO, &[&SENDER, &GROUP_ID]),
            Group::open(words::GROUP_WHAT, &[&NEW_BODY, &CLOUD_CUSTOM_DATA, &AT]),
            Group::folded(
                words::GROUP_OPTIONS,
                &[
                    &PRIORITY,
                    &ONLINE_ONLY,
                    &SEND_CONTROL,
                    &FORBID_CALLBACK,
                    &EXTENSIBLE,
                    &MEMBERS,
                    &TOPIC,
                    &RANDOM,
                ],
            ),
            push::GROUP,
        ],
        rules: content_rules![
            Rule { id: "T-BODY-9", check: push::custom_is_not_pushed },
            Rule { id: "T-PUSH-1", check: push::not_too_long },
            Rule { id: "T-PUSH-2", check: push::custom_settings_ignored },
            Rule { id: "T-SND-3", check: online_only_is_final },
        ],
    },
    danger: Danger::Sends,
    act: words::SEND_GROUP_ACT,
    spacing: None,
    targets: Targets::One,
    scope,
    explain,
    unanswered: |_| Vec::new(),
    follow,
    foresee: foresee::send,
    read_back: Some(&read_back::SEND_GROUP),
};

const SENT: Advice = reply::accepted(words::SENT_GROUP, words::ACCEPTED_CAUSE, words::SENT_NEXT);

fn scope(valid: &Valid) -> Scope {
    Scope {
        says: words::SEND_GROUP_SCOPE,
        facts: vec![
            ("sender", sender(valid)),
            ("group", Fact::Text(valid.text(&GROUP_ID))),
            ("kind", kind(valid)),
            ("content", Fact::Text(content::summary(valid))),
        ],
    }
}

/// Accepted and dropped is not delivered (T-GSND-1).
fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome = reply::explain(valid, answer, SENT)?;
    let body = Envelope::read(answer)?.body;
    outcome.facts = reply::facts(&body, &["MsgSeq", "MsgTime", "MsgDropReason"]);
    let reason = reply::text(&body, "MsgDropReason").unwrap_or_default();
    if let Some(dropped) = codes::dropped(&reason).filter(|_| outcome.verdict == Verdict::Accepted) {
        (outcome.verdict, outcome.advice) = (Verdict::Refused, *dropped);
    }
    Some(outcome)
}

fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    let seq = reply::fact(outcome, "MsgSeq");
    if outcome.verdict != Verdict::Accepted || seq.is_empty() || valid.text(&ONLINE_ONLY) == "1" {
        return Vec::new();
    }
    let place = || [(GROUP_ID.name, valid.text(&GROUP_ID)), (TOPIC.name, valid.text(&TOPIC))];
    let recall = Follow {
        operation: "tencent.recall_group",
        label: words::FOLLOW_RECALL,
        values: place().into_iter().chain([("MsgSeqList", seq.clone())]).collect(),
        about: seq.clone(),
    };
    let modify = Follow {
        operation: "tencent.modify_group",
        label: words::FOLLOW_MODIFY,
        values: place().into_iter().chain([("MsgSeq", seq.clone())]).chain(content_values(valid)).collect(),
        about: seq,
    };
    vec![recall, modify]
}
