use serde_json::{Value, json};

use super::caller::{GROUP, code, done, messages, refuses, text, with, without};
use crate::desk::Desk;

const MODIFY: &str = "openim/modify_group_msg";
const RECALL: &str = "group_open_http_svc/group_msg_recall";
const FIND: &str = "group_open_http_svc/group_msg_get_simple";
const SEND: &str = "group_open_http_svc/send_group_msg";
const BY_SENDER: &str = "group_open_http_svc/delete_group_msg_by_sender";

fn letter() -> Value {
    json!({ "GroupId": GROUP, "Random": 8, "From_Account": "zhangsan", "MsgBody": text("大家好") })
}

fn recall(group: &str, seqs: &[u64]) -> Value {
    let seqs: Vec<Value> = seqs.iter().map(|seq| json!({ "MsgSeq": seq })).collect();
    json!({ "GroupId": group, "MsgSeqList": seqs })
}

async fn stored(desk: &Desk, group: &str, seq: u64) -> Value {
    let is_it = |it: &Value| it["GroupId"] == group && it["MsgSeq"] == seq && it.get("TopicId").is_none();
    messages(desk).await.into_iter().find(is_it).expect("a message")
}

fn seqs(page: &Value) -> Vec<u64> {
    let rows = page["RspMsgList"].as_array().expect("a list");
    rows.iter().map(|row| row["MsgSeq"].as_u64().expect("a number")).collect()
}

#[tokio::test]
async fn a_sent_message_gets_the_next_number() {
    let desk = Desk::new();
    let first = done(&desk, SEND, &letter()).await;
    assert_eq!((&first["MsgSeq"], &first["ErrorInfo"]), (&json!(31), &json!("")));
    assert!(first["MsgTime"].is_i64() && first.get("MsgDropReason").is_none());
    // The same content and Random within five minutes are dropped.
    assert_eq!(done(&desk, SEND, &letter()).await, first);
    assert_eq!(done(&desk, SEND, &with(&letter(), "Random", json!(9))).await["MsgSeq"], 32);
    desk.shift(301_000).await;
    assert_eq!(done(&desk, SEND, &letter()).await["MsgSeq"], 33);
    let effects = desk.effects().await;
    assert_eq!(effects.len(), 3);
    assert_eq!((&effects[0]["message_server_id"], &effects[0]["receiver_id"]), (&json!("31"), &json!(GROUP)));
    assert_eq!(effects[0]["conversation_type"], 2);
}

#[tokio::test]
async fn every_field_of_a_group_message_is_checked() {
    let desk = Desk::new();
    for (key, expected) in [("GroupId", 10_015), ("Random", 10_004), ("MsgBody", 10_004)] {
        refuses(&desk, SEND, &without(&letter(), key), expected, key).await;
    }
    for (key, value, expected) in [
        ("GroupId", json!("群"), 10_015),
        ("GroupId", json!("g".repeat(49)), 10_015),
        ("Random", json!(-1), 10_004),
        ("MsgPriority", json!("Lowest"), 10_004),
        ("MsgBody", json!({}), 10_004),
        ("MsgBody", text(&"a".repeat(12_288)), 80_002),
        ("From_Account", json!("nobody"), 10_019),
        ("From_Account", json!("quiet01"), 10_017),
        ("OfflinePushInfo", json!(1), 90_043),
        ("OnlineOnlyFlag", json!(2), 10_004),
        ("SendMsgControl", json!(["WithMuteNotifications"]), 10_004),
        ("To_Account", json!([]), 10_004),
        ("To_Account", json!(vec!["lisi"; 51]), 10_004),
        ("TopicId", json!("t"), 10_004),
        ("GroupAtInfo", json!(vec![json!({ "GroupAtAllFlag": 1 }); 31]), 10_053),
        ("MsgRandom", json!(1), 10_004),
    ] {
        refuses(&desk, SEND, &with(&letter(), key, value), expected, key).await;
    }
    assert_eq!(code(&desk, SEND, &with(&letter(), "GroupId", json!("nowhere"))).await, 10_010);
    let silent = with(&with(&letter(), "OnlineOnlyFlag", json!(1)), "SendMsgControl", json!(["NoUnread"]));
    refuses(&desk, SEND, &silent, 10_004, "SendMsgControl").await;
    for at in [json!({ "GroupAtAllFlag": 0 }), json!({ "GroupAtAllFlag": 1, "GroupAt_Account": "lisi" })] {
        refuses(
            &desk,
            SEND,
            &with(&letter(), "GroupAtInfo", json!([at])),
            10_004,
            "GroupAtInfo.0.GroupAt_Account",
        )
        .await;
    }
    assert!(desk.effects().await.is_empty());
    let mut body = letter();
    for (key, value) in [
        ("MsgPriority", json!("High")),
        ("ForbidCallbackControl", json!(["ForbidAfterSendMsgCallback"])),
        ("SendMsgControl", json!(["NoLastMsg", "NoUnread"])),
        ("CloudCustomData", json!("x")),
        ("SupportMessageExtension", json!(1)),
        ("To_Account", json!(["lisi"])),
        ("GroupAtInfo", json!([{ "GroupAtAllFlag": 1 }, { "GroupAtAllFlag": 0, "GroupAt_Account": "lisi" }])),
    ] {
        body = with(&body, key, value);
    }
    done(&desk, SEND, &body).await;
    assert_eq!(stored(&desk, GROUP, 31).await["MsgPriority"], 1);
}

#[tokio::test]
async fn a_group_takes_so_many_messages_a_second() {
    let desk = Desk::new();
    desk.control("POST", "tencent/limits", json!({ "group_messages_per_second": 1 })).await;
    for (group, code_then) in [(GROUP, 10_023), ("live01", 0)] {
        let to = |random: u32| with(&with(&letter(), "GroupId", json!(group)), "Random", json!(random));
        assert!(done(&desk, SEND, &to(1)).await.get("MsgDropReason").is_none());
        assert_eq!(code(&desk, SEND, &to(2)).await, code_then);
    }
    let live = with(&with(&letter(), "GroupId", json!("live01")), "Random", json!(3));
    assert_eq!(done(&desk, SEND, &live).await["MsgDropReason"], "MsgFreqCtrl");
    assert_eq!(desk.effects().await.len(), 2);
}

#[tokio::test]
async fn a_group_message_is_modified_in_every_type_but_a_live_room() {
    let desk = Desk::new();
    for group in [GROUP, "work01", "meeting01", "community01"] {
        let body = json!({ "GroupId": group, "MsgSeq": 3, "MsgBody": text("改"), "CloudCustomData": "c" });
        assert_eq!(done(&desk, MODIFY, &body).await["ErrorInfo"], "succeed");
        assert_eq!(stored(&desk, group, 3).await["MsgBody"], text("改"));
    }
    let live = json!({ "GroupId": "live01", "MsgSeq": 2, "MsgBody": text("改") });
    assert_eq!(code(&desk, MODIFY, &live).await, 10_007);
    let body = json!({ "GroupId": GROUP, "MsgSeq": 3, "MsgBody": text("改") });
    for (key, value, expected) in [
        ("MsgSeq", json!(1), 20_026),
        ("MsgSeq", json!(99), 20_026),
        ("MsgSeq", json!(5), 20_023),
        ("MsgSeq", json!("3"), 90_004),
        ("GroupId", json!(""), 90_003),
        ("GroupId", json!("nowhere"), 10_010),
        ("MsgBody", json!({}), 90_007),
        ("MsgBody", json!([{}]), 90_002),
        ("TopicId", json!("t"), 10_004),
        ("From_Account", json!("zhangsan"), 20_001),
    ] {
        assert_eq!(code(&desk, MODIFY, &with(&body, key, value.clone())).await, expected, "{key} {value}");
    }
    assert_eq!(code(&desk, MODIFY, &without(&body, "MsgBody")).await, 20_001);
}

#[tokio::test]
async fn a_recall_answers_for_each_message() {
    let desk = Desk::new();
    let answer = done(&desk, RECALL, &with(&recall(GROUP, &[30, 99, 5, 1]), "Reason", json!("发错"))).await;
    assert_eq!(
        answer["RecallRetList"],
        json!([{ "MsgSeq": 30, "RetCode": 0 }, { "MsgSeq": 99, "RetCode": 10_030 }, { "MsgSeq": 5, "RetCode": 10_030 },
            { "MsgSeq": 1, "RetCode": 10_031 }])
    );
    assert_eq!((&answer["ActionStatus"], &answer["ErrorCode"]), (&json!("OK"), &json!(0)));
    assert_eq!(stored(&desk, GROUP, 30).await["recalled"], true);
    assert_eq!(desk.effects().await[0]["detail"], json!({ "type": "recalled", "reason": "发错" }));
    let live = done(&desk, RECALL, &recall("live01", &[1, 2])).await;
    assert_eq!(live["RecallRetList"][0]["RetCode"], 10_031);
    assert_eq!(live["RecallRetList"][1]["RetCode"], 0);
    for (key, value) in [
        ("MsgSeqList", json!([])),
        ("MsgSeqList", json!([3])),
        ("MsgSeqList", json!([{ "MsgSeq": "3" }])),
        ("MsgSeqList", json!([{ "MsgSeq": 3, "Topic": 1 }])),
        ("MsgSeqList", json!(vec![json!({ "MsgSeq": 3 }); 11])),
        ("Reason", json!("中".repeat(34))),
        ("MsgSeq", json!(3)),
    ] {
        assert_eq!(
            code(&desk, RECALL, &with(&recall(GROUP, &[3]), key, value.clone())).await,
            10_004,
            "{key} {value}"
        );
    }
    assert_eq!(code(&desk, RECALL, &recall("nowhere", &[1])).await, 10_010);
}

#[tokio::test]
async fn history_falls_from_the_newest_and_twenty_come_at_most() {
    let desk = Desk::new();
    let ask = |number: u64| json!({ "GroupId": GROUP, "ReqMsgNumber": number });
    let page = done(&desk, FIND, &ask(100)).await;
    assert_eq!((seqs(&page), &page["IsFinished"]), ((11..=30).rev().collect(), &json!(0)));
    assert_eq!(page["GroupId"], GROUP);
    let row = &page["RspMsgList"][0];
    assert_eq!(row["MsgBody"], text("群里的第 30 条"));
    assert_eq!(
        (&row["IsPlaceMsg"], &row["MsgPriority"], &row["MsgRandom"]),
        (&json!(0), &json!(2), &json!(9030))
    );
    let next = done(&desk, FIND, &with(&ask(20), "ReqMsgSeq", json!(10))).await;
    // 5 is recalled and left out; 2 and 1 are too old and only keep their place.
    assert_eq!((seqs(&next), &next["IsFinished"]), (vec![10, 9, 8, 7, 6, 4, 3, 2, 1], &json!(1)));
    assert_eq!(next["RspMsgList"][8], json!({ "IsPlaceMsg": 1, "MsgBody": [], "MsgSeq": 1 }));
    let recalled = with(&with(&ask(1), "ReqMsgSeq", json!(5)), "WithRecalledMsg", json!(1));
    assert_eq!(done(&desk, FIND, &recalled).await["RspMsgList"][0]["IsPlaceMsg"], 2);
    assert_eq!(code(&desk, FIND, &with(&ask(1), "GroupId", json!("live01"))).await, 10_044);
    desk.shift(8 * 86_400_000).await;
    let then = crate::desk::machine_seconds() + 8 * 86_400;
    let later =
        super::caller::Url::signed(super::caller::APP, super::caller::ADMIN, super::caller::KEY, then);
    let page = desk.send(later.call(FIND, &ask(21))).await.json();
    assert_eq!(page["IsFinished"], 2);
}

#[tokio::test]
async fn wrong_questions_are_refused() {
    let desk = Desk::new();
    let ask = json!({ "GroupId": GROUP, "ReqMsgNumber": 20 });
    refuses(&desk, FIND, &without(&ask, "GroupId"), 10_015, "GroupId").await;
    refuses(&desk, FIND, &without(&ask, "ReqMsgNumber"), 10_004, "ReqMsgNumber").await;
    for (key, value) in
        [("ReqMsgNumber", json!(0)), ("ReqMsgSeq", json!("1")), ("WithRecalledMsg", json!(true))]
    {
        refuses(&desk, FIND, &with(&ask, key, value), 10_004, key).await;
    }
}

#[tokio::test]
async fn everything_one_member_said_is_recalled_silently() {
    let desk = Desk::new();
    let body = json!({ "GroupId": GROUP, "Sender_Account": "zhangsan" });
    assert_eq!(done(&desk, BY_SENDER, &body).await.as_object().map(serde_json::Map::len), Some(3));
    // 1 is too old; 4, 7 … 28 are zhangsan's.
    let seqs: Vec<Value> =
        desk.effects().await.into_iter().map(|it| it["message_server_id"].clone()).collect();
    assert_eq!(seqs, ["4", "7", "10", "13", "16", "19", "22", "25", "28"]);
    let live = json!({ "GroupId": "live01", "Sender_Account": "zhangsan" });
    done(&desk, BY_SENDER, &live).await;
    assert_eq!(desk.effects().await.len(), 9);
    refuses(&desk, BY_SENDER, &without(&body, "Sender_Account"), 10_004, "Sender_Account").await;
}

#[tokio::test]
async fn a_topic_is_a_row_of_its_own() {
    let desk = Desk::new();
    let topic = "community01_topic01";
    let said = with(&with(&letter(), "GroupId", json!("community01")), "TopicId", json!(topic));
    assert_eq!(done(&desk, SEND, &said).await["MsgSeq"], 4);
    assert_eq!(desk.effects().await[0]["receiver_id"], "community01/community01_topic01");
    let ask = json!({ "GroupId": "community01", "ReqMsgNumber": 20 });
    assert_eq!(seqs(&done(&desk, FIND, &ask).await), [3, 2, 1]);
    assert_eq!(seqs(&done(&desk, FIND, &with(&ask, "TopicId", json!(topic))).await), [4, 3, 2, 1]);
    done(&desk, RECALL, &with(&recall("community01", &[4]), "TopicId", json!(topic))).await;
    refuses(&desk, FIND, &with(&ask, "TopicId", json!("nowhere")), 10_004, "TopicId").await;
}
