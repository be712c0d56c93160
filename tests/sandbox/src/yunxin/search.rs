//! Search (检索历史消息): `GET /im/v2.1/messages/actions/search_messages`.

use serde_json::Value;

use super::codes::Refusal;
use super::conversation::Conversation;
use super::gate::Done;
use super::message::{ConversationType, Message};
use super::page::{Direction, Page};
use super::query::{Query, digits};
use super::store::App;

const SENDERS_LIMIT: usize = 5;
const KEYWORDS_LIMIT: usize = 5;
const DEFAULT_LIMIT: i64 = 20;

/// How the keywords go together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Match {
    Any,
    All,
}

struct Question {
    operator_id: String,
    conversation: Option<Conversation>,
    senders: Vec<String>,
    message_types: Vec<i64>,
    sub_types: Vec<i64>,
    keywords: Vec<String>,
    matched: Match,
    start_time: Option<i64>,
    time_period: Option<i64>,
    page: Page,
}

impl Question {
    fn read(query: Option<&str>) -> Result<Self, Refusal> {
        let mut query = Query::read(query)?;
        let operator_id = query
            .text("operator_id")
            .filter(|id| !id.is_empty())
            .ok_or_else(|| Refusal::parameter("operator_id", "is required"))?;
        let conversation = query.text("conversation_id").map(|id| Conversation::of(&id)).transpose()?;
        let senders = at_most("sender_account_ids", texts(&mut query, "sender_account_ids"), SENDERS_LIMIT)?;
        let message_types = numbers(&mut query, "message_types")?;
        let sub_types = numbers(&mut query, "message_sub_types")?;
        let keywords = at_most("keyword_list", keywords(&mut query)?, KEYWORDS_LIMIT)?;
        let matched = match query.integer("keyword_match_type")? {
            None | Some(0) => Match::Any,
            Some(1) => Match::All,
            Some(_) => return Err(Refusal::parameter("keyword_match_type", "must be 0 or 1")),
        };
        let start_time = query.integer("start_time")?.filter(|at| *at > 0);
        let time_period = query.integer("time_period")?.filter(|span| *span > 0);
        let direction = direction(&mut query)?;
        let page = Page::read(&mut query, direction, Some(DEFAULT_LIMIT))?;
        query.finish()?;
        if senders.is_empty() && message_types.is_empty() && keywords.is_empty() {
            let fault = "or sender_account_ids or message_types is required";
            return Err(Refusal::parameter("keyword_list", fault));
        }
        Ok(Self {
            operator_id,
            conversation,
            senders,
            message_types,
            sub_types,
            keywords,
            matched,
            start_time,
            time_period,
            page,
        })
    }

    fn fits(&self, message: &Message, now_ms: i64) -> bool {
        let content = &message.content;
        let until = self.start_time.unwrap_or(now_ms);
        let from = self.time_period.map_or(i64::MIN, |span| until.saturating_sub(span));
        (from..=until).contains(&message.create_time)
            && (self.senders.is_empty() || self.senders.contains(&message.sender_id))
            && (self.message_types.is_empty() || self.message_types.contains(&content.message_type))
            && (self.sub_types.is_empty() || content.sub_type.is_some_and(|it| self.sub_types.contains(&it)))
            && self.says(content.text.as_deref().unwrap_or_default())
            && message.is_sensed_by(&self.operator_id)
    }

    fn says(&self, text: &str) -> bool {
        let said = |word: &String| text.contains(word.as_str());
        match self.matched {
            Match::All => self.keywords.iter().all(said),
            Match::Any => self.keywords.is_empty() || self.keywords.iter().any(said),
        }
    }

    /// Whether the operator sees the message at all, in the one conversation or in any of its own.
    fn reaches(&self, app: &App, message: &Message) -> bool {
        match &self.conversation {
            Some(conversation) => conversation.shows(message),
            None if message.conversation_type == ConversationType::OneToOne => {
                let other = match message.sender_id == self.operator_id {
                    true => &message.receiver_id,
                    false => &message.sender_id,
                };
                Conversation::between(&self.operator_id, message.conversation_type, other).shows(message)
            }
            None => {
                let (kind, team) = (message.conversation_type, &message.receiver_id);
                let is_member =
                    app.team(kind, team).ok().flatten().is_some_and(|it| it.has(&self.operator_id));
                is_member && Conversation::between(&self.operator_id, kind, team).shows(message)
            }
        }
    }
}

fn at_most(key: &str, list: Vec<String>, limit: usize) -> Result<Vec<String>, Refusal> {
    match list.len() > limit || list.iter().any(String::is_empty) {
        true => Err(Refusal::parameter(key, format!("has an empty entry or more than {limit}"))),
        false => Ok(list),
    }
}

// A list is written with commas or as a JSON array: no source says which.
fn texts(query: &mut Query, key: &str) -> Vec<String> {
    let list = query.text(key).unwrap_or_default();
    match serde_json::from_str::<Vec<Value>>(&list) {
        Ok(items) => items.iter().map(|it| it.as_str().map_or(it.to_string(), str::to_owned)).collect(),
        Err(_) if list.is_empty() => Vec::new(),
        Err(_) => list.split(',').map(str::to_owned).collect(),
    }
}

fn numbers(query: &mut Query, key: &str) -> Result<Vec<i64>, Refusal> {
    let numbers: Option<Vec<i64>> = texts(query, key).iter().map(|it| digits(it)).collect();
    numbers.ok_or_else(|| Refusal::parameter(key, "must be integers"))
}

fn keywords(query: &mut Query) -> Result<Vec<String>, Refusal> {
    const KEY: &str = "keyword_list";
    let Some(text) = query.text(KEY) else {
        return Ok(Vec::new());
    };
    serde_json::from_str(&text)
        .map_err(|_| Refusal::parameter(KEY, "must be a JSON array of strings as text"))
}

// The changelog prints `diretion`; which spelling the server reads is not told, so either one is taken.
fn direction(query: &mut Query) -> Result<Direction, Refusal> {
    let misspelt = query.integer("diretion")?;
    match misspelt.or(query.integer("direction")?) {
        None | Some(0) => Ok(Direction::NewestFirst),
        Some(1) => Ok(Direction::OldestFirst),
        Some(_) => Err(Refusal::parameter("diretion", "must be 0 or 1")),
    }
}

/// Shows a page of what the operator can see and the filters let through. It changes nothing.
pub(super) fn search(app: &App, query: Option<&str>, now_ms: i64) -> Result<Done, Refusal> {
    let question = Question::read(query)?;
    app.must_know(&question.operator_id)?;
    if question.conversation.as_ref().is_some_and(|it| it.sender_id != question.operator_id) {
        let fault = "must begin with the operator_id";
        return Err(Refusal::parameter("conversation_id", fault));
    }
    let seen = app.messages.values().filter(|it| question.fits(it, now_ms) && question.reaches(app, it));
    let rows: Vec<_> = seen.map(Message::row).collect();
    let count = rows.len();
    let mut data = question.page.cut(rows);
    data.insert("count".to_owned(), count.into());
    Ok(Done { data: Value::Object(data), happenings: Vec::new() })
}
