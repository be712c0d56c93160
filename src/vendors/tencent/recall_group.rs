//! `tencent.recall_group`: takes messages of a group back, ten at a time (T-GRCL-1…3).

use super::ids::SEQ;
use super::options::{GROUP_ID, TOPIC};
use super::recall_c2c::RECALLED;
use super::reply::{self, Envelope};
use super::{foresee, read_back};
use crate::domain::field::{Field, Items, Kind, Limit, Lines, Unit};
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Scope, Segment, Targets, Verb};
use crate::domain::outcome::{
    Advice, Outcome, ReceiverEnding, ReceiverOutcome, Repeat, SentMessage, Verdict,
};
use crate::domain::reply::Reply;
use crate::domain::validation::Valid;
use crate::words::{codes as shared, tencent as words};

/// Which messages: their numbers in the group; on the wire a list of objects (T-GRCL-1).
pub static SEQS: Field =
    Field::body("MsgSeqList", words::MSG_SEQS, Kind::Ids(&SEQ, Items::Numbers("MsgSeq")), "T-GRCL-1")
        .required("T-GRCL-1")
        .limits(const { &[Limit::most(10, Unit::Items, "T-GRCL-1")] })
        .hint(words::LIST_HINT);
/// The reason shown with it.
pub static REASON: Field = Field::body("Reason", words::REASON, Kind::Text(Lines::One), "T-FIELD")
    .limits(const { &[Limit::warn(100, Unit::Bytes, "T-FIELD", words::REASON_LONG)] })
    .hint(words::REASON_HINT);

/// Takes messages of a group back.
pub static RECALL_GROUP: Operation = Operation {
    id: "tencent.recall_group",
    verb: Verb::Recall,
    title: words::RECALL_GROUP,
    vendor_name: words::RECALL_GROUP_VENDOR,
    short: words::RECALL_GROUP_SHORT,
    method: Method::Post,
    path: &[
        Segment::Literal("v4"),
        Segment::Literal("group_open_http_svc"),
        Segment::Literal("group_msg_recall"),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHICH, &[&GROUP_ID, &SEQS, &REASON]),
            Group::folded(words::GROUP_TOPIC, &[&TOPIC]),
        ],
        rules: &[],
    },
    danger: Danger::Destroys,
    act: words::RECALL_ACT,
    spacing: None,
    targets: Targets::EntriesOf(&SEQS),
    scope,
    explain,
    unanswered: |valid| reply::all_unknown(valid.items(&SEQS)),
    follow: |_, _| Vec::new(),
    foresee: foresee::recall_group,
    read_back: Some(&read_back::RECALL_GROUP),
};

fn scope(valid: &Valid) -> Scope {
    let seqs = valid.items(&SEQS);
    Scope {
        says: words::RECALL_GROUP_SCOPE,
        facts: vec![
            ("group", Fact::Text(valid.text(&GROUP_ID))),
            ("count", Fact::Text(seqs.len().to_string())),
            ("messages", Fact::Text(seqs.join(", "))),
            ("final", Fact::Words(words::FINAL)),
        ],
    }
}

/// The whole answer says success even when single messages were refused: each has its own code (T-GRCL-2).
fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome = reply::explain(valid, answer, RECALLED)?;
    if outcome.verdict != Verdict::Accepted {
        return Some(outcome);
    }
    let body = Envelope::read(answer)?.body;
    let results: Vec<_> = reply::list(&body, "RecallRetList")
        .iter()
        .filter_map(|entry| Some((reply::text(entry, "MsgSeq")?, reply::text(entry, "RetCode")?)))
        .collect();
    let asked = valid.items(&SEQS);
    outcome.receivers = asked
        .iter()
        .map(|seq| {
            let mut codes = results.iter().filter(|(named, _)| named == seq).map(|(_, code)| code);
            let ending = match (codes.next(), codes.next()) {
                (Some(code), None) => reply::ending(code, || {
                    ReceiverEnding::Sent(SentMessage { id: seq.clone(), ..SentMessage::default() })
                }),
                // Not mentioned, or twice: nobody knows.
                _ => ReceiverEnding::Unknown,
            };
            ReceiverOutcome { receiver: seq.clone(), ending }
        })
        .collect();
    reply::sum_up(&mut outcome, NONE, SILENT, SOME);
    Some(outcome)
}

const NONE: Advice = Advice {
    meaning: words::RECALLED_NONE,
    cause: words::ITEMS_CAUSE,
    next: words::ITEMS_NEXT,
    repeat: Repeat::AfterFix,
};
const SOME: Advice = Advice { meaning: words::RECALLED_SOME, repeat: Repeat::OnlyTheRest, ..NONE };
const SILENT: Advice = Advice {
    meaning: words::ITEMS_SILENT,
    cause: shared::MAYBE_DONE_CAUSE,
    next: words::ITEMS_NEXT,
    repeat: Repeat::Dangerous,
};
