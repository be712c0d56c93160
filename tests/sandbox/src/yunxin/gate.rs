//! How Yunxin's dialect takes a call: signature, rates, the body, the act.

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use serde_json::{Value, json};

use super::address::{API, Address};
use super::codes::{FORBIDDEN, NOT_FOUND, PARAMETER, Refusal, SUCCESS};
use super::store::Cloud;
use super::{batch_send, body, chatroom, clear, find_by_ids, find_history, find_message};
use super::{modify, recall, search, send, signature, spoil};
use crate::effects::{Cause, Happening};
use crate::faults::Kind;
use crate::gate::{Answer, Dialect};
use crate::requests::{Arrival, ShownHeaders};
use crate::world::World;

/// What an operation did: the `data` of the answer and every change it made.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) data: Value,
    pub(super) happenings: Vec<Happening>,
}

/// The two lists of an answer about many; a list without entries is left out, as in the vendor's sample.
pub(super) fn lists(succeeded: Vec<Value>, failed: Vec<Value>) -> Value {
    let lists = [("success_list", succeeded), ("failed_list", failed)];
    let told = lists.into_iter().filter(|(_, list)| !list.is_empty());
    told.map(|(key, list)| (key.to_owned(), Value::from(list))).collect()
}

/// Yunxin's dialect.
#[derive(Debug)]
pub(crate) struct Yunxin;

fn address(parts: &Parts) -> Option<Address<'_>> {
    Address::read(&parts.method, parts.uri.path())
}

fn text_of(parts: &Parts, header: &str) -> Option<String> {
    let value = parts.headers.get(header)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

impl Dialect for Yunxin {
    fn operation(parts: &Parts) -> Option<&'static str> {
        address(parts).map(|address| address.operation().name())
    }

    fn admit(parts: &Parts) -> Result<(), Option<HeaderValue>> {
        let address = address(parts);
        let answered = match address {
            Some(address) => address.operation().method() == parts.method,
            None => parts.method != Method::OPTIONS,
        };
        match answered {
            true => Ok(()),
            false => Err(address.map(|address| HeaderValue::from_static(address.allow()))),
        }
    }

    fn note(arrival: &mut Arrival, parts: &Parts) {
        let header = |name| text_of(parts, name);
        arrival.headers =
            ShownHeaders { app_key: header("AppKey"), nonce: header("Nonce"), cur_time: header("CurTime") };
        arrival.trace_id = header("X-custom-traceid");
    }

    fn act(world: &mut World, parts: &Parts, body: Option<Bytes>) -> Answer {
        let now_ms = world.clock.now_ms();
        match decide(&mut world.yunxin, parts, body, now_ms) {
            Ok((cause, done)) => {
                for happening in done.happenings {
                    world.effects.append(&cause, happening);
                }
                enveloped(SUCCESS, "success", done.data)
            }
            Err(Refusal { code, msg }) => enveloped(code, &msg, json!({})),
        }
    }

    fn with_code(code: u32, message: &str) -> Answer {
        enveloped(code, message, json!({}))
    }

    fn spoil(body: &mut Value, kind: &Kind) {
        spoil::spoil(body, kind);
    }
}

fn enveloped(code: u32, msg: &str, data: Value) -> Answer {
    Answer { status: 200, body: json!({ "code": code, "msg": msg, "data": data }), code: Some(code) }
}

fn decide(
    cloud: &mut Cloud,
    parts: &Parts,
    body: Option<Bytes>,
    now_ms: i64,
) -> Result<(Cause, Done), Refusal> {
    let no_such_path = || Refusal::new(NOT_FOUND, "no such path");
    if !parts.uri.path().starts_with(API) {
        return Err(no_such_path());
    }
    let Cloud { apps, ids, limits, rates } = cloud;
    let headers = &parts.headers;
    let app_key = signature::verify(headers, apps, now_ms)?;
    let app = apps.get_mut(&app_key).ok_or_else(|| Refusal::new(FORBIDDEN, "AppKey is gone"))?;
    let trace_id = text_of(parts, "X-custom-traceid");
    app.note_trace(trace_id.as_deref())?;
    let address = address(parts).ok_or_else(no_such_path)?;
    rates.admit(&app_key, address.operation(), limits, now_ms)?;
    let body = body.ok_or_else(|| Refusal::new(PARAMETER, "body is too large or broke off"))?;
    let query = parts.uri.query().filter(|query| !query.is_empty());
    let done = match address {
        Address::Modify => modify::modify(app, body::json(headers, query, &body)?, now_ms)?,
        Address::BatchSend => {
            let fields = body::json(headers, query, &body)?;
            batch_send::batch_send(app, ids, fields, limits, now_ms)?
        }
        Address::Recall { conversation_id, message_server_id } => {
            body::none(headers, &body)?;
            recall::recall(app, conversation_id, message_server_id, query, limits, now_ms)?
        }
        Address::FindMessage { conversation_id, message_server_id } => {
            body::none(headers, &body)?;
            find_message::find_message(app, conversation_id, message_server_id, query)?
        }
        Address::Send { conversation_id } => {
            send::send(app, ids, conversation_id, body::json(headers, query, &body)?, now_ms)?
        }
        Address::Clear { conversation_id } => {
            body::none(headers, &body)?;
            clear::clear(app, conversation_id, query)?
        }
        Address::FindHistory { conversation_id } => {
            body::none(headers, &body)?;
            find_history::find_history(app, conversation_id, query)?
        }
        Address::FindByIds { conversation_id } => {
            find_by_ids::find_by_ids(app, conversation_id, body::json(headers, query, &body)?)?
        }
        Address::Search => {
            body::none(headers, &body)?;
            search::search(app, query, now_ms)?
        }
        Address::RecallChatroom { room_id, message_client_id } => {
            body::none(headers, &body)?;
            chatroom::recall(app, room_id, message_client_id, query)?
        }
        Address::FindChatroom { room_id } => {
            body::none(headers, &body)?;
            chatroom::history(app, room_id, query)?
        }
    };
    let cause = Cause { at: now_ms, operation: address.operation().name(), app_key, trace_id };
    Ok((cause, done))
}
