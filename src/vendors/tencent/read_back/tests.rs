use super::super::message::{of_c2c, of_group};
use super::super::{modify_c2c, recall_c2c, send};
use super::*;
use crate::domain::draft::Draft;
use crate::domain::operation::Operation;
use crate::domain::outcome::{Advice, Repeat};
use crate::domain::validation::validate_form;
use crate::words::Words;

const NOW: i64 = 1_700_000_000;

fn valid(operation: &'static Operation, values: &[(&str, &str)]) -> Option<Valid> {
    Draft { operation, values: values.iter().copied().collect() }.validate(NOW * 1000).ok()
}

fn row(key: &str, flag: u8, text: &str) -> Message {
    let json = format!(
        r#"{{"From_Account":"a","To_Account":"b","MsgKey":"{key}","MsgRandom":5,"MsgTimeStamp":{},"MsgFlagBits":{flag},"MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]}}"#,
        sent_at(key).unwrap_or_default()
    );
    of_c2c(&Json::parse(&json).unwrap_or(Json::Null))
}

fn outcome(verdict: Verdict) -> Outcome {
    let advice = Advice { meaning: Words::NONE, cause: Words::NONE, next: Words::NONE, repeat: Repeat::Done };
    Outcome::new(verdict, advice)
}

const KEY: &str = "1_2_1699999000";

fn which(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    [&[("From_Account", "a"), ("To_Account", "b"), ("MsgKey", KEY)], more].concat()
}

fn judged(operation: &'static Operation, values: &[(&str, &str)], messages: &[Message]) -> Option<Proof> {
    let valid = valid(operation, values)?;
    let read_back = operation.read_back?;
    Some((read_back.judge)(&valid, messages))
}

#[test]
fn every_look_back_is_a_search_that_may_be_sent() {
    let text = ("MsgBody.0.MsgContent.Text", "字");
    let kind = ("MsgBody.0.MsgType", TEXT);
    let group = [("GroupId", "g"), ("MsgSeq", "7"), ("MsgSeqList", "7\n9"), kind, text, ("Random", "5")];
    let pair = [("Operator_Account", "a"), ("Peer_Account", "b"), ("MsgKeyList", KEY)];
    let send = [("From_Account", "a"), ("To_Account", "b"), ("MsgRandom", "5"), kind, text];
    let acts: [(&'static Operation, Vec<(&str, &str)>); 6] = [
        (&modify_c2c::MODIFY_C2C, which(&[kind, text])),
        (&recall_c2c::RECALL_C2C, which(&[])),
        (&delete_c2c::DELETE_C2C, pair.to_vec()),
        (&modify_group::MODIFY_GROUP, [group[0], group[1], kind, text].to_vec()),
        (&recall_group::RECALL_GROUP, [group[0], group[2]].to_vec()),
        (&send_group::SEND_GROUP, [group[0], group[5], kind, text].to_vec()),
    ];
    for (operation, values) in acts.into_iter().chain([(&send::SEND as &'static Operation, send.to_vec())]) {
        let wanted = valid(operation, &values).and_then(|valid| {
            let read_back = operation.read_back?;
            Some((read_back.operation, (read_back.values)(&valid, &outcome(Verdict::Unknown))?))
        });
        let checked =
            wanted.map(|(search, values)| validate_form(&search.form, &values, NOW * 1000).map(drop).is_ok());
        assert_eq!(checked, Some(true), "{}", operation.id);
    }
}

#[test]
fn an_edit_is_proved_by_the_new_text_and_contradicted_by_another() {
    let values = which(&[("MsgBody.0.MsgType", TEXT), ("MsgBody.0.MsgContent.Text", "new")]);
    let proof = |messages: &[Message]| judged(&modify_c2c::MODIFY_C2C, &values, messages);
    assert_eq!(proof(&[row(KEY, 0, "new")]), Some(Proof::Verified));
    assert_eq!(proof(&[row(KEY, 0, "old")]), Some(Proof::Contradicted));
    assert_eq!(proof(&[row(KEY, 8, "new")]), Some(Proof::Open));
    assert_eq!(proof(&[row("1_3_1699999000", 0, "new")]), Some(Proof::Open));
}

#[test]
fn a_recall_is_proved_by_the_mark_or_by_a_gap_between_neighbours() {
    let proof = |messages: &[Message]| judged(&recall_c2c::RECALL_C2C, &which(&[]), messages);
    let (before, after) = (row("1_1_1699998990", 0, "x"), row("1_3_1699999010", 0, "y"));
    assert_eq!(proof(&[row(KEY, 8, "new")]), Some(Proof::Verified));
    assert_eq!(proof(&[row(KEY, 0, "new")]), Some(Proof::Contradicted));
    assert_eq!(proof(&[before.clone(), after.clone()]), Some(Proof::Verified));
    assert_eq!(proof(&[before]), Some(Proof::Open));
    assert_eq!(proof(&[after]), Some(Proof::Open));
    assert_eq!(proof(&[]), Some(Proof::Open));
}

#[test]
fn a_group_recall_is_proved_message_by_message() {
    let row = |seq: u8, place: u8| {
        let json = format!(r#"{{"From_Account":"a","IsPlaceMsg":{place},"MsgSeq":{seq},"MsgBody":[]}}"#);
        of_group(&Json::parse(&json).unwrap_or(Json::Null), "g", "")
    };
    let values = [("GroupId", "g"), ("MsgSeqList", "7\n9")];
    let proof = |messages: &[Message]| judged(&recall_group::RECALL_GROUP, &values, messages);
    assert_eq!(proof(&[row(9, 2), row(8, 0), row(7, 1)]), Some(Proof::Verified));
    assert_eq!(proof(&[row(9, 2), row(8, 0), row(7, 0)]), Some(Proof::Contradicted));
    assert_eq!(proof(&[row(9, 2)]), Some(Proof::Open));
}

#[test]
fn a_send_is_proved_by_its_random_number_and_never_contradicted() {
    let values = [
        ("From_Account", "a"),
        ("To_Account", "b"),
        ("MsgRandom", "5"),
        ("MsgBody.0.MsgType", TEXT),
        ("MsgBody.0.MsgContent.Text", "new"),
    ];
    let proof = |messages: &[Message]| judged(&send::SEND, &values, messages);
    assert_eq!(proof(&[row(KEY, 0, "new")]), Some(Proof::Verified));
    assert_eq!(proof(&[row(KEY, 0, "other")]), Some(Proof::Open));
    assert_eq!(proof(&[]), Some(Proof::Open));
}
