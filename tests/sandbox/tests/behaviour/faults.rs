//! Every fault as an answer; what happens on the wire is in `wire.rs`.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use sandbox::Hangup;
use serde_json::{Value, json};

use crate::desk::{Answer, Call, Desk};

fn send() -> Call {
    Call::batch(&json!({ "sender_id": "zhangsan", "receiver_ids": ["lisi", "wangwu", "admin"],
        "receiver_no_sense": false, "message": { "message_type": 0, "text": "一" } }))
}

/// Orders the fault for one batch and gives the answer and the number of effects.
async fn struck(fault: Value) -> (Answer, usize) {
    let desk = Desk::new();
    let mut order = fault;
    order["on"] = json!("yunxin.batch_send");
    desk.fault(order).await;
    let answer = desk.send(send()).await;
    (answer, desk.effects().await.len())
}

#[tokio::test]
async fn a_delay_comes_after_the_effect_unless_it_is_ordered_before() {
    for when in ["before", "after"] {
        let start = Instant::now();
        let (answer, effects) = struck(json!({ "kind": "delay", "ms": 60, "when": when })).await;
        assert!(start.elapsed() >= Duration::from_millis(60));
        assert_eq!((answer.code(), effects), (200, 3));
    }
    for (when, expected) in [("before", 0), ("after", 3)] {
        let desk = Desk::new();
        desk.fault(json!({ "on": "*", "kind": "delay", "ms": 5000, "when": when })).await;
        let impatient = tokio::time::timeout(Duration::from_millis(50), desk.send(send())).await;
        assert!(impatient.is_err());
        assert_eq!(desk.effects().await.len(), expected, "{when}");
    }
}

#[tokio::test]
async fn a_status_stands_in_front_of_the_server() {
    let (answer, effects) = struck(json!({ "kind": "status", "code": 503, "body": "busy",
        "content_type": "text/plain", "headers": { "Retry-After": "7" } }))
    .await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers["retry-after"], "7");
    assert_eq!(answer.headers["content-type"], "text/plain");
    assert_eq!((answer.text.as_str(), effects), ("busy", 0));
}

#[tokio::test]
async fn a_redirect_a_login_page_and_nonsense_have_no_effect() {
    let (answer, effects) = struck(json!({ "kind": "redirect", "to": "https://login.invalid/" })).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert_eq!(answer.headers["location"], "https://login.invalid/");
    assert_eq!(effects, 0);
    let (answer, effects) = struck(json!({ "kind": "html" })).await;
    assert_eq!((answer.status, effects), (StatusCode::OK, 0));
    assert!(answer.text.starts_with("<!doctype html>"));
    let (answer, effects) = struck(json!({ "kind": "not_json" })).await;
    assert_eq!((answer.status, effects), (StatusCode::OK, 0));
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());
}

#[tokio::test]
async fn a_vendor_code_comes_in_the_vendors_envelope() {
    let (answer, effects) = struck(json!({ "kind": "vendor_code", "code": 416, "msg": "slow down" })).await;
    assert_eq!(answer.refusal(), (416, "slow down".to_owned()));
    assert_eq!(effects, 0);
}

#[tokio::test]
async fn cut_and_truncated_answers_are_marked_and_differ_in_their_effect() {
    let (answer, effects) = struck(json!({ "kind": "cut_before" })).await;
    assert_eq!((answer.hangup, effects), (Some(Hangup::Silent), 0));
    let (answer, effects) = struck(json!({ "kind": "cut_after" })).await;
    assert_eq!((answer.hangup, effects), (Some(Hangup::Silent), 3));
    assert_eq!(answer.text, "");
    let (answer, effects) = struck(json!({ "kind": "truncated" })).await;
    assert_eq!((answer.hangup, effects), (Some(Hangup::MidBody), 3));
}

#[tokio::test]
async fn spoilt_answers_still_have_their_effect() {
    let (answer, effects) = struck(json!({ "kind": "drop_data" })).await;
    assert_eq!((answer.json(), effects), (json!({ "code": 200, "msg": "success" }), 3));
    let (answer, effects) = struck(json!({ "kind": "drop_receivers", "n": 2 })).await;
    let list = answer.json()["data"]["success_list"].clone();
    assert_eq!((list.as_array().map(Vec::len), effects), (Some(1), 3));
    assert_eq!(list[0]["receiver_id"], "lisi");
    let (answer, effects) = struck(json!({ "kind": "text_numbers" })).await;
    let json = answer.json();
    assert_eq!((&json["code"], effects), (&json!("200"), 3));
    assert!(json["data"]["success_list"][2]["message_server_id"].is_string());
    let (answer, effects) = struck(json!({ "kind": "huge_ids" })).await;
    let huge = answer.json()["data"]["success_list"][0]["message_server_id"].as_u64();
    assert!(huge.is_some_and(|id| id > i64::MAX.unsigned_abs()));
    assert_eq!(effects, 3);
    let (answer, effects) = struck(json!({ "kind": "bare_code" })).await;
    let json = answer.json();
    assert_eq!((&json["code"], effects), (&json!("200"), 3));
    assert!(json["data"]["success_list"][0]["message_server_id"].is_i64());
}

#[tokio::test]
async fn faults_wait_for_their_operation_and_strike_as_often_as_ordered() {
    let desk = Desk::new();
    desk.fault(json!([
        { "on": "yunxin.recall", "kind": "html" },
        { "on": "*", "times": 2, "kind": "vendor_code", "code": 500, "msg": "once" },
    ]))
    .await;
    let waiting = desk.control("GET", "faults", Value::Null).await;
    assert_eq!(
        waiting["faults"][1],
        json!({ "on": "*", "times": 2, "kind": "vendor_code", "code": 500, "msg": "once" })
    );
    assert_eq!(desk.code(send()).await, 500);
    assert_eq!(desk.code(send()).await, 500);
    assert_eq!(desk.code(send()).await, 200);
    desk.control("DELETE", "faults", Value::Null).await;
    let recall = Call::recall("zhangsan|1|lisi", crate::desk::seeded(19), "type=2");
    assert_eq!(desk.code(recall).await, 200);
}

#[tokio::test]
async fn a_wrong_order_is_refused_as_a_whole() {
    let desk = Desk::new();
    for order in [
        json!({ "on": "yunxin.rename", "kind": "html" }),
        json!({ "on": "*", "kind": "meteor" }),
        json!({ "on": "*", "kind": "html", "times": 0 }),
        json!({ "on": "*", "kind": "html", "colour": "red" }),
        json!({ "on": "*", "kind": "status", "code": 42 }),
        json!({ "on": "*", "kind": "status", "code": 502, "headers": { "a b": "c" } }),
        json!([{ "on": "*", "kind": "html" }, { "on": "*", "kind": "delay" }]),
        json!("html"),
    ] {
        let target = "/control/faults".to_owned();
        let call = Call { method: "POST", target, headers: vec![], body: order.to_string() };
        let answer = desk.send(call).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{order}");
        assert!(answer.json()["error"].is_string());
    }
    assert_eq!(desk.control("GET", "faults", Value::Null).await, json!({ "faults": [] }));
}
