use sandbox::Hangup;
use serde_json::{Value, json};

use super::caller::{GROUP, call, text};
use crate::desk::{Answer, Desk};

const BATCH: &str = "openim/batchsendmsg";

/// Orders the fault for one batch and gives the answer and the number of effects.
async fn struck(mut fault: Value) -> (Answer, usize) {
    let desk = Desk::new();
    fault["on"] = json!("tencent.batch_send");
    desk.fault(fault).await;
    let body =
        json!({ "To_Account": ["lisi", "wangwu", "nobody404"], "MsgRandom": 1, "MsgBody": text("一") });
    let answer = desk.send(call(BATCH, &body)).await;
    (answer, desk.effects().await.len())
}

#[tokio::test]
async fn the_common_faults_strike_here_too() {
    for (fault, hangup, effects) in [
        (json!({ "kind": "cut_before" }), Hangup::Silent, 0),
        (json!({ "kind": "cut_after" }), Hangup::Silent, 2),
        (json!({ "kind": "truncated" }), Hangup::MidBody, 2),
    ] {
        let (answer, happened) = struck(fault).await;
        assert_eq!((answer.hangup, happened), (Some(hangup), effects));
    }
    let (answer, effects) = struck(json!({ "kind": "status", "code": 502 })).await;
    assert_eq!((answer.status.as_u16(), effects), (502, 0));
    let (answer, effects) = struck(json!({ "kind": "delay", "ms": 1 })).await;
    assert_eq!((answer.json()["ErrorCode"].clone(), effects), (json!(0), 2));
}

#[tokio::test]
async fn spoilt_answers_have_this_vendors_shape() {
    let (answer, effects) = struck(json!({ "kind": "vendor_code", "code": 91000, "msg": "retry" })).await;
    assert_eq!(answer.json(), json!({ "ActionStatus": "FAIL", "ErrorCode": 91_000, "ErrorInfo": "retry" }));
    assert_eq!(effects, 0);
    let (answer, effects) = struck(json!({ "kind": "drop_data" })).await;
    assert_eq!(answer.json(), json!({ "ActionStatus": "SomeError", "ErrorCode": 0, "ErrorInfo": "" }));
    assert_eq!(effects, 2);
    let (answer, _) = struck(json!({ "kind": "drop_receivers", "n": 1 })).await;
    assert_eq!(answer.json()["ErrorList"], json!([]));
    let (answer, _) = struck(json!({ "kind": "text_numbers" })).await;
    assert_eq!(answer.json()["ErrorList"][0]["ErrorCode"], "70107");
    let (answer, _) = struck(json!({ "kind": "bare_code" })).await;
    let json = answer.json();
    assert_eq!((&json["ErrorCode"], &json["ErrorList"][0]["ErrorCode"]), (&json!("0"), &json!(70_107)));
}

#[tokio::test]
async fn group_numbers_can_be_beyond_a_signed_number() {
    let desk = Desk::new();
    desk.fault(json!({ "on": "tencent.send_group", "kind": "huge_ids" })).await;
    let body = json!({ "GroupId": GROUP, "Random": 1, "MsgBody": text("一") });
    let answer = desk.send(call("group_open_http_svc/send_group_msg", &body)).await.json();
    assert!(answer["MsgSeq"].as_u64().is_some_and(|seq| seq > i64::MAX.unsigned_abs()));
}

#[tokio::test]
async fn every_operation_may_be_waited_for() {
    let desk = Desk::new();
    for name in [
        "modify_c2c",
        "recall_c2c",
        "delete_c2c",
        "send",
        "batch_send",
        "find_c2c",
        "modify_group",
        "recall_group",
        "find_group",
        "send_group",
        "recall_by_sender",
    ] {
        desk.fault(json!({ "on": format!("tencent.{name}"), "kind": "html" })).await;
    }
    let preflight = crate::desk::Call { method: "OPTIONS", ..call(BATCH, &json!({})) };
    assert_eq!(desk.send(preflight).await.status.as_u16(), 405);
    assert!(desk.send(call(BATCH, &json!({}))).await.text.contains("Sign in"));
}
