//! The configuration, read and judged.

use super::*;
use crate::domain::draft::Draft;
use crate::vendors;

#[test]
fn a_practice_connection_is_read() {
    let text = r#"{"connections":[{"name":{"zh-CN":"演练","en":"Practice"},"vendor":"yunxin","endpoint":"https://x","app_key":"k","app_secret":"s","proxy":"p{path}{query}","practice":true}]}"#;
    let config = Config::parse(text).unwrap();
    let preset = &config.connections[0];
    assert_eq!((preset.name(Language::English), preset.stage), ("Practice", Stage::Practice));
    assert_eq!(preset.values.get("proxy"), "p{path}{query}");
}

/// A configuration, as far as its structure and the vendors in it know no fault.
fn judged(text: &str) -> Result<Config, String> {
    let config = Config::parse(text).map_err(|fault| fault.to_string())?;
    for vendor in vendors::ALL {
        config.check(vendor).map_err(|fault| fault.to_string())?;
    }
    Ok(config)
}

/// A connection with these samples, or what is wrong with them.
fn with_samples(samples: &str, practice: bool) -> Result<Config, String> {
    let text = format!(
        r#"{{"connections":[{{"name":"n","vendor":"yunxin","samples":{samples},"practice":{practice}}}]}}"#
    );
    judged(&text)
}

#[test]
fn samples_of_a_practice_connection_fill_whole_forms() {
    let samples = r#"{
        "yunxin.modify": {"operator":"zhangsan","type":"1","message.message_server_id":"158844553334358019",
            "message.sender_id":"zhangsan","message.receiver_id":"lisi","message.time":"1763700000000",
            "message.message_type":"0","message.text":"改到九点"},
        "yunxin.recall": {"conversation_id.sender_id":"zhangsan","conversation_id.conversation_type":"1",
            "conversation_id.receiver_id":"lisi","message_server_id":"158844553334358029","type":"2",
            "description":"发错了","ingore_revoke_time":"1"},
        "yunxin.batch_send": {"sender_id":"zhangsan","receiver_ids":"lisi\nwangwu\nnobody404",
            "message.message_type":"0","message.text":"维护通知"}
    }"#;
    let config = with_samples(samples, true).unwrap();
    let preset = &config.connections[0];
    let ids: Vec<_> = preset.samples.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["yunxin.modify", "yunxin.recall", "yunxin.batch_send"]);
    assert_eq!(preset.samples[2].1.get("receiver_ids"), "lisi\nwangwu\nnobody404");
    for (id, values) in &preset.samples {
        let (_, operation) = vendors::operation(id).unwrap();
        let draft = Draft { operation, values: values.clone() };
        assert!(draft.validate(1_763_700_060_000).is_ok(), "{id}");
    }
}

#[test]
fn the_vendors_of_a_configuration_are_known_before_it_is_read() {
    let text = r#"{"connections":[{"vendor":"x"},{"vendor":"yunxin"},{},{"vendor":"yunxin"},1]}"#;
    assert_eq!(Config::vendors(text), ["yunxin"]);
    assert_eq!(Config::vendors("{"), [""; 0]);
}

#[test]
fn a_practice_connection_may_do_without_samples() {
    assert!(with_samples("{}", true).unwrap().connections[0].samples.is_empty());
    let bare = r#"{"connections":[{"name":"n","vendor":"yunxin","practice":true}]}"#;
    assert!(Config::parse(bare).unwrap().connections[0].samples.is_empty());
}

#[test]
fn each_fault_of_a_sample_names_the_whole_place() {
    for (samples, said) in [
        ("[]", "connections[0].samples is a list and must be an object"),
        (
            r#"{"yunxin.rename":{}}"#,
            "unknown key connections[0].samples.yunxin.rename; known there: yunxin.modify,",
        ),
        (
            r#"{"yunxin.recall":"all"}"#,
            r#"connections[0].samples.yunxin.recall is "all" and must be an object"#,
        ),
        (
            r#"{"yunxin.recall":{"kind":"2"}}"#,
            "unknown key connections[0].samples.yunxin.recall.kind; known there: conversation_id.sender_id,",
        ),
        (
            r#"{"yunxin.recall":{"type":2}}"#,
            "connections[0].samples.yunxin.recall.type is 2 and must be text",
        ),
        (
            r#"{"yunxin.batch_send":{"receiver_ids":["lisi"]}}"#,
            "connections[0].samples.yunxin.batch_send.receiver_ids is a list and must be text",
        ),
    ] {
        let found = with_samples(samples, true).unwrap_err();
        assert!(found.starts_with(&format!("config.json: {said}")), "{found}");
    }
}

#[test]
fn samples_belong_to_practice_only() {
    let fault =
        "config.json: connections[0].samples is an object and must be left out unless practice is true";
    assert_eq!(with_samples("{}", false).unwrap_err(), fault);
    let silent = r#"{"connections":[{"name":"n","vendor":"yunxin","samples":{}}]}"#;
    assert_eq!(judged(silent).unwrap_err(), fault);
}

#[test]
fn each_fault_names_the_key() {
    for (text, said) in [
        ("{", "config.json is not JSON: line 1, column 1"),
        ("[]", "config.json: (the whole file) is a list and must be an object"),
        (
            r#"{"conections":[]}"#,
            "config.json: unknown key conections; known there: title, language, connections, $schema, \
            proxies, locked, caps, protected, idle_lock, parents, features, approval, bodies, keep_jobs",
        ),
        (r#"{"connections":{}}"#, "config.json: connections is an object and must be a list"),
        (r#"{"$schema":1}"#, "config.json: $schema is 1 and must be text"),
        (
            r#"{"connections":[{"vendor":"x"}]}"#,
            r#"config.json: connections[0].vendor is "x" and must be the id of a vendor: yunxin, tencent or easemob"#,
        ),
        (
            r#"{"connections":[{"name":"n","vendor":"yunxin","appkey":"k"}]}"#,
            "config.json: unknown key connections[0].appkey; known there: endpoint, signs, app_key, app_secret, proxy, \
             tenant.recall_minutes, tenant.history_days",
        ),
        (
            r#"{"connections":[{"name":"n","vendor":"yunxin","app_key":1}]}"#,
            "config.json: connections[0].app_key is 1 and must be text",
        ),
        (
            r#"{"connections":[{"vendor":"yunxin"}]}"#,
            "config.json: connections[0].name is missing and must be text, or an object with zh-CN and en and nothing else",
        ),
    ] {
        assert_eq!(judged(text).unwrap_err(), said);
    }
}

#[test]
fn a_secret_lies_open_in_practice_only_and_is_never_said_back() {
    for vendor in vendors::ALL {
        let secrets = vendor.connection.fields().filter(|field| matches!(field.kind, Kind::Secret));
        let secrets: Vec<_> = secrets.map(|field| field.name).collect();
        assert!(!secrets.is_empty(), "{}", vendor.id);
        for name in secrets {
            let text = |value: &str, practice: bool| {
                format!(
                    r#"{{"connections":[{{"name":"n","vendor":"{}","{name}":"{value}","practice":{practice}}}]}}"#,
                    vendor.id
                )
            };
            let said = judged(&text("CANARY", false)).unwrap_err();
            assert!(said.contains(&format!("connections[0].{name} holds a secret")), "{said}");
            assert!(!said.contains("CANARY"), "{said}");
            assert!(judged(&text("CANARY", true)).is_ok());
            assert!(judged(&text("", false)).is_ok());
        }
    }
}

#[test]
fn the_faults_of_all_connections_are_found_at_once() {
    let text = r#"{"connections":[{"name":"a","vendor":"x"},{"name":"b","vendor":"yunxin","app_secret":"s","k":""},{"name":"c","vendor":"easemob"}]}"#;
    let found: Vec<_> = Config::faults(text, vendors::ALL).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    for (said, key) in found.iter().zip(["[0].vendor", "[1].app_secret", "[1].k"]) {
        assert!(said.contains(key), "{said}");
    }
    assert_eq!(Config::faults("{", vendors::ALL).len(), 1);
}

#[test]
fn what_a_place_allows_is_read() {
    let text = r#"{"title":{"zh-CN":"台","en":"Desk"},"language":"en","proxies":["p/{path}{query}"],"locked":true,
        "caps":{"recipients":5},"protected":["admin","vip*"],"idle_lock":1,"parents":["https://portal.example:8443"],
        "features":{"paste":false},"approval":9,"bodies":true,"keep_jobs":7,
        "connections":[{"name":"n","vendor":"yunxin","proxy":"p/{path}{query}","signs":"proxy"}]}"#;
    let config = Config::parse(text).unwrap();
    let Config { title, language, policy, connections } = &config;
    assert_eq!(title.as_ref().map(|title| title.text(Language::Chinese)), Some("台"));
    assert_eq!((*language, connections[0].values.get("signs")), (Some(Language::English), "proxy"));
    assert_eq!(policy.caps, Caps { recipients: Some(5), per_minute: None });
    assert_eq!(policy.features, Features { jobs: true, paste: false, vault: true });
    assert_eq!((policy.idle_lock, policy.approval, policy.keep_jobs), (1, Some(9), 7));
    assert!(policy.locked && policy.bodies && policy.parents == ["https://portal.example:8443"]);
    assert!(policy.allows_proxy(" p/{path}{query} ") && !policy.allows_proxy("q/{path}{query}"));
    let protected =
        ["admin", "vip", "vip_1", "administrator", "Admin", ""].map(|id| policy.guard().protects(id));
    assert_eq!(protected, [true, true, true, false, true, false]);
}

#[test]
fn without_a_word_everything_is_allowed_and_nobody_is_a_parent() {
    let policy = Config::parse("{}").unwrap().policy;
    assert_eq!(policy, Policy::default());
    assert!(
        policy.allows_proxy("anything") && !policy.guard().protects("admin") && policy.parents.is_empty()
    );
}
