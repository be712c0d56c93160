use serde_json::json;

use crate::desk::{Call, Desk, KEY, SECRET, machine_seconds, seeded};

fn recall(tail: i64) -> Call {
    Call::recall("zhangsan|1|lisi", seeded(tail), "type=2")
}

fn at(call: Call, offset_ms: i64) -> Call {
    let then = machine_seconds() + offset_ms / 1000;
    call.signed(KEY, SECRET, "n", &then.to_string())
}

#[tokio::test]
async fn over_the_single_call_limit_the_app_is_blocked_for_ten_seconds_on_that_api() {
    let desk = Desk::new();
    desk.limit(json!({ "single_per_second": 1 })).await;
    assert_eq!(desk.code(recall(19)).await, 200);
    assert_eq!(desk.send(recall(43)).await.refusal().0, 416);
    let edit = desk.edit_of(seeded(43), "zhangsan").await;
    assert_eq!(desk.code(Call::modify(&edit)).await, 200);
    desk.shift(9_000).await;
    assert_eq!(desk.code(at(recall(43), 9_000)).await, 416);
    desk.shift(12_000).await;
    assert_eq!(desk.code(at(recall(43), 12_000)).await, 200);
}

#[tokio::test]
async fn over_the_batch_limit_the_app_is_blocked_for_a_minute() {
    let desk = Desk::new();
    desk.limit(json!({ "batch_per_minute": 2 })).await;
    let send = || {
        Call::batch(&json!({ "sender_id": "zhangsan", "receiver_ids": ["lisi"],
            "receiver_no_sense": false, "message": { "message_type": 0, "text": "一" } }))
    };
    assert_eq!(desk.code(send()).await, 200);
    assert_eq!(desk.code(send()).await, 200);
    assert_eq!(desk.code(send()).await, 416);
    desk.shift(58_000).await;
    assert_eq!(desk.code(at(send(), 58_000)).await, 416);
    desk.shift(62_000).await;
    assert_eq!(desk.code(at(send(), 62_000)).await, 200);
    assert_eq!(desk.effects().await.len(), 3);
}

#[tokio::test]
async fn the_block_can_be_shortened() {
    let desk = Desk::new();
    desk.limit(json!({ "single_per_second": 0, "single_block_seconds": 0 })).await;
    assert_eq!(desk.code(recall(19)).await, 416);
    desk.limit(json!({ "single_per_second": 100 })).await;
    assert_eq!(desk.code(recall(19)).await, 200);
}
