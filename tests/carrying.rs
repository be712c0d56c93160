//! Nothing is typed twice: what carries from a message into acts, from several messages into few requests, from cloud to cloud.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use message_desk::domain::batch::build::Builder;
use message_desk::domain::batch::recipe::{LeftOut, Recipe};
use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::field::Role;
use message_desk::domain::guard::Guard;
use message_desk::domain::intake::acts::{Listed, lacks};
use message_desk::domain::intake::columns::Known;
use message_desk::domain::intake::separated::Delimiter;
use message_desk::domain::intake::{Choice, Sheet};
use message_desk::domain::json::Json;
use message_desk::domain::message::Message;
use message_desk::domain::operation::{Operation, Verb};
use message_desk::domain::plan::{acts_on, acts_on_all, requests};
use message_desk::domain::vocabulary::{counterpart, meanings, taken_over};
use message_desk::vendors;
use proptest::prelude::*;

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
    // Hiding many from one side is no quicker way of recalling each.
    let one_to_one = all("tencent", &[tencent_c2c("a", 1), tencent_c2c("a", 2)]);
    assert_eq!(one_to_one, ["tencent.recall_c2c", "tencent.delete_c2c"]);
    let recalls =
        |operations: &[&'static str]| operations.iter().all(|id| operation(id).verb == Verb::Recall);
    assert!(recalls(&several));
}

fn yunxin_in(place: u32, receiver: &str, id: u32) -> Arc<Message> {
    read(
        "yunxin",
        format!(
            r#"{{"message_server_id":{id},"conversation_type":{place},"sender_id":"a","receiver_id":"{receiver}","message_type":0,"create_time":170000000000{id},"text":"t"}}"#
        ),
    )
}

fn tencent_c2c(from: &str, seq: u32) -> Arc<Message> {
    read(
        "tencent",
        format!(
            r#"{{"From_Account":"{from}","To_Account":"b","MsgKey":"{seq}_{seq}_1700000000","MsgTimeStamp":1700000000}}"#
        ),
    )
}

fn tencent_topic(topic: &str, seq: u32) -> Arc<Message> {
    read(
        "tencent",
        format!(r#"{{"GroupId":"@TGS#1","TopicId":"{topic}","From_Account":"a","MsgSeq":{seq}}}"#),
    )
}

fn easemob_in(kind: &str, to: &str, id: u32) -> Arc<Message> {
    read(
        "easemob",
        format!(
            r#"{{"msg_id":"14180387129057{id:05}","timestamp":1747727666258,"chat_type":"{kind}","from":"a","to":"{to}"}}"#
        ),
    )
}

/// Messages that are chosen together, by their cloud.
fn together() -> Vec<(&'static str, Vec<Arc<Message>>)> {
    vec![
        ("yunxin", (1..=3).map(yunxin).collect()),
        ("yunxin", vec![yunxin(1), yunxin_in(2, "7", 2), yunxin_in(3, "8", 3)]),
        ("tencent", (1..=3).map(|seq| tencent_c2c(if seq == 2 { "a" } else { "c" }, seq)).collect()),
        ("tencent", vec![tencent_group("g", 1), tencent_group("h", 2), tencent_topic("t", 3)]),
        ("easemob", (1..=3).map(|id| easemob(id, "b")).collect()),
        ("easemob", vec![easemob(1, "b"), easemob_in("groupchat", "9", 2), easemob_in("chatroom", "8", 3)]),
        ("easemob", vec![easemob_in("groupchat", "9", 1), easemob_in("groupchat", "8", 2)]),
    ]
}

/// The way of a Yunxin recall, which no message says.
const WAY: (&str, &str) = ("type", "2");

/// What texts say, in one order.
fn said(values: &Values) -> Vec<(String, String)> {
    let said = values.iter().filter(|(name, text)| !text.is_empty() && *name != WAY.0);
    let mut said: Vec<_> = said.map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    said.sort();
    said
}

/// The texts of each entry of a job that is made of a list, with what all of them share.
fn as_a_job(operation: &'static Operation, listed: &Listed) -> Vec<Values> {
    let known = Known::of(operation);
    let choice = Choice { delimiter: Some(Delimiter::Comma), headed: None };
    let sheet = Sheet::read(&listed.text, choice, &known);
    let places = known.map(&sheet.names);
    assert!(sheet.headed && places.iter().all(Option::is_some), "{} {:?}", operation.id, sheet.names);
    let mut shared = listed.shared.clone();
    if operation.id == "yunxin.recall" {
        shared.set(WAY.0, WAY.1);
    }
    let (names, guard) = (sheet.names.clone(), Guard::default());
    let recipe =
        Recipe { operation, shared, names, places, most: u32::MAX, guard, left_out: LeftOut::default() };
    let mut builder = Builder::new(recipe, sheet.table.clone(), 1_747_727_700_000);
    while builder.step(9, 1_747_727_700_000) {}
    let (batch, troubles, merged) = builder.finish();
    assert!(merged.is_empty() && !troubles.stop(), "{} {:?}", operation.id, troubles.list());
    (0..u32::try_from(batch.entries.len()).unwrap()).map(|at| batch.texts(&[at], "1")).collect()
}

#[test]
fn messages_chosen_for_a_job_say_there_what_they_say_in_a_form() {
    let mut seen = BTreeSet::new();
    for (vendor, messages) in together() {
        for operation in acts_on_all(vendors::vendor(vendor).unwrap().operations, &messages) {
            seen.insert(operation.id);
            let acts: Vec<_> = messages.iter().map(|message| message.carried(operation)).collect();
            let listed = Listed::of(operation, &acts);
            let entries = as_a_job(operation, &listed);
            let both = [entries, acts].map(|all| all.iter().map(said).collect::<Vec<_>>());
            assert_eq!(both[0], both[1], "{} {}", operation.id, listed.text);
        }
    }
    let recalls = vendors::ALL.iter().flat_map(|vendor| vendor.operations.iter().copied());
    let unseen: Vec<_> = recalls
        .filter(|operation| operation.verb == Verb::Recall && !seen.contains(operation.id))
        .map(|operation| operation.id)
        .collect();
    let unnamed = [
        "yunxin.recall_chatroom",
        "yunxin.clear_conversation",
        "tencent.recall_by_sender",
        "easemob.recall",
        "easemob.delete_roaming_group",
        "easemob.delete_roaming_before",
        "easemob.delete_roaming_group_before",
    ];
    assert_eq!(unseen, unnamed, "no message says all that they ask, or another call takes many");
}

#[test]
fn a_choice_that_all_of_them_make_alike_stands_in_the_form_and_any_other_in_the_list() {
    let listed = |messages: &[Arc<Message>]| {
        let operation = operation("yunxin.recall");
        Listed::of(operation, &messages.iter().map(|message| message.carried(operation)).collect::<Vec<_>>())
    };
    let place = "conversation_id.conversation_type";
    let alike = listed(&[yunxin(1), yunxin(2)]);
    assert_eq!((alike.shared.get(place), alike.text.contains(place)), ("1", false));
    let mixed = listed(&[yunxin(1), yunxin_in(2, "7", 2)]);
    assert_eq!((mixed.shared.get(place), mixed.text.contains(place)), ("", true));
}

#[test]
fn what_a_job_of_messages_still_lacks_is_named() {
    let missing = |id: &str, message: &Message| {
        let operation = operation(id);
        let listed = Listed::of(operation, &[message.carried(operation)]);
        let values = listed.shared.with(&Values::new(), &listed.first);
        let lacks = lacks(operation, values, 1_747_727_700_000);
        lacks.into_iter().map(|field| field.name).collect::<Vec<_>>()
    };
    assert_eq!(missing("yunxin.recall", &yunxin(1)), ["type"]);
    assert!(missing("tencent.recall_c2c", &tencent_c2c("a", 1)).is_empty());
    assert!(missing("tencent.recall_group", &tencent_group("g", 1)).is_empty());
    assert!(missing("easemob.batch_recall", &easemob(1, "b")).is_empty());
}

proptest! {
    #[test]
    fn any_text_comes_back_from_the_list_of_a_job(
        rows in prop::collection::vec(("[ -~，；\t\r\n\"']{1,12}", "\\PC{0,6}"), 1..9)
    ) {
        let operation = operation("tencent.recall_c2c");
        let act = |(key, from): &(String, String)| [("MsgKey", key), ("From_Account", from)].into_iter().collect();
        let listed = Listed::of(operation, &rows.iter().map(act).collect::<Vec<Values>>());
        let choice = Choice { delimiter: Some(Delimiter::Comma), headed: None };
        let sheet = Sheet::read(&listed.text, choice, &Known::of(operation));
        prop_assert!(sheet.headed && sheet.open_quote.is_none());
        prop_assert_eq!(sheet.table.len(), rows.len());
        for (at, (key, from)) in rows.iter().enumerate() {
            prop_assert_eq!(sheet.table.cell(at, 0), key);
            prop_assert_eq!(sheet.table.cell(at, 1), from);
        }
    }
}

#[test]
fn a_batch_that_is_corrected_has_its_ids_in_the_list_and_what_it_said_in_the_form() {
    let modify = operation("yunxin.modify");
    let act = |id: &str, text: &str| -> Values {
        let texts = [
            ("operator", "admin"),
            ("type", "1"),
            ("message.message_server_id", id),
            ("message.sender_id", "admin"),
            ("message.receiver_id", "u1"),
            ("message.time", "1700000000000"),
            ("message.message_type", "0"),
            ("message.text", text),
        ];
        texts.into_iter().collect()
    };
    let missing = |listed: &Listed| {
        let values = listed.shared.with(&Values::new(), &listed.first);
        lacks(modify, values, 1_700_000_001_000).into_iter().map(|field| field.name).collect::<Vec<_>>()
    };
    let same = [act("1", "八点"), act("2", "八点")];
    let listed = Listed::of(modify, &same);
    assert_eq!((listed.shared.get("message.text"), listed.text.contains("八点")), ("八点", false));
    assert!(listed.text.contains("message.message_server_id") && missing(&listed).is_empty());
    // Where each has a text of its own, there is none to begin with.
    let own = [act("1", "张三，八点"), act("2", "李四，八点")];
    let listed = Listed::of(modify, &own);
    assert_eq!((listed.shared.get("message.text"), listed.text.contains("八点")), ("", false));
    assert_eq!(missing(&listed), ["message.text"]);
    // What an edit can do without is named as well: it was there, and each had its own.
    let own = |listed: Listed| listed.own.into_iter().map(|field| field.name).collect::<Vec<_>>();
    assert_eq!(own(listed), ["message.text"]);
    let body = |key: &str, text: &str| -> Values {
        let body = format!(r#"[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]"#);
        [("From_Account", "admin"), ("To_Account", "u1"), ("MsgKey", key), ("MsgBody", &body)]
            .into_iter()
            .collect()
    };
    let of = |acts: &[Values]| own(Listed::of(operation("tencent.modify_c2c"), acts));
    assert_eq!(of(&[body("1_1_1", "张三"), body("2_2_2", "李四")]), ["MsgBody"]);
    assert!(of(&[body("1_1_1", "张三"), body("2_2_2", "张三")]).is_empty());
}
