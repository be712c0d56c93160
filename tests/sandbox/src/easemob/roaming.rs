//! One-sided deletes (单向删除漫游消息): one user loses its copies, the others keep theirs.

use serde_json::{Value, json};

use super::app::{App, Feature, Talk};
use super::gate::Done;
use super::ids::message_id;
use super::query::{Query, decode};
use super::refusal::{Fields, Refusal};
use crate::effects::{Change, Happening};

const IDS_LIMIT: usize = 50;

/// What the query of a delete names beside the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum With {
    /// `userId`, the peer (E-DEL-1).
    User,
    /// `groupId`, a group or a room.
    Group,
}

/// Which messages of the conversation go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// `msgIdList`
    Ids,
    /// `delTime`, inclusive
    Time,
}

enum Chosen {
    Ids(Vec<i64>),
    Until(i64),
    All,
}

/// The owner in the path, who must be a user of the app.
fn owner(app: &App, segment: &str) -> Result<String, Refusal> {
    let owner = decode(segment).filter(|it| app.users.contains(it.as_str()));
    owner.ok_or_else(|| Refusal::new(404, "service_resource_not_found", "Service resource not found"))
}

fn must_be_open(app: &App) -> Result<(), Refusal> {
    if app.features == Feature::Open { Ok(()) } else { Err(Refusal::roaming_closed()) }
}

fn hide(app: &mut App, owner: &str, talk: Talk<'_>, chosen: &Chosen, more: &Value) -> Vec<Happening> {
    let mut happenings = Vec::new();
    for message in app.roaming_of(owner, talk) {
        let goes = match chosen {
            Chosen::Ids(ids) => ids.contains(&message.id),
            Chosen::Until(time) => message.at <= *time,
            Chosen::All => true,
        };
        if goes {
            message.hidden_from.insert(owner.to_owned());
            let mut detail = json!({ "for": owner });
            if let (Value::Object(detail), Value::Object(more)) = (&mut detail, more) {
                detail.extend(more.clone());
            }
            happenings.push(Done::happening(message, Change::Removed, detail));
        }
    }
    happenings
}

fn done(happenings: Vec<Happening>, now_ms: i64) -> Done {
    Done::bare(json!({ "requestStatusCode": "ok", "timestamp": now_ms }), happenings)
}

fn ids(list: &str) -> Result<Vec<i64>, Refusal> {
    let wrong = |text: &str| Refusal::new(400, "param exception", text);
    let ids: Option<Vec<i64>> = list.split(',').map(message_id).collect();
    let ids = ids.ok_or_else(|| wrong("msgIdList must be message ids joined by commas"))?;
    match ids.len() > IDS_LIMIT {
        true => Err(wrong("delete msg list limit can not greater than 50")),
        false => Ok(ids),
    }
}

/// Deletes by ids or by time: `DELETE …/rest/message/roaming/{chat|group}/user/{userId}[/time]`.
pub(super) fn delete(
    app: &mut App,
    segment: &str,
    with: With,
    by: By,
    query: Option<&str>,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let mut query = Query::read(query)?;
    let other = query.required(match with {
        With::User => "userId",
        With::Group => "groupId",
    })?;
    let chosen = match by {
        By::Ids => Chosen::Ids(ids(&query.required("msgIdList")?)?),
        By::Time => Chosen::Until(query.required_time("delTime")?),
    };
    let notify = query.boolean("isNotify")?.unwrap_or(true);
    query.finish()?;
    must_be_open(app)?;
    let owner = owner(app, segment)?;
    let talk = match with {
        With::User => Talk::With(&other),
        With::Group => Talk::In(&other),
    };
    Ok(done(hide(app, &owner, talk, &chosen, &json!({ "isNotify": notify })), now_ms))
}

/// Deletes everything of one user: `POST …/rest/message/roaming/user/{userId}/delete/all`.
pub(super) fn delete_all(app: &mut App, segment: &str, now_ms: i64) -> Result<Done, Refusal> {
    must_be_open(app)?;
    let owner = owner(app, segment)?;
    Ok(done(hide(app, &owner, Talk::Any, &Chosen::All, &json!({})), now_ms))
}

/// Deletes one user's conversation (单向删除会话): `DELETE …/users/{username}/user_channel`.
pub(super) fn delete_conversation(app: &mut App, segment: &str, mut body: Fields) -> Result<Done, Refusal> {
    let channel = body.required_text("channel")?;
    let talk = match body.required_text("type")?.as_str() {
        "chat" => Talk::With(&channel),
        "groupchat" => Talk::In(&channel),
        _ => return body.refuse("type", "must be chat or groupchat"),
    };
    let Some(delete_roam) = body.boolean("delete_roam")? else {
        return body.refuse("delete_roam", "is required");
    };
    body.finish()?;
    let owner = owner(app, segment)?;
    let happenings = match delete_roam {
        true => hide(app, &owner, talk, &Chosen::All, &json!({ "channel": channel })),
        false => Vec::new(),
    };
    Ok(Done::enveloped(json!({ "result": "ok" }), happenings))
}
