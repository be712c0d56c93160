//! The one percent-encoder: everything but RFC 3986's unreserved characters is escaped. Pure.
//!
//! Browsers and the `url` crate leave `|` bare and resolve `..` away, so URLs are built from text made here (Y-ENC-2).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// One path segment, or a value inside another URL. A segment `.` or `..` cannot be escaped; see [`is_dots`].
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// A query value, form-urlencoded: as a segment, but a space becomes `+` (Y-ENC-3).
pub fn query_value(text: &str) -> String {
    segment(text).replace("%20", "+")
}

/// Whether a path value would be resolved away by every URL parser.
pub fn is_dots(text: &str) -> bool {
    text == "." || text == ".."
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn conversation_ids_are_escaped_as_documented() {
        for (raw, escaped) in [
            ("apifoxtest1|1|apifoxtest2", "apifoxtest1%7C1%7Capifoxtest2"),
            ("zhang.san|2|2366968294", "zhang.san%7C2%7C2366968294"),
            ("a_b-c@x.com|1|u2", "a_b-c%40x.com%7C1%7Cu2"),
            ("张三|1|李四", "%E5%BC%A0%E4%B8%89%7C1%7C%E6%9D%8E%E5%9B%9B"),
            ("a/b|1|c?d#e", "a%2Fb%7C1%7Cc%3Fd%23e"),
            ("a%7Cb|1|c", "a%257Cb%7C1%7Cc"),
        ] {
            assert_eq!(segment(raw), escaped);
        }
    }

    #[test]
    fn query_values_are_form_encoded() {
        assert_eq!(query_value("撤回 了+1"), "%E6%92%A4%E5%9B%9E+%E4%BA%86%2B1");
    }

    proptest! {
        #[test]
        fn decoding_gives_back_what_was_encoded(text in any::<String>()) {
            let decoded = percent_encoding::percent_decode_str(&segment(&text)).decode_utf8().map(String::from);
            prop_assert_eq!(decoded.ok(), Some(text));
        }

        #[test]
        fn an_encoded_value_is_always_one_segment(text in any::<String>()) {
            prop_assert!(!segment(&text).contains(['/', '?', '#', '|', ' ', '+']));
        }
    }
}
