//! A whole job as a file: to go on with it in another browser. Pure.

use super::keep::{Body, Head, Line, is_known};
use crate::domain::job::code::{VERSION, number, number_at, object};
use crate::domain::json::Json;

/// A whole job as a text: to go on with it elsewhere. No secret is in it.
pub fn pack(head: &Head, body: &Body, lines: &[String]) -> String {
    let parsed = |kept: &String| Json::parse(kept).unwrap_or(Json::Null);
    object([
        ("message_desk_job", number(VERSION)),
        ("head", parsed(&head.encode())),
        ("body", parsed(&body.encode())),
        ("ledger", Json::List(lines.iter().map(parsed).collect())),
    ])
    .to_string()
}

/// A job from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Its head.
    pub head: Head,
    /// Its body, as it is kept.
    pub body: String,
    /// The lines of its ledger, as they are kept, with the numbers of their first records.
    pub lines: Vec<(u64, String)>,
}

/// Reads the file of a job; none when it is no such file, or a broken one.
pub fn unpack(text: &str) -> Option<Packed> {
    let json = Json::parse(text).ok()?;
    number_at::<u32>(&json, "message_desk_job").filter(|version| *version <= VERSION)?;
    let head = Head::decode(&json.get("head")?.to_string())?;
    let body = json.get("body").filter(|body| is_known(body))?.to_string();
    let id_is_sound = head.id.len() == 32 && head.id.bytes().all(|digit| digit.is_ascii_hexdigit());
    let mut lines = Vec::new();
    let mut next = 0;
    for kept in json.get("ledger")?.as_list()? {
        let kept = kept.to_string();
        let line = Line::decode(&kept).filter(|line| line.first <= next)?;
        next = next.max(line.first + u64::try_from(line.records.len()).ok()?);
        lines.push((line.first, kept));
    }
    id_is_sound.then_some(Packed { head, body, lines })
}
