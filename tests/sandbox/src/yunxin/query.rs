//! Percent-encoding and the parameters of a query, read as strictly as a body.

use std::collections::BTreeMap;

use super::codes::Refusal;

/// What `+` stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Plus {
    /// A space, as in a form (Y-ENC-3).
    Space,
    /// Itself, as in a path.
    Literal,
}

/// Decodes `%XX`; none when a `%` is not followed by two hex digits or the bytes are not UTF-8.
pub(super) fn decode(text: &str, plus: Plus) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.bytes();
    while let Some(byte) = left.next() {
        bytes.push(match byte {
            b'%' => hex_digit(left.next()?)? * 16 + hex_digit(left.next()?)?,
            b'+' if plus == Plus::Space => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// The parameters not read yet.
#[derive(Debug)]
pub(super) struct Query {
    left: BTreeMap<String, String>,
}

impl Query {
    /// Splits a query; a bare key, a repeated key or broken encoding is refused (Y-DEL-9).
    pub(super) fn read(query: Option<&str>) -> Result<Self, Refusal> {
        let mut left = BTreeMap::new();
        for pair in query.into_iter().flat_map(|query| query.split('&')) {
            if pair.is_empty() {
                return Err(Refusal::parameter("query", "has an empty parameter"));
            }
            let Some((key, value)) = pair.split_once('=') else {
                return Err(Refusal::parameter(pair, "is a bare query key without a value"));
            };
            let decoded = decode(key, Plus::Space).zip(decode(value, Plus::Space));
            let Some((key, value)) = decoded else {
                return Err(Refusal::parameter(key, "is not percent-encoded UTF-8"));
            };
            if left.insert(key.clone(), value).is_some() {
                return Err(Refusal::parameter(&key, "is given twice"));
            }
        }
        Ok(Self { left })
    }

    /// Any text.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        self.left.remove(key)
    }

    /// A decimal integer.
    pub(super) fn integer(&mut self, key: &str) -> Result<Option<i64>, Refusal> {
        self.text(key)
            .map(|text| digits(&text).ok_or_else(|| Refusal::parameter(key, "must be an integer")))
            .transpose()
    }

    /// A decimal integer that is present.
    pub(super) fn required_integer(&mut self, key: &str) -> Result<i64, Refusal> {
        self.integer(key)?.ok_or_else(|| Refusal::parameter(key, "is required"))
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, key: &str) -> Result<Option<bool>, Refusal> {
        match self.text(key).as_deref() {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(Refusal::parameter(key, "must be true or false")),
        }
    }

    /// Refuses what nobody read.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        match self.left.keys().next() {
            Some(key) => Err(Refusal::parameter(key, "is an unknown query key")),
            None => Ok(()),
        }
    }
}

/// Up to 19 decimal digits that fit a signed 64-bit number (Y-ID-3).
pub(super) fn digits(text: &str) -> Option<i64> {
    let fits = (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Plus, decode, digits};

    #[test]
    fn encoded_ids_come_back_as_they_were() {
        for (encoded, plain) in [
            ("apifoxtest1%7C1%7Capifoxtest2", "apifoxtest1|1|apifoxtest2"),
            ("apifoxtest1|1|apifoxtest2", "apifoxtest1|1|apifoxtest2"),
            ("a_b-c%40x.com%7C1%7Cu2", "a_b-c@x.com|1|u2"),
            ("%E5%BC%A0%E4%B8%89%7C1%7C%E6%9D%8E%E5%9B%9B", "张三|1|李四"),
            ("a%2Fb%7C1%7Cc%3Fd%23e", "a/b|1|c?d#e"),
            ("a%257Cb%7C1%7Cc", "a%7Cb|1|c"),
        ] {
            assert_eq!(decode(encoded, Plus::Literal).as_deref(), Some(plain));
        }
        assert_eq!(decode("%E6%92%A4%E5%9B%9E+%E4%BA%86%2B1", Plus::Space).as_deref(), Some("撤回 了+1"));
        assert_eq!(decode("50%", Plus::Space), None);
        assert_eq!(decode("%FF", Plus::Space), None);
    }

    #[test]
    fn a_message_id_has_up_to_nineteen_digits_and_fits_sixty_four_bits() {
        assert_eq!(digits("9223372036854775807"), Some(i64::MAX));
        for wrong in ["", "9223372036854775808", "-1", "+1", "1.0", "１", "00000000000000000001"] {
            assert_eq!(digits(wrong), None, "{wrong}");
        }
    }
}
