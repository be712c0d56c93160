//! The content of a message: type, text and attachment, the same for every operation that writes one (Y-MOD-3…7).

use crate::domain::field::{Choice, Field};
use crate::domain::json::{Json, Object};
use crate::domain::problem::{Fault, Problem};
use crate::domain::validation::Readings;
use crate::words::{Words, yunxin as words};

/// The types that can be written. 5, 11 and 12 occur in history but cannot be (Y-MOD-6).
pub const MESSAGE_TYPES: &[Choice] = &[
    Choice::new("0", words::TYPE_TEXT),
    Choice::new("1", words::TYPE_IMAGE),
    Choice::new("2", words::TYPE_AUDIO),
    Choice::new("3", words::TYPE_VIDEO),
    Choice::new("4", words::TYPE_LOCATION),
    Choice::new("6", words::TYPE_FILE),
    Choice::new("10", words::TYPE_TIP),
    Choice::new("100", words::TYPE_CUSTOM),
];

/// The types whose content is their text.
pub const TEXTUAL: &[&str] = &["0", "10"];

/// The longest attachment: UTF-16 units of its compact JSON.
const ATTACHMENT_MAX: usize = 5000;

/// One cell of the attachment: applies to these types, and only while the raw JSON is empty.
macro_rules! attachment_cell {
    ($rule:literal, $name:literal, $label:expr, $kind:expr, $types:expr $(,)?) => {
        Field::body($name, $label, $kind, $rule)
            .when(&[(Is(&MESSAGE_TYPE, $types), $rule), (Empty(&ATTACHMENT), $rule)])
    };
}
pub(super) use attachment_cell;

/// The fields of a message's content, as statics of the operation that invokes it, with that operation's rule ids.
macro_rules! content_fields {
    (type: $type_rule:literal, typed: $typed_rule:literal, text: $text_rule:literal, needed: $needed_rule:literal, attachment: $attachment_rule:literal, sub_type: $sub_type_rule:literal) => {
        use $crate::domain::field::Condition::{All, Empty, Is, IsNot};
        use $crate::domain::field::{Field, Kind, Limit, Lines, Unit};
        use $crate::vendors::yunxin::message::{MESSAGE_TYPES, TEXTUAL};
        use $crate::words::yunxin as content_words;

        /// What kind of message it is.
        pub static MESSAGE_TYPE: Field = Field::body(
            "message.message_type",
            content_words::MESSAGE_TYPE,
            Kind::Choice(MESSAGE_TYPES),
            $type_rule,
        )
        .initial("0")
        .required($typed_rule);
        /// The app's own kind, for custom messages.
        pub static SUB_TYPE: Field = Field::body(
            "message.sub_type",
            content_words::SUB_TYPE,
            Kind::Integer { min: 1, max: i32::MAX as i64 },
            $sub_type_rule,
        )
        .when(&[(Is(&MESSAGE_TYPE, &["100"]), $sub_type_rule)])
        .hint(content_words::SUB_TYPE_HINT);
        /// The text, or the searchable description of anything else.
        pub static TEXT: Field =
            Field::body("message.text", content_words::TEXT, Kind::Text(Lines::Many), $text_rule)
                .required_when(Is(&MESSAGE_TYPE, TEXTUAL), $needed_rule)
                .role($crate::domain::field::Role::Text)
                .limits(
                    const {
                        &[
                            Limit::most(5000, Unit::Utf16, $text_rule).when(Is(&MESSAGE_TYPE, TEXTUAL)),
                            Limit::most(500, Unit::Utf16, $text_rule).when(IsNot(&MESSAGE_TYPE, TEXTUAL)),
                        ]
                    },
                )
                .hint(content_words::TEXT_HINT);
        /// The attachment as JSON: the app's own for custom messages, raw for the others.
        pub static ATTACHMENT: Field =
            Field::body("message.attachment", content_words::ATTACHMENT, Kind::JsonObject, $attachment_rule)
                .when(&[(IsNot(&MESSAGE_TYPE, TEXTUAL), $attachment_rule)])
                .required_when(Is(&MESSAGE_TYPE, &["100"]), $attachment_rule)
                .hint(content_words::ATTACHMENT_HINT);

        /// A file's name.
        pub static NAME: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.name",
            content_words::ATTACHMENT_NAME,
            Kind::Text(Lines::One),
            &["1", "6"]
        );
        /// Where the file is.
        pub static URL: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.url",
            content_words::ATTACHMENT_URL,
            Kind::Text(Lines::One),
            &["1", "2", "3", "6"]
        )
        .required_when(
            All(&[Is(&MESSAGE_TYPE, &["1", "2", "3", "6"]), Empty(&ATTACHMENT)]),
            $attachment_rule,
        );
        /// A file's MD5.
        pub static MD5: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.md5",
            content_words::ATTACHMENT_MD5,
            Kind::Text(Lines::One),
            &["1", "2", "3", "6"]
        );
        /// A file's extension.
        pub static EXT: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.ext",
            content_words::ATTACHMENT_EXT,
            Kind::Text(Lines::One),
            &["1", "2", "3", "6"]
        );
        /// A file's size in bytes.
        pub static SIZE: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.size",
            content_words::ATTACHMENT_SIZE,
            Kind::Integer { min: 0, max: i64::MAX },
            &["1", "2", "3", "6"]
        );
        /// Width in pixels.
        pub static WIDTH: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.w",
            content_words::ATTACHMENT_WIDTH,
            Kind::Integer { min: 0, max: i32::MAX as i64 },
            &["1", "3"]
        );
        /// Height in pixels.
        pub static HEIGHT: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.h",
            content_words::ATTACHMENT_HEIGHT,
            Kind::Integer { min: 0, max: i32::MAX as i64 },
            &["1", "3"]
        );
        /// Duration in milliseconds.
        pub static DURATION: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.dur",
            content_words::ATTACHMENT_DURATION,
            Kind::Integer { min: 0, max: i64::MAX },
            &["2", "3"]
        );
        /// A place's name.
        pub static TITLE: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.title",
            content_words::ATTACHMENT_TITLE,
            Kind::Text(Lines::One),
            &["4"]
        );
        /// Longitude in degrees.
        pub static LNG: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.lng",
            content_words::ATTACHMENT_LNG,
            Kind::Decimal { min: -180, max: 180 },
            &["4"]
        )
        .required_when(All(&[Is(&MESSAGE_TYPE, &["4"]), Empty(&ATTACHMENT)]), $attachment_rule);
        /// Latitude in degrees.
        pub static LAT: Field = $crate::vendors::yunxin::message::attachment_cell!(
            $attachment_rule,
            "message.attachment.lat",
            content_words::ATTACHMENT_LAT,
            Kind::Decimal { min: -90, max: 90 },
            &["4"]
        )
        .required_when(All(&[Is(&MESSAGE_TYPE, &["4"]), Empty(&ATTACHMENT)]), $attachment_rule);

        /// The content's fields, in the order of a form.
        const CONTENT: &[&Field] = &[
            &MESSAGE_TYPE,
            &SUB_TYPE,
            &TEXT,
            &NAME,
            &URL,
            &MD5,
            &EXT,
            &SIZE,
            &WIDTH,
            &HEIGHT,
            &DURATION,
            &TITLE,
            &LNG,
            &LAT,
            &ATTACHMENT,
        ];

        fn attachment_is_sound(
            readings: &$crate::domain::validation::Readings,
        ) -> Option<$crate::domain::problem::Problem> {
            $crate::vendors::yunxin::message::judge_attachment(
                readings,
                &MESSAGE_TYPE,
                &ATTACHMENT,
                $attachment_rule,
            )
        }
    };
}
pub(super) use content_fields;

/// The names in an attachment: what each holds, and whether the attachment can do without it.
type Shape = &'static [(&'static str, Holds, Wanted)];

/// What an attachment of each type holds: name, whether it is a number, whether it cannot do without.
const SHAPES: &[(&str, Shape)] = &[
    (
        "1",
        &[
            ("url", Holds::Text, Wanted::Needed),
            ("md5", Holds::Text, Wanted::Usual),
            ("ext", Holds::Text, Wanted::Usual),
            ("w", Holds::Number, Wanted::Usual),
            ("h", Holds::Number, Wanted::Usual),
            ("size", Holds::Number, Wanted::Usual),
        ],
    ),
    (
        "2",
        &[
            ("url", Holds::Text, Wanted::Needed),
            ("dur", Holds::Number, Wanted::Usual),
            ("md5", Holds::Text, Wanted::Usual),
            ("ext", Holds::Text, Wanted::Usual),
            ("size", Holds::Number, Wanted::Usual),
        ],
    ),
    (
        "3",
        &[
            ("url", Holds::Text, Wanted::Needed),
            ("dur", Holds::Number, Wanted::Usual),
            ("md5", Holds::Text, Wanted::Usual),
            ("w", Holds::Number, Wanted::Usual),
            ("h", Holds::Number, Wanted::Usual),
            ("ext", Holds::Text, Wanted::Usual),
            ("size", Holds::Number, Wanted::Usual),
        ],
    ),
    (
        "4",
        &[
            ("lng", Holds::Number, Wanted::Needed),
            ("lat", Holds::Number, Wanted::Needed),
            ("title", Holds::Text, Wanted::Usual),
        ],
    ),
    (
        "6",
        &[
            ("url", Holds::Text, Wanted::Needed),
            ("name", Holds::Text, Wanted::Usual),
            ("md5", Holds::Text, Wanted::Usual),
            ("ext", Holds::Text, Wanted::Usual),
            ("size", Holds::Number, Wanted::Usual),
        ],
    ),
];

#[derive(Clone, Copy, PartialEq)]
enum Holds {
    Text,
    Number,
}

#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Needed,
    Usual,
}

/// Judges the attachment as it will be sent, whether typed as JSON or put together from cells. Documents do not say what is
/// required: what a client cannot do without stops, the rest warns.
pub(super) fn judge_attachment(
    readings: &Readings,
    message_type: &'static Field,
    raw: &'static Field,
    rule: &'static str,
) -> Option<Problem> {
    let message = readings.part("message")?;
    let attachment = message.get("attachment")?.as_object()?;
    let field = raw.name;
    let actual = Json::Object(attachment.clone()).to_string().encode_utf16().count();
    let said = |code, says: Words, facts: Vec<(&'static str, String)>| Fault::Said { code, says, facts };
    if actual > ATTACHMENT_MAX {
        let facts = vec![("actual", actual.to_string()), ("limit", ATTACHMENT_MAX.to_string())];
        return Some(Problem::stop(field, rule, said("over_limit", words::ATTACHMENT_TOO_LONG, facts)));
    }
    let shape =
        SHAPES.iter().find(|(known, _)| *known == readings.text(message_type)).map(|(_, shape)| *shape)?;
    // A missing cell is already said at the cell itself; this says it for raw JSON.
    let names = |wanted| missing(attachment, shape, wanted).collect::<Vec<_>>().join(", ");
    let needed = names(Wanted::Needed);
    if !needed.is_empty() {
        return (!readings.typed(raw).is_empty()).then(|| {
            Problem::stop(
                field,
                rule,
                said("attachment_needs", words::ATTACHMENT_NEEDS, vec![("missing", needed)]),
            )
        });
    }
    if let Some((name, holds)) = shape
        .iter()
        .find_map(|(name, holds, _)| (!fits(attachment.get(name)?, *holds)).then_some((*name, *holds)))
    {
        let says = match holds {
            Holds::Number => words::ATTACHMENT_WANTS_NUMBER,
            Holds::Text => words::ATTACHMENT_WANTS_TEXT,
        };
        return Some(Problem::stop(
            field,
            rule,
            said("attachment_wrong_type", says, vec![("found", name.to_owned())]),
        ));
    }
    if readings.text(message_type) == "2"
        && attachment.get("ext").and_then(Json::as_text).is_some_and(|ext| !ext.eq_ignore_ascii_case("aac"))
    {
        let found = attachment.get("ext").map_or_else(String::new, Json::to_string);
        return Some(Problem::warn(
            field,
            rule,
            said("audio_extension", words::AUDIO_EXT, vec![("found", found)]),
        ));
    }
    let usual = names(Wanted::Usual);
    (!usual.is_empty()).then(|| {
        Problem::warn(
            field,
            rule,
            said("attachment_lacks", words::ATTACHMENT_MISSING, vec![("missing", usual)]),
        )
    })
}

fn missing<'a>(
    attachment: &'a Object,
    shape: Shape,
    wanted: Wanted,
) -> impl Iterator<Item = &'static str> + 'a {
    shape
        .iter()
        .filter(move |(name, _, how)| *how == wanted && attachment.get(name).is_none())
        .map(|(name, _, _)| *name)
}

fn fits(value: &Json, holds: Holds) -> bool {
    match holds {
        Holds::Text => matches!(value, Json::Text(_)),
        Holds::Number => matches!(value, Json::Number(_)),
    }
}
