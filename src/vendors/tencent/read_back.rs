//! How an accepted act is proved: by looking the message up afterwards. What is doubtful stays open.

use super::content::{CLOUD_CUSTOM_DATA, MSG_BODY, kind, part};
use super::elements::TEXT;
use super::ids::{MSG_KEY, sent_at};
use super::message::AROUND;
use super::modify_c2c::{RECEIVER, SENDER};
use super::options::{GROUP_ID, LIFE_TIME, ONLINE_ONLY, TOPIC, leaves_nothing};
use super::{delete_c2c, find_c2c, find_group, modify_group, options, recall_group, reply, send_group};
use crate::domain::draft::Values;
use crate::domain::json::Json;
use crate::domain::message::{Message, State};
use crate::domain::operation::{Proof, ReadBack};
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::validation::Valid;

/// After an edit of a one-to-one message.
pub static MODIFY_C2C: ReadBack = ReadBack {
    knowing: None,
    operation: &find_c2c::FIND_C2C,
    // The second it was sent in, from the receiver's side: a sender may have no copy (T-HIS-6).
    values: |valid, _| around(&valid.text(&RECEIVER), &valid.text(&SENDER), &[valid.text(&MSG_KEY)], 1),
    judge: |valid, messages| changed(valid, one(messages, &valid.text(&MSG_KEY))),
};

/// After a recall of a one-to-one message.
pub static RECALL_C2C: ReadBack = ReadBack {
    knowing: None,
    operation: &find_c2c::FIND_C2C,
    values: |valid, _| around(&valid.text(&RECEIVER), &valid.text(&SENDER), &[valid.text(&MSG_KEY)], AROUND),
    judge: |valid, messages| gone(messages, &[valid.text(&MSG_KEY)]),
};

/// After a one-sided deletion: from the side it was deleted on.
pub static DELETE_C2C: ReadBack = ReadBack {
    knowing: None,
    operation: &find_c2c::FIND_C2C,
    values: |valid, _| {
        let (operator, peer) = (valid.text(&delete_c2c::OPERATOR), valid.text(&delete_c2c::PEER));
        around(&operator, &peer, valid.items(&delete_c2c::KEYS), AROUND)
    },
    judge: |valid, messages| gone(messages, valid.items(&delete_c2c::KEYS)),
};

/// After an edit of a group message.
pub static MODIFY_GROUP: ReadBack = ReadBack {
    knowing: None,
    operation: &find_group::FIND_GROUP,
    values: |valid, _| Some(in_group(valid, Some(&valid.text(&modify_group::MSG_SEQ)), "1")),
    judge: |valid, messages| changed(valid, one(messages, &valid.text(&modify_group::MSG_SEQ))),
};

/// After a recall of group messages.
pub static RECALL_GROUP: ReadBack = ReadBack {
    knowing: None,
    operation: &find_group::FIND_GROUP,
    values: |valid, _| {
        let newest = valid.items(&recall_group::SEQS).iter().max_by_key(|seq| (seq.len(), (*seq).clone()))?;
        Some(in_group(valid, Some(newest), "20"))
    },
    judge: |valid, messages| {
        let seqs = valid.items(&recall_group::SEQS);
        let states: Vec<_> = seqs.iter().map(|seq| one(messages, seq).map(|message| message.state)).collect();
        if states.contains(&Some(State::Stands)) {
            return Proof::Contradicted;
        }
        let gone = |state: &Option<State>| matches!(state, Some(State::Recalled | State::Gone));
        if states.iter().all(gone) { Proof::Verified } else { Proof::Open }
    },
};

/// After a send to one account.
pub static SEND: ReadBack = ReadBack {
    knowing: None,
    operation: &find_c2c::FIND_C2C,
    values: |valid, outcome| {
        let (sender, receiver) = (valid.text(&options::SENDER), valid.text(&RECEIVER));
        // The calling admin's own name is not part of the act.
        if sender.is_empty() || leaves_nothing(&valid.text(&ONLINE_ONLY), &valid.text(&LIFE_TIME)) {
            return None;
        }
        let key = reply::fact(outcome, "MsgKey");
        around(&receiver, &sender, &[key], 1)
            .or_else(|| unsure(outcome).then(|| everything(&receiver, &sender)))
    },
    judge: |valid, messages| arrived(valid, messages, &valid.text(&options::RANDOM)),
};

/// After a send to a group.
pub static SEND_GROUP: ReadBack = ReadBack {
    knowing: None,
    operation: &find_group::FIND_GROUP,
    values: |valid, outcome| {
        if valid.text(&ONLINE_ONLY) == "1" {
            return None;
        }
        let seq = reply::fact(outcome, "MsgSeq");
        match seq.is_empty() {
            false => Some(in_group(valid, Some(&seq), "1")),
            true => unsure(outcome).then(|| in_group(valid, None, "20")),
        }
    },
    judge: |valid, messages| arrived(valid, messages, &valid.text(&send_group::RANDOM)),
};

fn unsure(outcome: &Outcome) -> bool {
    outcome.verdict == Verdict::Unknown
}

/// The search around the times of these keys; none when a key tells no time.
fn around(operator: &str, peer: &str, keys: &[String], seconds: i64) -> Option<Values> {
    let times: Vec<_> = keys.iter().map(|key| sent_at(key)).collect::<Option<_>>()?;
    let (first, last) = (times.iter().min()?, times.iter().max()?);
    let mut values = everything(operator, peer);
    values.set(find_c2c::FROM.name, first.saturating_sub(seconds).max(0).to_string());
    values.set(find_c2c::UNTIL.name, last.saturating_add(seconds).min(u32::MAX.into()).to_string());
    Some(values)
}

/// The newest messages of two accounts.
pub(super) fn everything(operator: &str, peer: &str) -> Values {
    let until = u32::MAX.to_string();
    [
        (find_c2c::OPERATOR.name, operator),
        (find_c2c::PEER.name, peer),
        (find_c2c::FROM.name, "0"),
        (find_c2c::UNTIL.name, &until),
        (find_c2c::MOST.name, "100"),
    ]
    .into_iter()
    .collect()
}

pub(super) fn in_group(valid: &Valid, newest: Option<&str>, count: &str) -> Values {
    let (group, topic) = (valid.text(&GROUP_ID), valid.text(&TOPIC));
    [
        (GROUP_ID.name, group.as_str()),
        (TOPIC.name, &topic),
        (find_group::NEWEST.name, newest.unwrap_or_default()),
        (find_group::COUNT.name, count),
        (find_group::RECALLED.name, "1"),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .collect()
}

/// The message of this id; none when it is not there, or there more than once.
fn one<'a>(messages: &'a [Message], id: &str) -> Option<&'a Message> {
    let mut found = messages.iter().filter(|message| message.id == id);
    match (found.next(), found.next()) {
        (Some(message), None) => Some(message),
        _ => None,
    }
}

/// Whether the message holds what the edit put in. The vendor may add to it; a text that differs contradicts.
fn changed(valid: &Valid, message: Option<&Message>) -> Proof {
    let Some(message) = message.filter(|message| message.state == State::Stands) else { return Proof::Open };
    let body = valid.json(&MSG_BODY);
    let data = valid.text(&CLOUD_CUSTOM_DATA);
    let found_body = message.raw.get("MsgBody");
    let found_data = reply::text(&message.raw, CLOUD_CUSTOM_DATA.name).unwrap_or_default();
    let same_body = body.as_ref().is_none_or(|body| found_body.is_some_and(|found| holds(found, body)));
    if same_body && (data.is_empty() || data == found_data) {
        return Proof::Verified;
    }
    let texts = |body: Option<&Json>| -> Vec<String> {
        let elements = body.and_then(Json::as_list).unwrap_or_default();
        elements.iter().filter(|one| kind(one) == TEXT).map(|one| part(one, "Text").to_owned()).collect()
    };
    let other_text = body.is_some() && texts(body.as_ref()) != texts(found_body);
    if other_text || (!data.is_empty() && data != found_data) { Proof::Contradicted } else { Proof::Open }
}

/// Whether everything of `wanted` is in `found`; `found` may hold more.
fn holds(found: &Json, wanted: &Json) -> bool {
    match (found, wanted) {
        (Json::Object(_), Json::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| found.get(name).is_some_and(|found| holds(found, wanted)))
        }
        (Json::List(found), Json::List(wanted)) => {
            found.len() == wanted.len()
                && found.iter().zip(wanted).all(|(found, wanted)| holds(found, wanted))
        }
        _ => found == wanted,
    }
}

/// Whether messages are gone: seen recalled, or missing between neighbours that are seen.
fn gone(messages: &[Message], keys: &[String]) -> Proof {
    let state =
        |key: &String| messages.iter().find(|message| message.id == *key).map(|message| message.state);
    if keys.iter().any(|key| state(key) == Some(State::Stands)) {
        return Proof::Contradicted;
    }
    let between = |key: &String| {
        let Some(time) = sent_at(key).and_then(|seconds| seconds.checked_mul(1000)) else { return false };
        let times = || messages.iter().filter_map(|message| message.time);
        times().any(|other| other < time) && times().any(|other| other > time)
    };
    let is_gone = |key: &String| match state(key) {
        Some(State::Recalled | State::Gone) => true,
        Some(_) => false,
        None => between(key),
    };
    if keys.iter().all(is_gone) { Proof::Verified } else { Proof::Open }
}

/// Whether what was sent is there: by the number it was sent with, and by what it holds.
pub(super) fn arrived(valid: &Valid, messages: &[Message], random: &str) -> Proof {
    let body = valid.json(&MSG_BODY).unwrap_or(Json::Null);
    let there = messages.iter().any(|message| {
        message.state == State::Stands
            && ["MsgRandom", "Random"]
                .iter()
                .any(|name| reply::text(&message.raw, name).as_deref() == Some(random))
            && message.raw.get("MsgBody").is_some_and(|found| holds(found, &body))
    });
    if there { Proof::Verified } else { Proof::Open }
}

#[cfg(test)]
mod tests;
