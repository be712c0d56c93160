//! Looking a message up afterwards: it is gone when its neighbours on both sides are there and it is not.

use super::delete;
use super::find::{FIND_CHAT, FIND_GROUP};
use super::ids::{self, CHAT};
use super::{recall, rewrite};
use crate::domain::draft::{Draft, Values};
use crate::domain::message::{Message, State};
use crate::domain::operation::{Proof, ReadBack};
use crate::domain::outcome::Outcome;
use crate::domain::validation::Valid;

/// How far around a message its neighbours are looked for: an hour.
const NEAR: i64 = 60 * 60 * 1000;

/// Proves a recall in a one-to-one conversation or a group, as its sender sees it.
pub static RECALL: ReadBack = ReadBack {
    operation: &FIND_CHAT,
    values: seen_by_sender,
    knowing: Some(around_message),
    judge: recalled,
};
/// Proves a delete by id in a one-to-one conversation.
pub static DELETE: ReadBack =
    ReadBack { operation: &FIND_CHAT, values: seen_by_owner, knowing: None, judge: deleted };
/// Proves a delete by id in a group.
pub static DELETE_GROUP: ReadBack =
    ReadBack { operation: &FIND_GROUP, values: seen_by_owner, knowing: None, judge: deleted };
/// Looks at what is left of a one-to-one conversation before the time.
pub static DELETE_BEFORE: ReadBack =
    ReadBack { operation: &FIND_CHAT, values: before, knowing: None, judge: emptied };
/// Looks at what is left of a group before the time.
pub static DELETE_GROUP_BEFORE: ReadBack =
    ReadBack { operation: &FIND_GROUP, values: before, knowing: None, judge: emptied };

/// Proves an edit, when the message was found or pasted: the edit itself does not say where the message is.
pub static REWRITE: ReadBack =
    ReadBack { operation: &FIND_CHAT, values: |_, _| None, knowing: Some(around_message), judge: rewritten };

/// Where a known message stands, among its neighbours, as its sender sees it. A room has no history to look at.
fn around_message(message: &Message) -> Option<Draft> {
    let range = range(std::slice::from_ref(&message.id))?;
    let (operation, place) = match message.values.get(recall::CHAT_TYPE.name) {
        CHAT => (&FIND_CHAT, "to"),
        "groupchat" => (&FIND_GROUP, GROUP_NAME),
        _ => return None,
    };
    let own = [("username", message.sender.clone()), (place, message.receiver.clone())];
    Some(Draft { operation, values: filled(own.into_iter().chain(range)) })
}

/// The new text is there, or the old one is; an extension alone is not compared.
fn rewritten(valid: &Valid, listed: &[Message]) -> Proof {
    let (id, wanted) = (valid.text(&rewrite::MESSAGE), valid.text(&rewrite::TEXT));
    match listed.iter().find(|message| message.id == id) {
        Some(message) if !wanted.is_empty() && message.text == wanted => Proof::Verified,
        Some(message) if !wanted.is_empty() && message.state == State::Stands => Proof::Contradicted,
        _ => Proof::Open,
    }
}

fn range(ids: &[String]) -> Option<[(&'static str, String); 2]> {
    let times: Vec<_> = ids.iter().filter_map(|id| ids::time_hint(id)).collect();
    let (first, last) = (times.iter().min()?, times.iter().max()?);
    Some([("startTimestamp", (first - NEAR).to_string()), ("endTimestamp", (last + NEAR).to_string())])
}

/// Only one-to-one: a group is looked up by another call, a room not at all.
fn seen_by_sender(valid: &Valid, _: &Outcome) -> Option<Values> {
    let (viewer, other) = (valid.text(&recall::FROM), valid.text(&recall::TO));
    let known = !viewer.is_empty() && valid.text(&recall::CHAT_TYPE) == CHAT;
    let range = range(&[valid.text(&recall::MESSAGE)]).filter(|_| known)?;
    Some([("username", viewer), ("to", other)].into_iter().chain(range).collect())
}

fn owner(valid: &Valid) -> [(&'static str, String); 3] {
    let (owner, peer) = (valid.text(&delete::OWNER), valid.text(&delete::PEER));
    [("username", owner), ("to", peer), (GROUP_NAME, valid.text(&delete::PLACE_ID))]
}

const GROUP_NAME: &str = "groupId";

fn filled(values: impl Iterator<Item = (&'static str, String)>) -> Values {
    values.filter(|(_, text)| !text.is_empty()).collect()
}

fn seen_by_owner(valid: &Valid, _: &Outcome) -> Option<Values> {
    Some(filled(owner(valid).into_iter().chain(range(valid.items(&delete::IDS))?)))
}

fn before(valid: &Valid, _: &Outcome) -> Option<Values> {
    let until = ("endTimestamp", valid.text(&delete::UNTIL));
    Some(filled(owner(valid).into_iter().chain([until])))
}

/// Whether a message is gone from a listing; open when its place was not in it.
fn gone(id: &str, listed: &[Message]) -> Proof {
    if let Some(message) = listed.iter().find(|message| message.id == id) {
        let gone = matches!(message.state, State::Recalled | State::Gone);
        return if gone { Proof::Verified } else { Proof::Contradicted };
    }
    let Some(time) = ids::time_hint(id) else { return Proof::Open };
    let times: Vec<_> = listed.iter().filter_map(|message| message.time).collect();
    let between = times.iter().any(|other| *other < time) && times.iter().any(|other| *other > time);
    // An entry nobody can read might be it.
    let doubtful = listed.iter().any(|message| message.state == State::Unreadable);
    if between && !doubtful { Proof::Verified } else { Proof::Open }
}

fn recalled(valid: &Valid, listed: &[Message]) -> Proof {
    gone(&valid.text(&recall::MESSAGE), listed)
}

fn deleted(valid: &Valid, listed: &[Message]) -> Proof {
    let proofs: Vec<_> = valid.items(&delete::IDS).iter().map(|id| gone(id, listed)).collect();
    let all = proofs.iter().all(|proof| *proof == Proof::Verified);
    match proofs.contains(&Proof::Contradicted) {
        true => Proof::Contradicted,
        false if all => Proof::Verified,
        false => Proof::Open,
    }
}

/// An empty listing may have other reasons, so it proves nothing; a message that is still there does.
fn emptied(valid: &Valid, listed: &[Message]) -> Proof {
    let until: Option<i64> = valid.text(&delete::UNTIL).parse().ok();
    let left = |message: &Message| {
        message.state != State::Unreadable && message.time.is_some() && message.time <= until
    };
    if listed.iter().any(left) { Proof::Contradicted } else { Proof::Open }
}

#[cfg(test)]
mod tests;
