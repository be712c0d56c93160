//! A strict reader of JSON objects: every known field is taken out with its type, what is left over is refused.

use serde_json::{Map, Value};

use super::codes::Refusal;

/// The fields of one object that have not been read yet.
#[derive(Debug)]
pub(super) struct Fields {
    path: String,
    left: Map<String, Value>,
}

/// Limits are UTF-16 code units (Y-LEN-1).
pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Refuses a text above its limit in UTF-16 units.
pub(super) fn at_most(field: &str, text: &str, limit: usize) -> Result<(), Refusal> {
    let length = units(text);
    if length > limit {
        let fault = format!("is too long: {length} characters, at most {limit}");
        return Err(Refusal::parameter(field, fault));
    }
    Ok(())
}

/// Refuses a text that does not hold JSON.
pub(super) fn json_text(field: &str, text: &str) -> Result<Value, Refusal> {
    serde_json::from_str(text).map_err(|_| Refusal::parameter(field, "is not JSON text"))
}

/// Refuses a text that does not hold a JSON object.
pub(super) fn json_object_text(field: &str, text: &str) -> Result<(), Refusal> {
    match json_text(field, text)? {
        Value::Object(_) => Ok(()),
        _ => Err(Refusal::parameter(field, "is not a JSON object as text")),
    }
}

impl Fields {
    /// The whole body.
    pub(super) fn of_body(left: Map<String, Value>) -> Self {
        let path = String::new();
        Self { path, left }
    }

    /// The name of a field as a refusal tells it: `message.text`.
    pub(super) fn name(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    /// A refusal that names one of these fields.
    pub(super) fn refuse<T>(&self, key: &str, fault: &str) -> Result<T, Refusal> {
        Err(Refusal::parameter(&self.name(key), fault))
    }

    /// Whether the field was sent and is not read yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    /// Refuses the first of the remaining fields whose name passes the test.
    pub(super) fn refuse_those(
        &self,
        out_of_place: impl Fn(&str) -> bool,
        fault: &str,
    ) -> Result<(), Refusal> {
        match self.left.keys().find(|key| out_of_place(key)) {
            Some(key) => self.refuse(key, fault),
            None => Ok(()),
        }
    }

    fn take<T>(
        &mut self,
        key: &str,
        shape: &str,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        match self.left.remove(key) {
            None => Ok(None),
            Some(value) => match read(value) {
                Some(read) => Ok(Some(read)),
                None => self.refuse(key, &format!("must be {shape}")),
            },
        }
    }

    fn need<T>(&self, key: &str, found: Option<T>) -> Result<T, Refusal> {
        match found {
            Some(found) => Ok(found),
            None => self.refuse(key, "is required"),
        }
    }

    /// A JSON string.
    pub(super) fn text(&mut self, key: &str) -> Result<Option<String>, Refusal> {
        self.take(key, "a string", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    /// A JSON string that is present and not empty.
    pub(super) fn required_text(&mut self, key: &str) -> Result<String, Refusal> {
        let text = self.text(key)?.filter(|text| !text.is_empty());
        self.need(key, text)
    }

    /// A JSON integer that fits 64 bits with a sign; `1.0` and `"1"` are none.
    pub(super) fn integer(&mut self, key: &str) -> Result<Option<i64>, Refusal> {
        self.take(key, "an integer", |value| value.as_i64())
    }

    /// A JSON integer that is present.
    pub(super) fn required_integer(&mut self, key: &str) -> Result<i64, Refusal> {
        let integer = self.integer(key)?;
        self.need(key, integer)
    }

    /// A JSON boolean, never text (Y-MOD-18).
    pub(super) fn boolean(&mut self, key: &str) -> Result<Option<bool>, Refusal> {
        self.take(key, "a boolean", |value| value.as_bool())
    }

    /// A JSON boolean that is present.
    pub(super) fn required_boolean(&mut self, key: &str) -> Result<bool, Refusal> {
        let boolean = self.boolean(key)?;
        self.need(key, boolean)
    }

    /// A JSON array of non-empty strings.
    pub(super) fn texts(&mut self, key: &str) -> Result<Option<Vec<String>>, Refusal> {
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
    pub(super) fn any_object(&mut self, key: &str) -> Result<Option<Map<String, Value>>, Refusal> {
        self.take(key, "an object", |value| match value {
            Value::Object(map) => Some(map),
            _ => None,
        })
    }

    /// A JSON object to be read in its turn.
    pub(super) fn object(&mut self, key: &str) -> Result<Option<Self>, Refusal> {
        let path = format!("{}.", self.name(key));
        let map = self.any_object(key)?;
        Ok(map.map(|left| Self { path, left }))
    }

    /// A JSON array of objects, each to be read in its turn.
    pub(super) fn objects(&mut self, key: &str) -> Result<Option<Vec<Self>>, Refusal> {
        let name = self.name(key);
        self.take(key, "an array of objects", |value| {
            let Value::Array(items) = value else {
                return None;
            };
            let objects = items.into_iter().enumerate().map(|(at, item)| match item {
                Value::Object(left) => Some(Self { path: format!("{name}.{at}."), left }),
                _ => None,
            });
            objects.collect()
        })
    }

    /// A JSON object that is present.
    pub(super) fn required_object(&mut self, key: &str) -> Result<Self, Refusal> {
        let object = self.object(key)?;
        self.need(key, object)
    }

    /// Refuses what nobody read.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        self.refuse_those(|_| true, "is an unknown field")
    }
}
