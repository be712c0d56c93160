use serde_json::{Value, json};

use super::client::{Client, GROUP, told};
use crate::desk::{drop, put};

const PATH: &str = "/messages/msg_recall";
const BATCH: &str = "/messages/batch_recall";
const ERROR: &str = "message_recall_error";

fn order(id: &str) -> Value {
    json!({ "msg_id": id, "to": "lisi", "chat_type": "chat", "force": false, "from": "zhangsan" })
}

#[tokio::test]
async fn a_message_is_gone_after_its_recall() {
    let client = Client::new().await;
    let id = client.id("发错了的一条").await;
    let body = put(&order(&id), "/recallMessageExtensionInfo", json!("{\"type\":\"chat\"}"));
    let reply = client.done("POST", PATH, &put(&body, "/sync_device", json!(true))).await;
    assert_eq!(
        reply["data"],
        json!({ "recalled": "yes", "chattype": "chat", "from": "zhangsan", "to": "lisi", "msg_id": id })
    );
    assert!(client.stored("发错了的一条").await.is_none());
    let effects = client.desk.effects().await;
    assert_eq!(
        (&effects[0]["operation"], &effects[0]["change"]),
        (&json!("easemob.recall"), &json!("removed"))
    );
    assert_eq!(effects[0]["detail"]["recallMessageExtensionInfo"], "{\"type\":\"chat\"}");
    assert_eq!(client.refused("POST", PATH, &order(&id)).await, told(403, ERROR, "not_found msg"));
    assert_eq!(client.desk.effects().await.len(), 1);
}

#[tokio::test]
async fn two_minutes_later_only_force_helps() {
    let client = Client::new().await;
    let id = client.id("十分钟前的消息").await;
    let body = put(&drop(&order(&id), "/from"), "/to", json!("wangwu"));
    assert_eq!(client.refused("POST", PATH, &body).await, told(403, ERROR, "exceed recall time limit"));
    let reply = client.done("POST", PATH, &put(&body, "/force", json!(true))).await;
    assert_eq!(reply["data"]["from"], "admin");
    let expired = client.id("八天前的消息").await;
    assert_eq!(client.refused("POST", PATH, &order(&expired)).await.2, "not_found msg");
    client.done("POST", PATH, &put(&order(&expired), "/force", json!(true))).await;
    client.limit(json!({ "recall_window_seconds": 604_800 })).await;
    let older = client.id("两小时前的消息").await;
    client.done("POST", PATH, &order(&older)).await;
}

#[tokio::test]
async fn the_group_is_the_receiver_and_must_be_right() {
    let client = Client::new().await;
    let id = client.id("群里发错了的一条").await;
    let body = json!({ "msg_id": id, "to": GROUP, "chat_type": "groupchat", "force": false });
    let wrong = put(&body, "/to", json!("1"));
    assert_eq!(client.refused("POST", PATH, &wrong).await, told(400, ERROR, "can't find msg to"));
    let wrong = put(&body, "/chat_type", json!("chat"));
    assert_eq!(client.refused("POST", PATH, &wrong).await.2, "not_found msg");
    client.unreadable("POST", PATH, &put(&body, "/sync_device", json!(true)), "sync_device").await;
    client.done("POST", PATH, &body).await;
    let command = client.id("cmd").await;
    assert_eq!(client.refused("POST", PATH, &order(&command)).await.2, "not_found msg");
}

#[tokio::test]
async fn the_body_is_read_strictly() {
    let client = Client::new().await;
    let body = order("1");
    for key in ["msg_id", "to", "chat_type", "force"] {
        let expected = told(400, ERROR, &format!("param {key} can't be empty"));
        assert_eq!(client.refused("POST", PATH, &drop(&body, &format!("/{key}"))).await, expected);
    }
    for (pointer, value, field) in [
        ("/msg_id", json!(1), "msg_id"),
        ("/msg_id", json!("x"), "msg_id"),
        ("/force", json!("true"), "force"),
        ("/chat_type", json!("group"), "chat_type"),
        ("/from", json!(""), "from"),
        ("/recallMessageExtensionInfo", json!({}), "recallMessageExtensionInfo"),
        ("/chattype", json!("chat"), "chattype"),
    ] {
        client.unreadable("POST", PATH, &put(&body, pointer, value), field).await;
    }
    let token = Client::token_of(&client.desk, "closed", 3).await;
    let closed = Client { token, ..client };
    let call = closed.call("POST", &format!("/easemob/practice-org/closed{PATH}"), &body);
    let answer = super::client::refusal(&closed.desk.send(call).await);
    assert_eq!(answer, told(403, "forbidden_op", "message recall service is unopened"));
}

#[tokio::test]
async fn a_batch_tells_of_each_of_its_messages() {
    let client = Client::new().await;
    let fresh = client.id("发错了的一条").await;
    let old = client.id("两小时前的消息").await;
    let items = json!([order(&fresh), order("1"), order(&old), order(&fresh)]);
    let reply =
        client.done("POST", BATCH, &json!({ "msgs": items, "recallMessageExtensionInfo": "x" })).await;
    let results: Vec<_> =
        reply["data"].as_array().expect("a list").iter().map(|it| &it["recalled"]).collect();
    assert_eq!(results, ["yes", "not_found msg", "exceed recall time limit", "not_found msg"]);
    assert_eq!(reply["data"][1]["msg_id"], "1");
    let effects = client.desk.effects().await;
    assert_eq!((effects.len(), &effects[0]["operation"]), (1, &json!("easemob.batch_recall")));
    assert_eq!(effects[0]["detail"]["recallMessageExtensionInfo"], "x");
    for (count, text) in [(0, "param msgs can't be empty"), (31, "msgs size can't exceed limit 30")] {
        let body = json!({ "msgs": vec![order("1"); count] });
        assert_eq!(client.refused("POST", BATCH, &body).await, told(400, ERROR, text));
    }
    let wrong = json!({ "msgs": [put(&order("1"), "/extra", json!(1))] });
    client.unreadable("POST", BATCH, &wrong, "msgs.0.extra").await;
}
