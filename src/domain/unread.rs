//! Which results nobody may have seen when the page goes, and how they are written down until it is back. Pure.

/// How long a result stands there before it counts as seen, in milliseconds.
const LOOK: i64 = 10_000;
/// Between two results.
const NEXT: char = '\u{1e}';
/// Between the languages of one.
const OTHER: char = '\u{1f}';

/// A result in every language, Chinese first.
pub type Line = [String; 2];

/// Whether nobody may have seen what ended then: it was only just now, or no hand has been on the page since.
pub const fn may_be_unseen(ended: i64, hand: i64, now: i64) -> bool {
    ended >= hand || now - ended < LOOK
}

/// Results as one text.
pub fn write(lines: &[Line]) -> String {
    lines.iter().map(|[chinese, english]| format!("{chinese}{OTHER}{english}{NEXT}")).collect()
}

/// The results of such a text.
pub fn read(text: &str) -> Vec<Line> {
    let line = |line: &str| line.split_once(OTHER).map(|(one, two)| [one.to_owned(), two.to_owned()]);
    text.split(NEXT).filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_unseen_for_ten_seconds_and_until_a_hand_was_on_the_page() {
        for (ended, hand, now, unseen) in [
            (1_000, 500, 1_001, true),
            (1_000, 5_000, 10_999, true),
            (1_000, 5_000, 11_000, false),
            // Nobody was there when it came, however long it stands.
            (1_000, 999, 900_000, true),
            (1_000, 1_000, 900_000, true),
            // Nobody was ever watched for.
            (1_000, 0, 900_000, true),
        ] {
            assert_eq!(may_be_unseen(ended, hand, now), unseen, "{ended} {hand} {now}");
        }
    }

    #[test]
    fn results_are_read_as_they_were_written_and_one_text_can_follow_another() {
        let line = |text: &str| [format!("{text} 一"), format!("{text} one\n<b>")];
        let (first, second) = ([line("1"), line("2")], [line("3")]);
        let both = write(&first) + &write(&second);
        assert_eq!(read(&both), [line("1"), line("2"), line("3")]);
        assert!(read("").is_empty() && read("something else").is_empty());
    }
}
