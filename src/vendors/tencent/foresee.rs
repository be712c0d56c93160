//! What will come of an act by Tencent's rules: the age of the message, what became of it, whose it is, what kind of group.

use super::ids::{DAY, STORAGE_DAYS, sent_at};
use super::options::{ONLINE_ONLY, leaves_nothing};
use super::signing::STORAGE;
use super::{delete_c2c, ids, modify_c2c};
use crate::domain::field::RuleId;
use crate::domain::foresight::{Fate, Forecast, Foresight};
use crate::domain::message::{Message, State};
use crate::words::{Words, tencent as words};

/// An AVChatRoom (直播群), as callbacks name the kind of a group.
const LIVE: &str = "AVChatRoom";

/// Seconds of the hour within which a message of an AVChatRoom can be recalled (T-GRCL-3).
const HOUR: i64 = 3600;

fn forecast(fate: Fate, rule: RuleId, says: Words) -> Vec<Forecast> {
    vec![Forecast::new(fate, rule, says)]
}

/// Whether a message that was sent `seconds` ago is still stored, by what is known of the app's plan.
fn stored(look: &Foresight, seconds: i64, rule: RuleId) -> Forecast {
    let said = look.tenant.get(STORAGE.name).parse::<i64>().ok();
    let days = said.unwrap_or(STORAGE_DAYS);
    let (fate, says) = match said {
        _ if seconds <= days.saturating_mul(DAY) => (Fate::Succeeds, words::FATE_STORED),
        Some(_) => (Fate::Fails, words::FATE_NOT_STORED),
        None => (Fate::Open, words::FATE_PERHAPS_NOT_STORED),
    };
    let facts = vec![("age", seconds.div_euclid(DAY).to_string()), ("days", days.to_string())];
    Forecast { facts, ..Forecast::new(fate, rule, says) }
}

fn age(look: &Foresight, message: Option<&Message>, key: &str) -> Option<i64> {
    let sent = message.and_then(|message| message.time).map(|millis| millis.div_euclid(1000));
    let sent = sent.or_else(|| sent_at(key).filter(|time| *time > 1_000_000_000))?;
    Some(look.readings.now().div_euclid(1000).saturating_sub(sent))
}

fn by_age(look: &Foresight, message: Option<&Message>, key: &str, rule: RuleId) -> Vec<Forecast> {
    match age(look, message, key) {
        Some(seconds) => vec![stored(look, seconds, rule)],
        None => forecast(Fate::Open, rule, words::FATE_AGE_UNKNOWN),
    }
}

/// The message an act is about, when it is the one that was found.
fn found<'a>(look: &Foresight<'a>, id: &str) -> Option<&'a Message> {
    look.message.filter(|message| message.id == id && !id.is_empty())
}

/// Whether the accounts stand the wrong way round (T-MOD-9, T-KEY-3).
fn other_pair(look: &Foresight, message: Option<&Message>) -> bool {
    let typed = [look.readings.typed(&modify_c2c::SENDER), look.readings.typed(&modify_c2c::RECEIVER)];
    message.is_some_and(|message| {
        let known = [message.sender.as_str(), message.receiver.as_str()];
        typed
            .iter()
            .zip(known)
            .any(|(typed, known)| !typed.is_empty() && !known.is_empty() && *typed != known)
    })
}

/// An edit of a one-to-one message.
pub fn modify_c2c(look: &Foresight) -> Vec<Forecast> {
    let key = look.readings.typed(&ids::MSG_KEY);
    let message = found(look, key);
    if key.is_empty() {
        return Vec::new();
    }
    match message.map(|message| message.state) {
        Some(State::Recalled) => forecast(Fate::Fails, "T-HIS-7", words::FATE_RECALLED),
        Some(State::Gone) => forecast(Fate::Fails, "T-MOD-15", words::FATE_GONE),
        _ if other_pair(look, message) => forecast(Fate::Fails, "T-MOD-9", words::FATE_OTHER_PAIR),
        _ => by_age(look, message, key, "T-MOD-15"),
    }
}

/// A recall of a one-to-one message.
pub fn recall_c2c(look: &Foresight) -> Vec<Forecast> {
    let key = look.readings.typed(&ids::MSG_KEY);
    let message = found(look, key);
    if key.is_empty() {
        return Vec::new();
    }
    match message.map(|message| message.state) {
        Some(State::Recalled) => forecast(Fate::Void, "T-RCL-6", words::FATE_RECALLED),
        Some(State::Gone) => forecast(Fate::Fails, "T-RCL-3", words::FATE_GONE),
        _ if other_pair(look, message) => forecast(Fate::Fails, "T-KEY-3", words::FATE_OTHER_PAIR),
        _ => by_age(look, message, key, "T-RCL-3"),
    }
}

/// A one-sided deletion: it works, and the other side notices nothing.
pub fn delete_c2c(look: &Foresight) -> Vec<Forecast> {
    let keys = look.readings.typed(&delete_c2c::KEYS);
    if keys.is_empty() {
        return Vec::new();
    }
    let operator = look.readings.typed(&delete_c2c::OPERATOR);
    let stranger = keys.lines().filter_map(|key| found(look, key)).any(|message| {
        let known = !message.sender.is_empty() && !message.receiver.is_empty();
        known && ![message.sender.as_str(), &message.receiver].contains(&operator)
    });
    if stranger && !operator.is_empty() {
        return forecast(Fate::Fails, "T-DEL-2", words::FATE_STRANGER);
    }
    forecast(Fate::Silent, "T-DEL-1", words::FATE_ONE_SIDED)
}

/// The kind of the group, when a callback said it.
fn is_live(message: Option<&Message>) -> bool {
    message.and_then(|message| message.raw.get("Type")?.as_text()) == Some(LIVE)
}

/// An edit of a group message.
pub fn modify_group(look: &Foresight) -> Vec<Forecast> {
    let seq = look.readings.typed(&super::modify_group::MSG_SEQ);
    let message = found(look, seq);
    if seq.is_empty() {
        return Vec::new();
    }
    match message.map(|message| message.state) {
        _ if is_live(message) => forecast(Fate::Fails, "T-GMOD-1", words::FATE_LIVE),
        Some(State::Recalled) => forecast(Fate::Fails, "T-GMOD-1", words::FATE_RECALLED),
        Some(State::Gone) => forecast(Fate::Fails, "T-GMOD-1", words::FATE_GONE),
        _ => by_age(look, message, "", "T-GMOD-1"),
    }
}

/// A recall of group messages, each by itself as far as it is known.
pub fn recall_group(look: &Foresight) -> Vec<Forecast> {
    let seqs = look.readings.typed(&super::recall_group::SEQS);
    let Some(first) = seqs.lines().next() else { return Vec::new() };
    let message = seqs.lines().find_map(|seq| found(look, seq));
    let Some(message) = message else { return by_age(look, found(look, first), "", "T-GRCL-3") };
    let live = is_live(Some(message));
    match message.state {
        State::Recalled => forecast(Fate::Void, "T-GRCL-3", words::FATE_RECALLED),
        State::Gone => forecast(Fate::Fails, "T-GRCL-3", words::FATE_GONE),
        _ if live && age(look, Some(message), "").is_some_and(|seconds| seconds > HOUR) => {
            forecast(Fate::Fails, "T-GRCL-3", words::FATE_LIVE_HOUR)
        }
        _ if live => forecast(Fate::Silent, "T-GRCL-3", words::FATE_LIVE_ONLINE),
        _ => by_age(look, Some(message), "", "T-GRCL-3"),
    }
}

/// A recall of everything somebody wrote: nobody is told, and in an AVChatRoom nothing happens.
pub fn recall_by_sender(look: &Foresight) -> Vec<Forecast> {
    if is_live(look.message) {
        return forecast(Fate::Void, "T-GDEL", words::FATE_LIVE_NOTHING);
    }
    forecast(Fate::Silent, "T-GDEL", words::FATE_NOBODY_TOLD)
}

/// A send: no friendship, blocklist or mute is asked for; those online only are all that is reached when that is chosen.
pub fn send(look: &Foresight) -> Vec<Forecast> {
    let life_time = look.readings.typed(&super::options::LIFE_TIME);
    if leaves_nothing(look.readings.text(&ONLINE_ONLY), life_time) {
        return forecast(Fate::Open, "T-SND-3", words::NOT_STORED);
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::super::message::{of_c2c, of_group, recognise};
    use super::super::{recall_by_sender, recall_c2c, recall_group, send};
    use super::*;
    use crate::domain::draft::Values;
    use crate::domain::foresight::worst;
    use crate::domain::json::Json;
    use crate::domain::operation::Operation;
    use crate::domain::validation::Readings;

    const NOW: i64 = 1_700_000_000;

    fn judged(
        operation: &'static Operation,
        values: &[(&str, &str)],
        message: Option<&Message>,
        days: &str,
    ) -> Option<(Fate, RuleId)> {
        let values: Values = values.iter().copied().collect();
        let tenant: Values = [(STORAGE.name, days)].into_iter().collect();
        let readings = Readings::new(&operation.form, &values, NOW * 1000);
        let all = (operation.foresee)(&Foresight { readings: &readings, message, tenant: &tenant });
        Some((worst(&all)?, all.first()?.rule))
    }

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap_or(Json::Null)
    }

    fn key(age: i64) -> String {
        format!("1_2_{}", NOW - age)
    }

    #[test]
    fn the_age_in_a_key_tells_whether_the_message_is_stored() {
        let at = |age: i64, days: &str| {
            let key = key(age);
            let values = [("From_Account", "a"), ("To_Account", "b"), ("MsgKey", key.as_str())];
            let fate = |operation| judged(operation, &values, None, days);
            (fate(&modify_c2c::MODIFY_C2C), fate(&recall_c2c::RECALL_C2C))
        };
        let both = |fate| (Some((fate, "T-MOD-15")), Some((fate, "T-RCL-3")));
        assert_eq!(at(7 * DAY, ""), both(Fate::Succeeds));
        assert_eq!(at(7 * DAY + 1, ""), both(Fate::Open));
        assert_eq!(at(7 * DAY + 1, "7"), both(Fate::Fails));
        assert_eq!(at(30 * DAY, "90"), both(Fate::Succeeds));
        assert_eq!(at(NOW - 3, ""), both(Fate::Open));
    }

    #[test]
    fn what_was_recalled_is_not_recalled_again_and_cannot_be_edited() {
        let row = format!(
            r#"{{"From_Account":"a","To_Account":"b","MsgKey":"{}","MsgFlagBits":8,"MsgBody":[]}}"#,
            key(60)
        );
        let message = of_c2c(&json(&row));
        let key = key(60);
        let values = [("From_Account", "a"), ("To_Account", "b"), ("MsgKey", key.as_str())];
        let fate = |operation| judged(operation, &values, Some(&message), "");
        assert_eq!(fate(&recall_c2c::RECALL_C2C), Some((Fate::Void, "T-RCL-6")));
        assert_eq!(fate(&modify_c2c::MODIFY_C2C), Some((Fate::Fails, "T-HIS-7")));
    }

    #[test]
    fn accounts_the_wrong_way_round_name_no_message() {
        let row = format!(r#"{{"From_Account":"a","To_Account":"b","MsgKey":"{}","MsgBody":[]}}"#, key(60));
        let (message, key) = (of_c2c(&json(&row)), key(60));
        let values = [("From_Account", "b"), ("To_Account", "a"), ("MsgKey", key.as_str())];
        let fate = |operation| judged(operation, &values, Some(&message), "");
        assert_eq!(fate(&recall_c2c::RECALL_C2C), Some((Fate::Fails, "T-KEY-3")));
        assert_eq!(fate(&modify_c2c::MODIFY_C2C), Some((Fate::Fails, "T-MOD-9")));
        let delete = |operator: &str| {
            let values =
                [("Operator_Account", operator), ("Peer_Account", "b"), ("MsgKeyList", key.as_str())];
            judged(&delete_c2c::DELETE_C2C, &values, Some(&message), "")
        };
        assert_eq!(delete("a"), Some((Fate::Silent, "T-DEL-1")));
        assert_eq!(delete("c"), Some((Fate::Fails, "T-DEL-2")));
    }

    #[test]
    fn an_av_chat_room_has_rules_of_its_own() {
        let callback = |age: i64| {
            let text = format!(
                r#"{{"CallbackCommand":"Group.CallbackAfterSendMsg","GroupId":"g","Type":"AVChatRoom","From_Account":"a","MsgSeq":7,"MsgTime":{},"MsgBody":[]}}"#,
                NOW - age
            );
            recognise(&json(&text))
        };
        let group = [("GroupId", "g"), ("MsgSeq", "7"), ("MsgSeqList", "7"), ("Sender_Account", "a")];
        let fate =
            |operation, age| judged(operation, &group, callback(age).as_ref(), "").map(|(fate, _)| fate);
        assert_eq!(fate(&super::super::modify_group::MODIFY_GROUP, 60), Some(Fate::Fails));
        assert_eq!(fate(&recall_group::RECALL_GROUP, HOUR), Some(Fate::Silent));
        assert_eq!(fate(&recall_group::RECALL_GROUP, HOUR + 1), Some(Fate::Fails));
        assert_eq!(fate(&recall_by_sender::RECALL_BY_SENDER, 60), Some(Fate::Void));
        assert_eq!(
            judged(&recall_by_sender::RECALL_BY_SENDER, &group, None, ""),
            Some((Fate::Silent, "T-GDEL"))
        );
    }

    #[test]
    fn a_group_message_is_judged_by_what_was_found() {
        let row = |place: u8| {
            let text = format!(
                r#"{{"From_Account":"a","IsPlaceMsg":{place},"MsgSeq":7,"MsgTimeStamp":{},"MsgBody":[]}}"#,
                NOW - 60
            );
            of_group(&json(&text), "g", "")
        };
        let values = [("GroupId", "g"), ("MsgSeqList", "7")];
        let fate =
            |place| judged(&recall_group::RECALL_GROUP, &values, Some(&row(place)), "").map(|(fate, _)| fate);
        assert_eq!([fate(0), fate(1), fate(2)], [Some(Fate::Succeeds), Some(Fate::Fails), Some(Fate::Void)]);
        assert_eq!(judged(&recall_group::RECALL_GROUP, &values, None, ""), Some((Fate::Open, "T-GRCL-3")));
    }

    #[test]
    fn a_send_to_those_online_leaves_nothing_behind() {
        let fate = |values: &[(&str, &str)]| judged(&send::SEND, values, None, "").map(|(fate, _)| fate);
        assert_eq!(fate(&[("OnlineOnlyFlag", "1")]), Some(Fate::Open));
        assert_eq!(fate(&[("MsgLifeTime", "0")]), Some(Fate::Open));
        assert_eq!(fate(&[]), None);
    }
}
