//! JSON whose numbers keep every digit. Pure.
//!
//! The syntax is serde_json's; the value is ours. serde_json's own either rounds long numbers or, with `arbitrary_precision`,
//! rewrites some (`1e3` becomes `1e+3`): here a number is the text that was written, and leaves as that text.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

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

/// Where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

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
        let raw: &RawValue = serde_json::from_str(text)?;
        Self::of_raw(raw.get(), 0)
    }

    fn of_raw(raw: &str, depth: usize) -> Result<Self, NotJson> {
        if depth > DEEPEST {
            return Err(NotJson { line: 1, column: 1 });
        }
        Ok(match raw.as_bytes().first() {
            Some(b'{') => {
                let mut object = Object::default();
                for (name, value) in serde_json::from_str::<Members<'_>>(raw)?.0 {
                    object.insert(name, Self::of_raw(value.get(), depth + 1)?);
                }
                Self::Object(object)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(raw)?;
                Self::List(
                    items
                        .into_iter()
                        .map(|item| Self::of_raw(item.get(), depth + 1))
                        .collect::<Result<_, _>>()?,
                )
            }
            Some(b'"') => Self::Text(serde_json::from_str(raw)?),
            Some(b't') => Self::Flag(true),
            Some(b'f') => Self::Flag(false),
            Some(b'n') | None => Self::Null,
            Some(_) => Self::Number(raw.to_owned()),
        })
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

    /// A member to change, put in as `null` when it is not there.
    pub fn entry(&mut self, name: &str) -> &mut Json {
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

/// An object's members as they stand in the text.
struct Members<'de>(Vec<(String, &'de RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
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
        for text in [
            "",
            "{",
            "[1,]",
            "{'a':1}",
            "01",
            "1.",
            "tru",
            "\"\\x\"",
            "\"\\ud800\"",
            "[1] 2",
            "{\"a\"}",
            "{1:2}",
            "NaN",
        ] {
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
        fn any_string_survives(text in any::<String>()) {
            let json = Json::List(vec![Json::Text(text)]);
            prop_assert_eq!(Json::parse(&json.to_string()), Ok(json));
        }
    }
}
