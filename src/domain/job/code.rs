//! How the records of a ledger are written as text, and read back: JSON with a version. Pure.

use super::item::Cause;
use super::record::{Adjusted, Part, Record, Which};
use super::retry::{Fate, Why};
use crate::domain::json::{Json, Object};
use crate::domain::trail::Look;

/// The version that is written. An older page refuses a newer one.
pub const VERSION: u32 = 1;

const WHYS: [(&str, Why); 13] = [
    ("person", Why::Person),
    ("interrupted", Why::Interrupted),
    ("credentials", Why::Credentials),
    ("blocked", Why::Blocked),
    ("sign_in", Why::SignIn),
    ("offline", Why::Offline),
    ("quota", Why::Quota),
    ("limited", Why::Limited),
    ("unreachable", Why::Unreachable),
    ("row", Why::Row),
    ("share", Why::Share),
    ("storage", Why::Storage),
    ("damaged", Why::Damaged),
];

const FATES: [(&str, Fate); 4] = [
    ("sent", Fate::Sent),
    ("rejected", Fate::Rejected),
    ("unknown", Fate::Unknown),
    ("planned", Fate::Planned),
];

const LOOKS: [(&str, Look); 4] =
    [("done", Look::Done), ("undone", Look::Undone), ("absent", Look::Absent), ("open", Look::Open)];

/// A number.
pub fn number(number: impl ToString) -> Json {
    Json::Number(number.to_string())
}

/// A list of numbers.
pub fn numbers(numbers: &[u32]) -> Json {
    Json::List(numbers.iter().map(number).collect())
}

/// A text.
pub fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

/// An object with these members.
pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    let mut object = Object::default();
    for (name, value) in members {
        object.insert(name.to_owned(), value);
    }
    Json::Object(object)
}

/// A number that fits.
pub fn read_number<T: std::str::FromStr>(json: &Json) -> Option<T> {
    match json {
        Json::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// A member that is a number.
pub fn number_at<T: std::str::FromStr>(json: &Json, name: &str) -> Option<T> {
    read_number(json.get(name)?)
}

/// A member that is a text.
pub fn text_at(json: &Json, name: &str) -> Option<String> {
    json.get(name)?.as_text().map(str::to_owned)
}

/// A member that is a list of numbers.
pub fn numbers_at(json: &Json, name: &str) -> Option<Vec<u32>> {
    json.get(name)?.as_list()?.iter().map(read_number).collect()
}

fn name_of<T: PartialEq>(table: &[(&'static str, T)], value: &T) -> Json {
    text(table.iter().find(|(_, known)| known == value).map_or("", |(name, _)| name))
}

fn named<T: Copy>(table: &[(&str, T)], json: &Json) -> Option<T> {
    let name = json.as_text()?;
    table.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

fn which(which: &Which) -> Json {
    match which {
        Which::All => Json::Flag(true),
        Which::These(items) => numbers(items),
    }
}

fn read_which(json: &Json) -> Option<Which> {
    match json {
        Json::Flag(true) => Some(Which::All),
        Json::List(items) => items.iter().map(read_number).collect::<Option<_>>().map(Which::These),
        _ => None,
    }
}

/// A record as JSON: a list that begins with its name.
pub fn encode(record: &Record) -> Json {
    let list = |name: &str, rest: Vec<Json>| Json::List(std::iter::once(text(name)).chain(rest).collect());
    match record {
        Record::Checked => list("checked", vec![]),
        Record::Started => list("started", vec![]),
        Record::Approved => list("approved", vec![]),
        Record::Sending { chunk, attempt, items } => {
            list("sending", vec![number(chunk), number(attempt), numbers(items)])
        }
        Record::Withdrawn { attempt } => list("withdrawn", vec![number(attempt)]),
        Record::Settled { attempt, parts } => {
            let part = |part: &Part| {
                Json::List(vec![number(part.item), name_of(&FATES, &part.fate), number(part.cause.0)])
            };
            list("settled", vec![number(attempt), Json::List(parts.iter().map(part).collect())])
        }
        Record::Interrupted => list("interrupted", vec![]),
        Record::Paused(why) => list("paused", vec![name_of(&WHYS, why)]),
        Record::Resumed => list("resumed", vec![]),
        Record::Stopped => list("stopped", vec![]),
        Record::Rerun(items) => list("rerun", vec![which(items)]),
        Record::MarkedSent(items) => list("marked_sent", vec![which(items)]),
        Record::SendAgain(items) => list("send_again", vec![which(items)]),
        Record::Looked { item, look } => list("looked", vec![number(item), name_of(&LOOKS, look)]),
        Record::Adjusted(Adjusted { per_minute, row, percent }) => {
            list("adjusted", vec![number(per_minute), number(row), number(percent)])
        }
        Record::HandedOver => list("handed_over", vec![]),
        Record::Held { until, wait } => list("held", vec![number(until), number(wait)]),
        Record::Slept { millis } => list("slept", vec![number(millis)]),
    }
}

/// Reads a record back; none for one that is not understood.
pub fn decode(json: &Json) -> Option<Record> {
    let (name, rest) = json.as_list()?.split_first()?;
    let record = match (name.as_text()?, rest) {
        ("checked", []) => Record::Checked,
        ("started", []) => Record::Started,
        ("approved", []) => Record::Approved,
        ("sending", [chunk, attempt, items]) => Record::Sending {
            chunk: read_number(chunk)?,
            attempt: read_number(attempt)?,
            items: items.as_list()?.iter().map(read_number).collect::<Option<_>>()?,
        },
        ("withdrawn", [attempt]) => Record::Withdrawn { attempt: read_number(attempt)? },
        ("settled", [attempt, parts]) => {
            let part = |part: &Json| match part.as_list()? {
                [item, fate, cause] => Some(Part {
                    item: read_number(item)?,
                    fate: named(&FATES, fate)?,
                    cause: Cause(read_number(cause)?),
                }),
                _ => None,
            };
            let parts = parts.as_list()?.iter().map(part).collect::<Option<_>>()?;
            Record::Settled { attempt: read_number(attempt)?, parts }
        }
        ("interrupted", []) => Record::Interrupted,
        ("paused", [why]) => Record::Paused(named(&WHYS, why)?),
        ("resumed", []) => Record::Resumed,
        ("stopped", []) => Record::Stopped,
        ("rerun", [items]) => Record::Rerun(read_which(items)?),
        ("marked_sent", [items]) => Record::MarkedSent(read_which(items)?),
        ("send_again", [items]) => Record::SendAgain(read_which(items)?),
        ("looked", [item, look]) => Record::Looked { item: read_number(item)?, look: named(&LOOKS, look)? },
        ("adjusted", [per_minute, row, percent]) => Record::Adjusted(Adjusted {
            per_minute: read_number(per_minute)?,
            row: read_number(row)?,
            percent: read_number(percent)?,
        }),
        ("handed_over", []) => Record::HandedOver,
        ("held", [until, wait]) => Record::Held { until: read_number(until)?, wait: read_number(wait)? },
        ("slept", [millis]) => Record::Slept { millis: read_number(millis)? },
        _ => return None,
    };
    Some(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_comes_back() {
        let part =
            |(item, (_, fate)): (u32, &(&str, Fate))| Part { item, fate: *fate, cause: Cause(u16::MAX) };
        let mut records = vec![
            Record::Checked,
            Record::Started,
            Record::Approved,
            Record::Sending { chunk: 1, attempt: u32::MAX, items: vec![0, 7] },
            Record::Withdrawn { attempt: 3 },
            Record::Settled { attempt: 3, parts: (0..).zip(&FATES).map(part).collect() },
            Record::Interrupted,
            Record::Resumed,
            Record::Stopped,
            Record::Held { until: u64::MAX, wait: 3 },
            Record::Slept { millis: 9 },
        ];
        for which in [Which::All, Which::These(vec![]), Which::These(vec![1, 2])] {
            records.extend([
                Record::Rerun(which.clone()),
                Record::MarkedSent(which.clone()),
                Record::SendAgain(which),
            ]);
        }
        records.extend(LOOKS.iter().map(|(_, look)| Record::Looked { item: 5, look: *look }));
        records.push(Record::Adjusted(Adjusted { per_minute: u32::MAX, row: u8::MAX, percent: 100 }));
        records.push(Record::HandedOver);
        records.extend(WHYS.iter().map(|(_, why)| Record::Paused(*why)));
        for record in records {
            let written = encode(&record).to_string();
            assert_eq!(decode(&Json::parse(&written).unwrap()), Some(record), "{written}");
        }
        for strange in ["[]", "[\"later\"]", "[\"paused\",\"bored\"]", "[\"sending\",1,2]", "{}", "7"] {
            assert_eq!(decode(&Json::parse(strange).unwrap()), None, "{strange}");
        }
    }
}
