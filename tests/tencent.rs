//! What no single vector can show of Tencent: what leaves and what is shown, what a connection test makes of an answer, and
//! what becomes of a message that is found or pasted.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use message_desk::connection::Connection;
use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::json::Json;
use message_desk::domain::message::{Message, State};
use message_desk::domain::operation::{Danger, Operation};
use message_desk::domain::reply::{Ending, Reply, conclude};
use message_desk::domain::request::{HeaderValue, Moment, Signed};
use message_desk::domain::sentence::sentence;
use message_desk::domain::validation::Valid;
use message_desk::domain::vendor::Standing;
use message_desk::vendors;
use message_desk::vendors::tencent::TENCENT;
use message_desk::vendors::tencent::user_sig::inspect;
use message_desk::words::Language;

const NOW: i64 = 1_700_000_000_000;
const KEY: &str = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const APP: u64 = 1_400_000_000;

fn connection() -> Connection {
    let texts = [
        ("endpoint", "https://console.tim.qq.com"),
        ("sdkappid", "1400000000"),
        ("identifier", "administrator"),
        ("secret_key", KEY),
        ("tenant.storage_days", "30"),
        ("proxy", "https://proxy.corp.example/{url:enc}"),
    ];
    Connection::open(&TENCENT, &texts.into_iter().collect(), NOW)
        .map_err(|problems| format!("{problems:?}"))
        .unwrap()
}

fn probe() -> Valid {
    let values: Values = TENCENT.probe.values.iter().copied().collect();
    Draft { operation: TENCENT.probe.operation, values }.validate(NOW).unwrap()
}

fn signed(connection: &Connection, now: i64, nonce: &str) -> Signed {
    let moment = Moment { now, nonce: nonce.to_owned(), trace: None, token: None };
    connection.request(probe()).and_then(|request| connection.sign(request, &moment)).unwrap()
}

fn user_sig(signed: &Signed) -> String {
    let query = signed.query();
    query.split('&').find_map(|part| part.strip_prefix("usersig=")).unwrap().to_owned()
}

#[test]
fn neither_the_key_nor_a_live_user_sig_can_be_shown() {
    let connection = connection();
    let signed = signed(&connection, NOW, "7");
    let live = user_sig(&signed);
    assert!(connection.address(&signed).contains(&live.replace('*', "%2A")));
    let shown = [
        connection.shown_address(&signed),
        signed.shown_url(),
        signed.to_curl(&signed.shown_url()),
        format!("{signed:?}"),
    ];
    for shown in shown {
        assert!(!shown.contains(KEY) && !shown.contains(&live), "{shown}");
    }
    assert!(signed.shown_url().contains("&usersig=<UserSig>&"));
    assert_eq!(connection.account(), "1400000000 · administrator");
    assert_eq!(connection.tenant().get("tenant.storage_days"), "30");
}

#[test]
fn every_attempt_has_a_user_sig_of_its_own_that_is_good_for_ten_minutes() {
    let connection = connection();
    let (first, second) = (signed(&connection, NOW, "7"), signed(&connection, NOW + 1000, "8"));
    assert_ne!(user_sig(&first), user_sig(&second));
    let issued = NOW / 1000;
    let inspected = inspect(&user_sig(&first), APP, "administrator", issued).unwrap();
    assert_eq!((inspected.issued_at_s, inspected.expires_at_s), (issued, issued + 600));
}

#[test]
fn a_pasted_user_sig_that_expires_meanwhile_is_not_sent() {
    let live = user_sig(&signed(&connection(), NOW, "7"));
    let texts = [
        ("endpoint", "https://console.tim.qq.com"),
        ("sdkappid", "1400000000"),
        ("identifier", "administrator"),
        ("usersig", live.as_str()),
    ];
    let connection = Connection::open(&TENCENT, &texts.into_iter().collect(), NOW).ok().unwrap();
    assert_eq!(user_sig(&signed(&connection, NOW + 600_000, "7")), live);
    let request = connection.request(probe()).unwrap();
    let late = Moment { now: NOW + 601_000, nonce: "7".to_owned(), trace: None, token: None };
    let problem = connection.sign(request, &late).unwrap_err();
    assert_eq!((problem.rule, problem.fault.code()), ("T-SIG-7", "user_sig_expired"));
}

#[test]
fn the_query_is_signed_and_shows_everything_but_the_proof() {
    let signed = signed(&connection(), NOW, "7");
    let names: Vec<_> =
        signed.query()[1..].split('&').map(|part| part.split_once('=').unwrap().0.to_owned()).collect();
    assert_eq!(names, ["sdkappid", "identifier", "usersig", "random", "contenttype"]);
    assert!(signed.headers().iter().all(|header| matches!(header.value, HeaderValue::Plain(_))));
}

#[test]
fn an_answer_tells_app_admin_region_and_address_apart() {
    for (code, standing) in [
        (0, Standing::Ready),
        (90008, Standing::Ready),
        (70107, Standing::Ready),
        (70009, Standing::SignatureRefused),
        (70014, Standing::SignatureRefused),
        (70001, Standing::ClockOff),
        (60010, Standing::NotAdmin),
        (90009, Standing::NotAdmin),
        (60026, Standing::WrongRegion),
        (70016, Standing::WrongRegion),
        (70020, Standing::WrongRegion),
        (60021, Standing::IpRefused),
        (60020, Standing::Refused),
        (60007, Standing::Refused),
        (91000, Standing::Refused),
        (4711, Standing::Refused),
    ] {
        let status = if code == 0 { "OK" } else { "FAIL" };
        let body = format!(r#"{{"ActionStatus":"{status}","ErrorCode":{code},"ErrorInfo":""}}"#);
        let outcome = conclude(&probe(), &Ending::Replied(Reply { status: 200, body }));
        assert_eq!((TENCENT.probe.judge)(&outcome), standing, "{code}");
    }
}

fn json(text: &str) -> Json {
    Json::parse(text).unwrap()
}

fn recognised(text: &str) -> Option<Message> {
    (TENCENT.recognise.object)(&json(text))
}

const ROW: &str = r#"{"From_Account":"user1","To_Account":"user2","MsgSeq":1,"MsgRandom":2,"MsgTimeStamp":1699999000,"MsgFlagBits":0,"MsgKey":"1_2_1699999000","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"msg 1"}}],"CloudCustomData":"d"}"#;

fn operation(id: &str) -> &'static Operation {
    vendors::operation(id).unwrap().1
}

/// The operation's form, filled in with a message.
fn filled(message: &Message, id: &str) -> Draft {
    Draft { operation: operation(id), values: message.carried(operation(id)) }
}

#[test]
fn a_message_that_was_found_fills_in_every_form_about_it() {
    let message = recognised(ROW).unwrap();
    assert_eq!(
        (message.id.as_str(), message.time, message.state),
        ("1_2_1699999000", Some(1_699_999_000_000), State::Stands)
    );
    for id in ["tencent.modify_c2c", "tencent.recall_c2c", "tencent.delete_c2c"] {
        let body = filled(&message, id).validate(NOW).map(|valid| valid.body().unwrap());
        let body = body.unwrap_or_else(|problems| panic!("{id}: {problems:?}"));
        assert!(body.contains("user1") && body.contains("1_2_1699999000"), "{body}");
    }
    let search = filled(&message, "tencent.find_c2c").values;
    assert_eq!((search.get("MinTime"), search.get("MaxTime")), ("1699998400", "1699999600"));

    let group = r#"{"CallbackCommand":"Group.CallbackAfterSendMsg","GroupId":"@TGS#1","Type":"Public","From_Account":"jared","MsgSeq":123,"MsgTime":1699999000,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"red packet"}}]}"#;
    let message = recognised(group).unwrap();
    assert_eq!((message.receiver.as_str(), message.text.as_str()), ("@TGS#1", "red packet"));
    for id in ["tencent.modify_group", "tencent.recall_group", "tencent.recall_by_sender"] {
        assert!(filled(&message, id).validate(NOW).is_ok(), "{id}");
    }
    for id in
        TENCENT.operations.iter().filter(|operation| operation.danger != Danger::Sends).map(|one| one.id)
    {
        let draft = filled(&message, id);
        let wrong: Vec<_> = draft
            .check(NOW)
            .stops()
            .filter(|problem| !["required", "nothing_to_change"].contains(&problem.fault.code()))
            .map(|problem| format!("{problem:?}"))
            .collect();
        assert!(wrong.is_empty(), "{id}: {wrong:?}");
    }
}

#[test]
fn content_survives_the_way_from_a_search_into_an_edit() {
    for body in [
        r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a"}},{"MsgType":"TIMFaceElem","MsgContent":{"Index":1,"Data":"b"}}]"#,
        r#"[{"MsgType":"TIMLocationElem","MsgContent":{"Latitude":29.340656774469956,"Longitude":116.77497920478824,"Desc":"x"}}]"#,
        r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a","Unheard":{"Of":[1,2.50]}}}]"#,
        r#"[{"MsgType":"TIMNewElem","MsgContent":{"Data":"x"}}]"#,
    ] {
        let row =
            format!(r#"{{"From_Account":"a","To_Account":"b","MsgKey":"1_2_1699999000","MsgBody":{body}}}"#);
        let valid = filled(&recognised(&row).unwrap(), "tencent.modify_c2c").validate(NOW).unwrap();
        let sent: serde_json::Value = serde_json::from_str(&valid.body().unwrap()).unwrap();
        assert_eq!(sent["MsgBody"], serde_json::from_str::<serde_json::Value>(body).unwrap());
    }
}

#[test]
fn callbacks_and_rows_of_a_table_are_recognised() {
    let withdrawn = recognised(
        r#"{"CallbackCommand":"C2C.CallbackAfterMsgWithDraw","From_Account":"a","To_Account":"b","MsgKey":"1_2_1699999000"}"#,
    );
    assert_eq!(withdrawn.map(|message| message.state), Some(State::Recalled));
    let recalled = recognised(
        r#"{"CallbackCommand":"Group.CallbackAfterRecallMsg","GroupId":"g","MsgSeqList":[{"MsgSeq":7},{"MsgSeq":8}]}"#,
    );
    assert_eq!(recalled.map(|message| (message.id, message.state)), Some(("7".to_owned(), State::Recalled)));
    let row = recognised(
        r#"{"from":"a","to":"b","msg_key":"1_2_1699999000","msg_body":"[{\"MsgType\":\"TIMTextElem\",\"MsgContent\":{\"Text\":\"hi\"}}]"}"#,
    )
    .unwrap();
    assert_eq!((row.sender.as_str(), row.receiver.as_str(), row.text.as_str()), ("a", "b", "hi"));
    for stranger in ["{}", r#"{"MsgKey":""}"#, r#"{"GroupId":"g"}"#, r#"{"code":200}"#] {
        assert_eq!(recognised(stranger), None, "{stranger}");
    }
}

#[test]
fn a_bare_line_is_recognised_by_the_shape_of_its_ids() {
    let read = |cells: &[&str]| {
        (TENCENT.recognise.cells)(cells).map(|message| (message.id, message.receiver, message.sender))
    };
    let is = |id: &str, receiver: &str, sender: &str| {
        Some((id.to_owned(), receiver.to_owned(), sender.to_owned()))
    };
    let key = "1_2_1699999000";
    assert_eq!(read(&[key]), is(key, "", ""));
    assert_eq!(read(&[key, "bob", "alice"]), is(key, "bob", "alice"));
    assert_eq!(read(&["alice", "bob", key]), is(key, "bob", "alice"));
    assert_eq!(read(&["123", "@TGS#1", "alice"]), is("123", "@TGS#1", "alice"));
    assert_eq!(read(&["alice", "@TGS#1", "123"]), is("123", "@TGS#1", "alice"));
    assert_eq!(read(&["123"]), is("123", "", ""));
    assert_eq!(read(&["hello", "world"]), None);
    assert_eq!(read(&[]), None);
}

#[test]
fn what_other_clouds_can_names_the_nearest_call() {
    for gap in TENCENT.gaps {
        assert!(TENCENT.operations.iter().any(|operation| operation.id == gap.nearest), "{}", gap.nearest);
    }
}

#[test]
fn every_send_draws_the_numbers_that_tell_repeats() {
    use message_desk::domain::field::Initial;
    let drawn = |id: &str| -> Vec<&str> {
        let fields = operation(id).form.fields();
        fields.filter(|field| field.initial == Some(Initial::Drawn)).map(|field| field.name).collect()
    };
    assert_eq!(drawn("tencent.send"), ["MsgSeq", "MsgRandom"]);
    assert_eq!(drawn("tencent.batch_send"), ["MsgSeq", "MsgRandom"]);
    assert_eq!(drawn("tencent.send_group"), ["Random"]);
}

#[test]
fn a_space_in_an_id_is_named_and_not_shown() {
    let (_, operation) = vendors::operation("tencent.recall_c2c").unwrap();
    let values =
        [("From_Account", "vin son"), ("To_Account", "b"), ("MsgKey", "1_2_3")].into_iter().collect();
    let checked = Draft { operation, values }.check(0);
    let said = |language| {
        let spaced = checked.problems.iter().find(|problem| problem.field == "From_Account").unwrap();
        sentence(spaced, &operation.form, &checked.readings, language)
    };
    assert!(said(Language::Chinese).contains("“空格”"), "{}", said(Language::Chinese));
    assert!(said(Language::English).contains("“space”"), "{}", said(Language::English));
}
