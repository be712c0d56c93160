//! Paged answers: how many, from where, in which direction.

use serde_json::{Map, Value};

use super::codes::Refusal;
use super::query::{Query, digits};

const LONGEST_PAGE: i64 = 100;

/// Where a row stands in time: its milliseconds, then its id.
pub(super) type Place = (i64, i64);

/// Which row comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    NewestFirst,
    OldestFirst,
}

/// One page that a caller asks for.
#[derive(Debug)]
pub(super) struct Page {
    limit: usize,
    after: Option<Place>,
    direction: Direction,
}

impl Page {
    /// Reads `limit` and `page_token`; a limit that may be absent has a default.
    pub(super) fn read(
        query: &mut Query,
        direction: Direction,
        default: Option<i64>,
    ) -> Result<Self, Refusal> {
        let limit =
            query.integer("limit")?.or(default).ok_or_else(|| Refusal::parameter("limit", "is required"))?;
        let limit = Some(limit).filter(|it| (1..=LONGEST_PAGE).contains(it));
        let limit = limit
            .and_then(|it| usize::try_from(it).ok())
            .ok_or_else(|| Refusal::parameter("limit", "must be between 1 and 100"))?;
        let after = match query.text("page_token").filter(|token| !token.is_empty()) {
            None => None,
            Some(token) => Some(place(&token).ok_or_else(|| {
                Refusal::parameter("page_token", "was not given by an answer of this server")
            })?),
        };
        Ok(Self { limit, after, direction })
    }

    /// Cuts this page out of the rows: `items`, `has_more`, and `next_token` where there is more.
    pub(super) fn cut(&self, mut rows: Vec<(Place, Value)>) -> Map<String, Value> {
        rows.sort_by_key(|(place, _)| *place);
        if self.direction == Direction::NewestFirst {
            rows.reverse();
        }
        rows.retain(|(place, _)| match (self.after, self.direction) {
            (None, _) => true,
            (Some(after), Direction::NewestFirst) => *place < after,
            (Some(after), Direction::OldestFirst) => *place > after,
        });
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = rows.last().filter(|_| has_more).map(|(place, _)| token(*place));
        let items: Vec<Value> = rows.into_iter().map(|(_, item)| item).collect();
        let mut data = Map::new();
        data.insert("items".to_owned(), items.into());
        data.insert("has_more".to_owned(), has_more.into());
        if let Some(next) = next {
            data.insert("next_token".to_owned(), next.into());
        }
        data
    }
}

// Opaque to a caller: hex of the place after which the next page begins.
fn token((at, id): Place) -> String {
    hex::encode(format!("{at}/{id}"))
}

fn place(token: &str) -> Option<Place> {
    let text = String::from_utf8(hex::decode(token).ok()?).ok()?;
    let (at, id) = text.split_once('/')?;
    digits(at).zip(digits(id))
}

/// Reads `descending`, whose name says the opposite of what it does: true is oldest first.
pub(super) fn direction(query: &mut Query) -> Result<Direction, Refusal> {
    match query.boolean("descending")? {
        Some(true) => Ok(Direction::OldestFirst),
        Some(false) | None => Ok(Direction::NewestFirst),
    }
}

/// Reads the message types of `message_type`, a list with commas; empty when absent.
pub(super) fn message_types(query: &mut Query) -> Result<Vec<i64>, Refusal> {
    const KEY: &str = "message_type";
    let Some(list) = query.text(KEY) else {
        return Ok(Vec::new());
    };
    let numbers: Option<Vec<i64>> = list.split(',').map(digits).collect();
    numbers.ok_or_else(|| Refusal::parameter(KEY, "must be integers joined by commas"))
}

#[cfg(test)]
mod tests {
    use super::{place, token};

    #[test]
    fn a_token_names_the_place_it_was_made_from() {
        for at in [(0, 0), (1_700_000_000_000, i64::MAX)] {
            assert_eq!(place(&token(at)), Some(at));
        }
        for wrong in ["", "00", "x", "312f", "2d312f31"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
