//! One-sided deletes: a user's own roaming copies go, everybody else keeps theirs (E-DEL-1…4).

use super::ids::{MESSAGE_ID, PLACE, USER};
use super::{foresee, read_back, reply};
use crate::domain::field::{Field, Items, Kind, Limit, Role, Unit};
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb};
use crate::domain::outcome::Outcome;
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Reply;
use crate::domain::validation::{Readings, Valid};
use crate::words::easemob as words;

/// Whose copy goes. The vendor calls this one and the other side of the conversation `userId`; in the path it has no name on
/// the wire, so here it is the one that is renamed (E-DEL-1).
pub static OWNER: Field = Field::path("user_id", words::OWNER, Kind::Id(&USER), "E-SND-4")
    .required("E-DEL-1")
    .hint(words::OWNER_HINT)
    .role(Role::Owner);
/// The other side of the conversation.
pub static PEER: Field =
    Field::query("userId", words::PEER, Kind::Id(&USER), "E-SND-4").required("E-DEL-1").role(Role::Receiver);
/// The group or room.
pub static PLACE_ID: Field = Field::query("groupId", words::PLACE_ID, Kind::Id(&PLACE), "E-GRP-1")
    .required("E-DEL-1")
    .role(Role::Group);
/// Which messages.
pub static IDS: Field =
    Field::query("msgIdList", words::MESSAGE_IDS, Kind::Ids(&MESSAGE_ID, Items::Commas), "E-DEL-2")
        .required("E-DEL-2")
        .limits(const { &[Limit::most(50, Unit::Items, "E-DEL-2")] })
        .hint(words::ONE_PER_LINE);
/// Up to when, inclusive.
pub static UNTIL: Field = Field::query("delTime", words::UNTIL, Kind::Time, "E-DEL-3")
    .required("E-DEL-3")
    .hint(words::UNTIL_HINT)
    .role(Role::Until);
/// Whether the user's devices are told.
pub static NOTIFY: Field =
    Field::query("isNotify", words::NOTIFY, Kind::Flag, "E-DEL-1").default("true").hint(words::NOTIFY_HINT);

macro_rules! delete {
    ($(#[$doc:meta])* $name:ident: $id:literal, $words:ident($title:ident, $vendor:ident, $short:ident, $act:ident), $kind:literal, $end:tt, [$($field:ident),*], $rules:expr, $targets:expr, $scope:ident, $back:expr) => {
        $(#[$doc])*
        pub static $name: Operation = Operation {
            id: $id,
            verb: Verb::Recall,
            title: $words::$title,
            vendor_name: $words::$vendor,
            short: $words::$short,
            method: Method::Delete,
            path: &delete!(@path $kind $end),
            form: Form {
                groups: &[Group::open(words::GROUP_WHICH, &[$(&$field),*]), Group::folded(words::GROUP_HOW, &[&NOTIFY])],
                rules: $rules,
            },
            danger: Danger::Destroys,
            act: words::$act,
            spacing: None,
            targets: $targets,
            scope: $scope,
            explain,
            unanswered: |_| Vec::new(),
            follow: |_, _| Vec::new(),
            foresee: foresee::delete,
            read_back: Some(&$back),
        };
    };
    (@path $kind:literal ids) => { [
        Segment::App, Segment::Literal("rest"), Segment::Literal("message"), Segment::Literal("roaming"),
        Segment::Literal($kind), Segment::Literal("user"), Segment::Of(&OWNER),
    ] };
    (@path $kind:literal time) => { [
        Segment::App, Segment::Literal("rest"), Segment::Literal("message"), Segment::Literal("roaming"),
        Segment::Literal($kind), Segment::Literal("user"), Segment::Of(&OWNER), Segment::Literal("time"),
    ] };
}

delete!(
    /// Some messages of a one-to-one conversation.
    DELETE_ROAMING: "easemob.delete_roaming", words(DELETE, DELETE_VENDOR, DELETE_SHORT, DELETE_ACT),
    "chat", ids, [OWNER, PEER, IDS], &[], Targets::EntriesOf(&IDS), scope_ids, read_back::DELETE
);
delete!(
    /// Some messages of a group or room.
    DELETE_ROAMING_GROUP: "easemob.delete_roaming_group", words(DELETE_GROUP, DELETE_GROUP_VENDOR, DELETE_GROUP_SHORT, DELETE_ACT),
    "group", ids, [OWNER, PLACE_ID, IDS], &[], Targets::EntriesOf(&IDS), scope_ids, read_back::DELETE_GROUP
);
delete!(
    /// Everything of a one-to-one conversation up to a time.
    DELETE_ROAMING_BEFORE: "easemob.delete_roaming_before", words(DELETE_BEFORE, DELETE_BEFORE_VENDOR, DELETE_BEFORE_SHORT, DELETE_BEFORE_ACT),
    "chat", time, [OWNER, PEER, UNTIL], &[Rule { id: "E-DEL-3", check: time_is_likely }], Targets::One, scope_before, read_back::DELETE_BEFORE
);
delete!(
    /// Everything of a group or room up to a time.
    DELETE_ROAMING_GROUP_BEFORE: "easemob.delete_roaming_group_before", words(DELETE_GROUP_BEFORE, DELETE_GROUP_BEFORE_VENDOR, DELETE_GROUP_BEFORE_SHORT, DELETE_BEFORE_ACT),
    "group", time, [OWNER, PLACE_ID, UNTIL], &[Rule { id: "E-DEL-3", check: time_is_likely }], Targets::One, scope_before, read_back::DELETE_GROUP_BEFORE
);

/// Below this a time in milliseconds would be before 2001: it is in seconds.
const SECONDS_BELOW: i64 = 1_000_000_000_000;

fn time_is_likely(readings: &Readings) -> Option<Problem> {
    let time = readings.number(&UNTIL)?;
    if (1_000_000_000..SECONDS_BELOW).contains(&time) {
        return Some(Problem::stop(
            UNTIL.name,
            "E-DEL-3",
            Fault::said("seconds_not_milliseconds", words::IN_SECONDS),
        ));
    }
    (time > readings.now())
        .then(|| Problem::warn(UNTIL.name, "E-DEL-3", Fault::said("in_the_future", words::IN_FUTURE)))
}

/// The other side: a user, or a group or room.
fn other(valid: &Valid) -> String {
    [&PEER, &PLACE_ID]
        .into_iter()
        .map(|field| valid.text(field))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

fn scope_ids(valid: &Valid) -> Scope {
    let ids = valid.items(&IDS);
    Scope {
        says: words::DELETE_SCOPE,
        facts: vec![
            ("owner", Fact::Text(valid.text(&OWNER))),
            ("other", Fact::Text(other(valid))),
            ("count", Fact::Text(ids.len().to_string())),
            ("sample", Fact::Text(super::sample(ids))),
            ("final", Fact::Words(words::DELETE_FINAL)),
        ],
    }
}

fn scope_before(valid: &Valid) -> Scope {
    Scope {
        says: words::DELETE_BEFORE_SCOPE,
        facts: vec![
            ("owner", Fact::Text(valid.text(&OWNER))),
            ("other", Fact::Text(other(valid))),
            ("time", Fact::Time(valid.text(&UNTIL))),
            ("final", Fact::Words(words::DELETE_FINAL)),
        ],
    }
}

fn explain(_: &Valid, answer: &Reply) -> Option<Outcome> {
    reply::wrote(answer, |json| match reply::text(json, "requestStatusCode").as_deref() {
        Some("ok") => reply::accepted(words::DELETED),
        _ => reply::unsure(),
    })
}
