//! What each cloud says when an app's plan is used up or has ended, and that a job pauses at it: every further row would meet the same.
//! An ordinary refusal, a rate limit and a function that is off are something else.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::job::classify::{class, of_receiver};
use message_desk::domain::job::retry::{Class, Twice, Verdict, Why, verdict};
use message_desk::domain::reply::{Ending, Reply, conclude};
use message_desk::vendors;

const YUNXIN: &[(&str, &str)] = &[
    ("sender_id", "admin"),
    ("receiver_ids", "user0001"),
    ("message.message_type", "0"),
    ("message.text", "x"),
];
const TENCENT: &[(&str, &str)] = &[
    ("From_Account", "admin"),
    ("To_Account", "user0001"),
    ("MsgRandom", "7"),
    ("MsgBody.0.MsgType", "TIMTextElem"),
    ("MsgBody.0.MsgContent.Text", "x"),
];
const RECALL: &[(&str, &str)] = &[("GroupId", "@TGS#2J4SZEAEL"), ("MsgSeqList", "100")];
const EASEMOB: &[(&str, &str)] = &[("from", "admin"), ("to", "user1"), ("type", "txt"), ("body.msg", "x")];

/// The class of the only item of an act.
fn told(id: &str, values: &[(&str, &str)], status: u16, body: &str) -> Class {
    let (vendor, operation) = vendors::operation(id).unwrap();
    let values: Values = values.iter().copied().collect();
    let draft = Draft { operation, values };
    let valid = draft.validate(1_763_683_200_000).unwrap_or_else(|problems| panic!("{id} {problems:?}"));
    let ending = Ending::Replied(Reply { status, body: body.to_owned() });
    let outcome = conclude(&valid, &ending);
    match outcome.receivers.as_slice() {
        [only] => of_receiver(&only.ending),
        _ => class(&ending, &outcome, true, (vendor.probe.judge)(&outcome)),
    }
}

fn tencent(code: u32) -> String {
    format!(r#"{{"ActionStatus":"FAIL","ErrorCode":{code},"ErrorInfo":"as the vendor says"}}"#)
}

fn easemob(error: &str, description: &str) -> String {
    format!(r#"{{"error":"{error}","error_description":"{description}","timestamp":1,"duration":0}}"#)
}

const LIMITED: &str =
    "You have exceeded the limit of the community edition,Please upgrade to the enterprise edition";

#[test]
fn a_plan_that_is_used_up_or_has_ended_pauses_a_job_at_once() {
    for code in [22007, 60016, 60017, 60020, 60028, 70398, 72000, 72002, 80005] {
        assert_eq!(told("tencent.send", TENCENT, 200, &tencent(code)), Class::Quota, "{code}");
        let item = format!(
            r#"{{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"RecallRetList":[{{"MsgSeq":100,"RetCode":{code}}}]}}"#
        );
        assert_eq!(told("tencent.recall_group", RECALL, 200, &item), Class::Quota, "{code} of an item");
    }
    for body in [easemob("resource_limited", LIMITED), easemob("resource_limited", ""), easemob("", LIMITED)]
    {
        assert_eq!(told("easemob.send_users", EASEMOB, 429, &body), Class::Quota, "{body}");
    }
    for twice in [Twice::Looks, Twice::Same, Twice::Again] {
        assert_eq!(verdict(Class::Quota, twice), Verdict::Pause(Why::Quota));
    }
}

#[test]
fn an_ordinary_refusal_a_rate_limit_and_a_function_that_is_off_say_nothing_of_the_plan() {
    for (code, expected) in [
        (20003, Class::Refused),
        (80001, Class::Refused),
        // The plan lacks the function; another one may be there.
        (10059, Class::Refused),
        (71000, Class::Refused),
        (60007, Class::Limited),
        // One user's requests.
        (72010, Class::Limited),
        // What may have happened may have happened.
        (91000, Class::Unclear),
    ] {
        assert_eq!(told("tencent.send", TENCENT, 200, &tencent(code)), expected, "{code}");
    }
    for (status, body, expected) in [
        (429, easemob("reach_limit", "This request has reached api limit"), Class::Limited),
        (403, easemob("message_send_error", "message send reach limit"), Class::Limited),
        (403, easemob("forbidden_op", "the service is unopened"), Class::Refused),
        (400, easemob("message_send_error", "params to's size can't exceed limit 600"), Class::Refused),
    ] {
        assert_eq!(told("easemob.send_users", EASEMOB, status, &body), expected, "{body}");
    }
    for (code, expected) in
        [(398, Class::Limited), (414, Class::Refused), (416, Class::Limited), (997, Class::Refused)]
    {
        let body = format!(r#"{{"code":{code},"msg":"as the vendor says","data":{{}}}}"#);
        assert_eq!(told("yunxin.batch_send", YUNXIN, 200, &body), expected, "{code}");
    }
}
