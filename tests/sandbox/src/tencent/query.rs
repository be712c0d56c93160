//! The query of a call, read once and strictly.

use std::collections::BTreeMap;

use super::codes::{Refusal, URL_FORM, URL_PARAMETER};

/// The decoded pairs that have not been read yet.
#[derive(Debug)]
pub(super) struct Query {
    left: BTreeMap<String, String>,
}

impl Query {
    /// Decodes every pair; a repeated or bare key and a broken escape are no URL form.
    pub(super) fn read(query: Option<&str>) -> Result<Self, Refusal> {
        let wrong = |pair: &str| Refusal::new(URL_FORM, format!("query cannot be read at {pair}"));
        let mut left = BTreeMap::new();
        for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or_else(|| wrong(pair))?;
            let value = decode(value).ok_or_else(|| wrong(key))?;
            if left.insert(key.to_owned(), value).is_some() {
                return Err(wrong(key));
            }
        }
        Ok(Self { left })
    }

    /// A value; none when the key is absent.
    pub(super) fn take(&mut self, key: &str) -> Option<String> {
        self.left.remove(key)
    }

    /// Refuses what nobody read.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        match self.left.keys().next() {
            Some(key) => Err(Refusal::field(URL_PARAMETER, key, "is an unknown parameter")),
            None => Ok(()),
        }
    }
}

/// The query as the log shows it: without the UserSig, which is as good as a password while it holds.
pub(super) fn shown(query: &str) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((key, _)) if key.eq_ignore_ascii_case("usersig") => format!("{key}=***"),
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex_digit(rest.next()?)? * 16 + hex_digit(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex_digit(letter: u8) -> Option<u8> {
    let digit = char::from(letter).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// A number written in digits only.
pub(super) fn decimal(text: &str) -> Option<u64> {
    let only_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    only_digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Query, decimal, shown};

    #[test]
    fn a_broken_query_is_refused() {
        for query in ["a", "a=1&a=2", "a=%4", "a=%zz", "a=%ff"] {
            assert_eq!(
                Query::read(Some(query)).map_err(|refusal| refusal.code).err(),
                Some(60_002),
                "{query}"
            );
        }
        let mut query = Query::read(Some("a=%E4%B8%AD+1&b=")).unwrap();
        assert_eq!(query.take("a").as_deref(), Some("中 1"));
        assert_eq!(query.finish().unwrap_err().code, 60_025);
    }

    #[test]
    fn the_log_has_no_user_sig() {
        assert_eq!(shown("sdkappid=1&usersig=eJy&random=2"), "sdkappid=1&usersig=***&random=2");
    }

    #[test]
    fn only_digits_are_decimal() {
        assert_eq!(decimal("4294967295"), Some(u64::from(u32::MAX)));
        assert_eq!((decimal("+1"), decimal(""), decimal("1 ")), (None, None, None));
    }
}
