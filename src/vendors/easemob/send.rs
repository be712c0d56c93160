//! `easemob.send_users`, `easemob.send_groups`, `easemob.send_rooms`: one message to up to 600 users, 3 groups or 10 rooms.

use std::collections::BTreeMap;

use super::content::{self, CONTENT, EXTENSION, FROM, QUIET, TYPE};
use super::ids::{CHAT, GROUP, PLACE, ROOM, USER};
use super::{foresee, reply, rewrite};
use crate::domain::field::{Choice, Field, IdShape, Items, Kind, Limit, Role, Severity, Unit};
use crate::domain::form::Form;
use crate::domain::json::{Json, Object};
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Scope, Segment, Targets, Verb,
};
use crate::domain::outcome::{Outcome, ReceiverEnding, ReceiverOutcome, Repeat};
use crate::domain::reply::Reply;
use crate::domain::sentence::choice_words;
use crate::domain::validation::Valid;
use crate::words::easemob as words;

/// Users who get it: 600 at most, repeats merged.
pub static USERS: Field = Field::body("to", words::RECEIVERS, Kind::Ids(&USER, Items::Texts), "E-SND-2")
    .required("E-SND-2")
    .limits(const { &[Limit::most(600, Unit::Items, "E-SND-2")] })
    .hint(words::RECEIVERS_HINT)
    .role(Role::Receivers);
/// Groups that get it: 3 at most.
pub static GROUPS: Field = Field::body("to", words::GROUP_IDS, Kind::Ids(&PLACE, Items::Texts), "E-GRP-1")
    .required("E-GRP-1")
    .limits(const { &[Limit::most(3, Unit::Items, "E-GRP-1")] })
    .hint(words::PLACES_HINT)
    .role(Role::Group);
/// Rooms that get it: 10 at most.
pub static ROOMS: Field = Field::body("to", words::ROOM_IDS, Kind::Ids(&PLACE, Items::Texts), "E-GRP-1")
    .required("E-GRP-1")
    .limits(const { &[Limit::most(10, Unit::Items, "E-GRP-1")] })
    .hint(words::PLACES_HINT)
    .role(Role::Group);
/// Whether the sender's other devices get it. In groups it always is, in rooms never, and there it is left out (E-GRP-3).
pub static SYNC: Field =
    Field::body("sync_device", words::SYNC_DEVICE, Kind::Flag, "E-SND-1").default("false");
/// Who cannot fetch it from roaming.
pub static HIDDEN: Field =
    Field::body("roam_ignore_users", words::HIDDEN_FROM, Kind::Ids(&USER, Items::Texts), "E-SND-4")
        .hint(words::ONE_PER_LINE);
/// The same in groups and rooms, 20 at most.
pub static HIDDEN_FEW: Field =
    Field::body("roam_ignore_users", words::HIDDEN_FROM, Kind::Ids(&USER, Items::Texts), "E-SND-4")
        .limits(const { &[Limit::most(20, Unit::Items, "E-GRP-3")] })
        .hint(words::ONE_PER_LINE);
/// Only those who are online; such a message is not stored.
pub static ROUTE: Field = Field::body(
    "routetype",
    words::ROUTE,
    Kind::Word(&[Choice::noted("ROUTE_ONLINE", words::ROUTE_ONLINE, words::ROUTE_ONLINE_NOTE)]),
    "E-SND-8",
);
/// Which callback route it takes.
pub static ENVIRONMENT: Field =
    Field::body("env", words::ENVIRONMENT, Kind::Id(&ROUTE_NAME), "E-SND-6").hint(words::ENVIRONMENT_HINT);
/// Whether members are asked to confirm reading.
pub static GROUP_ACK: Field =
    Field::body("need_group_ack", words::GROUP_ACK, Kind::Flag, "E-GRP-3").default("false");
/// What is dropped first in a busy room.
pub static LEVEL: Field = Field::body(
    "chatroom_msg_level",
    words::LEVEL,
    Kind::Word(&[
        Choice::new("high", words::LEVEL_HIGH),
        Choice::new("normal", words::LEVEL_NORMAL),
        Choice::noted("low", words::LEVEL_LOW, words::LEVEL_LOW_NOTE),
    ]),
    "E-GRP-4",
)
.default("normal");

static ROUTE_NAME: IdShape = IdShape {
    rule: "E-SND-6",
    lower: false,
    usual: |c| c.is_ascii_alphanumeric(),
    longest: 8,
    unusual: Severity::Stops,
    refused: None,
};

macro_rules! send {
    ($(#[$doc:meta])* $name:ident: $id:literal, ($title:ident, $vendor:ident, $short:ident, $act:ident), $end:literal, $to:ident, $place:expr, [$($option:ident),*]) => {
        $(#[$doc])*
        pub static $name: Operation = Operation {
            id: $id,
            verb: Verb::Send,
            title: words::$title,
            vendor_name: words::$vendor,
            short: words::$short,
            method: Method::Post,
            path: &[Segment::App, Segment::Literal("messages"), Segment::Literal($end)],
            form: Form {
                groups: &[
                    Group::open(words::GROUP_WHO, &[&FROM, &$to]),
                    Group::open(words::GROUP_WHAT, CONTENT),
                    Group::folded(words::GROUP_ADVANCED, &[&EXTENSION, &QUIET, $(&$option),*]),
                ],
                rules: content::RULES,
            },
            danger: Danger::Sends,
            act: words::$act,
            spacing: None,
            targets: Targets::EntriesOf(&$to),
            scope: |valid| scope(valid, &$to),
            explain: |valid, answer| explain(valid, answer, &$to),
            unanswered: |valid| valid.items(&$to).iter().map(|receiver| reply::unknown(receiver)).collect(),
            follow: |valid, outcome| follow(valid, outcome, $place),
            foresee: foresee::send,
            read_back: None,
        };
    };
}

send!(
    /// One message to several users, each in a conversation of their own.
    SEND_USERS: "easemob.send_users", (SEND_USERS, SEND_USERS_VENDOR, SEND_USERS_SHORT, SEND_USERS_ACT), "users", USERS, CHAT,
    [SYNC, HIDDEN, ROUTE, ENVIRONMENT]
);
send!(
    /// One message to several groups.
    SEND_GROUPS: "easemob.send_groups", (SEND_GROUPS, SEND_GROUPS_VENDOR, SEND_GROUPS_SHORT, SEND_GROUPS_ACT), "chatgroups", GROUPS, GROUP,
    [GROUP_ACK, HIDDEN_FEW, ROUTE]
);
send!(
    /// One message to several rooms.
    SEND_ROOMS: "easemob.send_rooms", (SEND_ROOMS, SEND_ROOMS_VENDOR, SEND_ROOMS_SHORT, SEND_ROOMS_ACT), "chatrooms", ROOMS, ROOM,
    [LEVEL, HIDDEN_FEW]
);

fn scope(valid: &Valid, to: &'static Field) -> Scope {
    let receivers = valid.items(to);
    let sender = valid.text(&FROM);
    Scope {
        says: words::SEND_SCOPE,
        facts: vec![
            ("sender", if sender.is_empty() { Fact::Words(words::ADMIN) } else { Fact::Text(sender) }),
            ("count", Fact::Text(receivers.len().to_string())),
            ("place", Fact::Words(to.label)),
            ("kind", Fact::Words(choice_words(&TYPE, &valid.text(&TYPE)))),
            ("sample", Fact::Text(super::sample(receivers))),
            ("content", Fact::Text(content::words_of(valid))),
        ],
    }
}

/// The answer maps each receiver to a message of its own; one that is missing is unknown (E-SND-1, E-SND-5).
fn explain(valid: &Valid, answer: &Reply, to: &'static Field) -> Option<Outcome> {
    let asked = valid.items(to);
    let mut outcome = reply::wrote(answer, |json| {
        let time = reply::text(json, "timestamp");
        let mut endings: BTreeMap<String, ReceiverEnding> = BTreeMap::new();
        for (receiver, id) in json.get("data").and_then(Json::as_object).into_iter().flat_map(Object::iter) {
            let id = id.as_exact_text().filter(|id| !id.is_empty());
            let ending =
                id.map_or(ReceiverEnding::Unknown, |id| reply::sent(id.to_owned(), time.clone(), receiver));
            // The exact name first; a cloud that folds case may answer another spelling.
            let name = asked.iter().find(|known| *known == receiver);
            let name = name.or_else(|| asked.iter().find(|known| known.eq_ignore_ascii_case(receiver)));
            endings.insert(name.map_or_else(|| receiver.to_owned(), Clone::clone), ending);
        }
        let parts = asked.iter().map(|receiver| ReceiverOutcome {
            receiver: receiver.clone(),
            ending: endings.remove(receiver).unwrap_or(ReceiverEnding::Unknown),
        });
        let parts = parts.collect();
        reply::tally(parts, endings.into_keys().collect(), words::SENT)
    })?;
    if outcome.receivers.is_empty() && outcome.advice.repeat == Repeat::Dangerous {
        outcome.receivers = asked.iter().map(|receiver| reply::unknown(receiver)).collect();
    }
    Some(outcome)
}

fn follow(valid: &Valid, outcome: &Outcome, place: &'static str) -> Vec<Follow> {
    let kind = valid.text(&TYPE);
    // A command can be neither recalled nor changed; what was not stored cannot be changed (E-RCL-6, E-MOD-13, E-SND-8).
    let (recalls, rewrites) = (kind != "cmd", kind != "cmd" && valid.text(&ROUTE).is_empty());
    let sent = outcome.receivers.iter().filter_map(|receiver| match &receiver.ending {
        ReceiverEnding::Sent(message) => Some((&receiver.receiver, &message.id)),
        ReceiverEnding::Refused { .. } | ReceiverEnding::Unknown => None,
    });
    sent.flat_map(|(receiver, id)| {
        let recall = Follow {
            operation: "easemob.recall",
            label: words::FOLLOW_RECALL,
            values: vec![
                ("msg_id", id.clone()),
                ("chat_type", place.to_owned()),
                ("to", receiver.clone()),
                ("from", valid.text(&FROM)),
            ],
            about: receiver.clone(),
        };
        let new = [
            (&rewrite::TYPE, kind.clone()),
            (&rewrite::TEXT, valid.text(&content::TEXT)),
            (&rewrite::EVENT, valid.text(&content::EVENT)),
            (&rewrite::ATTRIBUTES, valid.text(&content::ATTRIBUTES)),
        ];
        let named = [("msg_id", id.clone()), ("user", valid.text(&FROM))];
        let rewrite = Follow {
            operation: "easemob.rewrite",
            label: words::FOLLOW_REWRITE,
            values: named.into_iter().chain(new.map(|(field, text)| (field.name, text))).collect(),
            about: receiver.clone(),
        };
        [recalls.then_some(recall), rewrites.then_some(rewrite)].into_iter().flatten()
    })
    .collect()
}
