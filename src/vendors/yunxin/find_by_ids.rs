//! `yunxin.find_by_ids`: look up several messages of a conversation by their ids and send times.

use super::conversation::{conversation_fields, conversation_path};
use super::found;
use super::ids::MESSAGE_ID_MAX;
use super::reply::{self, Envelope};
use crate::domain::field::{Field, Kind};
use crate::domain::foresight;
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Scope, Targets, Verb};
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::reply::Reply;
use crate::domain::rows::Rows;
use crate::domain::sentence::choice_words;
use crate::domain::validation::Valid;
use crate::words::yunxin as words;

conversation_fields!(first: words::VIEWER, hint: words::VIEWER_HINT, other: words::OTHER_SIDE);

/// Which message.
pub static MESSAGE: Field = Field::body(
    "message_server_id",
    words::MESSAGE_ID,
    Kind::Integer { min: 0, max: MESSAGE_ID_MAX },
    "Y-ID-3",
)
.required("Y-ID-3")
.hint(words::MESSAGE_ID_HINT);
/// When it was sent.
pub static TIME: Field = Field::body("create_time", words::MESSAGE_TIME, Kind::Time, "Y-FIND")
    .required("Y-FIND")
    .hint(words::MESSAGE_TIME_HINT);
/// The messages, one row each. How many are allowed is not documented.
pub static MESSAGES: Field = Field::body(
    "messages",
    words::MESSAGES,
    Kind::Rows(&Rows {
        form: &Form { groups: &[Group::open(words::GROUP_WHICH, &[&MESSAGE, &TIME])], rules: &[] },
        title: words::MESSAGES_ROW,
        add: words::MESSAGES_ADD,
    }),
    "Y-FIND",
)
.required("Y-FIND");

/// Look up several messages by their ids.
pub static FIND_BY_IDS: Operation = Operation {
    id: "yunxin.find_by_ids",
    verb: Verb::Find,
    title: words::FIND_BY_IDS,
    vendor_name: words::FIND_BY_IDS_VENDOR,
    short: words::FIND_BY_IDS_SHORT,
    method: Method::Post,
    path: conversation_path!("v2.1", "batch_messages"),
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHERE, &[&SENDER, &CONVERSATION_TYPE, &RECEIVER]),
            Group::open(words::GROUP_WHICH, &[&MESSAGES]),
        ],
        rules: &[],
    },
    danger: Danger::Looks,
    act: words::FIND_BY_IDS_ACT,
    spacing: None,
    targets: Targets::EntriesOf(&MESSAGES),
    scope: |valid| Scope {
        says: words::FIND_BY_IDS_SCOPE,
        facts: vec![
            ("place", Fact::Words(choice_words(&CONVERSATION_TYPE, &valid.text(&CONVERSATION_TYPE)))),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("count", Fact::Text(valid.count(&MESSAGES).to_string())),
        ],
    },
    explain,
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresight::nothing,
    read_back: None,
};

/// What was found is listed; each message that was not is named among the facts, with the vendor's reason if it gave one.
fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let asked = found::conversation(valid.text(&CONVERSATION_TYPE), valid.text(&RECEIVER));
    let mut outcome = found::explain(answer, "success_list", &asked)?;
    if outcome.verdict != Verdict::Accepted {
        return Some(outcome);
    }
    let data = Envelope::read(answer)?.data;
    let messages = outcome.found.as_ref().map_or(&[][..], |found| &found.messages);
    let rows = valid.json(&MESSAGES)?;
    let wanted = rows.as_list().into_iter().flatten().filter_map(|row| reply::text(row, MESSAGE.name));
    let missing = wanted.filter(|id| !messages.iter().any(|message| message.id == *id));
    outcome.facts = missing
        .map(|id| {
            let reason = reply::list(&data, "failed_list")
                .find(|entry| reply::text(entry, MESSAGE.name).as_ref() == Some(&id))
                .map(|entry| {
                    ["error_code", "error_msg"].map(|name| reply::text(entry, name).unwrap_or_default())
                });
            (
                "not_found".to_owned(),
                format!("{id} {}", reason.unwrap_or_default().join(" ")).trim().to_owned(),
            )
        })
        .collect();
    Some(outcome)
}
