use serde_json::{Value, json};

use crate::desk::{Call, Desk, KEY, SECRET, TEAM, drop, machine_seconds, put, seeded};

const DAY: i64 = 24 * 60 * 60 * 1000;

#[tokio::test]
async fn a_modified_message_changes_and_the_answer_describes_it() {
    let desk = Desk::new();
    let id = seeded(19);
    let body = put(&desk.edit_of(id, "zhangsan").await, "/extension", json!("{\"k\":1}"));
    let data = desk.send(Call::modify(&body)).await.json()["data"].clone();
    assert_eq!(data["message_server_id"], json!(158_844_553_334_358_019_i64));
    assert_eq!(data["modify_account_id"], "zhangsan");
    assert!(data["modify_time"].is_i64());
    assert_eq!(data["text"], "改正后的内容");
    assert_eq!(data["extension"], "{\"k\":1}");
    assert_eq!(data["create_time"], body["message"]["time"]);
    let stored = desk.message(id).await.expect("still there");
    assert_eq!(stored["text"], "改正后的内容");
    assert_eq!(stored["message_server_id_text"], "158844553334358019");
    let effects = desk.effects().await;
    assert_eq!(effects.len(), 1);
    assert_eq!(effects[0]["change"], "modified");
    assert_eq!(effects[0]["operation"], "yunxin.modify");
    assert_eq!(effects[0]["detail"]["before"]["text"], "活动今晚八点开始");
}

#[tokio::test]
async fn every_editable_type_can_be_modified() {
    let desk = Desk::new();
    for tail in [19, 23, 25, 43, 47, 49, 51, 53] {
        let id = seeded(tail);
        let sender = desk.message(id).await.expect("seeded")["sender_id"].clone();
        let body = desk.edit_of(id, sender.as_str().expect("a name")).await;
        let answer = desk.send(Call::modify(&body)).await;
        assert_eq!(answer.code(), 200, "{tail}: {}", answer.text);
    }
}

#[tokio::test]
async fn every_required_field_is_named_when_missing() {
    let desk = Desk::new();
    let body = desk.edit_of(seeded(19), "zhangsan").await;
    for pointer in [
        "/operator",
        "/type",
        "/message",
        "/message/message_server_id",
        "/message/sender_id",
        "/message/receiver_id",
        "/message/time",
        "/message/message_type",
        "/message/text",
    ] {
        let field = pointer[1..].replace('/', ".");
        desk.refuses(Call::modify(&drop(&body, pointer)), &field).await;
    }
    let picture = desk.edit_of(seeded(23), "vip_kefu_03").await;
    desk.refuses(Call::modify(&drop(&picture, "/message/attachment")), "message.attachment").await;
}

#[tokio::test]
async fn wrong_types_values_and_unknown_fields_are_named() {
    let desk = Desk::new();
    let body = desk.edit_of(seeded(19), "zhangsan").await;
    let cases: Vec<(&str, Value)> = vec![
        ("/operator", json!(1)),
        ("/operator", json!("")),
        ("/type", json!(0)),
        ("/type", json!("1")),
        ("/message/message_server_id", json!("158844553334358019")),
        ("/message/message_server_id", json!(1.5)),
        ("/message/time", json!("1707035841692")),
        ("/message/message_type", json!(5)),
        ("/message/text", json!("")),
        ("/message/text", json!(7)),
        ("/message/text", Value::Null),
        ("/message/attachment", json!({})),
        ("/message/sub_type", json!(1)),
        ("/message/colour", json!(1)),
        ("/extension", json!("{k:1}")),
        ("/extension", json!({ "k": 1 })),
        ("/push", json!({})),
        ("/message_config/conversation_update_enabled", json!("true")),
        ("/message_config/unread_enabled", json!(true)),
        ("/route_config/route_enabled", json!(1)),
        ("/route_config/route_environment", json!(1)),
        ("/push_config/push_enabled", json!("true")),
        ("/push_config/push_payload", json!("{broken")),
        ("/push_config/push_payload", json!("[]")),
        ("/push_config/push_payload", Value::Null),
        ("/push_config/push_forcepush_enable", json!(true)),
        ("/antispam_config/antispam_extension", json!("no json")),
        ("/antispam_config/antispam_cheating", json!("no json")),
        ("/antispam_config/antispam_custom_message", json!("{\"type\":1,\"data\":\"x\"}")),
        ("/p2p_option/check_friend", json!("false")),
        ("/team_option", json!({ "ignore_chat_banned": true })),
        ("/superteam_option", json!({})),
    ];
    for (pointer, value) in cases {
        let field = pointer[1..].replace('/', ".");
        desk.refuses(Call::modify(&put(&body, pointer, value)), &field).await;
    }
    let empty_option = put(&body, "/p2p_option", json!({}));
    desk.refuses(Call::modify(&empty_option), "p2p_option.check_friend").await;
    assert!(desk.effects().await.is_empty());
}

#[tokio::test]
async fn lengths_are_counted_in_utf16_units() {
    let desk = Desk::new();
    let text = desk.edit_of(seeded(19), "zhangsan").await;
    let fits = put(&text, "/message/text", json!("中".repeat(5000)));
    assert_eq!(desk.code(Call::modify(&fits)).await, 200);
    let emoji = put(&text, "/message/text", json!(format!("{}a", "😀".repeat(2500))));
    desk.refuses(Call::modify(&emoji), "message.text").await;

    let picture = desk.edit_of(seeded(23), "vip_kefu_03").await;
    let long = put(&picture, "/message/text", json!("中".repeat(501)));
    desk.refuses(Call::modify(&long), "message.text").await;
    let huge = put(&picture, "/message/attachment/name", json!("中".repeat(5000)));
    desk.refuses(Call::modify(&huge), "message.attachment").await;
    let no_url = drop(&picture, "/message/attachment/url");
    desk.refuses(Call::modify(&no_url), "message.attachment.url").await;
    let wide = put(&picture, "/message/attachment/w", json!("640"));
    desk.refuses(Call::modify(&wide), "message.attachment.w").await;

    let long_push = put(&text, "/push_config/push_content", json!("中".repeat(501)));
    desk.refuses(Call::modify(&long_push), "push_config.push_content").await;
    let payload = format!("{{\"pushTitle\":\"{}\"}}", "中".repeat(2034));
    let payload = put(&text, "/push_config/push_payload", json!(payload));
    desk.refuses(Call::modify(&payload), "push_config.push_payload").await;
    let quoted = json!(format!("\"{}\"", "a".repeat(1023)));
    let antispam = put(&text, "/antispam_config/antispam_cheating", quoted);
    desk.refuses(Call::modify(&antispam), "antispam_config.antispam_cheating").await;
}

#[tokio::test]
async fn push_fields_are_refused_where_they_have_no_effect() {
    let desk = Desk::new();
    let body = desk.edit_of(seeded(21), "vip_kefu_03").await;
    let push = |config: Value| Call::modify(&put(&body, "/push_config", config));
    let off = json!({ "push_enabled": false, "push_nick_enabled": true });
    desk.refuses(push(off), "push_config.push_nick_enabled").await;
    let no_switch = json!({ "push_forcepush_content": "看" });
    desk.refuses(push(no_switch), "push_config.push_forcepush_content").await;
    let all_and_some = json!({ "push_forcepush_enable": true, "push_forcepush_all": true,
                               "push_forcepush_ids": ["lisi"] });
    desk.refuses(push(all_and_some), "push_config.push_forcepush_ids").await;
    let crowd: Vec<String> = (0..101).map(|number| format!("user{number}")).collect();
    let crowd = json!({ "push_forcepush_enable": true, "push_forcepush_ids": crowd });
    desk.refuses(push(crowd), "push_config.push_forcepush_ids").await;
    let good = json!({ "push_forcepush_enable": true, "push_forcepush_ids": ["lisi"],
                       "push_forcepush_content": "看", "push_payload": "{\"pushTitle\":\"新\"}" });
    assert_eq!(desk.code(push(good)).await, 200);
}

#[tokio::test]
async fn a_custom_message_may_bring_its_own_text_for_moderation() {
    let desk = Desk::new();
    let body = desk.edit_of(seeded(25), "admin").await;
    let own = |enabled: bool, text: &str| {
        let config = json!({ "antispam_custom_message_enabled": enabled, "antispam_custom_message": text });
        Call::modify(&put(&body, "/antispam_config", config))
    };
    let field = "antispam_config.antispam_custom_message";
    desk.refuses(own(false, "{\"type\":1,\"data\":\"x\"}"), field).await;
    desk.refuses(own(true, "{\"type\":6,\"data\":\"x\"}"), field).await;
    desk.refuses(own(true, "{\"type\":5,\"data\":{\"text\":\"x\"}}"), field).await;
    assert_eq!(desk.code(own(true, "{\"type\":1,\"data\":\"违禁词\"}")).await, 107_451);
    let story = "{\"type\":5,\"data\":{\"text\":\"x\",\"images\":[\"https://a.invalid/1\"]}}";
    assert_eq!(desk.code(own(true, story)).await, 200);
}

#[tokio::test]
async fn a_locator_that_differs_from_the_original_is_refused() {
    let desk = Desk::new();
    let body = desk.edit_of(seeded(19), "zhangsan").await;
    let missing: [(&str, Value); 4] = [
        ("/message/message_server_id", json!(seeded(20))),
        ("/message/message_server_id", json!(158_844_553_334_358_016_i64)),
        ("/message/sender_id", json!("lisi")),
        ("/message/receiver_id", json!("wangwu")),
    ];
    for (pointer, value) in missing {
        let call = Call::modify(&put(&body, pointer, value));
        assert_eq!(desk.code(call).await, 107_404, "{pointer}");
    }
    assert_eq!(desk.code(Call::modify(&put(&body, "/type", json!(2)))).await, 107_404);
    desk.refuses(Call::modify(&put(&body, "/message/time", json!(1))), "message.time").await;
    let tip = put(&body, "/message/message_type", json!(10));
    desk.refuses(Call::modify(&tip), "message.message_type").await;
}

#[tokio::test]
async fn a_message_can_be_modified_for_seven_days() {
    let desk = Desk::new();
    let old = desk.edit_of(seeded(31), "zhangsan").await;
    desk.refuses(Call::modify(&old), "message.time").await;

    let body = desk.edit_of(seeded(19), "zhangsan").await;
    let signed_at = |offset_ms: i64| {
        let then = machine_seconds() + offset_ms / 1000;
        Call::modify(&body).signed(KEY, SECRET, "n", &then.to_string())
    };
    let nearly = 7 * DAY - 20_000;
    desk.shift(nearly).await;
    assert_eq!(desk.code(signed_at(nearly)).await, 200);
    desk.shift(7 * DAY).await;
    desk.refuses(signed_at(7 * DAY), "message.time").await;
}

#[tokio::test]
async fn the_same_message_cannot_be_modified_twice_within_a_second() {
    let desk = Desk::new();
    let body = desk.edit_of(seeded(19), "zhangsan").await;
    assert_eq!(desk.code(Call::modify(&body)).await, 200);
    assert_eq!(desk.code(Call::modify(&body)).await, 107_449);
    let other = desk.edit_of(seeded(43), "zhangsan").await;
    assert_eq!(desk.code(Call::modify(&other)).await, 200);
    desk.shift(1_001).await;
    assert_eq!(desk.code(Call::modify(&body)).await, 200);
    assert_eq!(desk.effects().await.len(), 3);
}

#[tokio::test]
async fn only_the_sender_or_the_team_owner_may_edit() {
    let desk = Desk::new();
    for (tail, operator, expected) in [
        (19, "lisi", 403),
        (19, "admin", 403),
        (21, "zhangsan", 109_427),
        (21, "user0001", 109_404),
        (21, "admin", 200),
        (19, "nobody", 102_404),
        (55, "muted01", 102_421),
        (57, "disabled01", 102_422),
    ] {
        let body = desk.edit_of(seeded(tail), operator).await;
        assert_eq!(desk.code(Call::modify(&body)).await, expected, "{tail} {operator}");
    }
}

#[tokio::test]
async fn team_mutes_and_membership_hold_until_the_option_overlooks_them() {
    let desk = Desk::new();
    for (tail, operator, key, option, refused) in [
        (27, "left01", "/team_option", "check_team_member_valid", 109_404),
        (39, "quiet01", "/team_option", "ignore_member_chat_banned", 109_424),
        (41, "zhangsan", "/team_option", "ignore_chat_banned", 108_423),
        (45, "zhangsan", "/superteam_option", "ignore_chat_banned", 108_423),
    ] {
        let body = desk.edit_of(seeded(tail), operator).await;
        assert_eq!(desk.code(Call::modify(&body)).await, refused, "{tail}");
        let overlook = json!({ option: option != "check_team_member_valid" });
        let call = Call::modify(&put(&body, key, overlook));
        assert_eq!(desk.code(call).await, 200, "{tail}");
    }
    desk.control(
        "POST",
        "messages",
        json!({ "conversation_type": 2, "sender_id": "zhangsan",
        "receiver_id": "1", "text": "无此群", "message_server_id": "77" }),
    )
    .await;
    let nowhere = desk.edit_of(77, "zhangsan").await;
    assert_eq!(desk.code(Call::modify(&nowhere)).await, 108_404);
}

#[tokio::test]
async fn forbidden_words_and_strangers_are_refused() {
    let desk = Desk::new();
    let body = desk.edit_of(seeded(19), "zhangsan").await;
    let forbidden = put(&body, "/message/text", json!("这里有违禁词"));
    assert_eq!(desk.code(Call::modify(&forbidden)).await, 107_451);
    let unmoderated = put(&forbidden, "/antispam_config/antispam_enabled", json!(false));
    let unmoderated = put(&unmoderated, "/p2p_option/check_friend", json!(true));
    assert_eq!(desk.code(Call::modify(&unmoderated)).await, 200);
    let strangers = desk.edit_of(seeded(25), "admin").await;
    let strangers = put(&strangers, "/p2p_option/check_friend", json!(true));
    assert_eq!(desk.code(Call::modify(&strangers)).await, 104_404);
}

#[tokio::test]
async fn an_option_of_another_conversation_type_is_refused() {
    let desk = Desk::new();
    let team = desk.edit_of(seeded(21), "vip_kefu_03").await;
    assert_eq!(team["message"]["receiver_id"], TEAM);
    for key in ["p2p_option", "superteam_option"] {
        let call = Call::modify(&put(&team, &format!("/{key}"), json!({ "check_friend": true })));
        desk.refuses(call, key).await;
    }
    let own = put(&team, "/team_option/check_team_member_valid", json!("true"));
    desk.refuses(Call::modify(&own), "team_option.check_team_member_valid").await;
}
