//! What was sent is known again among other messages, and nothing else is taken for it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::json::Json;
use message_desk::domain::message::{Message, State};
use message_desk::domain::operation::Danger;
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
        }
    }
}
