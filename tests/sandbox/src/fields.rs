//! A strict reader of JSON objects: every known field is taken out with its type, what is left over is refused.
//!
//! It speaks for the dialects that refuse any field in one way; Tencent names a code for each and has a reader of its own.

use std::marker::PhantomData;

use serde_json::{Map, Value};

/// How a dialect refuses a field.
pub(crate) trait OfField {
    /// A refusal that names the field and what is wrong with it.
    fn of_field(name: &str, fault: &str) -> Self;
}

/// The fields of one object that have not been read yet.
#[derive(Debug)]
pub(crate) struct Fields<R> {
    path: String,
    left: Map<String, Value>,
    refuses: PhantomData<fn() -> R>,
}

impl<R: OfField> Fields<R> {
    /// The whole body.
    pub(crate) fn of_body(left: Map<String, Value>) -> Self {
        Self::inside(String::new(), left)
    }

    /// The fields of an object that was taken out as it was.
    pub(crate) fn within(name: &str, left: Map<String, Value>) -> Self {
        Self::inside(format!("{name}."), left)
    }

    fn inside(path: String, left: Map<String, Value>) -> Self {
        Self { path, left, refuses: PhantomData }
    }

    /// The name of a field as a refusal tells it: `message.text`.
    pub(crate) fn name(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    /// A refusal that names one of these fields.
    pub(crate) fn refuse<T>(&self, key: &str, fault: &str) -> Result<T, R> {
        Err(R::of_field(&self.name(key), fault))
    }

    /// Whether the field was sent and is not read yet.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    /// Refuses the first of the remaining fields whose name passes the test.
    pub(crate) fn refuse_those(&self, out_of_place: impl Fn(&str) -> bool, fault: &str) -> Result<(), R> {
        match self.left.keys().find(|key| out_of_place(key)) {
            Some(key) => self.refuse(key, fault),
            None => Ok(()),
        }
    }

    /// The field as it was sent.
    pub(crate) fn raw(&mut self, key: &str) -> Option<Value> {
        self.left.remove(key)
    }

    fn take<T>(
        &mut self,
        key: &str,
        shape: &str,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Result<Option<T>, R> {
        match self.left.remove(key) {
            None => Ok(None),
            Some(value) => match read(value) {
                Some(read) => Ok(Some(read)),
                None => self.refuse(key, &format!("must be {shape}")),
            },
        }
    }

    fn need<T>(&self, key: &str, found: Option<T>) -> Result<T, R> {
        match found {
            Some(found) => Ok(found),
            None => self.refuse(key, "is required"),
        }
    }

    /// A JSON string.
    pub(crate) fn text(&mut self, key: &str) -> Result<Option<String>, R> {
        self.take(key, "a string", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    /// A JSON string that is present and not empty.
    pub(crate) fn required_text(&mut self, key: &str) -> Result<String, R> {
        let text = self.text(key)?.filter(|text| !text.is_empty());
        self.need(key, text)
    }

    /// A JSON integer that fits 64 bits with a sign; `1.0` and `"1"` are none.
    pub(crate) fn integer(&mut self, key: &str) -> Result<Option<i64>, R> {
        self.take(key, "an integer", |value| value.as_i64())
    }

    /// A JSON integer that is present.
    pub(crate) fn required_integer(&mut self, key: &str) -> Result<i64, R> {
        let integer = self.integer(key)?;
        self.need(key, integer)
    }

    /// A JSON integer that is not negative.
    pub(crate) fn natural(&mut self, key: &str) -> Result<Option<i64>, R> {
        self.take(key, "an integer that is not negative", |value| value.as_i64().filter(|it| *it >= 0))
    }

    /// A JSON boolean, never text (Y-MOD-18).
    pub(crate) fn boolean(&mut self, key: &str) -> Result<Option<bool>, R> {
        self.take(key, "a boolean", |value| value.as_bool())
    }

    /// A JSON boolean that is present.
    pub(crate) fn required_boolean(&mut self, key: &str) -> Result<bool, R> {
        let boolean = self.boolean(key)?;
        self.need(key, boolean)
    }

    /// A JSON array of non-empty strings.
    pub(crate) fn texts(&mut self, key: &str) -> Result<Option<Vec<String>>, R> {
        self.take(key, "an array of non-empty strings", |value| {
            let Value::Array(items) = value else {
                return None;
            };
            let texts = items.into_iter().map(|item| match item {
                Value::String(text) if !text.is_empty() => Some(text),
                _ => None,
            });
            texts.collect()
        })
    }

    /// A JSON object of any content.
    pub(crate) fn any_object(&mut self, key: &str) -> Result<Option<Map<String, Value>>, R> {
        self.take(key, "an object", |value| match value {
            Value::Object(map) => Some(map),
            _ => None,
        })
    }

    /// A JSON object to be read in its turn.
    pub(crate) fn object(&mut self, key: &str) -> Result<Option<Self>, R> {
        let path = format!("{}.", self.name(key));
        let map = self.any_object(key)?;
        Ok(map.map(|left| Self::inside(path, left)))
    }

    /// A JSON array of objects, each to be read in its turn.
    pub(crate) fn objects(&mut self, key: &str) -> Result<Option<Vec<Self>>, R> {
        let name = self.name(key);
        self.take(key, "an array of objects", |value| {
            let Value::Array(items) = value else {
                return None;
            };
            let objects = items.into_iter().enumerate().map(|(at, item)| match item {
                Value::Object(left) => Some(Self::inside(format!("{name}.{at}."), left)),
                _ => None,
            });
            objects.collect()
        })
    }

    /// A JSON object that is present.
    pub(crate) fn required_object(&mut self, key: &str) -> Result<Self, R> {
        let object = self.object(key)?;
        self.need(key, object)
    }

    /// Refuses what nobody read.
    pub(crate) fn finish(self) -> Result<(), R> {
        self.refuse_those(|_| true, "is an unknown field")
    }
}
