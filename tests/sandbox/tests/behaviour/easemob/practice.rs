use serde_json::{Map, Value, json};

use super::client::{Client, V6};
use crate::desk::Call;

async fn connection(client: &Client) -> Value {
    let target = "/practice/config.json".to_owned();
    let config = client.desk.send(Call { method: "GET", target, headers: vec![], body: String::new() }).await;
    let list = config.json()["connections"].as_array().expect("a list").clone();
    list.into_iter().find(|it| it["vendor"] == "easemob").expect("an Easemob connection")
}

async fn sample(client: &Client, operation: &str) -> Map<String, Value> {
    let connection = connection(client).await;
    connection["samples"][operation].as_object().expect("a form").clone()
}

/// The body that a form stands for: dots are places, and what is no text is read as JSON.
fn body(form: &Map<String, Value>) -> Value {
    let mut body = json!({});
    for (field, value) in form {
        let text = value.as_str().expect("a text");
        let value = match field.as_str() {
            "to" if text.contains('\n') || form.contains_key("type") => {
                json!(text.lines().collect::<Vec<_>>())
            }
            "new_ext" | "is_combine_ext" | "limit" => serde_json::from_str(text).expect("JSON"),
            name if name.ends_with("force") => json!(text == "true"),
            _ => json!(text),
        };
        let steps: Vec<&str> = field.split('.').collect();
        match steps.as_slice() {
            ["msgs", at, key] => {
                let at: usize = at.parse().expect("a number");
                if !body["msgs"].is_array() {
                    body["msgs"] = json!([]);
                }
                let list = body["msgs"].as_array_mut().expect("a list");
                while list.len() <= at {
                    list.push(json!({}));
                }
                list[at][*key] = value;
            }
            [object, key] => body[*object][*key] = value,
            _ => body[field] = value,
        }
    }
    body
}

async fn deletes(client: &Client, operation: &str, kind: &str, more: &str) {
    let form = sample(client, operation).await;
    let pairs: Vec<String> = form
        .iter()
        .filter(|(key, _)| *key != "user_id")
        .map(|(key, value)| format!("{key}={}", value.as_str().expect("a text")))
        .collect();
    let owner = form["user_id"].as_str().expect("a text");
    let path = format!("/rest/message/roaming/{kind}/user/{owner}{more}?{}", pairs.join("&"));
    let before = client.desk.effects().await.len();
    client.done("DELETE", &path, &Value::Null).await;
    assert!(client.desk.effects().await.len() > before, "{operation} had no effect");
}

#[tokio::test]
async fn the_connection_is_shaped_as_the_other_one() {
    let client = Client::new().await;
    let mut connection = connection(&client).await;
    let samples = connection.as_object_mut().expect("an object").remove("samples").expect("samples");
    assert_eq!(
        connection,
        json!({
            "name": { "zh-CN": "环信演练 · 同源代理", "en": "Easemob practice · same-origin proxy" },
            "vendor": "easemob",
            "endpoint": "https://sandbox.invalid/easemob",
            "org_name": "practice-org",
            "app_name": "message-desk",
            "client_id": "practice-client-id-0001",
            "client_secret": "practice-secret-0001",
            "proxy": "proxy/sandbox{path}{query}",
            "practice": true,
        })
    );
    let samples = samples.as_object().expect("an object");
    assert_eq!(samples.len(), 12);
    assert!(
        samples.values().all(|form| form.as_object().is_some_and(|it| it.values().all(Value::is_string)))
    );
}

#[tokio::test]
async fn every_sample_works_again_and_again() {
    let client = Client::new().await;
    client.limit(json!({ "calls_per_second": 1_000, "group_calls_per_second": 1_000 })).await;
    for round in 0..5 {
        let form = sample(&client, "easemob.rewrite").await;
        let mut edit = body(&form);
        let id = edit.as_object_mut().expect("an object").remove("msg_id").expect("an id");
        let path = format!("/messages/rewrite/{}", id.as_str().expect("a text"));
        assert_eq!(client.done("PUT", &path, &edit).await["data"], "success", "round {round}");
        let form = body(&sample(&client, "easemob.recall").await);
        assert_eq!(client.done("POST", "/messages/msg_recall", &form).await["data"]["recalled"], "yes");
        let form = body(&sample(&client, "easemob.batch_recall").await);
        let data = client.done("POST", "/messages/batch_recall", &form).await["data"].clone();
        assert_eq!((&data[0]["recalled"], &data[1]["recalled"]), (&json!("yes"), &json!("not_found msg")));
        deletes(&client, "easemob.delete_roaming", "chat", "").await;
        deletes(&client, "easemob.delete_roaming_group", "group", "").await;
        deletes(&client, "easemob.delete_roaming_before", "chat", "/time").await;
        deletes(&client, "easemob.delete_roaming_group_before", "group", "/time").await;
        for (operation, path) in [
            ("easemob.send_users", "/messages/users"),
            ("easemob.send_groups", "/messages/chatgroups"),
            ("easemob.send_rooms", "/messages/chatrooms"),
        ] {
            client.done("POST", path, &body(&sample(&client, operation).await)).await;
        }
        for (operation, place) in [("easemob.find_chat", "chat"), ("easemob.find_group", "group")] {
            let form = body(&sample(&client, operation).await);
            let answer = client.desk.send(client.call("POST", &format!("{V6}/roaming/{place}"), &form)).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
    }
}

#[tokio::test]
async fn asking_changes_nothing_while_something_is_left() {
    let client = Client::new().await;
    let before = client.control("GET", "messages", Value::Null).await;
    assert_eq!(connection(&client).await, connection(&client).await);
    assert_eq!(client.control("GET", "messages", Value::Null).await, before);
}
