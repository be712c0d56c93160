//! `tencent.recall_by_sender`: takes back what one member wrote among the newest thousand messages of a group. Nobody is told.

use super::ids::{ACCOUNT, ACCOUNT_BYTES};
use super::options::{GROUP_ID, TOPIC};
use super::{foresee, reply};
use crate::domain::field::{Field, Kind, Role};
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Scope, Segment, Targets, Verb};
use crate::domain::outcome::Advice;
use crate::domain::validation::Valid;
use crate::words::tencent as words;

/// Whose messages.
pub static WRITER: Field = Field::body("Sender_Account", words::WRITER, Kind::Id(&ACCOUNT), "T-USER")
    .required("T-GDEL")
    .limits(ACCOUNT_BYTES)
    .role(Role::Sender);

/// Takes back what one member wrote.
pub static RECALL_BY_SENDER: Operation = Operation {
    id: "tencent.recall_by_sender",
    verb: Verb::Recall,
    title: words::RECALL_BY_SENDER,
    vendor_name: words::RECALL_BY_SENDER_VENDOR,
    short: words::RECALL_BY_SENDER_SHORT,
    method: Method::Post,
    path: &[
        Segment::Literal("v4"),
        Segment::Literal("group_open_http_svc"),
        Segment::Literal("delete_group_msg_by_sender"),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHOSE, &[&GROUP_ID, &WRITER]),
            Group::folded(words::GROUP_TOPIC, &[&TOPIC]),
        ],
        rules: &[],
    },
    danger: Danger::Destroys,
    act: words::RECALL_BY_SENDER_ACT,
    spacing: None,
    targets: Targets::One,
    scope,
    explain: |valid, answer| reply::explain(valid, answer, DONE),
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresee::recall_by_sender,
    read_back: None,
};

const DONE: Advice =
    reply::accepted(words::WRITER_RECALLED, words::WRITER_RECALLED_CAUSE, words::RECALLED_NEXT);

fn scope(valid: &Valid) -> Scope {
    Scope {
        says: words::RECALL_BY_SENDER_SCOPE,
        facts: vec![
            ("group", Fact::Text(valid.text(&GROUP_ID))),
            ("sender", Fact::Text(valid.text(&WRITER))),
            ("final", Fact::Words(words::FINAL)),
        ],
    }
}
