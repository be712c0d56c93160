//! Tests: a file that would take the force out of its own lock or lists is wrong, and says by key, value and fix why.

use super::*;
use crate::vendors;

/// What is said of a file, in English.
fn said(text: &str) -> Vec<String> {
    Config::faults(text, vendors::ALL).iter().map(ToString::to_string).collect()
}

/// That these texts are said of these files, one of each.
fn all_said(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(said(text), [format!("config.json: {wanted}")], "{text}");
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_at_any_depth() {
    let again = |key: &str, column: usize| {
        format!(
            "{key} stands twice in one object, the second time at line 1, column {column}, and only one of them counts: leave one out"
        )
    };
    all_said(&[
        (r#"{"locked":true,"locked":false}"#, &again("locked", 16)),
        (r#"{"locked":true, "loc\u006bed":true}"#, &again("locked", 17)),
        (r#"{"caps":{"recipients":5,"recipients":10000000}}"#, &again("recipients", 25)),
        (
            r#"{"connections":[{"name":"n","vendor":"yunxin","proxy":"a/","proxy":"b/"}]}"#,
            &again("proxy", 60),
        ),
    ]);
    let chinese = Config::parse("{\n \"locked\": true,\n \"locked\": false\n}").unwrap_err();
    assert_eq!(chinese.key(), "locked");
    assert_eq!(
        chinese.sentence(Language::Chinese),
        "config.json 的同一个对象里 locked 写了两次，第二次在第 3 行第 2 个字符，而只有一个会生效：请删掉一个。"
    );
}

#[test]
fn one_key_in_two_objects_is_fine() {
    let text = r#"{"title":{"zh-CN":"台","en":"d"},"connections":[{"name":{"zh-CN":"台","en":"d"},"vendor":"yunxin"}]}"#;
    assert_eq!(said(text), [""; 0]);
}

#[test]
fn a_parent_that_no_browser_reports_is_refused() {
    let wanted = "an origin as browsers write it, such as https://portal.corp.example: no path, no wildcard, small letters, \
        other alphabets as xn--, and no port where it is the usual one (443 for https, 80 for http)";
    for parent in [
        "https://portal.corp.example:443",
        "http://portal.corp.example:80",
        "http://[::1]:80",
        "https://portal.corp.example:08443",
        "https://portal.corp.example:+8443",
        "https://Portal.corp.example",
        "HTTPS://portal.corp.example",
        "https://门户.example",
        "https://portal.corp.example/",
    ] {
        let text = format!(r#"{{"parents":[{parent:?}]}}"#);
        assert_eq!(said(&text), [format!("config.json: parents[0] is {parent:?} and must be {wanted}")]);
    }
    for parent in ["http://portal.corp.example:443", "https://portal.corp.example:80", "http://[::1]:8080"] {
        assert_eq!(said(&format!(r#"{{"parents":[{parent:?}]}}"#)), [""; 0]);
    }
}

#[test]
fn a_listed_proxy_is_judged_as_that_of_a_connection() {
    let address = "The proxy must start with https:// or /, or be a relative path, for example https://proxy.corp.example/{host}{path}{query}.";
    for (proxy, sentence) in [
        ("javascript:alert(1)", address),
        ("proxy/{host}", address),
        (
            "proxy/{nope}",
            "The proxy template has an unknown placeholder “nope”. Known: {url} {url:enc} {host} {path} {query}.",
        ),
        (
            "https://corsproxy.io/?{url}",
            "corsproxy.io is a public proxy: it would see every key and message. Use a proxy of your own.",
        ),
    ] {
        let text = format!(r#"{{"proxies":["proxy/{{path}}{{query}}","{proxy}"]}}"#);
        assert_eq!(said(&text), [format!("config.json: proxies[1] is \"{proxy}\": {sentence}")]);
    }
    let fault = Config::parse(r#"{"proxies":["proxy/{host}"]}"#).unwrap_err();
    assert_eq!(fault.key(), "proxies[0]");
    assert_eq!(
        fault.sentence(Language::Chinese),
        "config.json 的 proxies[0] 现在是：\"proxy/{host}\"。代理地址应以 https:// 或 / 开头，或是相对路径，例如 https://proxy.corp.example/{host}{path}{query}。"
    );
    all_said(&[("{\"proxies\":[\"\u{200b}\"]}", "proxies[0] is \"\u{200b}\" and must be a proxy template")]);
}

#[test]
fn a_listed_proxy_is_the_one_that_is_used_however_it_is_typed() {
    let policy = Config::parse(r#"{"proxies":["ｐroxy/{path}{query}"]}"#).unwrap().policy;
    assert!(policy.allows_proxy(" proxy/{path}{query}\u{200b}") && !policy.allows_proxy("other/"));
}

/// A connection in a locked file.
fn locked(connection: &str) -> String {
    format!(r#"{{"locked":true,"connections":[{{"name":"n",{connection}}}]}}"#)
}

#[test]
fn a_locked_connection_leaves_nothing_but_secrets_to_type() {
    for (connection, missing) in [
        (r#""vendor":"yunxin""#, vec!["endpoint", "app_key"]),
        (r#""vendor":"yunxin","endpoint":"https://x","app_key":" ""#, vec!["app_key"]),
        (r#""vendor":"yunxin","endpoint":"https://x","app_key":"k""#, vec![]),
        (r#""vendor":"yunxin","signs":"proxy","proxy":"p/""#, vec![]),
        (r#""vendor":"tencent","endpoint":"https://x""#, vec!["sdkappid", "identifier"]),
        (r#""vendor":"tencent","endpoint":"https://x","sdkappid":"1","identifier":"a""#, vec![]),
        (r#""vendor":"easemob","endpoint":"https://x""#, vec!["org_name", "app_name"]),
        (r#""vendor":"easemob","endpoint":"https://x","org_name":"1100#desk""#, vec![]),
        (r#""vendor":"easemob","endpoint":"https://x","app_id":"a""#, vec![]),
    ] {
        let wanted = missing.iter().map(|name| {
            format!("config.json: connections[0].{name} is missing and must be there: under locked only secrets can be typed")
        });
        assert_eq!(said(&locked(connection)), wanted.collect::<Vec<_>>(), "{connection}");
        assert_eq!(said(&locked(connection).replace("true", "false")), [""; 0], "{connection}");
    }
    let config = Config::parse(&locked(r#""vendor":"yunxin","endpoint":"https://x""#)).unwrap();
    let fault = config.check(vendors::vendor("yunxin").unwrap()).unwrap_err();
    assert_eq!(
        fault.sentence(Language::Chinese),
        "config.json 的 connections[0].app_key 现在是：没有写；应当是：有内容，不能省：locked 之下页面上只能输入密钥。"
    );
}

#[test]
fn a_protected_id_is_one_id() {
    let wanted =
        "one id, or the beginning of ids with * as its last character; several ids are several entries";
    for entry in [
        "ceo,cfo",
        "ceo，cfo",
        "ceo cfo",
        "ceo\\ncfo",
        "ceo;cfo",
        "*",
        "**",
        "v*p",
        "*vip",
        "vip**",
        "vip *",
        " ",
    ] {
        let text = format!(r#"{{"protected":["a","{entry}"]}}"#);
        assert_eq!(said(&text), [format!("config.json: protected[1] is \"{entry}\" and must be {wanted}")]);
    }
}

#[test]
fn protected_ids_are_read_as_typed_ones_are() {
    let text = "{\"protected\":[\"ｃｅｏ\",\"c\u{200b}fo \",\"ＶＩＰ＿＊\",\"张三\"]}";
    let guard = Config::parse(text).unwrap().policy.guard();
    for id in ["ceo", "CEO", "ｃｅｏ", "cfo", "vip_1", "ｖip_2", "张三", "张\u{200b}三"] {
        assert!(guard.protects(id), "{id}");
    }
    assert!(!guard.protects("vip") && !guard.protects("ceo2"));
}

#[test]
fn a_name_that_nobody_sees_is_refused() {
    let names = "text, or an object with zh-CN and en and nothing else; never blank";
    let zero = format!("title is \"\u{200b}\" and must be {names}");
    let connection = format!("connections[0].name is \" \" and must be {names}");
    all_said(&[
        (r#"{"title":""}"#, &format!("title is \"\" and must be {names}")),
        ("{\"title\":\"\u{200b}\"}", &zero),
        (r#"{"title":{"zh-CN":"台","en":" "}}"#, "title.en is \" \" and must be text that is not blank"),
        (r#"{"title":{"zh-CN":"台","fr":"d"}}"#, "title.en is missing and must be text that is not blank"),
        (r#"{"connections":[{"name":" ","vendor":"yunxin"}]}"#, &connection),
    ]);
}

#[test]
fn a_mark_of_the_encoding_is_passed_over() {
    let text = "\u{feff}{\"locked\":true,\"connections\":[{\"name\":\"n\",\"vendor\":\"tencent\",\"endpoint\":\"https://x\",\"sdkappid\":\"1\",\"identifier\":\"a\"}]}";
    assert_eq!(said(text), [""; 0]);
    assert!(Config::parse(text).unwrap().policy.locked);
    assert_eq!(Config::vendors(text), ["tencent"]);
}
