//! A message as Yunxin shows it, with the texts that fill in every form about it; and the answers of queries (section 9).

use super::ids::P2P;
use super::modify;
use super::reply::{self, Envelope};
use crate::domain::draft::Values;
use crate::domain::json::{Json, Object};
use crate::domain::message::{Found, Message, State};
use crate::domain::outcome::{Advice, Outcome, Repeat, Verdict};
use crate::domain::reply::Reply;
use crate::domain::validation::Readings;
use crate::words::yunxin as words;

/// What is known of a message, wherever it was read. An empty text is not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// The server's id.
    pub(super) id: String,
    /// The client's id.
    pub(super) client_id: String,
    /// The chatroom, for a message in one.
    pub(super) room: String,
    /// 1, 2 or 3.
    pub(super) place: String,
    /// Who sent it.
    pub(super) sender: String,
    /// The account, or the team.
    pub(super) receiver: String,
    /// When, in milliseconds.
    pub(super) time: String,
    /// The message type, as a number.
    pub(super) kind: String,
    /// The app's own kind.
    pub(super) sub_type: String,
    /// Its text.
    pub(super) text: String,
    /// Its attachment.
    pub(super) attachment: Option<Object>,
    /// Developer data.
    pub(super) extension: String,
    /// Whether it was changed after it was sent.
    pub(super) changed: bool,
}

impl Parts {
    /// Reads an item of an answer. What an item leaves out of its conversation is taken from the question.
    fn of(item: &Json, asked: &Parts) -> Option<Self> {
        let text = |name: &str| reply::text(item, name).unwrap_or_default();
        let or = |found: String, asked: &String| if found.is_empty() { asked.clone() } else { found };
        let receiver = reply::text(item, "receiver_id").or_else(|| reply::text(item, "team_id"));
        let parts = Self {
            id: text("message_server_id"),
            client_id: text("message_client_id"),
            room: asked.room.clone(),
            place: or(text("conversation_type"), &asked.place),
            sender: text("sender_id"),
            receiver: or(receiver.unwrap_or_default(), &asked.receiver),
            time: text("create_time"),
            kind: text("message_type"),
            sub_type: text("sub_type"),
            text: plain(text("text")),
            attachment: object(item.get("attachment")),
            extension: text("extension"),
            changed: item.get("modify_time").and_then(Json::as_exact_text).is_some_and(|time| time != "0"),
        };
        let named = if asked.room.is_empty() { &parts.id } else { &parts.client_id };
        (!named.is_empty() && !parts.sender.is_empty()).then_some(parts)
    }

    /// The message, with the texts for every form about it.
    pub(super) fn message(self, raw: &Json) -> Message {
        let values = if self.room.is_empty() { self.values() } else { self.room_values() };
        let shown = |name| self.attachment.as_ref()?.get(name)?.as_text().map(str::to_owned);
        let text = if self.text.is_empty() {
            shown("name").or_else(|| shown("title")).unwrap_or_default()
        } else {
            self.text
        };
        Message {
            id: if self.room.is_empty() { self.id } else { self.client_id },
            sender: self.sender,
            receiver: if self.room.is_empty() { self.receiver } else { self.room },
            time: self.time.parse().ok(),
            kind: self.kind,
            text,
            state: if self.changed { State::Changed } else { State::Stands },
            values,
            raw: raw.clone(),
        }
    }

    fn values(&self) -> Values {
        let mut values = Values::new();
        // `type` is the conversation here and the way of a recall or a clearing there.
        let pairs = [
            ("operator", &self.sender),
            ("yunxin.modify:type", &self.place),
            ("message.message_server_id", &self.id),
            ("message.sender_id", &self.sender),
            ("message.receiver_id", &self.receiver),
            ("message.time", &self.time),
            ("conversation_id.sender_id", &self.sender),
            ("conversation_id.conversation_type", &self.place),
            ("conversation_id.receiver_id", &self.receiver),
            ("message_server_id", &self.id),
            ("message_time", &self.time),
            ("messages.0.message_server_id", &self.id),
            ("messages.0.create_time", &self.time),
            ("yunxin.search:operator_id", &self.sender),
        ];
        let known = |text: &str| !text.is_empty();
        for (name, text) in pairs.into_iter().filter(|(_, text)| known(text)) {
            values.set(name, text);
        }
        if [&self.sender, &self.place, &self.receiver].into_iter().all(|part| known(part)) {
            values.set("conversation_id", [&*self.sender, &self.place, &self.receiver].join("|"));
        }
        if let Ok(time) = self.time.parse::<i64>() {
            values.set("begin_time", time.saturating_sub(AROUND).max(0).to_string());
            values.set("end_time", time.saturating_add(AROUND).to_string());
        }
        self.content(&mut values);
        values
    }

    fn room_values(&self) -> Values {
        let pairs = [
            ("room_id", &self.room),
            ("message_client_id", &self.client_id),
            ("yunxin.recall_chatroom:operator_id", &self.sender),
            ("sender_id", &self.sender),
            ("create_time", &self.time),
        ];
        pairs.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    /// The content under the names of the modify form, so that it can be changed, and written back as it was.
    fn content(&self, values: &mut Values) {
        let mut set = |name, text: &str| {
            if !text.is_empty() {
                values.set(name, text);
            }
        };
        set(modify::MESSAGE_TYPE.name, &self.kind);
        set(modify::TEXT.name, &self.text);
        if self.kind == "100" && self.sub_type != "0" {
            set(modify::SUB_TYPE.name, &self.sub_type);
        }
        if Json::parse(&self.extension).is_ok() {
            set(modify::EXTENSION.name, &self.extension);
        }
        if let Some(attachment) = &self.attachment {
            for (name, text) in attachment_values(&self.kind, attachment).iter() {
                set(name, text);
            }
        }
    }
}

/// Ten minutes before and after: what is said around a message.
const AROUND: i64 = 10 * 60 * 1000;

/// An attachment in cells when that loses nothing, else as JSON.
fn attachment_values(kind: &str, attachment: &Object) -> Values {
    let mut cells: Values = [(modify::MESSAGE_TYPE.name, kind)].into_iter().collect();
    for (name, value) in attachment.iter() {
        cells.set(&format!("{}.{name}", modify::ATTACHMENT.name), value.as_exact_text().unwrap_or_default());
    }
    let body = Readings::new(&modify::MODIFY.form, &cells, 0).body();
    let made = body.as_ref().and_then(|body| body.get("message")?.get("attachment")?.as_object());
    if made.is_some_and(|made| same(made, attachment)) {
        return cells.iter().filter(|(name, _)| *name != modify::MESSAGE_TYPE.name).collect();
    }
    let raw = Json::Object(attachment.clone()).to_string();
    // A text message has no attachment to write back, and an empty one says nothing.
    let none = attachment.iter().next().is_none() || super::message::TEXTUAL.contains(&kind);
    if none { Values::new() } else { [(modify::ATTACHMENT.name, raw)].into_iter().collect() }
}

/// Whether two objects hold the same, whatever the order of their members.
pub(super) fn same(one: &Object, other: &Object) -> bool {
    one.iter().count() == other.iter().count()
        && one.iter().all(|(name, value)| match (value, other.get(name)) {
            (Json::Object(value), Some(Json::Object(known))) => same(value, known),
            (value, known) => known == Some(value),
        })
}

/// A text that was stored by the older interface comes wrapped: `{"msg":"…"}`.
pub(super) fn plain(text: String) -> String {
    match Json::parse(&text) {
        Ok(Json::Object(object)) if object.iter().count() == 1 => {
            object.get("msg").and_then(Json::as_text).map_or(text, str::to_owned)
        }
        _ => text,
    }
}

/// An object, also one that comes as JSON in a text.
pub(super) fn object(value: Option<&Json>) -> Option<Object> {
    match value? {
        Json::Object(object) => Some(object.clone()),
        Json::Text(text) => Json::parse(text).ok()?.as_object().cloned(),
        _ => None,
    }
}

/// A message of an answer; one of unknown shape is shown as it came.
pub(super) fn read(item: &Json, asked: &Parts) -> Message {
    Parts::of(item, asked).map_or_else(|| Message::unreadable(item), |parts| parts.message(item))
}

/// Where a query looked: kept for what an item leaves out.
pub(super) fn conversation(place: String, receiver: String) -> Parts {
    // The other side of a one-to-one conversation may be the sender: an item must name it itself.
    let receiver = if place == P2P { String::new() } else { receiver };
    Parts { place, receiver, ..Parts::default() }
}

/// What a query answered; `list` names the messages in it, and the answer itself is one when it is empty.
pub(super) fn explain(answer: &Reply, list: &str, asked: &Parts) -> Option<Outcome> {
    let mut outcome = look(answer)?;
    if outcome.verdict == Verdict::Accepted {
        let data = Envelope::read(answer)?.data;
        let is_empty = data.as_object().is_none_or(|object| object.iter().next().is_none());
        let messages: Vec<_> = match list {
            "" if is_empty => Vec::new(),
            "" => vec![read(&data, asked)],
            list => reply::list(&data, list).map(|item| read(item, asked)).collect(),
        };
        let more = matches!(data.get("has_more"), Some(Json::Flag(true)));
        let token = reply::text(&data, "next_token").filter(|token| more && !token.is_empty());
        if messages.is_empty() {
            outcome.advice = NOTHING;
        }
        outcome.found =
            Some(Found { messages, next: token.map(|token| [("page_token", token)].into_iter().collect()) });
        outcome.facts = reply::facts(&data, &["count"]);
    } else if outcome.code.as_deref() == Some("107404") {
        outcome.found = Some(Found::default());
    }
    Some(outcome)
}

/// The code of an answer to a question: it changed nothing, whatever it says.
fn look(answer: &Reply) -> Option<Outcome> {
    let mut outcome = reply::explain(answer, words::FOUND, words::FOUND_CAUSE, words::FOUND_NEXT)?;
    if outcome.verdict == Verdict::Unknown {
        outcome.verdict = Verdict::Refused;
        outcome.advice.next = crate::words::outcome::LOOK_AGAIN;
        outcome.advice.repeat = Repeat::Later;
    }
    Some(outcome)
}

const NOTHING: Advice = Advice {
    meaning: words::FOUND_NONE,
    cause: words::FOUND_NONE_CAUSE,
    next: words::FOUND_NONE_NEXT,
    repeat: Repeat::Later,
};
