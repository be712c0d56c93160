//! The content of a message: its type and the body that goes with it.

use serde_json::{Map, Value};

use super::refusal::{Fields, Refusal};

/// `body` and `ext` together (E-LIM-3).
const SIZE_LIMIT_BYTES: usize = 5_120;
const EVENT_LIMIT: usize = 32;
const EXTS_LIMIT: usize = 16;

/// The type of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Image,
    Audio,
    Video,
    File,
    Location,
    Command,
    Custom,
}

impl Kind {
    /// Reads the name on the wire; `image` is none (E-MOD-15).
    pub(super) fn read(name: &str) -> Option<Self> {
        match name {
            "txt" => Some(Self::Text),
            "img" => Some(Self::Image),
            "audio" => Some(Self::Audio),
            "video" => Some(Self::Video),
            "file" => Some(Self::File),
            "loc" => Some(Self::Location),
            "cmd" => Some(Self::Command),
            "custom" => Some(Self::Custom),
            _ => None,
        }
    }

    /// The name on the wire.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Image => "img",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::File => "file",
            Self::Location => "loc",
            Self::Command => "cmd",
            Self::Custom => "custom",
        }
    }
}

/// One field of a body.
enum Part {
    Text,
    Number,
    /// The vendor's own file address (E-SND-7).
    Url,
    Size,
    Event,
    Exts,
}

/// Reads the fields of a body of this type.
pub(super) fn read(kind: Kind, mut body: Fields) -> Result<Map<String, Value>, Refusal> {
    use Part::{Event, Exts, Number, Size, Text, Url};
    let (required, known): (&[&str], &[(&str, Part)]) = match kind {
        Kind::Text => (&["msg"], &[("msg", Text)]),
        Kind::Image => (&["url"], &[("url", Url), ("filename", Text), ("secret", Text), ("size", Size)]),
        Kind::Audio => (&["url"], &[("url", Url), ("filename", Text), ("secret", Text), ("length", Number)]),
        Kind::Video => (
            &["url"],
            &[
                ("url", Url),
                ("filename", Text),
                ("thumb", Text),
                ("secret", Text),
                ("thumb_secret", Text),
                ("length", Number),
                ("file_length", Number),
            ],
        ),
        Kind::File => (&["url"], &[("url", Url), ("filename", Text), ("secret", Text)]),
        Kind::Location => (&["lat", "lng", "addr"], &[("lat", Text), ("lng", Text), ("addr", Text)]),
        Kind::Command => (&["action"], &[("action", Text)]),
        Kind::Custom => (&[], &[("customEvent", Event), ("customExts", Exts)]),
    };
    if let Some(missing) = required.iter().find(|key| !body.has(key)) {
        return body.refuse(missing, "is required");
    }
    let mut read = Map::new();
    for (key, part) in known {
        let value = match part {
            Part::Event => event(&mut body, key)?.map(Value::from),
            Part::Exts => exts(&mut body, key)?.map(Value::from),
            Part::Size => size(&mut body, key)?,
            Part::Number => body.natural(key)?.map(Value::from),
            Part::Text if required.contains(key) => Some(body.required_text(key)?.into()),
            Part::Text => body.text(key)?.map(Value::from),
            Part::Url => Some(url(&mut body, key)?.into()),
        };
        if let Some(value) = value {
            read.insert((*key).to_owned(), value);
        }
    }
    body.finish()?;
    Ok(read)
}

fn url(body: &mut Fields, key: &str) -> Result<String, Refusal> {
    let url = body.required_text(key)?;
    match url.starts_with("https://") && url.contains("/chatfiles/") {
        true => Ok(url),
        false => body.refuse(key, "must be https://{host}/{org}/{app}/chatfiles/{uuid}"),
    }
}

fn size(body: &mut Fields, key: &str) -> Result<Option<Value>, Refusal> {
    let Some(mut size) = body.object(key)? else {
        return Ok(None);
    };
    let mut read = Map::new();
    for side in ["width", "height"] {
        if let Some(number) = size.natural(side)? {
            read.insert(side.to_owned(), number.into());
        }
    }
    size.finish()?;
    Ok(Some(Value::Object(read)))
}

/// An event name of 1 to 32 characters `a-zA-Z0-9-_/.` (E-MOD-7).
pub(super) fn event(body: &mut Fields, key: &str) -> Result<Option<String>, Refusal> {
    let Some(event) = body.text(key)? else {
        return Ok(None);
    };
    let fits = (1..=EVENT_LIMIT).contains(&event.len())
        && event.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/.".contains(&byte));
    match fits {
        true => Ok(Some(event)),
        false => body.refuse(key, "must match [a-zA-Z0-9-_/\\.]{1,32}"),
    }
}

/// A flat map of at most 16 texts (E-MOD-8).
pub(super) fn exts(body: &mut Fields, key: &str) -> Result<Option<Map<String, Value>>, Refusal> {
    let Some(exts) = body.any_object(key)? else {
        return Ok(None);
    };
    match exts.len() <= EXTS_LIMIT && exts.values().all(Value::is_string) {
        true => Ok(Some(exts)),
        false => body.refuse(key, "must hold at most 16 strings"),
    }
}

/// Refuses `body` and `ext` over 5 KB together.
pub(super) fn check_size(
    body: &Map<String, Value>,
    ext: Option<&Map<String, Value>>,
    error: &'static str,
) -> Result<(), Refusal> {
    let bytes = |map: &Map<String, Value>| Value::Object(map.clone()).to_string().len();
    match bytes(body) + ext.map_or(0, bytes) > SIZE_LIMIT_BYTES {
        true => Err(Refusal::too_large(error)),
        false => Ok(()),
    }
}
