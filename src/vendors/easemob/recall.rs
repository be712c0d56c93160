//! `easemob.recall` and `easemob.batch_recall`: take back one message, or up to 30 (E-RCL-1…9, E-BRCL-1…3).

use std::collections::BTreeMap;

use super::ids::{CHAT, CHAT_TYPES, GROUP, MESSAGE_ID, PLACE, ROOM, USER};
use super::{codes, foresee, read_back, reply};
use crate::domain::field::Condition::Is;
use crate::domain::field::{Field, Kind, Limit, Lines, Role, Unit};
use crate::domain::form::Form;
use crate::domain::json::Json;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb};
use crate::domain::outcome::{Outcome, ReceiverEnding, ReceiverOutcome, Repeat};
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Reply;
use crate::domain::rows::{self, Rows};
use crate::domain::sentence::choice_words;
use crate::domain::validation::{Readings, Valid};
use crate::words::easemob as words;

/// Which message.
pub static MESSAGE: Field = Field::body("msg_id", words::MESSAGE_ID, Kind::Id(&MESSAGE_ID), "E-ID-2")
    .required("E-RCL-1")
    .hint(words::MESSAGE_ID_HINT);
/// The kind of conversation. The answer spells it without the underscore (E-RCL-2).
pub static CHAT_TYPE: Field =
    Field::body("chat_type", words::CHAT_TYPE, Kind::Word(CHAT_TYPES), "E-RCL-1").required("E-RCL-1");
/// Who got it.
pub static TO: Field = Field::body(
    "to",
    words::RECEIVER,
    Kind::IdWhen(Is(&CHAT_TYPE, &[GROUP, ROOM]), &PLACE, &USER),
    "E-RCL-1",
)
.required("E-RCL-1")
.label_when(Is(&CHAT_TYPE, &[GROUP, ROOM]), words::PLACE_ID)
.role(Role::Receiver);
/// Who is shown as the one who recalls; with force also whose own copy goes (E-RCL-4).
pub static FROM: Field = Field::body("from", words::RECALLER, Kind::Id(&USER), "E-SND-4")
    .hint(words::RECALLER_HINT)
    .role(Role::Sender);
/// Whether the window and the storage period are ignored; always said.
pub static FORCE: Field =
    Field::body("force", words::FORCE, Kind::Flag, "E-RCL-1").always("false").hint(words::FORCE_HINT);
/// Whether the sender's devices are told.
pub static SYNC: Field = Field::body("sync_device", words::SYNC_DEVICE, Kind::Flag, "E-RCL-1")
    .when(&[(Is(&CHAT_TYPE, &[CHAT]), "E-RCL-1")])
    .default("true");
/// What travels with the recall notice.
pub static NOTE: Field =
    Field::body("recallMessageExtensionInfo", words::RECALL_NOTE, Kind::Text(Lines::Many), "E-RCL-1")
        .hint(words::RECALL_NOTE_HINT);

/// Recall one message.
pub static RECALL: Operation = Operation {
    id: "easemob.recall",
    verb: Verb::Recall,
    title: words::RECALL,
    vendor_name: words::RECALL_VENDOR,
    short: words::RECALL_SHORT,
    method: Method::Post,
    path: &[Segment::App, Segment::Literal("messages"), Segment::Literal("msg_recall")],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHICH, &[&MESSAGE, &CHAT_TYPE, &TO, &FROM]),
            Group::open(words::GROUP_HOW, &[&FORCE, &SYNC, &NOTE]),
        ],
        rules: &[Rule { id: "E-RCL-4", check: force_names_the_sender }],
    },
    danger: Danger::Destroys,
    act: words::RECALL_ACT,
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope {
        says: words::RECALL_SCOPE,
        facts: vec![
            ("place", Fact::Words(choice_words(&CHAT_TYPE, &valid.text(&CHAT_TYPE)))),
            ("receiver", Fact::Text(valid.text(&TO))),
            ("message", Fact::Text(valid.text(&MESSAGE))),
            ("count", Fact::Text("1".to_owned())),
            (
                "how",
                Fact::Words(if valid.text(&FORCE) == "true" { words::FORCED } else { words::NOT_FORCED }),
            ),
            ("final", Fact::Words(words::RECALL_FINAL)),
        ],
    },
    explain: explain_one,
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresee::recall,
    read_back: Some(&read_back::RECALL),
};

/// The messages of a batch.
pub static MESSAGES: Field = Field::body("msgs", words::MESSAGES, Kind::Rows(&ROWS), "E-BRCL-1")
    .required("E-BRCL-1")
    .limits(const { &[Limit::most(30, Unit::Items, "E-BRCL-1")] });

static ROWS: Rows = Rows {
    form: &Form {
        groups: &[Group::open(words::GROUP_WHICH, &[&MESSAGE, &CHAT_TYPE, &TO, &FROM, &FORCE, &SYNC])],
        rules: &[Rule { id: "E-RCL-4", check: force_names_the_sender }],
    },
    title: words::ROW_TITLE,
    add: words::ROW_ADD,
};

/// Recall up to 30 messages.
pub static BATCH_RECALL: Operation = Operation {
    id: "easemob.batch_recall",
    verb: Verb::Recall,
    title: words::BATCH_RECALL,
    vendor_name: words::BATCH_RECALL_VENDOR,
    short: words::BATCH_RECALL_SHORT,
    method: Method::Post,
    path: &[Segment::App, Segment::Literal("messages"), Segment::Literal("batch_recall")],
    form: Form {
        // The note stands beside the list on the vendor's page, not inside an item (E-BRCL-3).
        groups: &[Group::open(words::GROUP_WHICH, &[&MESSAGES]), Group::folded(words::GROUP_HOW, &[&NOTE])],
        rules: &[Rule { id: "E-BRCL-1", check: each_message_once }],
    },
    danger: Danger::Destroys,
    act: words::RECALL_ACT,
    spacing: None,
    targets: Targets::EntriesOf(&MESSAGES),
    scope: |valid| Scope {
        says: words::BATCH_RECALL_SCOPE,
        facts: vec![
            ("count", Fact::Text(valid.count(&MESSAGES).to_string())),
            ("sample", Fact::Text(super::sample(&asked(valid)))),
            ("final", Fact::Words(words::RECALL_FINAL)),
        ],
    },
    explain: explain_all,
    unanswered: |valid| asked(valid).iter().map(|id| reply::unknown(id)).collect(),
    follow: |_, _| Vec::new(),
    foresee: foresee::batch_recall,
    read_back: None,
};

/// Forced, the sender's own copy stays unless the sender is named.
fn force_names_the_sender(readings: &Readings) -> Option<Problem> {
    let silent = readings.text(&FORCE) == "true" && readings.typed(&FROM).is_empty();
    silent.then(|| {
        Problem::warn(FROM.name, "E-RCL-4", Fault::said("sender_not_named", words::FORCE_WITHOUT_SENDER))
    })
}

fn each_message_once(readings: &Readings) -> Option<Problem> {
    let items = Json::parse(readings.typed(&MESSAGES)).ok()?;
    let mut seen = std::collections::BTreeSet::new();
    let ids = items.as_list()?.iter().filter_map(|item| reply::text(item, "msg_id"));
    let (row, twice) = ids.enumerate().find(|(_, id)| !seen.insert(id.clone()))?;
    let fault = Fault::Said { code: "twice", says: words::TWICE, facts: vec![("found", twice)] };
    Some(Problem::stop(rows::cell_name(MESSAGES.name, row, MESSAGE.name), "E-BRCL-1", fault))
}

/// The ids of a batch, in order.
fn asked(valid: &Valid) -> Vec<String> {
    let items = valid.json(&MESSAGES);
    let list = items.as_ref().and_then(Json::as_list).unwrap_or_default();
    list.iter().map(|item| reply::text(item, "msg_id").unwrap_or_default()).collect()
}

/// What an answer says about messages: the result itself, a list of them, or the list of older pages (E-RCL-7).
fn results(json: &Json) -> Vec<&Json> {
    let data = json.get("data").unwrap_or(json);
    match data.as_list().or_else(|| data.get("msgs").and_then(Json::as_list)) {
        Some(list) => list.iter().collect(),
        None => vec![data],
    }
}

fn explain_one(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    reply::wrote(answer, |json| {
        let about = valid.text(&MESSAGE);
        let same = |result: &&&Json| reply::text(result, "msg_id").is_none_or(|id| id == about);
        let results = results(json);
        let said = results.iter().find(same).and_then(|result| reply::text(result, "recalled"));
        match said.as_deref() {
            Some("yes") => reply::accepted(words::RECALLED),
            Some(reason) => match codes::advice(403, "message_recall_error", "", reason) {
                Some(advice) => Outcome { message: reason.to_owned(), ..reply::refused(*advice) },
                None => reply::unsure(),
            },
            None => reply::unsure(),
        }
    })
}

/// By id, not by position: a message the answer does not name is unknown (E-BRCL-2).
fn explain_all(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome = reply::wrote(answer, |json| {
        let mut endings: BTreeMap<String, ReceiverEnding> = BTreeMap::new();
        for result in results(json) {
            let Some(id) = reply::text(result, "msg_id") else { continue };
            let ending = ending(result, &id);
            // Named twice with different results: nobody knows.
            let clash = endings.get(&id).is_some_and(|known| *known != ending);
            endings.insert(id, if clash { ReceiverEnding::Unknown } else { ending });
        }
        let parts = asked(valid).into_iter().map(|id| {
            let ending = endings.remove(&id).unwrap_or(ReceiverEnding::Unknown);
            ReceiverOutcome { receiver: id, ending }
        });
        let parts = parts.collect();
        reply::tally(parts, endings.into_keys().collect(), words::RECALLED)
    })?;
    if outcome.receivers.is_empty() && outcome.advice.repeat == Repeat::Dangerous {
        outcome.receivers = asked(valid).iter().map(|id| reply::unknown(id)).collect();
    }
    Some(outcome)
}

fn ending(result: &Json, id: &str) -> ReceiverEnding {
    match reply::text(result, "recalled") {
        Some(said) if said == "yes" => {
            reply::sent(id.to_owned(), None, &reply::text(result, "to").unwrap_or_default())
        }
        Some(message) => {
            let advice = codes::advice(403, "message_recall_error", "", &message);
            ReceiverEnding::Refused { code: String::new(), message, advice }
        }
        None => ReceiverEnding::Unknown,
    }
}

/// The form of one row of a batch.
pub(super) fn row_form() -> &'static Form {
    ROWS.form
}
