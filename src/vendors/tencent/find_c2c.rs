//! `tencent.find_c2c`: the messages of two accounts, from one side, newest page first (T-HIS-1…8).

use super::ids::{ACCOUNT, ACCOUNT_BYTES, MSG_KEY_SHAPE};
use super::message;
use super::reply::{self, Envelope};
use crate::domain::draft::Values;
use crate::domain::field::{Field, Kind, Role};
use crate::domain::foresight;
use crate::domain::form::Form;
use crate::domain::message::Found;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb,
};
use crate::domain::outcome::{Advice, Outcome, Verdict};
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Reply;
use crate::domain::validation::{Readings, Valid};
use crate::words::{Words, tencent as words};

/// From whose side (T-HIS-6).
pub static OPERATOR: Field =
    Field::body("Operator_Account", words::FIND_OPERATOR, Kind::Id(&ACCOUNT), "T-USER")
        .required("T-FIELD")
        .limits(ACCOUNT_BYTES)
        .hint(words::FIND_OPERATOR_HINT)
        .role(Role::Sender);
/// The other side.
pub static PEER: Field = Field::body("Peer_Account", words::PEER, Kind::Id(&ACCOUNT), "T-USER")
    .required("T-FIELD")
    .limits(ACCOUNT_BYTES)
    .role(Role::Receiver);
/// How many messages a page should have; the vendor may give fewer (T-HIS-3).
pub static MOST: Field =
    Field::body("MaxCnt", words::MAX_COUNT, Kind::Integer { min: 1, max: u32::MAX as i64 }, "T-HIS-3")
        .initial("100")
        .required("T-FIELD");
/// From when.
pub static FROM: Field = Field::body("MinTime", words::FROM, Kind::Seconds, "T-FIELD")
    .required("T-FIELD")
    .role(Role::From)
    .ago(24 * 60 * 60 * 1_000);
/// Until when.
pub static UNTIL: Field = Field::body("MaxTime", words::UNTIL, Kind::Seconds, "T-FIELD")
    .required("T-FIELD")
    .role(Role::Until)
    .ago(0);
/// Where the next page begins.
pub static CURSOR: Field =
    Field::body("LastMsgKey", words::CURSOR, Kind::Id(&MSG_KEY_SHAPE), "T-KEY-1").hint(words::CURSOR_HINT);

/// The messages of two accounts.
pub static FIND_C2C: Operation = Operation {
    id: "tencent.find_c2c",
    verb: Verb::Find,
    title: words::FIND_C2C,
    vendor_name: words::FIND_C2C_VENDOR,
    short: words::FIND_C2C_SHORT,
    method: Method::Post,
    path: &[Segment::Literal("v4"), Segment::Literal("openim"), Segment::Literal("admin_getroammsg")],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHERE, &[&OPERATOR, &PEER, &FROM, &UNTIL]),
            Group::folded(words::GROUP_PAGE, &[&MOST, &CURSOR]),
        ],
        rules: &[
            Rule { id: "T-HIS-5", check: from_before_until },
            Rule { id: "T-HIS-5", check: seconds },
            Rule { id: "T-HIS-6", check: two_people },
        ],
    },
    danger: Danger::Looks,
    act: words::FIND_ACT,
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope {
        says: words::FIND_C2C_SCOPE,
        facts: vec![("operator", Fact::Text(valid.text(&OPERATOR))), ("peer", Fact::Text(valid.text(&PEER)))],
    },
    explain,
    unanswered: |_| Vec::new(),
    follow,
    foresee: foresight::nothing,
    read_back: None,
};

/// What is said of a search that was answered.
pub const LOOKED: Advice = reply::accepted(words::LOOKED, words::LOOKED_CAUSE, words::LOOKED_NEXT);

fn stop(field: &Field, rule: &'static str, code: &'static str, says: Words) -> Option<Problem> {
    Some(Problem::stop(field.name, rule, Fault::said(code, says)))
}

fn from_before_until(readings: &Readings) -> Option<Problem> {
    let (from, until) = (readings.number(&FROM)?, readings.number(&UNTIL)?);
    if from > until { stop(&UNTIL, "T-HIS-5", "until_before_from", words::UNTIL_BEFORE_FROM) } else { None }
}

/// Seconds have ten digits for a long time to come.
fn seconds(readings: &Readings) -> Option<Problem> {
    let late = |field: &'static Field| readings.number(field).is_some_and(|time| time > i64::from(u32::MAX));
    let field = [&FROM, &UNTIL].into_iter().find(|field| late(field))?;
    stop(field, "T-HIS-5", "time_in_milliseconds", words::TIME_IN_MILLISECONDS)
}

fn two_people(readings: &Readings) -> Option<Problem> {
    let same = !readings.typed(&PEER).is_empty() && readings.typed(&PEER) == readings.typed(&OPERATOR);
    if same { stop(&PEER, "T-HIS-6", "same_account", words::SAME_ACCOUNT) } else { None }
}

fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome = reply::explain(valid, answer, LOOKED)?;
    if outcome.verdict == Verdict::Accepted {
        let body = Envelope::read(answer)?.body;
        let rows = reply::list(&body, "MsgList");
        outcome.facts = reply::facts(&body, &["Complete", "MsgCnt", "LastMsgTime", "LastMsgKey"]);
        let cursor = reply::text(&body, "LastMsgKey").zip(reply::text(&body, "LastMsgTime"));
        let complete = reply::text(&body, "Complete").is_some_and(|complete| complete == "1");
        let next = cursor.filter(|(key, _)| {
            // A cursor that stands still leads nowhere (T-HIS-4).
            !complete && !rows.is_empty() && !key.is_empty() && *key != valid.text(&CURSOR)
        });
        let next =
            next.map(|(key, time)| [(CURSOR.name, key), (UNTIL.name, time)].into_iter().collect::<Values>());
        outcome.found = Some(Found { messages: rows.iter().map(message::of_c2c).collect(), next });
    }
    Some(outcome)
}

/// What one side deleted, the other may still see (T-HIS-6).
fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    if outcome.found.is_none() {
        return Vec::new();
    }
    let about = valid.text(&PEER);
    let values = vec![
        (OPERATOR.name, about.clone()),
        (PEER.name, valid.text(&OPERATOR)),
        (FROM.name, valid.text(&FROM)),
        (UNTIL.name, valid.text(&UNTIL)),
        (MOST.name, valid.text(&MOST)),
    ];
    vec![Follow { operation: "tencent.find_c2c", label: words::FOLLOW_FIND_OTHER_SIDE, values, about }]
}
