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
