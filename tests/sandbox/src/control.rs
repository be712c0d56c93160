//! The control routes: what a test or a curious person may see and change.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::tencent;
use crate::world::Sandbox;
use crate::yunxin::{LimitsPatch, NewMessage, Operation};

const FARTHEST_SHIFT_MS: i64 = 10 * 365 * 24 * 60 * 60 * 1_000;

/// Every route below `/control`.
pub(crate) fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/reset", post(reset))
        .route("/effects", get(effects))
        .route("/requests", get(requests))
        .route("/messages", get(messages).post(add_message))
        .route("/clock", get(clock).post(shift_clock))
        .route("/limits", get(limits).post(change_limits))
        .nest("/easemob", crate::easemob::control_routes())
        .route("/faults", get(faults).post(order_faults).delete(clear_faults))
        .nest("/tencent", tencent::routes())
}

/// An answer with status 200 and a JSON body.
pub(crate) fn json_answer(value: &Value) -> Response {
    let mut response = Response::new(Body::from(value.to_string()));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8"));
    response
}

fn refuse(complaint: &str) -> Response {
    let mut response = json_answer(&json!({ "error": complaint }));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}

/// The JSON answer, or status 400 with the complaint.
pub(crate) fn either(outcome: Result<Value, String>) -> Response {
    match outcome {
        Ok(value) => json_answer(&value),
        Err(complaint) => refuse(&complaint),
    }
}

/// Reads a JSON body, or says what is wrong with it.
pub(crate) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

async fn reset(State(sandbox): State<Sandbox>) -> Response {
    sandbox.reset();
    json_answer(&json!({}))
}

async fn effects(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!({ "effects": world.effects.all() })))
}

async fn requests(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!({ "requests": world.requests.all() })))
}

async fn messages(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| {
        let shown = world.yunxin.messages().map(|(key, it)| it.shown(key));
        json_answer(&json!({ "messages": shown.collect::<Vec<_>>() }))
    })
}

async fn add_message(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    either(
        read::<NewMessage>(&body)
            .and_then(|new| sandbox.with(|world| world.yunxin.plant(new, world.clock.now_ms()))),
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shift {
    offset_ms: i64,
}

async fn clock(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!({ "now_ms": world.clock.now_ms() })))
}

async fn shift_clock(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    let shift = read::<Shift>(&body).and_then(|shift| {
        let bearable = shift.offset_ms.saturating_abs() <= FARTHEST_SHIFT_MS;
        let complaint = || "offset_ms is beyond 10 years".to_owned();
        bearable.then_some(shift).ok_or_else(complaint)
    });
    either(shift.map(|shift| {
        sandbox.with(|world| {
            world.clock.shift(shift.offset_ms);
            json!({ "now_ms": world.clock.now_ms() })
        })
    }))
}

async fn limits(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!(world.yunxin.limits)))
}

async fn change_limits(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    either(read::<LimitsPatch>(&body).and_then(|patch| {
        sandbox.with(|world| {
            world.yunxin.limits.apply(&patch)?;
            Ok(json!(world.yunxin.limits))
        })
    }))
}

fn waiting(sandbox: &Sandbox) -> Value {
    sandbox.with(|world| json!({ "faults": world.faults.all() }))
}

async fn faults(State(sandbox): State<Sandbox>) -> Response {
    json_answer(&waiting(&sandbox))
}

/// Takes one fault or a list of them; one wrong order refuses the whole list.
async fn order_faults(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    let orders = match read(&body) {
        Ok(Value::Array(orders)) => orders,
        Ok(order) => vec![order],
        Err(complaint) => return refuse(&complaint),
    };
    let names: Vec<&str> = Operation::NAMES
        .into_iter()
        .chain(tencent::Operation::names())
        .chain(crate::easemob::Operation::NAMES)
        .collect();
    let read: Result<Vec<Fault>, String> =
        orders.into_iter().map(|order| Fault::read(order, &names)).collect();
    either(read.map(|faults| {
        sandbox.with(|world| faults.into_iter().for_each(|fault| world.faults.push(fault)));
        waiting(&sandbox)
    }))
}

async fn clear_faults(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| world.faults.clear());
    json_answer(&waiting(&sandbox))
}
