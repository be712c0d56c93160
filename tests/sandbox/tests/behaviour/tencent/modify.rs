use serde_json::{Value, json};

use super::caller::{call, code, done, place, refuses, seeded, text, with, without};
use crate::desk::Desk;

const MODIFY: &str = "openim/modify_c2c_msg";

#[tokio::test]
async fn a_modified_message_changes_and_the_answer_says_succeed() {
    let desk = Desk::new();
    let body = with(&place(&desk, 1001).await, "MsgBody", text("改正后的内容"));
    let answer = done(&desk, MODIFY, &body).await;
    assert_eq!(answer, json!({ "ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "succeed" }));
    let stored = seeded(&desk, 1001).await;
    assert_eq!(stored["MsgBody"], text("改正后的内容"));
    let effects = desk.effects().await;
    assert_eq!(effects.len(), 1);
    assert_eq!(
        (&effects[0]["change"], &effects[0]["operation"]),
        (&json!("modified"), &json!("tencent.modify_c2c"))
    );
    assert_eq!(
        (&effects[0]["message_server_id"], &effects[0]["app_key"]),
        (&body["MsgKey"], &json!("1400000001"))
    );
    assert_eq!(effects[0]["detail"]["before"]["MsgBody"], text("活动今晚八点开始"));
}

#[tokio::test]
async fn what_is_sent_replaces_and_what_is_absent_stays() {
    let desk = Desk::new();
    let place = place(&desk, 1005).await;
    done(&desk, MODIFY, &with(&place, "CloudCustomData", json!("新数据"))).await;
    let stored = seeded(&desk, 1005).await;
    assert_eq!((&stored["MsgBody"], &stored["CloudCustomData"]), (&text("三天前的消息"), &json!("新数据")));
    done(&desk, MODIFY, &with(&place, "MsgBody", text("只改正文"))).await;
    let stored = seeded(&desk, 1005).await;
    assert_eq!((&stored["MsgBody"], &stored["CloudCustomData"]), (&text("只改正文"), &json!("新数据")));
    let both = with(&with(&place, "MsgBody", text("都改")), "CloudCustomData", json!(""));
    done(&desk, MODIFY, &both).await;
    assert_eq!(seeded(&desk, 1005).await["CloudCustomData"], "");
}

#[tokio::test]
async fn wrong_fields_have_their_codes() {
    let desk = Desk::new();
    let body = with(&place(&desk, 1001).await, "MsgBody", text("一"));
    for (key, expected) in [("From_Account", 90_008), ("To_Account", 90_003), ("MsgKey", 90_054)] {
        refuses(&desk, MODIFY, &without(&body, key), expected, key).await;
        for value in [json!(""), json!(1), Value::Null, json!("x".repeat(51))] {
            refuses(&desk, MODIFY, &with(&body, key, value), expected, key).await;
        }
    }
    refuses(&desk, MODIFY, &without(&body, "MsgBody"), 20_001, "MsgBody").await;
    for (value, expected) in [
        (json!({}), 90_007),
        (json!([]), 90_002),
        (json!(["hello"]), 90_002),
        (json!([{ "MsgType": "TIMTextElem" }]), 90_002),
        (json!([{ "MsgType": "TIMTextElem", "MsgContent": "hello" }]), 90_002),
        (json!([{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "a" }, "Order": 1 }]), 90_002),
        (json!([{ "MsgType": "TIMTextElem", "MsgContent": { "text": "a" } }]), 90_010),
        (json!([{ "MsgType": "TIMRedPacketElem", "MsgContent": {} }]), 90_010),
        (text("违禁词"), 80_001),
        (text(&"中".repeat(4_096)), 93_000),
    ] {
        assert_eq!(code(&desk, MODIFY, &with(&body, "MsgBody", value.clone())).await, expected, "{value}");
    }
    for key in ["CloudCustomData", "MsgRandom", "OfflinePushInfo", "from_account"] {
        refuses(&desk, MODIFY, &with(&body, key, json!({})), 20_001, key).await;
    }
    assert!(desk.effects().await.is_empty());
}

#[tokio::test]
async fn twelve_k_are_the_body_and_the_custom_data_together() {
    let desk = Desk::new();
    let body = with(&place(&desk, 1001).await, "MsgBody", text(""));
    let frame = body["MsgBody"].to_string().len();
    let filled = |text_bytes: usize, custom_bytes: usize| {
        let body = with(&body, "MsgBody", text(&"a".repeat(text_bytes)));
        with(&body, "CloudCustomData", json!("b".repeat(custom_bytes)))
    };
    assert_eq!(code(&desk, MODIFY, &filled(12_288 - frame - 10, 10)).await, 0);
    assert_eq!(code(&desk, MODIFY, &filled(12_288 - frame - 10, 11)).await, 93_000);
    let only_custom = json!({ "From_Account": body["From_Account"], "To_Account": body["To_Account"],
        "MsgKey": body["MsgKey"], "CloudCustomData": "b".repeat(11) });
    assert_eq!(code(&desk, MODIFY, &only_custom).await, 93_000);
}

#[tokio::test]
async fn only_a_stored_message_of_that_direction_can_be_modified() {
    let desk = Desk::new();
    let edit = |place: &Value| with(place, "MsgBody", text("一"));
    assert_eq!(code(&desk, MODIFY, &edit(&place(&desk, 1006).await)).await, 20_026);
    assert_eq!(code(&desk, MODIFY, &edit(&place(&desk, 1007).await)).await, 20_023);
    let first = place(&desk, 1001).await;
    let turned = with(&with(&first, "From_Account", json!("lisi")), "To_Account", json!("zhangsan"));
    assert_eq!(code(&desk, MODIFY, &edit(&turned)).await, 20_026);
    assert_eq!(code(&desk, MODIFY, &edit(&with(&first, "MsgKey", json!("1_2_3")))).await, 20_026);
    assert_eq!(code(&desk, MODIFY, &edit(&with(&first, "From_Account", json!("nobody")))).await, 20_003);
    assert_eq!(code(&desk, MODIFY, &edit(&with(&first, "To_Account", json!("nobody")))).await, 90_012);
    desk.control("POST", "tencent/limits", json!({ "storage_seconds": 30 * 86_400 })).await;
    assert_eq!(code(&desk, MODIFY, &edit(&place(&desk, 1006).await)).await, 0);
}

#[tokio::test]
async fn a_stored_element_may_be_sent_back_as_it_is() {
    let desk = Desk::new();
    let stored = seeded(&desk, 1016).await;
    let place = place(&desk, 1016).await;
    let mut elements = stored["MsgBody"].as_array().expect("a list").clone();
    elements.push(text("补充")[0].clone());
    assert_eq!(code(&desk, MODIFY, &with(&place, "MsgBody", json!(elements))).await, 0);
    elements[0]["MsgContent"]["Second"] = json!(2);
    assert_eq!(code(&desk, MODIFY, &with(&place, "MsgBody", json!(elements))).await, 90_010);
}

#[tokio::test]
async fn two_apps_know_nothing_of_each_other() {
    let desk = Desk::new();
    let body = with(&place(&desk, 1001).await, "MsgBody", text("一"));
    let other = super::caller::Url::signed(
        1_400_000_002,
        "administrator",
        "practice-secret-key-2",
        crate::desk::machine_seconds(),
    );
    assert_eq!(super::caller::told(&desk.send(other.call(MODIFY, &body)).await).0, 20_003);
    assert_eq!(super::caller::told(&desk.send(call(MODIFY, &body)).await).0, 0);
}
