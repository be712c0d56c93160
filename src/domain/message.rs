//! A message as a vendor showed it: in an answer, a callback or a log. Pure. Ids are exact text, never numbers.

use super::draft::Values;
use super::json::Json;
use super::operation::Operation;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It stands as it was sent.
    Stands,
    /// It was changed after it was sent.
    Changed,
    /// It was recalled.
    Recalled,
    /// It was deleted, or its storage period is over.
    Gone,
    /// Its shape is not known: only the raw JSON is shown.
    Unreadable,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What the vendor calls it: a server id, a MsgKey, a number in its group.
    pub id: String,
    /// Who sent it; empty when it is not known.
    pub sender: String,
    /// The account, group or room it went to; empty when it is not known.
    pub receiver: String,
    /// When it was sent, milliseconds since 1970.
    pub time: Option<i64>,
    /// The vendor's type, as text.
    pub kind: String,
    /// What a person reads of it; empty for what has no words.
    pub text: String,
    /// What became of it.
    pub state: State,
    /// Everything an operation of this vendor asks about a message, by the names of the operations' fields. A name that means
    /// one thing here and another there stands with the operation before it: `yunxin.modify:type` ([`Message::carried`]).
    pub values: Values,
    /// As it came.
    pub raw: Json,
}

impl Message {
    /// A message whose shape is not known: shown raw, never dropped.
    pub fn unreadable(raw: &Json) -> Self {
        Self {
            id: String::new(),
            sender: String::new(),
            receiver: String::new(),
            time: None,
            kind: String::new(),
            text: String::new(),
            state: State::Unreadable,
            values: Values::new(),
            raw: raw.clone(),
        }
    }

    /// The texts that fill in a form about this message.
    pub fn carried(&self, operation: &Operation) -> Values {
        let mut carried: Values = self.values.iter().filter(|(name, _)| operation.form.knows(name)).collect();
        for (name, text) in self.values.iter() {
            if let Some(own) = name.strip_prefix(operation.id).and_then(|rest| rest.strip_prefix(':')) {
                carried.set(own, text);
            }
        }
        carried
    }

    /// Whether two entries are the same message.
    pub fn is(&self, other: &Self) -> bool {
        if self.state == State::Unreadable || other.state == State::Unreadable {
            return self.raw == other.raw;
        }
        self.id == other.id && self.place() == other.place()
    }

    /// Its conversation, whichever of the two wrote.
    fn place(&self) -> (&str, &str) {
        let (one, other) = (self.sender.as_str(), self.receiver.as_str());
        if one < other { (one, other) } else { (other, one) }
    }
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The messages, as the vendor ordered them.
    pub messages: Vec<Message>,
    /// The texts that lead to the next page; none on the last.
    pub next: Option<Values>,
}

/// Pages put together: no message twice, no page twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Every message found so far.
    pub messages: Vec<Message>,
    /// The texts that lead to the next page; none when there is none, or when the vendor's cursor goes in circles.
    pub next: Option<Values>,
    seen: Vec<Values>,
}

impl Pages {
    /// Adds a page.
    pub fn add(&mut self, found: Found) {
        for message in found.messages {
            if !self.messages.iter().any(|known| known.is(&message)) {
                self.messages.push(message);
            }
        }
        self.next = found.next.filter(|next| !self.seen.contains(next));
        self.seen.extend(self.next.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str) -> Message {
        Message { id: id.to_owned(), state: State::Stands, ..Message::unreadable(&Json::Null) }
    }

    fn page(ids: &[&str], cursor: &str) -> Found {
        let next = (!cursor.is_empty()).then(|| [("cursor", cursor)].into_iter().collect());
        Found { messages: ids.iter().map(|id| message(id)).collect(), next }
    }

    #[test]
    fn pages_merge_without_repeats_and_stop_when_the_cursor_goes_in_circles() {
        let mut pages = Pages::default();
        pages.add(page(&["1", "2"], "a"));
        assert!(pages.next.is_some());
        pages.add(page(&["2", "3"], "b"));
        assert_eq!(pages.messages.len(), 3);
        pages.add(page(&["4"], "a"));
        assert_eq!(pages.next, None);
        assert_eq!(pages.messages.len(), 4);
    }

    #[test]
    fn messages_of_unknown_shape_are_kept_apart_by_what_they_hold() {
        let mut pages = Pages::default();
        let raw = |text: &str| Message::unreadable(&Json::Text(text.to_owned()));
        pages.add(Found { messages: vec![raw("a"), raw("b"), raw("a")], next: None });
        assert_eq!(pages.messages.len(), 2);
    }

    #[test]
    fn the_same_message_seen_from_both_sides_is_one() {
        let one = Message { sender: "a".into(), receiver: "b".into(), ..message("7") };
        let other = Message { sender: "b".into(), receiver: "a".into(), ..message("7") };
        let elsewhere = Message { sender: "a".into(), receiver: "c".into(), ..message("7") };
        assert!(one.is(&other) && !one.is(&elsewhere));
    }
}
