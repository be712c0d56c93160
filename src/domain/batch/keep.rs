//! How a job is kept: its head for lists of jobs, its body, and the lines of its ledger, as JSON with a version. Pure.

pub use super::head::{Closed, Head};

use super::Batch;
use super::entries::Entries;
use crate::domain::draft::Values;
use crate::domain::job::brake::Limits;
use crate::domain::job::code::{VERSION, decode, encode, number, number_at, object, read_number, text};
use crate::domain::job::pace::{Counted, Limit};
use crate::domain::job::record::Record;
use crate::domain::job::settings::{AfterCanary, Settings};
use crate::domain::json::{Json, Object};
use crate::domain::operation::Operation;

/// What a job does.
#[derive(Clone, Debug)]
pub struct Body {
    /// The drafts.
    pub batch: Batch,
    /// What it was set up with.
    pub settings: Settings,
}

/// What an answer said, in both languages, of all items with the same cause.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// The vendor's code, or nothing.
    pub code: String,
    /// The HTTP status of the answer, or nothing.
    pub http: String,
    /// Why.
    pub why: [String; 2],
    /// What to do.
    pub advice: [String; 2],
}

/// What an answer said of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// The item.
    pub item: u32,
    /// The vendor's id of the message, digit for digit.
    pub message: String,
    /// When the message was made, as the vendor says.
    pub time: String,
    /// When the answer came, in milliseconds since 1970.
    pub at: u64,
    /// Named facts of an answer about one message.
    pub facts: Vec<(String, String)>,
}

/// One write into the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The number of its first record.
    pub first: u64,
    /// When.
    pub at: u64,
    /// The records.
    pub records: Vec<Record>,
    /// Causes that are named for the first time, with their numbers.
    pub reasons: Vec<(u16, Reason)>,
    /// What answers said of items.
    pub notes: Vec<Note>,
}

pub(super) fn is_known(json: &Json) -> bool {
    number_at::<u32>(json, "v").is_some_and(|version| version <= VERSION)
}

fn texts(texts: &[String]) -> Json {
    Json::List(texts.iter().map(|own| text(own)).collect())
}

fn read_texts(json: &Json) -> Option<Vec<String>> {
    json.as_list()?.iter().map(|own| own.as_text().map(str::to_owned)).collect()
}

fn values(values: &Values) -> Json {
    pairs(values.iter())
}

fn pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Json {
    let mut object = Object::default();
    pairs.for_each(|(name, own)| object.insert(name.to_owned(), text(own)));
    Json::Object(object)
}

fn read_pairs(json: &Json) -> Option<Vec<(String, String)>> {
    json.as_object()?.iter().map(|(name, own)| Some((name.to_owned(), own.as_text()?.to_owned()))).collect()
}

impl Body {
    /// As it is kept.
    pub fn encode(&self) -> String {
        let limit = |limit: &Limit| {
            let items = Json::Flag(limit.counted == Counted::Items);
            Json::List(vec![items, number(limit.most), number(limit.per), number(limit.burst)])
        };
        let (batch, settings) = (&self.batch, &self.settings);
        object([
            ("v", number(VERSION)),
            ("columns", texts(&batch.columns)),
            ("names", texts(&batch.names)),
            ("groups", Json::List(batch.groups.iter().map(values).collect())),
            ("entries", Json::Text(batch.entries.encode())),
            ("most", number(batch.most)),
            ("templates", values(&batch.templates)),
            ("limits", Json::List(settings.limits.iter().map(limit).collect())),
            ("at_once", number(settings.at_once)),
            ("canary", number(settings.canary)),
            ("goes_on", Json::Flag(settings.after_canary == AfterCanary::GoesOn)),
            (
                "brake",
                Json::List(
                    [settings.brake.row, settings.brake.last, settings.brake.percent]
                        .iter()
                        .map(number)
                        .collect(),
                ),
            ),
        ])
        .to_string()
    }

    /// Read back for its operation.
    pub fn decode(kept: &str, operation: &'static Operation) -> Option<Self> {
        let json = Json::parse(kept).ok().filter(is_known)?;
        let limit = |json: &Json| match json.as_list()? {
            [items, most, per, burst] => Some(Limit {
                counted: if *items == Json::Flag(true) { Counted::Items } else { Counted::Requests },
                most: read_number(most)?,
                per: read_number(per)?,
                burst: read_number(burst)?,
            }),
            _ => None,
        };
        let groups = json.get("groups")?.as_list()?.iter();
        let [row, last, percent] = json.get("brake")?.as_list()? else { return None };
        Some(Self {
            batch: Batch {
                operation,
                columns: read_texts(json.get("columns")?)?,
                names: read_texts(json.get("names")?)?,
                groups: groups
                    .map(|group| Some(read_pairs(group)?.into_iter().collect()))
                    .collect::<Option<_>>()?,
                entries: Entries::decode(json.get("entries")?.as_text()?)?,
                most: number_at(&json, "most")?,
                // Older ones have none.
                templates: json
                    .get("templates")
                    .and_then(read_pairs)
                    .unwrap_or_default()
                    .into_iter()
                    .collect(),
            },
            settings: Settings {
                twice: super::twice(operation),
                limits: json.get("limits")?.as_list()?.iter().map(limit).collect::<Option<_>>()?,
                at_once: number_at(&json, "at_once")?,
                canary: number_at(&json, "canary")?,
                after_canary: match json.get("goes_on") {
                    Some(Json::Flag(true)) => AfterCanary::GoesOn,
                    _ => AfterCanary::Asks,
                },
                brake: Limits {
                    row: read_number(row)?,
                    last: read_number(last)?,
                    percent: read_number(percent)?,
                },
            },
        })
    }
}

impl Line {
    /// As it is kept.
    pub fn encode(&self) -> String {
        let reason = |(cause, reason): &(u16, Reason)| {
            let said = [&reason.why, &reason.advice].into_iter().flatten().map(|own| text(own));
            let own = [number(cause), text(&reason.code)].into_iter().chain(said);
            Json::List(own.chain([text(&reason.http)]).collect())
        };
        let note = |note: &Note| {
            let facts = pairs(note.facts.iter().map(|(name, own)| (name.as_str(), own.as_str())));
            Json::List(vec![number(note.item), text(&note.message), text(&note.time), number(note.at), facts])
        };
        object([
            ("v", number(VERSION)),
            ("first", number(self.first)),
            ("at", number(self.at)),
            ("records", Json::List(self.records.iter().map(encode).collect())),
            ("reasons", Json::List(self.reasons.iter().map(reason).collect())),
            ("notes", Json::List(self.notes.iter().map(note).collect())),
        ])
        .to_string()
    }

    /// Read back; none for a newer version or a broken one.
    pub fn decode(kept: &str) -> Option<Self> {
        let json = Json::parse(kept).ok().filter(is_known)?;
        let reason = |json: &Json| match json.as_list()? {
            // Older ones end before the status.
            [cause, code, zh, en, zh_advice, en_advice, http @ ..] if http.len() <= 1 => {
                let own = |json: &Json| json.as_text().map(str::to_owned);
                let (why, advice) = ([own(zh)?, own(en)?], [own(zh_advice)?, own(en_advice)?]);
                let http = http.first().and_then(own).unwrap_or_default();
                Some((read_number(cause)?, Reason { code: own(code)?, http, why, advice }))
            }
            _ => None,
        };
        let note = |json: &Json| match json.as_list()? {
            [item, message, time, at, facts] => Some(Note {
                item: read_number(item)?,
                message: message.as_text()?.to_owned(),
                time: time.as_text()?.to_owned(),
                at: read_number(at)?,
                facts: read_pairs(facts)?,
            }),
            _ => None,
        };
        Some(Self {
            first: number_at(&json, "first")?,
            at: number_at(&json, "at")?,
            records: json.get("records")?.as_list()?.iter().map(decode).collect::<Option<_>>()?,
            reasons: json.get("reasons")?.as_list()?.iter().map(reason).collect::<Option<_>>()?,
            notes: json.get("notes")?.as_list()?.iter().map(note).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back() {
        let reason = Reason {
            code: "1".into(),
            http: "200".into(),
            why: ["为".into(), "why".into()],
            ..Reason::default()
        };
        let note = Note {
            item: 3,
            message: "12345678901234567890".into(),
            time: "8".into(),
            at: 9,
            facts: vec![("a".into(), "b\n".into())],
        };
        let line = Line {
            first: 4,
            at: 5,
            records: vec![Record::Checked, Record::Started],
            reasons: vec![(1, reason)],
            notes: vec![note],
        };
        let older = line.encode().replace(",\"200\"]", "]");
        assert!(Line::decode(&older).is_some_and(|older| older.reasons[0].1.http.is_empty()), "{older}");
        assert_eq!(Line::decode(&line.encode()), Some(line));
        assert_eq!(Line::decode("{\"v\":2}"), None);
    }
}
