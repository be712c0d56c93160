//! How a message is looked for that may have been sent: nobody knows its id, or whether it is there at all. Pure.

use super::draft::Values;
use super::field::Field;
use super::json::Json;
use super::message::{Message, State};
use super::operation::Operation;
use super::validation::Valid;

/// From when until when, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From when.
    pub from: i64,
    /// Until when.
    pub until: i64,
}

impl Span {
    /// In which an act that left at this time may stand in a history: two clocks may differ by a minute, and a request may
    /// arrive as late as its answer is waited for.
    pub const fn around(left: i64) -> Self {
        Self { from: left.saturating_sub(60_000), until: left.saturating_add(150_000) }
    }

    /// Whether a message falls into it, as far as its time is known.
    pub fn holds(&self, message: &Message) -> bool {
        message.time.is_none_or(|time| (self.from..=self.until).contains(&time))
    }
}

/// What a send leaves behind, and how to find it.
#[derive(Debug)]
pub struct Trail {
    /// What was sent.
    pub of: &'static Operation,
    /// The call that only looks.
    pub operation: &'static Operation,
    /// Its texts, for an act on one receiver; none when that leaves nothing to find, or nobody knows where.
    pub values: fn(&Valid, Span) -> Option<Values>,
    /// Whether a message is the one that was sent.
    pub is: fn(&Valid, &Message) -> bool,
    /// The field that may carry a mark of the sender's own, by which the message is known again.
    pub mark: Option<&'static Field>,
    /// The facts an answer would have told, each with the name under which the message that was found has it. The first is its id.
    /// None of an act on several receivers: what became of each is told by receiver.
    pub facts: &'static [(&'static str, &'static str)],
}

/// What looking for an item found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// It was done: it is there, or what was to go is gone.
    Done,
    /// What it was to change or take away is still as it was.
    Undone,
    /// It is nowhere in what was listed. That is no proof: it may yet come.
    Absent,
    /// What was found says neither, or nobody could look.
    Open,
}

impl Trail {
    /// What an answer would have told of the message that was found, as far as a history says it.
    pub fn told(&self, message: &Message) -> Vec<(String, String)> {
        let exact = |name| message.raw.get(name).and_then(Json::as_exact_text);
        let told =
            self.facts.iter().filter_map(|(fact, name)| Some(((*fact).to_owned(), exact(name)?.to_owned())));
        told.collect()
    }

    /// The message that was sent, among those that were found in its span, past those that are known as others.
    pub fn find<'a>(
        &self,
        valid: &Valid,
        span: Span,
        found: &'a [Message],
        others: impl Fn(&str) -> bool,
    ) -> Option<&'a Message> {
        found.iter().find(|message| {
            message.state != State::Unreadable
                && span.holds(message)
                && !others(&message.id)
                && (self.is)(valid, message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_what_may_be_it_and_nothing_else() {
        let span = Span::around(1_000_000);
        let at = |time| Message { time, ..Message::unreadable(&Json::Null) };
        for (time, expected) in
            [(None, true), (Some(940_000), true), (Some(939_999), false), (Some(1_150_001), false)]
        {
            assert_eq!(span.holds(&at(time)), expected, "{time:?}");
        }
    }
}
