//! A strict reader of JSON objects: every known field is taken out with its type, what is left over is refused.

use serde_json::{Map, Value};

use super::refusal::Refusal;

/// The fields of one object that have not been read yet.
#[derive(Debug)]
pub(super) struct Fields {
    path: String,
    left: Map<String, Value>,
}

impl Fields {
    /// The whole body.
    pub(super) fn of_body(left: Map<String, Value>) -> Self {
        Self { path: String::new(), left }
    }

    /// The name of a field as a hint tells it: `new_msg.type`.
    pub(super) fn name(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    /// A refusal whose hint names one of these fields.
    pub(super) fn refuse<T>(&self, key: &str, fault: &str) -> Result<T, Refusal> {
        Err(Refusal::unreadable(&self.name(key), fault))
    }

    /// Whether the field was sent and is not read yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    /// The field as it was sent.
    pub(super) fn raw(&mut self, key: &str) -> Option<Value> {
        self.left.remove(key)
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

    /// A JSON string, empty perhaps.
    pub(super) fn text(&mut self, key: &str) -> Result<Option<String>, Refusal> {
        self.take(key, "a string", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    /// A JSON string that is present and not empty.
    pub(super) fn required_text(&mut self, key: &str) -> Result<String, Refusal> {
        match self.text(key)?.filter(|text| !text.is_empty()) {
            Some(text) => Ok(text),
            None => self.refuse(key, "is required"),
        }
    }

    /// A JSON boolean, never text.
    pub(super) fn boolean(&mut self, key: &str) -> Result<Option<bool>, Refusal> {
        self.take(key, "a boolean", |value| value.as_bool())
    }

    /// A JSON integer that is not negative.
    pub(super) fn natural(&mut self, key: &str) -> Result<Option<i64>, Refusal> {
        self.take(key, "an integer that is not negative", |value| value.as_i64().filter(|it| *it >= 0))
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
        Ok(self.any_object(key)?.map(|left| Self { path, left }))
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

    /// Refuses what nobody read.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        match self.left.keys().next() {
            Some(key) => self.refuse(key, "is an unknown field or has no place here"),
            None => Ok(()),
        }
    }
}

impl Fields {
    /// The fields of an object that was taken out as it was.
    pub(super) fn within(name: &str, left: Map<String, Value>) -> Self {
        Self { path: format!("{name}."), left }
    }
}
