use super::*;
use crate::domain::draft::Draft;
use crate::domain::json::Json;
use crate::domain::operation::Operation;
use crate::domain::outcome::Outcome;
use crate::vendors::easemob::{message, reply};

const ID: &str = "1418038712905770616";

fn valid(operation: &'static Operation, values: &[(&str, &str)]) -> Valid {
    Draft { operation, values: values.iter().copied().collect() }.validate(0).unwrap()
}

fn done() -> Outcome {
    reply::accepted(crate::words::easemob::RECALLED)
}

fn listed(ids: &[&str]) -> Vec<Message> {
    let read = |id: &&str| {
        message::read(&Json::parse(&format!(r#"{{"msg_id":"{id}","payload":{{}}}}"#)).unwrap()).unwrap()
    };
    ids.iter().map(read).collect()
}

const BEFORE: &str = "1418038712000000000";
const AFTER: &str = "1418038900000000000";

#[test]
fn a_recalled_message_is_proved_gone_between_its_neighbours_only() {
    let act =
        valid(&recall::RECALL, &[("msg_id", ID), ("to", "user2"), ("from", "user1"), ("chat_type", "chat")]);
    let values = (RECALL.values)(&act, &done()).unwrap();
    assert_eq!((values.get("username"), values.get("to")), ("user1", "user2"));
    assert_eq!(
        (values.get("startTimestamp"), values.get("endTimestamp")),
        ("1747724066258", "1747731266258")
    );
    let judge = |ids: &[&str]| (RECALL.judge)(&act, &listed(ids));
    assert_eq!(judge(&[BEFORE, AFTER]), Proof::Verified);
    assert_eq!(judge(&[BEFORE, ID, AFTER]), Proof::Contradicted);
    for open in [&[][..], &[BEFORE], &[AFTER]] {
        assert_eq!(judge(open), Proof::Open);
    }
    let mut doubtful = listed(&[BEFORE, AFTER]);
    doubtful.push(Message::unreadable(&Json::Null));
    assert_eq!((RECALL.judge)(&act, &doubtful), Proof::Open);
}

#[test]
fn a_recall_without_its_sender_or_in_a_group_is_not_looked_up() {
    for values in [
        [("msg_id", ID), ("to", "user2"), ("from", ""), ("chat_type", "chat")],
        [("msg_id", ID), ("to", "184524748161025"), ("from", "user1"), ("chat_type", "groupchat")],
        [("msg_id", "1"), ("to", "user2"), ("from", "user1"), ("chat_type", "chat")],
    ] {
        assert_eq!((RECALL.values)(&valid(&recall::RECALL, &values), &done()), None);
    }
}

#[test]
fn a_delete_is_proved_when_every_message_is_gone() {
    let two = format!("{ID}\n1418038712905770617");
    let act =
        valid(&delete::DELETE_ROAMING, &[("user_id", "user1"), ("userId", "user2"), ("msgIdList", &two)]);
    let values = (DELETE.values)(&act, &done()).unwrap();
    assert_eq!((values.get("username"), values.get("to"), values.get("groupId")), ("user1", "user2", ""));
    let judge = |ids: &[&str]| (DELETE.judge)(&act, &listed(ids));
    assert_eq!(judge(&[BEFORE, AFTER]), Proof::Verified);
    assert_eq!(judge(&[BEFORE, "1418038712905770617", AFTER]), Proof::Contradicted);
    assert_eq!(judge(&[BEFORE]), Proof::Open);
    let group =
        valid(&delete::DELETE_ROAMING_GROUP, &[("user_id", "user1"), ("groupId", "1"), ("msgIdList", ID)]);
    let values = (DELETE_GROUP.values)(&group, &done()).unwrap();
    assert_eq!((values.get("groupId"), values.get("to")), ("1", ""));
}

#[test]
fn an_emptied_conversation_is_never_proved_and_may_be_contradicted() {
    let act = valid(
        &delete::DELETE_ROAMING_BEFORE,
        &[("user_id", "user1"), ("userId", "user2"), ("delTime", "1747727666258")],
    );
    let values = (DELETE_BEFORE.values)(&act, &done()).unwrap();
    assert_eq!(values.get("endTimestamp"), "1747727666258");
    let judge = |ids: &[&str]| (DELETE_BEFORE.judge)(&act, &listed(ids));
    assert_eq!((judge(&[]), judge(&[AFTER]), judge(&[ID])), (Proof::Open, Proof::Open, Proof::Contradicted));
}

#[test]
fn an_edit_of_a_known_message_is_proved_by_its_new_text() {
    let act = valid(
        &crate::vendors::easemob::rewrite::REWRITE,
        &[("msg_id", ID), ("new_msg.type", "txt"), ("new_msg.msg", "九点")],
    );
    assert_eq!((REWRITE.values)(&act, &done()), None);
    let known = |chat: &str| {
        let raw = format!(
            r#"{{"msg_id":"{ID}","chat_type":"{chat}","payload":{{"from":"user1","to":"user2","bodies":[{{"type":"txt","msg":"八点"}}]}}}}"#
        );
        message::read(&Json::parse(&raw).unwrap()).unwrap()
    };
    let look = |chat: &str| REWRITE.knowing.unwrap()(&known(chat));
    let chat = look("chat").unwrap();
    assert_eq!(
        (chat.operation.id, chat.values.get("username"), chat.values.get("to")),
        ("easemob.find_chat", "user1", "user2")
    );
    let group = look("groupchat").unwrap();
    assert_eq!((group.operation.id, group.values.get("groupId")), ("easemob.find_group", "user2"));
    assert!(look("chatroom").is_none());
    let after = |text: &str| Message { text: text.to_owned(), ..known("chat") };
    assert_eq!((REWRITE.judge)(&act, &[after("九点")]), Proof::Verified);
    assert_eq!((REWRITE.judge)(&act, &[after("八点")]), Proof::Contradicted);
    assert_eq!((REWRITE.judge)(&act, &[]), Proof::Open);
}
