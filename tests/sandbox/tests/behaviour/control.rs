use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::desk::{Call, Desk, KEY, seeded};

#[tokio::test]
async fn health_is_told() {
    let desk = Desk::new();
    let call = Call { method: "GET", target: "/healthz".to_owned(), headers: vec![], body: String::new() };
    assert_eq!(desk.send(call).await.text, "ok");
}

#[tokio::test]
async fn every_request_is_logged_without_its_check_sum() {
    let desk = Desk::new();
    let call = Call::recall("zhangsan|1|lisi", seeded(19), "type=2");
    let sum = call.headers.iter().find(|(name, _)| *name == "CheckSum").expect("a sum").1.clone();
    desk.send(call).await;
    desk.send(Call::new("POST", "/yunxin/nowhere", "{}").without("AppKey")).await;
    desk.send(Call::new("OPTIONS", "/yunxin/im/v2/conversations/messages", "")).await;
    let log = desk.requests().await;
    assert_eq!(log.len(), 3);
    assert_eq!(
        log[0]["path"],
        format!("/yunxin/im/v2/conversations/zhangsan%7C1%7Clisi/messages/{}", seeded(19))
    );
    assert_eq!(log[0]["query"], "type=2");
    assert_eq!(log[0]["operation"], "yunxin.recall");
    assert_eq!(log[0]["headers"]["AppKey"], KEY);
    assert_eq!((&log[0]["http_status"], &log[0]["code"]), (&json!(200), &json!(200)));
    assert_eq!((&log[1]["body"], &log[1]["code"]), (&json!("{}"), &json!(404)));
    assert_eq!((&log[2]["method"], &log[2]["http_status"]), (&json!("OPTIONS"), &json!(405)));
    assert!(!json!(log).to_string().contains(&sum));
}

#[tokio::test]
async fn a_reset_brings_everything_back_and_forgets_the_rest() {
    let desk = Desk::new();
    desk.limit(json!({ "single_per_second": 1, "recall_window_seconds": 5 })).await;
    desk.fault(json!({ "on": "yunxin.modify", "kind": "html" })).await;
    let call = Call::recall("zhangsan|1|lisi", seeded(19), "type=1");
    assert_eq!(desk.code(call.clone()).await, 200);
    desk.shift(1_000_000).await;
    desk.control("POST", "reset", Value::Null).await;
    assert!(desk.effects().await.is_empty() && desk.requests().await.is_empty());
    assert_eq!(desk.control("GET", "faults", Value::Null).await, json!({ "faults": [] }));
    assert_eq!(desk.control("GET", "limits", Value::Null).await["single_per_second"], 100);
    assert_eq!(desk.code(call).await, 200);
}

#[tokio::test]
async fn a_message_can_be_added_with_chosen_fields_and_age() {
    let desk = Desk::new();
    let added = desk
        .control(
            "POST",
            "messages",
            json!({
                "message_server_id": "9223372036854775807", "conversation_type": 1, "sender_id": "user0001",
                "receiver_id": "user0002", "message_type": 100, "sub_type": 3,
                "attachment": { "a": 1 }, "age_ms": 119_000,
            }),
        )
        .await;
    assert_eq!(added["message_server_id_text"], "9223372036854775807");
    let recall = Call::recall("user0001|1|user0002", i64::MAX, "type=2");
    assert_eq!(desk.code(recall).await, 200);
    let numbered = desk
        .control("POST", "messages", json!({ "conversation_type": 1, "sender_id": "a", "receiver_id": "b" }))
        .await;
    assert!(numbered["message_server_id"].as_i64().is_some_and(|id| id > 1 << 53));
}

#[tokio::test]
async fn wrong_control_calls_are_400_with_a_reason() {
    let desk = Desk::new();
    for (path, body) in [
        ("limits", json!({ "per_hour": 1 })),
        ("limits", json!({ "recall_window_seconds": 604_801 })),
        ("limits", json!({ "batch_block_seconds": -1 })),
        ("clock", json!({ "offset": 1 })),
        ("clock", json!({ "offset_ms": i64::MAX })),
        ("messages", json!({ "conversation_type": 4, "sender_id": "a", "receiver_id": "b" })),
        ("messages", json!({ "conversation_type": 1, "sender_id": "a" })),
        (
            "messages",
            json!({ "conversation_type": 1, "sender_id": "a", "receiver_id": "b", "message_server_id": -1 }),
        ),
        (
            "messages",
            json!({ "conversation_type": 1, "sender_id": "a", "receiver_id": "b", "age_ms": i64::MIN }),
        ),
    ] {
        let target = format!("/control/{path}");
        let call = Call { method: "POST", target, headers: vec![], body: body.to_string() };
        let answer = desk.send(call).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body}");
        assert!(answer.json()["error"].is_string());
    }
}
