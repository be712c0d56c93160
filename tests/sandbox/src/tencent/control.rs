//! This vendor's own control routes, below `/control/tencent`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde_json::json;

use super::limits::LimitsPatch;
use super::plant::{NewAccounts, NewGroup, NewMessage};
use crate::control::{either, json_answer, read};
use crate::world::Sandbox;

/// Messages, accounts, groups and limits; the rest is common to all vendors.
pub(crate) fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/messages", get(messages).post(add_message))
        .route("/accounts", get(accounts).post(import))
        .route("/groups", get(groups).post(add_group))
        .route("/limits", get(limits).post(change_limits))
}

async fn messages(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!({ "messages": world.tencent.all_messages() })))
}

async fn add_message(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    either(
        read::<NewMessage>(&body)
            .and_then(|new| sandbox.with(|world| world.tencent.plant(&new, world.clock.now_ms()))),
    )
}

async fn accounts(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!({ "apps": world.tencent.all_accounts() })))
}

async fn import(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    either(read::<NewAccounts>(&body).and_then(|new| sandbox.with(|world| world.tencent.import(new))))
}

async fn groups(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!({ "groups": world.tencent.all_groups() })))
}

async fn add_group(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    either(read::<NewGroup>(&body).and_then(|new| sandbox.with(|world| world.tencent.make_group(new))))
}

async fn limits(State(sandbox): State<Sandbox>) -> Response {
    sandbox.with(|world| json_answer(&json!(world.tencent.limits)))
}

async fn change_limits(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    either(read::<LimitsPatch>(&body).and_then(|patch| {
        sandbox.with(|world| {
            world.tencent.limits.apply(&patch)?;
            Ok(json!(world.tencent.limits))
        })
    }))
}
