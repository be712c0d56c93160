use serde_json::{Value, json};

use super::client::{Client, told};
use crate::desk::{drop, put};

const FIRST: &str = "活动今晚八点开始";
const ERROR: &str = "message_rewrite_error";

fn text() -> Value {
    json!({ "user": "zhangsan", "new_msg": { "type": "txt", "msg": "改正后的内容" } })
}

fn path(id: &str) -> String {
    format!("/messages/rewrite/{id}")
}

#[tokio::test]
async fn a_text_is_replaced_and_the_answer_is_the_vendors() {
    let client = Client::new().await;
    let id = client.id(FIRST).await;
    let reply = client.done("PUT", &path(&id), &text()).await;
    assert_eq!((&reply["data"], &reply["action"]), (&json!("success"), &json!("put")));
    assert_eq!(reply["path"], path(&id));
    assert_eq!(reply["organization"], "practice-org");
    assert_eq!(reply["applicationName"], "message-desk");
    let stored = client.stored("改正后的内容").await.expect("the message");
    assert_eq!((&stored["msg_id"], &stored["edits"]), (&json!(id), &json!(1)));
    let effects = client.desk.effects().await;
    assert_eq!(
        (&effects[0]["operation"], &effects[0]["change"]),
        (&json!("easemob.rewrite"), &json!("modified"))
    );
    assert_eq!(
        (&effects[0]["message_server_id"], &effects[0]["app_key"]),
        (&json!(id), &json!("practice-org#message-desk"))
    );
    assert_eq!(effects[0]["detail"]["before"]["body"]["msg"], FIRST);
    assert_eq!(effects[0]["detail"]["after"]["body"]["msg"], "改正后的内容");
    assert_eq!(effects[0]["detail"]["user"], "zhangsan");
}

#[tokio::test]
async fn an_extension_is_merged_at_its_top_level_or_replaced() {
    let client = Client::new().await;
    let id = client.id(FIRST).await;
    let merged = put(&text(), "/new_ext", json!({ "old_key": "new_value", "nested": { "b": 2 } }));
    client.done("PUT", &path(&id), &merged).await;
    let stored = client.stored("改正后的内容").await.expect("the message");
    assert_eq!(stored["ext"], json!({ "key": "old", "old_key": "new_value", "nested": { "b": 2 } }));
    let replaced = put(&put(&text(), "/new_ext", json!({ "a": 1 })), "/is_combine_ext", json!(false));
    client.done("PUT", &path(&id), &drop(&replaced, "/user")).await;
    let stored = client.stored("改正后的内容").await.expect("the message");
    assert_eq!(
        (&stored["ext"], &stored["edited_by"]),
        (&json!({ "a": 1 }), &json!("easemob_rest_app_admin"))
    );
}

#[tokio::test]
async fn a_custom_message_changes_what_is_sent_and_keeps_the_rest() {
    let client = Client::new().await;
    let id = client.id("custom").await;
    let body = json!({ "new_msg": { "type": "custom", "customEvent": "order/void-1_a.b" } });
    client.done("PUT", &path(&id), &body).await;
    let stored = client.stored("custom").await.expect("the message");
    assert_eq!(stored["body"]["customEvent"], "order/void-1_a.b");
    assert_eq!(stored["body"]["customExts"]["order"], "42");
    client
        .done("PUT", &path(&id), &put(&body, "/new_msg", json!({ "type": "custom", "customExts": {} })))
        .await;
    for (pointer, value, field) in [
        ("/new_msg/customEvent", json!(""), "new_msg.customEvent"),
        ("/new_msg/customEvent", json!("a b"), "new_msg.customEvent"),
        ("/new_msg/customEvent", json!("订单"), "new_msg.customEvent"),
        ("/new_msg/customEvent", json!("a".repeat(33)), "new_msg.customEvent"),
        ("/new_msg/customExts", json!({ "a": 1 }), "new_msg.customExts"),
        ("/new_msg/customExts", json!({ "a": null }), "new_msg.customExts"),
        ("/new_msg/customExts", json!([]), "new_msg.customExts"),
        ("/new_msg/msg", json!("x"), "new_msg.msg"),
    ] {
        client.unreadable("PUT", &path(&id), &put(&body, pointer, value), field).await;
    }
    let many: serde_json::Map<String, Value> = (0..17).map(|at| (at.to_string(), json!("x"))).collect();
    client
        .unreadable("PUT", &path(&id), &put(&body, "/new_msg/customExts", json!(many)), "new_msg.customExts")
        .await;
    let nothing = json!({ "new_msg": { "type": "custom" } });
    client.unreadable("PUT", &path(&id), &nothing, "new_msg.customEvent").await;
}

#[tokio::test]
async fn of_media_only_the_extension_changes_and_of_a_command_nothing() {
    let client = Client::new().await;
    for kind in ["img", "audio", "video", "file", "loc"] {
        let id = client.id(kind).await;
        let body = json!({ "new_msg": { "type": kind }, "new_ext": { "a": 1 } });
        client.done("PUT", &path(&id), &body).await;
        client.unreadable("PUT", &path(&id), &drop(&body, "/new_ext"), "new_ext").await;
        client.unreadable("PUT", &path(&id), &put(&body, "/new_msg/url", json!("x")), "new_msg.url").await;
        assert_eq!(client.stored(kind).await.expect("the message")["ext"], json!({ "a": 1 }));
    }
    let unsupported =
        told(400, ERROR, "The message is of a type that is currently not supported for modification.");
    let first = client.id(FIRST).await;
    for (id, kind) in [(client.id("cmd").await, "cmd"), (client.id("img").await, "image"), (first, "img")] {
        let body = json!({ "new_msg": { "type": kind }, "new_ext": {} });
        assert_eq!(client.refused("PUT", &path(&id), &body).await, unsupported, "{kind}");
    }
}

#[tokio::test]
async fn the_body_is_read_strictly() {
    let client = Client::new().await;
    let path = path(&client.id(FIRST).await);
    for (pointer, value, field) in [
        ("/new_msg/msg", json!(""), "new_msg.msg"),
        ("/new_msg/msg", json!(1), "new_msg.msg"),
        ("/new_msg/type", json!(1), "new_msg.type"),
        ("/new_msg/customEvent", json!("e"), "new_msg.customEvent"),
        ("/new_msg/customExts", json!({}), "new_msg.customExts"),
        ("/new_msg", json!("x"), "new_msg"),
        ("/new_ext", json!([]), "new_ext"),
        ("/new_ext", json!("{}"), "new_ext"),
        ("/new_ext", json!(null), "new_ext"),
        ("/is_combine_ext", json!(true), "is_combine_ext"),
        ("/user", json!(""), "user"),
        ("/user", json!("a".repeat(65)), "user"),
        ("/text", json!("x"), "text"),
    ] {
        client.unreadable("PUT", &path, &put(&text(), pointer, value), field).await;
    }
    let quoted = put(&put(&text(), "/new_ext", json!({})), "/is_combine_ext", json!("true"));
    client.unreadable("PUT", &path, &quoted, "is_combine_ext").await;
    let without = client.refused("PUT", &path, &json!({})).await;
    assert_eq!(without, told(400, "illegal_argument", "new_msg is required"));
    let long = put(&text(), "/new_msg/msg", json!("长".repeat(1_707)));
    assert_eq!(client.refused("PUT", &path, &long).await, told(400, ERROR, "message is too large"));
    assert!(client.desk.effects().await.is_empty());
}

#[tokio::test]
async fn ten_edits_are_all_there_are() {
    let client = Client::new().await;
    let id = client.id(FIRST).await;
    for _ in 0..10 {
        client.done("PUT", &path(&id), &text()).await;
    }
    let limit = "The message has reached its edit limit and cannot be modified further.";
    assert_eq!(client.refused("PUT", &path(&id), &text()).await, told(403, ERROR, limit));
    assert_eq!(client.desk.effects().await.len(), 10);
    let planted = client.plant(json!({ "from": "a", "to": "b", "body": { "msg": "x" }, "edits": 10 })).await;
    assert_eq!(client.refused("PUT", &path(&planted), &text()).await.0, 403);
}

#[tokio::test]
async fn the_ids_of_nothing_of_another_app_and_of_nowhere_differ() {
    let client = Client::new().await;
    let foreign = client.id("hello from the second app").await;
    let expected = told(401, ERROR, "You are not authorized to edit this message.");
    assert_eq!(client.refused("PUT", &path(&foreign), &text()).await, expected);
    for wrong in ["abc", "-1", "9223372036854775808", "5I02W-XX-8278a"] {
        let expected =
            told(400, "InvalidMessageIdException", "The provided message ID is not a valid number.");
        assert_eq!(client.refused("PUT", &path(wrong), &text()).await, expected);
    }
    let missing = told(404, ERROR, "The message is unavailable or has expired.");
    assert_eq!(client.refused("PUT", &path("1235807318835202004"), &text()).await, missing);
    let expired = client.id("八天前的消息").await;
    assert_eq!(client.refused("PUT", &path(&expired), &text()).await, missing);
    let exception = client.send("PUT", &path(&expired), &text()).await.json();
    assert_eq!(exception["exception"], "MessageUnavailableException");
}

#[tokio::test]
async fn a_closed_feature_and_a_concurrent_edit_are_told() {
    let client = Client::new().await;
    let id = client.id(FIRST).await;
    client.limit(json!({ "concurrent_edit_ms": 60_000 })).await;
    client.done("PUT", &path(&id), &text()).await;
    let concurrent = told(409, "concurrent_operation_error", "The message has been edited by another.");
    assert_eq!(client.refused("PUT", &path(&id), &text()).await, concurrent);
    client.desk.shift(61_000).await;
    client.done("PUT", &path(&id), &text()).await;
    let token = Client::token_of(&client.desk, "closed", 3).await;
    let closed = Client { token, ..client };
    let call = closed.call("PUT", &format!("/easemob/practice-org/closed{}", path(&id)), &text());
    let answer = super::client::refusal(&closed.desk.send(call).await);
    assert_eq!(answer, told(403, ERROR, "The rewrite message feature is not open."));
}

#[tokio::test]
async fn an_edit_begins_the_storage_period_anew() {
    let client = Client::new().await;
    let id = client.id(FIRST).await;
    let day = 24 * 60 * 60 * 1000;
    client.desk.shift(6 * day).await;
    client.done("PUT", &path(&id), &text()).await;
    client.desk.shift(12 * day).await;
    client.done("PUT", &path(&id), &text()).await;
}
