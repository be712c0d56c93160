use serde_json::{Map, Value, json};

use super::caller::{done, messages};
use crate::desk::{Call, Desk};

const COMMANDS: [(&str, &str); 11] = [
    ("tencent.modify_c2c", "openim/modify_c2c_msg"),
    ("tencent.recall_c2c", "openim/admin_msgwithdraw"),
    ("tencent.delete_c2c", "openim/delete_c2c_msg_ramble"),
    ("tencent.send", "openim/sendmsg"),
    ("tencent.batch_send", "openim/batchsendmsg"),
    ("tencent.find_c2c", "openim/admin_getroammsg"),
    ("tencent.modify_group", "openim/modify_group_msg"),
    ("tencent.recall_group", "group_open_http_svc/group_msg_recall"),
    ("tencent.find_group", "group_open_http_svc/group_msg_get_simple"),
    ("tencent.send_group", "group_open_http_svc/send_group_msg"),
    ("tencent.recall_by_sender", "group_open_http_svc/delete_group_msg_by_sender"),
];

async fn connection(desk: &Desk) -> Value {
    let target = "/practice/config.json".to_owned();
    let call = Call { method: "GET", target, headers: vec![], body: String::new() };
    let config = desk.send(call).await.json();
    let connections = config["connections"].as_array().expect("a list");
    connections.iter().find(|it| it["vendor"] == "tencent").expect("a connection").clone()
}

/// Makes the body as a page would: lists by line, cells by their number, numbers where the wire wants them.
fn body(operation: &str, form: &Map<String, Value>) -> Value {
    let mut body = json!({});
    for (key, value) in form {
        let text = value.as_str().expect("text");
        match key.as_str() {
            "MsgKeyList" => body[key] = json!(text.lines().collect::<Vec<_>>()),
            "To_Account" if operation == "tencent.batch_send" => {
                body[key] = json!(text.lines().collect::<Vec<_>>())
            }
            "MsgSeqList" => {
                let seqs =
                    text.lines().map(|line| json!({ "MsgSeq": line.parse::<u64>().expect("a number") }));
                body[key] = seqs.collect::<Vec<_>>().into();
            }
            "MaxCnt" | "MinTime" | "MaxTime" | "MsgSeq" | "ReqMsgNumber" | "WithRecalledMsg" => {
                body[key] = json!(text.parse::<u64>().expect("a number"));
            }
            "MsgBody.0.MsgType" => {}
            "MsgBody.0.MsgContent.Text" => {
                let kind = &form["MsgBody.0.MsgType"];
                body["MsgBody"] = json!([{ "MsgType": kind, "MsgContent": { "Text": text } }]);
            }
            _ => body[key] = value.clone(),
        }
    }
    match operation {
        "tencent.send" | "tencent.batch_send" => body["MsgRandom"] = json!(1),
        "tencent.send_group" => body["Random"] = json!(1),
        _ => {}
    }
    body
}

#[tokio::test]
async fn the_connection_leads_through_a_same_origin_proxy() {
    let mut connection = connection(&Desk::new()).await;
    let samples = connection.as_object_mut().expect("an object").remove("samples").expect("samples");
    assert_eq!(
        connection,
        json!({
            "name": { "zh-CN": "腾讯云演练 · 同源代理", "en": "Tencent practice · same-origin proxy" },
            "vendor": "tencent",
            "endpoint": "https://sandbox.invalid/tencent",
            "sdkappid": "1400000001",
            "identifier": "administrator",
            "secret_key": "practice-secret-key",
            "proxy": "proxy/sandbox{path}{query}",
            "practice": true,
        })
    );
    let mut known = COMMANDS.map(|(operation, _)| operation);
    known.sort_unstable();
    assert!(samples.as_object().expect("an object").keys().eq(known));
}

#[tokio::test]
async fn every_sample_does_what_it_is_for_again_and_again() {
    let desk = Desk::new();
    for round in 0..5 {
        // All of one configuration: no two samples share a message.
        let samples = connection(&desk).await["samples"].clone();
        for (operation, command) in COMMANDS {
            let before = desk.effects().await.len();
            let body = body(operation, samples[operation].as_object().expect("a form"));
            let answer = done(&desk, command, &body).await;
            let happened = desk.effects().await.len() - before;
            let expected = match operation {
                "tencent.find_c2c" | "tencent.find_group" => 0,
                "tencent.batch_send" => 2,
                "tencent.recall_by_sender" if round > 0 => 0,
                "tencent.recall_by_sender" => 10,
                // The very same words and Random within five minutes.
                "tencent.send_group" if round > 0 => 0,
                _ => 1,
            };
            assert_eq!(happened, expected, "{operation} in round {round}: {answer}");
        }
    }
}

#[tokio::test]
async fn asking_changes_nothing_while_something_is_left() {
    let desk = Desk::new();
    let before = messages(&desk).await;
    assert_eq!(
        connection(&desk).await["samples"]["tencent.modify_c2c"],
        connection(&desk).await["samples"]["tencent.modify_c2c"]
    );
    assert_eq!(messages(&desk).await, before);
}

#[tokio::test]
async fn messages_beyond_the_storage_are_no_samples() {
    let desk = Desk::new();
    desk.shift(40 * 86_400_000).await;
    let before = messages(&desk).await.len();
    connection(&desk).await;
    assert_eq!(messages(&desk).await.len(), before + 5);
}
