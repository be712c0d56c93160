//! The way of every request: logged, met by a fault perhaps, checked, acted upon, answered.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::connect_info::ConnectInfo;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
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
use crate::control::json_answer;
use crate::effects::Cause;
use crate::faults::{Kind, When, hung_up};
use crate::line::{Hangup, Line};
use crate::requests::{Arrival, Ending, ShownHeaders};
use crate::world::{Sandbox, World};

const BODY_LIMIT_BYTES: usize = 4 * 1024 * 1024;
/// The headers of the vendor's published sample answer.
const CORS: [(header::HeaderName, &str); 3] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "X-Requested-With"),
    (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
];

/// Answers any request below `/tencent`.
pub(crate) async fn answer(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let line = parts.extensions.get::<ConnectInfo<Line>>().cloned();
    let body = to_bytes(body, BODY_LIMIT_BYTES).await.ok();
    let operation = Operation::at(parts.uri.path());

    let (ticket, fault) = sandbox.with(|world| {
        // A preflight must not use up a fault that waits for the call behind it.
        let fault = match parts.method == Method::POST {
            true => world.faults.take(operation.map(Operation::name)),
            false => None,
        };
        let arrival = arrival(&parts, body.as_ref(), operation, fault.as_ref(), world.clock.now_ms());
        (world.requests.open(arrival), fault)
    });
    let (response, code) = play(&sandbox, &parts, body, operation, fault.as_ref()).await;
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
    Arrival {
        at,
        operation: operation.map(Operation::name),
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(query::shown),
        headers: ShownHeaders::default(),
        trace_id: None,
        body: body.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default(),
        fault: fault.map(Kind::name),
    }
}

/// The answer and the vendor's code in it, if it has one.
async fn play(
    sandbox: &Sandbox,
    parts: &Parts,
    body: Option<Bytes>,
    operation: Option<Operation>,
    fault: Option<&Kind>,
) -> (Response, Option<u32>) {
    if let Some(response) = fault.and_then(Kind::in_front) {
        return (response, None);
    }
    if let Some(envelope) = fault.and_then(spoil::vendor_code) {
        return (answered(&envelope), code_of(&envelope));
    }
    if parts.method != Method::POST {
        return (method_not_allowed(), None);
    }
    if let Some(Kind::Delay { ms, when: When::Before }) = fault {
        tokio::time::sleep(Duration::from_millis(*ms)).await;
    }
    let mut envelope = sandbox.with(|world| act(world, parts, body, operation));
    let code = code_of(&envelope);
    let Some(kind) = fault else {
        return (answered(&envelope), code);
    };
    if let Kind::Delay { ms, when: When::After } = kind {
        tokio::time::sleep(Duration::from_millis(*ms)).await;
    }
    spoil::spoil(&mut envelope, kind);
    let mut response = answered(&envelope);
    match kind {
        Kind::CutAfter {} => response = hung_up(Hangup::Silent),
        Kind::Truncated {} => {
            response.extensions_mut().insert(Hangup::MidBody);
        }
        _ => {}
    }
    (response, code)
}

fn answered(envelope: &Value) -> Response {
    let mut response = json_answer(envelope);
    for (name, value) in CORS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn code_of(envelope: &Value) -> Option<u32> {
    let code = envelope.get("ErrorCode")?.as_u64()?;
    u32::try_from(code).ok()
}

// A preflight is not documented, so none is answered.
fn method_not_allowed() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

/// One uninterrupted step: check, act, log the effects.
fn act(world: &mut World, parts: &Parts, body: Option<Bytes>, operation: Option<Operation>) -> Value {
    let now_ms = world.clock.now_ms();
    match decide(&mut world.tencent, parts, body, operation, now_ms) {
        Ok((cause, mut done)) => {
            for happening in done.happenings.drain(..) {
                world.effects.append(&cause, happening);
            }
            done.envelope()
        }
        Err(Refusal { code, info }) => failure(code, &info),
    }
}

fn decide(
    cloud: &mut Cloud,
    parts: &Parts,
    body: Option<Bytes>,
    operation: Option<Operation>,
    now_ms: i64,
) -> Result<(Cause, Done), Refusal> {
    let Cloud { apps, limits, rates } = cloud;
    let caller = access::check(parts.uri.query(), apps, seconds(now_ms))?;
    let operation = operation.ok_or_else(|| unknown_path(parts.uri.path()))?;
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
