use serde_json::{Value, json};

use super::caller::{code, done, place, refuses, seeded, with, without};
use crate::desk::Desk;

const RECALL: &str = "openim/admin_msgwithdraw";

#[tokio::test]
async fn a_recalled_message_is_marked_and_cannot_be_recalled_again() {
    let desk = Desk::new();
    let body = place(&desk, 1001).await;
    let answer = done(&desk, RECALL, &body).await;
    assert_eq!(answer, json!({ "ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "" }));
    assert_eq!(seeded(&desk, 1001).await["MsgFlagBits"], 8);
    assert_eq!(code(&desk, RECALL, &body).await, 20_023);
    let effects = desk.effects().await;
    assert_eq!(effects.len(), 1);
    assert_eq!(
        (&effects[0]["change"], &effects[0]["detail"]["type"]),
        (&json!("removed"), &json!("recalled"))
    );
}

#[tokio::test]
async fn age_does_not_matter_while_the_message_is_stored() {
    let desk = Desk::new();
    assert_eq!(code(&desk, RECALL, &place(&desk, 1005).await).await, 0);
    assert_eq!(code(&desk, RECALL, &place(&desk, 1006).await).await, 20_022);
}

#[tokio::test]
async fn wrong_fields_have_their_codes() {
    let desk = Desk::new();
    let body = place(&desk, 1001).await;
    for (key, expected) in [("From_Account", 90_008), ("To_Account", 90_003), ("MsgKey", 90_054)] {
        refuses(&desk, RECALL, &without(&body, key), expected, key).await;
        refuses(&desk, RECALL, &with(&body, key, Value::Null), expected, key).await;
    }
    refuses(&desk, RECALL, &with(&body, "From_Account", json!("nobody")), 90_008, "From_Account").await;
    refuses(&desk, RECALL, &with(&body, "To_Account", json!("nobody")), 90_003, "To_Account").await;
    refuses(&desk, RECALL, &with(&body, "Reason", json!("x")), 20_001, "Reason").await;
    assert_eq!(code(&desk, RECALL, &with(&body, "MsgKey", json!("1_2_3"))).await, 20_022);
    assert!(desk.effects().await.is_empty());
}
