use axum::http::StatusCode;
use serde_json::{Value, json};

use super::caller::{Url, call, code, done, messages, text};
use crate::desk::{Call, Desk};

#[tokio::test]
async fn every_request_is_logged_without_its_user_sig() {
    let desk = Desk::new();
    let url = Url::new();
    desk.send(url.call("openim/admin_msgwithdraw", &json!({}))).await;
    let log = desk.requests().await;
    assert_eq!(log[0]["path"], "/tencent/v4/openim/admin_msgwithdraw");
    assert_eq!((&log[0]["operation"], &log[0]["code"]), (&json!("tencent.recall_c2c"), &json!(90_008)));
    let query = log[0]["query"].as_str().expect("a query");
    assert!(query.starts_with("sdkappid=1400000001&identifier=administrator&usersig=***&random="), "{query}");
}

#[tokio::test]
async fn messages_accounts_and_groups_can_be_added() {
    let desk = Desk::new();
    let add = async |path: &str, body: Value| desk.control("POST", &format!("tencent/{path}"), body).await;
    let accounts = add("accounts", json!({ "accounts": ["carol", "dave"] })).await;
    assert!(accounts["accounts"].as_array().is_some_and(|list| list.contains(&json!("carol"))));
    let added = add(
        "messages",
        json!({ "From_Account": "carol", "To_Account": "dave", "MsgKey": "1_2_3", "MsgBody": text("旧"),
            "CloudCustomData": "c", "SyncOtherMachine": 2, "age_ms": 86_400_000 }),
    )
    .await;
    assert_eq!((&added["MsgKey"], &added["seen_by"]), (&json!("1_2_3"), &json!(["dave"])));
    let recall = json!({ "From_Account": "carol", "To_Account": "dave", "MsgKey": "1_2_3" });
    done(&desk, "openim/admin_msgwithdraw", &recall).await;

    let made =
        add("groups", json!({ "GroupId": "g1", "Type": "Community", "topics": ["t1"], "muted": ["carol"] }))
            .await;
    assert_eq!((&made["Type"], &made["newest_seq"]), (&json!("Community"), &json!(0)));
    let said =
        add("messages", json!({ "From_Account": "dave", "GroupId": "g1", "TopicId": "t1", "text": "一" }))
            .await;
    assert_eq!((&said["MsgSeq"], &said["MsgBody"]), (&json!(1), &text("一")));
    let silent = json!({ "GroupId": "g1", "Random": 1, "From_Account": "carol", "MsgBody": text("一") });
    assert_eq!(code(&desk, "group_open_http_svc/send_group_msg", &silent).await, 10_017);
    let groups = desk.control("GET", "tencent/groups", Value::Null).await;
    assert!(
        groups["groups"].as_array().is_some_and(|list| list.contains(&json!({ "sdkappid": 1_400_000_001,
        "GroupId": "g1", "Type": "Community", "topics": ["t1"], "muted": ["carol"], "newest_seq": 0 })))
    );
    let apps = desk.control("GET", "tencent/accounts", Value::Null).await;
    assert_eq!(
        apps["apps"][1],
        json!({ "sdkappid": 1_400_000_002, "accounts": ["administrator", "alice", "bob"] })
    );
}

#[tokio::test]
async fn a_reset_brings_everything_back() {
    let desk = Desk::new();
    desk.control("POST", "tencent/limits", json!({ "storage_seconds": 1 })).await;
    let before = messages(&desk).await.len();
    let body = json!({ "To_Account": "lisi", "MsgRandom": 1, "MsgBody": text("一") });
    desk.send(call("openim/sendmsg", &body)).await;
    desk.control("POST", "reset", Value::Null).await;
    assert_eq!(messages(&desk).await.len(), before);
    assert_eq!(desk.control("GET", "tencent/limits", Value::Null).await["storage_seconds"], 604_800);
}

#[tokio::test]
async fn wrong_control_calls_are_400_with_a_reason() {
    let desk = Desk::new();
    for (path, body) in [
        ("limits", json!({ "per_hour": 1 })),
        ("limits", json!({ "storage_seconds": -1 })),
        ("accounts", json!({ "accounts": ["a"], "sdkappid": 1 })),
        ("groups", json!({ "GroupId": "g", "Type": "ChatRoom" })),
        ("groups", json!({ "GroupId": "g", "Type": "Work", "topics": ["t"] })),
        ("messages", json!({ "From_Account": "a" })),
        ("messages", json!({ "From_Account": "a", "To_Account": "b", "GroupId": "work01" })),
        ("messages", json!({ "From_Account": "a", "GroupId": "nowhere" })),
        ("messages", json!({ "From_Account": "a", "GroupId": "work01", "TopicId": "t" })),
        ("messages", json!({ "From_Account": "a", "GroupId": "work01", "MsgSeq": 9 })),
        ("messages", json!({ "From_Account": "a", "To_Account": "b", "age_ms": i64::MIN })),
    ] {
        let target = format!("/control/tencent/{path}");
        let answer =
            desk.send(Call { method: "POST", target, headers: vec![], body: body.to_string() }).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body}");
        assert!(answer.json()["error"].is_string());
    }
}
