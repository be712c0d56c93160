use serde_json::json;

use crate::desk::{Call, Desk, seeded};

fn clear(conversation: &str, query: &str) -> Call {
    let conversation = conversation.replace('|', "%7C");
    Call::new("DELETE", &format!("/yunxin/im/v2/conversations/{conversation}/messages?{query}"), "")
}

#[tokio::test]
async fn clearing_takes_the_history_from_one_side_only() {
    let desk = Desk::new();
    let stored = desk.message(seeded(29)).await.expect("a message");
    let look = |conversation: &str| {
        Call::find(conversation, seeded(29), &format!("message_time={}", stored["create_time"]))
    };
    assert_eq!(desk.code(clear("zhangsan|1|wangwu", "type=1")).await, 200);
    assert_eq!(desk.code(look("zhangsan|1|wangwu")).await, 200);
    assert_eq!(desk.code(clear("zhangsan|1|wangwu", "type=3")).await, 200);
    assert_eq!(desk.code(look("zhangsan|1|wangwu")).await, 107_404);
    assert_eq!(desk.code(look("wangwu|1|zhangsan")).await, 200);
    assert_eq!(desk.code(clear("zhangsan|1|wangwu", "type=2")).await, 200);
    let effects = desk.effects().await;
    assert_eq!(effects.len(), 2, "what is gone cannot go again");
    assert_eq!(effects[1]["detail"], json!({ "type": 3, "for": "zhangsan" }));
    assert_eq!(effects[1]["operation"], "yunxin.clear_conversation");
}

#[tokio::test]
async fn the_query_is_read_strictly() {
    let desk = Desk::new();
    for (query, field) in [("", "type"), ("type=0", "type"), ("type=4", "type"), ("type=1&x=1", "x")] {
        desk.refuses(clear("zhangsan|1|wangwu", query), field).await;
    }
    assert_eq!(desk.code(clear("nobody|1|wangwu", "type=1")).await, 102_404);
    assert_eq!(desk.code(clear("zhangsan|2|999", "type=1")).await, 108_404);
}
