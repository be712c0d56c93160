use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::desk::{Call, Desk, KEY, SECRET, TEAM, machine_seconds, put, seeded};

const P2P: &str = "zhangsan|1|lisi";

/// When a message was sent, as the query wants it.
async fn time_of(desk: &Desk, id: i64) -> String {
    let stored = desk.message(id).await.expect("a stored message");
    format!("message_time={}", stored["create_time"])
}

async fn found(desk: &Desk, conversation: &str, tail: i64) -> Value {
    let time = time_of(desk, seeded(tail)).await;
    let answer = desk.send(Call::find(conversation, seeded(tail), &time)).await.json();
    assert_eq!((&answer["code"], &answer["msg"]), (&json!(200), &json!("success")), "{conversation}");
    answer["data"].clone()
}

#[tokio::test]
async fn a_message_is_shown_with_every_field_and_stays_as_it_was() {
    let desk = Desk::new();
    let stored = desk.message(seeded(19)).await.expect("a stored message");
    let item = found(&desk, P2P, 19).await;
    assert_eq!(
        item,
        json!({
            "message_server_id": seeded(19),
            "message_client_id": "00000000000000000234544798000003",
            "conversation_type": 1,
            "sender_id": "zhangsan",
            "receiver_id": "lisi",
            "message_type": 0,
            "create_time": stored["create_time"],
            "sender_client_type": 32,
            "text": "活动今晚八点开始",
        })
    );
    assert!(desk.effects().await.is_empty());
    assert_eq!(desk.message(seeded(19)).await, Some(stored));
    let log = desk.requests().await;
    assert_eq!((&log[0]["operation"], &log[0]["method"]), (&json!("yunxin.find_message"), &json!("GET")));
}

#[tokio::test]
async fn a_team_message_names_its_team_as_a_number() {
    let desk = Desk::new();
    let item = found(&desk, &format!("lisi|2|{TEAM}"), 21).await;
    assert_eq!((&item["team_id"], &item["receiver_id"]), (&json!(2_366_968_294_i64), &Value::Null));
    assert_eq!(item["conversation_type"], 2);
    let item = found(&desk, "admin|3|3355001122", 35).await;
    assert_eq!((&item["team_id"], &item["conversation_type"]), (&json!(3_355_001_122_i64), &json!(3)));
}

#[tokio::test]
async fn attachment_sub_type_and_the_last_edit_are_shown() {
    let desk = Desk::new();
    let item = found(&desk, "admin|1|wangwu", 25).await;
    assert_eq!(item["sub_type"], 7);
    assert_eq!(item["attachment"], json!({ "kind": "ticket", "number": 42 }));
    let edit = put(&desk.edit_of(seeded(19), "zhangsan").await, "/extension", json!("{}"));
    let edited = desk.send(Call::modify(&edit)).await.json();
    let item = found(&desk, P2P, 19).await;
    assert_eq!((&item["text"], &item["extension"]), (&json!("改正后的内容"), &json!("{}")));
    assert_eq!(item["modify_account_id"], "zhangsan");
    assert_eq!(item["modify_time"], edited["data"]["modify_time"]);
}

#[tokio::test]
async fn both_sides_of_a_dialogue_may_look_until_a_one_way_recall() {
    let desk = Desk::new();
    let time = time_of(&desk, seeded(19)).await;
    let look = |conversation: &str| Call::find(conversation, seeded(19), &time);
    assert_eq!(desk.code(look(P2P)).await, 200);
    assert_eq!(desk.code(look("lisi|1|zhangsan")).await, 200);
    assert_eq!(desk.code(Call::recall(P2P, seeded(19), "type=1")).await, 200);
    assert_eq!(desk.code(look(P2P)).await, 200);
    assert_eq!(desk.code(look("lisi|1|zhangsan")).await, 107_404);
    assert_eq!(desk.code(Call::recall(P2P, seeded(19), "type=2")).await, 200);
    assert_eq!(desk.code(look(P2P)).await, 107_404);
}

#[tokio::test]
async fn what_is_not_there_is_107404() {
    let desk = Desk::new();
    let time = time_of(&desk, seeded(19)).await;
    for (conversation, id, time) in [
        (P2P, 1, "message_time=1"),
        ("message-desk|1|message-desk", 1, "message_time=1"),
        (P2P, seeded(19), "message_time=1"),
        ("zhangsan|1|wangwu", seeded(19), &time),
        ("nobody|1|lisi", seeded(19), &time),
        (&format!("zhangsan|2|{TEAM}"), seeded(19), &time),
        (&format!("zhangsan|3|{TEAM}"), seeded(19), &format!("{time}&check_team_valid=false")),
    ] {
        let (code, msg) = desk.send(Call::find(conversation, id, time)).await.refusal();
        assert_eq!((code, msg.as_str()), (107_404, "message not exist"), "{conversation} {id} {time}");
    }
}

#[tokio::test]
async fn a_team_and_membership_are_checked_unless_switched_off() {
    let desk = Desk::new();
    let time = time_of(&desk, seeded(27)).await;
    let look =
        |conversation: &str, more: &str| Call::find(conversation, seeded(27), &format!("{time}{more}"));
    let stranger = format!("left01|2|{TEAM}");
    assert_eq!(desk.code(look(&stranger, "")).await, 109_404);
    assert_eq!(desk.code(look(&stranger, "&check_team_member_valid=true")).await, 109_404);
    assert_eq!(desk.code(look(&stranger, "&check_team_member_valid=false")).await, 200);
    assert_eq!(desk.code(look("lisi|2|999", "")).await, 108_404);
    assert_eq!(desk.code(look("lisi|2|999", "&check_team_valid=false")).await, 107_404);
}

#[tokio::test]
async fn path_and_query_are_read_strictly() {
    let desk = Desk::new();
    for (query, field) in [
        ("", "message_time"),
        ("message_time", "message_time"),
        ("message_time=", "message_time"),
        ("message_time=soon", "message_time"),
        ("message_time=1.0", "message_time"),
        ("message_time=-1", "message_time"),
        ("message_time=1&message_time=1", "message_time"),
        ("message_time=1&time=1", "time"),
        ("message_time=1&check_team_valid=true", "check_team_valid"),
        ("message_time=1&check_team_member_valid=false", "check_team_member_valid"),
    ] {
        desk.refuses(Call::find(P2P, seeded(19), query), field).await;
    }
    let team = format!("lisi|2|{TEAM}");
    for (query, field) in [
        ("check_team_valid=true", "message_time"),
        ("message_time=1&check_team_valid=1", "check_team_valid"),
        ("message_time=1&check_team_member_valid", "check_team_member_valid"),
    ] {
        desk.refuses(Call::find(&team, seeded(21), query), field).await;
    }
    let path = |conversation: &str, id: &str| {
        let path = format!("/yunxin/im/v2.1/conversations/{conversation}/messages/{id}?message_time=1");
        Call::new("GET", &path, "")
    };
    desk.refuses(path("zhangsan%7C1", "1"), "conversation_id").await;
    desk.refuses(path("zhangsan%7C4%7Clisi", "1"), "conversation_id").await;
    desk.refuses(path("zhangsan%7C1%7Clisi", "9223372036854775808"), "message_server_id").await;
    desk.refuses(path("zhangsan%7C1%7Clisi", "x"), "message_server_id").await;
    let mut with_body = path("zhangsan%7C1%7Clisi", "1");
    with_body.body = "{}".to_owned();
    desk.refuses(with_body, "body").await;
    let typed = path("zhangsan%7C1%7Clisi", "1").with("Content-Type", "application/json");
    desk.refuses(typed, "Content-Type").await;
}

#[tokio::test]
async fn the_signature_comes_before_everything_else() {
    let desk = Desk::new();
    let wrong = Call::find("nonsense", 0, "");
    assert_eq!(desk.code(wrong.clone().with("CheckSum", "0")).await, 403);
    assert_eq!(desk.code(wrong.clone().with("AppKey", "nobody")).await, 101_303);
    assert_eq!(desk.code(wrong).await, 414);
}

#[tokio::test]
async fn only_get_looks_and_only_below_v2_1() {
    let desk = Desk::new();
    let look = Call::find(P2P, seeded(19), "message_time=1");
    for method in ["DELETE", "POST", "OPTIONS"] {
        let answer = desk.send(Call { method, ..look.clone() }).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(answer.headers["allow"], "GET");
    }
    let deprecated = Call { target: look.target.replace("v2.1", "v2"), ..look };
    assert_eq!(desk.send(deprecated).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn it_has_a_rate_and_faults_of_its_own() {
    let desk = Desk::new();
    desk.limit(json!({ "single_per_second": 1 })).await;
    let time = time_of(&desk, seeded(19)).await;
    let look = || Call::find(P2P, seeded(19), &time);
    assert_eq!(desk.code(look()).await, 200);
    assert_eq!(desk.code(look()).await, 416);
    assert_eq!(desk.code(Call::recall(P2P, seeded(43), "type=2")).await, 200);
    desk.shift(11_000).await;
    let later = look().signed(KEY, SECRET, "n", &(machine_seconds() + 11).to_string());
    desk.fault(json!([
        { "on": "yunxin.recall", "kind": "html" },
        { "on": "yunxin.find_message", "kind": "huge_ids" },
    ]))
    .await;
    let huge = desk.send(later).await.json()["data"]["message_server_id"].as_u64();
    assert!(huge.is_some_and(|id| id > i64::MAX.unsigned_abs()));
}
