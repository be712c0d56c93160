use serde_json::{Value, json};

use super::client::{Client, GROUP, ROOM, told};
use crate::desk::{drop, put};

const USERS: &str = "/messages/users";
const ERROR: &str = "message_send_error";

fn text() -> Value {
    json!({ "from": "zhangsan", "to": ["lisi", "nobody"], "type": "txt", "body": { "msg": "一条消息" } })
}

/// The time that an id hides.
fn hint(id: &str) -> i64 {
    let id: i64 = id.parse().expect("a number");
    ((id >> 32) + 1_417_564_800) * 1_000 + ((id >> 22) & 1_023)
}

#[tokio::test]
async fn each_receiver_has_its_own_id_which_tells_the_time() {
    let client = Client::new().await;
    let body =
        put(&put(&text(), "/ext", json!({ "em_ignore_notification": true })), "/sync_device", json!(true));
    let body = put(&put(&body, "/roam_ignore_users", json!(["lisi"])), "/env", json!("test1"));
    let reply = client.done("POST", USERS, &body).await;
    let id = |user: &str| reply["data"][user].as_str().expect("an id").to_owned();
    assert_ne!(id("lisi"), id("nobody"));
    assert_eq!(hint(&id("lisi")), reply["timestamp"].as_i64().expect("a time"));
    let effects = client.desk.effects().await;
    assert_eq!(effects.len(), 2);
    assert_eq!(
        (&effects[0]["operation"], &effects[0]["change"]),
        (&json!("easemob.send_users"), &json!("stored"))
    );
    assert_eq!(
        (&effects[1]["receiver_id"], &effects[1]["message_server_id"]),
        (&json!("nobody"), &json!(id("nobody")))
    );
    assert_eq!(effects[0]["detail"]["ext"]["em_ignore_notification"], true);
    let stored = client.stored("一条消息").await.expect("a message");
    assert_eq!(stored["hidden_from"], json!(["lisi"]));
}

#[tokio::test]
async fn groups_and_rooms_are_sent_to_in_their_own_ways() {
    let client = Client::new().await;
    let group = put(&text(), "/to", json!([GROUP, "2"]));
    let group = put(&group, "/need_group_ack", json!(true));
    let reply = client.done("POST", "/messages/chatgroups", &group).await;
    assert!(reply["data"][GROUP].is_string() && reply["data"]["2"].is_string());
    client.unreadable("POST", USERS, &group, "need_group_ack").await;
    let room = put(&put(&text(), "/to", json!([ROOM])), "/chatroom_msg_level", json!("high"));
    client.done("POST", "/messages/chatrooms", &room).await;
    let wrong = put(&room, "/chatroom_msg_level", json!("urgent"));
    client.unreadable("POST", "/messages/chatrooms", &wrong, "chatroom_msg_level").await;
    let wrong = put(&room, "/sync_device", json!(true));
    client.unreadable("POST", "/messages/chatrooms", &wrong, "sync_device").await;
    for (path, count, limit) in [("/messages/chatgroups", 4, 3), ("/messages/chatrooms", 11, 10)] {
        let to: Vec<String> = (0..count).map(|it| it.to_string()).collect();
        let text = format!("params to's size can't exceed limit {limit}");
        assert_eq!(
            client.refused("POST", path, &put(&self::text(), "/to", json!(to))).await,
            told(400, ERROR, &text)
        );
    }
    let many = put(&group, "/roam_ignore_users", json!(vec!["a"; 21]));
    client.unreadable("POST", "/messages/chatgroups", &many, "roam_ignore_users").await;
    let effects = client.desk.effects().await;
    let kinds: Vec<_> = effects.iter().map(|it| it["conversation_type"].clone()).collect();
    assert_eq!(kinds, [2, 2, 3]);
}

#[tokio::test]
async fn what_is_for_those_online_is_not_stored() {
    let client = Client::new().await;
    client.done("POST", USERS, &put(&text(), "/routetype", json!("ROUTE_ONLINE"))).await;
    assert!(client.stored("一条消息").await.is_none());
    assert_eq!(client.desk.effects().await[0]["detail"]["online_only"], true);
    client.unreadable("POST", USERS, &put(&text(), "/routetype", json!("ALL")), "routetype").await;
}

#[tokio::test]
async fn errors_have_the_vendors_words() {
    let client = Client::new().await;
    let many: Vec<String> = (0..601).map(|it| format!("u{it}")).collect();
    for (body, words) in [
        (put(&text(), "/from", json!("")), "param from can't be empty"),
        (put(&text(), "/to", json!([])), "param to can't be empty"),
        (drop(&text(), "/to"), "param to can't be empty"),
        (drop(&text(), "/type"), "param type can't be empty"),
        (put(&text(), "/body", json!({})), "param body can't be empty"),
        (drop(&text(), "/body"), "param body can't be empty"),
        (put(&text(), "/ext", json!(null)), "param ext must be JSONObject"),
        (put(&text(), "/ext", json!("{}")), "param ext must be JSONObject"),
        (put(&text(), "/to", json!(many)), "params to's size can't exceed limit 600"),
        (put(&text(), "/body/msg", json!("长".repeat(1_704))), "message is too large"),
    ] {
        assert_eq!(client.refused("POST", USERS, &body).await, told(400, ERROR, words));
    }
    let large = client.send("POST", USERS, &put(&text(), "/ext", json!({ "a": "x".repeat(5_200) }))).await;
    assert_eq!(large.json()["error_code"], 14_007);
    assert!(client.desk.effects().await.is_empty());
    // {"msg":"…"} with 5110 bytes inside is exactly 5 KB.
    let fits = put(&text(), "/body/msg", json!("x".repeat(5_110)));
    client.done("POST", USERS, &fits).await;
}

#[tokio::test]
async fn every_type_has_its_own_fields() {
    let client = Client::new().await;
    let url = "https://a1.easemob.com/o/a/chatfiles/55f12940";
    for (kind, body) in [
        (
            "img",
            json!({ "url": url, "filename": "a.jpg", "secret": "s", "size": { "width": 1, "height": 2 } }),
        ),
        ("audio", json!({ "url": url, "filename": "a.amr", "secret": "s", "length": 3 })),
        ("video", json!({ "url": url, "thumb": url, "thumb_secret": "s", "length": 3, "file_length": 9 })),
        ("file", json!({ "url": url })),
        ("loc", json!({ "lat": "30.1", "lng": "120.2", "addr": "杭州" })),
        ("cmd", json!({ "action": "refresh" })),
        ("custom", json!({ "customEvent": "a", "customExts": { "k": "v" } })),
    ] {
        client.done("POST", USERS, &put(&put(&text(), "/type", json!(kind)), "/body", body)).await;
    }
    for (kind, body, field) in [
        ("txt", json!({ "msg": "" }), "body.msg"),
        ("txt", json!({ "msg": "x", "url": url }), "body.url"),
        ("img", json!({ "filename": "a" }), "body.url"),
        ("img", json!({ "url": "https://elsewhere.example/a.jpg" }), "body.url"),
        ("img", json!({ "url": url, "size": { "w": 1 } }), "body.size.w"),
        ("audio", json!({ "url": url, "length": "3" }), "body.length"),
        ("loc", json!({ "lat": 30.1, "lng": "1", "addr": "a" }), "body.lat"),
        ("loc", json!({ "lat": "30.1", "lng": "1" }), "body.addr"),
        ("custom", json!({ "customEvent": "a b" }), "body.customEvent"),
        ("text", json!({ "msg": "x" }), "type"),
    ] {
        let body = put(&put(&text(), "/type", json!(kind)), "/body", body);
        client.unreadable("POST", USERS, &body, field).await;
    }
    for (pointer, value, field) in [
        ("/to", json!(["lisi", "lisi"]), "to"),
        ("/to", json!("lisi"), "to"),
        ("/sync_device", json!("true"), "sync_device"),
        ("/env", json!("too-long!"), "env"),
        ("/target", json!([]), "target"),
        ("/ext", json!({ "em_ignore_notification": 1 }), "ext.em_ignore_notification"),
    ] {
        client.unreadable("POST", USERS, &put(&text(), pointer, value), field).await;
    }
}
