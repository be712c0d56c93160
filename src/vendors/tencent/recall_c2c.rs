//! `tencent.recall_c2c`: takes a one-to-one message back from both sides (T-RCL-1…7).

use super::ids::{MSG_KEY, odd_key};
use super::modify_c2c::{RECEIVER, SENDER};
use super::{codes, foresee, read_back, reply};
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb};
use crate::domain::outcome::{Advice, Outcome, Repeat, Verdict};
use crate::domain::reply::Reply;
use crate::domain::validation::Valid;
use crate::words::tencent as words;

/// Takes a one-to-one message back.
pub static RECALL_C2C: Operation = Operation {
    id: "tencent.recall_c2c",
    verb: Verb::Recall,
    title: words::RECALL_C2C,
    vendor_name: words::RECALL_C2C_VENDOR,
    short: words::RECALL_C2C_SHORT,
    method: Method::Post,
    path: &[Segment::Literal("v4"), Segment::Literal("openim"), Segment::Literal("admin_msgwithdraw")],
    form: Form {
        groups: &[Group::open(words::GROUP_WHICH, &[&SENDER, &RECEIVER, &MSG_KEY])],
        rules: &[Rule { id: "T-KEY-1", check: odd_key }],
    },
    danger: Danger::Destroys,
    act: words::RECALL_ACT,
    spacing: None,
    targets: Targets::One,
    scope,
    explain,
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresee::recall_c2c,
    read_back: Some(&read_back::RECALL_C2C),
};

/// What is said of an accepted recall.
pub const RECALLED: Advice = reply::accepted(words::RECALLED, words::ACCEPTED_CAUSE, words::RECALLED_NEXT);

fn scope(valid: &Valid) -> Scope {
    Scope {
        says: words::RECALL_C2C_SCOPE,
        facts: vec![
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("message", Fact::Text(valid.text(&MSG_KEY))),
            ("final", Fact::Words(words::FINAL)),
        ],
    }
}

/// The vendor's code for a message that was recalled before.
const ALREADY: i64 = 20_023;

/// What was recalled before is recalled (T-RCL-6).
fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome = reply::explain(valid, answer, RECALLED)?;
    if outcome.verdict == Verdict::Refused
        && outcome.code.as_deref() == Some(&ALREADY.to_string())
        && let Some(advice) = codes::advice(ALREADY)
    {
        outcome.verdict = Verdict::Accepted;
        outcome.advice = Advice { repeat: Repeat::Done, ..*advice };
    }
    Some(outcome)
}
