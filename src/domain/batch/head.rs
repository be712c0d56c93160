//! What a list of jobs knows of a job without reading it. Pure.

use super::keep::{Line, is_known};
use crate::domain::job::code::{VERSION, number, number_at, numbers_at, object, text, text_at};
use crate::domain::job::item::Counts;
use crate::domain::job::ledger::Ledger;
use crate::domain::job::retry::Twice;
use crate::domain::json::Json;

/// What a list of jobs shows, and what must be known before a body is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The job's id, made of hexadecimal digits.
    pub id: String,
    /// The operation's id.
    pub operation: String,
    /// As which app, at which address, through which proxy.
    pub account: String,
    /// Whether nobody gets anything.
    pub practice: bool,
    /// The fingerprint of its list and its texts; empty when it was made before there was one.
    pub input: String,
    /// When it was made, in milliseconds since 1970.
    pub created: u64,
    /// When the oldest message was sent that it takes back, in milliseconds since 1970, where that is known.
    pub oldest: Option<u64>,
    /// How far it was when that was last written down; the ledger alone is believed.
    pub counts: Counts,
    /// Whether a person ended it, and how.
    pub closed: Option<Closed>,
}

/// How a person ended a job in which rows may be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// For good.
    Stopped,
    /// Here: it goes on in another browser.
    HandedOver,
}

/// So many digits of a fingerprint are the list's.
const ROWS: usize = 16;

const CLOSED: [(&str, Closed); 2] = [("stopped", Closed::Stopped), ("handed_over", Closed::HandedOver)];

impl Head {
    /// As its ledger says that it stands.
    pub fn standing(&self, ledger: &Ledger) -> Self {
        let stopped = ledger.stopped().then_some(Closed::Stopped);
        let closed = if ledger.handed_over() { Some(Closed::HandedOver) } else { stopped };
        Self { counts: ledger.items().counts(), closed, ..self.clone() }
    }

    /// As all lines of its ledger say that it stands; none where they cannot be read.
    pub fn counted(&self, lines: &[String]) -> Option<Self> {
        let mut ledger = Ledger::new(self.counts.total(), Twice::Again);
        for kept in lines {
            let line = Line::decode(kept)?;
            for (number, record) in (line.first..).zip(&line.records) {
                ledger.read(number, record).ok()?;
            }
        }
        Some(self.standing(&ledger))
    }

    /// As it stands when no page runs it any more: nobody waits for what was out.
    #[must_use]
    pub const fn left_alone(mut self) -> Self {
        self.counts.unknown += self.counts.sending;
        self.counts.sending = 0;
        self
    }

    /// Whether a fingerprint is of the same list, whatever its texts: [`super::build::Builder::fingerprint`] ends with the list alone.
    pub fn is_of_list(&self, input: &str) -> bool {
        let rows =
            |input: &str| input.len().checked_sub(ROWS).and_then(|from| input.get(from..)).map(str::to_owned);
        rows(input).is_some_and(|own| rows(&self.input).as_ref() == Some(&own))
    }

    /// Whether something in it waits: for its turn, unless a person ended it; for an answer; for a person.
    pub const fn waits(&self) -> bool {
        let planned = if self.closed.is_some() { 0 } else { self.counts.planned };
        planned + self.counts.sending + self.counts.unknown > 0
    }

    /// As it is kept.
    pub fn encode(&self) -> String {
        let counts = &self.counts;
        let counts =
            [counts.planned, counts.sending, counts.sent, counts.rejected, counts.unknown, counts.marked];
        let named = CLOSED.iter().find(|(_, closed)| Some(*closed) == self.closed);
        let closed = named.map(|(name, _)| *name);
        object([
            ("v", number(VERSION)),
            ("id", text(&self.id)),
            ("operation", text(&self.operation)),
            ("account", text(&self.account)),
            ("practice", Json::Flag(self.practice)),
            ("input", text(&self.input)),
            ("created", number(self.created)),
            ("oldest", self.oldest.map_or(Json::Null, number)),
            ("counts", Json::List(counts.iter().map(number).collect())),
            ("closed", closed.map_or(Json::Null, text)),
        ])
        .to_string()
    }

    /// Read back; none for a newer version or a broken one.
    pub fn decode(kept: &str) -> Option<Self> {
        let json = Json::parse(kept).ok().filter(is_known)?;
        let counts = numbers_at(&json, "counts")?;
        let closed = text_at(&json, "closed");
        let [planned, sending, sent, rejected, unknown, marked] = counts.try_into().ok()?;
        Some(Self {
            id: text_at(&json, "id")?,
            operation: text_at(&json, "operation")?,
            account: text_at(&json, "account")?,
            practice: *json.get("practice")? == Json::Flag(true),
            input: text_at(&json, "input").unwrap_or_default(),
            created: number_at(&json, "created")?,
            oldest: number_at(&json, "oldest"),
            counts: Counts { planned, sending, sent, rejected, unknown, marked },
            closed: CLOSED
                .iter()
                .find(|(name, _)| Some(*name) == closed.as_deref())
                .map(|(_, closed)| *closed),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::job::record::Record;

    #[test]
    fn heads_come_back_and_older_ones_were_ended_by_nobody() {
        let counts = Counts { planned: 1, sending: 2, sent: 3, rejected: 4, unknown: 5, marked: 6 };
        let head = Head {
            id: "ab".into(),
            operation: "a.b".into(),
            account: "甲 · \"b\"".into(),
            practice: true,
            input: "0f".into(),
            created: 7,
            oldest: Some(6),
            counts,
            closed: Some(Closed::Stopped),
        };
        let older = head.encode().replace(",\"closed\":\"stopped\"", "");
        assert_eq!(Head::decode(&older), Some(Head { closed: None, ..head.clone() }), "{older}");
        assert_eq!(Head::decode(&head.encode()), Some(head));
    }

    #[test]
    fn a_ledger_says_how_far_a_job_is_whatever_its_head_says() {
        let counts = Counts { planned: 5, ..Counts::default() };
        let head = Head {
            id: "ab".into(),
            operation: "a.b".into(),
            account: String::new(),
            practice: true,
            input: String::new(),
            created: 7,
            oldest: None,
            counts,
            closed: None,
        };
        let line =
            |first, records| Line { first, at: 5, records, reasons: Vec::new(), notes: Vec::new() }.encode();
        let begun = line(0, vec![Record::Checked, Record::Started]);
        let sending = line(2, vec![Record::Sending { chunk: 0, attempt: 0, items: vec![0, 1] }]);
        let ended = line(3, vec![Record::Interrupted]);
        let standing =
            |lines: &[&String]| head.counted(&lines.iter().map(|line| (*line).clone()).collect::<Vec<_>>());
        let counted = |lines: &[&String]| standing(lines).map(|head| head.counts);
        assert_eq!(counted(&[&begun]), Some(counts));
        assert_eq!(
            counted(&[&begun, &sending]),
            Some(Counts { planned: 3, sending: 2, ..Counts::default() })
        );
        assert_eq!(
            standing(&[&begun, &sending]).map(|head| head.left_alone().counts),
            counted(&[&begun, &sending, &ended]),
            "as its page will say when it is opened"
        );
        assert_eq!(
            counted(&[&begun, &sending, &ended]),
            Some(Counts { planned: 3, unknown: 2, ..Counts::default() })
        );
        assert_eq!(counted(&[&begun, &ended]), None, "a line is missing");
        let last = |record| line(2, vec![record]);
        for (record, closed) in
            [(Record::Stopped, Some(Closed::Stopped)), (Record::HandedOver, Some(Closed::HandedOver))]
        {
            let ended = standing(&[&begun, &last(record)]);
            assert_eq!(ended.map(|head| (head.closed, head.waits())), Some((closed, false)));
        }
        let going = standing(&[&begun]);
        assert_eq!(going.map(|head| (head.closed, head.waits())), Some((None, true)));
    }
}
