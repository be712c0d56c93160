use serde_json::{Value, json};

use crate::desk::{Call, Desk, drop, put, seeded};

fn mailing(receivers: Value) -> Value {
    json!({
        "sender_id": "vip_kefu_03",
        "receiver_ids": receivers,
        "message": { "message_type": 0, "text": "今晚维护" },
        "receiver_no_sense": false,
    })
}

#[tokio::test]
async fn every_receiver_gets_one_message_with_its_own_large_id() {
    let desk = Desk::new();
    let answer = desk.send(Call::batch(&mailing(json!(["lisi", "wangwu"])))).await.json();
    let sent = answer["data"]["success_list"].as_array().expect("a list").clone();
    assert!(answer["data"].get("failed_list").is_none());
    let ids: Vec<i64> = sent.iter().filter_map(|it| it["message_server_id"].as_i64()).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids[0] > 1 << 53 && ids[0] != ids[1]);
    assert_eq!(sent[0]["conversation_type"], 1);
    assert!(sent[0]["create_time"].is_i64());
    let stored = desk.message(ids[1]).await.expect("stored");
    assert_eq!((&stored["receiver_id"], &stored["text"]), (&json!("wangwu"), &json!("今晚维护")));
    let effects = desk.effects().await;
    let receivers: Vec<_> = effects.iter().map(|it| it["receiver_id"].clone()).collect();
    assert_eq!(receivers, ["lisi", "wangwu"]);
    assert_eq!(effects[1]["seq"], 2);
    assert_eq!(effects[0]["change"], "stored");
    assert_eq!(effects[0]["trace_id"], effects[1]["trace_id"]);
    let recall = Call::recall("vip_kefu_03|1|lisi", ids[0], "type=2");
    assert_eq!(desk.code(recall).await, 200);
}

#[tokio::test]
async fn receivers_out_of_reach_are_reported_one_by_one() {
    let desk = Desk::new();
    let receivers = json!(["user0001", "nobody", "muted01", "disabled01", "blocked01", "user0600"]);
    let answer = desk.send(Call::batch(&mailing(receivers))).await;
    assert_eq!(answer.code(), 200);
    let failed = answer.json()["data"]["failed_list"].clone();
    let codes: Vec<_> = failed
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| (it["account_id"].clone(), it["error_code"].clone()))
        .collect();
    assert_eq!(
        codes,
        [
            (json!("nobody"), json!(102_404)),
            (json!("muted01"), json!(102_421)),
            (json!("disabled01"), json!(102_422)),
            (json!("blocked01"), json!(102_426)),
        ]
    );
    assert!(failed[0]["error_msg"].is_string());
    assert_eq!(desk.effects().await.len(), 2);
}

#[tokio::test]
async fn when_all_receivers_fail_the_code_is_still_200() {
    let desk = Desk::new();
    let answer = desk.send(Call::batch(&mailing(json!(["nobody"])))).await;
    assert_eq!(answer.code(), 200);
    assert!(answer.json()["data"].get("success_list").is_none());
    assert!(desk.effects().await.is_empty());
}

#[tokio::test]
async fn the_content_is_repeated_only_when_it_is_asked_for() {
    let desk = Desk::new();
    let plain = desk.send(Call::batch(&mailing(json!(["lisi"])))).await.json();
    assert!(plain["data"]["success_list"][0].get("text").is_none());
    let body = put(&mailing(json!(["lisi"])), "/need_message_detail", json!(true));
    let full = desk.send(Call::batch(&body)).await.json();
    assert_eq!(full["data"]["success_list"][0]["text"], "今晚维护");
}

#[tokio::test]
async fn five_hundred_receivers_are_taken_and_one_more_is_not() {
    let desk = Desk::new();
    let crowd = |count: u16| {
        let names: Vec<_> = (1..=count).map(|number| format!("user{number:04}")).collect();
        Call::batch(&mailing(json!(names)))
    };
    desk.refuses(crowd(501), "receiver_ids").await;
    let answer = desk.send(crowd(500)).await.json();
    assert_eq!(answer["data"]["success_list"].as_array().map(Vec::len), Some(500));
    desk.limit(json!({ "batch_receivers": 100 })).await;
    desk.refuses(crowd(101), "receiver_ids").await;
    assert_eq!(desk.code(crowd(100)).await, 200);
    assert_eq!(desk.effects().await.len(), 600);
}

#[tokio::test]
async fn required_fields_types_and_misplaced_fields_are_named() {
    let desk = Desk::new();
    let body = mailing(json!(["lisi"]));
    for pointer in ["/sender_id", "/receiver_ids", "/message", "/receiver_no_sense", "/message/text"] {
        let field = pointer[1..].replace('/', ".");
        desk.refuses(Call::batch(&drop(&body, pointer)), &field).await;
    }
    let cases: Vec<(&str, Value)> = vec![
        ("/receiver_ids", json!([])),
        ("/receiver_ids", json!("lisi")),
        ("/receiver_ids", json!([1])),
        ("/receiver_ids", json!([""])),
        ("/receiver_ids", json!(["lisi", "lisi"])),
        ("/receiver_no_sense", json!("false")),
        ("/sender_no_sense", json!(0)),
        ("/need_message_detail", json!("true")),
        ("/extension", json!("not json")),
        ("/extension", json!(format!("\"{}\"", "a".repeat(1023)))),
        ("/message/sender_id", json!("lisi")),
        ("/message/attachment", json!({ "url": "x" })),
        ("/push_config/push_forcepush_all", json!(false)),
        ("/push_config/push_payload", Value::Null),
        ("/antispam_config/antispam_custom_message", json!("{}")),
        ("/team_option", json!({})),
        ("/message_config/multi_sync_enabled", json!(true)),
        ("/message_config/mutil_sync_enabled", json!("true")),
    ];
    for (pointer, value) in cases {
        let field = pointer[1..].replace('/', ".");
        desk.refuses(Call::batch(&put(&body, pointer, value)), &field).await;
    }
    assert!(desk.effects().await.is_empty());
    let good = put(&body, "/message_config/mutil_sync_enabled", json!(true));
    assert_eq!(desk.code(Call::batch(&good)).await, 200);
}

#[tokio::test]
async fn a_refused_sender_word_or_silence_stops_the_whole_batch() {
    let desk = Desk::new();
    let body = mailing(json!(["lisi", "user0001"]));
    for (pointer, value, code) in [
        ("/sender_id", json!("nobody"), 102_404),
        ("/sender_id", json!("muted01"), 102_421),
        ("/sender_id", json!("disabled01"), 102_422),
        ("/message/text", json!("一个违禁词"), 107_451),
    ] {
        let (refused, _) = desk.send(Call::batch(&put(&body, pointer, value))).await.refusal();
        assert_eq!(refused, code);
    }
    let silent = put(&body, "/sender_no_sense", json!(true));
    let silent = put(&silent, "/receiver_no_sense", json!(true));
    assert_eq!(desk.code(Call::batch(&silent)).await, 107_330);
    assert!(desk.effects().await.is_empty());
}

#[tokio::test]
async fn with_check_friend_strangers_fail_one_by_one() {
    let desk = Desk::new();
    let body = put(&mailing(json!(["lisi", "admin"])), "/sender_id", json!("zhangsan"));
    let body = put(&body, "/p2p_option/check_friend", json!(true));
    let data = desk.send(Call::batch(&body)).await.json()["data"].clone();
    assert_eq!(data["success_list"][0]["receiver_id"], "lisi");
    assert_eq!(data["failed_list"][0]["error_code"], 104_404);
}

#[tokio::test]
async fn apps_do_not_see_each_others_accounts_or_messages() {
    let desk = Desk::new();
    let second = |call: Call| {
        let now = crate::desk::machine_seconds().to_string();
        call.signed("practice-app-key-0000000000000002", "practice-secret-2", "n", &now)
    };
    assert_eq!(desk.code(second(Call::batch(&mailing(json!(["lisi"]))))).await, 102_404);
    let foreign = Call::recall("zhangsan|1|lisi", seeded(19), "type=2");
    assert_eq!(desk.code(second(foreign)).await, 102_404);
    let own = Call::recall("alice|1|bob", 258_844_553_334_358_019, "type=2");
    assert_eq!(desk.code(second(own)).await, 200);
}
