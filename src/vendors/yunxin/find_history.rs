//! `yunxin.find_history`: the messages of a conversation, page by page.

use super::conversation::{conversation_fields, conversation_path};
use super::found;
use super::ids::TEAMS;
use super::page::{listing_fields, page_fields};
use crate::domain::field::Condition::Is;
use crate::domain::field::{Field, Kind, Role};
use crate::domain::foresight;
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Rule, Scope, Targets, Verb};
use crate::domain::problem::{Fault, Problem};
use crate::domain::sentence::choice_words;
use crate::domain::validation::Readings;
use crate::words::yunxin as words;

conversation_fields!(first: words::VIEWER, hint: words::VIEWER_HINT, other: words::OTHER_SIDE);

/// From when.
pub static BEGIN: Field = Field::query("begin_time", words::BEGIN, Kind::Time, "Y-FIND")
    .required("Y-FIND")
    .role(Role::From)
    .ago(24 * 60 * 60 * 1_000)
    .hint(words::MILLISECONDS);
/// Until when.
pub static END: Field = Field::query("end_time", words::END, Kind::Time, "Y-FIND")
    .required("Y-FIND")
    .role(Role::Until)
    .ago(0)
    .hint(words::MILLISECONDS);
page_fields!();
listing_fields!();
/// Whether the team must exist, with the account in it.
pub static CHECK_TEAM: Field = Field::query("check_team_valid", words::CHECK_TEAM, Kind::Flag, "Y-MOD-18")
    .when(&[(Is(&CONVERSATION_TYPE, TEAMS), "Y-MOD-17")])
    .default("true");
/// Whether messages are listed that one side keeps no copy of.
pub static NO_SENSE: Field =
    Field::query("include_no_sense_msg", words::INCLUDE_NO_SENSE, Kind::Flag, "Y-MOD-18").default("false");

/// List a conversation's messages.
pub static FIND_HISTORY: Operation = Operation {
    id: "yunxin.find_history",
    verb: Verb::Find,
    title: words::FIND_HISTORY,
    vendor_name: words::FIND_HISTORY_VENDOR,
    short: words::FIND_HISTORY_SHORT,
    method: Method::Get,
    path: conversation_path!("v2.1", "messages"),
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHERE, &[&SENDER, &CONVERSATION_TYPE, &RECEIVER]),
            Group::open(words::GROUP_WHEN, &[&BEGIN, &END, &LIMIT, &ORDER]),
            Group::folded(words::GROUP_ADVANCED, &[&PAGE_TOKEN, &TYPES, &CHECK_TEAM, &NO_SENSE]),
        ],
        rules: &[Rule { id: "Y-FIND", check: begins_before_it_ends }],
    },
    danger: Danger::Looks,
    act: words::FIND_HISTORY_ACT,
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope {
        says: words::FIND_HISTORY_SCOPE,
        facts: vec![
            ("place", Fact::Words(choice_words(&CONVERSATION_TYPE, &valid.text(&CONVERSATION_TYPE)))),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("begin", Fact::Time(valid.text(&BEGIN))),
            ("end", Fact::Time(valid.text(&END))),
        ],
    },
    explain: |valid, answer| {
        let asked = found::conversation(valid.text(&CONVERSATION_TYPE), valid.text(&RECEIVER));
        found::explain(answer, "items", &asked)
    },
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresight::nothing,
    read_back: None,
};

fn begins_before_it_ends(readings: &Readings) -> Option<Problem> {
    let (begin, end) = (readings.number(&BEGIN)?, readings.number(&END)?);
    (begin > end)
        .then(|| Problem::stop(END.name, "Y-FIND", Fault::said("ends_before_it_begins", words::ENDS_EARLY)))
}
