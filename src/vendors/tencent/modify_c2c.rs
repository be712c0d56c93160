//! `tencent.modify_c2c`: replaces the content of a one-to-one message (T-MOD-1…18).

use super::content::{self, CLOUD_CUSTOM_DATA, MSG_BODY, content_rules};
use super::ids::{ACCOUNT, ACCOUNT_BYTES, MSG_KEY, odd_key};
use super::{foresee, read_back, reply};
use crate::domain::field::{Field, Kind, Role};
use crate::domain::form::Form;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb,
};
use crate::domain::outcome::{Advice, Outcome, Verdict};
use crate::domain::validation::Valid;
use crate::words::{Words, tencent as words};

/// Who sent the message, in its original direction (T-MOD-9).
pub static SENDER: Field = Field::body("From_Account", words::ORIGINAL_SENDER, Kind::Id(&ACCOUNT), "T-USER")
    .required("T-MOD-1")
    .limits(ACCOUNT_BYTES)
    .hint(words::ORIGINAL_SENDER_HINT)
    .role(Role::Sender);
/// Who received it.
pub static RECEIVER: Field =
    Field::body("To_Account", words::ORIGINAL_RECEIVER, Kind::Id(&ACCOUNT), "T-USER")
        .required("T-MOD-1")
        .limits(ACCOUNT_BYTES)
        .role(Role::Receiver);

/// Replaces the content of a one-to-one message.
pub static MODIFY_C2C: Operation = Operation {
    id: "tencent.modify_c2c",
    verb: Verb::Modify,
    title: words::MODIFY_C2C,
    vendor_name: words::MODIFY_C2C_VENDOR,
    short: words::MODIFY_C2C_SHORT,
    method: Method::Post,
    path: &[Segment::Literal("v4"), Segment::Literal("openim"), Segment::Literal("modify_c2c_msg")],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHICH, &[&SENDER, &RECEIVER, &MSG_KEY]),
            Group::open(words::GROUP_NEW, &[&MSG_BODY, &CLOUD_CUSTOM_DATA]),
        ],
        rules: content_rules![
            Rule { id: "T-MOD-2", check: content::something_changes },
            Rule { id: "T-MOD-18", check: content::usually_changed },
            Rule { id: "T-KEY-1", check: odd_key },
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
    foresee: foresee::modify_c2c,
    read_back: Some(&read_back::MODIFY_C2C),
};

/// What is said of an accepted edit.
pub const MODIFIED: Advice = reply::accepted(words::MODIFIED, words::ACCEPTED_CAUSE, words::MODIFIED_NEXT);

/// What an edit replaces, in words.
pub fn replaced(valid: &Valid) -> Words {
    match (valid.json(&MSG_BODY).is_some(), valid.text(&CLOUD_CUSTOM_DATA).is_empty()) {
        (true, true) => words::REPLACES_CONTENT,
        (true, false) => words::REPLACES_BOTH,
        (false, _) => words::REPLACES_DATA,
    }
}

fn scope(valid: &Valid) -> Scope {
    Scope {
        says: words::MODIFY_C2C_SCOPE,
        facts: vec![
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("message", Fact::Text(valid.text(&MSG_KEY))),
            ("what", Fact::Words(replaced(valid))),
            ("content", Fact::Text(content::summary(valid))),
        ],
    }
}

fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    if outcome.verdict != Verdict::Accepted {
        return Vec::new();
    }
    let about = valid.text(&MSG_KEY);
    let values = which(valid.text(&SENDER), valid.text(&RECEIVER), about.clone());
    vec![Follow { operation: "tencent.recall_c2c", label: words::FOLLOW_RECALL, values, about }]
}

/// The texts by which a one-to-one message is named.
pub fn which(sender: String, receiver: String, key: String) -> Vec<(&'static str, String)> {
    vec![(SENDER.name, sender), (RECEIVER.name, receiver), (MSG_KEY.name, key)]
}
