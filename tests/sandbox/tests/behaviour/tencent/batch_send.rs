use serde_json::{Value, json};

use super::caller::{code, done, messages, refuses, text, told, with, without};
use crate::desk::Desk;

const BATCH: &str = "openim/batchsendmsg";

fn letter(to: &[&str]) -> Value {
    json!({ "From_Account": "zhangsan", "To_Account": to, "MsgRandom": 8, "MsgBody": text("大家好") })
}

#[tokio::test]
async fn everybody_gets_the_message_under_one_key_and_each_copy_lives_alone() {
    let desk = Desk::new();
    let answer = done(&desk, BATCH, &letter(&["lisi", "wangwu"])).await;
    assert_eq!(answer["ActionStatus"], "OK");
    assert!(answer.get("ErrorList").is_none() && answer.get("MsgTime").is_none());
    assert_eq!(desk.effects().await.len(), 2);
    let recall = json!({ "From_Account": "zhangsan", "To_Account": "lisi", "MsgKey": answer["MsgKey"] });
    done(&desk, "openim/admin_msgwithdraw", &recall).await;
    let copies: Vec<Value> =
        messages(&desk).await.into_iter().filter(|it| it["MsgKey"] == answer["MsgKey"]).collect();
    let flags: Vec<_> = copies.iter().map(|it| (&it["To_Account"], &it["MsgFlagBits"])).collect();
    assert_eq!(flags, [(&json!("lisi"), &json!(8)), (&json!("wangwu"), &json!(0))]);
}

#[tokio::test]
async fn a_part_is_a_success_with_a_list_and_nobody_is_a_failure() {
    let desk = Desk::new();
    let answer = done(&desk, BATCH, &letter(&["nobody404", "lisi", "nobody405"])).await;
    assert_eq!(answer["ActionStatus"], "SomeError");
    assert_eq!(
        answer["ErrorList"],
        json!([{ "To_Account": "nobody404", "ErrorCode": 70_107 }, { "To_Account": "nobody405", "ErrorCode": 70_107 }])
    );
    assert_eq!(desk.effects().await.len(), 1);
    let answer = desk.send(super::caller::call(BATCH, &letter(&["nobody404"]))).await;
    assert_eq!(told(&answer), (90_012, "invalid To_Account".to_owned()));
}

#[tokio::test]
async fn wrong_fields_have_their_codes() {
    let desk = Desk::new();
    let body = letter(&["lisi"]);
    for (key, expected) in [("To_Account", 90_003), ("MsgRandom", 90_005), ("MsgBody", 90_002)] {
        refuses(&desk, BATCH, &without(&body, key), expected, key).await;
    }
    let users =
        |count: usize| json!((1..=count).map(|number| format!("user{number:04}")).collect::<Vec<_>>());
    for (key, value, expected) in [
        ("To_Account", json!("lisi"), 90_028),
        ("To_Account", json!([]), 90_029),
        ("To_Account", users(501), 90_011),
        ("To_Account", json!([1]), 90_003),
        ("To_Account", json!([""]), 90_003),
        ("To_Account", json!(["lisi", "lisi"]), 90_003),
        ("From_Account", json!(""), 90_008),
        ("From_Account", json!("nobody"), 90_048),
        ("MsgBody", text(&"a".repeat(12_288)), 90_055),
        ("ForbidCallbackControl", json!([]), 20_001),
        ("SupportMessageExtension", json!(1), 20_001),
    ] {
        refuses(&desk, BATCH, &with(&body, key, value), expected, key).await;
    }
    assert_eq!(code(&desk, BATCH, &with(&body, "To_Account", users(500))).await, 0);
    assert_eq!(desk.effects().await.len(), 500);
}

#[tokio::test]
async fn receivers_are_counted_over_a_minute() {
    let desk = Desk::new();
    desk.control("POST", "tencent/limits", json!({ "batch_receivers_per_minute": 3 })).await;
    assert_eq!(code(&desk, BATCH, &letter(&["lisi", "wangwu"])).await, 0);
    assert_eq!(code(&desk, BATCH, &letter(&["lisi", "wangwu"])).await, 90_057);
    assert_eq!(code(&desk, BATCH, &letter(&["lisi"])).await, 0);
    desk.shift(61_000).await;
    assert_eq!(code(&desk, BATCH, &letter(&["lisi", "wangwu"])).await, 0);
}
