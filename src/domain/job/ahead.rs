//! A clock that was set, or a computer that slept: told by a clock that can be set and one that cannot. Pure.

use std::cell::Cell;

/// Jumps below this are the two clocks' own unevenness, in milliseconds.
const JUMP: i64 = 2_000;

/// How far the clock that can be set was ahead of the other when somebody last asked. Each who asks keeps one: what one was told
/// is news to another.
#[derive(Debug, Default)]
pub struct Ahead(Cell<Option<i64>>);

impl Ahead {
    /// By how much the clock jumped since this was last asked, when it is so far ahead now.
    pub fn jumped(&self, ahead: i64) -> Option<i64> {
        let before = self.0.replace(Some(ahead))?;
        Some(ahead - before).filter(|by| by.abs() > JUMP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_who_asks_is_told_of_a_jump_once() {
        let (one, other) = (Ahead::default(), Ahead::default());
        assert_eq!((one.jumped(1_000), other.jumped(1_000)), (None, None), "nothing is known before");
        assert_eq!((one.jumped(2_900), one.jumped(61_000)), (None, Some(58_100)));
        assert_eq!((other.jumped(61_000), other.jumped(61_000)), (Some(60_000), None));
        assert_eq!(one.jumped(1_000), Some(-60_000));
    }
}
