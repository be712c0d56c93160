use sandbox::user_sig;
use serde_json::{Value, json};

use super::caller::{ADMIN, APP, KEY, Url, call, code, told};
use crate::desk::{Call, Desk, machine_seconds};

const RECALL: &str = "openim/admin_msgwithdraw";

/// The code with which this query is answered; `90008` means that it passed and the empty body did not.
async fn at(desk: &Desk, url: &Url) -> u64 {
    told(&desk.send(url.call(RECALL, &json!({}))).await).0
}

#[tokio::test]
async fn a_right_query_in_any_order_passes() {
    let desk = Desk::new();
    assert_eq!(at(&desk, &Url::new()).await, 90_008);
    let mut words: Vec<String> = Url::new().query().split('&').map(str::to_owned).collect();
    words.reverse();
    let target = format!("/tencent/v4/{RECALL}?{}", words.join("&"));
    let reversed = Call { method: "POST", target, headers: vec![], body: "{}".to_owned() };
    assert_eq!(told(&desk.send(reversed).await).0, 90_008);
    for random in ["0", "4294967295"] {
        assert_eq!(at(&desk, &Url::new().with("random", random)).await, 90_008);
    }
}

#[tokio::test]
async fn every_parameter_of_the_query_is_checked() {
    let desk = Desk::new();
    for (key, expected) in [
        ("sdkappid", 60_012),
        ("identifier", 60_025),
        ("usersig", 60_025),
        ("random", 60_025),
        ("contenttype", 60_025),
    ] {
        assert_eq!(at(&desk, &Url::new().without(key)).await, expected, "{key}");
    }
    for (key, value, expected) in [
        ("sdkappid", "", 60_012),
        ("sdkappid", "14e8", 60_025),
        ("sdkappid", "1499999999", 70_020),
        ("sdkappid", "1400000002", 70_014),
        ("identifier", "zhangsan", 70_013),
        ("identifier", "a123456789012345678901234567890123", 60_025),
        ("usersig", "", 70_002),
        ("usersig", "eJyrVgrxCdYrSy1SslJQ", 70_003),
        ("random", "-1", 60_025),
        ("random", "4294967296", 60_025),
        ("random", "1.0", 60_025),
        ("contenttype", "JSON", 60_025),
        ("servicename", "openim", 60_025),
        ("identifier", "%zz", 60_002),
    ] {
        assert_eq!(at(&desk, &Url::new().with(key, value)).await, expected, "{key}={value}");
    }
    let twice = call(RECALL, &json!({}));
    let twice = Call { target: format!("{}&random=1", twice.target), ..twice };
    assert_eq!(told(&desk.send(twice).await).0, 60_002);
}

#[tokio::test]
async fn a_user_sig_is_really_checked() {
    let desk = Desk::new();
    let now = machine_seconds();
    let made = |key, app, identifier: &str, time: i64, expire| {
        user_sig(key, app, identifier, u64::try_from(time).expect("a date"), expire, None)
    };
    let with_sig = |sig: String| Url::new().with("usersig", &sig);
    assert_eq!(at(&desk, &with_sig(made("practice-secret-key-2", APP, ADMIN, now, 60))).await, 70_009);
    assert_eq!(at(&desk, &with_sig(made(KEY, APP + 1, ADMIN, now, 60))).await, 70_014);
    assert_eq!(at(&desk, &with_sig(made(KEY, APP, "lisi", now, 60))).await, 70_013);
    assert_eq!(at(&desk, &with_sig(made(KEY, APP, ADMIN, now - 61, 59))).await, 70_001);
    let with_userbuf = user_sig(KEY, APP, ADMIN, u64::try_from(now).expect("a date"), 60, Some(b"abc"));
    assert_eq!(at(&desk, &with_sig(with_userbuf)).await, 70_009);
    assert_eq!(at(&desk, &Url::signed(APP, "zhangsan", KEY, now)).await, 60_010);
    let expired_plan = Url::signed(1_400_000_003, ADMIN, "practice-secret-key-3", now);
    assert_eq!(at(&desk, &expired_plan).await, 60_020);
    let second_app = Url::signed(1_400_000_002, ADMIN, "practice-secret-key-2", now);
    assert_eq!(at(&desk, &second_app).await, 90_008);
}

#[tokio::test]
async fn expiry_is_judged_by_the_sandboxs_clock() {
    let desk = Desk::new();
    let url = Url::new();
    desk.shift(86_390_000).await;
    assert_eq!(at(&desk, &url).await, 90_008);
    desk.shift(86_402_000).await;
    assert_eq!(at(&desk, &url).await, 70_001);
}

#[tokio::test]
async fn only_post_on_a_known_path_is_answered() {
    let desk = Desk::new();
    assert_eq!(code(&desk, "openim/sendgroupmsg", &json!({})).await, 60_009);
    assert_eq!(code(&desk, "group_open_http_svc/sendmsg", &json!({})).await, 10_003);
    for method in ["GET", "OPTIONS", "PUT"] {
        let answer = desk.send(Call { method, ..call(RECALL, &json!({})) }).await;
        assert_eq!(answer.status.as_u16(), 405);
        assert_eq!(answer.headers["allow"], "POST");
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
    }
    let answer = desk.send(call(RECALL, &json!({}))).await;
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    assert_eq!(answer.headers["access-control-allow-headers"], "X-Requested-With");
    assert_eq!(answer.headers["access-control-allow-methods"], "POST");
}

#[tokio::test]
async fn a_body_is_a_json_object_and_never_empty() {
    let desk = Desk::new();
    for (command, expected) in [(RECALL, 90_001), ("group_open_http_svc/group_msg_recall", 10_011)] {
        for body in ["", "{", "[]", "null", "{\"a\":1,}"] {
            let call = Call { body: body.to_owned(), ..call(command, &Value::Null) };
            assert_eq!(told(&desk.send(call).await).0, expected, "{body}");
        }
    }
}

#[tokio::test]
async fn a_command_may_be_called_so_often_in_a_second() {
    let desk = Desk::new();
    desk.control("POST", "tencent/limits", json!({ "calls_per_second": 2 })).await;
    let codes = [at(&desk, &Url::new()).await, at(&desk, &Url::new()).await, at(&desk, &Url::new()).await];
    assert_eq!(codes, [90_008, 90_008, 60_007]);
    assert_eq!(code(&desk, "openim/sendmsg", &json!({})).await, 90_003);
    desk.shift(1_500).await;
    assert_eq!(at(&desk, &Url::new()).await, 90_008);
}
