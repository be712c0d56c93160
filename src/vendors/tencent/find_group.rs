//! `tencent.find_group`: the messages of a group, newest first (T-GHIS-1, T-GHIS-2).

use super::find_c2c::LOOKED;
use super::message;
use super::options::{GROUP_ID, NO_YES, TOPIC};
use super::reply::{self, Envelope};
use crate::domain::draft::Values;
use crate::domain::field::{Field, Kind};
use crate::domain::foresight;
use crate::domain::form::Form;
use crate::domain::message::Found;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Scope, Segment, Targets, Verb};
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::reply::Reply;
use crate::domain::validation::Valid;
use crate::words::tencent as words;

/// How many messages: twenty come back at most.
pub static COUNT: Field =
    Field::body("ReqMsgNumber", words::COUNT, Kind::Integer { min: 1, max: 20 }, "T-FIELD")
        .initial("20")
        .required("T-FIELD");
/// The newest number to give; the newest there is when it is left empty.
pub static NEWEST: Field =
    Field::body("ReqMsgSeq", words::NEWEST_SEQ, Kind::Integer { min: 1, max: i64::MAX }, "T-GHIS-1")
        .hint(words::NEWEST_SEQ_HINT);
/// Whether recalled messages are shown.
pub static RECALLED: Field =
    Field::body("WithRecalledMsg", words::WITH_RECALLED, NO_YES, "T-FIELD").initial("1");

/// The messages of a group.
pub static FIND_GROUP: Operation = Operation {
    id: "tencent.find_group",
    verb: Verb::Find,
    title: words::FIND_GROUP,
    vendor_name: words::FIND_GROUP_VENDOR,
    short: words::FIND_GROUP_SHORT,
    method: Method::Post,
    path: &[
        Segment::Literal("v4"),
        Segment::Literal("group_open_http_svc"),
        Segment::Literal("group_msg_get_simple"),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHERE, &[&GROUP_ID, &NEWEST, &RECALLED]),
            Group::folded(words::GROUP_PAGE, &[&COUNT, &TOPIC]),
        ],
        rules: &[],
    },
    danger: Danger::Looks,
    act: words::FIND_ACT,
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope {
        says: words::FIND_GROUP_SCOPE,
        facts: vec![("group", Fact::Text(valid.text(&GROUP_ID)))],
    },
    explain,
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresight::nothing,
    read_back: None,
};

/// Everything in the range was given: 1; there is more: 0; all that is left has expired: 2.
const MORE: &str = "0";

fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome = reply::explain(valid, answer, LOOKED)?;
    if outcome.verdict == Verdict::Accepted {
        let body = Envelope::read(answer)?.body;
        outcome.facts = reply::facts(&body, &["GroupId", "IsFinished"]);
        let (group, topic) = (valid.text(&GROUP_ID), valid.text(&TOPIC));
        let rows = reply::list(&body, "RspMsgList");
        let messages: Vec<_> = rows.iter().map(|row| message::of_group(row, &group, &topic)).collect();
        let smallest = rows.iter().filter_map(|row| reply::text(row, "MsgSeq")?.parse::<i64>().ok()).min();
        let more = reply::text(&body, "IsFinished").is_some_and(|finished| finished == MORE);
        let before = smallest.filter(|seq| more && *seq > 1).map(|seq| (seq - 1).to_string());
        let next = before.map(|seq| [(NEWEST.name, seq)].into_iter().collect::<Values>());
        outcome.found = Some(Found { messages, next });
    }
    Some(outcome)
}
