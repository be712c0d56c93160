use serde_json::{Value, json};

use crate::desk::{Call, Desk, seeded};

fn search(query: &str) -> Call {
    Call::new("GET", &format!("/yunxin/im/v2.1/messages/actions/search_messages?{query}"), "")
}

async fn found(desk: &Desk, query: &str) -> Vec<i64> {
    let answer = desk.send(search(query)).await.json();
    assert_eq!(answer["code"], 200, "{query}: {answer}");
    let items = answer["data"]["items"].as_array().expect("a list");
    assert_eq!(answer["data"]["count"], json!(items.len()));
    items.iter().map(|it| it["message_server_id"].as_i64().expect("an id") - seeded(0)).collect()
}

#[tokio::test]
async fn only_what_the_operator_sees_and_the_filters_allow_is_found() {
    let desk = Desk::new();
    // ["消息"], percent-encoded
    let words = "keyword_list=%5B%22%E6%B6%88%E6%81%AF%22%5D";
    assert_eq!(found(&desk, &format!("operator_id=wangwu&{words}")).await, [45, 41, 39, 35, 29]);
    let narrowed =
        format!("operator_id=zhangsan&conversation_id=zhangsan%7C1%7Clisi&{words}&diretion=1&limit=10");
    assert_eq!(found(&desk, &narrowed).await, [33, 31]);
    let both = "keyword_list=%5B%22%E6%B6%88%E6%81%AF%22%2C%22%E5%85%AB%22%5D";
    assert_eq!(found(&desk, &format!("operator_id=zhangsan&{both}&keyword_match_type=1")).await, [31]);
    assert_eq!(found(&desk, "operator_id=lisi&message_types=1").await, [23]);
    assert_eq!(found(&desk, "operator_id=lisi&sender_account_ids=disabled01,muted01").await, [57, 55]);
    assert_eq!(found(&desk, "operator_id=wangwu&message_types=100&message_sub_types=8").await, [0_i64; 0]);
    let minute = "operator_id=zhangsan&sender_account_ids=zhangsan&message_types=0&time_period=60000";
    assert_eq!(found(&desk, minute).await, [19, 45, 41]);
    assert_eq!(found(&desk, "operator_id=left01&sender_account_ids=vip_kefu_03").await, [0_i64; 0]);
}

#[tokio::test]
async fn pages_follow_each_other_and_the_count_is_of_all() {
    let desk = Desk::new();
    let first = desk.send(search("operator_id=lisi&message_types=0&limit=1")).await.json()["data"].clone();
    assert_eq!(first["has_more"], true);
    assert!(first["count"].as_i64().is_some_and(|count| count > 1));
    let token = first["next_token"].as_str().expect("a token");
    let second = format!("operator_id=lisi&message_types=0&limit=1&page_token={token}");
    let second = desk.send(search(&second)).await.json()["data"].clone();
    assert_ne!(first["items"][0], second["items"][0]);
}

#[tokio::test]
async fn a_search_is_read_strictly() {
    let desk = Desk::new();
    for (query, field) in [
        ("message_types=0", "operator_id"),
        ("operator_id=lisi", "keyword_list"),
        ("operator_id=lisi&message_types=x", "message_types"),
        ("operator_id=lisi&sender_account_ids=a,b,c,d,e,f", "sender_account_ids"),
        ("operator_id=lisi&keyword_list=word", "keyword_list"),
        ("operator_id=lisi&message_types=0&keyword_match_type=2", "keyword_match_type"),
        ("operator_id=lisi&message_types=0&diretion=2", "diretion"),
        ("operator_id=lisi&message_types=0&limit=101", "limit"),
        ("operator_id=lisi&message_types=0&conversation_id=zhangsan%7C1%7Clisi", "conversation_id"),
        ("operator_id=lisi&message_types=0&conversation_id=lisi", "conversation_id"),
        ("operator_id=lisi&message_types=0&more=1", "more"),
    ] {
        desk.refuses(search(query), field).await;
    }
    assert_eq!(desk.code(search("operator_id=nobody&message_types=0")).await, 102_404);
    assert_eq!(desk.effects().await, Vec::<Value>::new());
}
