use serde_json::{Value, json};

use super::caller::{code, done, messages, place, refuses, seeded, with, without};
use crate::desk::Desk;

const DELETE: &str = "openim/delete_c2c_msg_ramble";

async fn key(desk: &Desk, seq: u64) -> Value {
    place(desk, seq).await["MsgKey"].clone()
}

#[tokio::test]
async fn one_side_loses_messages_of_both_directions_and_the_peer_keeps_them() {
    let desk = Desk::new();
    let keys = json!([key(&desk, 1001).await, key(&desk, 1002).await, "1_2_3"]);
    let body = json!({ "Operator_Account": "lisi", "Peer_Account": "zhangsan", "MsgKeyList": keys });
    done(&desk, DELETE, &body).await;
    for seq in [1001, 1002] {
        assert_eq!(seeded(&desk, seq).await["seen_by"], json!(["zhangsan"]));
    }
    let effects = desk.effects().await;
    assert_eq!(effects.len(), 2);
    assert_eq!(effects[0]["detail"], json!({ "type": "deleted", "account": "lisi" }));
    // Nothing is left to delete on this side; then the other side deletes and the messages are gone.
    done(&desk, DELETE, &body).await;
    assert_eq!(desk.effects().await.len(), 2);
    let turned = with(&with(&body, "Operator_Account", json!("zhangsan")), "Peer_Account", json!("lisi"));
    done(&desk, DELETE, &turned).await;
    assert!(messages(&desk).await.iter().all(|it| it["MsgSeq"] != 1001 || it.get("MsgKey").is_none()));
}

#[tokio::test]
async fn wrong_fields_have_their_codes() {
    let desk = Desk::new();
    let body = json!({ "Operator_Account": "lisi", "Peer_Account": "zhangsan", "MsgKeyList": ["1_2_3"] });
    for (name, expected) in [("Operator_Account", 90_008), ("Peer_Account", 90_003), ("MsgKeyList", 90_054)] {
        refuses(&desk, DELETE, &without(&body, name), expected, name).await;
    }
    refuses(&desk, DELETE, &with(&body, "Operator_Account", json!("nobody")), 90_008, "Operator_Account")
        .await;
    refuses(&desk, DELETE, &with(&body, "Peer_Account", json!("nobody")), 90_003, "Peer_Account").await;
    for list in
        [json!([]), json!("1_2_3"), json!([1]), json!([""]), json!(["x".repeat(51)]), json!(vec!["k"; 31])]
    {
        refuses(&desk, DELETE, &with(&body, "MsgKeyList", list), 90_054, "MsgKeyList").await;
    }
    assert_eq!(code(&desk, DELETE, &with(&body, "MsgKeyList", json!(vec!["k"; 30]))).await, 0);
    refuses(&desk, DELETE, &with(&body, "MsgKey", json!("k")), 20_001, "MsgKey").await;
}
