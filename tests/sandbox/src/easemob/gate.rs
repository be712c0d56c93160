//! The way of every request: logged, met by a fault perhaps, checked, acted upon, answered.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::connect_info::ConnectInfo;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use super::address::{Address, Operation};
use super::message::Message;
use super::refusal::Refusal;
use super::{spoil, token};
use crate::control::json_answer;
use crate::effects::{Cause, Change, Happening};
use crate::faults::{Kind, When, hung_up};
use crate::line::{Hangup, Line};
use crate::requests::{Arrival, Ending, ShownHeaders};
use crate::world::{Sandbox, World};

const BODY_LIMIT_BYTES: usize = 4 * 1024 * 1024;

/// How the result of a call is told.
#[derive(Debug)]
pub(super) enum Shape {
    /// As `data` of the envelope.
    Enveloped(Value),
    /// As it is.
    Bare(Value),
}

/// What an operation did.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) shape: Shape,
    pub(super) happenings: Vec<Happening>,
}

impl Done {
    /// A result in the envelope.
    pub(super) fn enveloped(data: Value, happenings: Vec<Happening>) -> Self {
        Self { shape: Shape::Enveloped(data), happenings }
    }

    /// A result without envelope.
    pub(super) fn bare(reply: Value, happenings: Vec<Happening>) -> Self {
        Self { shape: Shape::Bare(reply), happenings }
    }

    /// What became of a message.
    pub(super) fn happening(message: &Message, change: Change, detail: Value) -> Happening {
        Happening {
            change,
            message_server_id: message.id,
            sender_id: message.from.clone(),
            conversation_type: message.chat_type.number(),
            receiver_id: message.to.clone(),
            detail,
        }
    }
}

/// Answers any request below `/easemob`.
pub(crate) async fn answer(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let line = parts.extensions.get::<ConnectInfo<Line>>().cloned();
    let body = to_bytes(body, BODY_LIMIT_BYTES).await.ok();
    let address = Address::read(parts.uri.path());
    let operation = address.and_then(Address::operation);

    let (ticket, fault) = sandbox.with(|world| {
        // A preflight must not use up a fault that waits for the call behind it.
        let fault = match is_answered(&parts, operation) {
            true => world.faults.take(operation.map(Operation::name)),
            false => None,
        };
        let arrival = arrival(&parts, body.as_ref(), operation, fault.as_ref(), world.clock.now_ms());
        (world.requests.open(arrival), fault)
    });
    let response = play(&sandbox, &parts, body, address, fault.as_ref()).await;
    let hangup = response.extensions().get::<Hangup>().copied();
    sandbox.with(|world| {
        let status = (hangup != Some(Hangup::Silent)).then(|| response.status().as_u16());
        world.requests.close(ticket, Ending { http_status: status, code: None });
    });
    if let (Some(how), Some(ConnectInfo(line))) = (hangup, line) {
        line.sever(how);
    }
    response
}

// Neither the token nor the client secret is kept.
fn arrival(
    parts: &Parts,
    body: Option<&Bytes>,
    operation: Option<Operation>,
    fault: Option<&Kind>,
    at: i64,
) -> Arrival {
    let body = match (operation, body) {
        (_, None) => String::new(),
        (Some(Operation::Token), Some(bytes)) => token::without_secret(bytes),
        (_, Some(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
    };
    Arrival {
        at,
        operation: operation.map(Operation::name),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        headers: ShownHeaders::default(),
        trace_id: None,
        body,
        fault: fault.map(Kind::name),
    }
}

async fn play(
    sandbox: &Sandbox,
    parts: &Parts,
    body: Option<Bytes>,
    address: Option<Address<'_>>,
    fault: Option<&Kind>,
) -> Response {
    if let Some(response) = fault.and_then(Kind::in_front) {
        return response;
    }
    if let Some((status, body)) = fault.and_then(spoil::vendor_code) {
        return with_status(json_answer(&body), status);
    }
    let operation = address.and_then(Address::operation);
    if !is_answered(parts, operation) {
        return method_not_allowed(operation);
    }
    if let Some(Kind::Delay { ms, when: When::Before }) = fault {
        tokio::time::sleep(Duration::from_millis(*ms)).await;
    }
    let (status, mut reply) = sandbox.with(|world| act(world, parts, body, address));
    let Some(kind) = fault else {
        return with_status(json_answer(&reply), status);
    };
    if let Kind::Delay { ms, when: When::After } = kind {
        tokio::time::sleep(Duration::from_millis(*ms)).await;
    }
    spoil::spoil(&mut reply, kind);
    let mut response = with_status(json_answer(&reply), status);
    match kind {
        Kind::CutAfter {} => response = hung_up(Hangup::Silent),
        Kind::Truncated {} => {
            response.extensions_mut().insert(Hangup::MidBody);
        }
        _ => {}
    }
    response
}

fn with_status(mut response: Response, status: u16) -> Response {
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// Whether the method is one that the vendor answers here.
fn is_answered(parts: &Parts, operation: Option<Operation>) -> bool {
    match operation {
        Some(operation) => operation.method() == parts.method,
        None => parts.method != Method::OPTIONS,
    }
}

// No preflight is answered: a page needs a proxy.
fn method_not_allowed(operation: Option<Operation>) -> Response {
    let mut response = with_status(Response::new(Body::empty()), 405);
    let method = operation.map(Operation::method);
    if let Some(allow) = method.and_then(|it| HeaderValue::from_str(it.as_str()).ok()) {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

/// One uninterrupted step: check, act, log the effects.
fn act(world: &mut World, parts: &Parts, body: Option<Bytes>, address: Option<Address<'_>>) -> (u16, Value) {
    let now_ms = world.clock.now_ms();
    let decided = address
        .ok_or_else(|| Refusal::new(404, "not_found", "no such API"))
        .and_then(|address| world.easemob.decide(parts, body, address, now_ms));
    match decided {
        Ok((app_key, operation, reply, happenings)) => {
            let cause = Cause { at: now_ms, operation: operation.name(), app_key, trace_id: None };
            for happening in happenings {
                world.effects.append(&cause, happening);
            }
            (200, reply)
        }
        Err(refusal) => (refusal.status, refusal.body(now_ms)),
    }
}
