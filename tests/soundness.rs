//! Every operation of every vendor is sound data: what the form engine, the wire and the sentences rely on.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

#[expect(dead_code, reason = "the vectors' own test reads more of a case than this one")]
#[path = "vectors/case.rs"]
mod case;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::endpoint::Endpoint;
use message_desk::domain::field::{Condition, Field, Kind, Limit, Lines, Presence, Severity, Unit, Wire};
use message_desk::domain::foresight;
use message_desk::domain::form::Form;
use message_desk::domain::operation::{
    Danger, Fact, Group, Method, Operation, Scope, Segment, Targets, Verb,
};
use message_desk::domain::outcome::{Advice, Outcome, Repeat, Verdict};
use message_desk::domain::problem::Problem;
use message_desk::domain::reply::{Ending, Reply, conclude};
use message_desk::domain::request::{Header, Moment, Request, Seal, Sign, Signed};
use message_desk::domain::validation::Valid;
use message_desk::domain::vendor::Vendor;
use message_desk::vendors;
use message_desk::vendors::yunxin::codes::CODES;
use message_desk::vendors::yunxin::modify;
use message_desk::words::{Language, Piece, Words, desk, easemob, fault, jobs, outcome, tencent, yunxin};

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

/// Every operation that is offered, and those that only test a connection.
fn operations() -> Vec<(&'static Vendor, &'static Operation)> {
    let of =
        |vendor: &'static &'static Vendor| {
            vendor
                .operations
                .iter()
                .copied()
                .chain([vendor.probe.operation].into_iter().filter(|probe| {
                    !vendor.operations.iter().any(|operation| std::ptr::eq(*operation, *probe))
                }))
                .map(|operation| (*vendor, operation))
        };
    vendors::ALL.iter().flat_map(of).collect()
}

/// Every form with a name: operations and connections.
fn forms() -> Vec<(&'static str, &'static Form)> {
    let operations = operations().into_iter().map(|(_, operation)| (operation.id, &operation.form));
    let outer = operations.chain(vendors::ALL.iter().map(|vendor| (vendor.id, vendor.connection)));
    outer.flat_map(|(name, form)| with_rows(form).into_iter().map(move |form| (name, form))).collect()
}

/// A form and the forms of the rows in it.
fn with_rows(form: &'static Form) -> Vec<&'static Form> {
    let rows = form.fields().filter_map(|field| match &field.kind {
        Kind::Rows(rows) => Some(with_rows(rows.form)),
        _ => None,
    });
    std::iter::once(form).chain(rows.flatten()).collect()
}

fn unique<'a>(names: impl IntoIterator<Item = &'a str>) -> bool {
    let mut seen = HashSet::new();
    names.into_iter().all(|name| seen.insert(name))
}

#[test]
fn operation_ids_are_unique_and_begin_with_their_vendor() {
    assert!(unique(operations().iter().map(|(_, operation)| operation.id)));
    for (vendor, operation) in operations() {
        let verb =
            operation.id.strip_prefix(vendor.id).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
        let plain =
            verb.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        assert!(!verb.is_empty() && plain && !verb.starts_with('_'), "{}", operation.id);
    }
}

#[test]
fn field_names_are_unique_in_their_form() {
    for (name, form) in forms() {
        assert!(unique(form.fields().map(|field| field.name)), "{name}");
        assert!(form.fields().all(|field| !field.name.is_empty()), "{name}");
    }
}

#[test]
fn fields_of_a_path_are_in_the_form_and_cannot_be_left_empty() {
    for (_, operation) in operations() {
        let mut in_path: Vec<&'static Field> = Vec::new();
        for segment in operation.path {
            match segment {
                Segment::Literal(text) => {
                    assert!(!text.is_empty() && !text.contains('/'), "{} {text}", operation.id)
                }
                Segment::App => {}
                Segment::Of(field) => in_path.push(field),
                Segment::Joined(fields, separator) => {
                    assert!(!separator.is_empty() && fields.len() > 1, "{}", operation.id);
                    in_path.extend(fields.iter());
                }
            }
        }
        for field in &in_path {
            let own = operation
                .form
                .field(field.name)
                .unwrap_or_else(|| panic!("{} has no field {}", operation.id, field.name));
            assert!(std::ptr::eq(own, *field), "{} {}", operation.id, field.name);
            assert_eq!(field.wire, Wire::Path, "{} {}", operation.id, field.name);
            assert!(matches!(field.presence, Presence::Required(_)), "{} {}", operation.id, field.name);
            assert!(field.conditions.is_empty(), "{} {}", operation.id, field.name);
        }
        for field in operation.form.fields().filter(|field| field.wire == Wire::Path) {
            assert!(
                in_path.iter().any(|known| std::ptr::eq(*known, field)),
                "{} never sends {}",
                operation.id,
                field.name
            );
        }
    }
}

#[test]
fn a_field_travels_where_its_form_belongs() {
    for (_, operation) in operations() {
        assert!(operation.form.fields().all(|field| field.wire != Wire::Connection), "{}", operation.id);
        let has_body = operation.form.fields().any(|field| field.wire == Wire::Body);
        let carries = matches!(operation.method, Method::Post | Method::Put);
        assert_eq!(has_body, carries, "{}", operation.id);
    }
    for vendor in vendors::ALL {
        assert!(vendor.connection.fields().all(|field| field.wire == Wire::Connection), "{}", vendor.id);
    }
}

/// A place in the body cannot hold a value and an object at once, but for an object that is typed whole or in cells.
#[test]
fn places_in_a_body_do_not_clash() {
    for (_, operation) in operations() {
        let in_body: Vec<_> = operation.form.fields().filter(|field| field.wire == Wire::Body).collect();
        for outer in &in_body {
            for inner in &in_body {
                if inner.name.strip_prefix(outer.name).is_some_and(|rest| rest.starts_with('.')) {
                    assert!(matches!(outer.kind, Kind::JsonObject), "{} {}", operation.id, outer.name);
                    let waits = inner.conditions.iter().any(|(condition, _)| matches!(condition, Condition::Empty(field) if std::ptr::eq(*field, *outer)));
                    assert!(waits, "{} {} does not wait for {}", operation.id, inner.name, outer.name);
                }
            }
        }
    }
}

fn said(whose: &str, words: Words) {
    for language in LANGUAGES {
        assert!(!words.text(language).trim().is_empty(), "{whose} says nothing in {}", language.tag());
    }
}

#[test]
fn everything_is_said_in_both_languages() {
    for (name, form) in forms() {
        for group in form.groups {
            said(name, group.title);
        }
        for field in form.fields() {
            let words = [Some(field.label), field.hint, field.label_when.as_ref().map(|(_, label)| *label)];
            let meanings = field.limits.iter().map(|limit| limit.meaning);
            for words in words.into_iter().chain(meanings).flatten() {
                said(field.name, words);
            }
            if let Kind::Choice(choices) | Kind::Word(choices) | Kind::Several(choices) = &field.kind {
                assert!(unique(choices.iter().map(|choice| choice.value)), "{name} {}", field.name);
                for choice in *choices {
                    said(choice.value, choice.label);
                    choice.note.into_iter().for_each(|note| said(choice.value, note));
                }
                for language in LANGUAGES {
                    assert!(
                        unique(choices.iter().map(|choice| choice.label.text(language))),
                        "{name} {}",
                        field.name
                    );
                }
            }
        }
    }
    for (_, operation) in operations() {
        for words in [operation.title, operation.vendor_name, operation.short, operation.act] {
            said(operation.id, words);
        }
    }
    for vendor in vendors::ALL {
        said(vendor.id, vendor.name);
        vendor.hosts.iter().for_each(|host| said(host.url, host.label));
    }
}

fn fields_of(condition: &Condition) -> Vec<&'static Field> {
    match condition {
        Condition::Is(field, _)
        | Condition::IsNot(field, _)
        | Condition::Empty(field)
        | Condition::Filled(field) => vec![*field],
        Condition::All(conditions) => conditions.iter().flat_map(fields_of).collect(),
    }
}

/// Every condition of a field: when it applies, when it is required, what it is called, how it is read, how long it may be.
fn conditions_of(field: &'static Field) -> Vec<Condition> {
    let applies = field.conditions.iter().map(|(condition, _)| *condition);
    let required = match &field.presence {
        Presence::RequiredWhen(condition, _) => Some(*condition),
        Presence::Optional | Presence::Required(_) => None,
    };
    let labelled = field.label_when.as_ref().map(|(condition, _)| *condition);
    let shaped = match &field.kind {
        Kind::IdWhen(condition, ..) => Some(*condition),
        _ => None,
    };
    applies
        .chain(required)
        .chain(labelled)
        .chain(shaped)
        .chain(field.limits.iter().filter_map(|limit| limit.when))
        .collect()
}

#[test]
fn conditions_refer_to_fields_of_the_same_form() {
    for (name, form) in forms() {
        for field in form.fields() {
            for other in conditions_of(field).iter().flat_map(fields_of) {
                let own = form
                    .field(other.name)
                    .unwrap_or_else(|| panic!("{name}: {} asks for {}", field.name, other.name));
                assert!(
                    std::ptr::eq(own, other),
                    "{name}: {} asks for another operation's {}",
                    field.name,
                    other.name
                );
            }
        }
    }
}

/// What a condition compares with can be typed.
#[test]
fn conditions_ask_for_values_that_exist() {
    fn check(whose: &str, condition: &Condition) {
        match condition {
            Condition::Is(field, values) | Condition::IsNot(field, values) => {
                assert!(!values.is_empty(), "{whose}");
                let known: Vec<&str> = match &field.kind {
                    Kind::Choice(choices) | Kind::Word(choices) => {
                        choices.iter().map(|choice| choice.value).collect()
                    }
                    Kind::Flag => vec!["true", "false"],
                    _ => panic!("{whose} compares {}, which is free text", field.name),
                };
                assert!(values.iter().all(|value| known.contains(value)), "{whose} {values:?}");
            }
            Condition::All(conditions) => conditions.iter().for_each(|condition| check(whose, condition)),
            Condition::Empty(_) | Condition::Filled(_) => {}
        }
    }
    for (_, form) in forms() {
        for field in form.fields() {
            conditions_of(field).iter().for_each(|condition| check(field.name, condition));
            for preset in [
                field.default,
                field.always,
                field.omitted,
                Some(field.initial_text()).filter(|text| !text.is_empty()),
            ]
            .into_iter()
            .flatten()
            {
                match &field.kind {
                    Kind::Choice(choices) | Kind::Word(choices) => assert!(
                        choices.iter().any(|choice| choice.value == preset),
                        "{} {preset}",
                        field.name
                    ),
                    Kind::Flag => assert!(["true", "false"].contains(&preset), "{} {preset}", field.name),
                    _ => {}
                }
            }
        }
    }
}

/// Whether a field's applying leads back to itself.
fn leads_back(start: &'static Field, at: &'static Field, seen: &mut Vec<&'static str>) -> bool {
    let next: Vec<_> = at.conditions.iter().flat_map(|(condition, _)| fields_of(condition)).collect();
    next.into_iter().any(|field| {
        let new = !seen.contains(&field.name);
        seen.push(field.name);
        std::ptr::eq(field, start) || (new && leads_back(start, field, seen))
    })
}

#[test]
fn no_field_waits_for_itself() {
    for (name, form) in forms() {
        for field in form.fields() {
            assert!(!leads_back(field, field, &mut Vec::new()), "{name} {}", field.name);
        }
    }
}

static EGG: Field =
    Field::body("egg", yunxin::TEXT, Kind::Flag, "FIELD").when(&[(Condition::Is(&HEN, &["true"]), "FIELD")]);
static HEN: Field =
    Field::body("hen", yunxin::TEXT, Kind::Flag, "FIELD").when(&[(Condition::Is(&EGG, &["true"]), "FIELD")]);

#[test]
fn a_circle_would_be_found() {
    assert!(leads_back(&EGG, &EGG, &mut Vec::new()) && leads_back(&HEN, &HEN, &mut Vec::new()));
}

#[test]
fn everything_that_can_go_wrong_names_its_rule() {
    for (name, form) in forms() {
        for field in form.fields() {
            let presence = match &field.presence {
                Presence::Required(rule) | Presence::RequiredWhen(_, rule) => Some(*rule),
                Presence::Optional => None,
            };
            let conditions = field.conditions.iter().map(|(_, rule)| *rule);
            let limits = field.limits.iter().map(|limit| limit.rule);
            for rule in conditions.chain(limits).chain(presence).chain([field.rule]) {
                assert!(!rule.is_empty(), "{name} {}", field.name);
            }
        }
        assert!(form.rules.iter().all(|rule| !rule.id.is_empty()), "{name}");
    }
}

#[test]
fn a_softer_limit_lies_below_the_harder_one_of_its_unit() {
    for (name, form) in forms() {
        for field in form.fields() {
            let of = |severity: Severity| {
                field.limits.iter().filter(move |limit| limit.severity == severity && limit.when.is_none())
            };
            for (soft, hard) in
                of(Severity::Warns).flat_map(|soft| of(Severity::Stops).map(move |hard| (soft, hard)))
            {
                assert!(soft.unit != hard.unit || soft.most < hard.most, "{name} {}", field.name);
            }
            for limit in field.limits {
                assert!(
                    limit.most > 0 && (limit.severity == Severity::Stops || limit.meaning.is_some()),
                    "{name} {}",
                    field.name
                );
            }
        }
    }
}

fn placeholders(words: Words, language: Language) -> Vec<&'static str> {
    let named = words.pieces(language).filter_map(|piece| match piece {
        Piece::Fact(name) => Some(name),
        Piece::Text(_) | Piece::Plural => None,
    });
    let mut names: Vec<_> = named.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Every act of the vectors that may be sent.
fn acts() -> Vec<(String, Valid)> {
    let cases = case::all().into_iter().filter(|case| case.files.contains_key("request.json"));
    cases
        .map(|case| {
            let typed = case.draft();
            let operation = vendors::operation(&case.operation).unwrap().1;
            let draft = Draft { operation, values: case::values(&typed.values) };
            (case.title(), draft.validate(typed.now).unwrap())
        })
        .collect()
}

#[test]
fn the_sentence_names_every_fact_in_both_languages() {
    let acts = acts();
    for (_, operation) in operations().iter().filter(|(_, operation)| operation.danger != Danger::Looks) {
        assert!(
            acts.iter().any(|(_, valid)| std::ptr::eq(valid.operation(), *operation)),
            "{} has no act",
            operation.id
        );
    }
    for (title, valid) in acts {
        let Scope { says, facts } = (valid.operation().scope)(&valid);
        assert!(unique(facts.iter().map(|(name, _)| *name)), "{title}");
        let mut names: Vec<_> = facts.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        for language in LANGUAGES {
            assert_eq!(placeholders(says, language), names, "{title}");
            for (name, fact) in &facts {
                match fact {
                    Fact::Words(words) => assert!(!words.text(language).is_empty(), "{title} {name}"),
                    // A message without text is shown by its attachment.
                    Fact::Text(text) => assert!(!text.is_empty() || *name == "content", "{title} {name}"),
                    Fact::Time(millis) => assert!(millis.parse::<i64>().is_ok(), "{title} {name}"),
                }
            }
        }
    }
}

#[test]
fn the_sentence_says_how_many_and_that_it_is_final() {
    for (title, valid) in acts() {
        let operation = valid.operation();
        let targets = operation.targets.of(&valid);
        assert!(targets > 0, "{title}");
        for language in LANGUAGES {
            let wanted: &[&str] = if operation.danger == Danger::Looks { &[] } else { &["count"] };
            assert_eq!(placeholders(operation.act, language), wanted, "{title}");
        }
        let facts = (operation.scope)(&valid).facts;
        let fact = |wanted: &str| facts.iter().find(|(name, _)| *name == wanted).map(|(_, fact)| fact);
        if let Some(count) = fact("count") {
            assert_eq!(*count, Fact::Text(targets.to_string()), "{title}");
        }
        assert!(fact("count").is_some() || targets == 1, "{title}");
        assert_eq!(fact("final").is_some(), operation.danger == Danger::Destroys, "{title}");
    }
}

#[test]
fn every_code_says_meaning_cause_and_next_step() {
    for (code, advice) in CODES {
        for words in [advice.meaning, advice.cause, advice.next] {
            said(&code.to_string(), words);
        }
        let different =
            unique([advice.meaning, advice.cause, advice.next].map(|words| words.text(Language::English)));
        assert!(different, "{code}");
    }
}

#[test]
fn edits_of_one_message_rest_a_second() {
    let spacing = modify::MODIFY.spacing.as_ref().unwrap();
    assert!(spacing.rest >= 1000 && std::ptr::eq(spacing.field, &modify::MESSAGE));
}

#[test]
fn a_connection_test_only_looks_and_needs_nothing_filled_in() {
    for vendor in vendors::ALL {
        let values: Values = vendor.probe.values.iter().copied().collect();
        let draft = Draft { operation: vendor.probe.operation, values };
        assert_eq!(draft.operation.danger, Danger::Looks, "{}", vendor.id);
        assert!(draft.validate(0).is_ok(), "{}", vendor.id);
        assert!(
            vendor.hosts.iter().all(|host| Endpoint::parse(host.url).is_some_and(|host| host.is_https())),
            "{}",
            vendor.id
        );
    }
}

/// The code of `src/` outside the catalogues.
fn code() -> String {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("words") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    text
}

/// Whether a sentence is used: named behind `::`, or as an argument of a macro that names it so.
fn is_used(name: &str, code: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].trim_end_matches([' ', '\n']);
        let whole = !code[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        whole && (code[..at].ends_with("::") || before.ends_with([',', '(']))
    })
}

#[test]
fn every_sentence_of_the_catalogues_is_used() {
    let code = code();
    let catalogues = [
        ("yunxin", yunxin::ALL),
        ("easemob", easemob::ALL),
        ("tencent", tencent::ALL),
        ("fault", fault::ALL),
        ("outcome", outcome::ALL),
        ("desk", desk::ALL),
        ("jobs", jobs::ALL),
    ];
    let unused: Vec<_> = catalogues
        .iter()
        .flat_map(|(catalogue, all)| all.iter().map(move |(name, _)| (*catalogue, *name)))
        .filter(|(_, name)| !is_used(name, &code))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn an_unused_sentence_would_be_found() {
    assert!(!is_used("TEXT", "static TEXT: Field = x; &TEXT; words::TEXTUAL; a_TEXT"));
    assert!(is_used("TEXT", "x!(\"a\",\n    TEXT)") && is_used("TEXT", "words::TEXT,"));
}

/// Words in Chinese and English.
macro_rules! say {
    ($zh:literal, $en:literal) => {
        Words::new(concat!($zh, "\0", $en))
    };
}

// A new operation: this declaration is all there is to it.

static ROOM: Field =
    Field::path("room", say!("房间", "Room"), Kind::Text(Lines::One), "DEMO-1").required("DEMO-1");
static NOTE: Field = Field::body("note.text", say!("便条", "Note"), Kind::Text(Lines::Many), "DEMO-2")
    .required("DEMO-2")
    .limits(const { &[Limit::most(3, Unit::Utf16, "DEMO-2")] });
static PIN: Operation = Operation {
    id: "demo.pin",
    verb: Verb::Modify,
    title: say!("贴便条", "Pin a note"),
    vendor_name: say!("便条", "Notes"),
    short: say!("贴", "Pin"),
    method: Method::Post,
    path: &[Segment::Literal("rooms"), Segment::Of(&ROOM), Segment::Literal("notes")],
    form: Form { groups: &[Group::open(say!("便条", "Note"), &[&ROOM, &NOTE])], rules: &[] },
    danger: Danger::Corrects,
    act: say!("贴 {count} 张", "Pin {count}"),
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope {
        says: say!("贴在 {room}", "Pin in {room}"),
        facts: vec![("room", Fact::Text(valid.text(&ROOM)))],
    },
    explain: |_, reply| (reply.body == "pinned").then(|| Outcome::new(Verdict::Accepted, PINNED)),
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresight::nothing,
    read_back: None,
};
const PINNED: Advice = Advice {
    meaning: say!("贴好了", "Pinned"),
    cause: say!("好", "Fine"),
    next: say!("看", "Look"),
    repeat: Repeat::Done,
};

struct Badge;

impl Sign for Badge {
    fn prove(&self, request: &Request, moment: &Moment) -> Result<Seal, Problem> {
        let badge = Header::plain("Badge", format!("{} {}", request.path(), moment.nonce));
        Ok(Seal { headers: vec![badge], query: Vec::new() })
    }
}

fn pin(room: &str, note: &str) -> Draft {
    Draft { operation: &PIN, values: [("room", room), ("note.text", note)].into_iter().collect() }
}

#[test]
fn a_new_operation_takes_one_declaration() {
    let found: Vec<_> = pin("", "😀😀")
        .validate(0)
        .unwrap_err()
        .iter()
        .map(|problem| (problem.rule, problem.fault.code()))
        .collect();
    assert_eq!(found, [("DEMO-1", "required"), ("DEMO-2", "over_limit")]);

    let valid = pin("一/二", "字😀").validate(0).unwrap();
    let request =
        Request::assemble(valid.clone(), &Endpoint::parse("https://demo.example/v1").unwrap(), &[]).unwrap();
    assert_eq!(request.url(), "https://demo.example/v1/rooms/%E4%B8%80%2F%E4%BA%8C/notes");
    assert_eq!(request.body(), Some(r#"{"note":{"text":"字😀"}}"#));

    let signed =
        Signed::seal(request, &Badge, &Moment { now: 0, nonce: "n".to_owned(), trace: None, token: None })
            .unwrap();
    assert_eq!(signed.headers()[0].sent(), "/v1/rooms/%E4%B8%80%2F%E4%BA%8C/notes n");

    let answered =
        |body: &str| conclude(&valid, &Ending::Replied(Reply { status: 200, body: body.to_owned() })).verdict;
    assert_eq!((answered("pinned"), answered("<html>")), (Verdict::Accepted, Verdict::Unknown));
}

#[test]
fn a_path_value_that_every_parser_resolves_away_is_refused() {
    for room in [".", ".."] {
        let problems = pin(room, "字").validate(0).unwrap_err();
        let found: Vec<_> = problems.iter().map(|it| (it.field.as_ref(), it.rule, it.stops())).collect();
        assert_eq!(found, [("room", "PATH", true)]);
    }
}
