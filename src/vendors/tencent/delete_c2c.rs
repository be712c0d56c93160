//! `tencent.delete_c2c`: hides one-to-one messages from one of the two; the other still sees them (T-DEL-1…4).

use super::ids::{ACCOUNT, ACCOUNT_BYTES, MSG_KEY_SHAPE, judge_keys};
use super::{foresee, read_back, reply};
use crate::domain::field::{Field, Items, Kind, Limit, Role, Unit};
use crate::domain::form::Form;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb,
};
use crate::domain::outcome::{Advice, Outcome, Verdict};
use crate::domain::problem::{Fault, Problem};
use crate::domain::validation::{Readings, Valid};
use crate::words::tencent as words;

/// Who will no longer see the messages: one of the two (T-DEL-2).
pub static OPERATOR: Field =
    Field::body("Operator_Account", words::DELETE_OPERATOR, Kind::Id(&ACCOUNT), "T-USER")
        .required("T-DEL-2")
        .limits(ACCOUNT_BYTES)
        .hint(words::DELETE_OPERATOR_HINT)
        .role(Role::Owner);
/// The other of the two.
pub static PEER: Field = Field::body("Peer_Account", words::PEER, Kind::Id(&ACCOUNT), "T-USER")
    .required("T-DEL-2")
    .limits(ACCOUNT_BYTES)
    .role(Role::Receiver);
/// Which messages.
pub static KEYS: Field =
    Field::body("MsgKeyList", words::MSG_KEYS, Kind::Ids(&MSG_KEY_SHAPE, Items::Texts), "T-KEY-1")
        .required("T-DEL-3")
        .limits(const { &[Limit::most(30, Unit::Items, "T-DEL-3")] })
        .hint(words::LIST_HINT);

/// Hides one-to-one messages from one side.
pub static DELETE_C2C: Operation = Operation {
    id: "tencent.delete_c2c",
    verb: Verb::Recall,
    title: words::DELETE_C2C,
    vendor_name: words::DELETE_C2C_VENDOR,
    short: words::DELETE_C2C_SHORT,
    method: Method::Post,
    path: &[Segment::Literal("v4"), Segment::Literal("openim"), Segment::Literal("delete_c2c_msg_ramble")],
    form: Form {
        groups: &[Group::open(words::GROUP_WHICH, &[&OPERATOR, &PEER, &KEYS])],
        rules: &[Rule { id: "T-KEY-1", check: odd_keys }, Rule { id: "T-DEL-2", check: two_people }],
    },
    danger: Danger::Destroys,
    act: words::DELETE_ACT,
    spacing: None,
    targets: Targets::EntriesOf(&KEYS),
    scope,
    explain: |valid, answer| reply::explain(valid, answer, DELETED),
    unanswered: |valid| reply::all_unknown(valid.items(&KEYS)),
    follow,
    foresee: foresee::delete_c2c,
    read_back: Some(&read_back::DELETE_C2C),
};

const DELETED: Advice = reply::accepted(words::DELETED, words::DELETED_CAUSE, words::DELETED_NEXT);

fn odd_keys(readings: &Readings) -> Option<Problem> {
    judge_keys(readings, KEYS.name, readings.typed(&KEYS))
}

fn two_people(readings: &Readings) -> Option<Problem> {
    let same = !readings.typed(&PEER).is_empty() && readings.typed(&PEER) == readings.typed(&OPERATOR);
    same.then(|| Problem::stop(PEER.name, "T-DEL-2", Fault::said("same_account", words::SAME_ACCOUNT)))
}

fn scope(valid: &Valid) -> Scope {
    Scope {
        says: words::DELETE_C2C_SCOPE,
        facts: vec![
            ("operator", Fact::Text(valid.text(&OPERATOR))),
            ("peer", Fact::Text(valid.text(&PEER))),
            ("count", Fact::Text(valid.items(&KEYS).len().to_string())),
            ("final", Fact::Words(words::FINAL)),
        ],
    }
}

/// Hiding them from the other one too is the same call with the roles swapped (T-DEL-4).
fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    if outcome.verdict != Verdict::Accepted {
        return Vec::new();
    }
    let (operator, peer) = (valid.text(&OPERATOR), valid.text(&PEER));
    let values = vec![
        (OPERATOR.name, peer.clone()),
        (PEER.name, operator),
        (KEYS.name, valid.items(&KEYS).join("\n")),
    ];
    vec![Follow { operation: "tencent.delete_c2c", label: words::FOLLOW_OTHER_SIDE, values, about: peer }]
}
