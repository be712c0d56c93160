#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::theme::COLOURS;
use super::*;
use crate::domain::json::Json;
use crate::domain::leak::names_secret;
use crate::words::Language;

const PORTAL: &str = "https://portal.example";
const NONCE: &str = "0123456789abcdef0123456789abcdef";

fn gate() -> Gate {
    Gate::new(vec![PORTAL.to_owned(), "https://other.example:8443".to_owned()], NONCE.to_owned())
}

fn init_text(nonce: &str, more: &str) -> String {
    format!(r#"{{"ns":"message-desk","v":[1,0],"type":"init","nonce":"{nonce}"{more}}}"#)
}

fn hint<'a>(origin: &'a str, text: &'a str) -> Hint<'a> {
    Hint { from_parent: true, origin, text: Some(text), ports: 1 }
}

fn said(kind: &str, more: &str) -> String {
    format!(r#"{{"ns":"message-desk","v":[1,0],"type":"{kind}"{more}}}"#)
}

#[test]
fn a_listed_parent_with_the_nonce_and_one_port_opens_once() {
    let mut gate = gate();
    let good = init_text(NONCE, "");
    assert_eq!(gate.heard(hint(PORTAL, &good)), Heard::Open(Box::default()));
    // A second one, and a replay of the first, are not heard: not from the same page, not from another listed one.
    assert_eq!(gate.heard(hint(PORTAL, &good)), Heard::Nothing);
    assert_eq!(gate.heard(hint("https://other.example:8443", &good)), Heard::Nothing);
}

#[test]
fn nobody_else_opens() {
    let good = init_text(NONCE, "");
    for origin in [
        "https://portal.example.evil.example",
        "https://portal.example:443",
        "http://portal.example",
        "https://PORTAL.example",
        "https://portal.example/",
        "null",
        "",
        "file://",
    ] {
        assert_eq!(gate().heard(hint(origin, &good)), Heard::Nothing, "{origin}");
    }
    let usual = hint(PORTAL, &good);
    assert_eq!(gate().heard(Hint { from_parent: false, ..usual }), Heard::Nothing, "another window");
    assert_eq!(gate().heard(Hint { ports: 0, ..usual }), Heard::Nothing, "no port");
    assert_eq!(gate().heard(Hint { ports: 2, ..usual }), Heard::Nothing, "two ports");
    assert_eq!(gate().heard(Hint { text: None, ..usual }), Heard::Nothing, "no text");
    assert_eq!(gate().heard(hint(PORTAL, &init_text("f", ""))), Heard::Nothing, "another nonce");
    // A frame without an origin is nobody, even if somebody put it on the list; and without chance there is no nonce.
    let mut null = Gate::new(vec!["null".to_owned()], NONCE.to_owned());
    assert_eq!(null.heard(hint("null", &good)), Heard::Nothing);
    let mut blind = Gate::new(vec![PORTAL.to_owned()], String::new());
    assert_eq!(blind.heard(hint(PORTAL, &init_text("", ""))), Heard::Nothing);
}

#[test]
fn another_major_version_is_told_from_noise_and_a_minor_one_is_fine() {
    let version = |v: &str| format!(r#"{{"ns":"message-desk","v":{v},"type":"init","nonce":"{NONCE}"}}"#);
    assert_eq!(gate().heard(hint(PORTAL, &version("[2,0]"))), Heard::Version);
    assert_eq!(gate().heard(hint("https://evil.example", &version("[2,0]"))), Heard::Nothing);
    assert_eq!(gate().heard(hint(PORTAL, &version("[1,7]"))), Heard::Open(Box::default()));
    for wrong in ["1", "[1]", "[1,0,0]", "\"1.0\"", "[\"1\",0]", "null"] {
        assert_eq!(gate().heard(hint(PORTAL, &version(wrong))), Heard::Nothing, "{wrong}");
    }
}

#[test]
fn what_is_wrong_with_a_wish_does_not_close_the_door() {
    let more = r##","locale":"fr","theme":{"look":"dark","colours":{"ink":"#202020"}},"approves":true,
        "prefill":{"operation":"a.b","values":{"x":"1"}}"##;
    let Heard::Open(init) = gate().heard(hint(PORTAL, &init_text(NONCE, more))) else { panic!("not open") };
    assert!(init.approves);
    let [locale, theme, prefill] = init.wishes.as_slice() else { panic!("{:?}", init.wishes) };
    assert_eq!(*locale, Err(Refusal::Form("locale".to_owned())));
    assert_eq!(*theme, Err(Refusal::Contrast("ink", "ground")));
    assert!(matches!(prefill, Ok(Command::Prefill(id, values)) if id == "a.b" && values.get("x") == "1"));
}

#[test]
fn what_a_sandbox_leaves_out_is_named() {
    let missing = |sandbox: &str| {
        let text = init_text(NONCE, &format!(",\"sandbox\":{sandbox}"));
        let Heard::Open(init) = gate().heard(hint(PORTAL, &text)) else { panic!("not open") };
        init.missing_tokens().join(" ")
    };
    assert_eq!(missing("null"), "");
    assert_eq!(missing("\"\""), "allow-same-origin allow-forms allow-modals allow-downloads");
    assert_eq!(missing("\"allow-scripts ALLOW-FORMS allow-same-origin\""), "allow-modals allow-downloads");
}

#[test]
fn each_thing_a_host_can_say_is_read() {
    let view = Visible { top: 120, height: 700 };
    let theme = Theme { look: Look::Light, colours: vec![("accent", "#005a3c".to_owned())] };
    for (kind, more, command) in [
        ("locale", r#","locale":"en""#, Command::Locale(Language::English)),
        ("theme", r##","theme":{"look":"light","colours":{"accent":"#005A3C"}}"##, Command::Theme(theme)),
        ("navigate", r##","to":"#/jobs/new/a.b_c""##, Command::Navigate("#/jobs/new/a.b_c".to_owned())),
        ("lock", "", Command::Lock),
        ("focus", r#","more":1"#, Command::Focus),
        ("view", r#","view":{"top":120,"height":700}"#, Command::View(view)),
        ("approval", r#","digest":"ab","approved":false"#, Command::Approval("ab".to_owned(), false)),
    ] {
        assert_eq!(hear(&said(kind, more)), Ok(command), "{kind}");
    }
}

#[test]
fn what_is_not_taken_has_a_code() {
    for (text, code, about) in [
        ("{".to_owned(), "malformed", "json"),
        (r#"{"ns":"other"}"#.to_owned(), "malformed", "ns"),
        (r#"{"ns":"message-desk","v":[2,0],"type":"lock"}"#.to_owned(), "unsupported-version", ""),
        (said("send", ""), "unknown-type", ""),
        (said("__proto__", ""), "unknown-type", ""),
        (said("init", ""), "unknown-type", ""),
        (said("navigate", r##","to":"#/../x?y""##), "malformed", "to"),
        (said("navigate", r#","to":"https://evil.example""#), "malformed", "to"),
        (said("navigate", r##","to":"#/usersig""##), "secret-refused", "usersig"),
        (said("view", r#","view":{"top":-1,"height":5}"#), "malformed", "top"),
        (said("view", r#","view":{"top":0,"height":1e9}"#), "malformed", "height"),
        (said("theme", r#","theme":{"look":"pink"}"#), "malformed", "look"),
        (
            said("theme", r##","theme":{"look":"dark","colours":{"accent":"red"}}"##),
            "malformed",
            "colours.accent",
        ),
        (
            said("theme", r##","theme":{"look":"dark","colours":{"danger":"#ffffff"}}"##),
            "malformed",
            "colours.danger",
        ),
        (
            said("theme", r##","theme":{"look":"light","colours":{"accent":"#9ab6ff"}}"##),
            "contrast",
            "accent on ground",
        ),
        (said("prefill", r#","prefill":{"operation":"a","values":{"x":1}}"#), "malformed", "values.x"),
        (
            said("prefill", r#","prefill":{"operation":"a","values":{"App_Secret":"x"}}"#),
            "secret-refused",
            "App_Secret",
        ),
        (said("approval", r#","digest":"a","approved":"yes""#), "malformed", "approved"),
    ] {
        assert_eq!(hear(&text).map_err(|why| why.code()), Err((code, about.to_owned())), "{text}");
    }
}

#[test]
fn the_colours_are_those_of_the_style_sheet_and_can_all_be_read() {
    let sheet = include_str!("../../style/tokens.css");
    for (name, light, dark) in COLOURS {
        assert!(sheet.contains(&format!("--{name}: light-dark({light}, {dark});")), "{name}");
    }
    for look in ["light", "dark"] {
        // The desk's own accent, said by a host: every pair is looked at, and passes.
        let (_, light, dark) = COLOURS[4];
        let accent = if look == "light" { light } else { dark };
        let more = format!(r#","theme":{{"look":"{look}","colours":{{"accent":"{accent}"}}}}"#);
        assert!(hear(&said("theme", &more)).is_ok(), "{look}");
    }
}

#[test]
fn what_is_told_can_be_read_again() {
    let tells = |event: Event| Json::parse(&tell(&event)).unwrap();
    let audit = tells(Event::Audit {
        at: 1_700_000_000_000,
        operation: "a.recall",
        account: "a · b".to_owned(),
        stage: "production",
        targets: vec![("message \"id\"".to_owned(), "158844553334358019".to_owned())],
        count: 1,
        outcome: "accepted",
        code: None,
        reason: "发错群\u{2028}".to_owned(),
        body: None,
        job: Some("7".to_owned()),
    });
    assert_eq!(audit.get("job").and_then(Json::as_text), Some("7"));
    assert_eq!(audit.get("type").and_then(Json::as_text), Some("audit"));
    assert_eq!(
        audit.get("targets").and_then(|it| it.get("message \"id\"")).and_then(Json::as_text),
        Some("158844553334358019")
    );
    assert_eq!((audit.get("code"), audit.get("body")), (Some(&Json::Null), None));
    let job = Event::Job {
        id: "7".to_owned(),
        operation: "a.b".to_owned(),
        state: "running",
        counts: vec![("sent", 3)],
    };
    assert_eq!(tells(job).get("counts").and_then(|it| it.get("sent")).and_then(Json::as_i64), Some(3));
    let greeting = Json::parse(&hello(NONCE)).unwrap();
    let names: Vec<_> = greeting.as_object().unwrap().iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(names, ["ns", "v", "type", "nonce"], "nothing but a nonce is told to a page nobody knows");
}

#[test]
fn what_is_told_has_the_members_that_the_contract_lists_and_no_others() {
    let contract = include_str!("../../docs/embedding.md");
    let id = || "7".to_owned();
    let events = [
        Event::Ready { language: Language::English },
        Event::Resize(700),
        Event::Dirty(true),
        Event::Job { id: id(), operation: id(), state: "running", counts: Vec::new() },
        Event::Audit {
            at: 0,
            operation: "a.b",
            account: id(),
            stage: "practice",
            targets: Vec::new(),
            count: 1,
            outcome: "accepted",
            code: Some(id()),
            reason: id(),
            body: Some(id()),
            job: Some(id()),
        },
        Event::Approve { digest: id(), operation: "a.b", account: id(), count: 1 },
        Event::Error { code: "busy", about: id() },
    ];
    for event in events {
        let json = Json::parse(&tell(&event)).unwrap();
        let names: Vec<_> = json.as_object().unwrap().iter().map(|(name, _)| name.to_owned()).collect();
        let kind = json.get("type").and_then(Json::as_text).unwrap();
        let (_, told) = contract.split_once("| From the desk |").unwrap();
        let row = told.lines().find(|line| line.starts_with(&format!("| `{kind}` |"))).unwrap();
        let listed: Vec<_> = row.split('`').skip(1).step_by(2).collect();
        assert_eq!(names[3..], listed[1..], "{kind}");
    }
}

/// Values of every kind, with the names that break careless readers.
fn anything() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("__proto__".to_owned()),
        Just("constructor".to_owned()),
        Just("toString".to_owned()),
        Just("type".to_owned()),
        Just("nonce".to_owned()),
        Just("values".to_owned()),
        Just("prefill".to_owned()),
        "[a-z_.]{0,12}",
    ];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|it| it.to_string()),
        any::<i64>().prop_map(|it| it.to_string()),
        Just("1e999".to_owned()),
        any::<String>().prop_map(|it| Json::Text(it).to_string()),
        (0_usize..70_000).prop_map(|length| Json::Text("发".repeat(length % 997)).to_string()),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((name.clone(), inner), 0..6).prop_map(|members| {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

fn message() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec![
        "init", "locale", "theme", "navigate", "prefill", "lock", "focus", "view", "approval", "send",
        "recall", "submit",
    ]);
    let member = prop::sample::select(vec![
        "locale", "theme", "to", "prefill", "view", "digest", "approved", "nonce", "act",
    ]);
    prop_oneof![
        any::<String>(),
        anything(),
        (kind, member, anything())
            .prop_map(|(kind, member, value)| said(kind, &format!(",\"{member}\":{value}"))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn ten_thousand_messages_open_nothing(text in message(), from_parent: bool, listed: bool, null: bool, ports in 0_u32..3) {
        let origin = if null { "null" } else if listed { PORTAL } else { "https://evil.example" };
        let mut gate = gate();
        let heard = gate.heard(Hint { from_parent, origin, text: Some(&text), ports });
        prop_assert!(matches!(heard, Heard::Nothing | Heard::Version));
        // And the one that is meant still comes in afterwards.
        let opens = matches!(gate.heard(hint(PORTAL, &init_text(NONCE, ""))), Heard::Open(_));
        prop_assert!(opens);
    }

    #[test]
    fn ten_thousand_messages_through_the_port_are_read_or_refused(text in message()) {
        match hear(&text) {
            // There is no command that begins an act: whatever is read is one of these.
            Ok(Command::Locale(_) | Command::Theme(_) | Command::Lock | Command::Focus | Command::View(_)) => {}
            Ok(Command::Approval(digest, _)) => prop_assert!(digest.chars().count() <= 120),
            Ok(Command::Navigate(to)) => prop_assert!(to.starts_with("#/") && to.len() < 130),
            Ok(Command::Prefill(_, values)) => {
                let secret = values.iter().any(|(name, _)| names_secret(name));
                prop_assert!(!secret);
            }
            Err(why) => prop_assert!(!why.code().0.is_empty()),
        }
    }
}

#[test]
fn the_codes_a_host_can_get_are_listed_in_the_contract() {
    let contract = include_str!("../../docs/embedding.md");
    let codes = [
        "malformed",
        "unsupported-version",
        "unknown-type",
        "secret-refused",
        "contrast",
        "unknown-operation",
        "unknown-field",
        "busy",
    ];
    let missing: BTreeMap<_, _> = codes
        .into_iter()
        .map(|code| (code, contract.contains(&format!("`{code}`"))))
        .filter(|(_, there)| !there)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
