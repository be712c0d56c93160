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
        ("{", "config.json is not JSON: line 1, column 1; check quotes, commas and brackets there"),
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
            "config.json: connections[0].name is missing and must be text, or an object with zh-CN and en and nothing else; never blank",
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

/// A file, and what is said of it in Chinese and in English, without the words both begin with.
const SAID: &[(&str, &str, &str)] = &[
    (
        "{",
        "config.json 不是有效的 JSON：第 1 行第 1 个字符附近有误，请检查那里的引号、逗号和括号。",
        "config.json is not JSON: line 1, column 1; check quotes, commas and brackets there",
    ),
    (
        r#"{"features":{"magic":true}}"#,
        "config.json 里没有 features.magic 这个键，请删掉或改正；那里可用的键：jobs, paste, vault。",
        "config.json: unknown key features.magic; known there: jobs, paste, vault",
    ),
    (
        r#"{"connections":[{"name":"n","vendor":"yunxin","app_secret":"CANARY"}]}"#,
        "config.json 的 connections[0].app_secret 里有密钥，能打开本页的人都读得到：请删掉它，密钥在页面上输入；只有写着 \"practice\": true 的连接才可以有。",
        "config.json: connections[0].app_secret holds a secret, and everybody who can open the page can read it: leave it out, it is typed into the page; only a connection with \"practice\": true may have one",
    ),
    (
        r#"{"connections":[{"name":"n","vendor":"yunxin","proxy":"p","signs":"proxy","app_secret":"CANARY"}]}"#,
        "config.json 的 connections[0].app_secret 是密钥，而这个连接由代理签名：请删掉它。",
        "config.json: connections[0].app_secret is a secret, and the proxy of this connection signs: leave it out",
    ),
];

/// A file, the key that is wrong in it, what stands there and what should, in both languages.
const WRONG: &[(&str, &str, [&str; 2], [&str; 2])] = &[
    ("[]", "", ["一个列表", "a list"], ["一个对象", "an object"]),
    (r#"{"connections":{}}"#, "connections", ["一个对象", "an object"], ["一个列表", "a list"]),
    (r#"{"$schema":1}"#, "$schema", ["1", "1"], ["文字", "text"]),
    (r#"{"locked":"yes"}"#, "locked", ["\"yes\"", "\"yes\""], ["true 或 false", "true or false"]),
    (
        r#"{"connections":[{"vendor":"yunxin"}]}"#,
        "connections[0].name",
        ["没有写", "missing"],
        [
            "文字，或只含 zh-CN 和 en 的对象，都不能空白",
            "text, or an object with zh-CN and en and nothing else; never blank",
        ],
    ),
    (r#"{"language":"fr"}"#, "language", ["\"fr\"", "\"fr\""], ["zh-CN 或 en", "zh-CN or en"]),
    (
        r#"{"connections":[{"vendor":"a text of more than forty letters, which is not said back"}]}"#,
        "connections[0].vendor",
        ["一段很长的内容", "a long text"],
        ["云服务的编号：yunxin、tencent 或 easemob", "the id of a vendor: yunxin, tencent or easemob"],
    ),
    (r#"{"proxies":[""]}"#, "proxies[0]", ["\"\"", "\"\""], ["代理模板", "a proxy template"]),
    (
        r#"{"proxies":["p"],"connections":[{"name":"n","vendor":"yunxin","proxy":"q"}]}"#,
        "connections[0].proxy",
        ["\"q\"", "\"q\""],
        ["proxies 里的一个", "one of proxies"],
    ),
    (
        r#"{"connections":[{"name":"n","vendor":"yunxin","signs":"proxy"}]}"#,
        "connections[0].proxy",
        ["没有写", "missing"],
        ["代理模板，不能省：由它签名", "there: it is what signs"],
    ),
    (
        r#"{"connections":[{"name":"n","vendor":"yunxin","signs":"me"}]}"#,
        "connections[0].signs",
        ["\"me\"", "\"me\""],
        ["page 或 proxy", "page or proxy"],
    ),
    (
        r#"{"protected":["*"]}"#,
        "protected[0]",
        ["\"*\"", "\"*\""],
        [
            "一个 ID，或一批 ID 的开头，* 只写在末尾；多个 ID 请分成多项",
            "one id, or the beginning of ids with * as its last character; several ids are several entries",
        ],
    ),
    (
        r#"{"parents":["*"]}"#,
        "parents[0]",
        ["\"*\"", "\"*\""],
        [
            "来源，照浏览器的写法，例如 https://portal.corp.example：不带路径和通配符，字母小写，非英文域名写成 xn--，https 不写 443 端口，http 不写 80 端口",
            "an origin as browsers write it, such as https://portal.corp.example: no path, no wildcard, small letters, other alphabets as xn--, and no port where it is the usual one (443 for https, 80 for http)",
        ],
    ),
    (
        r#"{"idle_lock":0.5}"#,
        "idle_lock",
        ["0.5", "0.5"],
        ["1 到 60 之间的整数（分钟）", "a whole number of minutes from 1 to 60"],
    ),
    (
        r#"{"keep_jobs":null}"#,
        "keep_jobs",
        ["null", "null"],
        ["1 到 365 之间的整数（天）", "a whole number of days from 1 to 365"],
    ),
    (
        r#"{"caps":{"recipients":0}}"#,
        "caps.recipients",
        ["0", "0"],
        ["1 到 10000000 之间的整数", "a whole number from 1 to 10000000"],
    ),
    (
        r#"{"caps":{"per_minute":60001}}"#,
        "caps.per_minute",
        ["60001", "60001"],
        ["1 到 60000 之间的整数", "a whole number from 1 to 60000"],
    ),
    (
        r#"{"connections":[{"name":"n","vendor":"yunxin","samples":{}}]}"#,
        "connections[0].samples",
        ["一个对象", "an object"],
        ["不写；practice 为 true 时才可以有", "left out unless practice is true"],
    ),
];

#[test]
fn each_kind_of_fault_is_said_in_both_languages() {
    let one = |text: &str| {
        let mut faults = Config::faults(text, vendors::ALL);
        assert_eq!(faults.len(), 1, "{text}");
        faults.remove(0)
    };
    for (text, chinese, english) in SAID {
        let fault = one(text);
        assert_eq!(fault.sentence(Language::Chinese), *chinese);
        assert_eq!(fault.sentence(Language::English), *english);
        assert_eq!(fault.to_string(), *english, "those who deploy read English");
    }
    for (text, key, found, wanted) in WRONG {
        let fault = one(text);
        assert_eq!(fault.key(), *key);
        let [in_chinese, in_english] =
            if key.is_empty() { ["（整个文件）", "(the whole file)"] } else { [*key; 2] };
        let chinese = format!("config.json 的 {in_chinese} 现在是：{}；应当是：{}。", found[0], wanted[0]);
        let english = format!("config.json: {in_english} is {} and must be {}", found[1], wanted[1]);
        assert_eq!([Language::Chinese, Language::English].map(|it| fault.sentence(it)), [chinese, english]);
    }
}
