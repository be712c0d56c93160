use super::*;
use crate::domain::draft::{Draft, Values};
use crate::domain::operation::Operation;
use crate::vendors::easemob::{find, hour_file, recall, send};

const ID: &str = "1418038712905770616";
const SENT: i64 = 1_747_727_666_259;

struct Case<'a> {
    operation: &'static Operation,
    values: &'a [(&'a str, &'a str)],
    message: Option<&'a str>,
    tenant: &'a [(&'a str, &'a str)],
    age: i64,
}

fn fates(case: Case) -> Vec<(Fate, &'static str)> {
    let values: Values = case.values.iter().copied().collect();
    let checked = Draft { operation: case.operation, values }.check(SENT + case.age);
    let message = case.message.map(|text| message::read(&Json::parse(text).unwrap()).unwrap());
    let tenant: Values = case.tenant.iter().copied().collect();
    let foresight = Foresight { readings: &checked.readings, message: message.as_ref(), tenant: &tenant };
    (case.operation.foresee)(&foresight).iter().map(|forecast| (forecast.fate, forecast.rule)).collect()
}

fn line(more: &str) -> String {
    format!(
        r#"{{"msg_id":"{ID}","timestamp":{SENT},"chat_type":"chat","payload":{{"from":"user1","to":"user2","bodies":[{{"type":"txt","msg":"x"}}],"ext":{{"a":{{"b":1}},"c":2}}{more}}}}}"#
    )
}

fn edit(values: &[(&str, &str)], message: Option<&str>, days: &str, age: i64) -> Vec<(Fate, &'static str)> {
    let values: Vec<_> = [("msg_id", ID), ("new_msg.type", "txt"), ("new_msg.msg", "y")]
        .into_iter()
        .chain(values.iter().copied())
        .collect();
    fates(Case {
        operation: &rewrite::REWRITE,
        values: &values,
        message,
        tenant: &[("tenant.storage_days", days)],
        age,
    })
}

#[test]
fn an_edit_works_while_the_message_is_stored() {
    use Fate::{Fails, Open, Succeeds};
    let line = line("");
    let by = |days, age| edit(&[], Some(&line), days, age);
    assert_eq!(by("", DAY), [(Succeeds, "E-MOD-17")]);
    assert_eq!(by("", 4 * DAY), [(Open, "E-MOD-17")]);
    assert_eq!(by("", 91 * DAY), [(Fails, "E-MOD-17")]);
    assert_eq!(by("7", 6 * DAY), [(Succeeds, "E-MOD-17")]);
    assert_eq!(by("7", 8 * DAY), [(Fails, "E-MOD-17")]);
    // Nothing but the id is known: its time is a hint.
    assert_eq!(edit(&[], None, "7", 8 * DAY), [(Open, "E-MOD-17"), (Open, "E-ID-5")]);
    assert_eq!(edit(&[], None, "7", DAY), [(Succeeds, "E-MOD-17"), (Open, "E-ID-5")]);
    assert_eq!(edit(&[("msg_id", "184524748161025")], None, "7", DAY), [(Open, "E-MOD-17")]);
}

#[test]
fn an_edit_of_what_cannot_change_fails() {
    let stored = (Fate::Succeeds, "E-MOD-17");
    let used = line(r#","meta":{"edit_msg":{"count":10,"send_time":1747727666259}}"#);
    assert_eq!(edit(&[], Some(&used), "", DAY), [(Fate::Fails, "E-MOD-16"), stored]);
    let command = line("").replace("\"type\":\"txt\",\"msg\"", "\"type\":\"cmd\",\"action\"");
    assert_eq!(
        edit(&[], Some(&command), "", DAY),
        [(Fate::Fails, "E-MOD-13"), (Fate::Open, "E-MOD-14"), stored]
    );
    let combined = line("").replace("\"msg\":\"x\"", "\"msg\":\"x\",\"subType\":\"sub_combine\"");
    assert_eq!(edit(&[], Some(&combined), "", DAY), [(Fate::Open, "E-MOD-13"), stored]);
    assert_eq!(
        edit(&[("new_msg.type", "custom")], Some(&line("")), "", DAY),
        [(Fate::Open, "E-MOD-14"), stored]
    );
    let recalled = format!(r#"{{"chat_type":"recall","recall_id":"{ID}"}}"#);
    assert!(edit(&[], Some(&recalled), "", DAY).contains(&(Fate::Fails, "E-MOD-16")));
}

#[test]
fn what_becomes_of_the_extension_is_told_key_by_key() {
    let facts = |new: &str, combine: &str| {
        let values: Values = [
            ("msg_id", ID),
            ("new_msg.type", "txt"),
            ("new_msg.msg", "y"),
            ("new_ext", new),
            ("is_combine_ext", combine),
        ]
        .into_iter()
        .collect();
        let checked = Draft { operation: &rewrite::REWRITE, values }.check(SENT);
        let message = message::read(&Json::parse(&line("")).unwrap()).unwrap();
        let tenant = Values::new();
        let foresight = Foresight { readings: &checked.readings, message: Some(&message), tenant: &tenant };
        let forecasts = super::rewrite(&foresight);
        let merged = forecasts.iter().find(|forecast| forecast.says == words::MERGED).unwrap().clone();
        let deep = forecasts.iter().any(|forecast| forecast.says == words::MERGED_DEEP);
        (merged.facts.into_iter().map(|(_, fact)| fact).collect::<Vec<_>>(), deep)
    };
    let owned = |texts: [&str; 4]| texts.map(str::to_owned).to_vec();
    assert_eq!(facts(r#"{"c":3,"d":4}"#, ""), (owned(["d", "c", "a", "–"]), false));
    assert_eq!(facts(r#"{"a":{"z":1}}"#, "true"), (owned(["–", "a", "c", "–"]), true));
    assert_eq!(facts(r#"{"c":2}"#, "false"), (owned(["–", "–", "–", "a"]), false));
}

fn recalls(
    values: &[(&str, &str)],
    message: Option<&str>,
    minutes: &str,
    age: i64,
) -> Vec<(Fate, &'static str)> {
    let values: Vec<_> = [("msg_id", ID), ("to", "user2"), ("chat_type", "chat")]
        .into_iter()
        .chain(values.iter().copied())
        .collect();
    fates(Case {
        operation: &recall::RECALL,
        values: &values,
        message,
        tenant: &[("tenant.recall_minutes", minutes)],
        age,
    })
}

#[test]
fn a_recall_works_inside_the_window_or_by_force() {
    use Fate::{Fails, Open, Succeeds};
    let line = line("");
    assert_eq!(recalls(&[], Some(&line), "", 2 * MINUTE), [(Succeeds, "E-RCL-3")]);
    assert_eq!(recalls(&[], Some(&line), "", 2 * MINUTE + 1), [(Fails, "E-RCL-3")]);
    assert_eq!(recalls(&[], Some(&line), "60", HOUR), [(Succeeds, "E-RCL-3")]);
    assert_eq!(recalls(&[], None, "", HOUR), [(Open, "E-RCL-3"), (Open, "E-ID-5")]);
    assert_eq!(
        recalls(&[("force", "true"), ("from", "user1")], Some(&line), "", DAY),
        [(Succeeds, "E-RCL-4")]
    );
    assert_eq!(recalls(&[("force", "true")], Some(&line), "", DAY), [(Succeeds, "E-RCL-4")]);
    let recalled = format!(r#"{{"chat_type":"recall","recall_id":"{ID}"}}"#);
    assert!(recalls(&[], Some(&recalled), "", MINUTE).contains(&(Fails, "E-RCL-5")));
    let command = line.replace("\"type\":\"txt\",\"msg\"", "\"type\":\"cmd\",\"action\"");
    assert!(recalls(&[], Some(&command), "", MINUTE).contains(&(Fails, "E-RCL-6")));
}

#[test]
fn a_batch_is_judged_row_by_row_and_says_each_thing_once() {
    let values = [
        ("msgs.0.msg_id", ID),
        ("msgs.0.to", "user2"),
        ("msgs.0.chat_type", "chat"),
        ("msgs.1.msg_id", "1418038712905770617"),
        ("msgs.1.to", "user2"),
        ("msgs.1.chat_type", "chat"),
    ];
    let found = fates(Case {
        operation: &recall::BATCH_RECALL,
        values: &values,
        message: None,
        tenant: &[],
        age: HOUR,
    });
    assert_eq!(found, [(Fate::Open, "E-RCL-3"), (Fate::Open, "E-ID-5")]);
}

#[test]
fn deletes_are_silent_and_sends_are_not_checked() {
    let delete = |values| {
        fates(Case { operation: &delete::DELETE_ROAMING, values, message: None, tenant: &[], age: 0 })
    };
    assert_eq!(delete(&[("user_id", "user1")]), [(Fate::Silent, "E-DEL-4")]);
    assert_eq!(delete(&[]), []);
    let send = |operation, values| fates(Case { operation, values, message: None, tenant: &[], age: 0 });
    assert_eq!(send(&send::SEND_USERS, &[("to", "a"), ("type", "txt")]), [(Fate::Open, "E-SND-4")]);
    let online = [("to", "a"), ("type", "cmd"), ("routetype", "ROUTE_ONLINE")];
    assert_eq!(
        send(&send::SEND_USERS, &online),
        [(Fate::Open, "E-SND-4"), (Fate::Open, "E-SND-8"), (Fate::Open, "E-RCL-6")]
    );
    let low = [("to", "190000000000001"), ("chatroom_msg_level", "low")];
    assert_eq!(send(&send::SEND_ROOMS, &low), [(Fate::Open, "E-SND-4"), (Fate::Open, "E-GRP-4")]);
}

#[test]
fn a_search_beyond_storage_finds_nothing() {
    let find = |days| {
        let until = SENT.to_string();
        fates(Case {
            operation: &find::FIND_CHAT,
            values: &[("endTimestamp", until.as_str())],
            message: None,
            tenant: &[("tenant.storage_days", days)],
            age: 8 * DAY,
        })
    };
    assert_eq!((find("7"), find("")), (vec![(Fate::Void, "E-HIS-2")], vec![]));
}

#[test]
fn an_hour_is_counted_in_the_zone_of_its_cluster() {
    use Fate::{Fails, Open, Succeeds};
    // 2025-05-20T07:54:26Z, 15:54:26 in Beijing.
    let hour = |endpoint, time| {
        fates(Case {
            operation: &hour_file::FIND_HOUR_FILE,
            values: &[("time", time)],
            message: None,
            tenant: &[("endpoint", endpoint)],
            age: 0,
        })
    };
    let zone = (Succeeds, "E-URL-7");
    for endpoint in ["https://a1.easemob.com", "https://a31.easecdn.com/"] {
        assert_eq!(hour(endpoint, "2025051915"), [zone]);
        assert_eq!(hour(endpoint, "2025052015"), [zone, (Open, "E-HIS-5")]);
        assert_eq!(hour(endpoint, "2025052016"), [zone, (Fails, "E-HIS-5")]);
        assert_eq!(hour(endpoint, "2025051715"), [zone, (Fails, "E-HIS-5")]);
    }
    for endpoint in ["https://a61.easemob.com", "https://a41.chat.agora.io", "https://a1-sgp.easemob.com"] {
        assert_eq!(hour(endpoint, "2025052008"), [zone, (Fails, "E-HIS-5")]);
        assert_eq!(hour(endpoint, "2025051907"), [zone]);
    }
    assert_eq!(hour("https://vip.corp.example", "2025052015"), [(Open, "E-HIS-5")]);
    assert_eq!(hour("https://vip.corp.example", "2025052017"), [(Fails, "E-HIS-5")]);
}
