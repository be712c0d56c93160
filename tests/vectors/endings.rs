//! Every way a call can end that is not an answer in the vendor's language, and what may be said about it then.

use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::job::classify::class;
use message_desk::domain::job::retry::Class;
use message_desk::domain::operation::Operation;
use message_desk::domain::outcome::{Outcome, Repeat, Verdict};
use message_desk::domain::reply::{Ending, Reply, Withheld, conclude};
use message_desk::domain::validation::Valid;
use message_desk::domain::vendor::Standing;
use message_desk::vendors;
use message_desk::vendors::yunxin::YUNXIN;

const NOW: i64 = 1_700_000_000_000;

fn valid(operation: &'static Operation, values: &[(&str, &str)]) -> Valid {
    let values: Values = values.iter().copied().collect();
    Draft { operation, values }.validate(NOW).unwrap()
}

fn named(id: &str, values: &[(&str, &str)]) -> Valid {
    valid(vendors::operation(id).unwrap().1, values)
}

fn recall() -> Valid {
    let conversation = [
        ("conversation_id.sender_id", "zhangsan"),
        ("conversation_id.conversation_type", "1"),
        ("conversation_id.receiver_id", "lisi"),
    ];
    named(
        "yunxin.recall",
        &[&conversation[..], &[("message_server_id", "158844553334358019"), ("type", "2")]].concat(),
    )
}

fn modify() -> Valid {
    named(
        "yunxin.modify",
        &[
            ("operator", "zhangsan"),
            ("type", "1"),
            ("message.message_server_id", "158844553334358019"),
            ("message.sender_id", "zhangsan"),
            ("message.receiver_id", "lisi"),
            ("message.time", "1699999999000"),
            ("message.message_type", "0"),
            ("message.text", "新内容"),
        ],
    )
}

fn send() -> Valid {
    let receivers = ("receiver_ids", "lisi\nwangwu\nzhaoliu");
    named(
        "yunxin.batch_send",
        &[("sender_id", "zhangsan"), receivers, ("message.message_type", "0"), ("message.text", "你好")],
    )
}

fn look() -> Valid {
    valid(YUNXIN.probe.operation, YUNXIN.probe.values)
}

fn replied(status: u16, body: &str) -> Ending {
    Ending::Replied(Reply { status, body: body.to_owned() })
}

const PAGE: &str = "<!DOCTYPE html><html><body>登录</body></html>";

/// Ending, verdict on a write, whether a write may be repeated, the status shown.
fn table() -> Vec<(Ending, Verdict, Repeat, Option<&'static str>)> {
    use Repeat::{AfterFix, Dangerous};
    use Verdict::{NotSent, Unknown};
    vec![
        (Ending::Offline, NotSent, AfterFix, None),
        (Ending::NotBuilt, NotSent, AfterFix, None),
        (Ending::Withheld(Withheld::Shut), NotSent, AfterFix, None),
        (Ending::Withheld(Withheld::Policy), NotSent, AfterFix, None),
        (Ending::Withheld(Withheld::Unsigned), NotSent, AfterFix, None),
        (Ending::NoConnection, Unknown, Dangerous, None),
        (Ending::TimedOut, Unknown, Dangerous, None),
        (Ending::Redirected, Unknown, Dangerous, None),
        (Ending::Cut { status: 200 }, Unknown, Dangerous, Some("HTTP 200")),
        (Ending::Cut { status: 502 }, Unknown, Dangerous, Some("HTTP 502")),
        // Refused on the way, by something that passes nothing on.
        (replied(400, PAGE), NotSent, AfterFix, Some("HTTP 400")),
        (replied(401, PAGE), NotSent, AfterFix, Some("HTTP 401")),
        (replied(403, "origin not allowed"), NotSent, AfterFix, Some("HTTP 403")),
        (replied(405, ""), NotSent, AfterFix, Some("HTTP 405")),
        (replied(413, PAGE), NotSent, AfterFix, Some("HTTP 413")),
        (replied(414, PAGE), NotSent, AfterFix, Some("HTTP 414")),
        (replied(429, "slow down"), NotSent, AfterFix, Some("HTTP 429")),
        (replied(431, PAGE), NotSent, AfterFix, Some("HTTP 431")),
        (replied(404, "no such route"), NotSent, AfterFix, Some("HTTP 404")),
        // Said with 404 by proxies whose connection to the vendor broke after the request was passed on.
        (
            replied(404, "Not found because of proxy error: socket hang up"),
            Unknown,
            Dangerous,
            Some("HTTP 404"),
        ),
        (replied(404, "Proxy Error"), Unknown, Dangerous, Some("HTTP 404")),
        // Nobody knows how far the request came.
        (replied(408, ""), Unknown, Dangerous, Some("HTTP 408")),
        (replied(500, ""), Unknown, Dangerous, Some("HTTP 500")),
        (replied(502, PAGE), Unknown, Dangerous, Some("HTTP 502")),
        (replied(503, PAGE), Unknown, Dangerous, Some("HTTP 503")),
        (replied(504, PAGE), Unknown, Dangerous, Some("HTTP 504")),
        (replied(502, r#"{"code":200,"msg":"success","data":{}}"#), Unknown, Dangerous, Some("HTTP 502")),
        (replied(302, ""), Unknown, Dangerous, Some("HTTP 302")),
        // An answer, but not one of the vendor's.
        (replied(200, PAGE), Unknown, Dangerous, Some("HTTP 200")),
        (replied(200, ""), Unknown, Dangerous, Some("HTTP 200")),
        (replied(200, r#"{"code":200,"msg":"succ"#), Unknown, Dangerous, Some("HTTP 200")),
        (replied(200, r#"{"status":"ok"}"#), Unknown, Dangerous, Some("HTTP 200")),
        (replied(200, "[200]"), Unknown, Dangerous, Some("HTTP 200")),
        (replied(200, r#"{"code":null}"#), Unknown, Dangerous, Some("HTTP 200")),
        (replied(204, ""), Unknown, Dangerous, Some("HTTP 204")),
    ]
}

#[test]
fn an_ending_without_the_vendors_answer_never_claims_more_than_is_known() {
    for (ending, verdict, repeat, code) in table() {
        for act in [recall(), modify(), send()] {
            let outcome = conclude(&act, &ending);
            let said = (outcome.verdict, outcome.advice.repeat, outcome.code.as_deref());
            assert_eq!(said, (verdict, repeat, code), "{ending:?} of {}", act.operation().id);
        }
    }
}

#[test]
fn every_receiver_is_unknown_when_the_send_is() {
    for (ending, verdict, ..) in table() {
        let counts = conclude(&send(), &ending).counts();
        assert_eq!(counts, if verdict == Verdict::Unknown { (0, 0, 3) } else { (0, 0, 0) }, "{ending:?}");
    }
}

#[test]
fn a_look_that_got_no_answer_did_nothing_and_may_be_repeated() {
    for (ending, verdict, ..) in table() {
        let outcome = conclude(&look(), &ending);
        assert_eq!(outcome.verdict, Verdict::NotSent, "{ending:?}");
        // Nothing changes by itself where the way leads elsewhere.
        if verdict == Verdict::Unknown && ending != Ending::Redirected {
            assert_eq!(outcome.advice.repeat, Repeat::Later, "{ending:?}");
        }
    }
}

#[test]
fn a_redirect_wants_a_sign_on_before_anything_else_leaves() {
    let class_of = |act: &Valid| {
        class(&Ending::Redirected, &conclude(act, &Ending::Redirected), false, Standing::Refused)
    };
    for act in [recall(), modify(), send()] {
        assert_eq!(class_of(&act), Class::Led);
    }
    assert_eq!(class_of(&look()), Class::SignIn);
}

#[test]
fn nothing_is_offered_next_after_an_unknown_ending() {
    for (ending, ..) in table() {
        for act in [recall(), modify(), send()] {
            let outcome = conclude(&act, &ending);
            assert_eq!(
                (act.operation().follow)(&act, &outcome),
                Vec::new(),
                "{ending:?} of {}",
                act.operation().id
            );
        }
    }
}

fn coded(act: &Valid, code: &str) -> Outcome {
    conclude(act, &replied(200, &format!(r#"{{"code":{code},"msg":"as the vendor says","data":{{}}}}"#)))
}

#[test]
fn every_documented_code_is_known_and_says_whether_to_repeat() {
    const OPEN: &[i64] = &[399, 431, 449, 500, 503, 514, 107_306];
    const LATER: &[i64] = &[398, 416, 107_323, 107_449];
    const OTHERS: &[i64] = &[
        315, 403, 404, 405, 414, 463, 508, 803, 997, 101_301, 101_302, 101_303, 102_404, 102_421, 102_422,
        102_426, 104_404, 107_301, 107_303, 107_314, 107_315, 107_316, 107_328, 107_330, 107_334, 107_335,
        107_404, 107_410, 107_429, 107_439, 107_451, 108_306, 108_404, 108_423, 109_404, 109_424, 109_427,
        109_432,
    ];
    for act in [recall(), modify(), send()] {
        for code in [OPEN, LATER, OTHERS].concat() {
            let outcome = coded(&act, &code.to_string());
            let verdict = if OPEN.contains(&code) { Verdict::Unknown } else { Verdict::Refused };
            assert_eq!(
                (outcome.verdict, outcome.code.as_deref()),
                (verdict, Some(code.to_string().as_str()))
            );
            assert_eq!(outcome.message, "as the vendor says");
            assert!(message_desk::vendors::yunxin::codes::advice(code).is_some(), "{code}");
            match outcome.advice.repeat {
                Repeat::Dangerous => assert!(OPEN.contains(&code), "{code}"),
                Repeat::Later => assert!(LATER.contains(&code), "{code}"),
                Repeat::Useless | Repeat::AfterFix => assert!(OTHERS.contains(&code), "{code}"),
                Repeat::AfterRenewal => panic!("{code} says nothing of the plan"),
                Repeat::Done | Repeat::OnlyTheRest => panic!("{code} is no success"),
            }
            // The code may come as text.
            assert_eq!(coded(&act, &format!("\"{code}\"")), outcome);
        }
    }
}
