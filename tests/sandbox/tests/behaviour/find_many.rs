//! Paged history and messages by their ids.

use serde_json::{Value, json};

use crate::desk::{Call, Desk, TEAM, seeded};

const ALWAYS: &str = "begin_time=0&end_time=9999999999999";

fn history(conversation: &str, query: &str) -> Call {
    let conversation = conversation.replace('|', "%7C");
    Call::new("GET", &format!("/yunxin/im/v2.1/conversations/{conversation}/messages?{query}"), "")
}

fn by_ids(conversation: &str, messages: &Value) -> Call {
    let path = format!("/yunxin/im/v2.1/conversations/{}/batch_messages", conversation.replace('|', "%7C"));
    Call::new("POST", &path, &json!({ "messages": messages }).to_string())
}

/// The last digits of the ids of a page, its token and whether there is more.
fn page(data: &Value) -> (Vec<i64>, Option<String>, bool) {
    let items = data["items"].as_array().expect("a list");
    let ids = items.iter().map(|it| it["message_server_id"].as_i64().expect("an id") - seeded(0));
    let next = data["next_token"].as_str().map(str::to_owned);
    (ids.collect(), next, data["has_more"].as_bool().expect("a switch"))
}

async fn read(desk: &Desk, call: Call) -> (Vec<i64>, Option<String>, bool) {
    let answer = desk.send(call).await.json();
    assert_eq!(answer["code"], 200, "{answer}");
    page(&answer["data"])
}

#[tokio::test]
async fn history_comes_newest_first_in_pages_and_descending_turns_it_round() {
    let desk = Desk::new();
    let mut seen = Vec::new();
    let mut token = String::new();
    loop {
        let query = format!("{ALWAYS}&limit=3&page_token={token}");
        let (ids, next, more) = read(&desk, history("zhangsan|1|lisi", &query)).await;
        assert_eq!(more, next.is_some());
        seen.extend(ids);
        match next {
            Some(next) => token = next,
            None => break,
        }
    }
    assert_eq!(seen, [19, 53, 51, 49, 47, 43, 31, 33]);
    let turned = format!("{ALWAYS}&limit=100&descending=true");
    let (ids, next, _) = read(&desk, history("zhangsan|1|lisi", &turned)).await;
    seen.reverse();
    assert_eq!((ids, next), (seen, None));
    let (ids, ..) =
        read(&desk, history("lisi|1|zhangsan", &format!("{ALWAYS}&limit=9&message_type=2,3"))).await;
    assert_eq!(ids, [49, 47]);
    let (ids, ..) = read(&desk, history(&format!("lisi|2|{TEAM}"), &format!("{ALWAYS}&limit=9"))).await;
    assert_eq!(ids, [21, 39, 27]);
    assert!(desk.effects().await.is_empty());
}

#[tokio::test]
async fn history_shows_whole_items_after_an_edit_and_only_the_range() {
    let desk = Desk::new();
    let edit = desk.edit_of(seeded(19), "zhangsan").await;
    assert_eq!(desk.code(Call::modify(&edit)).await, 200);
    let time = &edit["message"]["time"];
    let range = format!("begin_time={time}&end_time={time}&limit=1");
    let answer = desk.send(history("zhangsan|1|lisi", &range)).await.json();
    let found = desk.send(Call::find("zhangsan|1|lisi", seeded(19), &format!("message_time={time}"))).await;
    assert_eq!(answer["data"]["items"], json!([found.json()["data"]]));
    assert_eq!(answer["data"]["items"][0]["text"], "改正后的内容");
    assert_eq!(answer["data"]["items"][0]["modify_account_id"], "zhangsan");
}

#[tokio::test]
async fn history_is_read_strictly() {
    let desk = Desk::new();
    for (query, field) in [
        ("end_time=1&limit=1", "begin_time"),
        ("begin_time=1&limit=1", "end_time"),
        ("begin_time=1&end_time=2", "limit"),
        ("begin_time=1&end_time=2&limit=0", "limit"),
        ("begin_time=1&end_time=2&limit=101", "limit"),
        ("begin_time=1&end_time=2&limit=1&page_token=zz", "page_token"),
        ("begin_time=1&end_time=2&limit=1&descending=1", "descending"),
        ("begin_time=1&end_time=2&limit=1&message_type=0,", "message_type"),
        ("begin_time=1&end_time=2&limit=1&check_team_valid=true", "check_team_valid"),
        ("begin_time=1&end_time=2&limit=1&include_no_sense_msg=yes", "include_no_sense_msg"),
        ("begin_time=1&end_time=2&limit=1&order=up", "order"),
    ] {
        desk.refuses(history("zhangsan|1|lisi", query), field).await;
    }
    let code = |conversation: &'static str, query: &'static str| desk.code(history(conversation, query));
    assert_eq!(code("zhangsan|1|lisi", "begin_time=2&end_time=1&limit=1").await, 107_439);
    assert_eq!(code("nobody|1|lisi", "begin_time=1&end_time=1&limit=1").await, 102_404);
    assert_eq!(code("lisi|2|999", "begin_time=1&end_time=1&limit=1").await, 108_404);
    assert_eq!(code("lisi|2|999", "begin_time=1&end_time=1&limit=1&check_team_valid=false").await, 200);
}

#[tokio::test]
async fn ids_that_are_not_there_are_reported_beside_those_that_are() {
    let desk = Desk::new();
    let time = desk.message(seeded(19)).await.expect("a message")["create_time"].clone();
    let wanted = json!([
        { "message_server_id": seeded(19), "create_time": time },
        { "message_server_id": seeded(29), "create_time": 1 },
    ]);
    let data = desk.send(by_ids("zhangsan|1|lisi", &wanted)).await.json()["data"].clone();
    assert_eq!(data["success_list"][0]["text"], "活动今晚八点开始");
    assert_eq!(data["success_list"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        data["failed_list"],
        json!([{ "message_server_id": seeded(29), "create_time": 1, "error_code": 107_404,
                 "error_msg": "message not exist" }])
    );
    desk.refuses(by_ids("zhangsan|1|lisi", &json!([])), "messages").await;
    let row = json!({ "message_server_id": 1, "create_time": 1 });
    desk.refuses(by_ids("zhangsan|1|lisi", &json!(vec![row; 101])), "messages").await;
    desk.refuses(by_ids("zhangsan|1|lisi", &json!([{ "message_server_id": 1 }])), "messages.0.create_time")
        .await;
    let more = json!([{ "message_server_id": 1, "create_time": 1, "x": 1 }]);
    desk.refuses(by_ids("zhangsan|1|lisi", &more), "messages.0.x").await;
}
