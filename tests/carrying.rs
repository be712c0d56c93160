//! Nothing is typed twice: what carries from a message into acts, from several messages into few requests, from cloud to cloud.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use std::sync::Arc;

use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::field::Role;
use message_desk::domain::json::Json;
use message_desk::domain::message::Message;
use message_desk::domain::operation::{Operation, Verb};
use message_desk::domain::plan::{acts_on, acts_on_all, requests};
use message_desk::domain::vocabulary::{counterpart, meanings, taken_over};
use message_desk::vendors;

fn operation(id: &str) -> &'static Operation {
    vendors::operation(id).unwrap().1
}

fn carried(from: &str, values: &[(&str, &str)], to: &str) -> (&'static str, Values) {
    let meant = meanings(operation(from), &values.iter().copied().collect());
    let other = counterpart(operation(from), &meant, vendors::vendor(to).unwrap()).unwrap();
    (other.id, taken_over(other, &meant))
}

#[test]
fn a_text_to_several_goes_from_cloud_to_cloud() {
    let typed = [("sender_id", "admin"), ("receiver_ids", "a\nb"), ("message.text", "开门")];
    let (id, values) = carried("yunxin.batch_send", &typed, "tencent");
    assert_eq!(id, "tencent.batch_send");
    assert_eq!(values.get("To_Account"), "a\nb");
    assert_eq!(values.get("MsgBody.0.MsgContent.Text"), "开门");
    let (id, values) = carried("yunxin.batch_send", &typed, "easemob");
    assert_eq!((id, values.get("to"), values.get("body.msg")), ("easemob.send_users", "a\nb", "开门"));
}

#[test]
fn times_keep_their_moment_whatever_their_unit() {
    let typed = [("begin_time", "1700000000123"), ("end_time", "1700000100123")];
    let (id, values) = carried("yunxin.find_history", &typed, "tencent");
    assert_eq!((id, values.get("MinTime")), ("tencent.find_c2c", "1700000000"));
    let meant = meanings(operation("tencent.find_c2c"), &values);
    assert!(meant.contains(&(Role::Until, "1700000100000".to_owned())));
}

/// A message as its cloud would tell it.
fn read(vendor: &str, json: String) -> Arc<Message> {
    let message = (vendors::vendor(vendor).unwrap().recognise.object)(&Json::parse(&json).unwrap());
    Arc::new(message.unwrap_or_else(|| panic!("{vendor} does not recognise {json}")))
}

fn yunxin(id: u32) -> Arc<Message> {
    read(
        "yunxin",
        format!(
            r#"{{"message_server_id":{id},"conversation_type":1,"sender_id":"a","receiver_id":"b","message_type":0,"create_time":1700000000000,"text":"t{id}"}}"#
        ),
    )
}

fn tencent_group(group: &str, seq: u32) -> Arc<Message> {
    read(
        "tencent",
        format!(
            r#"{{"GroupId":"{group}","From_Account":"a","MsgSeq":{seq},"MsgRandom":1,"MsgTimeStamp":1700000000,"MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"t{seq}"}}}}]}}"#
        ),
    )
}

fn easemob(id: u32, to: &str) -> Arc<Message> {
    read(
        "easemob",
        format!(
            r#"{{"msg_id":"14180387129057{id:05}","timestamp":1747727666258,"chat_type":"chat","payload":{{"from":"a","to":"{to}","bodies":[{{"type":"txt","msg":"t"}}]}}}}"#
        ),
    )
}

fn ids(operations: &[&'static Operation]) -> Vec<&'static str> {
    operations.iter().map(|operation| operation.id).collect()
}

#[test]
fn a_message_offers_the_acts_that_name_it_and_no_others() {
    let of =
        |vendor: &str, message: &Message| ids(&acts_on(vendors::vendor(vendor).unwrap().operations, message));
    assert_eq!(of("yunxin", &yunxin(1)), ["yunxin.modify", "yunxin.recall"]);
    assert_eq!(of("tencent", &tencent_group("g", 1)), ["tencent.modify_group", "tencent.recall_group"]);
    let acts = of("easemob", &easemob(1, "b"));
    assert!(acts.contains(&"easemob.rewrite") && acts.contains(&"easemob.batch_recall"), "{acts:?}");
    assert!(!acts.contains(&"easemob.delete_roaming_before"), "{acts:?}");
    assert!(of("yunxin", &Message::unreadable(&Json::Null)).is_empty());
}

/// What is offered on a found message is filled in so far that no id is missing.
#[test]
fn an_act_on_a_message_asks_for_no_id_again() {
    for (vendor, message) in
        [("yunxin", yunxin(1)), ("tencent", tencent_group("g", 1)), ("easemob", easemob(1, "b"))]
    {
        for operation in acts_on(vendors::vendor(vendor).unwrap().operations, &message) {
            let checked = Draft { operation, values: message.carried(operation) }.check(1_747_727_700_000);
            let missing: Vec<_> = checked.stops().map(|problem| problem.field.to_string()).collect();
            let ids = ["_id", "Account", "MsgKey", "MsgSeq", "GroupId", "to", "userId"];
            assert!(
                !missing.iter().any(|name| ids.iter().any(|id| name.ends_with(id))),
                "{} {missing:?}",
                operation.id
            );
        }
    }
}

#[test]
fn several_messages_become_the_fewest_requests() {
    let plan = |id: &str, messages: &[Arc<Message>]| requests(operation(id), messages);
    assert_eq!(plan("yunxin.recall", &(1..=3).map(yunxin).collect::<Vec<_>>()).len(), 3);
    let groups: Vec<_> = (1..=25).map(|seq| tencent_group(if seq > 23 { "h" } else { "g" }, seq)).collect();
    let recalls = plan("tencent.recall_group", &groups);
    let sizes: Vec<_> = recalls
        .iter()
        .map(|values| (values.get("GroupId"), values.get("MsgSeqList").lines().count()))
        .collect();
    assert_eq!(sizes, [("g", 10), ("g", 10), ("g", 3), ("h", 2)]);
    let messages: Vec<_> = (1..=31).map(|id| easemob(id, if id % 2 == 0 { "b" } else { "c" })).collect();
    let recalls = plan("easemob.batch_recall", &messages);
    assert_eq!(recalls.len(), 2);
    assert_eq!(recalls[0].get("msgs.29.msg_id"), messages[29].id);
    assert_eq!(
        (recalls[1].get("msgs.0.msg_id"), recalls[1].get("msgs.0.to")),
        (messages[30].id.as_str(), "c")
    );
    assert_eq!(recalls[1].get("msgs.1.msg_id"), "");
}

#[test]
fn every_message_chosen_is_in_exactly_one_request() {
    let messages: Vec<_> = (1..=57).map(|seq| tencent_group(&format!("g{}", seq % 4), seq)).collect();
    let mut seen: Vec<(String, String)> = Vec::new();
    for values in requests(operation("tencent.recall_group"), &messages) {
        seen.extend(
            values.get("MsgSeqList").lines().map(|seq| (values.get("GroupId").to_owned(), seq.to_owned())),
        );
    }
    let mut wanted: Vec<_> =
        messages.iter().map(|message| (message.receiver.clone(), message.id.clone())).collect();
    seen.sort();
    wanted.sort();
    assert_eq!(seen, wanted);
}

#[test]
fn several_messages_offer_what_all_of_them_have_and_the_call_that_takes_many() {
    let all = |vendor: &str, messages: &[Arc<Message>]| {
        ids(&acts_on_all(vendors::vendor(vendor).unwrap().operations, messages))
    };
    assert_eq!(all("yunxin", &[yunxin(1), yunxin(2)]), ["yunxin.recall"]);
    let several = all("easemob", &[easemob(1, "b"), easemob(2, "b")]);
    assert!(several.contains(&"easemob.batch_recall") && !several.contains(&"easemob.recall"), "{several:?}");
    assert!(all("easemob", &[easemob(1, "b"), Arc::new(Message::unreadable(&Json::Null))]).is_empty());
    let recalls =
        |operations: &[&'static str]| operations.iter().all(|id| operation(id).verb == Verb::Recall);
    assert!(recalls(&several));
}
