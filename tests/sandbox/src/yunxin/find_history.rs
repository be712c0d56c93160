//! Paged history (分页查询历史消息): `GET /im/v2.1/conversations/{conversation_id}/messages`.

use serde_json::Value;

use super::codes::{BAD_TIME_RANGE, Refusal};
use super::conversation::Conversation;
use super::find_message::check_team_valid;
use super::gate::Done;
use super::message::Message;
use super::page::{self, Page};
use super::query::Query;
use super::store::App;

struct Question {
    begin_time: i64,
    end_time: i64,
    message_types: Vec<i64>,
    page: Page,
    check_team: bool,
    include_no_sense: bool,
}

impl Question {
    fn read(query: Option<&str>, conversation: &Conversation) -> Result<Self, Refusal> {
        let mut query = Query::read(query)?;
        let begin_time = query.required_integer("begin_time")?;
        let end_time = query.required_integer("end_time")?;
        let direction = page::direction(&mut query)?;
        let page = Page::read(&mut query, direction, None)?;
        let message_types = page::message_types(&mut query)?;
        let check_team = check_team_valid(&mut query, "check_team_valid", conversation.kind)?;
        let include_no_sense = query.boolean("include_no_sense_msg")?.unwrap_or(false);
        query.finish()?;
        if begin_time > end_time {
            return Err(Refusal::new(BAD_TIME_RANGE, "begin_time is later than end_time"));
        }
        Ok(Self { begin_time, end_time, message_types, page, check_team, include_no_sense })
    }

    fn fits(&self, message: &Message, viewer: &str) -> bool {
        (self.begin_time..=self.end_time).contains(&message.create_time)
            && (self.message_types.is_empty() || self.message_types.contains(&message.content.message_type))
            && (self.include_no_sense || message.is_sensed_by(viewer))
    }
}

/// Shows a page of a conversation as the account named first sees it. It changes nothing.
pub(super) fn find_history(app: &App, conversation_id: &str, query: Option<&str>) -> Result<Done, Refusal> {
    let conversation = Conversation::read(conversation_id)?;
    let question = Question::read(query, &conversation)?;
    let viewer = &conversation.sender_id;
    app.must_know(viewer)?;
    if question.check_team {
        app.team(conversation.kind, &conversation.receiver_id)?;
    }
    let seen = app.messages.values().filter(|it| conversation.shows(it) && question.fits(it, viewer));
    let data = question.page.cut(seen.map(Message::row).collect());
    Ok(Done { data: Value::Object(data), happenings: Vec::new() })
}
