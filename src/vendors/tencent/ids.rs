//! Tencent's identifiers: accounts, groups, and the MsgKey of a one-to-one message (T-KEY-1…5).

use crate::domain::field::{Field, IdShape, Kind, Limit, Severity, Unit};
use crate::domain::problem::{Fault, Problem};
use crate::domain::validation::Readings;
use crate::words::tencent as words;

const fn account_shape(longest: usize) -> IdShape {
    IdShape {
        rule: "T-USER",
        lower: false,
        usual: |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'),
        longest,
        unusual: Severity::Warns,
        refused: None,
    }
}

/// An account: letters, digits, `_` and `-`; others warn. Its length is a limit in bytes of its own ([`ACCOUNT_BYTES`]).
pub static ACCOUNT: IdShape = account_shape(usize::MAX);

/// An account in a list.
pub static LISTED: IdShape = account_shape(32);

/// The longest account.
pub const ACCOUNT_BYTES: &[Limit] = &[Limit::most(32, Unit::Bytes, "T-USER")];

/// A group or a topic in it: printable ASCII, 48 at most. Ids the cloud made begin with `@TGS#`.
pub static GROUP: IdShape = IdShape {
    rule: "T-GROUP",
    lower: false,
    usual: |c| matches!(c, ' '..='~'),
    longest: 48,
    unusual: Severity::Warns,
    refused: None,
};

/// A MsgKey: 50 characters at most (T-KEY-1).
pub static MSG_KEY_SHAPE: IdShape = IdShape {
    rule: "T-KEY-1",
    lower: false,
    usual: |c| c.is_ascii_graphic(),
    longest: 50,
    unusual: Severity::Stops,
    refused: None,
};

/// A message's number in its group.
pub static SEQ: IdShape = IdShape {
    rule: "T-GRCL-1",
    lower: false,
    usual: |c| c.is_ascii_digit(),
    longest: 19,
    unusual: Severity::Stops,
    refused: None,
};

/// Which one-to-one message.
pub static MSG_KEY: Field = Field::body("MsgKey", words::MSG_KEY, Kind::Id(&MSG_KEY_SHAPE), "T-KEY-1")
    .required("T-MOD-1")
    .hint(words::MSG_KEY_HINT);

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// For how many days messages are stored when the app's plan does not say more.
pub const STORAGE_DAYS: i64 = 7;

/// When the message of a MsgKey was sent, in seconds since 1970: the last of its three numbers (T-KEY-2).
pub fn sent_at(key: &str) -> Option<i64> {
    let parts: Vec<_> = key.split('_').collect();
    let [seq, random, time] = parts.as_slice() else { return None };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(seq) && digits(random) && digits(time)).then(|| time.parse().ok()).flatten()
}

/// A MsgKey usually is three numbers, and its message is stored for a while (T-KEY-1, T-KEY-2).
pub fn odd_key(readings: &Readings) -> Option<Problem> {
    judge_keys(readings, MSG_KEY.name, readings.typed(&MSG_KEY))
}

/// What should be known about the MsgKeys a field holds, one per line.
pub fn judge_keys(readings: &Readings, field: &'static str, keys: &str) -> Option<Problem> {
    let said = |rule, code, says, facts| Some(Problem::warn(field, rule, Fault::Said { code, says, facts }));
    if let Some(odd) = keys.lines().find(|key| sent_at(key).is_none()) {
        return said("T-KEY-1", "unusual_msg_key", words::MSG_KEY_ODD, vec![("found", odd.to_owned())]);
    }
    let oldest = keys.lines().filter_map(sent_at).filter(|time| *time > 1_000_000_000).min()?;
    let days = (readings.now().div_euclid(1000) - oldest).div_euclid(DAY);
    if days < STORAGE_DAYS {
        return None;
    }
    let facts = vec![("days", days.to_string()), ("stored", STORAGE_DAYS.to_string())];
    said("T-KEY-2", "perhaps_not_stored", words::MSG_KEY_OLD, facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_its_time_when_it_is_three_numbers() {
        assert_eq!(sent_at("31906_833502_1572869830"), Some(1_572_869_830));
        for odd in ["", "1_2", "1_2_3_4", "a_2_3", "1_2_x", "1__3x", "144115198371610486"] {
            assert_eq!(sent_at(odd), None, "{odd}");
        }
    }
}
