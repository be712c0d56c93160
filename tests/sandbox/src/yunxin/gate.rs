//! The way of every request: logged, met by a fault perhaps, checked, acted upon, answered.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::connect_info::ConnectInfo;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::address::{API, Address, Operation};
use super::codes::{FORBIDDEN, NOT_FOUND, PARAMETER, Refusal, SUCCESS};
use super::store::Cloud;
use super::{batch_send, body, chatroom, clear, find_by_ids, find_history, find_message};
use super::{modify, recall, search, send, signature, spoil};
use crate::control::json_answer;
use crate::effects::{Cause, Happening};
use crate::faults::{Kind, When, hung_up};
use crate::line::{Hangup, Line};
use crate::requests::{Arrival, Ending, ShownHeaders};
use crate::world::{Sandbox, World};

const BODY_LIMIT_BYTES: usize = 4 * 1024 * 1024;

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

/// Answers any request below `/yunxin`.
pub(crate) async fn answer(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let line = parts.extensions.get::<ConnectInfo<Line>>().cloned();
    let body = to_bytes(body, BODY_LIMIT_BYTES).await.ok();
    let address = Address::read(&parts.method, parts.uri.path());
    let operation = address.map(Address::operation);

    let (ticket, fault) = sandbox.with(|world| {
        // A preflight must not use up a fault that waits for the call behind it.
        let fault = match is_answered(&parts, address) {
            true => world.faults.take(operation.map(Operation::name)),
            false => None,
        };
        let arrival = arrival(&parts, body.as_ref(), operation, fault.as_ref(), world.clock.now_ms());
        (world.requests.open(arrival), fault)
    });
    let (response, code) = play(&sandbox, &parts, body, address, fault.as_ref()).await;
    let hangup = response.extensions().get::<Hangup>().copied();
    sandbox.with(|world| {
        let ending = Ending {
            http_status: (hangup != Some(Hangup::Silent)).then(|| response.status().as_u16()),
            code: code.filter(|_| hangup != Some(Hangup::Silent)),
        };
        world.requests.close(ticket, ending);
    });
    if let (Some(how), Some(ConnectInfo(line))) = (hangup, line) {
        line.sever(how);
    }
    response
}

fn arrival(
    parts: &Parts,
    body: Option<&Bytes>,
    operation: Option<Operation>,
    fault: Option<&Kind>,
    at: i64,
) -> Arrival {
    let header = |name: &str| {
        let value = parts.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    Arrival {
        at,
        operation: operation.map(Operation::name),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        headers: ShownHeaders {
            app_key: header("AppKey"),
            nonce: header("Nonce"),
            cur_time: header("CurTime"),
        },
        trace_id: header("X-custom-traceid"),
        body: body.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default(),
        fault: fault.map(Kind::name),
    }
}

/// The answer and the vendor's code in it, if it has one.
async fn play(
    sandbox: &Sandbox,
    parts: &Parts,
    body: Option<Bytes>,
    address: Option<Address<'_>>,
    fault: Option<&Kind>,
) -> (Response, Option<u32>) {
    if let Some(response) = fault.and_then(Kind::in_front) {
        return (response, None);
    }
    if let Some(envelope) = fault.and_then(spoil::vendor_code) {
        return (json_answer(&envelope), code_of(&envelope));
    }
    if !is_answered(parts, address) {
        return (method_not_allowed(address), None);
    }
    if let Some(Kind::Delay { ms, when: When::Before }) = fault {
        tokio::time::sleep(Duration::from_millis(*ms)).await;
    }
    let mut envelope = sandbox.with(|world| act(world, parts, body, address));
    let code = code_of(&envelope);
    let Some(kind) = fault else {
        return (json_answer(&envelope), code);
    };
    if let Kind::Delay { ms, when: When::After } = kind {
        tokio::time::sleep(Duration::from_millis(*ms)).await;
    }
    spoil::spoil(&mut envelope, kind);
    let mut response = json_answer(&envelope);
    match kind {
        Kind::CutAfter {} => response = hung_up(Hangup::Silent),
        Kind::Truncated {} => {
            response.extensions_mut().insert(Hangup::MidBody);
        }
        _ => {}
    }
    (response, code)
}

/// Whether the method is one that the vendor answers here.
fn is_answered(parts: &Parts, address: Option<Address<'_>>) -> bool {
    match address {
        Some(address) => address.operation().method() == parts.method,
        None => parts.method != Method::OPTIONS,
    }
}

fn code_of(envelope: &Value) -> Option<u32> {
    let code = envelope.get("code")?.as_u64()?;
    u32::try_from(code).ok()
}

// The vendor answers no preflight: a page needs a proxy.
fn method_not_allowed(address: Option<Address<'_>>) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    if let Some(allow) = address.map(Address::allow) {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
    }
    response
}

/// One uninterrupted step: check, act, log the effects.
fn act(world: &mut World, parts: &Parts, body: Option<Bytes>, address: Option<Address<'_>>) -> Value {
    let now_ms = world.clock.now_ms();
    match decide(&mut world.yunxin, parts, body, address, now_ms) {
        Ok((cause, done)) => {
            for happening in done.happenings {
                world.effects.append(&cause, happening);
            }
            json!({ "code": SUCCESS, "msg": "success", "data": done.data })
        }
        Err(Refusal { code, msg }) => json!({ "code": code, "msg": msg, "data": {} }),
    }
}

fn decide(
    cloud: &mut Cloud,
    parts: &Parts,
    body: Option<Bytes>,
    address: Option<Address<'_>>,
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
    let trace_id = headers.get("X-custom-traceid").map(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        text.into_owned()
    });
    app.note_trace(trace_id.as_deref())?;
    let address = address.ok_or_else(no_such_path)?;
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
