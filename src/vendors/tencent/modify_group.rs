//! `tencent.modify_group`: replaces the content of a group message (T-GMOD-1).

use super::content::{self, CLOUD_CUSTOM_DATA, MSG_BODY, content_rules};
use super::modify_c2c::{MODIFIED, replaced};
use super::options::{GROUP_ID, TOPIC};
use super::{foresee, read_back, reply};
use crate::domain::field::{Field, Kind};
use crate::domain::form::Form;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb,
};
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::validation::Valid;
use crate::words::tencent as words;

/// Which message: its number in the group.
pub static MSG_SEQ: Field =
    Field::body("MsgSeq", words::MSG_SEQ, Kind::Integer { min: 1, max: i64::MAX }, "T-GMOD-1")
        .required("T-GMOD-1")
        .hint(words::MSG_SEQ_HINT);

/// Replaces the content of a group message.
pub static MODIFY_GROUP: Operation = Operation {
    id: "tencent.modify_group",
    verb: Verb::Modify,
    title: words::MODIFY_GROUP,
    vendor_name: words::MODIFY_GROUP_VENDOR,
    short: words::MODIFY_GROUP_SHORT,
    method: Method::Post,
    path: &[Segment::Literal("v4"), Segment::Literal("openim"), Segment::Literal("modify_group_msg")],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHICH, &[&GROUP_ID, &MSG_SEQ]),
            Group::open(words::GROUP_NEW, &[&MSG_BODY, &CLOUD_CUSTOM_DATA]),
            Group::folded(words::GROUP_TOPIC, &[&TOPIC]),
        ],
        rules: content_rules![
            Rule { id: "T-MOD-2", check: content::something_changes },
            Rule { id: "T-MOD-18", check: content::usually_changed },
        ],
    },
    danger: Danger::Corrects,
    act: words::MODIFY_ACT,
    spacing: None,
    targets: Targets::One,
    scope,
    explain: |valid, answer| reply::explain(valid, answer, MODIFIED),
    unanswered: |_| Vec::new(),
    follow,
    foresee: foresee::modify_group,
    read_back: Some(&read_back::MODIFY_GROUP),
};

fn scope(valid: &Valid) -> Scope {
    Scope {
        says: words::MODIFY_GROUP_SCOPE,
        facts: vec![
            ("group", Fact::Text(valid.text(&GROUP_ID))),
            ("message", Fact::Text(valid.text(&MSG_SEQ))),
            ("what", Fact::Words(replaced(valid))),
            ("content", Fact::Text(content::summary(valid))),
        ],
    }
}

fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    if outcome.verdict != Verdict::Accepted {
        return Vec::new();
    }
    let about = valid.text(&MSG_SEQ);
    let values = vec![
        (GROUP_ID.name, valid.text(&GROUP_ID)),
        ("MsgSeqList", about.clone()),
        (TOPIC.name, valid.text(&TOPIC)),
    ];
    vec![Follow { operation: "tencent.recall_group", label: words::FOLLOW_RECALL, values, about }]
}
