//! The brake: a job that fails again and again pauses by itself. Pure.

use super::retry::Why;

/// When to brake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// So many requests in a row without any success; 0 never.
    pub row: u8,
    /// Of the last so many items, 128 at most; 0 never.
    pub last: u8,
    /// More than so many per cent were rejected or unknown.
    pub percent: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self { row: 5, last: 50, percent: 20 }
    }
}

/// What was seen since the job last began to run.
#[derive(Clone, Debug)]
pub struct Brake {
    limits: Limits,
    row: u8,
    /// One bit per item, the newest lowest; a failure is 1.
    last: u128,
    seen: u8,
}

impl Brake {
    /// Nothing seen yet.
    pub fn new(limits: Limits) -> Self {
        let limits = Limits { last: limits.last.min(128), ..limits };
        Self { limits, row: 0, last: 0, seen: 0 }
    }

    /// Forgets what was seen: a person looked at it.
    pub fn release(&mut self) {
        *self = Self::new(self.limits);
    }

    /// Takes note of a request that is settled: for each of its items that is done with, whether it failed.
    pub fn request(&mut self, failed: impl IntoIterator<Item = bool>) -> Option<Why> {
        let (mut any, mut success) = (false, false);
        let mut share = None;
        for failed in failed {
            any = true;
            success |= !failed;
            self.last = (self.last << 1) | u128::from(failed);
            self.seen = self.seen.saturating_add(1).min(self.limits.last);
            share = share.or(self.share());
        }
        if any {
            self.row = if success { 0 } else { self.row.saturating_add(1) };
        }
        let row = (self.limits.row > 0 && self.row >= self.limits.row).then_some(Why::Row);
        row.or(share)
    }

    fn share(&self) -> Option<Why> {
        let window = u32::from(self.limits.last);
        if window == 0 || u32::from(self.seen) < window {
            return None;
        }
        let failures = (self.last << (128 - window)).count_ones();
        (failures * 100 > window * u32::from(self.limits.percent)).then_some(Why::Share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_in_a_row_brake_and_a_success_between_does_not() {
        let mut brake = Brake::new(Limits::default());
        for _ in 0..4 {
            assert_eq!(brake.request([true]), None);
        }
        assert_eq!(brake.request([true, false]), None);
        for _ in 0..4 {
            assert_eq!(brake.request([true, true]), None);
        }
        // What said nothing about any item is no failure, and no success.
        assert_eq!(brake.request([]), None);
        assert_eq!(brake.request([true]), Some(Why::Row));
        brake.release();
        assert_eq!(brake.request([true]), None);
    }

    #[test]
    fn more_than_a_fifth_of_the_last_fifty_brake() {
        let mut brake = Brake::new(Limits { row: 0, ..Limits::default() });
        assert_eq!(brake.request((0..50).map(|at| at % 5 == 0)), None);
        assert_eq!(brake.request([false]), None);
        assert_eq!(brake.request([true, true]), Some(Why::Share));
        let mut brake = Brake::new(Limits { row: 0, last: 255, percent: 0 });
        assert_eq!(brake.request(std::iter::repeat_n(true, 127)), None);
        assert_eq!(brake.request([false]), Some(Why::Share));
    }

    #[test]
    fn a_share_of_a_few_says_nothing() {
        let mut brake = Brake::new(Limits { row: 0, ..Limits::default() });
        assert_eq!(brake.request(std::iter::repeat_n(true, 49)), None);
    }
}
