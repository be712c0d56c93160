//! What Yunxin's messages fill in, how its acts are foreseen and proved, and what is recognised in pasted text.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::foresight::{Fate, Forecast, Foresight, worst};
use message_desk::domain::json::Json;
use message_desk::domain::message::{Message, State};
use message_desk::domain::operation::{Operation, Proof};
use message_desk::domain::outcome::Outcome;
use message_desk::domain::reply::{Ending, Reply, conclude};
use message_desk::domain::validation::{Readings, Valid};
use message_desk::vendors;
use message_desk::vendors::yunxin::YUNXIN;
use message_desk::words::Language;

const NOW: i64 = 1_700_000_000_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const ID: &str = "158844553334358019";

fn operation(id: &str) -> &'static Operation {
    vendors::operation(id).unwrap().1
}

fn with(base: &Values, more: &[(&str, &str)]) -> Values {
    let mut values = base.clone();
    more.iter().for_each(|(name, text)| values.set(name, *text));
    values
}

fn valid(id: &str, values: Values) -> Valid {
    let draft = Draft { operation: operation(id), values };
    draft.validate(NOW).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn object(text: &str) -> Json {
    Json::parse(text).unwrap()
}

fn recognised(text: &str) -> Message {
    (YUNXIN.recognise.object)(&object(text)).unwrap_or_else(|| panic!("{text}"))
}

fn answered(valid: &Valid, data: &str) -> Outcome {
    let body = format!(r#"{{"code":200,"msg":"success","data":{data}}}"#);
    conclude(valid, &Ending::Replied(Reply { status: 200, body }))
}

/// A message as a query answers it.
fn item(more: &str) -> String {
    format!(
        r#"{{"message_server_id":{ID},"message_client_id":"c","conversation_type":1,"sender_id":"zhangsan","receiver_id":"lisi","create_time":{NOW},"sender_client_type":32{more}}}"#
    )
}

fn text_message() -> Message {
    recognised(&item(r#","message_type":0,"text":"你好","extension":"{\"k\":1}""#))
}

// What a message fills in.

#[test]
fn a_message_fills_in_every_form_about_it() {
    let message = text_message();
    for (id, chosen) in [
        ("yunxin.modify", &[][..]),
        ("yunxin.recall", &[("type", "2")][..]),
        ("yunxin.clear_conversation", &[("type", "3")][..]),
        ("yunxin.send", &[][..]),
        ("yunxin.find_message", &[][..]),
        ("yunxin.find_history", &[("limit", "100")][..]),
        ("yunxin.find_by_ids", &[][..]),
        ("yunxin.search", &[("limit", "10"), ("keyword_list", "你")][..]),
    ] {
        let operation = operation(id);
        let carried = message.carried(operation);
        assert!(carried.iter().all(|(name, _)| operation.form.knows(name)), "{id}");
        // What a person has to choose is left alone, although another form calls its conversation so.
        assert!(chosen.iter().all(|(name, _)| carried.get(name).is_empty()), "{id}");
        assert!(
            valid(id, with(&carried, chosen))
                .text(operation.form.fields().next().unwrap())
                .contains("zhangsan")
        );
    }
    let modify = message.carried(operation("yunxin.modify"));
    assert_eq!((modify.get("type"), modify.get("extension")), ("1", r#"{"k":1}"#));
}

#[test]
fn an_attachment_is_filled_in_so_that_it_can_be_written_back_as_it_was() {
    for (kind, attachment, cells) in [
        ("1", r#"{"name":"a","md5":"m","url":"u","ext":"jpg","w":1,"h":2,"size":3}"#, true),
        ("4", r#"{"title":"t","lng":120.50,"lat":-30.1}"#, true),
        ("2", r#"{"dur":1,"md5":"m","url":"u","ext":"aac","size":3,"scene":"x"}"#, false),
        ("1", r#"{"url":"u","w":1.5}"#, false),
        ("100", r#"{"vote":{"id":158844553334358019}}"#, false),
    ] {
        let message =
            recognised(&item(&format!(r#","message_type":{kind},"text":"","attachment":{attachment}"#)));
        let carried = message.carried(operation("yunxin.modify"));
        assert_eq!(carried.get("message.attachment").is_empty(), cells, "{attachment}");
        let readings = Readings::new(&operation("yunxin.modify").form, &carried, NOW);
        let body = readings.body().unwrap();
        let back = body.get("message").unwrap().get("attachment").unwrap();
        let original = object(attachment);
        let (back, original) = (back.as_object().unwrap(), original.as_object().unwrap());
        assert_eq!(back.iter().count(), original.iter().count());
        assert!(original.iter().all(|(name, value)| back.get(name) == Some(value)), "{attachment}");
    }
}

#[test]
fn a_chatroom_message_fills_in_its_own_forms_only() {
    let look = valid(
        "yunxin.find_chatroom",
        [("room_id", "66"), ("sender_id", "admin"), ("limit", "100")].into_iter().collect(),
    );
    let listed = r#"{"items":[{"sender_id":"zhangsan","message_type":0,"create_time":5,"message_client_id":"c1","text":"hi"}]}"#;
    let message = &answered(&look, listed).found.unwrap().messages[0];
    let carried = message.carried(operation("yunxin.recall_chatroom"));
    let recall = valid("yunxin.recall_chatroom", with(&carried, &[("notification_enabled", "false")]));
    assert_eq!(recall.query().next().unwrap(), ("sender_id", "zhangsan".to_owned()));
    assert_eq!(message.carried(operation("yunxin.recall")), Values::new());
}

// What will come of an act.

fn foreseen(id: &str, values: &Values, message: Option<&Message>, tenant: &[(&str, &str)]) -> Vec<Forecast> {
    let operation = operation(id);
    let readings = Readings::new(&operation.form, values, NOW);
    let tenant = tenant.iter().copied().collect();
    let forecasts = (operation.foresee)(&Foresight { readings: &readings, message, tenant: &tenant });
    for forecast in &forecasts {
        let facts: Vec<_> = forecast.facts.iter().map(|(name, fact)| (*name, fact.as_str())).collect();
        assert!(!forecast.says.fill(Language::Chinese, &facts).contains('{'), "{forecast:?}");
    }
    forecasts
}

fn fate(
    id: &str,
    values: &Values,
    message: Option<&Message>,
    tenant: &[(&str, &str)],
) -> Option<(Fate, &'static str)> {
    let forecasts = foreseen(id, values, message, tenant);
    let worst = worst(&forecasts)?;
    forecasts.iter().find(|forecast| forecast.fate == worst).map(|forecast| (worst, forecast.rule))
}

fn aged(message: &Message, age: i64, more: &[(&str, &str)]) -> Values {
    let mut values = with(&message.carried(operation("yunxin.recall")), more);
    values.set("message_time", (NOW - age).to_string());
    values
}

#[test]
fn a_recall_is_foreseen_by_its_window() {
    let message = text_message();
    let minutes = |minutes| [("tenant.recall_minutes", minutes)];
    let fails = Some((Fate::Fails, "Y-WINDOW"));
    let succeeds = Some((Fate::Succeeds, "Y-WINDOW"));
    let two_way = ("type", "2");
    for (age, more, tenant, wanted) in [
        (2 * MINUTE, &[two_way][..], &[][..], succeeds),
        (2 * MINUTE + 1, &[two_way][..], &[][..], fails),
        (2 * MINUTE + 1, &[two_way][..], &minutes("10")[..], succeeds),
        (11 * MINUTE, &[two_way][..], &minutes("10")[..], fails),
        (29 * DAY, &[two_way, ("ingore_revoke_time", "1")][..], &[][..], succeeds),
        (31 * DAY, &[two_way, ("ingore_revoke_time", "1")][..], &[][..], fails),
        (29 * DAY, &[("type", "1")][..], &[][..], succeeds),
        (31 * DAY, &[("type", "1")][..], &[][..], fails),
        (29 * DAY, &[("type", "3")][..], &[][..], Some((Fate::Silent, "Y-WINDOW"))),
        (29 * DAY, &[("type", "3")][..], &[("tenant.history_days", "7")][..], fails),
        (
            MINUTE,
            &[("type", "1"), ("conversation_id.conversation_type", "3")][..],
            &[][..],
            Some((Fate::Fails, "Y-DEL-2")),
        ),
        (MINUTE, &[two_way, ("conversation_id.receiver_id", "zhangsan")][..], &[][..], fails),
        (
            MINUTE,
            &[two_way, ("conversation_id.sender_id", "wangwu")][..],
            &[][..],
            Some((Fate::Fails, "Y-ID-4")),
        ),
        (MINUTE, &[][..], &[][..], None),
    ] {
        assert_eq!(
            fate("yunxin.recall", &aged(&message, age, more), Some(&message), tenant),
            wanted,
            "{age} {more:?}"
        );
    }
    let unknown = with(&aged(&message, 0, &[two_way]), &[("message_time", "")]);
    assert_eq!(fate("yunxin.recall", &unknown, None, &[]), Some((Fate::Open, "Y-WINDOW")));
    // The message itself tells when the form does not.
    assert_eq!(fate("yunxin.recall", &unknown, Some(&message), &[]), succeeds);
    let recalled = Message { state: State::Recalled, ..message.clone() };
    assert_eq!(
        fate("yunxin.recall", &aged(&message, 0, &[two_way]), Some(&recalled), &[]),
        Some((Fate::Void, "Y-WINDOW"))
    );
}

#[test]
fn an_edit_is_foreseen_by_age_type_and_who_edits() {
    let message = text_message();
    let carried = message.carried(operation("yunxin.modify"));
    let at = |age: i64| with(&carried, &[("message.time", &(NOW - age).to_string())]);
    let edit = |values: &Values, message: Option<&Message>| fate("yunxin.modify", values, message, &[]);
    assert_eq!(edit(&at(7 * DAY), None), Some((Fate::Succeeds, "Y-MOD-8")));
    assert_eq!(edit(&at(7 * DAY + 1), None), Some((Fate::Fails, "Y-MOD-8")));
    assert_eq!(edit(&with(&carried, &[("message.time", "")]), None), Some((Fate::Open, "Y-MOD-8")));
    assert_eq!(edit(&carried, Some(&message)), Some((Fate::Succeeds, "Y-MOD-8")));
    assert_eq!(edit(&at(5), Some(&message)), Some((Fate::Fails, "Y-MOD-1")));
    assert_eq!(
        edit(&with(&carried, &[("message.message_type", "10")]), Some(&message)),
        Some((Fate::Fails, "Y-MOD-6"))
    );
    assert_eq!(
        edit(&with(&carried, &[("operator", "lisi")]), Some(&message)),
        Some((Fate::Open, "Y-MOD-10"))
    );
    let notice = Message { kind: "5".to_owned(), ..message.clone() };
    assert_eq!(edit(&carried, Some(&notice)), Some((Fate::Fails, "Y-MOD-6")));
    // Another message than the one in the form says nothing about it.
    assert_eq!(
        edit(&with(&carried, &[("message.message_server_id", "1")]), Some(&notice)),
        Some((Fate::Succeeds, "Y-MOD-8"))
    );
    assert_eq!(
        fate("yunxin.modify", &at(2 * DAY), None, &[("tenant.history_days", "1")]),
        Some((Fate::Fails, "Y-WINDOW"))
    );
}

#[test]
fn a_deletion_in_a_chatroom_is_silent() {
    let notice = |notice: &str| [("notification_enabled", notice)].into_iter().collect();
    assert_eq!(fate("yunxin.recall_chatroom", &notice("false"), None, &[]), Some((Fate::Silent, "Y-ROOM")));
    assert_eq!(fate("yunxin.recall_chatroom", &notice("true"), None, &[]), Some((Fate::Succeeds, "Y-ROOM")));
    assert_eq!(fate("yunxin.recall_chatroom", &Values::new(), None, &[]), None);
}

#[test]
fn a_clearing_leaves_the_other_side_open() {
    assert_eq!(fate("yunxin.clear_conversation", &Values::new(), None, &[]), Some((Fate::Open, "Y-CLEAR")));
}

#[test]
fn a_receiver_without_a_copy_is_told_nothing() {
    let unaware = [("receiver_no_sense", "true")].into_iter().collect();
    assert_eq!(fate("yunxin.send", &unaware, None, &[]), Some((Fate::Silent, "Y-SEND")));
    assert_eq!(fate("yunxin.send", &Values::new(), None, &[]), None);
}

// How an act is proved.

/// What looking again says about an act, given the data of the act's answer and of the look's.
fn proof(act: &Valid, answer: &str, look: &str) -> Option<Proof> {
    let read_back = act.operation().read_back.unwrap();
    let values = (read_back.values)(act, &answered(act, answer))?;
    let look_up = Draft { operation: read_back.operation, values }.validate(NOW).unwrap();
    Some((read_back.judge)(act, &answered(&look_up, look).found.unwrap().messages))
}

#[test]
fn an_edit_is_proved_by_the_content() {
    let carried = text_message().carried(operation("yunxin.modify"));
    let act = valid("yunxin.modify", with(&carried, &[("message.text", "新内容")]));
    let look = |more: &str| proof(&act, "{}", &item(more)).unwrap();
    assert_eq!(look(r#","message_type":0,"text":"新内容","modify_time":5"#), Proof::Verified);
    assert_eq!(look(r#","message_type":0,"text":"你好""#), Proof::Contradicted);
    assert_eq!(look(r#","message_type":0,"text":"另一个人改的","modify_time":5"#), Proof::Open);
    assert_eq!(proof(&act, "{}", "{}"), Some(Proof::Open));
    assert_eq!(proof(&act, "{}", r#"{"message_server_id":1,"sender_id":"x"}"#), Some(Proof::Open));
}

#[test]
fn an_edited_attachment_is_compared_member_by_member() {
    let original = r#","message_type":100,"attachment":{"a":1,"b":{"c":2}}"#;
    let carried = recognised(&item(original)).carried(operation("yunxin.modify"));
    let act = valid("yunxin.modify", carried);
    assert_eq!(
        proof(&act, "{}", &item(r#","message_type":100,"attachment":{"b":{"c":2},"a":1}"#)),
        Some(Proof::Verified)
    );
    assert_eq!(
        proof(&act, "{}", &item(r#","message_type":100,"attachment":{"a":1}"#)),
        Some(Proof::Contradicted)
    );
    assert_eq!(proof(&act, "{}", &item(r#","message_type":100"#)), Some(Proof::Contradicted));
}

#[test]
fn a_recall_is_proved_by_the_neighbours_of_the_message() {
    let message = text_message();
    let act = |more: &[(&str, &str)]| {
        valid("yunxin.recall", with(&message.carried(operation("yunxin.recall")), more))
    };
    let two_way = act(&[("type", "2")]);
    let listed = |items: &str| format!(r#"{{"items":[{items}]}}"#);
    let older = r#"{"message_server_id":7,"sender_id":"lisi","receiver_id":"zhangsan","create_time":5}"#;
    let newer =
        r#"{"message_server_id":8,"sender_id":"lisi","receiver_id":"zhangsan","create_time":1700000000500}"#;
    assert_eq!(proof(&two_way, "{}", &listed(older)), Some(Proof::Verified));
    assert_eq!(proof(&two_way, "{}", &listed(&format!("{},{older}", item("")))), Some(Proof::Contradicted));
    assert_eq!(proof(&two_way, "{}", &listed("")), Some(Proof::Open));
    assert_eq!(proof(&two_way, "{}", &listed(newer)), Some(Proof::Open));
    assert_eq!(proof(&two_way, "{}", &listed(&format!("{older},{{\"x\":1}}"))), Some(Proof::Open));
    // A one-way recall is seen from the receiver's side, and in a team from nowhere.
    let read_back = operation("yunxin.recall").read_back.unwrap();
    let looks = |act: &Valid| (read_back.values)(act, &answered(act, "{}"));
    assert_eq!(looks(&act(&[("type", "1")])).unwrap().get("conversation_id.sender_id"), "lisi");
    let team =
        [("type", "1"), ("conversation_id.conversation_type", "2"), ("conversation_id.receiver_id", "77")];
    assert_eq!(looks(&act(&team)), None);
    assert_eq!(looks(&act(&[("type", "2"), ("message_time", "")])), None);
}

#[test]
fn a_sent_message_is_proved_by_being_there() {
    let message = text_message();
    let act = valid("yunxin.send", message.carried(operation("yunxin.send")));
    let answer = format!(r#"{{"message_server_id":{ID},"create_time":5}}"#);
    assert_eq!(proof(&act, &answer, &item(r#","message_type":0,"text":"你好""#)), Some(Proof::Verified));
    assert_eq!(proof(&act, &answer, "{}"), Some(Proof::Open));
    assert_eq!(proof(&act, "{}", "{}"), None);
}

#[test]
fn a_recall_in_a_chatroom_is_proved_by_the_newest_messages_of_the_room() {
    let values = [
        ("room_id", "66"),
        ("message_client_id", "c1"),
        ("operator_id", "admin"),
        ("sender_id", "zhangsan"),
        ("create_time", "5"),
        ("notification_enabled", "true"),
    ];
    let act = valid("yunxin.recall_chatroom", values.into_iter().collect());
    let entry = |id: &str, time: i64| {
        format!(r#"{{"items":[{{"message_client_id":"{id}","sender_id":"zhangsan","create_time":{time}}}]}}"#)
    };
    assert_eq!(proof(&act, "{}", &entry("c1", 5)), Some(Proof::Contradicted));
    assert_eq!(proof(&act, "{}", &entry("c0", 4)), Some(Proof::Verified));
    assert_eq!(proof(&act, "{}", &entry("c2", 6)), Some(Proof::Open));
}

// What is recognised.

/// Id, sender, receiver, time, type and text, and the kind of conversation.
fn seen(message: &Message) -> [String; 7] {
    let place = message.values.get("conversation_id.conversation_type").to_owned();
    let time = message.time.map_or_else(String::new, |time| time.to_string());
    let parts =
        [&message.id, &message.sender, &message.receiver, &time, &message.kind, &message.text, &place];
    parts.map(Clone::clone)
}

#[test]
fn callbacks_rows_and_answers_are_recognised_by_the_names_in_them() {
    let wanted = [ID, "zhangsan", "lisi", "1441977355557", "0", "hello", "1"];
    for text in [
        r#"{"attach":"x","body":"hello","convType":"PERSON","eventType":"1","fromAccount":"ZhangSan","fromClientType":"IOS","msgTimestamp":"1441977355557","msgType":"TEXT","msgidClient":"1","msgidServer":"158844553334358019","to":"lisi"}"#,
        r#"{"message_server_id":158844553334358019,"conversation_type":1,"sender_id":"zhangsan","receiver_id":"lisi","create_time":1441977355557,"message_type":0,"text":"hello"}"#,
        r#"{"messageServerId":"158844553334358019","conversationId":"zhangsan|1|lisi","senderId":"zhangsan","createTime":1441977355557,"messageType":0,"text":"hello"}"#,
        r#"{"服务端消息 ID":"158844553334358019","会话类型":"单聊","发送者":"zhangsan","接收人":"lisi","发送时间":"1441977355557","消息类型":"0","文本内容":"hello"}"#,
        r#"{"conversation_id.sender_id":"zhangsan","conversation_id.conversation_type":"1","conversation_id.receiver_id":"lisi","message_server_id":"158844553334358019","message_time":"1441977355557","message.message_type":"0","message.text":"hello"}"#,
        r#"{"from":"zhangsan","to":"lisi","convType":"P2P","msgid":158844553334358019,"sendtime":1441977355557,"msgType":"TEXT","body":"{\"msg\":\"hello\"}"}"#,
    ] {
        assert_eq!(seen(&recognised(text)), wanted, "{text}");
    }
    let team = recognised(
        r#"{"convType":"TEAM","fromAccount":"a","to":"2366968294","msgidServer":"158844553334358019","msgType":"CUSTOM","attach":"{\"v\":1}"}"#,
    );
    assert_eq!(team.values.get("yunxin.modify:type"), "2");
    assert_eq!(team.values.get("message.attachment"), r#"{"v":1}"#);
    let room = recognised(
        r#"{"room_id":66,"message_client_id":"c1","sender_id":"a","create_time":5,"message_type":0,"text":"t"}"#,
    );
    assert_eq!((room.id.as_str(), room.receiver.as_str()), ("c1", "66"));
    let dated = recognised(r#"{"message_server_id":"7","sender_id":"a","create_time":"2026-11-21 10:00"}"#);
    assert_eq!((dated.time, dated.values.get("message.time")), (None, ""));
}

#[test]
fn what_is_no_message_is_left_alone() {
    for text in [
        r#"{"code":200,"msg":"success","data":{}}"#,
        r#"{"id":5}"#,
        r#"{"msgid":"158844553334358019"}"#,
        r#"{"message_server_id":7,"sender_id":""}"#,
    ] {
        assert_eq!((YUNXIN.recognise.object)(&object(text)), None, "{text}");
    }
    // A recall's notice has an id of its own: it is shown, and fills in nothing.
    let notice =
        recognised(r#"{"msgType":"P2P_DELETE_MSG","msgidServer":"158844553334358019","fromAccount":"a"}"#);
    assert_eq!(notice.state, State::Unreadable);
}

#[test]
fn a_bare_line_is_recognised_by_the_shape_of_its_cells() {
    for (line, wanted) in [
        (&[ID][..], [ID, "", "", "", "", "", ""]),
        (&["9899821270208"][..], ["9899821270208", "", "", "", "", "", ""]),
        (&["1700000000000"][..], ["1700000000000", "", "", "", "", "", ""]),
        (&[ID, "ZhangSan|1|lisi"][..], [ID, "zhangsan", "lisi", "", "", "", "1"]),
        (
            &[ID, "zhangsan", "1", "lisi", "1700000000000"][..],
            [ID, "zhangsan", "lisi", "1700000000000", "", "", "1"],
        ),
        (&["zhangsan", "2", "2366968294", ID][..], [ID, "zhangsan", "2366968294", "", "", "", "2"]),
        (&["9899821270208", "1700000000000"][..], ["9899821270208", "", "", "1700000000000", "", "", ""]),
        (&[ID, "zhangsan"][..], [ID, "zhangsan", "", "", "", "", ""]),
    ] {
        assert_eq!(seen(&(YUNXIN.recognise.cells)(line).unwrap()), wanted, "{line:?}");
    }
    for line in [
        &["zhangsan", "lisi"][..],
        &["123456789"][..],
        &["99999999999999999999"][..],
        &["message_server_id", "sender_id"][..],
        &[ID, "谁？"][..],
    ] {
        assert_eq!((YUNXIN.recognise.cells)(line), None, "{line:?}");
    }
}

#[test]
fn a_gap_names_an_operation_that_comes_nearest() {
    assert!(!YUNXIN.gaps.is_empty());
    for gap in YUNXIN.gaps {
        assert!(YUNXIN.operations.iter().any(|operation| operation.id == gap.nearest), "{}", gap.nearest);
    }
}
