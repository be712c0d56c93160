use serde_json::{Value, json};

use super::caller::{code, done, messages, refuses, text, told, with, without};
use crate::desk::Desk;

const SEND: &str = "openim/sendmsg";

fn letter() -> Value {
    json!({ "From_Account": "zhangsan", "To_Account": "lisi", "MsgSeq": 7, "MsgRandom": 8, "MsgBody": text("你好") })
}

#[tokio::test]
async fn a_sent_message_is_stored_for_both_sides_under_its_key() {
    let desk = Desk::new();
    let answer = done(&desk, SEND, &letter()).await;
    let time = answer["MsgTime"].as_i64().expect("seconds");
    assert_eq!(answer["MsgKey"], json!(format!("7_8_{time}")));
    assert_eq!(answer["ErrorInfo"], "");
    let all = messages(&desk).await;
    let stored = all.iter().find(|it| it["MsgKey"] == answer["MsgKey"]).expect("stored");
    assert_eq!(stored["seen_by"], json!(["lisi", "zhangsan"]));
    let effects = desk.effects().await;
    assert_eq!((&effects[0]["change"], &effects[0]["operation"]), (&json!("stored"), &json!("tencent.send")));
}

#[tokio::test]
async fn the_administrator_speaks_for_himself_when_nobody_is_named() {
    let desk = Desk::new();
    done(&desk, SEND, &with(&without(&letter(), "From_Account"), "SyncOtherMachine", json!(2))).await;
    let effect = desk.effects().await.remove(0);
    assert_eq!(effect["sender_id"], "administrator");
    let key = effect["message_server_id"].clone();
    let stored = messages(&desk).await.into_iter().find(|it| it["MsgKey"] == key).expect("stored");
    assert_eq!(stored["seen_by"], json!(["lisi"]));
}

#[tokio::test]
async fn online_only_messages_are_delivered_and_not_stored() {
    let desk = Desk::new();
    let before = messages(&desk).await.len();
    for (key, value) in [("OnlineOnlyFlag", 1), ("MsgLifeTime", 0)] {
        let answer = done(&desk, SEND, &with(&without(&letter(), "MsgSeq"), key, json!(value))).await;
        let recall = json!({ "From_Account": "zhangsan", "To_Account": "lisi", "MsgKey": answer["MsgKey"] });
        assert_eq!(code(&desk, "openim/admin_msgwithdraw", &recall).await, 20_022);
    }
    assert_eq!(messages(&desk).await.len(), before);
    assert!(desk.effects().await.iter().all(|effect| effect["change"] == "delivered"));
}

#[tokio::test]
async fn a_repeat_within_two_minutes_gives_the_first_answer_again() {
    let desk = Desk::new();
    let first = done(&desk, SEND, &letter()).await;
    assert_eq!(done(&desk, SEND, &letter()).await, first);
    // The receiver is not part of what is compared.
    assert_eq!(done(&desk, SEND, &with(&letter(), "To_Account", json!("wangwu"))).await, first);
    assert_eq!(desk.effects().await.len(), 1);
    for (key, value) in [("MsgSeq", json!(9)), ("MsgRandom", json!(9)), ("MsgBody", text("再见"))] {
        assert_ne!(done(&desk, SEND, &with(&letter(), key, value)).await["MsgKey"], first["MsgKey"]);
    }
    assert_eq!(desk.effects().await.len(), 4);
    desk.shift(121_000).await;
    assert_ne!(done(&desk, SEND, &letter()).await["MsgKey"], first["MsgKey"]);
    let without_seq = without(&letter(), "MsgSeq");
    assert_ne!(done(&desk, SEND, &without_seq).await, done(&desk, SEND, &without_seq).await);
}

#[tokio::test]
async fn wrong_fields_have_their_codes() {
    let desk = Desk::new();
    for (key, expected) in [("To_Account", 90_003), ("MsgRandom", 90_005), ("MsgBody", 90_002)] {
        refuses(&desk, SEND, &without(&letter(), key), expected, key).await;
    }
    for (key, value, expected) in [
        ("To_Account", json!(["lisi"]), 90_003),
        ("To_Account", json!("nobody"), 90_012),
        ("From_Account", json!(""), 90_008),
        ("From_Account", json!("nobody"), 90_048),
        ("MsgRandom", json!("8"), 90_005),
        ("MsgRandom", json!(4_294_967_296_u64), 90_005),
        ("MsgSeq", json!(-1), 90_004),
        ("MsgBody", json!({}), 90_007),
        ("SyncOtherMachine", json!(0), 90_031),
        ("SyncOtherMachine", json!("1"), 90_031),
        ("MsgLifeTime", json!("60"), 90_044),
        ("MsgLifeTime", json!(604_801), 90_026),
        ("OnlineOnlyFlag", json!(true), 20_001),
        ("IsNeedReadReceipt", json!(2), 20_001),
        ("SupportMessageExtension", json!("1"), 20_001),
        ("SendMsgControl", json!(["NoSound"]), 20_001),
        ("SendMsgControl", json!("NoUnread"), 20_001),
        ("ForbidCallbackControl", json!(["All"]), 20_001),
        ("CloudCustomData", json!({}), 20_001),
        ("MsgTimeStamp", json!(1), 20_001),
        ("OfflinePushInfo", json!("x"), 90_043),
    ] {
        refuses(&desk, SEND, &with(&letter(), key, value), expected, key).await;
    }
    let long = with(&letter(), "MsgBody", text(&"a".repeat(12_288)));
    assert_eq!(code(&desk, SEND, &long).await, 93_000);
    assert!(desk.effects().await.is_empty());
}

#[tokio::test]
async fn every_option_may_be_sent_and_a_push_is_checked_inside() {
    let desk = Desk::new();
    let push = json!({
        "PushFlag": 0, "Title": "标题", "Desc": "内容", "Ext": "{\"k\":1}",
        "AndroidInfo": { "Sound": "a.mp3", "HuaWeiChannelID": "1", "XiaoMiChannelID": "2", "OPPOChannelID": "3",
            "GoogleChannelID": "4", "VIVOClassification": 1, "HuaWeiImportance": "LOW", "HuaWeiCategory": "IM",
            "ExtAsHuaweiIntentParam": 1 },
        "ApnsInfo": { "Sound": "b.caf", "BadgeMode": 1, "Title": "t", "SubTitle": "s", "Image": "i", "MutableContent": 1 },
    });
    let mut body = with(&letter(), "OfflinePushInfo", push.clone());
    for (key, value) in [
        ("SyncOtherMachine", json!(1)),
        ("MsgLifeTime", json!(60)),
        ("OnlineOnlyFlag", json!(0)),
        ("ForbidCallbackControl", json!(["ForbidBeforeSendMsgCallback", "ForbidAfterSendMsgCallback"])),
        ("SendMsgControl", json!(["NoUnread", "NoLastMsg", "WithMuteNotifications"])),
        ("CloudCustomData", json!("{}")),
        ("SupportMessageExtension", json!(1)),
        ("IsNeedReadReceipt", json!(1)),
    ] {
        body = with(&body, key, value);
    }
    done(&desk, SEND, &body).await;
    for (pointer, value) in [
        ("/PushFlag", json!(2)),
        ("/Sound", json!("a.mp3")),
        ("/AndroidInfo/HuaWeiImportance", json!("HIGH")),
        ("/AndroidInfo/VIVOClassification", json!("1")),
        ("/AndroidInfo/Meizu", json!("1")),
        ("/ApnsInfo/BadgeMode", json!(true)),
        ("/ApnsInfo/Badge", json!(1)),
    ] {
        let push = crate::desk::put(&push, pointer, value);
        let field = format!("OfflinePushInfo{}", pointer.replace('/', "."));
        refuses(&desk, SEND, &with(&letter(), "OfflinePushInfo", push), 90_043, &field).await;
    }
}

#[tokio::test]
async fn a_key_that_is_taken_is_not_given_twice() {
    let desk = Desk::new();
    let first = done(&desk, SEND, &letter()).await;
    let other = done(&desk, SEND, &with(&letter(), "MsgBody", text("同一秒的另一条"))).await;
    assert_ne!(first["MsgKey"], other["MsgKey"]);
    let answer = desk.send(super::caller::call(SEND, &letter())).await;
    assert_eq!(told(&answer).0, 0);
}
