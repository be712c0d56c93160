//! `yunxin.search`: search what an account can see for senders, types and words.

use super::found::{self, Parts};
use super::ids::{ACCOUNT, CONVERSATION_TYPES, NUMBER, PHRASE};
use super::page::page_fields;
use crate::domain::field::{Choice, Field, Items, Kind, Limit, Lines, Role, Unit};
use crate::domain::foresight;
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb};
use crate::domain::problem::{Fault, Problem};
use crate::domain::validation::Readings;
use crate::words::yunxin as words;

/// Whose messages are searched.
pub static OPERATOR: Field = Field::query("operator_id", words::VIEWER, Kind::Id(&ACCOUNT), "Y-ID-1")
    .required("Y-FIND")
    .role(Role::Sender)
    .hint(words::VIEWER_HINT);
/// In one conversation only.
pub static CONVERSATION: Field =
    Field::query("conversation_id", words::CONVERSATION_ID, Kind::Text(Lines::One), "Y-ID-4")
        .hint(words::CONVERSATION_ID_HINT);
/// Words, any or all of them.
pub static KEYWORDS: Field =
    Field::query("keyword_list", words::KEYWORDS, Kind::Ids(&PHRASE, Items::JsonText), "Y-FIND")
        .limits(const { &[Limit::most(5, Unit::Items, "Y-FIND")] })
        .hint(words::KEYWORDS_HINT);
/// Any word or all words.
pub static MATCH: Field = Field::query(
    "keyword_match_type",
    words::MATCH,
    Kind::Choice(&[Choice::new("0", words::MATCH_ANY), Choice::new("1", words::MATCH_ALL)]),
    "Y-FIND",
)
.omitted("0");
/// Messages of these accounts only.
pub static SENDERS: Field =
    Field::query("sender_account_ids", words::SENDERS, Kind::Ids(&ACCOUNT, Items::Commas), "Y-FIND")
        .limits(const { &[Limit::most(5, Unit::Items, "Y-FIND")] })
        .hint(words::RECEIVERS_HINT);
/// Messages of these types only.
pub static TYPES: Field =
    Field::query("message_types", words::TYPES, Kind::Ids(&NUMBER, Items::Commas), "Y-FIND")
        .hint(words::TYPES_HINT);
/// Messages of these sub-types only.
pub static SUB_TYPES: Field =
    Field::query("message_sub_types", words::SUB_TYPE, Kind::Ids(&NUMBER, Items::Commas), "Y-FIND")
        .hint(words::RECEIVERS_HINT);
/// Where the search begins in time.
pub static START: Field =
    Field::query("start_time", words::START, Kind::Time, "Y-FIND").hint(words::MILLISECONDS);
/// How far it goes from there.
pub static PERIOD: Field =
    Field::query("time_period", words::PERIOD, Kind::Integer { min: 1, max: i64::MAX }, "Y-FIND")
        .hint(words::PERIOD_HINT);
/// The order. The vendor's change log misspells the name once; its SDK writes it so.
pub static ORDER: Field = Field::query(
    "direction",
    words::ORDER,
    Kind::Choice(&[Choice::new("0", words::NEWEST_FIRST), Choice::new("1", words::OLDEST_FIRST)]),
    "Y-FIND",
)
.omitted("0");
page_fields!();

/// Search messages.
pub static SEARCH: Operation = Operation {
    id: "yunxin.search",
    verb: Verb::Find,
    title: words::SEARCH,
    vendor_name: words::SEARCH_VENDOR,
    short: words::SEARCH_SHORT,
    method: Method::Get,
    path: &[
        Segment::Literal("im"),
        Segment::Literal("v2.1"),
        Segment::Literal("messages"),
        Segment::Literal("actions"),
        Segment::Literal("search_messages"),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHERE, &[&OPERATOR, &CONVERSATION]),
            Group::open(words::GROUP_WHAT_FOR, &[&KEYWORDS, &MATCH, &SENDERS, &TYPES, &SUB_TYPES]),
            Group::open(words::GROUP_WHEN, &[&START, &PERIOD, &LIMIT, &ORDER]),
            Group::folded(words::GROUP_ADVANCED, &[&PAGE_TOKEN]),
        ],
        rules: &[
            Rule { id: "Y-FIND", check: asks_for_something },
            Rule { id: "Y-ID-4", check: conversation_has_its_parts },
        ],
    },
    danger: Danger::Looks,
    act: words::SEARCH_ACT,
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope {
        says: words::SEARCH_SCOPE,
        facts: vec![("sender", Fact::Text(valid.text(&OPERATOR)))],
    },
    explain: |_, answer| found::explain(answer, "items", &Parts::default()),
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresight::nothing,
    read_back: None,
};

fn asks_for_something(readings: &Readings) -> Option<Problem> {
    let nothing = [&KEYWORDS, &SENDERS, &TYPES].iter().all(|field| readings.typed(field).is_empty());
    nothing
        .then(|| Problem::stop(KEYWORDS.name, "Y-FIND", Fault::said("nothing_asked", words::NOTHING_ASKED)))
}

/// Sender, type and receiver with a bar between them; the account that looks comes first.
fn conversation_has_its_parts(readings: &Readings) -> Option<Problem> {
    let typed = readings.typed(&CONVERSATION);
    if typed.is_empty() {
        return None;
    }
    let parts: Vec<_> = typed.split('|').collect();
    let whole = match *parts.as_slice() {
        [first, kind, other] => {
            !first.is_empty()
                && !other.is_empty()
                && CONVERSATION_TYPES.iter().any(|known| known.value == kind)
        }
        _ => false,
    };
    let own = parts.first().is_some_and(|first| first.eq_ignore_ascii_case(readings.text(&OPERATOR)));
    let said = |code, says| Fault::said(code, says);
    if !whole {
        let fault = said("conversation_parts", words::CONVERSATION_PARTS);
        return Some(Problem::stop(CONVERSATION.name, "Y-ID-4", fault));
    }
    (!own).then(|| {
        Problem::warn(CONVERSATION.name, "Y-ID-4", said("another_viewer", words::CONVERSATION_VIEWER))
    })
}
