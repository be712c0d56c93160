//! `yunxin.clear_conversation`: remove every message of a conversation from roaming, from history, or from both.

use super::conversation::{conversation_fields, conversation_path};
use super::{foresee, reply};
use crate::domain::field::{Choice, Field, Kind};
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Scope, Targets, Verb};
use crate::domain::sentence::choice_words;
use crate::domain::validation::Valid;
use crate::words::yunxin as words;

conversation_fields!(first: words::OWNER, hint: words::OWNER_HINT, other: words::OTHER_SIDE);

/// What is removed; never left to a default.
pub static TYPE: Field = Field::query(
    "type",
    words::CLEAR_KIND,
    Kind::Choice(&[
        Choice::noted("1", words::CLEAR_ROAMING, words::CLEAR_ROAMING_NOTE),
        Choice::noted("2", words::CLEAR_HISTORY, words::CLEAR_HISTORY_NOTE),
        Choice::noted("3", words::CLEAR_BOTH, words::CLEAR_BOTH_NOTE),
    ]),
    "Y-CLEAR",
)
.required("Y-CLEAR");

/// Remove every message of a conversation.
pub static CLEAR_CONVERSATION: Operation = Operation {
    id: "yunxin.clear_conversation",
    verb: Verb::Recall,
    title: words::CLEAR,
    vendor_name: words::CLEAR_VENDOR,
    short: words::CLEAR_SHORT,
    method: Method::Delete,
    path: conversation_path!("v2", "messages"),
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHERE, &[&SENDER, &CONVERSATION_TYPE, &RECEIVER]),
            Group::open(words::CLEAR_KIND, &[&TYPE]),
        ],
        rules: &[],
    },
    danger: Danger::Destroys,
    act: words::CLEAR_ACT,
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope {
        says: words::CLEAR_SCOPE,
        facts: vec![
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("place", Fact::Words(choice_words(&CONVERSATION_TYPE, &valid.text(&CONVERSATION_TYPE)))),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("how", Fact::Words(choice_words(&TYPE, &valid.text(&TYPE)))),
            ("final", Fact::Words(words::RECALL_FINAL)),
        ],
    },
    explain: |_: &Valid, answer| {
        reply::explain(answer, words::ACCEPTED_CLEAR, words::ACCEPTED_CAUSE, words::ACCEPTED_NEXT)
    },
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresee::clear,
    read_back: None,
};
