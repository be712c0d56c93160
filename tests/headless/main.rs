//! The headless face keeps its contract: one line in, one line out, bodies byte for byte, every problem at once.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

#[expect(dead_code, reason = "the vectors' own test reads more of a case than this one")]
#[path = "../vectors/case.rs"]
mod case;
mod face;

use serde_json::{Value as Json, json};

const NONCE: &str = "0123456789abcdef0123456789abcdef";

fn edit() -> Json {
    json!({
        "operation": "yunxin.modify",
        "connection": { "vendor": "yunxin", "endpoint": "https://open.yunxinapi.com", "app_key": "key", "app_secret": "1234567890ab", "proxy": null },
        "values": {
            "operator": "zhangsan", "type": "1", "message.message_server_id": "9899821270208", "message.sender_id": "zhangsan",
            "message.receiver_id": "lisi", "message.time": "1699999999000", "message.message_type": "0", "message.text": "new text"
        },
        "now": 1_700_000_000_000_i64,
        "nonce": NONCE,
    })
}

fn answer(change: impl FnOnce(&mut Json)) -> Json {
    let mut line = edit();
    change(&mut line);
    face::answer(&line.to_string())
}

/// Field, rule and code of every problem.
fn problems(answer: &Json) -> Vec<(&str, &str, &str)> {
    assert_eq!(answer.as_object().unwrap().keys().collect::<Vec<_>>(), ["problems"], "{answer}");
    let listed = answer["problems"].as_array().unwrap().iter();
    listed
        .map(|problem| {
            let code = problem["fault"]["code"].as_str().unwrap();
            (problem["field"].as_str().unwrap(), problem["rule"].as_str().unwrap(), code)
        })
        .collect()
}

#[test]
fn a_request_has_method_url_headers_and_body() {
    let answer = answer(|_| ());
    assert_eq!(
        answer,
        json!({ "request": {
            "method": "POST",
            "url": "https://open.yunxinapi.com/im/v2/messages/actions/modifyMsg",
            "headers": {
                "AppKey": "key",
                "Nonce": NONCE,
                "CurTime": "1700000000",
                "CheckSum": "6edaa2a42aadd18aab99122cbb01e68279478f5c",
                "Content-Type": "application/json",
            },
            "body": "{\"operator\":\"zhangsan\",\"type\":1,\"message\":{\"message_server_id\":9899821270208,\"sender_id\":\"zhangsan\",\"receiver_id\":\"lisi\",\"time\":1699999999000,\"message_type\":0,\"text\":\"new text\"}}",
        } })
    );
}

#[test]
fn a_request_without_a_body_says_null() {
    let answer = answer(|line| {
        line["operation"] = json!("yunxin.recall");
        line["values"] = json!({
            "conversation_id.sender_id": "zhangsan", "conversation_id.conversation_type": "1", "conversation_id.receiver_id": "lisi",
            "message_server_id": "158844553334358019", "type": "2"
        });
    });
    let request = answer["request"].as_object().unwrap();
    assert_eq!(request.get("body"), Some(&Json::Null));
    assert_eq!(request["method"], "DELETE");
    assert!(request["headers"].get("Content-Type").is_none());
}

#[test]
fn a_body_is_its_exact_bytes() {
    let typed = " 字😀\u{1}\u{7f}\"\\/\n";
    let answer = answer(|line| {
        line["values"]["message.text"] = json!(typed);
        line["values"]["message.message_server_id"] = json!("9223372036854775807");
        line["values"]["extension"] = json!("{ \"b\" : 1, \"a\" : 2 }");
    });
    let body = answer["request"]["body"].as_str().unwrap();
    assert!(body.contains(r#""message_server_id":9223372036854775807,"#), "{body}");
    assert!(body.contains("\"text\":\" 字😀\\u0001\u{7f}\\\"\\\\/\\n\""), "{body}");
    assert!(body.ends_with(r#""extension":"{ \"b\" : 1, \"a\" : 2 }"}"#), "{body}");
}

#[test]
fn the_url_goes_through_the_proxy() {
    let answer = answer(|line| line["connection"]["proxy"] = json!("https://proxy.corp.example/{url}"));
    assert_eq!(
        answer["request"]["url"],
        "https://proxy.corp.example/https://open.yunxinapi.com/im/v2/messages/actions/modifyMsg"
    );
}

#[test]
fn a_trace_becomes_a_header_and_null_does_not() {
    assert_eq!(answer(|line| line["trace"] = json!("t1"))["request"]["headers"]["X-custom-traceid"], "t1");
    assert!(
        answer(|line| line["trace"] = Json::Null)["request"]["headers"].get("X-custom-traceid").is_none()
    );
}

#[test]
fn a_warning_stops_nothing() {
    assert!(answer(|line| line["values"]["message.time"] = json!("1600000000000"))["request"].is_object());
}

#[test]
fn every_problem_is_said_at_once() {
    let answer = answer(|line| {
        line["extra"] = json!(1);
        line["trace"] = json!(7);
        line["connection"]["endpoint"] = json!("open.yunxinapi.com");
        line["connection"]["app_secret"] = json!("");
        line["connection"]["colour"] = json!("red");
        line["values"]["type"] = json!(1);
        line["values"]["message.text"] = json!("");
        line["values"]["message.message_server_id"] = json!("1.5E+17");
        line["values"]["p2p_option.check_friend"] = json!("yes");
        line["values"]["message.txt"] = json!("typo");
        line["now"] = json!("1700000000000");
    });
    let mut found = problems(&answer);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("", "FIELD", "unknown_field"),
            ("", "FIELD", "unknown_field"),
            ("app_secret", "Y-SIG-5", "required"),
            ("endpoint", "ENDPOINT", "not_an_address"),
            ("extra", "LINE", "unknown_key"),
            ("message.message_server_id", "Y-ID-3", "scientific_notation"),
            ("message.text", "Y-MOD-4", "required"),
            ("now", "LINE", "milliseconds_wanted"),
            ("p2p_option.check_friend", "Y-MOD-17", "does_not_apply"),
            ("trace", "LINE", "text_wanted"),
            ("type", "LINE", "text_wanted"),
            ("type", "Y-MOD-1", "required"),
        ]
    );
}

#[test]
fn a_fault_carries_its_numbers() {
    let answer = answer(|line| {
        line["values"]["message.text"] = json!("😀".repeat(2501));
        line["values"]["type"] = json!("0");
        line["values"]["message.sender_id"] = json!("a|b");
        line["values"]["extension"] = json!("{\n,");
        line["values"]["message.message_server_id"] = json!("9223372036854775808");
    });
    let fault = |field: &str| {
        let listed = answer["problems"].as_array().unwrap();
        listed
            .iter()
            .find(|problem| problem["field"] == field)
            .map(|problem| problem["fault"].clone())
            .unwrap()
    };
    assert_eq!(
        fault("message.text"),
        json!({ "code": "over_limit", "limit": 5000, "actual": 5002, "unit": "utf16" })
    );
    assert_eq!(fault("type"), json!({ "code": "not_a_choice", "allowed": ["1", "2", "3"] }));
    assert_eq!(fault("message.sender_id"), json!({ "code": "forbidden_character", "found": "|" }));
    assert_eq!(fault("extension"), json!({ "code": "not_json", "line": 2, "column": 1 }));
    assert_eq!(
        fault("message.message_server_id"),
        json!({ "code": "out_of_range", "min": 0, "max": i64::MAX })
    );
}

#[test]
fn a_problem_has_field_rule_and_fault_and_nothing_else() {
    let answer = answer(|line| line["values"]["message.text"] = json!(""));
    assert_eq!(
        answer,
        json!({ "problems": [{ "field": "message.text", "rule": "Y-MOD-4", "fault": { "code": "required" } }] })
    );
}

#[test]
fn a_connection_of_another_vendor_is_refused() {
    assert_eq!(
        problems(&answer(|line| line["connection"]["vendor"] = json!("tencent"))),
        [("vendor", "LINE", "operation_of_another_vendor")]
    );
}

#[test]
fn an_operation_nobody_knows_is_refused() {
    for operation in [json!("yunxin.nothing"), json!("YUNXIN.MODIFY"), json!(""), json!(1), Json::Null] {
        assert_eq!(
            problems(&answer(|line| line["operation"] = operation)),
            [("operation", "LINE", "unknown_operation")]
        );
    }
}

#[test]
fn a_missing_part_is_named() {
    let without = |part: &str| answer(|line| drop(line.as_object_mut().unwrap().remove(part)));
    assert!(problems(&without("connection")).contains(&("connection", "LINE", "object_wanted")));
    assert!(problems(&without("connection")).contains(&("app_key", "Y-SIG-5", "required")));
    assert!(problems(&without("values")).contains(&("values", "LINE", "object_wanted")));
    assert!(problems(&without("values")).contains(&("operator", "Y-MOD-1", "required")));
    assert_eq!(problems(&without("now")), [("now", "LINE", "milliseconds_wanted")]);
    assert_eq!(problems(&without("nonce")), [("nonce", "Y-SIG-7", "nonce_length")]);
}

#[test]
fn a_nonce_is_a_text() {
    assert_eq!(problems(&answer(|line| line["nonce"] = json!(12345))), [("nonce", "LINE", "text_wanted")]);
    assert_eq!(
        problems(&answer(|line| line["nonce"] = json!("a".repeat(129)))),
        [("nonce", "Y-SIG-7", "nonce_length")]
    );
    assert_eq!(
        answer(|line| line["nonce"] = json!("随机数"))["request"]["headers"]["CheckSum"],
        "01fdc51be444a2f83946df23c91aaeb38f658e40"
    );
}

#[test]
fn a_value_that_is_not_text_is_refused_and_null_is_nothing() {
    for value in [json!(1), json!(true), json!(["a"]), json!({}), json!(1.5)] {
        let answer = answer(|line| line["values"]["extension"] = value.clone());
        assert_eq!(problems(&answer), [("extension", "LINE", "text_wanted")], "{value}");
    }
    assert!(answer(|line| line["values"]["extension"] = Json::Null)["request"].is_object());
    assert_eq!(
        problems(&answer(|line| line["connection"]["app_key"] = json!(1))).first(),
        Some(&("app_key", "LINE", "text_wanted"))
    );
}

#[test]
fn a_malformed_line_is_answered_too() {
    for line in ["", "{", "[]", "null", "\"yunxin.modify\"", "{\"operation\":}", "\u{0}"] {
        let answer = face::answer(line);
        let problem = &answer["problems"][0];
        assert_eq!(
            (problem["field"].as_str(), problem["rule"].as_str()),
            (Some(""), Some("LINE")),
            "{line:?} {answer}"
        );
    }
}

#[test]
fn the_secret_is_never_in_the_answer() {
    let secret = "CANARY-app-secret";
    for change in ["", "x"] {
        let answer = answer(|line| {
            line["connection"]["app_secret"] = json!(secret);
            line["connection"]["proxy"] = json!(change);
            line["values"]["message.txt"] = json!(change);
        });
        assert!(!answer.to_string().contains(secret), "{answer}");
    }
}

#[test]
fn every_vector_gets_the_same_answer_here_on_one_line() {
    for case in case::all() {
        let answer = face::answer(&case.draft().line(&case.operation));
        assert!(!answer.to_string().contains('\n'), "{}", case.title());
        if let Some(signed) = case.json("signed.json") {
            let request = case.json("request.json").unwrap();
            let unsent = || case::spelt(&request["url"]) + case.text("query.txt").unwrap_or_default();
            let url = case.text("address.txt").map_or_else(unsent, str::to_owned);
            let body =
                if request["body"].is_null() { Json::Null } else { case::spelt(&request["body"]).into() };
            let headers: serde_json::Map<_, _> = signed
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| (name.clone(), case::spelt(value).into()))
                .collect();
            let wanted = json!({ "request": { "method": request["method"], "url": url, "headers": headers, "body": body } });
            assert_eq!(answer, wanted, "{}", case.title());
        } else {
            let listed = case.json("problems.json").unwrap();
            let text = |problem: &Json, name: &str| problem[name].as_str().unwrap().to_owned();
            let stops = listed.as_array().unwrap().iter().filter(|problem| problem["severity"] == "stops");
            let mut wanted: Vec<_> = stops
                .map(|problem| (text(problem, "field"), text(problem, "rule"), text(problem, "code")))
                .collect();
            let mut found: Vec<_> = problems(&answer)
                .into_iter()
                .map(|(field, rule, code)| (field.to_owned(), rule.to_owned(), code.to_owned()))
                .collect();
            wanted.sort();
            found.sort();
            assert_eq!(found, wanted, "{}", case.title());
        }
    }
}
