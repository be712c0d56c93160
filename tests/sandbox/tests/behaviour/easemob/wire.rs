//! Faults on this dialect.

use sandbox::Hangup;
use serde_json::{Value, json};

use super::client::{APP, Client};

fn text() -> Value {
    json!({ "to": ["lisi", "wangwu"], "type": "txt", "body": { "msg": "一" } })
}

async fn with(fault: Value) -> (Client, crate::desk::Answer) {
    let client = Client::new().await;
    client.desk.fault(fault).await;
    let answer = client.send("POST", "/messages/users", &text()).await;
    (client, answer)
}

#[tokio::test]
async fn faults_in_front_prevent_the_effect() {
    for (fault, status) in [
        (json!({ "on": "easemob.send_users", "kind": "html" }), 200),
        (json!({ "on": "easemob.send_users", "kind": "vendor_code", "code": 503, "msg": "busy" }), 503),
        (json!({ "on": "*", "kind": "status", "code": 502 }), 502),
    ] {
        let (client, answer) = with(fault).await;
        assert_eq!(answer.status, status);
        assert!(client.desk.effects().await.is_empty());
    }
}

#[tokio::test]
async fn faults_behind_leave_the_effect_and_spoil_the_answer() {
    let (client, answer) = with(json!({ "on": "easemob.send_users", "kind": "cut_after" })).await;
    assert_eq!(answer.hangup, Some(Hangup::Silent));
    assert_eq!(client.desk.effects().await.len(), 2);
    let (_, answer) = with(json!({ "on": "*", "kind": "drop_receivers", "n": 1 })).await;
    assert_eq!(answer.json()["data"].as_object().map(serde_json::Map::len), Some(1));
    let (_, answer) = with(json!({ "on": "*", "kind": "drop_data" })).await;
    assert_eq!(answer.json()["data"], Value::Null);
    let (_, answer) = with(json!({ "on": "*", "kind": "bare_code" })).await;
    assert!(answer.json()["data"]["lisi"].is_u64());
    let (_, answer) = with(json!({ "on": "*", "kind": "huge_ids" })).await;
    let id: u64 = answer.json()["data"]["lisi"].as_str().expect("a text").parse().expect("a number");
    assert!(id > i64::MAX.unsigned_abs());
    let (_, answer) = with(json!({ "on": "*", "kind": "text_numbers" })).await;
    assert!(answer.json()["timestamp"].is_string());
}

#[tokio::test]
async fn a_fault_on_the_token_leaves_the_other_calls_alone() {
    let client = Client::new().await;
    client.desk.fault(json!({ "on": "easemob.token", "kind": "html" })).await;
    client.done("POST", "/messages/users", &text()).await;
    let call = super::client::bare("POST", &format!("{APP}/token"), &super::client::token_body());
    assert!(client.desk.send(call).await.text.contains("<title>Sign in</title>"));
    let log = client.desk.requests().await;
    assert_eq!(log.last().expect("a request")["fault"], "html");
}
