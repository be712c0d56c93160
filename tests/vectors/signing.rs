//! What no single vector can show about signing: several attempts, and what a test of the connection makes of an answer.

use message_desk::connection::Connection;
use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::reply::{Ending, Reply, conclude};
use message_desk::domain::request::{Moment, Signed};
use message_desk::domain::vendor::Standing;
use message_desk::vendors::yunxin::YUNXIN;

const NOW: i64 = 1_700_000_000_000;
const SECRET: &str = "1234567890ab";

fn connection() -> Connection {
    let texts = [("endpoint", "https://open.yunxinapi.com"), ("app_key", "key"), ("app_secret", SECRET)];
    Connection::open(&YUNXIN, &texts.into_iter().collect(), NOW)
        .map_err(|problems| format!("{problems:?}"))
        .unwrap()
}

fn signed(now: i64, nonce: &str) -> Signed {
    let connection = connection();
    let values: Values = YUNXIN.probe.values.iter().copied().collect();
    let valid = Draft { operation: YUNXIN.probe.operation, values }.validate(now).unwrap();
    let moment = Moment { now, nonce: nonce.to_owned(), trace: Some("trace".to_owned()), token: None };
    connection.request(valid).and_then(|request| connection.sign(request, &moment)).unwrap()
}

fn header(signed: &Signed, name: &str) -> String {
    signed.headers().iter().find(|header| header.name == name).map(|header| header.sent().to_owned()).unwrap()
}

#[test]
fn every_attempt_has_its_own_nonce_time_and_check_sum_and_keeps_the_trace() {
    let (first, second) = (signed(NOW, "first"), signed(NOW + 1000, "second"));
    for name in ["Nonce", "CurTime", "CheckSum"] {
        assert_ne!(header(&first, name), header(&second, name), "{name}");
    }
    assert_eq!(header(&first, "X-custom-traceid"), header(&second, "X-custom-traceid"));
}

#[test]
fn the_time_is_in_whole_seconds() {
    for (now, time) in [(NOW, "1700000000"), (NOW + 999, "1700000000"), (NOW + 1000, "1700000001")] {
        assert_eq!(header(&signed(now, "n"), "CurTime"), time);
    }
}

#[test]
fn neither_the_secret_nor_a_live_check_sum_can_be_shown() {
    let signed = signed(NOW, "n");
    let check_sum = header(&signed, "CheckSum");
    for shown in [signed.to_curl("https://proxy.example/x"), format!("{signed:?}")] {
        assert!(!shown.contains(SECRET) && !shown.contains(&check_sum), "{shown}");
    }
    assert!(signed.to_curl("https://proxy.example/x").contains("CheckSum: <CheckSum>"));
}

#[test]
fn an_answer_about_key_signature_or_clock_is_recognised_under_403_and_414() {
    let values: Values = YUNXIN.probe.values.iter().copied().collect();
    let valid = Draft { operation: YUNXIN.probe.operation, values }.validate(NOW).unwrap();
    for (code, msg, standing) in [
        (200, "success", Standing::Ready),
        (403, "forbidden", Standing::SignatureOrClock),
        (403, "CheckSum error", Standing::SignatureOrClock),
        (403, "CurTime is more than 5 minutes off", Standing::ClockOff),
        (403, "AppKey not exist", Standing::KeyUnknown),
        (414, "bad checksum", Standing::SignatureOrClock),
        (414, "curtime expired", Standing::ClockOff),
        (414, "app key is wrong", Standing::KeyUnknown),
        (101_303, "", Standing::KeyUnknown),
        (315, "ip not allowed", Standing::IpRefused),
        (416, "too often", Standing::Refused),
        (101_302, "", Standing::Refused),
        (500, "internal", Standing::Refused),
        // The message looked for does not exist: key and signature were accepted.
        (107_404, "message not exist", Standing::Ready),
        // Anybody could have said these, about anything.
        (404, "not found", Standing::Refused),
        (200, "please sign in", Standing::Refused),
        (401, "未登录", Standing::Refused),
        (0, "ok", Standing::Refused),
        (414, "message_time is illegal", Standing::Ready),
    ] {
        let body = format!(r#"{{"code":{code},"msg":"{msg}","data":{{}}}}"#);
        let outcome = conclude(&valid, &Ending::Replied(Reply { status: 200, body }));
        assert_eq!((YUNXIN.probe.judge)(&outcome), standing, "{code} {msg}");
    }
}
