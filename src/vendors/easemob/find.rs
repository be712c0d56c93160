//! `easemob.find_chat`, `easemob.find_group`: what a user sees of a conversation (E-HIS-1…3). The pages of the vendor that were
//! at hand tell only the cursor of the answer, so messages are looked for wherever they stand.

use super::ids::{PLACE, USER};
use super::{foresee, message, reply};
use crate::domain::draft::Values;
use crate::domain::field::{Choice, Field, Kind, Lines, Role};
use crate::domain::form::Form;
use crate::domain::json::{Json, Object};
use crate::domain::message::{Found, Message, State};
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb};
use crate::domain::outcome::Outcome;
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Reply;
use crate::domain::validation::{Readings, Valid};
use crate::words::easemob as words;

/// Whose view it is.
pub static VIEWER: Field = Field::body("username", words::VIEWER, Kind::Id(&USER), "E-SND-4")
    .required("E-HIS-1")
    .role(Role::Sender)
    .hint(words::VIEWER_HINT);
/// The other side of the conversation.
pub static PEER: Field =
    Field::body("to", words::PEER, Kind::Id(&USER), "E-SND-4").required("E-HIS-1").role(Role::Receiver);
/// The group.
pub static PLACE_ID: Field = Field::body("groupId", words::PLACE_ID, Kind::Id(&PLACE), "E-GRP-1")
    .required("E-HIS-1")
    .role(Role::Group);
/// How many per page.
pub static LIMIT: Field =
    Field::body("limit", words::PAGE, Kind::Integer { min: 1, max: 1000 }, "E-HIS-1").initial("20");
/// In which order.
pub static ORDER: Field = Field::body(
    "order",
    words::ORDER,
    Kind::Word(&[Choice::new("down", words::ORDER_DOWN), Choice::new("up", words::ORDER_UP)]),
    "E-HIS-1",
);
/// Where the next page begins.
pub static CURSOR: Field =
    Field::body("cursor", words::CURSOR, Kind::Text(Lines::One), "E-HIS-1").hint(words::CURSOR_HINT);
/// From when.
pub static FROM: Field = Field::body("startTimestamp", words::FROM, Kind::Time, "E-HIS-1").role(Role::From);
/// Until when.
pub static UNTIL: Field =
    Field::body("endTimestamp", words::UNTIL_WHEN, Kind::Time, "E-HIS-1").role(Role::Until);

macro_rules! find {
    ($(#[$doc:meta])* $name:ident: $id:literal, ($title:ident, $vendor:ident, $short:ident), $end:literal, $other:ident) => {
        $(#[$doc])*
        pub static $name: Operation = Operation {
            id: $id,
            verb: Verb::Find,
            title: words::$title,
            vendor_name: words::$vendor,
            short: words::$short,
            method: Method::Post,
            // The version stands before the app (E-URL-4).
            path: &[
                Segment::Literal("api"),
                Segment::Literal("server"),
                Segment::Literal("v6"),
                Segment::App,
                Segment::Literal("roaming"),
                Segment::Literal($end),
            ],
            form: Form {
                groups: &[
                    Group::open(words::GROUP_WHERE, &[&VIEWER, &$other]),
                    Group::open(words::GROUP_WHEN, &[&FROM, &UNTIL]),
                    Group::folded(words::GROUP_PAGES, &[&LIMIT, &ORDER, &CURSOR]),
                ],
                rules: &[Rule { id: "E-HIS-1", check: range_is_forward }],
            },
            danger: Danger::Looks,
            act: words::FIND_ACT,
            spacing: None,
            targets: Targets::One,
            scope: |valid| Scope {
                says: words::FIND_SCOPE,
                facts: vec![
                    ("viewer", Fact::Text(valid.text(&VIEWER))),
                    ("other", Fact::Text(valid.text(&$other))),
                ],
            },
            explain,
            unanswered: |_| Vec::new(),
            follow: |_, _| Vec::new(),
            foresee: foresee::find,
            read_back: None,
        };
    };
}

find!(
    /// Messages of a one-to-one conversation.
    FIND_CHAT: "easemob.find_chat", (FIND_CHAT, FIND_CHAT_VENDOR, FIND_CHAT_SHORT), "chat", PEER
);
find!(
    /// Messages of a group.
    FIND_GROUP: "easemob.find_group", (FIND_GROUP, FIND_GROUP_VENDOR, FIND_GROUP_SHORT), "group", PLACE_ID
);

fn range_is_forward(readings: &Readings) -> Option<Problem> {
    let backward = readings.number(&FROM)? > readings.number(&UNTIL)?;
    backward
        .then(|| Problem::stop(UNTIL.name, "E-HIS-1", Fault::said("range_backward", words::RANGE_BACKWARD)))
}

fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let cursor = valid.text(&CURSOR);
    reply::looked(answer, |json| {
        let data = json.get("data").or_else(|| json.get("entities"))?;
        let mut messages = Vec::new();
        gather(data, &mut messages);
        let said = [
            data.get("pagination").and_then(|part| part.get("cursor")),
            data.get("cursor"),
            json.get("cursor"),
        ];
        let next = said.into_iter().flatten().find_map(Json::as_exact_text);
        // A cursor that comes back leads nowhere.
        let next = next.filter(|next| !next.is_empty() && *next != cursor);
        let next = next.map(|next| Values::from_iter([(CURSOR.name, next)]));
        Some((reply::ANSWERED, Some(Found { messages, next })))
    })
}

/// Messages wherever they stand; an entry of a list that holds none is shown as it is.
fn gather(json: &Json, found: &mut Vec<Message>) {
    if let Some(message) = message::read(json) {
        found.push(message);
        return;
    }
    for (_, part) in json.as_object().into_iter().flat_map(Object::iter) {
        gather(part, found);
    }
    for item in json.as_list().into_iter().flatten() {
        let mut inside = Vec::new();
        gather(item, &mut inside);
        let readable = inside.iter().any(|message| message.state != State::Unreadable);
        match item {
            Json::Object(_) if !readable => found.push(Message::unreadable(item)),
            _ => found.append(&mut inside),
        }
    }
}
