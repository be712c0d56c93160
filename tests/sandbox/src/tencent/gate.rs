//! How Tencent's dialect takes a call: access, rates, the body, the act.

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use serde_json::Value;

use super::address::{Operation, Service, is_group_service};
use super::codes::{
    APP_MISSING, GROUP_NOT_JSON, NO_SUCH_COMMAND, NO_SUCH_PATH, NOT_JSON, Refusal, TOO_FREQUENT,
};
use super::fields::Fields;
use super::rates::{Admission, Counted};
use super::store::Cloud;
use super::turn::{Done, Turn, failure, seconds};
use super::{access, acts, query, spoil};
use crate::effects::Cause;
use crate::faults::Kind;
use crate::gate::{Answer, Dialect};
use crate::requests::Arrival;
use crate::world::World;

/// Tencent's dialect.
#[derive(Debug)]
pub(crate) struct Tencent;

impl Dialect for Tencent {
    /// The headers of the vendor's published sample answer.
    const HEADERS: &[(header::HeaderName, &str)] = &[
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "X-Requested-With"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
    ];

    fn operation(parts: &Parts) -> Option<&'static str> {
        Operation::at(parts.uri.path()).map(Operation::name)
    }

    // A preflight is not documented, so none is answered.
    fn admit(parts: &Parts) -> Result<(), Option<HeaderValue>> {
        match parts.method == Method::POST {
            true => Ok(()),
            false => Err(Some(HeaderValue::from_static("POST"))),
        }
    }

    fn note(arrival: &mut Arrival, parts: &Parts) {
        arrival.query = parts.uri.query().map(query::shown);
    }

    fn act(world: &mut World, parts: &Parts, body: Option<Bytes>) -> Answer {
        let now_ms = world.clock.now_ms();
        enveloped(match decide(&mut world.tencent, parts, body, now_ms) {
            Ok((cause, mut done)) => {
                for happening in done.happenings.drain(..) {
                    world.effects.append(&cause, happening);
                }
                done.envelope()
            }
            Err(Refusal { code, info }) => failure(code, &info),
        })
    }

    fn with_code(code: u32, message: &str) -> Answer {
        enveloped(failure(code, message))
    }

    fn spoil(body: &mut Value, kind: &Kind) {
        spoil::spoil(body, kind);
    }
}

fn enveloped(body: Value) -> Answer {
    let code = body.get("ErrorCode").and_then(Value::as_u64).and_then(|code| u32::try_from(code).ok());
    Answer { status: 200, body, code }
}

fn decide(
    cloud: &mut Cloud,
    parts: &Parts,
    body: Option<Bytes>,
    now_ms: i64,
) -> Result<(Cause, Done), Refusal> {
    let Cloud { apps, limits, rates } = cloud;
    let caller = access::check(parts.uri.query(), apps, seconds(now_ms))?;
    let operation = Operation::at(parts.uri.path()).ok_or_else(|| unknown_path(parts.uri.path()))?;
    let sdkappid = caller.sdkappid;
    let admission = rates.admit(sdkappid, Counted::Calls(operation), 1, limits.calls_per_second, now_ms);
    if admission == Admission::Refused {
        return Err(Refusal::new(TOO_FREQUENT, "too many calls of this command in a second"));
    }
    let fields = json(body, operation)?;
    let app = apps.get_mut(&sdkappid).ok_or_else(|| Refusal::new(APP_MISSING, "the app is gone"))?;
    let mut turn = Turn { app, caller, limits, rates, now_ms };
    let done = acts::carry_out(operation, &mut turn, fields)?;
    let cause =
        Cause { at: now_ms, operation: operation.name(), app_key: sdkappid.to_string(), trace_id: None };
    Ok((cause, done))
}

fn unknown_path(path: &str) -> Refusal {
    match is_group_service(path) {
        true => Refusal::new(NO_SUCH_COMMAND, "no such command"),
        false => Refusal::new(NO_SUCH_PATH, "no such path"),
    }
}

/// T-URL-2: a JSON object, never empty.
fn json(body: Option<Bytes>, operation: Operation) -> Result<Fields, Refusal> {
    let code = match operation.service() {
        Service::OpenIm => NOT_JSON,
        Service::Group => GROUP_NOT_JSON,
    };
    let body = body.ok_or_else(|| Refusal::field(code, "body", "is too large or broke off"))?;
    match serde_json::from_slice(&body) {
        Ok(Value::Object(map)) => Ok(Fields::of_body(map)),
        Ok(_) => Err(Refusal::field(code, "body", "must be a JSON object")),
        Err(error) => Err(Refusal::field(code, "body", &format!("is not JSON: {error}"))),
    }
}
