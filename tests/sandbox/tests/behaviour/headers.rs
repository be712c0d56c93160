use axum::http::StatusCode;
use serde_json::json;

use crate::desk::{BATCH, Call, Desk, KEY, MODIFY, SECRET, machine_seconds, seeded};

fn any_call() -> Call {
    Call::recall("zhangsan|1|lisi", seeded(19), "type=2")
}

fn now() -> String {
    machine_seconds().to_string()
}

#[tokio::test]
async fn every_missing_or_empty_header_is_named_with_code_403() {
    let desk = Desk::new();
    for header in ["AppKey", "Nonce", "CurTime", "CheckSum"] {
        for call in [any_call().without(header), any_call().with(header, "")] {
            let (code, msg) = desk.send(call).await.refusal();
            assert_eq!((code, msg), (403, format!("{header} header is required")));
        }
    }
    assert!(desk.effects().await.is_empty());
}

#[tokio::test]
async fn an_unknown_app_key_is_101303_and_an_app_without_im_101301() {
    let desk = Desk::new();
    assert_eq!(desk.code(any_call().with("AppKey", "nobody")).await, 101_303);
    let off = any_call().signed("practice-app-key-0000000000000003", "practice-secret-3", "n", &now());
    assert_eq!(desk.code(off).await, 101_301);
}

#[tokio::test]
async fn a_wrong_or_upper_case_check_sum_is_refused() {
    let desk = Desk::new();
    let good = any_call();
    let sum = good.headers.iter().find(|(name, _)| *name == "CheckSum").expect("a sum").1.clone();
    let others = [
        good.clone().with("CheckSum", &sum.to_uppercase()),
        good.clone().with("CheckSum", "0000000000000000000000000000000000000000"),
        good.clone().with("Nonce", "another"),
        good.clone().signed(KEY, "practice-secret\n", "n", &now()),
        good.signed("practice-app-key-0000000000000002", SECRET, "n", &now()),
    ];
    for call in others {
        assert_eq!(desk.send(call).await.refusal(), (403, "bad checksum".to_owned()));
    }
}

#[tokio::test]
async fn a_clock_off_by_more_than_five_minutes_or_in_milliseconds_is_refused() {
    let desk = Desk::new();
    let at = |seconds: i64| any_call().signed(KEY, SECRET, "n", &seconds.to_string());
    for wrong in [machine_seconds() - 302, machine_seconds() + 302, machine_seconds() * 1000] {
        let (code, msg) = desk.send(at(wrong)).await.refusal();
        assert_eq!(code, 403);
        assert!(msg.contains("clock"), "{msg}");
    }
    let text = any_call().signed(KEY, SECRET, "n", "-1");
    assert_eq!(desk.send(text).await.refusal().0, 403);
    assert_eq!(desk.code(at(machine_seconds() - 298)).await, 200);
}

#[tokio::test]
async fn a_nonce_may_have_128_characters_and_no_more() {
    let desk = Desk::new();
    let with = |nonce: &str| any_call().signed(KEY, SECRET, nonce, &now());
    let (code, msg) = desk.send(with(&"a".repeat(129))).await.refusal();
    assert_eq!(code, 403);
    assert!(msg.starts_with("Nonce "), "{msg}");
    assert_eq!(desk.code(with(&"a".repeat(128))).await, 200);
}

#[tokio::test]
async fn a_nonce_is_hashed_as_its_utf8_bytes() {
    let desk = Desk::new();
    let call = any_call().signed(KEY, SECRET, "随机数", &now());
    assert_eq!(desk.code(call).await, 200);
}

#[tokio::test]
async fn a_repeated_trace_id_is_431_and_has_no_effect() {
    let desk = Desk::new();
    let body = json!({ "sender_id": "zhangsan", "receiver_ids": ["lisi"], "receiver_no_sense": false,
                       "message": { "message_type": 0, "text": "一次" } });
    let call = Call::batch(&body);
    assert_eq!(desk.code(call.clone()).await, 200);
    assert_eq!(desk.send(call.clone()).await.refusal().0, 431);
    assert_eq!(desk.effects().await.len(), 1);
    assert_eq!(desk.code(call.with("X-custom-traceid", "fresh")).await, 200);
    assert_eq!(desk.effects().await.len(), 2);
}

#[tokio::test]
async fn a_trace_id_is_optional_and_not_spent_by_a_failed_signature() {
    let desk = Desk::new();
    let call = any_call();
    assert_eq!(desk.code(call.clone().with("CheckSum", "0")).await, 403);
    assert_eq!(desk.code(call).await, 200);
    let without = Call::recall("zhangsan|1|lisi", seeded(43), "type=2").without("X-custom-traceid");
    assert_eq!(desk.code(without.clone()).await, 200);
    assert_eq!(desk.code(without).await, 107_404);
}

#[tokio::test]
async fn a_body_must_come_as_json_and_a_delete_without_one() {
    let desk = Desk::new();
    for kind in ["text/plain", "application/json;charset=gbk", "application/jsonp"] {
        let call = Call::new("POST", MODIFY, "{}").with("Content-Type", kind);
        desk.refuses(call, "Content-Type").await;
    }
    desk.refuses(Call::new("POST", BATCH, ""), "Content-Type").await;
    desk.refuses(Call::new("POST", BATCH, "[]"), "body").await;
    desk.refuses(Call::new("POST", BATCH, "{"), "body").await;
    desk.refuses(Call::new("POST", &format!("{BATCH}?type=1"), "{}"), "query").await;
    let mut call = any_call();
    call.body = "{}".to_owned();
    desk.refuses(call, "body").await;
    desk.refuses(any_call().with("Content-Type", "application/json"), "Content-Type").await;
}

#[tokio::test]
async fn options_and_wrong_methods_are_405_without_any_cors_header() {
    let desk = Desk::new();
    desk.fault(json!({ "on": "*", "kind": "html" })).await;
    for target in [MODIFY, BATCH, "/yunxin/im/v2/elsewhere"] {
        let mut preflight = Call::new("OPTIONS", target, "");
        preflight.headers = vec![("Origin", "https://desk.test".to_owned())];
        let answer = desk.send(preflight).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")));
    }
    assert_eq!(desk.send(Call::new("GET", MODIFY, "")).await.status, StatusCode::METHOD_NOT_ALLOWED);
    desk.control("DELETE", "faults", json!(null)).await;
    let answered = desk.send(any_call().with("Origin", "https://desk.test")).await;
    assert!(answered.headers.keys().all(|name| !name.as_str().starts_with("access-control")));
}

#[tokio::test]
async fn an_unknown_path_of_the_api_is_code_404_once_the_signature_is_accepted() {
    let desk = Desk::new();
    let call = |method, path: &str| Call::new(method, &format!("/yunxin/im/{path}"), "");
    for path in
        ["v2/messages/actions/modify", "v2/conversations/a%7C1%7Cb", "v2.1/conversations", "v3/x", "x", ""]
    {
        for method in ["GET", "POST", "DELETE"] {
            assert_eq!(desk.send(call(method, path)).await.refusal().0, 404, "{method} {path}");
        }
        let forged = call("GET", path).with("CheckSum", "0");
        assert_eq!(desk.send(forged).await.refusal(), (403, "bad checksum".to_owned()), "{path}");
        assert_eq!(desk.code(call("GET", path).with("AppKey", "nobody")).await, 101_303, "{path}");
    }
    let spent = call("GET", "x");
    assert_eq!(desk.code(spent.clone()).await, 404);
    assert_eq!(desk.code(spent).await, 431);
}

#[tokio::test]
async fn a_path_outside_the_api_is_code_404_signed_or_not() {
    let desk = Desk::new();
    for path in ["/yunxin", "/yunxin/im", "/yunxin/nimserver/im/v2/x"] {
        let call = Call::new("POST", path, "{}");
        assert_eq!(desk.send(call.clone()).await.refusal().0, 404, "{path}");
        assert_eq!(desk.send(call.without("CheckSum")).await.refusal().0, 404, "{path}");
    }
}
