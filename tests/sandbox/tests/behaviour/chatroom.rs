use serde_json::{Value, json};

use crate::desk::{Call, Desk};

const ROOM: &str = "3601224";

fn recall(room: &str, client_id: &str, query: &str) -> Call {
    Call::new("DELETE", &format!("/yunxin/im/v2/chatrooms/{room}/messages/{client_id}?{query}"), "")
}

fn history(room: &str, query: &str) -> Call {
    Call::new("GET", &format!("/yunxin/im/v2.1/chatrooms/{room}/messages?{query}"), "")
}

async fn said(desk: &Desk) -> Vec<Value> {
    let data = desk.send(history(ROOM, "sender_id=lisi&limit=100&descending=true")).await.json();
    data["data"]["items"].as_array().expect("a list").clone()
}

fn taken_by(operator: &str, item: &Value) -> String {
    let (sender, time) = (item["sender_id"].as_str().expect("a sender"), &item["create_time"]);
    format!("operator_id={operator}&sender_id={sender}&create_time={time}")
}

#[tokio::test]
async fn the_sender_and_the_creator_take_messages_away() {
    let desk = Desk::new();
    let before = said(&desk).await;
    let texts: Vec<_> = before.iter().map(|it| it["text"].clone()).collect();
    assert_eq!(texts, ["大家好", "主持人好", "聊天室里的广告"]);
    let client_id = |at: usize| before[at]["message_client_id"].as_str().expect("an id").to_owned();
    let call = |at: usize, operator: &str, more: &str| {
        recall(ROOM, &client_id(at), &format!("{}&{more}", taken_by(operator, &before[at])))
    };
    assert_eq!(desk.code(call(0, "lisi", "notification_enabled=true")).await, 107_303);
    let noted = "notification_enabled=true&notification_extension=note";
    assert_eq!(desk.code(call(0, "zhangsan", noted)).await, 200);
    assert_eq!(desk.code(call(0, "zhangsan", noted)).await, 107_404);
    assert_eq!(desk.code(call(2, "admin", "notification_enabled=false")).await, 200);
    assert_eq!(said(&desk).await, before[1..2]);
    let effects = desk.effects().await;
    assert_eq!(effects.len(), 2);
    assert_eq!((&effects[0]["receiver_id"], &effects[0]["conversation_type"]), (&json!(ROOM), &json!(0)));
    assert_eq!(effects[0]["detail"]["message_client_id"], client_id(0));
    assert_eq!(effects[0]["detail"]["notification_extension"], "note");
}

#[tokio::test]
async fn both_calls_are_read_strictly() {
    let desk = Desk::new();
    let full = "operator_id=admin&sender_id=lisi&create_time=1&notification_enabled=false";
    for (query, field) in [
        (full.replace("operator_id=admin&", ""), "operator_id"),
        (full.replace("sender_id=lisi&", ""), "sender_id"),
        (full.replace("create_time=1&", ""), "create_time"),
        (full.replace("&notification_enabled=false", ""), "notification_enabled"),
        (format!("{full}&notification_extension=x"), "notification_extension"),
        (format!("{full}&x=1"), "x"),
    ] {
        desk.refuses(recall(ROOM, "c", &query), field).await;
    }
    desk.refuses(recall("room", "c", full), "room_id").await;
    assert_eq!(desk.code(recall("1", "c", full)).await, 404);
    assert_eq!(desk.code(recall(ROOM, "c", full)).await, 107_404);
    desk.refuses(history(ROOM, "limit=1"), "sender_id").await;
    desk.refuses(history(ROOM, "sender_id=lisi"), "limit").await;
    assert_eq!(desk.code(history("1", "sender_id=lisi&limit=1")).await, 404);
    assert_eq!(desk.code(history(ROOM, "sender_id=nobody&limit=1")).await, 102_404);
    let typed = desk.send(history(ROOM, "sender_id=lisi&limit=1&message_type=1")).await.json();
    assert_eq!(typed["data"]["items"], json!([]));
}
