//! What the vendor keeps, and the way of a call through it.

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::http::request::Parts;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::address::{Address, Call, Operation, Prefix};
use super::app::App;
use super::content::Kind;
use super::conversation::ChatType;
use super::find::Place;
use super::gate::{Done, Shape};
use super::ids::{Ids, message_id};
use super::limits::Limits;
use super::message::Letter;
use super::query::decode;
use super::rates::Rates;
use super::refusal::Refusal;
use super::rewrite::Elsewhere;
use super::roaming::{By, With};
use super::token::Tokens;
use super::{body, envelope, find, hour_file, query, recall, rewrite, roaming, send};
use crate::effects::Happening;

const OLDEST_MS: i64 = 10 * 365 * 24 * 60 * 60 * 1_000;

/// Everything on the vendor's side.
#[derive(Debug)]
pub(crate) struct Cloud {
    pub(super) apps: Vec<App>,
    pub(super) ids: Ids,
    pub(super) limits: Limits,
    pub(super) rates: Rates,
    pub(super) tokens: Tokens,
}

/// The app key, what was called, the answer, and every change.
type Decision = (String, Operation, Value, Vec<Happening>);

impl Cloud {
    fn app_at(&self, prefix: Prefix<'_>) -> Option<usize> {
        let named = |segment: &str, name: &str| decode(segment).as_deref() == Some(name);
        self.apps.iter().position(|it| match prefix {
            Prefix::Named { org, app } => named(org, it.org) && named(app, it.name),
            Prefix::Id(id) => named(id, it.id),
        })
    }

    /// Checks and acts: app, token, path, rate, then the call's own rules.
    pub(super) fn decide(
        &mut self,
        parts: &Parts,
        body: Option<Bytes>,
        address: Address<'_>,
        now_ms: i64,
    ) -> Result<Decision, Refusal> {
        let at = self.app_at(address.prefix).ok_or_else(|| {
            let text = "Could not find application for the org and app of this URL";
            Refusal::new(404, "organization_application_not_found", text)
        })?;
        // Other apps are looked at only to tell a foreign message from an unknown one.
        let (before, rest) = self.apps.split_at_mut(at);
        let (app, after) =
            rest.split_first_mut().ok_or_else(|| Refusal::new(500, "internal_error", "the app is gone"))?;
        let (limits, rates, ids) = (&self.limits, &mut self.rates, &mut self.ids);
        if address.call != Some(Call::Token) {
            self.tokens.check(&parts.headers, app, now_ms)?;
        }
        let call = address.call.ok_or_else(|| Refusal::new(404, "not_found", "no such API"))?;
        rates.admit_call(&app.key(), call, limits, now_ms)?;
        let bytes = body.ok_or_else(|| Refusal::new(413, "request_too_large", "body is too large"))?;
        let asked = parts.uri.query();
        if !call.has_query() {
            query::none(asked)?;
        }
        if !call.has_body() {
            body::none(&bytes)?;
        }
        let fields = || body::json(&parts.headers, &bytes);
        let delete = |app: &mut App, user, with, by| roaming::delete(app, user, with, by, asked, now_ms);
        let done = match call {
            Call::Token => Done::bare(self.tokens.issue(app, fields()?, limits, now_ms)?, Vec::new()),
            Call::Rewrite { msg_id } => {
                let elsewhere = |id: i64| {
                    let foreign = before.iter().chain(&*after).any(|it| it.messages.contains_key(&id));
                    if foreign { Elsewhere::Stored } else { Elsewhere::Unknown }
                };
                rewrite::rewrite(app, msg_id, fields()?, elsewhere, limits, now_ms)?
            }
            Call::Recall => recall::recall(app, fields()?, limits, now_ms)?,
            Call::BatchRecall => recall::batch_recall(app, fields()?, limits, now_ms)?,
            Call::DeleteRoaming { user } => delete(app, user, With::User, By::Ids)?,
            Call::DeleteRoamingGroup { user } => delete(app, user, With::Group, By::Ids)?,
            Call::DeleteRoamingBefore { user } => delete(app, user, With::User, By::Time)?,
            Call::DeleteRoamingGroupBefore { user } => delete(app, user, With::Group, By::Time)?,
            Call::DeleteRoamingAll { user } => roaming::delete_all(app, user, now_ms)?,
            Call::DeleteConversation { user } => roaming::delete_conversation(app, user, fields()?)?,
            Call::SendUsers | Call::SendGroups | Call::SendRooms => {
                send::send(app, (ids, rates), call.operation(), fields()?, limits, now_ms)?
            }
            Call::FindChat => find::find(app, Place::Chat, fields()?, limits, now_ms)?,
            Call::FindGroup => find::find(app, Place::Group, fields()?, limits, now_ms)?,
            Call::HourFile { time } => hour_file::address(app, time, &envelope::host(parts), limits, now_ms)?,
        };
        let reply = match done.shape {
            Shape::Bare(reply) => reply,
            Shape::Enveloped(data) => envelope::wrap(parts, address.prefix, app, data, now_ms),
        };
        Ok((app.key(), call.operation(), reply, done.happenings))
    }

    /// Every stored message, as a control route shows it.
    pub(super) fn shown(&self) -> Vec<Value> {
        let apps = self.apps.iter();
        apps.flat_map(|app| app.messages.values().map(|it| it.shown(&app.key()))).collect()
    }

    /// Stores a message as if it had been sent `age_ms` ago; its content is not checked.
    ///
    /// # Errors
    /// A sentence about an unknown app, conversation type, message type or id.
    pub(super) fn plant(&mut self, new: NewMessage, now_ms: i64) -> Result<Value, String> {
        if new.age_ms.saturating_abs() > OLDEST_MS {
            return Err("age_ms is beyond 10 years".to_owned());
        }
        let sent_at = now_ms - new.age_ms;
        let id = match new.msg_id {
            None => self.ids.next(sent_at),
            Some(text) => message_id(&text).ok_or("msg_id is no id")?,
        };
        let mut apps = self.apps.iter_mut();
        let app = match &new.app_key {
            None => apps.next(),
            Some(key) => apps.find(|app| app.key() == *key),
        };
        let app = app.ok_or("app_key is unknown")?;
        let letter = Letter {
            chat_type: ChatType::read(&new.chat_type)
                .ok_or("chat_type must be chat, groupchat or chatroom")?,
            from: new.from,
            kind: Kind::read(&new.kind).ok_or("type is unknown")?,
            body: new.body,
            ext: new.ext,
            hidden_from: new.hidden_from,
        };
        let mut message = letter.to(&new.to, id, sent_at);
        message.edits = new.edits;
        let shown = message.shown(&app.key());
        app.messages.insert(id, message);
        Ok(shown)
    }
}

/// A message that a control call wants to add.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMessage {
    app_key: Option<String>,
    msg_id: Option<String>,
    #[serde(default = "chat")]
    chat_type: String,
    from: String,
    to: String,
    #[serde(rename = "type", default = "text")]
    kind: String,
    #[serde(default)]
    body: Map<String, Value>,
    ext: Option<Map<String, Value>>,
    #[serde(default)]
    edits: u32,
    #[serde(default)]
    hidden_from: BTreeSet<String>,
    #[serde(default)]
    age_ms: i64,
}

fn chat() -> String {
    "chat".to_owned()
}

fn text() -> String {
    "txt".to_owned()
}
