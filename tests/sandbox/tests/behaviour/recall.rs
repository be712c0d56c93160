use serde_json::json;

use crate::desk::{Call, Desk, KEY, SECRET, TEAM, machine_seconds, seeded};

const P2P: &str = "zhangsan|1|lisi";
const DAY: i64 = 24 * 60 * 60 * 1000;

fn two_way(query: &str) -> Call {
    Call::recall(P2P, seeded(19), &format!("type=2{query}"))
}

fn at(call: Call, offset_ms: i64) -> Call {
    let then = machine_seconds() + offset_ms / 1000;
    call.signed(KEY, SECRET, "n", &then.to_string())
}

#[tokio::test]
async fn a_recall_removes_the_message_and_answers_empty_data() {
    let desk = Desk::new();
    let answer = desk.send(two_way("")).await;
    assert_eq!(answer.json(), json!({ "code": 200, "msg": "success", "data": {} }));
    assert!(desk.message(seeded(19)).await.is_none());
    assert_eq!(desk.code(two_way("")).await, 107_404);
    let effects = desk.effects().await;
    assert_eq!(effects.len(), 1);
    assert_eq!(effects[0]["change"], "removed");
    assert_eq!(effects[0]["message_server_id"], "158844553334358019");
    assert_eq!(effects[0]["detail"], json!({ "type": 2, "description": "撤回了一条信息" }));
}

#[tokio::test]
async fn the_bar_may_be_raw_or_encoded_once() {
    let desk = Desk::new();
    let path = |conversation: &str| {
        let id = seeded(19);
        Call::new("DELETE", &format!("/yunxin/im/v2/conversations/{conversation}/messages/{id}?type=1"), "")
    };
    desk.refuses(path("zhangsan%257C1%257Clisi"), "conversation_id").await;
    desk.refuses(path("zhangsan%7C4%7Clisi"), "conversation_id").await;
    desk.refuses(path("zhangsan%7C1"), "conversation_id").await;
    desk.refuses(path("%7C1%7Clisi"), "conversation_id").await;
    desk.refuses(path("zhangsan%7C1%7C%FF"), "conversation_id").await;
    assert_eq!(desk.code(path("zhangsan|1|lisi")).await, 200);
    assert_eq!(desk.code(path("zhangsan%7c1%7Clisi")).await, 107_404);
}

#[tokio::test]
async fn a_message_id_must_be_a_signed_64_bit_number() {
    let desk = Desk::new();
    for id in ["x", "1.0", "-1", "9223372036854775808", "12345678901234567890"] {
        let target = format!("/yunxin/im/v2/conversations/a%7C1%7Cb/messages/{id}?type=2");
        desk.refuses(Call::new("DELETE", &target, ""), "message_server_id").await;
    }
}

#[tokio::test]
async fn query_parameters_are_read_strictly() {
    let desk = Desk::new();
    for (query, field) in [
        ("", "type"),
        ("type=2&", "query"),
        ("type", "type"),
        ("type=", "type"),
        ("type=0", "type"),
        ("type=4", "type"),
        ("type=2.0", "type"),
        ("type=2&type=2", "type"),
        ("type=2&ignore_revoke_time=1", "ignore_revoke_time"),
        ("type=2&ingore_revoke_time", "ingore_revoke_time"),
        ("type=2&ingore_revoke_time=2", "ingore_revoke_time"),
        ("type=2&ingore_revoke_time=true", "ingore_revoke_time"),
        ("type=2&message_time=soon", "message_time"),
        ("type=2&operator=admin", "operator"),
        ("type=2&description=50%", "description"),
        ("type=2&push_payload=%7B", "push_payload"),
        ("type=2&push_payload=5", "push_payload"),
        ("type=2&check_team_member_valid=true", "check_team_member_valid"),
        ("type=1&push_content=x", "push_content"),
        ("type=3&push_payload=%7B%7D", "push_payload"),
        ("type=1&attach=x", "attach"),
        ("type=3&route_environment=x", "route_environment"),
    ] {
        desk.refuses(Call::recall(P2P, seeded(19), query), field).await;
    }
    let team = Call::recall(&format!("vip_kefu_03|2|{TEAM}"), seeded(21), "type=2&check_team_member_valid=1");
    desk.refuses(team, "check_team_member_valid").await;
    assert!(desk.effects().await.is_empty());
}

#[tokio::test]
async fn lengths_are_counted_in_utf16_units_and_push_text_is_cut() {
    let desk = Desk::new();
    let wide = |count: usize| "%F0%9F%98%80".repeat(count);
    desk.refuses(two_way(&format!("&description={}a", wide(64))), "description").await;
    desk.refuses(two_way(&format!("&attach={}a", wide(2500))), "attach").await;
    let push = format!("&description={}&push_content=a{}", wide(64), wide(250));
    assert_eq!(desk.code(two_way(&push)).await, 200);
    let effects = desk.effects().await;
    let cut = effects[0]["detail"]["push_content"].as_str().expect("a text");
    assert_eq!(cut, format!("a{}", "😀".repeat(249)));
}

#[tokio::test]
async fn a_description_is_form_decoded() {
    let desk = Desk::new();
    let query = "&description=%E6%92%A4%E5%9B%9E+%E4%BA%86%2B1&message_time=1707035841692";
    assert_eq!(desk.code(two_way(query)).await, 200);
    assert_eq!(desk.effects().await[0]["detail"]["description"], "撤回 了+1");
}

#[tokio::test]
async fn a_two_way_recall_has_two_minutes_unless_the_console_or_the_caller_says_more() {
    let desk = Desk::new();
    let old = |query: &str| Call::recall("zhangsan|1|wangwu", seeded(29), query);
    assert_eq!(desk.code(old("type=2")).await, 107_314);
    assert_eq!(desk.code(old("type=2&ingore_revoke_time=0")).await, 107_314);
    desk.limit(json!({ "recall_window_seconds": 601 + 60 })).await;
    assert_eq!(desk.code(old("type=2")).await, 200);

    let week_old = |query: &str| Call::recall(P2P, seeded(31), query);
    assert_eq!(desk.code(week_old("type=2")).await, 107_314);
    assert_eq!(desk.code(week_old("type=2&ingore_revoke_time=1")).await, 200);
    let ancient = |query: &str| Call::recall(P2P, seeded(33), query);
    for query in ["type=2&ingore_revoke_time=1", "type=1", "type=3"] {
        assert_eq!(desk.code(ancient(query)).await, 107_314, "{query}");
    }
}

#[tokio::test]
async fn the_windows_move_with_the_clock() {
    let desk = Desk::new();
    desk.shift(105_000).await;
    assert_eq!(desk.code(at(Call::recall(P2P, seeded(19), "type=2"), 105_000)).await, 200);
    desk.shift(121_000).await;
    assert_eq!(desk.code(at(Call::recall(P2P, seeded(43), "type=2"), 121_000)).await, 107_314);
    desk.shift(29 * DAY).await;
    assert_eq!(desk.code(at(Call::recall(P2P, seeded(43), "type=3"), 29 * DAY)).await, 200);
    desk.shift(30 * DAY).await;
    assert_eq!(desk.code(at(Call::recall(P2P, seeded(47), "type=3"), 30 * DAY)).await, 107_314);
}

#[tokio::test]
async fn a_one_way_recall_takes_only_the_receivers_copy() {
    let desk = Desk::new();
    let one_way = || Call::recall(P2P, seeded(19), "type=1");
    assert_eq!(desk.code(one_way()).await, 200);
    let stored = desk.message(seeded(19)).await.expect("the sender keeps it");
    assert_eq!(stored["recalled_from_receiver"], true);
    assert_eq!(desk.code(one_way()).await, 107_404);
    assert_eq!(desk.code(Call::recall(P2P, seeded(19), "type=3")).await, 200);
    assert!(desk.message(seeded(19)).await.is_none());
}

#[tokio::test]
async fn a_super_team_knows_only_the_two_way_recall_without_attach() {
    let desk = Desk::new();
    let call = |query: &str| Call::recall("lisi|3|3355001122", seeded(35), query);
    desk.refuses(call("type=1"), "type").await;
    desk.refuses(call("type=3"), "type").await;
    desk.refuses(call("type=2&attach=x"), "attach").await;
    assert_eq!(desk.code(call("type=2&check_team_member_valid=true")).await, 200);
}

#[tokio::test]
async fn the_conversation_must_name_the_sender_and_the_right_place() {
    let desk = Desk::new();
    let id = seeded(19);
    assert_eq!(desk.code(Call::recall("lisi|1|zhangsan", id, "type=2")).await, 107_303);
    assert_eq!(desk.code(Call::recall("zhangsan|1|wangwu", id, "type=2")).await, 107_404);
    assert_eq!(desk.code(Call::recall("nobody|1|lisi", id, "type=2")).await, 102_404);
    let team = seeded(21);
    assert_eq!(desk.code(Call::recall(&format!("admin|2|{TEAM}"), team, "type=2")).await, 107_303);
    assert_eq!(desk.code(Call::recall("vip_kefu_03|2|999", team, "type=2")).await, 108_404);
    assert_eq!(desk.code(Call::recall(&format!("vip_kefu_03|2|{TEAM}"), team, "type=2")).await, 200);
}

#[tokio::test]
async fn a_sender_who_left_the_team_needs_the_check_switched_off() {
    let desk = Desk::new();
    let call = |query: &str| Call::recall(&format!("left01|2|{TEAM}"), seeded(27), query);
    assert_eq!(desk.code(call("type=2")).await, 109_404);
    assert_eq!(desk.code(call("type=2&check_team_member_valid=false")).await, 200);
}

#[tokio::test]
async fn a_message_to_oneself_can_neither_be_recalled_nor_deleted() {
    let desk = Desk::new();
    let call = |query: &str| Call::recall("admin|1|admin", seeded(37), query);
    assert_eq!(desk.code(call("type=2")).await, 107_429);
    assert_eq!(desk.code(call("type=3")).await, 107_328);
}
