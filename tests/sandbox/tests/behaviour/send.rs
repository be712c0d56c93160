use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::desk::{Call, Desk, TEAM, put};

fn send(conversation: &str, body: &Value) -> Call {
    let conversation = conversation.replace('|', "%7C");
    Call::new("POST", &format!("/yunxin/im/v2/conversations/{conversation}/messages"), &body.to_string())
}

fn text() -> Value {
    json!({ "message": { "message_type": 0, "text": "一条消息" } })
}

#[tokio::test]
async fn a_sent_message_is_stored_and_can_be_found() {
    let desk = Desk::new();
    let body = put(&text(), "/message/message_client_id", json!("client-1"));
    let data = desk.send(send("zhangsan|1|lisi", &body)).await.json()["data"].clone();
    assert_eq!(data["message_client_id"], "client-1");
    assert_eq!((&data["conversation_type"], &data["receiver_id"]), (&json!(1), &json!("lisi")));
    let id = data["message_server_id"].as_i64().expect("an id");
    let time = format!("message_time={}", data["create_time"]);
    let item = desk.send(Call::find("zhangsan|1|lisi", id, &time)).await.json()["data"].clone();
    assert_eq!((&item["text"], &item["message_client_id"]), (&json!("一条消息"), &json!("client-1")));
    let effects = desk.effects().await;
    assert_eq!((&effects[0]["operation"], &effects[0]["change"]), (&json!("yunxin.send"), &json!("stored")));
    assert_eq!(effects[0]["message_server_id"], id.to_string());
    assert_eq!(desk.code(send("zhangsan|1|lisi", &body)).await, 107_306);
    assert_eq!(desk.effects().await.len(), 1);
}

#[tokio::test]
async fn every_option_object_is_understood() {
    let desk = Desk::new();
    let body = json!({
        "message": { "message_type": 0, "text": "一" },
        "message_config": { "unread_enabled": true, "mutil_sync_enabled": false },
        "target_option": { "any": 1 }, "robot_config": {}, "thread_config": {}, "ai_params": {},
        "route_config": { "route_enabled": true },
        "push_config": { "push_forcepush_enable": true, "push_forcepush_all": true },
        "antispam_config": { "antispam_enabled": true },
        "team_option": { "ignore_chat_banned": false, "mark_as_read": true },
        "sender_no_sense": false, "receiver_no_sense": false, "extension": "{}",
    });
    let answer = desk.send(send(&format!("zhangsan|2|{TEAM}"), &body)).await.json();
    assert_eq!((&answer["code"], &answer["data"]["receiver_id"]), (&json!(200), &json!(TEAM)));
}

#[tokio::test]
async fn people_and_teams_that_cannot_be_reached_are_told_by_code() {
    let desk = Desk::new();
    for (conversation, code) in [
        ("nobody|1|lisi", 102_404),
        ("muted01|1|lisi", 102_421),
        ("zhangsan|1|nobody", 102_404),
        ("zhangsan|1|disabled01", 102_422),
        ("zhangsan|1|blocked01", 102_426),
        ("zhangsan|2|999", 108_404),
        ("left01|2|2366968294", 109_404),
        ("quiet01|2|2366968294", 109_424),
        ("zhangsan|2|2366968301", 108_423),
        ("zhangsan|3|3355001122", 200),
    ] {
        assert_eq!(desk.code(send(conversation, &text())).await, code, "{conversation}");
    }
    let friends = put(&text(), "/p2p_option", json!({ "check_friend": true }));
    assert_eq!(desk.code(send("admin|1|wangwu", &friends)).await, 104_404);
    let both = put(&put(&text(), "/sender_no_sense", json!(true)), "/receiver_no_sense", json!(true));
    assert_eq!(desk.code(send("zhangsan|1|lisi", &both)).await, 107_330);
    let rude = put(&text(), "/message/text", json!("违禁词"));
    assert_eq!(desk.code(send("zhangsan|1|lisi", &rude)).await, 107_451);
}

#[tokio::test]
async fn a_body_is_read_strictly() {
    let desk = Desk::new();
    for (pointer, value, field) in [
        ("/message/text", json!(""), "message.text"),
        ("/message/sender_id", json!("zhangsan"), "message.sender_id"),
        ("/sender_id", json!("zhangsan"), "sender_id"),
        ("/team_option", json!({}), "team_option"),
        ("/ai_params", json!("x"), "ai_params"),
        ("/extension", json!("no json"), "extension"),
        ("/push_config", json!({ "push_forcepush_enable": true }), "push_config.push_forcepush_enable"),
    ] {
        desk.refuses(send("zhangsan|1|lisi", &put(&text(), pointer, value)), field).await;
    }
    let answer = desk.send(Call { method: "PUT", ..send("zhangsan|1|lisi", &text()) }).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers["allow"], "DELETE, POST");
}

#[tokio::test]
async fn a_side_without_sense_finds_the_message_only_when_it_asks_for_such() {
    let desk = Desk::new();
    let body = put(&text(), "/receiver_no_sense", json!(true));
    assert_eq!(desk.code(send("user0001|1|user0002", &body)).await, 200);
    for (conversation, more, count) in [
        ("user0001|1|user0002", "", 1),
        ("user0002|1|user0001", "", 0),
        ("user0002|1|user0001", "&include_no_sense_msg=true", 1),
    ] {
        let path = format!("/yunxin/im/v2.1/conversations/{}/messages", conversation.replace('|', "%7C"));
        let query = format!("begin_time=0&end_time=9999999999999&limit=9{more}");
        let answer = desk.send(Call::new("GET", &format!("{path}?{query}"), "")).await.json();
        assert_eq!(answer["data"]["items"].as_array().map(Vec::len), Some(count), "{conversation}{more}");
    }
}
