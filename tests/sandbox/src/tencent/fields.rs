//! A strict reader of JSON objects: every known field is taken out with its type, what is left over is refused.
//!
//! Each reader names the code with which the vendor refuses that field.

use serde_json::{Map, Value};

use super::codes::Refusal;

/// How long a UserID may be.
pub(super) const USER_ID_BYTES: usize = 32;

/// The fields of one object that have not been read yet.
#[derive(Debug)]
pub(super) struct Fields {
    path: String,
    left: Map<String, Value>,
}

impl Fields {
    /// The whole body.
    pub(super) fn of_body(left: Map<String, Value>) -> Self {
        Self::inside(String::new(), left)
    }

    /// An object whose field names begin with this path.
    pub(super) fn inside(path: String, left: Map<String, Value>) -> Self {
        Self { path, left }
    }

    /// A refusal that names one of these fields.
    pub(super) fn refuse<T>(&self, key: &str, code: u32, fault: &str) -> Result<T, Refusal> {
        Err(Refusal::field(code, &format!("{}{key}", self.path), fault))
    }

    fn take<T>(
        &mut self,
        key: &str,
        code: u32,
        shape: &str,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        match self.left.remove(key) {
            None => Ok(None),
            Some(value) => match read(value) {
                Some(read) => Ok(Some(read)),
                None => self.refuse(key, code, &format!("must be {shape}")),
            },
        }
    }

    /// Refuses a field that is absent.
    pub(super) fn need<T>(&self, key: &str, code: u32, found: Option<T>) -> Result<T, Refusal> {
        match found {
            Some(found) => Ok(found),
            None => self.refuse(key, code, "is required"),
        }
    }

    /// Whatever was sent.
    pub(super) fn any(&mut self, key: &str) -> Option<Value> {
        self.left.remove(key)
    }

    /// A JSON string.
    pub(super) fn text(&mut self, key: &str, code: u32) -> Result<Option<String>, Refusal> {
        self.take(key, code, "a string", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    /// A JSON string that is present and not empty.
    pub(super) fn required_text(&mut self, key: &str, code: u32) -> Result<String, Refusal> {
        let text = self.text(key, code)?.filter(|text| !text.is_empty());
        self.need(key, code, text)
    }

    /// A UserID: not empty, at most 32 bytes.
    pub(super) fn user(&mut self, key: &str, code: u32) -> Result<Option<String>, Refusal> {
        let is_user = |value| match value {
            Value::String(text) if is_user_id(&text) => Some(text),
            _ => None,
        };
        self.take(key, code, "a string of 1 to 32 bytes", is_user)
    }

    /// A UserID that is present.
    pub(super) fn required_user(&mut self, key: &str, code: u32) -> Result<String, Refusal> {
        let user = self.user(key, code)?;
        self.need(key, code, user)
    }

    /// A JSON integer that is not negative; `1.0` and `"1"` are none.
    pub(super) fn whole(&mut self, key: &str, code: u32) -> Result<Option<u64>, Refusal> {
        self.take(key, code, "an integer that is not negative", |value| value.as_u64())
    }

    /// A JSON integer that is present.
    pub(super) fn required_whole(&mut self, key: &str, code: u32) -> Result<u64, Refusal> {
        let whole = self.whole(key, code)?;
        self.need(key, code, whole)
    }

    /// A JSON integer of 32 bits without a sign.
    pub(super) fn u32(&mut self, key: &str, code: u32) -> Result<Option<u32>, Refusal> {
        let read = |value: Value| value.as_u64().and_then(|number| u32::try_from(number).ok());
        self.take(key, code, "an integer from 0 to 4294967295", read)
    }

    /// Such an integer that is present.
    pub(super) fn required_u32(&mut self, key: &str, code: u32) -> Result<u32, Refusal> {
        let number = self.u32(key, code)?;
        self.need(key, code, number)
    }

    /// A JSON number, a fraction too, within bounds.
    pub(super) fn required_number(
        &mut self,
        key: &str,
        code: u32,
        bounds: std::ops::RangeInclusive<f64>,
    ) -> Result<(), Refusal> {
        let shape = format!("a number from {} to {}", bounds.start(), bounds.end());
        let read = |value: Value| value.as_f64().filter(|number| bounds.contains(number));
        let found = self.take(key, code, &shape, read)?;
        self.need(key, code, found).map(|_| ())
    }

    /// One of a few integers.
    pub(super) fn one_of(&mut self, key: &str, code: u32, known: &[u64]) -> Result<Option<u64>, Refusal> {
        let read = |value: Value| value.as_u64().filter(|number| known.contains(number));
        self.take(key, code, &format!("one of {known:?}"), read)
    }

    /// 0 or 1; false when absent.
    pub(super) fn flag(&mut self, key: &str, code: u32) -> Result<bool, Refusal> {
        Ok(self.one_of(key, code, &[0, 1])? == Some(1))
    }

    /// A JSON array.
    pub(super) fn array(&mut self, key: &str, code: u32) -> Result<Option<Vec<Value>>, Refusal> {
        self.take(key, code, "an array", |value| match value {
            Value::Array(items) => Some(items),
            _ => None,
        })
    }

    /// A JSON array of these words only.
    pub(super) fn words(&mut self, key: &str, code: u32, known: &[&str]) -> Result<Vec<String>, Refusal> {
        let read = |value: Value| {
            let items = value.as_array()?.iter();
            let words = items.map(|item| item.as_str().filter(|word| known.contains(word)));
            words.map(|word| word.map(str::to_owned)).collect::<Option<Vec<_>>>()
        };
        let found = self.take(key, code, &format!("an array of {known:?}"), read)?;
        Ok(found.unwrap_or_default())
    }

    /// A JSON object to be read in its turn.
    pub(super) fn object(&mut self, key: &str, code: u32) -> Result<Option<Self>, Refusal> {
        let path = format!("{}{key}.", self.path);
        self.take(key, code, "an object", |value| match value {
            Value::Object(left) => Some(Self::inside(path, left)),
            _ => None,
        })
    }

    /// The objects of a list, to be read in their turn.
    pub(super) fn items(&self, key: &str, code: u32, list: Vec<Value>) -> Result<Vec<Self>, Refusal> {
        let items = list.into_iter().enumerate().map(|(at, item)| {
            let name = format!("{key}.{at}");
            match item {
                Value::Object(left) => Ok(Self::inside(format!("{}{name}.", self.path), left)),
                _ => self.refuse(&name, code, "must be an object"),
            }
        });
        items.collect()
    }

    /// Refuses what nobody read.
    pub(super) fn finish(self, code: u32) -> Result<(), Refusal> {
        match self.left.keys().next() {
            Some(key) => self.refuse(key, code, "is an unknown field"),
            None => Ok(()),
        }
    }
}

/// Not empty and at most 32 bytes.
pub(super) fn is_user_id(text: &str) -> bool {
    (1..=USER_ID_BYTES).contains(&text.len())
}
