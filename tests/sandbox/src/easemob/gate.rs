//! How Easemob's dialect takes a call.

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use serde_json::{Value, json};

use super::address::{Address, Operation};
use super::message::Message;
use super::refusal::Refusal;
use super::{spoil, token};
use crate::effects::{Cause, Change, Happening};
use crate::faults::Kind;
use crate::gate::{Answer, Dialect};
use crate::requests::Arrival;
use crate::world::World;

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

/// Easemob's dialect.
#[derive(Debug)]
pub(crate) struct Easemob;

fn operation(parts: &Parts) -> Option<Operation> {
    Address::read(parts.uri.path()).and_then(Address::operation)
}

impl Dialect for Easemob {
    fn operation(parts: &Parts) -> Option<&'static str> {
        operation(parts).map(Operation::name)
    }

    fn admit(parts: &Parts) -> Result<(), Option<HeaderValue>> {
        match operation(parts).map(Operation::method) {
            Some(method) if method != parts.method => Err(HeaderValue::from_str(method.as_str()).ok()),
            None if parts.method == Method::OPTIONS => Err(None),
            _ => Ok(()),
        }
    }

    // Neither the token nor the client secret is kept.
    fn note(arrival: &mut Arrival, parts: &Parts) {
        if operation(parts) == Some(Operation::Token) {
            arrival.body = token::without_secret(&arrival.body);
        }
    }

    fn act(world: &mut World, parts: &Parts, body: Option<Bytes>) -> Answer {
        let now_ms = world.clock.now_ms();
        let decided = Address::read(parts.uri.path())
            .ok_or_else(|| Refusal::new(404, "not_found", "no such API"))
            .and_then(|address| world.easemob.decide(parts, body, address, now_ms));
        match decided {
            Ok((app_key, operation, body, happenings)) => {
                let cause = Cause { at: now_ms, operation: operation.name(), app_key, trace_id: None };
                for happening in happenings {
                    world.effects.append(&cause, happening);
                }
                Answer { status: 200, body, code: None }
            }
            Err(refusal) => Answer { status: refusal.status, body: refusal.body(now_ms), code: None },
        }
    }

    fn with_code(code: u32, message: &str) -> Answer {
        let status = u16::try_from(code).ok().filter(|it| (400..=599).contains(it)).unwrap_or(400);
        let body =
            json!({ "error": message, "error_description": message, "error_code": code, "duration": 0 });
        Answer { status, body, code: None }
    }

    fn spoil(body: &mut Value, kind: &Kind) {
        spoil::spoil(body, kind);
    }
}
