//! `easemob.rewrite`: new content, or a new extension, for one message (E-MOD-1…22).

use super::ids::{MESSAGE_ID, USER};
use super::{checks, foresee, reply};
use crate::domain::field::Condition::{Filled, Is};
use crate::domain::field::{Choice, Field, Kind, Lines, Role};
use crate::domain::form::Form;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Spacing, Targets, Verb,
};
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Reply;
use crate::domain::sentence::choice_words;
use crate::domain::validation::{Readings, Valid};
use crate::words::easemob as words;

/// The types that can be rewritten (E-MOD-13: no commands).
pub const TYPES: &[Choice] = &[
    Choice::new("txt", words::TYPE_TXT),
    Choice::new("custom", words::TYPE_CUSTOM),
    Choice::noted("img", words::TYPE_IMG, words::EXTENSION_ONLY),
    Choice::noted("audio", words::TYPE_AUDIO, words::EXTENSION_ONLY),
    Choice::noted("video", words::TYPE_VIDEO, words::EXTENSION_ONLY),
    Choice::noted("file", words::TYPE_FILE, words::EXTENSION_ONLY),
    Choice::noted("loc", words::TYPE_LOC, words::EXTENSION_ONLY),
];

/// The types of which only the extension can change.
const EXTENSION_ONLY: &[&str] = &["img", "audio", "video", "file", "loc"];

/// Which message.
pub static MESSAGE: Field = Field::path("msg_id", words::MESSAGE_ID, Kind::Id(&MESSAGE_ID), "E-ID-2")
    .required("E-MOD-1")
    .hint(words::MESSAGE_ID_HINT);
/// Who is shown as the editor; the app's admin when empty (E-MOD-3).
pub static EDITOR: Field =
    Field::body("user", words::EDITOR, Kind::Id(&USER), "E-SND-4").hint(words::EDITOR_HINT);
/// The type the message has.
pub static TYPE: Field = Field::body("new_msg.type", words::TYPE, Kind::Word(TYPES), "E-MOD-15")
    .initial("txt")
    .required("E-MOD-2")
    .hint(words::TYPE_HINT);
/// The new text.
pub static TEXT: Field = Field::body("new_msg.msg", words::TEXT, Kind::Text(Lines::Many), "E-MOD-4")
    .when(&[(Is(&TYPE, &["txt"]), "E-MOD-5")])
    .required("E-MOD-4")
    .role(Role::Text);
/// The event of a custom message.
pub static EVENT: Field =
    Field::body("new_msg.customEvent", words::CUSTOM_EVENT, Kind::Text(Lines::One), "E-MOD-7")
        .when(&[(Is(&TYPE, &["custom"]), "E-MOD-4")])
        .hint(words::CUSTOM_EVENT_HINT);
/// Its attributes.
pub static ATTRIBUTES: Field =
    Field::body("new_msg.customExts", words::CUSTOM_EXTS, Kind::JsonObject, "E-MOD-8")
        .when(&[(Is(&TYPE, &["custom"]), "E-MOD-4")])
        .hint(words::CUSTOM_EXTS_HINT);
/// The extension.
pub static EXTENSION: Field = Field::body("new_ext", words::NEW_EXT, Kind::JsonObject, "E-MOD-9")
    .required_when(Is(&TYPE, EXTENSION_ONLY), "E-MOD-12");
/// Whether it is merged into the extension there is, or takes its place.
pub static COMBINE: Field = Field::body("is_combine_ext", words::COMBINE, Kind::Flag, "E-MOD-10")
    .when(&[(Filled(&EXTENSION), "E-MOD-10")])
    .default("true")
    .hint(words::COMBINE_HINT);

/// Rewrite one message.
pub static REWRITE: Operation = Operation {
    id: "easemob.rewrite",
    verb: Verb::Modify,
    title: words::REWRITE,
    vendor_name: words::REWRITE_VENDOR,
    short: words::REWRITE_SHORT,
    method: Method::Put,
    path: &[Segment::App, Segment::Literal("messages"), Segment::Literal("rewrite"), Segment::Of(&MESSAGE)],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHICH, &[&MESSAGE, &EDITOR]),
            Group::open(words::GROUP_NEW, &[&TYPE, &TEXT, &EVENT, &ATTRIBUTES, &EXTENSION, &COMBINE]),
        ],
        rules: &[
            Rule { id: "E-MOD-6", check: custom_changes_something },
            Rule { id: "E-MOD-7", check: |readings| checks::event(readings, &EVENT) },
            Rule { id: "E-MOD-8", check: |readings| checks::attributes(readings, &ATTRIBUTES) },
            Rule { id: "E-MOD-10", check: extension_is_not_wiped },
            Rule {
                id: "E-LIM-3",
                check: |readings| checks::size(readings, "new_msg", "new_ext", at(readings)),
            },
        ],
    },
    danger: Danger::Corrects,
    act: words::REWRITE_ACT,
    // Two edits of one message are never under way at once (E-MOD-19).
    spacing: Some(Spacing { field: &MESSAGE, rest: 1000 }),
    targets: Targets::One,
    scope,
    explain,
    unanswered: |_| Vec::new(),
    follow,
    foresee: foresee::rewrite,
    // The id alone leads nowhere: messages are found by their conversation, which an edit does not name.
    read_back: Some(&super::read_back::REWRITE),
};

/// Where a problem with the size is shown.
fn at(readings: &Readings) -> &'static str {
    match readings.text(&TYPE) {
        "txt" => TEXT.name,
        "custom" if !readings.typed(&ATTRIBUTES).is_empty() => ATTRIBUTES.name,
        _ => EXTENSION.name,
    }
}

fn custom_changes_something(readings: &Readings) -> Option<Problem> {
    let nothing = [&EVENT, &ATTRIBUTES, &EXTENSION].iter().all(|field| readings.typed(field).is_empty());
    let fault = Fault::said("nothing_to_change", words::NOTHING_TO_CHANGE);
    (readings.text(&TYPE) == "custom" && nothing).then(|| Problem::stop(EVENT.name, "E-MOD-6", fault))
}

fn extension_is_not_wiped(readings: &Readings) -> Option<Problem> {
    let replaces = readings.text(&COMBINE) == "false";
    let empty = readings.value(&EXTENSION).is_some_and(|extension| extension.to_text() == "{}");
    let fault = Fault::said("extension_wiped", words::EXTENSION_WIPED);
    (replaces && empty).then(|| Problem::warn(COMBINE.name, "E-MOD-10", fault))
}

fn scope(valid: &Valid) -> Scope {
    let content = [&TEXT, &EVENT, &ATTRIBUTES, &EXTENSION].map(|field| valid.text(field));
    let editor = valid.text(&EDITOR);
    Scope {
        says: words::REWRITE_SCOPE,
        facts: vec![
            ("editor", if editor.is_empty() { Fact::Words(words::ADMIN) } else { Fact::Text(editor) }),
            ("kind", Fact::Words(choice_words(&TYPE, &valid.text(&TYPE)))),
            ("message", Fact::Text(valid.text(&MESSAGE))),
            ("content", Fact::Text(content.into_iter().find(|text| !text.is_empty()).unwrap_or_default())),
        ],
    }
}

fn explain(_: &Valid, answer: &Reply) -> Option<Outcome> {
    reply::wrote(answer, |json| match reply::text(json, "data").as_deref() {
        Some("success") => reply::accepted(words::REWRITTEN),
        _ => reply::unsure(),
    })
}

fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    let about = valid.text(&MESSAGE);
    let recall = Follow {
        operation: "easemob.recall",
        label: words::FOLLOW_RECALL,
        values: vec![("msg_id", about.clone())],
        about,
    };
    (outcome.verdict == Verdict::Accepted).then_some(recall).into_iter().collect()
}
