//! What a test may see and change of this dialect alone, below `/control/easemob`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::store::NewMessage;
use crate::control::{either, json_answer, read};
use crate::world::Sandbox;

/// Every route below `/control/easemob`.
pub(crate) fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/messages", get(messages).post(add_message))
        .route("/limits", get(limits).post(change_limits))
        .route("/tokens", get(tokens).delete(expire_tokens))
}

async fn messages(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!({ "messages": world.easemob.shown() })))
}

async fn add_message(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    either(
        read::<NewMessage>(&body)
            .and_then(|new| sandbox.with(|world| world.easemob.plant(new, world.clock.now_ms()))),
    )
}

async fn limits(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!(world.easemob.limits)))
}

/// Takes over the limits that are named; the others stay.
async fn change_limits(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    either(read::<Value>(&body).and_then(|patch| {
        let Value::Object(patch) = patch else {
            return Err("limits are a JSON object".to_owned());
        };
        sandbox.with(|world| {
            let mut all = json!(world.easemob.limits);
            if let Value::Object(all) = &mut all {
                all.extend(patch);
            }
            let limits: super::limits::Limits =
                serde_json::from_value(all).map_err(|error| error.to_string())?;
            limits.check()?;
            world.easemob.limits = limits;
            Ok(json!(world.easemob.limits))
        })
    }))
}

async fn tokens(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&world.easemob.tokens.shown()))
}

async fn expire_tokens(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| {
        world.easemob.tokens.expire_all(world.clock.now_ms());
        json_answer(&world.easemob.tokens.shown())
    })
}
