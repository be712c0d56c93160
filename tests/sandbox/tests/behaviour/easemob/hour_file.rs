use serde_json::{Value, json};

use super::client::Client;
use crate::desk::{Call, Desk};

const HOUR: i64 = 60 * 60 * 1000;

/// The name of the hour that holds a time, eight hours ahead of UTC.
fn hour(at_ms: i64) -> String {
    let hours = at_ms / HOUR + 8;
    let (days, hour) = (hours / 24, hours % 24);
    // Civil date from days since 1970, by walking the years and months.
    let (mut year, mut left) = (1970, days);
    let is_leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    while left >= if is_leap(year) { 366 } else { 365 } {
        left -= if is_leap(year) { 366 } else { 365 };
        year += 1;
    }
    let months = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while left >= months[month] {
        left -= months[month];
        month += 1;
    }
    format!("{year:04}{:02}{:02}{hour:02}", month + 1, left + 1)
}

async fn file_of(desk: &Desk, url: &str) -> crate::desk::Answer {
    let target = url.strip_prefix("http://127.0.0.1:8787").expect("this server").to_owned();
    desk.send(Call { method: "GET", target, headers: vec![], body: String::new() }).await
}

#[tokio::test]
async fn an_hour_can_be_downloaded_for_a_while() {
    let client = Client::new().await;
    let stored = client.stored("昨天的消息").await.expect("a message");
    let id = client.id("昨天的消息").await;
    // One side deletes it: the file keeps it.
    let tail = format!("/rest/message/roaming/chat/user/wangwu?userId=zhangsan&msgIdList={id}");
    client.done("DELETE", &tail, &Value::Null).await;
    let time = hour(stored["timestamp"].as_i64().expect("a time"));
    let reply = client.done("GET", &format!("/chatmessages/{time}"), &Value::Null).await;
    let url = reply["data"][0]["url"].as_str().expect("a URL").to_owned();
    let file = file_of(&client.desk, &url).await;
    let line: Value = serde_json::from_str(file.text.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&line["msg_id"], &line["payload"]["bodies"][0]["msg"]), (&json!(id), &json!("昨天的消息")));
    assert_eq!(line["direction"], "outgoing");
    assert_eq!(file_of(&client.desk, &format!("{url}0")).await.status, 403);
    client.desk.shift(31 * 60 * 1000).await;
    assert_eq!(file_of(&client.desk, &url).await.status, 403);
}

#[tokio::test]
async fn hours_without_a_file_are_told() {
    let client = Client::new().await;
    let now = client.desk.control("GET", "clock", Value::Null).await["now_ms"].as_i64().expect("a time");
    for (time, status, error) in [
        ("2024".to_owned(), 400, "illegal_argument"),
        (hour(now), 400, "illegal_argument"),
        (hour(now - 80 * HOUR), 400, "illegal_argument"),
        (hour(now - 50 * HOUR), 404, "storage_object_not_found"),
    ] {
        let answer = client.refused("GET", &format!("/chatmessages/{time}"), &Value::Null).await;
        assert_eq!((answer.0, answer.1.as_str()), (status, error), "{time}");
    }
}
