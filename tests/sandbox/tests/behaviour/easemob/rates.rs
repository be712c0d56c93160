use serde_json::{Value, json};

use super::client::{Client, GROUP, told};
use crate::desk::put;

fn text(to: &[&str]) -> Value {
    json!({ "to": to, "type": "txt", "body": { "msg": "一" } })
}

#[tokio::test]
async fn too_many_calls_are_429_and_soon_forgotten() {
    let client = Client::new().await;
    client.limit(json!({ "calls_per_second": 1 })).await;
    client.done("POST", "/messages/users", &text(&["lisi"])).await;
    let expected = told(429, "too_many_requests", "This request has reached api limit");
    assert_eq!(client.refused("POST", "/messages/users", &text(&["lisi"])).await, expected);
    client.done("POST", "/messages/chatrooms", &text(&["1"])).await;
    client.desk.shift(1_100).await;
    client.done("POST", "/messages/users", &text(&["lisi"])).await;
}

#[tokio::test]
async fn too_many_messages_are_403_and_none_of_them_is_sent() {
    let client = Client::new().await;
    client.limit(json!({ "user_messages_per_minute": 3, "group_messages_per_second": 2 })).await;
    client.done("POST", "/messages/users", &text(&["a", "b"])).await;
    let expected = told(403, "message_send_error", "message send reach limit");
    assert_eq!(client.refused("POST", "/messages/users", &text(&["a", "b"])).await, expected);
    client.done("POST", "/messages/users", &text(&["a"])).await;
    assert_eq!(client.refused("POST", "/messages/chatgroups", &text(&[GROUP, "2", "3"])).await, expected);
    assert_eq!(client.desk.effects().await.len(), 3);
    client.desk.shift(61_000).await;
    client.done("POST", "/messages/users", &text(&["a", "b", "c"])).await;
}

#[tokio::test]
async fn hour_files_and_conversations_have_limits_of_their_own() {
    let client = Client::new().await;
    for _ in 0..10 {
        assert_eq!(client.refused("GET", "/chatmessages/x", &Value::Null).await.0, 400);
    }
    assert_eq!(client.refused("GET", "/chatmessages/x", &Value::Null).await.0, 429);
    let body = json!({ "channel": "zhangsan", "type": "chat", "delete_roam": false });
    for _ in 0..5 {
        client.done("DELETE", "/users/lisi/user_channel", &body).await;
    }
    assert_eq!(client.refused("DELETE", "/users/lisi/user_channel", &body).await.0, 429);
    client.done("DELETE", "/users/wangwu/user_channel", &put(&body, "/channel", json!("lisi"))).await;
}

#[tokio::test]
async fn wrong_control_calls_are_refused() {
    let client = Client::new().await;
    for (path, body) in [
        ("limits", json!({ "per_hour": 1 })),
        ("limits", json!({ "recall_window_seconds": 604_801 })),
        ("limits", json!([])),
        ("messages", json!({ "from": "a" })),
        ("messages", json!({ "from": "a", "to": "b", "chat_type": "x" })),
        ("messages", json!({ "from": "a", "to": "b", "msg_id": "x" })),
        ("messages", json!({ "from": "a", "to": "b", "app_key": "x" })),
    ] {
        let target = format!("/control/easemob/{path}");
        let call = crate::desk::Call { method: "POST", target, headers: vec![], body: body.to_string() };
        assert_eq!(client.desk.send(call).await.status, 400, "{path} {body}");
    }
    client.limit(json!({ "storage_days": 90 })).await;
    client.desk.control("POST", "reset", Value::Null).await;
    assert_eq!(client.control("GET", "limits", Value::Null).await["storage_days"], 7);
}
