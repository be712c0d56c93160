//! Roaming query (获取漫游消息): `POST /api/server/v6/{org}/{app}/roaming/{chat|group}`.

use serde_json::{Map, Value, json};

use super::app::{App, Feature, Talk};
use super::conversation::ChatType;
use super::gate::Done;
use super::ids::message_id;
use super::limits::Limits;
use super::refusal::{Fields, Refusal};

const DEFAULT_LIMIT: i64 = 20;
const LONGEST_PAGE: i64 = 100;

/// Whose conversation is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Chat,
    Group,
}

struct Question {
    username: String,
    other: String,
    limit: usize,
    oldest_first: bool,
    after: Option<i64>,
    from: i64,
    until: i64,
}

fn illegal(text: impl Into<String>) -> Refusal {
    Refusal::new(400, "illegal_argument", text)
}

impl Question {
    fn read(mut body: Fields, place: Place) -> Result<Self, Refusal> {
        let key = match place {
            Place::Chat => "to",
            Place::Group => "groupId",
        };
        let mut given = |key: &str| {
            let text = body.text(key)?.filter(|text| !text.is_empty());
            text.ok_or_else(|| illegal(format!("{key} must be provided")))
        };
        let (username, other) = (given("username")?, given(key)?);
        let limit = body.natural("limit")?.unwrap_or(DEFAULT_LIMIT);
        let limit = Some(limit).filter(|it| (1..=LONGEST_PAGE).contains(it));
        let limit = limit.and_then(|it| usize::try_from(it).ok());
        let limit = limit.ok_or_else(|| illegal("limit must be between 1 and 100"))?;
        let oldest_first = match body.text("order")?.as_deref() {
            None | Some("down") => true,
            Some("up") => false,
            Some(_) => return Err(illegal("order must be down or up")),
        };
        let after = match body.text("cursor")?.filter(|it| !it.is_empty()) {
            None => None,
            Some(cursor) => Some(read_cursor(&cursor).ok_or_else(|| illegal("cursor is illegal"))?),
        };
        let from = body.natural("startTimestamp")?.unwrap_or(0);
        let until = body.natural("endTimestamp")?.unwrap_or(i64::MAX);
        body.finish()?;
        if from > until {
            return Err(illegal("startTimestamp is later than endTimestamp"));
        }
        Ok(Self { username, other, limit, oldest_first, after, from, until })
    }
}

// Opaque to a caller: hex of the id after which the next page begins. Ids grow with time.
fn cursor(id: i64) -> String {
    hex::encode(id.to_string())
}

fn read_cursor(cursor: &str) -> Option<i64> {
    message_id(&String::from_utf8(hex::decode(cursor).ok()?).ok()?)
}

/// Shows a page of what one user's roaming gives. It changes nothing.
pub(super) fn find(
    app: &mut App,
    place: Place,
    body: Fields,
    limits: &Limits,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let asked = Question::read(body, place)?;
    if app.features == Feature::Closed {
        return Err(Refusal::roaming_closed());
    }
    let talk = match place {
        Place::Chat => Talk::With(&asked.other),
        Place::Group => Talk::In(&asked.other),
    };
    let mut seen: Vec<_> = app
        .roaming_of(&asked.username, talk)
        .filter(|it| it.chat_type != ChatType::Room && it.is_stored(limits.storage_days, now_ms))
        .filter(|it| (asked.from..=asked.until).contains(&it.at))
        .map(|it| &*it)
        .collect();
    seen.sort_by_key(|it| it.id);
    if !asked.oldest_first {
        seen.reverse();
    }
    seen.retain(|it| match (asked.after, asked.oldest_first) {
        (None, _) => true,
        (Some(after), true) => it.id > after,
        (Some(after), false) => it.id < after,
    });
    let more = seen.len() > asked.limit;
    seen.truncate(asked.limit);
    let mut pagination = Map::new();
    if let Some(last) = seen.last().filter(|_| more) {
        pagination.insert("cursor".to_owned(), cursor(last.id).into());
    }
    let msgs: Vec<Value> = seen.into_iter().map(|it| it.item()).collect();
    Ok(Done::enveloped(json!({ "msgs": msgs, "pagination": pagination }), Vec::new()))
}
