//! Easemob's identifiers: users, groups and rooms, messages (E-ID-1…6, E-GRP-1, E-SND-4).

use crate::domain::field::{Choice, IdShape, Severity};
use crate::words::easemob as words;

/// A user: lower-case letters, digits, `_-.`, 64 at most. Nothing is folded: addresses and bodies are case-sensitive (E-URL-2).
pub static USER: IdShape = IdShape {
    rule: "E-SND-4",
    lower: false,
    usual: |c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.'),
    longest: 64,
    unusual: Severity::Warns,
    refused: None,
};

/// A group or a room: digits, sent as text.
pub static PLACE: IdShape = IdShape { rule: "E-GRP-1", longest: 20, ..DIGITS };

/// A message: up to 19 digits, text all the way (E-ID-1).
pub static MESSAGE_ID: IdShape = IdShape { rule: "E-ID-2", longest: 19, ..DIGITS };

/// An hour: `yyyyMMddHH`.
pub static HOUR: IdShape = IdShape { rule: "E-HIS-5", longest: 10, ..DIGITS };

const DIGITS: IdShape = IdShape {
    rule: "E-ID-2",
    lower: false,
    usual: |c| c.is_ascii_digit(),
    longest: 19,
    unusual: Severity::Stops,
    refused: None,
};

/// One-to-one.
pub const CHAT: &str = "chat";
/// A group.
pub const GROUP: &str = "groupchat";
/// A room.
pub const ROOM: &str = "chatroom";

/// The kinds of conversation.
pub const CHAT_TYPES: &[Choice] =
    &[Choice::new(CHAT, words::CHAT), Choice::new(GROUP, words::GROUP), Choice::new(ROOM, words::ROOM)];

/// 2014-12-03T00:00:00Z, where the clock inside message ids begins, in seconds.
const CLOCK_BEGINS: i64 = 1_417_564_800;

/// When a message was created, by its id: seen to fit the vendor's samples, nowhere documented. A hint, never a reason to
/// stop anything (E-ID-5). Shorter numbers are no message ids of our time.
pub fn time_hint(id: &str) -> Option<i64> {
    let number: i64 = id.parse().ok().filter(|_| (17..=19).contains(&id.len()))?;
    let seconds = number.checked_shr(32)? + CLOCK_BEGINS;
    Some(seconds * 1000 + (number.checked_shr(22)? & 1023))
}

/// Whether a text looks like a message id.
pub fn is_message_id(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && time_hint(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_inside_an_id_fits_the_published_pairs() {
        for (id, hint) in [
            ("1418038712905770616", 1_747_727_666_258),
            ("1415009139259606640", 1_747_022_288_686),
            ("1415001054172415464", 1_747_020_406_219),
            ("1235807318835202004", 1_705_298_613_488),
        ] {
            assert_eq!(time_hint(id), Some(hint), "{id}");
        }
        for id in ["", "184524748161025", "9999999999999999999", "5I02W-XX-8278a", "-235807318835202004"] {
            assert!(!is_message_id(id), "{id}");
        }
    }
}
