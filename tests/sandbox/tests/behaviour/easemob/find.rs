use serde_json::{Value, json};

use super::client::{Client, GROUP, V6, refusal, told};
use crate::desk::put;

async fn page(client: &Client, place: &str, body: &Value) -> Value {
    client.desk.send(client.call("POST", &format!("{V6}/roaming/{place}"), body)).await.json()
}

fn types(page: &Value) -> Vec<String> {
    let msgs = page["data"]["msgs"].as_array().expect("a list");
    msgs.iter().map(|it| it["payload"]["bodies"][0]["type"].as_str().expect("a type").to_owned()).collect()
}

#[tokio::test]
async fn a_dialogue_comes_page_by_page() {
    let client = Client::new().await;
    let mut body = json!({ "username": "zhangsan", "to": "lisi", "limit": 4, "order": "up" });
    let mut seen = Vec::new();
    loop {
        let page = page(&client, "chat", &body).await;
        seen.extend(page["data"]["msgs"].as_array().expect("a list").clone());
        match page["data"]["pagination"]["cursor"].as_str() {
            Some(cursor) => body = put(&body, "/cursor", json!(cursor)),
            None => break,
        }
    }
    assert_eq!(seen.len(), 10, "the one of eight days ago has expired");
    let times: Vec<i64> = seen.iter().map(|it| it["timestamp"].as_i64().expect("a time")).collect();
    assert!(times.is_sorted_by(|one, next| one >= next), "{times:?}");
    assert_eq!(seen[0]["payload"]["bodies"], json!([{ "type": "txt", "msg": "活动今晚八点开始" }]));
    assert_eq!(seen[0]["payload"]["ext"]["key"], "old");
    assert_eq!((&seen[0]["chat_type"], &seen[0]["payload"]["to"]), (&json!("chat"), &json!("lisi")));
    assert!(seen[0]["msg_id"].is_string());
    let other = page(&client, "chat", &json!({ "username": "lisi", "to": "zhangsan" })).await;
    assert_eq!(other["data"]["msgs"].as_array().map(Vec::len), Some(10));
    assert!(client.desk.effects().await.is_empty());
}

#[tokio::test]
async fn a_range_a_group_and_the_shapes_of_bodies() {
    let client = Client::new().await;
    let group = page(&client, "group", &json!({ "username": "lisi", "groupId": GROUP })).await;
    assert_eq!(types(&group), ["txt", "txt"]);
    let stored = client.stored("昨天的消息").await.expect("a message");
    let time = &stored["timestamp"];
    let range =
        json!({ "username": "zhangsan", "to": "wangwu", "startTimestamp": time, "endTimestamp": time });
    assert_eq!(types(&page(&client, "chat", &range).await), ["txt"]);
    let custom = page(&client, "chat", &json!({ "username": "lisi", "to": "kefu03" })).await;
    let body = &custom["data"]["msgs"][0]["payload"]["bodies"][0];
    assert_eq!(body["v2:customExts"], json!({ "order": "42", "amount": "19.90" }));
    assert_eq!(body["customEvent"], "order/paid");
    let all = page(&client, "chat", &json!({ "username": "lisi", "to": "zhangsan", "limit": 100 })).await;
    let msgs = all["data"]["msgs"].as_array().expect("a list").clone();
    let place = msgs.iter().find(|it| it["payload"]["bodies"][0]["type"] == "loc").expect("a place");
    assert_eq!(place["payload"]["bodies"][0]["lat"], 30.18);
}

#[tokio::test]
async fn an_edited_message_comes_with_its_new_content() {
    let client = Client::new().await;
    let id = client.id("活动今晚八点开始").await;
    let edit = json!({ "user": "lisi", "new_msg": { "type": "txt", "msg": "新的" } });
    client.done("PUT", &format!("/messages/rewrite/{id}"), &edit).await;
    let found = page(&client, "chat", &json!({ "username": "zhangsan", "to": "lisi", "order": "up" })).await;
    let payload = &found["data"]["msgs"][0]["payload"];
    assert_eq!(payload["bodies"][0]["msg"], "新的");
    assert_eq!(
        (&payload["from"], &payload["meta"]["edit_msg"]["operator"]),
        (&json!("zhangsan"), &json!("lisi"))
    );
    assert_eq!(payload["meta"]["edit_msg"]["count"], 1);
}

#[tokio::test]
async fn the_body_is_read_strictly() {
    let client = Client::new().await;
    let good = json!({ "username": "zhangsan", "to": "lisi" });
    let ask = |body: Value| client.desk.send(client.call("POST", &format!("{V6}/roaming/chat"), &body));
    for (pointer, value, words) in [
        ("/username", json!(""), "username must be provided"),
        ("/to", json!(""), "to must be provided"),
        ("/limit", json!(0), "limit must be between 1 and 100"),
        ("/limit", json!(101), "limit must be between 1 and 100"),
        ("/order", json!("asc"), "order must be down or up"),
        ("/cursor", json!("zz"), "cursor is illegal"),
    ] {
        let answer = refusal(&ask(put(&good, pointer, value)).await);
        assert_eq!(answer, told(400, "illegal_argument", words));
    }
    for (pointer, value) in
        [("/limit", json!("20")), ("/groupId", json!("1")), ("/startTimestamp", json!("1"))]
    {
        assert_eq!(refusal(&ask(put(&good, pointer, value)).await).1, "invalid_request_body", "{pointer}");
    }
    let backwards = put(&put(&good, "/startTimestamp", json!(2)), "/endTimestamp", json!(1));
    assert_eq!(refusal(&ask(backwards).await).1, "illegal_argument");
    let token = Client::token_of(&client.desk, "closed", 3).await;
    let path = "/easemob/api/server/v6/practice-org/closed/roaming/chat";
    let closed = Client { token, desk: client.desk };
    let answer = refusal(&closed.desk.send(closed.call("POST", path, &good)).await);
    assert_eq!(answer, told(400, "service open exception", "this appKey not open message roaming"));
}
