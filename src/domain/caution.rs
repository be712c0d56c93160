//! How much confirmation an act needs. Pure.

use super::operation::Danger;

/// Where an act lands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A sandbox: nobody gets anything.
    Practice,
    /// Real people.
    Production,
}

/// The four tiers of confirmation, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caution {
    /// None: it only looks.
    None,
    /// The panel beside the form and a button named for the act.
    Inline,
    /// A dialog with the scope sentence.
    Dialog,
    /// A dialog in which the count must be typed.
    TypedCount,
}

/// More than this are so many that their count is to be typed.
pub const RECALLS: usize = 20;
const SENDS: usize = 50;

/// The tier for an act that touches `targets` messages or receivers.
pub fn caution(danger: Danger, targets: usize, stage: Stage) -> Caution {
    match (danger, stage) {
        (Danger::Looks, _) => Caution::None,
        (Danger::Corrects, Stage::Practice) if targets == 1 => Caution::Inline,
        (Danger::Corrects, _) if targets == 1 => Caution::Dialog,
        (Danger::Destroys | Danger::Sends | Danger::Corrects, Stage::Production) => Caution::TypedCount,
        (Danger::Destroys | Danger::Corrects, Stage::Practice) if targets <= RECALLS => Caution::Dialog,
        (Danger::Sends, Stage::Practice) if targets <= SENDS => Caution::Dialog,
        (Danger::Destroys | Danger::Sends | Danger::Corrects, Stage::Practice) => Caution::TypedCount,
    }
}

/// Whether what was typed into the dialog is the count; surrounding spaces and full-width digits are forgiven.
pub fn is_count(typed: &str, targets: usize) -> bool {
    let digits: String = typed
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            _ => c,
        })
        .collect();
    digits == targets.to_string()
}

/// Seconds in which an act can be taken back before its request leaves.
pub const fn undo_seconds(danger: Danger) -> u32 {
    match danger {
        Danger::Looks | Danger::Corrects => 0,
        Danger::Sends | Danger::Destroys => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_an_act_can_break_the_more_it_asks() {
        use Danger::{Corrects, Destroys, Looks, Sends};
        use Stage::{Practice, Production};
        for (danger, targets, stage, expected) in [
            (Looks, 1, Production, Caution::None),
            (Corrects, 1, Practice, Caution::Inline),
            (Corrects, 1, Production, Caution::Dialog),
            (Destroys, 20, Practice, Caution::Dialog),
            (Destroys, 21, Practice, Caution::TypedCount),
            (Destroys, 1, Production, Caution::TypedCount),
            (Sends, 50, Practice, Caution::Dialog),
            (Sends, 51, Practice, Caution::TypedCount),
            (Sends, 1, Production, Caution::TypedCount),
        ] {
            assert_eq!(caution(danger, targets, stage), expected, "{danger:?} {targets} {stage:?}");
        }
    }

    #[test]
    fn the_count_is_compared_without_spaces_and_width() {
        assert!(is_count(" １2 ", 12));
        assert!(!is_count("", 0) && !is_count("1", 12) && !is_count("012", 12));
    }
}
