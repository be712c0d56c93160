//! What was sent is known again among other messages, and nothing else is taken for it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::json::Json;
use message_desk::domain::message::{Message, State};
use message_desk::domain::operation::{Danger, Follow, Targets, Verb};
use message_desk::domain::outcome::Outcome;
use message_desk::domain::reply::{Ending, Reply, conclude};
use message_desk::domain::trail::Span;
use message_desk::domain::validation::Valid;
use message_desk::vendors;

const NOW: i64 = 1_700_000_000_000;

fn sent(operation: &str, values: &[(&str, &str)]) -> Valid {
    let operations = vendors::ALL.iter().flat_map(|vendor| vendor.operations);
    let operation = operations.copied().find(|known| known.id == operation).unwrap();
    let values: Values = values.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    let draft = Draft { operation, values };
    draft.validate(NOW).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn trail(operation: &str) -> &'static message_desk::domain::trail::Trail {
    let trails = vendors::ALL.iter().flat_map(|vendor| vendor.trails);
    trails.copied().find(|trail| trail.of.id == operation).unwrap()
}

fn yunxin(text: &str, sender: &str, id: &str, time: i64) -> Message {
    let raw = Json::parse(&format!(r#"{{"message_client_id":"c-{id}"}}"#)).unwrap();
    Message {
        id: id.to_owned(),
        sender: sender.to_owned(),
        receiver: "lisi".to_owned(),
        time: Some(time),
        kind: "0".to_owned(),
        text: text.to_owned(),
        state: State::Stands,
        values: [("message.text", text.to_owned())].into_iter().collect(),
        raw,
    }
}

const BATCH: &[(&str, &str)] = &[
    ("sender_id", "admin"),
    ("receiver_ids", "lisi"),
    ("message.message_type", "0"),
    ("message.text", "hello"),
    ("receiver_no_sense", "false"),
];

#[test]
fn only_the_same_sender_and_content_in_its_span_is_it() {
    let (trail, valid) = (trail("yunxin.batch_send"), sent("yunxin.batch_send", BATCH));
    let span = Span::around(NOW);
    let found = |message: Message| trail.find(&valid, span, &[message], |_| false).is_some();
    assert!(found(yunxin("hello", "admin", "1", NOW)));
    assert!(!found(yunxin("hello!", "admin", "1", NOW)));
    assert!(!found(yunxin("hello", "zhangsan", "1", NOW)));
    assert!(!found(yunxin("hello", "admin", "1", NOW - 61_000)));
    let unreadable = Message { state: State::Unreadable, ..yunxin("hello", "admin", "1", NOW) };
    assert!(!found(unreadable));
    // What is known as another's is not this one's.
    let other = [yunxin("hello", "admin", "1", NOW), yunxin("hello", "admin", "2", NOW)];
    assert_eq!(trail.find(&valid, span, &other, |id| id == "1").unwrap().id, "2");
}

#[test]
fn a_mark_of_its_own_is_compared_where_there_is_one() {
    let single = |client: &'static str| {
        sent(
            "yunxin.send",
            &[
                ("conversation_id.sender_id", "admin"),
                ("conversation_id.conversation_type", "1"),
                ("conversation_id.receiver_id", "lisi"),
                ("message.message_type", "0"),
                ("message.text", "hello"),
                ("message.message_client_id", client),
            ],
        )
    };
    let trail = trail("yunxin.send");
    let message = [yunxin("hello", "admin", "1", NOW)];
    let found = |valid: &Valid| trail.find(valid, Span::around(NOW), &message, |_| false).is_some();
    assert!(found(&single("c-1")));
    assert!(!found(&single("c-2")));
    assert!(trail.mark.is_some_and(|field| field.name == "message.message_client_id"));
}

#[test]
fn what_leaves_no_trace_is_not_looked_for() {
    let trail = trail("yunxin.batch_send");
    let look = |more: &[(&str, &str)]| {
        (trail.values)(&sent("yunxin.batch_send", &[BATCH, more].concat()), Span::around(NOW))
    };
    let values = look(&[]).unwrap();
    assert_eq!(values.get("conversation_id.sender_id"), "admin");
    assert_eq!(values.get("begin_time"), (NOW - 60_000).to_string());
    assert!(look(&[("message_config.history_enabled", "false")]).is_none());
    // Who keeps no copy cannot show one: the other side is asked.
    let other = look(&[("sender_no_sense", "true")]).unwrap();
    assert_eq!(other.get("conversation_id.sender_id"), "lisi");
}

#[test]
fn a_trail_leads_from_a_send_to_a_look() {
    for vendor in vendors::ALL {
        assert!(!vendor.trails.is_empty(), "{}", vendor.id);
        for trail in vendor.trails {
            assert_eq!(trail.of.danger, Danger::Sends, "{}", trail.of.id);
            assert_eq!(trail.operation.danger, Danger::Looks, "{}", trail.of.id);
            assert!(vendor.operations.iter().any(|known| known.id == trail.operation.id));
            // What was sent to several is told by receiver.
            assert_eq!(trail.facts.is_empty(), !matches!(trail.of.targets, Targets::One), "{}", trail.of.id);
        }
    }
}

/// A send of one message, what its answer says, and the history in which the same message is found.
struct Single {
    operation: &'static str,
    values: &'static [(&'static str, &'static str)],
    answer: &'static str,
    history: &'static str,
    /// What the answer tells and no history does.
    untold: &'static [&'static str],
    recall: &'static str,
}

const SINGLES: &[Single] = &[
    Single {
        operation: "yunxin.send",
        values: &[
            ("conversation_id.sender_id", "admin"),
            ("conversation_id.conversation_type", "1"),
            ("conversation_id.receiver_id", "lisi"),
            ("message.message_type", "0"),
            ("message.text", "hello"),
            ("message.message_client_id", "c-1"),
        ],
        answer: r#"{"code":200,"msg":"success","data":{"message_server_id":158844553334358019,"message_client_id":"c-1","create_time":1700000000123}}"#,
        history: r#"{"code":200,"msg":"success","data":{"has_more":false,"items":[{"message_server_id":158844553334358019,"message_client_id":"c-1","sender_id":"admin","receiver_id":"lisi","conversation_type":1,"message_type":0,"create_time":1700000000123,"text":"hello"}]}}"#,
        untold: &[],
        recall: "yunxin.recall",
    },
    Single {
        operation: "tencent.send",
        values: &[
            ("From_Account", "admin"),
            ("To_Account", "lisi"),
            ("MsgRandom", "7"),
            ("MsgBody.0.MsgType", "TIMTextElem"),
            ("MsgBody.0.MsgContent.Text", "hello"),
        ],
        answer: r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgTime":1700000000,"MsgKey":"5_7_1700000000","MsgId":"144115-7"}"#,
        history: r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"Complete":1,"MsgCnt":1,"LastMsgTime":1700000000,"LastMsgKey":"5_7_1700000000","MsgList":[{"From_Account":"admin","To_Account":"lisi","MsgSeq":5,"MsgRandom":7,"MsgTimeStamp":1700000000,"MsgFlagBits":0,"IsPeerRead":0,"MsgKey":"5_7_1700000000","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]}]}"#,
        untold: &["MsgId"],
        recall: "tencent.recall_c2c",
    },
    Single {
        operation: "tencent.send_group",
        values: &[
            ("GroupId", "@TGS#2J4SZEAEL"),
            ("From_Account", "admin"),
            ("Random", "7"),
            ("MsgBody.0.MsgType", "TIMTextElem"),
            ("MsgBody.0.MsgContent.Text", "hello"),
        ],
        answer: r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgTime":1700000000,"MsgSeq":9007199254740993}"#,
        history: r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"GroupId":"@TGS#2J4SZEAEL","IsFinished":1,"RspMsgList":[{"From_Account":"admin","IsPlaceMsg":0,"MsgRandom":7,"MsgSeq":9007199254740993,"MsgTimeStamp":1700000000,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]}]}"#,
        untold: &[],
        recall: "tencent.recall_group",
    },
];

fn concluded(valid: &Valid, body: &str) -> Outcome {
    conclude(valid, &Ending::Replied(Reply { status: 200, body: body.to_owned() }))
}

#[test]
fn what_was_found_can_be_taken_back_as_if_its_answer_had_come() {
    let all = vendors::ALL.iter().flat_map(|vendor| vendor.trails);
    let singles: Vec<_> = all.filter(|trail| !trail.facts.is_empty()).map(|trail| trail.of.id).collect();
    let tested: Vec<_> = SINGLES.iter().map(|single| single.operation).collect();
    assert_eq!(singles.len(), tested.len());
    assert!(singles.iter().all(|id| tested.contains(id)), "{singles:?}");
    for Single { operation, values, answer, history, untold, recall } in SINGLES {
        let (trail, valid) = (trail(operation), sent(operation, values));
        let answered = concluded(&valid, answer);
        let span = Span::around(NOW);
        let look = Draft { operation: trail.operation, values: (trail.values)(&valid, span).unwrap() };
        let looked = concluded(&look.validate(NOW).unwrap(), history);
        let messages = looked.found.unwrap_or_else(|| panic!("{operation} {:?}", looked.advice)).messages;
        let found = trail.find(&valid, span, &messages, |_| false).unwrap();
        let told = trail.told(found);
        let known = |fact: &&(String, String)| !untold.contains(&fact.0.as_str());
        assert_eq!(told, answered.facts.iter().filter(known).cloned().collect::<Vec<_>>(), "{operation}");
        // An item's message is the first fact of its answer.
        assert_eq!(told[0].1, found.id, "{operation}");
        let follow = |facts| -> Vec<Follow> {
            (valid.operation().follow)(&valid, &Outcome { facts, ..answered.clone() })
        };
        let next = follow(told);
        assert_eq!(next, follow(answered.facts.clone()), "{operation}");
        let of_recall = next.iter().find(|follow| follow.operation == *recall).unwrap();
        let recall = vendors::operation(recall).unwrap().1;
        assert_eq!(recall.verb, Verb::Recall, "{operation}");
        let draft = Draft { operation: recall, values: of_recall.values.iter().cloned().collect() };
        assert!(draft.validate(NOW).is_ok(), "{operation}");
    }
}
