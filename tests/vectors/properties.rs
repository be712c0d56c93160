//! What holds for any text whatever: nothing panics, no digit is lost, no receiver goes missing.

use message_desk::connection::Connection;
use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::endpoint::Endpoint;
use message_desk::domain::operation::Operation;
use message_desk::domain::outcome::{ReceiverEnding, Verdict};
use message_desk::domain::reply::{Ending, Reply, conclude};
use message_desk::domain::request::{Moment, Request};
use message_desk::domain::sentence::sentence;
use message_desk::domain::validation::check;
use message_desk::transport::proxy::Template;
use message_desk::vendors;
use message_desk::words::Language;
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value as Json;

use super::case;

const NOW: i64 = 1_700_000_000_000;

/// Texts that get far: numbers, ids, JSON, choices; and any text at all.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    const USUAL: &[&str] = &[
        "",
        "0",
        "1",
        "2",
        "3",
        "10",
        "100",
        "true",
        "false",
        "{}",
        "[]",
        "null",
        "{\"url\":\"https://x\"}",
        "\u{200b}",
        "１２",
        "1e400",
        ".",
    ];
    prop_oneof![
        2 => select(USUAL).prop_map(str::to_owned),
        1 => "[0-9]{0,25}",
        1 => "[-+0-9.eE]{0,12}",
        1 => "[a-zA-Z0-9@|._ ,;\n-]{0,60}",
        1 => "[{}\\[\\]\":,a-z0-9]{0,30}",
        1 => any::<String>(),
    ]
}

/// An operation with the values of one of its passing vectors, some of them replaced.
fn any_draft() -> impl Strategy<Value = Draft> {
    let cases: Vec<_> =
        case::all().into_iter().filter(|case| case.files.contains_key("request.json")).collect();
    select(cases).prop_flat_map(|case| {
        let operation = vendors::operation(&case.operation).unwrap().1;
        let names: Vec<_> = operation.form.fields().map(|field| field.name).collect();
        let typed = case.draft().values;
        prop::collection::vec((select(names), any_text()), 0..4).prop_map(move |changes| {
            let mut values: Values = typed.iter().cloned().collect();
            for (name, text) in changes {
                values.set(name, text);
            }
            Draft { operation, values }
        })
    })
}

fn any_reply() -> impl Strategy<Value = Reply> {
    let bodies = prop_oneof![
        any::<String>(),
        (any_text(), any_text()).prop_map(|(code, data)| format!("{{\"code\":{code},\"msg\":null,\"data\":{data}}}")),
        any_text().prop_map(|data| format!("{{\"code\":200,\"msg\":\"success\",\"data\":{data}}}")),
        (any_text(), any_text()).prop_map(|(sent, failed)| {
            format!("{{\"code\":\"200\",\"data\":{{\"success_list\":[{{\"receiver_id\":{sent}}}],\"failed_list\":[{failed}]}}}}")
        }),
        (select(vec!["OK", "FAIL", "SomeError"]), any_text(), any_text(), any_text()).prop_map(|(status, code, entry, list)| {
            format!("{{\"ActionStatus\":\"{status}\",\"ErrorCode\":{code},\"MsgKey\":\"1_2_3\",\"ErrorList\":[{entry},{{\"To_Account\":\"rong\",\"ErrorCode\":{code}}}],\"RecallRetList\":[{{\"MsgSeq\":100,\"RetCode\":{code}}}],\"MsgList\":{list},\"RspMsgList\":[{entry}]}}")
        }),
        any_text().prop_map(|data| format!("{{\"data\":{data},\"timestamp\":1}}")),
        (any_text(), any_text()).prop_map(|(id, said)| {
            format!("{{\"data\":[{{\"msg_id\":{id},\"recalled\":{said}}},{{\"msg_id\":1,\"payload\":{said}}}],\"timestamp\":1}}")
        }),
        (any_text(), any_text()).prop_map(|(error, said)| {
            format!("{{\"error\":{error},\"error_description\":{said},\"timestamp\":1}}")
        }),
    ];
    (prop_oneof![Just(200_u16), any::<u16>()], bodies).prop_map(|(status, body)| Reply { status, body })
}

fn endpoint() -> Endpoint {
    Endpoint::parse("https://open.yunxinapi.com").unwrap()
}

fn draft(id: &str, values: &[(&str, &str)]) -> Draft {
    let operation: &'static Operation = vendors::operation(id).unwrap().1;
    Draft { operation, values: values.iter().copied().collect() }
}

proptest! {
    #[test]
    fn no_text_in_any_field_makes_the_road_panic(draft in any_draft(), reply in any_reply(), now in any::<i64>()) {
        let checked = draft.check(now);
        for problem in &checked.problems {
            for language in [Language::Chinese, Language::English] {
                prop_assert!(!sentence(problem, &draft.operation.form, &checked.readings, language).is_empty());
            }
        }
        let stopped = checked.stops().next().is_some();
        let valid = draft.validate(now);
        prop_assert_eq!(stopped, valid.is_err());
        let Ok(valid) = valid else { return Ok(()) };
        let asked = draft.operation.targets.of(&valid);
        let _ = (draft.operation.scope)(&valid);
        let outcome = conclude(&valid, &Ending::Replied(reply));
        let (sent, refused, unknown) = outcome.counts();
        if !outcome.receivers.is_empty() {
            prop_assert_eq!(sent + refused + unknown, asked);
        }
        let _ = (draft.operation.follow)(&valid, &outcome);
        let _ = Request::assemble(valid, &endpoint(), &[]);
    }

    #[test]
    fn no_connection_makes_the_road_panic(texts in prop::collection::vec(any_text(), 4), nonce in any_text(), template in any_text(), now in any::<i64>()) {
        let vendor = vendors::ALL[0];
        let values: Values = vendor.connection.fields().map(|field| field.name).zip(texts).collect();
        let _ = check(vendor.connection, &values, now);
        let _ = Connection::open(vendor, &values, now);
        let mut sound = values;
        sound.set("endpoint", "https://im.corp.example:8443/nim");
        sound.set("proxy", format!("https://proxy.corp.example/{template}{{url:enc}}"));
        if let Ok(connection) = Connection::open(vendor, &sound, now) {
            let valid = Draft { operation: vendor.probe.operation, values: vendor.probe.values.iter().copied().collect() }.validate(now).unwrap();
            let request = connection.request(valid).unwrap();
            if let Ok(signed) = connection.sign(request, &Moment { now, nonce, trace: None, token: None }) {
                prop_assert!(connection.address(&signed).contains("https%3A%2F%2Fim.corp.example%3A8443%2Fnim%2Fim%2Fv2.1%2F"));
            }
        }
    }

    #[test]
    fn no_connection_to_tencent_makes_the_road_panic(texts in prop::collection::vec(any_text(), 7), nonce in any_text(), now in any::<i64>()) {
        let vendor = &vendors::tencent::TENCENT;
        let values: Values = vendor.connection.fields().map(|field| field.name).zip(texts).collect();
        let _ = Connection::open(vendor, &values, now);
        let mut sound = values;
        for (name, text) in [("endpoint", "https://im.corp.example"), ("sdkappid", "1400000000"), ("usersig", ""), ("proxy", ""), ("tenant.storage_days", "")] {
            sound.set(name, text);
        }
        if let Ok(connection) = Connection::open(vendor, &sound, now) {
            let valid = Draft { operation: vendor.probe.operation, values: vendor.probe.values.iter().copied().collect() }.validate(now).unwrap();
            let request = connection.request(valid).unwrap();
            if let Ok(signed) = connection.sign(request, &Moment { now, nonce, trace: None, token: None }) {
                prop_assert_eq!(signed.query().matches('&').count(), 4);
            }
        }
    }

    #[test]
    fn ids_survive_the_way_into_a_path(id in 0..=i64::MAX, sender in "[a-z0-9_@.-]{1,32}", receiver in "\\PC{1,20}") {
        let receiver = receiver.trim().to_lowercase();
        let recall = draft("yunxin.recall", &[
            ("conversation_id.sender_id", &sender),
            ("conversation_id.conversation_type", "1"),
            ("conversation_id.receiver_id", &receiver),
            ("message_server_id", &id.to_string()),
            ("type", "2"),
        ]);
        let checked = recall.check(NOW);
        let read = checked.readings.typed(recall.operation.form.field("conversation_id.receiver_id").unwrap()).to_owned();
        if let Some(valid) = checked.valid(recall.operation) {
            let request = Request::assemble(valid, &endpoint(), &[]).unwrap();
            let segments: Vec<_> = request.path().split('/').collect();
            prop_assert_eq!(segments.len(), 7);
            let conversation = percent_decode_str(segments[4]).decode_utf8().unwrap();
            prop_assert_eq!(conversation.split('|').collect::<Vec<_>>(), vec![sender.as_str(), "1", read.as_str()]);
            prop_assert_eq!(segments[6], id.to_string());
        }
    }

    #[test]
    fn ids_survive_the_way_into_a_body(id in 0..=i64::MAX, time in 0..=i64::MAX) {
        let modify = draft("yunxin.modify", &[
            ("operator", "zhangsan"),
            ("type", "1"),
            ("message.message_server_id", &id.to_string()),
            ("message.sender_id", "zhangsan"),
            ("message.receiver_id", "lisi"),
            ("message.time", &time.to_string()),
            ("message.message_type", "0"),
            ("message.text", "字"),
        ]);
        let body = modify.validate(NOW).unwrap().body().unwrap();
        let body: Json = serde_json::from_str(&body).unwrap();
        prop_assert_eq!(body["message"]["message_server_id"].as_i64(), Some(id));
        prop_assert_eq!(body["message"]["time"].as_i64(), Some(time));
    }

    #[test]
    fn ids_survive_the_way_out_of_a_reply(id in any::<u64>(), time in 0..=i64::MAX, as_text in any::<bool>()) {
        let send = draft("yunxin.batch_send", &[("sender_id", "zhangsan"), ("receiver_ids", "lisi"), ("message.message_type", "0"), ("message.text", "字")]);
        let valid = send.validate(NOW).unwrap();
        let mark = if as_text { "\"" } else { "" };
        let body = format!("{{\"code\":200,\"msg\":\"success\",\"data\":{{\"success_list\":[{{\"receiver_id\":\"lisi\",\"message_server_id\":{mark}{id}{mark},\"create_time\":{mark}{time}{mark}}}]}}}}");
        let outcome = conclude(&valid, &Ending::Replied(Reply { status: 200, body }));
        prop_assert_eq!(outcome.verdict, Verdict::Accepted);
        let ReceiverEnding::Sent(sent) = &outcome.receivers[0].ending else { panic!("not sent") };
        prop_assert_eq!(&sent.id, &id.to_string());
        prop_assert_eq!(&sent.time, &Some(time.to_string()));
        let follow = (send.operation.follow)(&valid, &outcome);
        prop_assert!(follow.iter().all(|follow| follow.values.iter().any(|(_, text)| *text == id.to_string())));
    }

    #[test]
    fn every_receiver_is_accounted_for_whatever_the_lists_say(
        asked in prop::collection::hash_set("[a-e]{1,2}", 1..20),
        sent in prop::collection::vec("[a-eA-E]{1,2}", 0..20),
        failed in prop::collection::vec("[a-eA-E]{1,2}", 0..20),
    ) {
        let lines = asked.iter().cloned().collect::<Vec<_>>().join("\n");
        let send = draft("yunxin.batch_send", &[("sender_id", "zhangsan"), ("receiver_ids", &lines), ("message.message_type", "0"), ("message.text", "字")]);
        let valid = send.validate(NOW).unwrap();
        let list = |name: &str, all: &[String]| all.iter().map(|id| serde_json::json!({ name: id, "message_server_id": 1, "error_code": 102_404 })).collect::<Vec<_>>();
        let data = serde_json::json!({ "success_list": list("receiver_id", &sent), "failed_list": list("account_id", &failed) });
        let body = serde_json::json!({ "code": 200, "msg": "success", "data": data }).to_string();
        let outcome = conclude(&valid, &Ending::Replied(Reply { status: 200, body }));
        let named = |all: &[String], id: &str| all.iter().any(|known| known.eq_ignore_ascii_case(id));
        prop_assert_eq!(outcome.receivers.len(), asked.len());
        for receiver in &outcome.receivers {
            match receiver.ending {
                ReceiverEnding::Sent(_) => prop_assert!(named(&sent, &receiver.receiver) && !named(&failed, &receiver.receiver)),
                ReceiverEnding::Refused { .. } => prop_assert!(named(&failed, &receiver.receiver) && !named(&sent, &receiver.receiver)),
                ReceiverEnding::Unknown => {}
            }
            if !named(&sent, &receiver.receiver) && !named(&failed, &receiver.receiver) {
                prop_assert_eq!(&receiver.ending, &ReceiverEnding::Unknown);
            }
        }
        let (some, none, unknown) = outcome.counts();
        prop_assert_eq!(some + none + unknown, asked.len());
        // A stranger in the answer makes it doubtful, even when everyone asked for has a message.
        prop_assert_eq!(outcome.verdict == Verdict::Accepted, some == asked.len() && outcome.facts.is_empty());
        prop_assert_eq!(outcome.verdict == Verdict::Refused, none == asked.len());
    }

    #[test]
    fn a_template_never_loses_a_part_of_the_address(before in "[a-z0-9/?=&.-]{0,20}", after in "[a-s0-9&]{0,5}") {
        let recall = draft("yunxin.recall", &[
            ("conversation_id.sender_id", "张三"),
            ("conversation_id.conversation_type", "1"),
            ("conversation_id.receiver_id", "lisi"),
            ("message_server_id", "1"),
            ("type", "2"),
            ("description", "撤回 了+1"),
        ]);
        let request = Request::assemble(recall.validate(NOW).unwrap(), &endpoint(), &[]).unwrap();
        if let Ok(template) = Template::parse(&format!("https://proxy.corp.example/{before}?to={{url:enc}}{after}")) {
            let address = template.address(&request, request.query());
            let carried = address.rsplit_once("to=").unwrap().1;
            let carried = carried.strip_suffix(after.as_str()).unwrap();
            prop_assert_eq!(percent_decode_str(carried).decode_utf8().unwrap(), request.url());
        }
        if let Ok(template) = Template::parse(&format!("https://proxy.corp.example/{before}")) {
            let address = template.address(&request, request.query());
            let (path, query) = (request.path().trim_start_matches('/'), request.query().trim_start_matches('?'));
            prop_assert!(address.contains(path) && address.ends_with(query), "{}", address);
        }
    }
}
