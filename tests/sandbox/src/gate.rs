//! The way of every request, whatever its dialect: logged, met by a fault perhaps, acted upon, answered.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::connect_info::ConnectInfo;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use crate::control::json_answer;
use crate::faults::{Kind, When, hung_up};
use crate::line::{Hangup, Line};
use crate::requests::{Arrival, Ending, ShownHeaders};
use crate::world::{Sandbox, World};

const BODY_LIMIT_BYTES: usize = 4 * 1024 * 1024;

/// What a vendor answers.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    /// The vendor's code in it, for the log, where the vendor has one.
    pub(crate) code: Option<u32>,
}

/// What differs from vendor to vendor on that way.
pub(crate) trait Dialect {
    /// Headers of every answer that the vendor gives itself.
    const HEADERS: &[(HeaderName, &str)] = &[];

    /// The operation that is called, by its name.
    fn operation(parts: &Parts) -> Option<&'static str>;

    /// Whether the vendor answers this method there. A preflight it does not answer: a page needs a proxy.
    ///
    /// # Errors
    /// What `Allow` says, if anything.
    fn admit(parts: &Parts) -> Result<(), Option<HeaderValue>>;

    /// Adds to the log what is worth it, and takes away what must not be kept.
    fn note(arrival: &mut Arrival, parts: &Parts);

    /// One uninterrupted step: check, act, log the effects. `None` for a body that is too large or broke off.
    fn act(world: &mut World, parts: &Parts, body: Option<Bytes>) -> Answer;

    /// The answer with a code of the test's choice.
    fn with_code(code: u32, message: &str) -> Answer;

    /// Changes an answer as a fault wants; other faults leave it as it is.
    fn spoil(body: &mut Value, kind: &Kind);
}

/// Answers any request to a vendor.
pub(crate) async fn answer<D: Dialect>(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let line = parts.extensions.get::<ConnectInfo<Line>>().cloned();
    let body = to_bytes(body, BODY_LIMIT_BYTES).await.ok();
    let operation = D::operation(&parts);

    let (ticket, fault) = sandbox.with(|world| {
        // A preflight must not use up a fault that waits for the call behind it.
        let fault = D::admit(&parts).ok().and_then(|()| world.faults.take(operation));
        let mut arrival = Arrival {
            at: world.clock.now_ms(),
            operation,
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            headers: ShownHeaders::default(),
            trace_id: None,
            body: body.as_deref().map(String::from_utf8_lossy).unwrap_or_default().into_owned(),
            fault: fault.as_ref().map(Kind::name),
        };
        D::note(&mut arrival, &parts);
        (world.requests.open(arrival), fault)
    });
    let (response, code) = play::<D>(&sandbox, &parts, body, fault.as_ref()).await;
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

/// The answer and the vendor's code in it, if it has one.
async fn play<D: Dialect>(
    sandbox: &Sandbox,
    parts: &Parts,
    body: Option<Bytes>,
    fault: Option<&Kind>,
) -> (Response, Option<u32>) {
    if let Some(response) = fault.and_then(Kind::in_front) {
        return (response, None);
    }
    if let Some(Kind::VendorCode { code, msg }) = fault {
        return told::<D>(&D::with_code(*code, msg));
    }
    if let Err(allow) = D::admit(parts) {
        return (method_not_allowed(allow), None);
    }
    if let Some(Kind::Delay { ms, when: When::Before }) = fault {
        tokio::time::sleep(Duration::from_millis(*ms)).await;
    }
    let mut answer = sandbox.with(|world| D::act(world, parts, body));
    let Some(kind) = fault else { return told::<D>(&answer) };
    if let Kind::Delay { ms, when: When::After } = kind {
        tokio::time::sleep(Duration::from_millis(*ms)).await;
    }
    D::spoil(&mut answer.body, kind);
    let (mut response, code) = told::<D>(&answer);
    match kind {
        Kind::CutAfter {} => response = hung_up(Hangup::Silent),
        Kind::Truncated {} => {
            response.extensions_mut().insert(Hangup::MidBody);
        }
        _ => {}
    }
    (response, code)
}

fn told<D: Dialect>(answer: &Answer) -> (Response, Option<u32>) {
    let mut response = json_answer(&answer.body);
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in D::HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    (response, answer.code)
}

fn method_not_allowed(allow: Option<HeaderValue>) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}
