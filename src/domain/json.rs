//! JSON whose numbers keep every digit. Pure.
//!
//! serde_json judges the syntax; the value is read here. serde_json's own value either rounds long numbers or, with
//! `arbitrary_precision`, rewrites some (`1e3` becomes `1e+3`), and its typed readers bring floating-point tables into the page.
//! Here a number is the text that was written, and leaves as that text.

use std::fmt;

use serde::de::IgnoredAny;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as it was written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object, in the order it was written.
    Object(Object),
}

/// The members of an object, in order; of two with the same name the last counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object(Vec<(String, Json)>);

/// Where a text stops being JSON, or what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

/// A name that stands twice in one object, and where it stands again.
pub type Twice = (String, NotJson);

impl From<serde_json::Error> for NotJson {
    fn from(error: serde_json::Error) -> Self {
        Self { line: error.line(), column: error.column() }
    }
}

/// Deeper nesting than this is refused, as serde_json does: it would exhaust the stack.
const DEEPEST: usize = 128;

impl Json {
    /// Reads a text that is JSON from its beginning to its end.
    pub fn parse(text: &str) -> Result<Self, NotJson> {
        Self::parse_noting(text).map(|(json, _)| json)
    }

    /// Reads it, and notes the first name that stands twice in one object.
    pub fn parse_noting(text: &str) -> Result<(Self, Option<Twice>), NotJson> {
        serde_json::from_str::<IgnoredAny>(text)?;
        let mut reader = Reader { text, at: 0, twice: None };
        // The syntax is sound; what is left to refuse is nesting and half of a surrogate pair.
        let json = reader.value(0).ok_or_else(|| reader.place(reader.at))?;
        Ok((json, reader.twice))
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// The object, when it is one.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The list, when it is one.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text, or the number as it was written.
    pub fn as_exact_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, when it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

impl Object {
    /// A member.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Puts a value at a dotted path, into objects that are made on the way.
    pub fn put(&mut self, path: &str, value: Json) {
        match path.split_once('.') {
            None => self.insert(path.to_owned(), value),
            Some((first, rest)) => {
                let inner = self.entry(first);
                if *inner == Json::Null {
                    *inner = Json::Object(Self::default());
                }
                if let Json::Object(inner) = inner {
                    inner.put(rest, value);
                }
            }
        }
    }

    /// A member to change, put in as `null` when it is not there.
    fn entry(&mut self, name: &str) -> &mut Json {
        let at = self.0.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            self.0.push((name.to_owned(), Json::Null));
            self.0.len() - 1
        });
        // The position was found or made just above.
        #[expect(clippy::indexing_slicing, reason = "the position is inside")]
        &mut self.0[at].1
    }

    /// Puts a member, replacing one of the same name.
    pub fn insert(&mut self, name: String, value: Json) {
        *self.entry(&name) = value;
    }

    /// All members, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// The compact serialisation: no spaces, members in order.
impl fmt::Display for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Flag(flag) => formatter.write_str(if *flag { "true" } else { "false" }),
            Self::Number(digits) => formatter.write_str(digits),
            Self::Text(text) => formatter.write_str(&quoted(text)),
            Self::List(items) => {
                formatter.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    formatter.write_str(if at > 0 { "," } else { "" })?;
                    item.fmt(formatter)?;
                }
                formatter.write_str("]")
            }
            Self::Object(object) => {
                formatter.write_str("{")?;
                for (at, (name, value)) in object.iter().enumerate() {
                    formatter.write_str(if at > 0 { "," } else { "" })?;
                    formatter.write_str(&quoted(name))?;
                    formatter.write_str(":")?;
                    value.fmt(formatter)?;
                }
                formatter.write_str("}")
            }
        }
    }
}

fn quoted(text: &str) -> String {
    // Writing text into memory cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// Reads values from a text whose syntax is known to be sound.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    twice: Option<Twice>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn place(&self, at: usize) -> NotJson {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        NotJson { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
    }

    /// The next character that is no white space, not taken yet.
    fn peek(&mut self) -> Option<char> {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.rest().chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let taken = self.rest().chars().next()?;
        self.at += taken.len_utf8();
        Some(taken)
    }

    /// Takes everything up to one of these ends.
    fn take_until(&mut self, end: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let taken = rest.get(..rest.find(end).unwrap_or(rest.len())).unwrap_or_default().to_owned();
        self.at += taken.len();
        taken
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > DEEPEST {
            return None;
        }
        Some(match self.peek()? {
            '{' => {
                let mut object = Object::default();
                self.entries('}', |reader| {
                    let at = reader.at;
                    let name = reader.string()?;
                    if reader.twice.is_none() && object.get(&name).is_some() {
                        reader.twice = Some((name.clone(), reader.place(at)));
                    }
                    reader.peek()?;
                    reader.take()?;
                    let value = reader.value(depth + 1)?;
                    object.insert(name, value);
                    Some(())
                })?;
                Json::Object(object)
            }
            '[' => {
                let mut items = Vec::new();
                self.entries(']', |reader| {
                    items.push(reader.value(depth + 1)?);
                    Some(())
                })?;
                Json::List(items)
            }
            '"' => Json::Text(self.string()?),
            _ => match self.take_until(|c| matches!(c, ',' | ']' | '}' | ' ' | '\t' | '\r' | '\n')) {
                word if word == "null" => Json::Null,
                word if word == "true" => Json::Flag(true),
                word if word == "false" => Json::Flag(false),
                number => Json::Number(number),
            },
        })
    }

    /// Reads what stands between two brackets, entry by entry, to the closing one.
    fn entries(&mut self, end: char, mut entry: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take()?;
        while self.peek()? != end {
            entry(self)?;
            if self.peek()? == ',' {
                self.take()?;
            }
        }
        self.take().map(|_| ())
    }

    fn string(&mut self) -> Option<String> {
        self.peek()?;
        self.take()?;
        let mut text = String::new();
        loop {
            text.push_str(&self.take_until(|c| matches!(c, '"' | '\\')));
            if self.take()? == '"' {
                return Some(text);
            }
            text.push(match self.take()? {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => self.escaped()?,
                plain => plain,
            });
        }
    }

    /// The character of a `\u` escape; two of them when the first is half of a surrogate pair.
    fn escaped(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        (self.take()? == '\\' && self.take()? == 'u').then_some(())?;
        let second = self.unit()?;
        (0xdc00..0xe000).contains(&second).then_some(())?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        let unit = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_keep_every_digit() {
        let text = r#"{"id":158844553334358019123,"pi":3.10,"small":1e-3,"list":[-0,1.0]}"#;
        assert_eq!(Json::parse(text).unwrap().to_string(), text);
    }

    #[test]
    fn of_two_members_with_one_name_the_last_counts() {
        assert_eq!(Json::parse(r#"{"a":1,"b":2,"a":3}"#).unwrap().to_string(), r#"{"a":3,"b":2}"#);
    }

    #[test]
    fn text_survives_with_its_escapes() {
        let json = Json::parse(r#" ["\u4e2d\n\"\\\/🔑",null,true,false,{}, [] ] "#).unwrap();
        assert_eq!(json.to_string(), r#"["中\n\"\\/🔑",null,true,false,{},[]]"#);
    }

    #[test]
    fn what_is_not_json_says_where() {
        assert_eq!(Json::parse("{\n \"a\": }"), Err(NotJson { line: 2, column: 7 }));
        let wrong = r#"{ [1,] {'a':1} 01 1. tru "\x" "\ud800" {"a"} {1:2} NaN"#;
        for text in wrong.split(' ').chain(["", "[1] 2"]) {
            assert!(Json::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_thousand_brackets_are_refused_and_a_hundred_are_not() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Json::parse(&nested(100)).is_ok());
        assert!(Json::parse(&nested(1_000)).is_err());
        assert!(Json::parse(&nested(100_000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_as_serde_json_does(text in r#"[\[\]{}",:0-9a-e.+\-\\ntrufls ]{0,24}"#) {
            // serde_json's own value refuses numbers beyond f64, which are fine here.
            let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            if !text.contains('\\') {
                prop_assert_eq!(Json::parse(&text).is_ok(), theirs);
            }
        }

        #[test]
        fn any_value_is_read_as_serde_json_reads_it(text in any::<String>(), number in any::<i64>(), flag in any::<bool>()) {
            let theirs = serde_json::json!({ "text": text, "list": [number, flag, null, { "inner": [text] }], "": {} });
            for written in [theirs.to_string(), serde_json::to_string_pretty(&theirs).unwrap()] {
                let ours = Json::parse(&written).unwrap().to_string();
                prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&ours).unwrap(), theirs.clone());
            }
        }

        #[test]
        fn escapes_are_read_as_serde_json_reads_them(units in prop::collection::vec(any::<u16>(), 0..6)) {
            let written = format!("\"{}\"", units.iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>());
            let theirs = serde_json::from_str::<String>(&written).ok();
            prop_assert_eq!(Json::parse(&written).ok().and_then(|json| json.as_text().map(str::to_owned)), theirs);
        }

        #[test]
        fn any_string_survives(text in any::<String>()) {
            let json = Json::List(vec![Json::Text(text)]);
            prop_assert_eq!(Json::parse(&json.to_string()), Ok(json));
        }
    }
}
