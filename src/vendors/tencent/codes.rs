//! Tencent's error codes, each with the advice a person needs. Codes that ask for the same step share it.

use crate::domain::outcome::{Advice, Repeat};
use crate::words::{Words, codes as shared, tencent_codes as words};

const fn to(meaning: Words, cause: Words, next: Words, repeat: Repeat) -> Advice {
    Advice { meaning, cause, next, repeat }
}

/// Declares the table: `[codes]: MEANING, CAUSE, NEXT => Repeat;`
macro_rules! codes {
    ($([$($code:literal),+]: $meaning:path, $cause:path, $next:path => $repeat:ident;)*) => {
        /// Every known code, in groups of one advice each.
        pub static CODES: &[(&[u32], Advice)] =
            &[$((&[$($code),+], to($meaning, $cause, $next, Repeat::$repeat))),*];
    };
}

// What a write that timed out or broke inside the cloud has done is not known: `Dangerous`, although a change or a recall
// may be repeated without harm. All other codes say that the act was refused.
codes! {
    // The request.
    [10003, 10011, 20001, 60002, 60003, 60009, 60015, 90001, 90028]: shared::BUG_MEANS, shared::BUG_CAUSE, shared::BUG_NEXT => Useless;
    [10004, 10061, 70402, 90004, 90005, 90006, 90026, 90029, 90031, 90043, 90044]: shared::VALUE_MEANS, shared::VALUE_CAUSE, shared::VALUE_NEXT => AfterFix;
    [90002, 90007, 90010]: words::CONTENT_MEANS, words::CONTENT_CAUSE, words::CONTENT_NEXT => AfterFix;
    [10005, 10018, 10051, 10053, 70206, 90011, 90018]: shared::TOO_MANY_MEANS, shared::TOO_MANY_CAUSE, shared::TOO_MANY_NEXT => AfterFix;
    [80002, 90055, 93000]: shared::TOO_LONG_MEANS, words::TOO_LONG_CAUSE, shared::TOO_LONG_NEXT => AfterFix;

    // The connection.
    [60012, 60025]: words::CONNECTION_MEANS, words::CONNECTION_CAUSE, words::CONNECTION_NEXT => AfterFix;
    [60006, 60026, 70016, 70020]: words::REGION_MEANS, words::REGION_CAUSE, words::REGION_NEXT => AfterFix;
    [60010, 70403, 90009]: words::ADMIN_MEANS, words::ADMIN_CAUSE, words::ADMIN_NEXT => AfterFix;
    [20002, 70001]: words::SIG_EXPIRED_MEANS, words::SIG_EXPIRED_CAUSE, words::SIG_EXPIRED_NEXT => AfterFix;
    [70002, 70003, 70005]: words::SIG_BROKEN_MEANS, words::SIG_BROKEN_CAUSE, words::SIG_BROKEN_NEXT => AfterFix;
    [70009]: words::SIG_KEY_MEANS, words::SIG_KEY_CAUSE, words::SIG_KEY_NEXT => AfterFix;
    [70013, 70014]: words::SIG_OTHER_MEANS, words::SIG_OTHER_CAUSE, words::SIG_OTHER_NEXT => AfterFix;
    [70050]: words::SIG_TRIES_MEANS, words::SIG_TRIES_CAUSE, words::SIG_TRIES_NEXT => Later;
    [60004, 60005, 60014]: words::CHECK_MEANS, words::CHECK_CAUSE, words::CHECK_NEXT => Later;
    [70051, 70114]: words::LOCKED_MEANS, words::LOCKED_CAUSE, words::SUPPORT_NEXT => AfterFix;
    [60021]: words::IP_MEANS, words::IP_CAUSE, words::IP_NEXT => AfterFix;

    // The app.
    [60016, 60017, 60020, 80005]: words::STOPPED_MEANS, words::STOPPED_CAUSE, words::STOPPED_NEXT => AfterRenewal;
    [10026, 10041, 10059, 11000, 60027, 71000, 72001, 72011, 72012]: shared::OFF_MEANS, shared::OFF_CAUSE, shared::OFF_NEXT => AfterFix;
    [22007, 60028, 70398, 72000, 72002]: shared::QUOTA_MEANS, shared::QUOTA_CAUSE, shared::QUOTA_NEXT => AfterRenewal;
    [70399, 70404]: words::DEVELOPER_MEANS, words::DEVELOPER_CAUSE, shared::BUG_NEXT => Useless;
    [10006, 10023, 60007, 60011, 60018, 60019, 72010, 90057]: shared::RATE_MEANS, shared::RATE_CAUSE, shared::RATE_NEXT => Later;
    [10016, 20006]: words::CALLBACK_MEANS, words::CALLBACK_CAUSE, words::CALLBACK_NEXT => Useless;
    [80003]: words::CALLBACK_SILENT_MEANS, words::CALLBACK_SILENT_CAUSE, words::CALLBACK_SILENT_NEXT => Later;

    // The cloud.
    [20004, 60008, 70169, 70202]: shared::TIMEOUT_MEANS, shared::MAYBE_DONE_CAUSE, shared::MAYBE_DONE_NEXT => Dangerous;
    [10002, 20005, 20018, 60013, 70500, 90994, 91000]: shared::INTERNAL_MEANS, shared::MAYBE_DONE_CAUSE, shared::MAYBE_DONE_NEXT => Dangerous;
    [90992]: words::CALLBACK_UNSURE_MEANS, shared::MAYBE_DONE_CAUSE, words::CALLBACK_UNSURE_NEXT => Dangerous;
    [90995]: words::TOO_LONG_UNSURE_MEANS, shared::MAYBE_DONE_CAUSE, words::TOO_LONG_UNSURE_NEXT => Dangerous;

    // People.
    [10012, 10019, 20003, 20008, 70107, 90003, 90008, 90012, 90048]: shared::USER_MISSING_MEANS, shared::USER_MISSING_CAUSE, shared::USER_MISSING_NEXT => AfterFix;
    [20007]: words::BLOCKED_MEANS, words::BLOCKED_CAUSE, words::BLOCKED_NEXT => Useless;
    [20009, 20010, 20011]: words::NOT_FRIENDS_MEANS, words::NOT_FRIENDS_CAUSE, words::NOT_FRIENDS_NEXT => AfterFix;
    [10017, 20012]: words::MUTED_MEANS, words::MUTED_CAUSE, words::MUTED_NEXT => AfterFix;

    // The message.
    [80001, 80004]: words::MODERATED_MEANS, words::MODERATED_CAUSE, words::MODERATED_NEXT => AfterFix;
    [10030, 10052, 20022, 20026]: shared::MESSAGE_MISSING_MEANS, shared::MESSAGE_MISSING_CAUSE, shared::MESSAGE_MISSING_NEXT => AfterFix;
    [90054]: words::KEY_MEANS, words::KEY_CAUSE, shared::MESSAGE_MISSING_NEXT => AfterFix;
    [20023]: words::RECALLED_MEANS, words::RECALLED_CAUSE, words::RECALLED_NEXT => Useless;
    [20027, 20028]: shared::CONFLICT_MEANS, shared::CONFLICT_CAUSE, shared::CONFLICT_NEXT => Later;
    [10031, 20016]: shared::WINDOW_MEANS, words::WINDOW_CAUSE, words::WINDOW_NEXT => AfterFix;
    [10032, 10033, 10034, 10035]: words::FIXED_MEANS, words::FIXED_CAUSE, words::FIXED_NEXT => Useless;

    // Groups.
    [10010, 10015]: words::GROUP_MISSING_MEANS, words::GROUP_MISSING_CAUSE, words::GROUP_MISSING_NEXT => AfterFix;
    [10007]: words::GROUP_RIGHT_MEANS, words::GROUP_RIGHT_CAUSE, words::GROUP_RIGHT_NEXT => AfterFix;
    [10044]: words::NO_HISTORY_MEANS, words::NO_HISTORY_CAUSE, words::RECALLED_NEXT => Useless;
}

/// The codes an app's own callback may answer with.
const CUSTOM: std::ops::RangeInclusive<u32> = 120_001..=130_000;

static REFUSED_BY_APP: Advice =
    to(words::CALLBACK_MEANS, words::CALLBACK_CAUSE, words::CALLBACK_NEXT, Repeat::Useless);

/// A message of a group that was accepted and dropped.
static DROPPED: Advice = to(words::DROPPED_MEANS, words::DROPPED_CAUSE, words::DROPPED_NEXT, Repeat::Later);

/// What a code that is not listed is about.
static RANGES: &[(std::ops::RangeInclusive<i64>, Advice)] = &[
    (10_000..=19_999, unknown(words::UNKNOWN_GROUP_MEANS)),
    (20_000..=29_999, unknown(words::UNKNOWN_MESSAGE_MEANS)),
    (60_000..=69_999, unknown(words::UNKNOWN_ACCESS_MEANS)),
    (70_000..=79_999, unknown(words::UNKNOWN_ACCOUNT_MEANS)),
    (80_000..=89_999, unknown(words::UNKNOWN_CONTENT_MEANS)),
    (90_000..=99_999, unknown(words::UNKNOWN_MESSAGE_MEANS)),
];

static UNKNOWN: Advice = unknown(words::UNKNOWN_MEANS);

const fn unknown(meaning: Words) -> Advice {
    to(meaning, shared::UNKNOWN_CAUSE, shared::UNKNOWN_NEXT, Repeat::Dangerous)
}

/// The advice for `code`; none for a code that is not listed. See [`by_range`].
pub fn advice(code: i64) -> Option<&'static Advice> {
    let code = u32::try_from(code).ok()?;
    if CUSTOM.contains(&code) {
        return Some(&REFUSED_BY_APP);
    }
    CODES.iter().find(|(codes, _)| codes.contains(&code)).map(|(_, advice)| advice)
}

/// General advice for a code that is not listed. Nothing is certain about it but the cloud's own words.
pub fn by_range(code: i64) -> &'static Advice {
    RANGES.iter().find(|(range, _)| range.contains(&code)).map_or(&UNKNOWN, |(_, advice)| advice)
}

/// The advice for the `MsgDropReason` of a group message, `MsgFreqCtrl` for one: there is one only when the message was dropped
/// although the cloud answered success.
pub fn dropped(reason: &str) -> Option<&'static Advice> {
    (!reason.is_empty()).then_some(&DROPPED)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::words::Language;

    /// Every code the vendor's pages give for access, accounts, messages and groups, and for the items of a group recall.
    const KNOWN: &[&[i64]] = &[
        &[60002, 60003, 60004, 60005, 60006, 60007, 60008, 60009, 60010, 60011, 60012, 60013, 60014, 60015],
        &[60016, 60017, 60018, 60019, 60020, 60021, 60025, 60026, 60027, 60028],
        &[80001, 80002, 80003, 80004, 80005],
        &[70001, 70002, 70003, 70005, 70009, 70013, 70014, 70016, 70020, 70050, 70051, 70107, 70114, 70169],
        &[70202, 70206, 70398, 70399, 70402, 70403, 70404, 70500, 71000],
        &[72000, 72001, 72002, 72010, 72011, 72012],
        &[20001, 20002, 20003, 20004, 20005, 20006, 20007, 20008, 20009, 20010, 20011, 20012, 20016, 20018],
        &[20022, 20023, 20026, 20027, 20028, 22007],
        &[90001, 90002, 90003, 90004, 90005, 90006, 90007, 90008, 90009, 90010, 90011, 90012, 90018, 90026],
        &[90028, 90029, 90031, 90043, 90044, 90048, 90054, 90055, 90057, 90992, 90994, 90995, 91000, 93000],
        &[10002, 10003, 10004, 10005, 10006, 10007, 10010, 10011, 10012, 10015, 10016, 10017, 10018, 10019],
        &[10023, 10026, 10030, 10031, 10032, 10033, 10034, 10035, 10041, 10044, 10051, 10052, 10053, 10059],
        &[10061, 11000],
    ];

    fn known() -> impl Iterator<Item = i64> {
        KNOWN.iter().copied().flatten().copied()
    }

    fn repeat(code: i64) -> Option<Repeat> {
        advice(code).map(|advice| advice.repeat)
    }

    fn every_advice() -> impl Iterator<Item = &'static Advice> {
        let ranges = RANGES.iter().map(|(_, advice)| advice);
        CODES.iter().map(|(_, advice)| advice).chain(ranges).chain([&REFUSED_BY_APP, &DROPPED, &UNKNOWN])
    }

    #[test]
    fn every_documented_code_is_known_and_no_other() {
        let listed: BTreeSet<i64> =
            CODES.iter().flat_map(|(codes, _)| *codes).map(|code| i64::from(*code)).collect();
        assert_eq!(listed, known().collect());
        for code in known() {
            assert!(advice(code).is_some(), "{code}");
        }
    }

    #[test]
    fn codes_are_sorted_in_their_group_and_have_one_group() {
        assert!(CODES.iter().all(|(codes, _)| codes.is_sorted_by(|before, after| before < after)));
        assert_eq!(CODES.iter().map(|(codes, _)| codes.len()).sum::<usize>(), known().count());
        let mut groups: Vec<_> = CODES.iter().map(|(_, advice)| (advice.meaning, advice.cause)).collect();
        groups.dedup();
        assert_eq!(groups.len(), CODES.len());
    }

    #[test]
    fn known_codes_have_their_advice() {
        assert_eq!(advice(70107).map(|advice| advice.meaning), Some(shared::USER_MISSING_MEANS));
        assert_eq!(advice(60026).map(|advice| advice.next), Some(words::REGION_NEXT));
        assert_eq!(advice(90009), advice(60010));
        assert_eq!(advice(90002), advice(90007));
        assert_eq!(repeat(20023), Some(Repeat::Useless));
        assert_eq!(repeat(90057), Some(Repeat::Later));
        for code in [0, -1, 1, 10_001, 20_025, 120_000, 130_001, i64::MAX, i64::MIN, (1 << 32) + 20_022] {
            assert_eq!(advice(code), None, "{code}");
        }
    }

    #[test]
    fn an_apps_own_codes_are_its_refusal() {
        for code in [120_001, 125_000, 130_000] {
            assert_eq!(advice(code), advice(20_006));
        }
    }

    #[test]
    fn what_may_have_happened_is_dangerous_to_repeat() {
        let dangerous: BTreeSet<i64> =
            known().filter(|code| repeat(*code) == Some(Repeat::Dangerous)).collect();
        let expected =
            [10002, 20004, 20005, 20018, 60008, 60013, 70169, 70202, 70500, 90992, 90994, 90995, 91000];
        assert_eq!(dangerous, BTreeSet::from(expected));
        assert!(every_advice().all(|advice| advice.repeat != Repeat::Done));
    }

    #[test]
    fn what_the_plan_no_longer_covers_is_refused_to_the_whole_app() {
        let stopped: BTreeSet<i64> =
            known().filter(|code| repeat(*code) == Some(Repeat::AfterRenewal)).collect();
        assert_eq!(stopped, BTreeSet::from([22007, 60016, 60017, 60020, 60028, 70398, 72000, 72002, 80005]));
    }

    #[test]
    fn an_unknown_code_is_told_by_its_range_and_nothing_is_certain() {
        for (code, meaning) in [
            (10_001, words::UNKNOWN_GROUP_MEANS),
            (20_025, words::UNKNOWN_MESSAGE_MEANS),
            (60_099, words::UNKNOWN_ACCESS_MEANS),
            (70_300, words::UNKNOWN_ACCOUNT_MEANS),
            (80_006, words::UNKNOWN_CONTENT_MEANS),
            (90_058, words::UNKNOWN_MESSAGE_MEANS),
            (2_481, words::UNKNOWN_MEANS),
            (-10_001, words::UNKNOWN_MEANS),
            (130_001, words::UNKNOWN_MEANS),
        ] {
            assert_eq!(by_range(code).meaning, meaning, "{code}");
            assert_eq!(by_range(code).repeat, Repeat::Dangerous, "{code}");
        }
    }

    #[test]
    fn a_reason_for_dropping_means_that_it_was_not_delivered() {
        assert_eq!(dropped(""), None);
        assert_eq!(dropped("MsgFreqCtrl"), Some(&DROPPED));
        assert_eq!(dropped("SomethingNew").map(|advice| advice.repeat), Some(Repeat::Later));
    }

    #[test]
    fn everything_is_said_in_both_languages() {
        for advice in every_advice() {
            for words in [advice.meaning, advice.cause, advice.next] {
                assert!(
                    !words.text(Language::Chinese).is_empty() && !words.text(Language::English).is_empty()
                );
            }
        }
    }

    #[test]
    fn every_sentence_belongs_to_a_code() {
        for (name, sentence) in words::ALL {
            let used =
                every_advice().any(|advice| [advice.meaning, advice.cause, advice.next].contains(sentence));
            assert!(used, "{name}");
        }
    }
}
