use serde_json::{Value, json};

use super::caller::{code, done, place, refuses, text, with, without};
use crate::desk::{Desk, machine_seconds};

const FIND: &str = "openim/admin_getroammsg";

fn question(operator: &str, peer: &str) -> Value {
    let now = machine_seconds();
    json!({ "Operator_Account": operator, "Peer_Account": peer, "MaxCnt": 100,
        "MinTime": now - 30 * 86_400, "MaxTime": now + 60 })
}

fn rows(page: &Value) -> Vec<Value> {
    page["MsgList"].as_array().expect("a list").clone()
}

fn seqs(page: &Value) -> Vec<u64> {
    rows(page).iter().map(|row| row["MsgSeq"].as_u64().expect("a number")).collect()
}

#[tokio::test]
async fn a_row_has_what_the_writing_calls_want() {
    let desk = Desk::new();
    let page = done(&desk, FIND, &question("zhangsan", "wangwu")).await;
    let place = place(&desk, 1004).await;
    assert_eq!(seqs(&page), [1004]);
    let row = &rows(&page)[0];
    for key in ["From_Account", "To_Account", "MsgKey"] {
        assert_eq!(row[key], place[key]);
    }
    assert_eq!(
        (&row["MsgRandom"], &row["IsPeerRead"], &row["MsgFlagBits"]),
        (&json!(2004), &json!(0), &json!(0))
    );
    assert_eq!(row["MsgBody"], text("十分钟前的消息"));
    assert!(row.get("CloudCustomData").is_none());
    assert_eq!((&page["Complete"], &page["MsgCnt"]), (&json!(1), &json!(1)));
    assert_eq!((&page["LastMsgKey"], &page["LastMsgTime"]), (&row["MsgKey"], &row["MsgTimeStamp"]));
}

#[tokio::test]
async fn recalled_messages_are_marked_and_expired_ones_are_gone() {
    let desk = Desk::new();
    let page = done(&desk, FIND, &question("zhangsan", "lisi")).await;
    let row = rows(&page).into_iter().find(|row| row["MsgSeq"] == 1007).expect("recalled");
    assert_eq!(row["MsgFlagBits"], 8);
    assert!(!seqs(&page).contains(&1006));
    assert_eq!(rows(&page)[0]["CloudCustomData"], "云端自定义数据");
    let times: Vec<_> = rows(&page).iter().map(|row| row["MsgTimeStamp"].as_i64()).collect();
    assert!(times.is_sorted());
}

#[tokio::test]
async fn each_side_has_a_view_of_its_own() {
    let desk = Desk::new();
    let (one, other) = (question("lisi", "administrator"), question("administrator", "lisi"));
    assert_eq!(seqs(&done(&desk, FIND, &one).await), [1008]);
    let empty = done(&desk, FIND, &other).await;
    assert_eq!(
        (&empty["Complete"], &empty["MsgCnt"], &empty["LastMsgKey"]),
        (&json!(1), &json!(0), &json!(""))
    );
}

#[tokio::test]
async fn pages_are_cut_at_thirteen_k_and_go_back_in_time() {
    let desk = Desk::new();
    let (mut ask, mut seen, mut pages) = (question("user0001", "user0002"), Vec::new(), 0);
    loop {
        let page = done(&desk, FIND, &ask).await;
        pages += 1;
        assert!(page["MsgList"].to_string().len() < 14_000);
        let mut older = seqs(&page);
        older.extend(seen);
        seen = older;
        assert_eq!(page["LastMsgKey"], rows(&page)[0]["MsgKey"]);
        if page["Complete"] == 1 {
            break;
        }
        ask = with(
            &with(&ask, "MaxTime", page["LastMsgTime"].clone()),
            "LastMsgKey",
            page["LastMsgKey"].clone(),
        );
    }
    assert_eq!(seen, (2_001..=2_060).collect::<Vec<_>>());
    assert!(pages > 2, "{pages} pages");
}

#[tokio::test]
async fn max_cnt_and_the_range_bound_a_page() {
    let desk = Desk::new();
    let ask = with(&question("user0001", "user0002"), "MaxCnt", json!(5));
    let page = done(&desk, FIND, &ask).await;
    assert_eq!((seqs(&page), &page["Complete"]), ((2_056..=2_060).collect(), &json!(0)));
    let first = rows(&page)[0]["MsgTimeStamp"].clone();
    let narrow = with(&with(&ask, "MinTime", first.clone()), "MaxTime", first);
    let page = done(&desk, FIND, &narrow).await;
    assert_eq!((seqs(&page), &page["Complete"]), (vec![2_056], &json!(1)));
}

#[tokio::test]
async fn the_storage_may_be_longer() {
    let desk = Desk::new();
    desk.control("POST", "tencent/limits", json!({ "storage_seconds": 30 * 86_400 })).await;
    assert!(seqs(&done(&desk, FIND, &question("zhangsan", "lisi")).await).contains(&1006));
}

#[tokio::test]
async fn wrong_fields_have_their_codes() {
    let desk = Desk::new();
    let body = question("user0001", "user0002");
    for (key, expected) in [
        ("Operator_Account", 90_008),
        ("Peer_Account", 90_003),
        ("MaxCnt", 20_001),
        ("MinTime", 20_001),
        ("MaxTime", 20_001),
    ] {
        refuses(&desk, FIND, &without(&body, key), expected, key).await;
        refuses(&desk, FIND, &with(&body, key, json!([])), expected, key).await;
    }
    for (key, value, expected) in [
        ("Operator_Account", json!("nobody"), 90_008),
        ("Peer_Account", json!("nobody"), 90_003),
        ("MaxCnt", json!(0), 20_001),
        ("MinTime", json!(9_999_999_999_u64), 20_001),
        ("LastMsgKey", json!(""), 90_054),
        ("LastMsgKey", json!("1_2_3"), 90_054),
        ("From_Account", json!("user0001"), 20_001),
    ] {
        refuses(&desk, FIND, &with(&body, key, value), expected, key).await;
    }
    // The cursor belongs to its time.
    let page = done(&desk, FIND, &body).await;
    let next = with(&body, "LastMsgKey", page["LastMsgKey"].clone());
    assert_eq!(code(&desk, FIND, &next).await, 90_054);
}
