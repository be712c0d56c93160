//! What will come of an act by Yunxin's rules: age against windows, kinds of messages, who may (sections 4.2, 5.2, 9).

use super::ids::{P2P, SUPER_TEAM};
use super::{modify, recall, recall_chatroom, send as sending, tenant};
use crate::domain::draft::Values;
use crate::domain::field::Field;
use crate::domain::foresight::{Fate, Forecast, Foresight};
use crate::domain::message::{Message, State};
use crate::words::{Words, yunxin as words};

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;
/// A one-way recall, a deletion, and a recall that ignores the window reach back so many days.
const RECALL_DAYS: i64 = 30;
/// An edit reaches back so many days.
const MODIFY_DAYS: i64 = 7;

fn forecast(fate: Fate, rule: &'static str, says: Words, limit: i64) -> Forecast {
    Forecast { facts: vec![("limit", limit.to_string())], ..Forecast::new(fate, rule, says) }
}

/// How old the message is, in milliseconds: by the form, else by the message itself.
fn age(foresight: &Foresight, field: &'static Field, message: Option<&Message>) -> Option<i64> {
    let time = foresight.readings.number(field).or_else(|| message?.time)?;
    Some(foresight.readings.now().saturating_sub(time))
}

/// The message, when the form is still about it.
fn same<'a>(foresight: &Foresight<'a>, id: &'static Field) -> Option<&'a Message> {
    foresight.message.filter(|message| message.id == foresight.readings.text(id))
}

/// A message that is gone, or no longer kept.
fn gone(message: Option<&Message>, age: Option<i64>, tenant: &Values, found: &mut Vec<Forecast>) {
    if message.is_some_and(|message| matches!(message.state, State::Recalled | State::Gone)) {
        found.push(Forecast::new(Fate::Void, "Y-WINDOW", words::FORESEE_GONE));
    }
    if let (Some(age), Some(days)) = (age, tenant::history_days(tenant))
        && age > days.saturating_mul(DAY)
    {
        found.push(forecast(Fate::Fails, "Y-WINDOW", words::FORESEE_HISTORY, days));
    }
}

/// An edit: 7 days, the types that can be written, and who may.
pub(super) fn modify(foresight: &Foresight) -> Vec<Forecast> {
    let (readings, mut found) = (foresight.readings, Vec::new());
    let message = same(foresight, &modify::MESSAGE);
    let age = age(foresight, &modify::TIME, message);
    found.push(match age {
        None => Forecast::new(Fate::Open, "Y-MOD-8", words::FORESEE_NO_TIME),
        Some(age) if age > MODIFY_DAYS * DAY => {
            forecast(Fate::Fails, "Y-MOD-8", words::FORESEE_TOO_OLD, MODIFY_DAYS)
        }
        Some(_) => forecast(Fate::Succeeds, "Y-MOD-8", words::FORESEE_IN_TIME, MODIFY_DAYS),
    });
    gone(message, age, foresight.tenant, &mut found);
    if let Some(message) = message.filter(|message| !message.kind.is_empty()) {
        let writable = super::message::MESSAGE_TYPES.iter().any(|known| known.value == message.kind);
        if !writable {
            found.push(Forecast::new(Fate::Fails, "Y-MOD-6", words::FORESEE_TYPE));
        } else if differs(readings.text(&modify::MESSAGE_TYPE), &message.kind) {
            found.push(Forecast::new(Fate::Fails, "Y-MOD-6", words::FORESEE_OTHER_TYPE));
        }
    }
    let locators = [&modify::SENDER, &modify::RECEIVER, &modify::TIME];
    if message.is_some_and(|message| {
        locators.into_iter().any(|field| differs(message.values.get(field.name), readings.text(field)))
    }) {
        found.push(Forecast::new(Fate::Fails, "Y-MOD-1", words::FORESEE_LOCATORS));
    }
    let (operator, sender) = (readings.text(&modify::OPERATOR), readings.text(&modify::SENDER));
    if differs(operator, sender) {
        let says = if readings.text(&modify::TYPE) == P2P {
            words::OPERATOR_NOT_SENDER
        } else {
            words::OPERATOR_NEEDS_RIGHT
        };
        found.push(Forecast::new(Fate::Open, "Y-MOD-10", says));
    }
    found
}

/// Whether both are known and not the same; accounts are stored in lower case.
fn differs(one: &str, other: &str) -> bool {
    !one.is_empty() && !other.is_empty() && !one.eq_ignore_ascii_case(other)
}

/// A recall or deletion: the window of its kind, super teams, and who is told.
pub(super) fn recall(foresight: &Foresight) -> Vec<Forecast> {
    let (readings, mut found) = (foresight.readings, Vec::new());
    let message = same(foresight, &recall::MESSAGE);
    let (age, kind) = (age(foresight, &recall::MESSAGE_TIME, message), readings.text(&recall::TYPE));
    let two_way = kind == recall::TWO_WAY;
    let minutes = tenant::recall_minutes(foresight.tenant);
    let windowed = two_way && readings.text(&recall::IGNORE_WINDOW) != "1";
    match age {
        _ if kind.is_empty() => {}
        None => found.push(Forecast::new(Fate::Open, "Y-WINDOW", words::FORESEE_NO_TIME)),
        Some(age) if age > RECALL_DAYS * DAY => {
            found.push(forecast(Fate::Fails, "Y-WINDOW", words::FORESEE_TOO_OLD, RECALL_DAYS));
        }
        Some(age) if windowed && age > minutes.saturating_mul(MINUTE) => {
            found.push(forecast(Fate::Fails, "Y-WINDOW", words::FORESEE_WINDOW, minutes));
        }
        Some(_) if windowed => {
            found.push(forecast(Fate::Succeeds, "Y-WINDOW", words::FORESEE_IN_WINDOW, minutes));
        }
        Some(_) => found.push(forecast(Fate::Succeeds, "Y-WINDOW", words::FORESEE_IN_TIME, RECALL_DAYS)),
    }
    gone(message, age, foresight.tenant, &mut found);
    let place = readings.text(&recall::CONVERSATION_TYPE);
    if place == SUPER_TEAM && !two_way && !kind.is_empty() {
        found.push(Forecast::new(Fate::Fails, "Y-DEL-2", words::SUPER_TEAM_TWO_WAY));
    }
    let sender = readings.text(&recall::SENDER);
    if place == P2P && !sender.is_empty() && sender == readings.text(&recall::RECEIVER) {
        found.push(Forecast::new(Fate::Fails, "Y-WINDOW", words::FORESEE_SELF));
    }
    if message.is_some_and(|message| differs(&message.sender, sender)) {
        found.push(Forecast::new(Fate::Fails, "Y-ID-4", words::FORESEE_SENDER));
    }
    if kind == recall::DELETE {
        found.push(Forecast::new(Fate::Silent, "Y-WINDOW", words::EFFECT_DELETE));
    } else if kind == recall::ONE_WAY {
        found.push(Forecast::new(Fate::Succeeds, "Y-WINDOW", words::EFFECT_ONE_WAY));
    }
    found
}

/// A recall in a chatroom: with a notice, or in silence.
pub(super) fn recall_chatroom(foresight: &Foresight) -> Vec<Forecast> {
    let mut found = Vec::new();
    gone(same(foresight, &recall_chatroom::MESSAGE), None, foresight.tenant, &mut found);
    match foresight.readings.text(&recall_chatroom::NOTICE) {
        "" => {}
        "false" => found.push(Forecast::new(Fate::Silent, "Y-ROOM", words::ROOM_DELETE_NOTE)),
        _ => found.push(Forecast::new(Fate::Succeeds, "Y-ROOM", words::ROOM_RECALL_NOTE)),
    }
    found
}

/// A clearing: whether the other side loses its copy, nobody says.
pub(super) fn clear(_: &Foresight) -> Vec<Forecast> {
    vec![Forecast::new(Fate::Open, "Y-CLEAR", words::FORESEE_CLEAR)]
}

/// A message whose receiver keeps no copy.
pub(super) fn send(foresight: &Foresight) -> Vec<Forecast> {
    let unaware = foresight.readings.text(&sending::RECEIVER_NO_SENSE) == "true";
    unaware
        .then(|| Forecast::new(Fate::Silent, "Y-SEND", words::RECEIVER_NO_SENSE_HINT))
        .into_iter()
        .collect()
}
