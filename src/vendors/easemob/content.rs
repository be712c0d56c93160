//! What a message is made of when it is sent: type, body and extension, the same for users, groups and rooms (E-SND-1…11).

use super::checks;
use super::ids::USER;
use crate::domain::field::Condition::{Empty, Is};
use crate::domain::field::{Choice, Field, Kind, Lines, Role};
use crate::domain::operation::Rule;
use crate::domain::problem::{Fault, Problem};
use crate::domain::validation::{Readings, Valid};
use crate::words::easemob as words;

/// The types that can be sent.
pub const TYPES: &[Choice] = &[
    Choice::new("txt", words::TYPE_TXT),
    Choice::new("img", words::TYPE_IMG),
    Choice::new("audio", words::TYPE_AUDIO),
    Choice::new("video", words::TYPE_VIDEO),
    Choice::new("file", words::TYPE_FILE),
    Choice::new("loc", words::TYPE_LOC),
    Choice::noted("cmd", words::TYPE_CMD, words::CMD_NOTE),
    Choice::new("custom", words::TYPE_CUSTOM),
];

const FILES: &[&str] = &["img", "audio", "video", "file"];

/// Who sends; `admin` when empty. An empty text would be an error and is never sent.
pub static FROM: Field = Field::body("from", words::SENDER, Kind::Id(&USER), "E-SND-4")
    .hint(words::SENDER_HINT)
    .role(Role::Sender);
/// What kind of message it is.
pub static TYPE: Field =
    Field::body("type", words::TYPE, Kind::Word(TYPES), "E-SND-1").initial("txt").required("E-SND-1");

macro_rules! cell {
    ($(#[$doc:meta])* $name:ident = $path:literal, $label:ident, $kind:expr, $types:expr $(, $more:ident($arg:expr))*) => {
        $(#[$doc])*
        pub static $name: Field = Field::body($path, words::$label, $kind, "E-SND-1").when(&[(Is(&TYPE, $types), "E-SND-1")])$(.$more($arg))*;
    };
}
cell!(
    /// The text.
    TEXT = "body.msg", TEXT, Kind::Text(Lines::Many), &["txt"], required("E-SND-1"), role(Role::Text)
);
cell!(
    /// Where the file is: an address of the vendor's own upload (E-SND-7).
    URL = "body.url", URL, Kind::Text(Lines::One), FILES, required("E-SND-1"), hint(words::URL_HINT)
);
cell!(
    /// The file's name.
    FILENAME = "body.filename", FILENAME, Kind::Text(Lines::One), FILES
);
cell!(
    /// The key of a restricted file.
    SECRET = "body.secret", FILE_SECRET, Kind::Text(Lines::One), FILES
);
cell!(
    /// An image's width.
    WIDTH = "body.size.width", WIDTH, Kind::Integer { min: 0, max: i32::MAX as i64 }, &["img"]
);
cell!(
    /// An image's height.
    HEIGHT = "body.size.height", HEIGHT, Kind::Integer { min: 0, max: i32::MAX as i64 }, &["img"]
);
cell!(
    /// How long it plays, in seconds. One table prints it with a capital.
    LENGTH = "body.length", LENGTH, Kind::Integer { min: 0, max: i32::MAX as i64 }, &["audio", "video"]
);
cell!(
    /// Where a video's picture is.
    THUMB = "body.thumb", THUMB, Kind::Text(Lines::One), &["video"]
);
cell!(
    /// The key of that picture.
    THUMB_SECRET = "body.thumb_secret", THUMB_SECRET, Kind::Text(Lines::One), &["video"]
);
cell!(
    /// A video's bytes.
    FILE_LENGTH = "body.file_length", FILE_LENGTH, Kind::Integer { min: 0, max: i64::MAX }, &["video"]
);
cell!(
    /// Latitude: text when it is sent, a number in history (E-HIS-6).
    LAT = "body.lat", LAT, Kind::Text(Lines::One), &["loc"], required("E-SND-1")
);
cell!(
    /// Longitude.
    LNG = "body.lng", LNG, Kind::Text(Lines::One), &["loc"], required("E-SND-1")
);
cell!(
    /// What the place is called.
    ADDRESS = "body.addr", ADDRESS, Kind::Text(Lines::One), &["loc"], required("E-SND-1")
);
cell!(
    /// What a command says.
    ACTION = "body.action", ACTION, Kind::Text(Lines::One), &["cmd"], required("E-SND-1")
);
cell!(
    /// A custom message's event.
    EVENT = "body.customEvent", CUSTOM_EVENT, Kind::Text(Lines::One), &["custom"], hint(words::CUSTOM_EVENT_HINT)
);
cell!(
    /// Its attributes.
    ATTRIBUTES = "body.customExts", CUSTOM_EXTS, Kind::JsonObject, &["custom"], hint(words::CUSTOM_EXTS_HINT)
);
/// The extension: an object, never `null`.
pub static EXTENSION: Field = Field::body("ext", words::EXTENSION, Kind::JsonObject, "E-MOD-9");
/// No push to those who are offline. Part of the extension, so only while that is not written out.
pub static QUIET: Field = Field::body("ext.em_ignore_notification", words::QUIET, Kind::Flag, "E-SND-1")
    .when(&[(Empty(&EXTENSION), "E-SND-1")])
    .default("false")
    .hint(words::QUIET_HINT);

/// The content's fields, in the order of a form.
pub const CONTENT: &[&Field] = &[
    &TYPE,
    &TEXT,
    &URL,
    &FILENAME,
    &SECRET,
    &WIDTH,
    &HEIGHT,
    &LENGTH,
    &THUMB,
    &THUMB_SECRET,
    &FILE_LENGTH,
    &LAT,
    &LNG,
    &ADDRESS,
    &ACTION,
    &EVENT,
    &ATTRIBUTES,
];

/// The rules of every message.
pub const RULES: &[Rule] = &[
    Rule { id: "E-MOD-6", check: custom_says_something },
    Rule { id: "E-MOD-7", check: |readings| checks::event(readings, &EVENT) },
    Rule { id: "E-MOD-8", check: |readings| checks::attributes(readings, &ATTRIBUTES) },
    Rule { id: "E-HIS-6", check: |readings| degrees(readings, &LAT, 90) },
    Rule { id: "E-HIS-6", check: |readings| degrees(readings, &LNG, 180) },
    Rule { id: "E-SND-7", check: file_is_the_vendors },
    Rule { id: "E-LIM-3", check: |readings| checks::size(readings, "body", "ext", at(readings)) },
];

/// Where a problem with the size is shown.
fn at(readings: &Readings) -> &'static str {
    match readings.text(&TYPE) {
        "txt" => TEXT.name,
        "custom" => ATTRIBUTES.name,
        _ => EXTENSION.name,
    }
}

fn custom_says_something(readings: &Readings) -> Option<Problem> {
    let nothing = [&EVENT, &ATTRIBUTES].iter().all(|field| readings.typed(field).is_empty());
    let fault = Fault::said("nothing_to_send", words::NOTHING_TO_SEND);
    (readings.text(&TYPE) == "custom" && nothing).then(|| Problem::stop(EVENT.name, "E-MOD-6", fault))
}

/// A coordinate travels as text; what is typed is a plain decimal all the same.
fn degrees(readings: &Readings, field: &'static Field, most: u16) -> Option<Problem> {
    let text = readings.text(field);
    if text.is_empty() {
        return None;
    }
    let plain = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = plain.split_once('.').unwrap_or((plain, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return Some(Problem::stop(field.name, "E-HIS-6", Fault::NotANumber));
    }
    let beyond = |whole: u16| whole > most || (whole == most && part.bytes().any(|digit| digit != b'0'));
    let fault = Fault::OutOfRange { min: -i64::from(most), max: i64::from(most) };
    whole.parse().map_or(true, beyond).then(|| Problem::stop(field.name, "E-HIS-6", fault))
}

fn file_is_the_vendors(readings: &Readings) -> Option<Problem> {
    let url = readings.text(&URL);
    let foreign = !url.is_empty() && !url.contains("/chatfiles/");
    foreign.then(|| Problem::warn(URL.name, "E-SND-7", Fault::said("foreign_file", words::FOREIGN_FILE)))
}

/// What a person reads of a message that will be sent; empty when it has no words.
pub(super) fn words_of(valid: &Valid) -> String {
    let said = [&TEXT, &ACTION, &EVENT, &ADDRESS, &FILENAME, &URL].map(|field| valid.text(field));
    said.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}
