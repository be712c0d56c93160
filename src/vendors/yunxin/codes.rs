//! Yunxin's error codes, each with the advice a person needs; v1-only codes that may still surface are included.

use crate::domain::outcome::{Advice, Repeat};
use crate::words::yunxin_codes as words;

/// Declares the table, one line per code: `code: MEANING, CAUSE, NEXT => Repeat;`
macro_rules! codes {
    ($($code:literal: $meaning:ident, $cause:ident, $next:ident => $repeat:ident;)*) => {
        /// Every known code with its advice, in ascending order.
        pub static CODES: &[(i64, Advice)] = &[$((
            $code,
            Advice {
                meaning: words::$meaning,
                cause: words::$cause,
                next: words::$next,
                repeat: Repeat::$repeat,
            },
        )),*];
    };
}

codes! {
    200: OK_MEANS, OK_CAUSE, OK_NEXT => Done;
    315: IP_LIMIT_MEANS, IP_LIMIT_CAUSE, IP_LIMIT_NEXT => AfterFix;
    398: PAUSED_MEANS, PAUSED_CAUSE, PAUSED_NEXT => Later;
    399: UNIT_MEANS, UNIT_CAUSE, MAYBE_DONE_NEXT => Dangerous;
    403: FORBIDDEN_MEANS, FORBIDDEN_CAUSE, FORBIDDEN_NEXT => AfterFix;
    404: NOT_FOUND_MEANS, NOT_FOUND_CAUSE, NOT_FOUND_NEXT => AfterFix;
    405: TOO_LONG_MEANS, TOO_LONG_CAUSE, TOO_LONG_NEXT => AfterFix;
    414: PARAMETER_MEANS, PARAMETER_CAUSE, PARAMETER_NEXT => AfterFix;
    416: RATE_MEANS, RATE_CAUSE, RATE_NEXT => Later;
    431: REPEATED_MEANS, REPEATED_CAUSE, REPEATED_NEXT => Dangerous;
    449: RETRY_MEANS, RETRY_CAUSE, PAUSE_AND_LOOK_NEXT => Dangerous;
    463: CALLBACK_MEANS, CALLBACK_CAUSE, CALLBACK_NEXT => Useless;
    500: INTERNAL_MEANS, INTERNAL_CAUSE, MAYBE_DONE_NEXT => Dangerous;
    503: BUSY_MEANS, BUSY_CAUSE, PAUSE_AND_LOOK_NEXT => Dangerous;
    508: RECALL_WINDOW_MEANS, RECALL_WINDOW_CAUSE, RECALL_WINDOW_NEXT => AfterFix;
    514: UNAVAILABLE_MEANS, UNAVAILABLE_CAUSE, MAYBE_DONE_NEXT => Dangerous;
    803: TEAM_MISSING_MEANS, TEAM_MISSING_CAUSE, TEAM_MISSING_NEXT => AfterFix;
    997: NO_CALL_RIGHT_MEANS, NO_CALL_RIGHT_CAUSE, NO_CALL_RIGHT_NEXT => AfterFix;
    101301: IM_OFF_MEANS, IM_OFF_CAUSE, IM_OFF_NEXT => AfterFix;
    101302: BAD_ADDRESS_MEANS, BAD_ADDRESS_CAUSE, BAD_ADDRESS_NEXT => AfterFix;
    101303: KEY_UNKNOWN_MEANS, KEY_UNKNOWN_CAUSE, KEY_UNKNOWN_NEXT => AfterFix;
    102404: USER_MISSING_MEANS, USER_MISSING_CAUSE, USER_MISSING_NEXT => AfterFix;
    102421: USER_MUTED_MEANS, USER_MUTED_CAUSE, USER_MUTED_NEXT => AfterFix;
    102422: USER_DISABLED_MEANS, USER_DISABLED_CAUSE, USER_DISABLED_NEXT => AfterFix;
    102426: USER_BLOCKED_MEANS, USER_BLOCKED_CAUSE, USER_BLOCKED_NEXT => Useless;
    104404: NOT_FRIENDS_MEANS, NOT_FRIENDS_CAUSE, NOT_FRIENDS_NEXT => AfterFix;
    107301: THIRD_PARTY_MEANS, THIRD_PARTY_CAUSE, THIRD_PARTY_NEXT => Useless;
    107303: NOT_SENDER_MEANS, NOT_SENDER_CAUSE, NOT_SENDER_NEXT => AfterFix;
    107306: DUPLICATE_ID_MEANS, DUPLICATE_ID_CAUSE, DUPLICATE_ID_NEXT => Dangerous;
    107314: RECALL_WINDOW_MEANS, RECALL_WINDOW_CAUSE, RECALL_WINDOW_NEXT => AfterFix;
    107315: NOT_RECALLABLE_MEANS, NOT_RECALLABLE_CAUSE, NOT_RECALLABLE_NEXT => AfterFix;
    107316: FORCED_PUSH_MEANS, FORCED_PUSH_CAUSE, FORCED_PUSH_NEXT => AfterFix;
    107323: THROTTLED_MEANS, THROTTLED_CAUSE, THROTTLED_NEXT => Later;
    107328: DELETE_SELF_MEANS, SELF_CAUSE, SELF_NEXT => Useless;
    107330: NO_SENSE_MEANS, NO_SENSE_CAUSE, NO_SENSE_NEXT => AfterFix;
    107334: SEARCH_OFF_MEANS, SEARCH_OFF_CAUSE, SEARCH_OFF_NEXT => AfterFix;
    107335: ONE_WAY_OFF_MEANS, ONE_WAY_OFF_CAUSE, ONE_WAY_OFF_NEXT => AfterFix;
    107404: MESSAGE_MISSING_MEANS, MESSAGE_MISSING_CAUSE, MESSAGE_MISSING_NEXT => AfterFix;
    107410: MESSAGING_OFF_MEANS, MESSAGING_OFF_CAUSE, MESSAGING_OFF_NEXT => AfterFix;
    107429: RECALL_SELF_MEANS, SELF_CAUSE, SELF_NEXT => Useless;
    107439: TIME_RANGE_MEANS, TIME_RANGE_CAUSE, TIME_RANGE_NEXT => AfterFix;
    107449: EDIT_RATE_MEANS, EDIT_RATE_CAUSE, EDIT_RATE_NEXT => Later;
    107451: MODERATED_MEANS, MODERATED_CAUSE, MODERATED_NEXT => AfterFix;
    108306: MEMBERS_MUTED_MEANS, MEMBERS_MUTED_CAUSE, TEAM_MUTED_NEXT => AfterFix;
    108404: TEAM_MISSING_MEANS, TEAM_MISSING_CAUSE, TEAM_MISSING_NEXT => AfterFix;
    108423: TEAM_MUTED_MEANS, TEAM_MUTED_CAUSE, TEAM_MUTED_NEXT => AfterFix;
    109404: MEMBER_MISSING_MEANS, MEMBER_MISSING_CAUSE, MEMBER_MISSING_NEXT => AfterFix;
    109424: MEMBER_MUTED_MEANS, MEMBER_MUTED_CAUSE, MEMBER_MUTED_NEXT => AfterFix;
    109427: OWNER_ONLY_MEANS, OWNER_ONLY_CAUSE, OWNER_ONLY_NEXT => AfterFix;
    109432: MANAGER_ONLY_MEANS, MANAGER_ONLY_CAUSE, MANAGER_ONLY_NEXT => AfterFix;
}

/// The advice for `code`; none for a code Yunxin does not document, where its own words must do.
pub fn advice(code: i64) -> Option<&'static Advice> {
    let at = CODES.binary_search_by_key(&code, |(known, _)| *known).ok()?;
    CODES.get(at).map(|(_, advice)| advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeat(code: i64) -> Option<Repeat> {
        advice(code).map(|advice| advice.repeat)
    }

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(CODES.is_sorted_by(|(before, _), (after, _)| before < after));
    }

    #[test]
    fn every_code_is_found() {
        for (code, expected) in CODES {
            assert_eq!(advice(*code), Some(expected), "{code}");
        }
    }

    #[test]
    fn known_codes_have_their_advice() {
        assert_eq!(advice(107404).map(|advice| advice.meaning), Some(words::MESSAGE_MISSING_MEANS));
        assert_eq!(advice(107314).map(|advice| advice.next), Some(words::RECALL_WINDOW_NEXT));
        assert_eq!(advice(508), advice(107314));
        assert_eq!(advice(803), advice(108404));
        assert_eq!(advice(0), None);
        assert_eq!(advice(107341), None);
    }

    #[test]
    fn what_may_have_happened_is_dangerous_to_repeat() {
        for code in [399, 431, 500, 514, 107306] {
            assert_eq!(repeat(code), Some(Repeat::Dangerous), "{code}");
        }
        for code in [416, 107323] {
            assert_eq!(repeat(code), Some(Repeat::Later), "{code}");
        }
    }

    #[test]
    fn only_success_is_done() {
        for (code, advice) in CODES {
            assert_eq!(advice.repeat == Repeat::Done, *code == 200, "{code}");
        }
    }

    #[test]
    fn every_sentence_belongs_to_a_code() {
        for (name, sentence) in words::ALL {
            let used = CODES
                .iter()
                .any(|(_, advice)| [advice.meaning, advice.cause, advice.next].contains(sentence));
            assert!(used, "{name}");
        }
    }
}
