//! What each cloud says of a message that is gone, and what a recall makes of it: done only where the cloud says that this very
//! message was recalled before. "There is no such message" may mean a wrong id, and stays refused.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::job::classify::{class, of_receiver};
use message_desk::domain::job::retry::{Class, Fate, Twice, Verdict, verdict};
use message_desk::domain::operation::Operation;
use message_desk::domain::reply::{Ending, Reply, conclude};
use message_desk::domain::vendor::Standing;
use message_desk::vendors;
use message_desk::words::Language;

fn operation(id: &str) -> &'static Operation {
    let mut all = vendors::ALL.iter().flat_map(|vendor| vendor.operations.iter().copied());
    all.find(|operation| operation.id == id).unwrap()
}

const YUNXIN: &[(&str, &str)] = &[
    ("conversation_id.sender_id", "zhangsan"),
    ("conversation_id.conversation_type", "1"),
    ("conversation_id.receiver_id", "lisi"),
    ("message_server_id", "158844553334358019"),
    ("type", "2"),
];
const C2C: &[(&str, &str)] =
    &[("From_Account", "zhangsan"), ("To_Account", "lisi"), ("MsgKey", "31906_833502_1572869830")];
const EDIT: &[(&str, &str)] = &[
    ("From_Account", "zhangsan"),
    ("To_Account", "lisi"),
    ("MsgKey", "31906_833502_1572869830"),
    ("MsgBody.0.MsgType", "TIMTextElem"),
    ("MsgBody.0.MsgContent.Text", "x"),
];
const GROUP: &[(&str, &str)] = &[("GroupId", "@TGS#2J4SZEAEL"), ("MsgSeqList", "100")];
const EASEMOB: &[(&str, &str)] =
    &[("msg_id", "1028442084794698104"), ("chat_type", "chat"), ("to", "lisi"), ("from", "zhangsan")];
const BATCH: &[(&str, &str)] = &[
    ("msgs.0.msg_id", "1028442084794698104"),
    ("msgs.0.chat_type", "chat"),
    ("msgs.0.to", "lisi"),
    ("msgs.0.from", "zhangsan"),
];

/// What the only item of an act becomes, and in English why.
fn fate(id: &str, values: &[(&str, &str)], status: u16, body: &str) -> (Class, Option<Fate>, String) {
    let values: Values = values.iter().copied().collect();
    let draft = Draft { operation: operation(id), values };
    let valid = draft.validate(1_763_683_200_000).unwrap_or_else(|problems| panic!("{id} {problems:?}"));
    let ending = Ending::Replied(Reply { status, body: body.to_owned() });
    let outcome = conclude(&valid, &ending);
    let class = match outcome.receivers.as_slice() {
        [only] => of_receiver(&only.ending),
        _ => class(&ending, &outcome, true, Standing::Refused),
    };
    let fate = match verdict(class, Twice::Same) {
        Verdict::Settle(fate) => Some(fate),
        Verdict::Later(_) | Verdict::Pause(_) | Verdict::Doubt(_) => None,
    };
    (class, fate, outcome.advice.meaning.text(Language::English).to_owned())
}

#[test]
fn tencent_says_that_this_very_message_was_recalled_before() {
    let body = r#"{"ActionStatus":"FAIL","ErrorCode":20023,"ErrorInfo":"message withdrawn"}"#;
    let (class, fate, why) = self::fate("tencent.recall_c2c", C2C, 200, body);
    assert_eq!((class, fate), (Class::Accepted, Some(Fate::Sent)), "T-RCL-6");
    assert_eq!(why, "The message was recalled before");
    // An edit of it is not done by that.
    let (class, fate, _) = self::fate("tencent.modify_c2c", EDIT, 200, body);
    assert_eq!((class, fate), (Class::Refused, Some(Fate::Rejected)));
}

#[test]
fn a_message_that_is_not_there_may_be_a_wrong_id_and_is_refused() {
    let tencent = r#"{"ActionStatus":"FAIL","ErrorCode":20022,"ErrorInfo":"not found"}"#;
    let item = |code: u32| {
        format!(
            r#"{{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"RecallRetList":[{{"MsgSeq":100,"RetCode":{code}}}]}}"#
        )
    };
    let easemob = r#"{"error":"message_recall_error","error_description":"not_found msg","exception":"x"}"#;
    let older = r#"{"msgs":[{"msg_id":"1028442084794698104","recalled":"not_found msg"}]}"#;
    let batch = r#"{"data":[{"msg_id":"1028442084794698104","recalled":"not_found msg"}]}"#;
    for (id, values, status, body) in [
        ("yunxin.recall", YUNXIN, 200, r#"{"code":107404,"msg":"message not exist"}"#),
        ("yunxin.recall", YUNXIN, 200, r#"{"code":404,"msg":"not found"}"#),
        ("tencent.recall_c2c", C2C, 200, tencent),
        ("tencent.recall_group", GROUP, 200, &item(10030)),
        ("tencent.recall_group", GROUP, 200, &item(10031)),
        ("tencent.recall_group", GROUP, 200, &item(10052)),
        ("easemob.recall", EASEMOB, 403, easemob),
        ("easemob.recall", EASEMOB, 200, older),
        ("easemob.batch_recall", BATCH, 200, batch),
    ] {
        let (class, fate, _) = self::fate(id, values, status, body);
        assert_eq!((class, fate), (Class::Refused, Some(Fate::Rejected)), "{id} {body}");
    }
}
