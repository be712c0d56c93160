use serde_json::{Map, Value, json};

use crate::desk::{Answer, Call, Desk, KEY, SECRET, machine_seconds, put, seeded};

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn config(desk: &Desk) -> Value {
    let target = "/practice/config.json".to_owned();
    desk.send(Call { method: "GET", target, headers: vec![], body: String::new() }).await.json()
}

/// The texts of one form.
async fn sample(desk: &Desk, operation: &str) -> Map<String, Value> {
    let config = config(desk).await;
    config["connections"][0]["samples"][operation].as_object().expect("a form").clone()
}

fn text<'a>(form: &'a Map<String, Value>, field: &str) -> &'a str {
    form[field].as_str().expect("a text")
}

fn number(form: &Map<String, Value>, field: &str) -> i64 {
    text(form, field).parse().expect("a number")
}

/// Sends the form as the desk would: dots are nested objects, what looks like a number is one.
fn edit(form: &Map<String, Value>) -> Call {
    let mut body = json!({ "message": {} });
    for (field, value) in form {
        let is_number = matches!(
            field.as_str(),
            "type" | "message.message_server_id" | "message.time" | "message.message_type"
        );
        let value = if is_number { json!(number(form, field)) } else { value.clone() };
        body = put(&body, &format!("/{}", field.replace('.', "/")), value);
    }
    Call::modify(&body)
}

fn recall(form: &Map<String, Value>) -> Call {
    let part = |name: &str| text(form, &format!("conversation_id.{name}")).to_owned();
    let conversation = [part("sender_id"), part("conversation_type"), part("receiver_id")].join("|");
    let query =
        format!("type={}&ingore_revoke_time={}", text(form, "type"), text(form, "ingore_revoke_time"));
    Call::recall(&conversation, number(form, "message_server_id"), &query)
}

async fn send_batch(desk: &Desk) -> Answer {
    let form = sample(desk, "yunxin.batch_send").await;
    let receivers: Vec<&str> = text(&form, "receiver_ids").lines().collect();
    let message =
        json!({ "message_type": number(&form, "message.message_type"), "text": form["message.text"] });
    let body = json!({ "sender_id": form["sender_id"], "receiver_ids": receivers, "receiver_no_sense": false,
                       "message": message });
    desk.send(Call::batch(&body)).await
}

fn at(call: Call, offset_ms: i64) -> Call {
    let then = machine_seconds() + offset_ms / 1000;
    call.signed(KEY, SECRET, "n", &then.to_string())
}

#[tokio::test]
async fn the_configuration_leads_through_a_same_origin_proxy_and_brings_samples() {
    let mut config = config(&Desk::new()).await;
    let samples = config["connections"][0].as_object_mut().expect("a connection").remove("samples");
    assert_eq!(
        config["connections"][0],
        json!({
            "name": { "zh-CN": "演练 · 同源代理", "en": "Practice · same-origin proxy" },
            "vendor": "yunxin",
            "endpoint": "https://sandbox.invalid/yunxin",
            "app_key": "practice-app-key-0000000000000001",
            "app_secret": "practice-secret",
            "proxy": "proxy/sandbox{path}{query}",
            "practice": true,
        })
    );
    let samples = samples.expect("samples");
    let forms: Vec<_> = samples.as_object().expect("an object").iter().collect();
    assert_eq!(forms.len(), 10);
    for (operation, form) in forms {
        let fields = form.as_object().expect("an object").values();
        assert!(fields.clone().count() > 2 && fields.clone().all(Value::is_string), "{operation}: {form}");
    }
}

#[tokio::test]
async fn every_sample_does_what_it_is_for() {
    let desk = Desk::new();
    let form = sample(&desk, "yunxin.modify").await;
    assert_eq!(number(&form, "message.message_server_id"), seeded(19));
    assert_eq!(desk.code(edit(&form)).await, 200);
    let form = sample(&desk, "yunxin.recall").await;
    assert_eq!(number(&form, "message_server_id"), seeded(29));
    assert_eq!(desk.code(recall(&form)).await, 200);
    let answer = send_batch(&desk).await.json();
    let list = |name: &str| answer["data"][name].as_array().expect("a list").clone();
    assert_eq!((list("success_list").len(), list("failed_list").len()), (2, 1));
    assert_eq!(list("failed_list")[0]["account_id"], "nobody404");
    assert_eq!(desk.effects().await.len(), 4);
}

#[tokio::test]
async fn asking_changes_nothing_while_something_is_left() {
    let desk = Desk::new();
    let before = desk.control("GET", "messages", Value::Null).await;
    assert_eq!(config(&desk).await, config(&desk).await);
    assert_eq!(desk.control("GET", "messages", Value::Null).await, before);
}

#[tokio::test]
async fn the_samples_work_again_and_again_and_never_share_a_message() {
    let desk = Desk::new();
    desk.control("POST", "limits", json!({ "recall_window_seconds": 0 })).await;
    for round in 0..8 {
        if round == 4 {
            assert_eq!(send_batch(&desk).await.code(), 200);
        }
        let (to_edit, to_recall) =
            (sample(&desk, "yunxin.modify").await, sample(&desk, "yunxin.recall").await);
        let edited = number(&to_edit, "message.message_server_id");
        assert_ne!(edited, number(&to_recall, "message_server_id"));
        assert_eq!(desk.code(recall(&to_recall)).await, 200, "round {round}");
        // The message to edit is still there, and somebody recalls it afterwards.
        assert_eq!(desk.code(edit(&to_edit)).await, 200, "round {round}");
        assert_eq!(desk.code(Call::recall("zhangsan|1|lisi", edited, "type=3")).await, 200);
    }
}

#[tokio::test]
async fn messages_beyond_their_windows_are_no_samples() {
    let desk = Desk::new();
    for (offset, edited, recalled) in
        [(6 * DAY, Some(19), Some(29)), (8 * DAY, None, Some(19)), (31 * DAY, None, None)]
    {
        desk.control("POST", "reset", Value::Null).await;
        desk.shift(offset).await;
        let (to_edit, to_recall) =
            (sample(&desk, "yunxin.modify").await, sample(&desk, "yunxin.recall").await);
        let tail = |id: i64| Some(id - seeded(0)).filter(|tail| *tail < 100);
        assert_eq!(tail(number(&to_edit, "message.message_server_id")), edited);
        assert_eq!(tail(number(&to_recall, "message_server_id")), recalled);
        assert_eq!(desk.code(at(edit(&to_edit), offset)).await, 200);
        assert_eq!(desk.code(at(recall(&to_recall), offset)).await, 200);
    }
}

#[tokio::test]
async fn a_message_the_receiver_lost_is_no_sample() {
    let desk = Desk::new();
    assert_eq!(desk.code(Call::recall("zhangsan|1|lisi", seeded(19), "type=1")).await, 200);
    let form = sample(&desk, "yunxin.modify").await;
    assert_ne!(number(&form, "message.message_server_id"), seeded(19));
    assert_eq!(desk.code(edit(&form)).await, 200);
}

/// The conversation of a form, percent-encoded.
fn conversation(form: &Map<String, Value>) -> String {
    let part = |name: &str| text(form, &format!("conversation_id.{name}")).to_owned();
    [part("sender_id"), part("conversation_type"), part("receiver_id")].join("%7C")
}

#[tokio::test]
async fn the_samples_of_the_other_calls_work_too() {
    let desk = Desk::new();
    let form = sample(&desk, "yunxin.find_message").await;
    let (id, time) = (text(&form, "message_server_id"), text(&form, "message_time"));
    let found = format!("v2.1/conversations/{}/messages/{id}?message_time={time}", conversation(&form));
    let form = sample(&desk, "yunxin.find_history").await;
    let range =
        ["begin_time", "end_time", "limit"].map(|key| format!("{key}={}", text(&form, key))).join("&");
    let history = format!("v2.1/conversations/{}/messages?{range}", conversation(&form));
    let form = sample(&desk, "yunxin.search").await;
    // The list of words has one line; on the wire it is a JSON array.
    let words: String =
        json!([text(&form, "keyword_list")]).to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    let limit = text(&form, "limit");
    let search = format!(
        "v2.1/messages/actions/search_messages?operator_id={}&keyword_list={words}&limit={limit}",
        text(&form, "operator_id")
    );
    for path in [found, history, search] {
        let answer = desk.send(Call::new("GET", &format!("/yunxin/im/{path}"), "")).await.json();
        assert_eq!(answer["code"], 200, "{path}: {answer}");
        assert!(answer["data"]["items"].as_array().is_none_or(|items| !items.is_empty()), "{path}");
    }
    let form = sample(&desk, "yunxin.find_by_ids").await;
    let row = |at: usize| {
        let cell = |key: &str| number(&form, &format!("messages.{at}.{key}"));
        json!({ "message_server_id": cell("message_server_id"), "create_time": cell("create_time") })
    };
    let body = json!({ "messages": [row(0), row(1)] });
    let path = format!("/yunxin/im/v2.1/conversations/{}/batch_messages", conversation(&form));
    let answer = desk.send(Call::new("POST", &path, &body.to_string())).await.json();
    assert_eq!(answer["data"]["success_list"].as_array().map(Vec::len), Some(1), "{answer}");

    let form = sample(&desk, "yunxin.send").await;
    let message =
        json!({ "message_type": number(&form, "message.message_type"), "text": form["message.text"] });
    let path = format!("/yunxin/im/v2/conversations/{}/messages", conversation(&form));
    assert_eq!(desk.code(Call::new("POST", &path, &json!({ "message": message }).to_string())).await, 200);
    let form = sample(&desk, "yunxin.clear_conversation").await;
    let path =
        format!("/yunxin/im/v2/conversations/{}/messages?type={}", conversation(&form), text(&form, "type"));
    assert_eq!(desk.code(Call::new("DELETE", &path, "")).await, 200);
    for round in 0..5 {
        let form = sample(&desk, "yunxin.recall_chatroom").await;
        let query = ["operator_id", "sender_id", "create_time", "notification_enabled"]
            .map(|key| format!("{key}={}", text(&form, key)))
            .join("&");
        let (room, id) = (text(&form, "room_id"), text(&form, "message_client_id"));
        let path = format!("/yunxin/im/v2/chatrooms/{room}/messages/{id}?{query}");
        assert_eq!(desk.code(Call::new("DELETE", &path, "")).await, 200, "round {round}");
    }
    // One message sent, one cleared, five taken out of the room.
    assert_eq!(desk.effects().await.len(), 7);
}
