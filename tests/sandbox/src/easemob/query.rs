//! Percent-encoding and the parameters of a query.

use std::collections::BTreeMap;

use super::ids::message_id;
use super::refusal::Refusal;

/// Decodes `%XX`; none when a `%` is not followed by two hex digits or the bytes are not UTF-8.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.bytes();
    while let Some(byte) = left.next() {
        bytes.push(match byte {
            b'%' => hex_digit(left.next()?)? * 16 + hex_digit(left.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex_digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// The parameters not read yet.
#[derive(Debug)]
pub(super) struct Query {
    left: BTreeMap<String, String>,
}

fn bad(field: &str, fault: &str) -> Refusal {
    let hint = Some(format!("{field} {fault}"));
    Refusal { hint, ..Refusal::new(400, "Bad Request", "Bad Request") }
}

impl Query {
    /// Splits a query; a bare key, a repeated key or broken encoding is refused.
    pub(super) fn read(query: Option<&str>) -> Result<Self, Refusal> {
        let mut left = BTreeMap::new();
        for pair in query.into_iter().flat_map(|query| query.split('&')) {
            let (key, value) = pair.split_once('=').ok_or_else(|| bad(pair, "is a bare query key"))?;
            // In a query `+` is a space, as in a form.
            let decoded = decode(&key.replace('+', " ")).zip(decode(&value.replace('+', " ")));
            let (key, value) = decoded.ok_or_else(|| bad(key, "is not percent-encoded UTF-8"))?;
            if left.insert(key.clone(), value).is_some() {
                return Err(bad(&key, "is given twice"));
            }
        }
        Ok(Self { left })
    }

    /// A text that is present and not empty.
    pub(super) fn required(&mut self, key: &str) -> Result<String, Refusal> {
        let text = self.left.remove(key).filter(|text| !text.is_empty());
        text.ok_or_else(|| bad(key, "is required"))
    }

    /// Milliseconds that are present.
    pub(super) fn required_time(&mut self, key: &str) -> Result<i64, Refusal> {
        message_id(&self.required(key)?).ok_or_else(|| bad(key, "must be milliseconds"))
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, key: &str) -> Result<Option<bool>, Refusal> {
        match self.left.remove(key).as_deref() {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(bad(key, "must be true or false")),
        }
    }

    /// Refuses what nobody read.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        match self.left.keys().next() {
            Some(key) => Err(bad(key, "is an unknown query key")),
            None => Ok(()),
        }
    }
}

/// Refuses any query on a call that has its parameters elsewhere.
pub(super) fn none(query: Option<&str>) -> Result<(), Refusal> {
    match query {
        Some(query) => Err(bad("query", &format!("is not expected: {query}"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn encoded_segments_come_back_as_they_were() {
        assert_eq!(decode("a%2Fb+c").as_deref(), Some("a/b+c"));
        assert_eq!(decode("%E5%BC%A0").as_deref(), Some("张"));
        for wrong in ["%", "%4", "%zz", "%FF"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
