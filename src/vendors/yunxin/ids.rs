//! Yunxin's identifiers: accounts, teams, messages, conversations (Y-ID-1…4).

use crate::domain::field::{Choice, IdShape, Severity};
use crate::words::yunxin as words;

/// An account: stored in lower case; letters, digits, `_@.-`, 32 at most. Imported accounts may break it, so it warns.
/// `|` separates the parts of a conversation id and is refused (Y-ID-4).
pub static ACCOUNT: IdShape = IdShape {
    rule: "Y-ID-1",
    lower: true,
    usual: |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '.' | '-'),
    longest: 32,
    unusual: Severity::Warns,
    refused: Some(('|', "Y-ID-4")),
};

/// A team: a decimal number, sent as text.
pub static TEAM: IdShape = IdShape {
    rule: "Y-ID-2",
    lower: false,
    usual: |c| c.is_ascii_digit(),
    longest: 19,
    unusual: Severity::Stops,
    refused: Some(('|', "Y-ID-4")),
};

/// The largest message id: Yunxin's own type is a signed 64-bit number (Y-ID-3).
pub const MESSAGE_ID_MAX: i64 = i64::MAX;

/// The three kinds of conversation.
pub const CONVERSATION_TYPES: &[Choice] = &[
    Choice::new(P2P, words::P2P),
    Choice::new(TEAM_TYPE, words::TEAM),
    Choice::new(SUPER_TEAM, words::SUPER_TEAM),
];

/// One-to-one.
pub const P2P: &str = "1";
/// A team.
pub const TEAM_TYPE: &str = "2";
/// A super team.
pub const SUPER_TEAM: &str = "3";
/// Both kinds of team.
pub const TEAMS: &[&str] = &[TEAM_TYPE, SUPER_TEAM];

/// A whole number in a list, such as a message type.
pub static NUMBER: IdShape = IdShape {
    rule: "Y-FIND",
    lower: false,
    usual: |c| c.is_ascii_digit(),
    longest: 10,
    unusual: Severity::Stops,
    refused: None,
};

/// A phrase to search for: anything.
pub static PHRASE: IdShape = IdShape {
    rule: "Y-FIND",
    lower: false,
    usual: |_| true,
    longest: usize::MAX,
    unusual: Severity::Warns,
    refused: None,
};

/// The id a client gave its message.
pub static CLIENT_ID: IdShape = IdShape {
    rule: "Y-ROOM",
    lower: false,
    usual: |c| c.is_ascii_graphic(),
    longest: 64,
    unusual: Severity::Warns,
    refused: None,
};
