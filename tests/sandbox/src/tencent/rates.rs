//! Rate limits: so many calls of a command a second, so many receivers a minute, so many messages in a group a second.

use std::collections::{BTreeMap, VecDeque};

use super::address::Operation;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    /// Calls of a command.
    Calls(Operation),
    /// Receivers of batches.
    Receivers,
    /// Messages in this group.
    Group(String),
}

impl Counted {
    fn span_ms(&self) -> i64 {
        match self {
            Self::Calls(_) | Self::Group(_) => 1_000,
            Self::Receivers => 60_000,
        }
    }
}

/// Whether there is room for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    Granted,
    Refused,
}

/// What every app did lately.
#[derive(Debug, Default)]
pub(super) struct Rates {
    windows: BTreeMap<(u64, Counted), VecDeque<(i64, usize)>>,
}

impl Rates {
    /// Counts `amount` more, or refuses it uncounted.
    pub(super) fn admit(
        &mut self,
        sdkappid: u64,
        counted: Counted,
        amount: usize,
        limit: usize,
        now_ms: i64,
    ) -> Admission {
        let span_ms = counted.span_ms();
        let window = self.windows.entry((sdkappid, counted)).or_default();
        // A clock shifted back must not leave anything in the future.
        window.retain(|(at, _)| (now_ms - span_ms < *at) && (*at <= now_ms));
        let before: usize = window.iter().map(|(_, amount)| amount).sum();
        if before + amount > limit {
            return Admission::Refused;
        }
        window.push_back((now_ms, amount));
        Admission::Granted
    }
}

#[cfg(test)]
mod tests {
    use super::{Admission, Counted, Operation, Rates};

    #[test]
    fn a_refused_call_is_not_counted_and_blocks_nobody() {
        let mut rates = Rates::default();
        let mut call = |at| rates.admit(1, Counted::Calls(Operation::Send), 1, 2, at);
        assert_eq!(
            (call(0), call(0), call(999)),
            (Admission::Granted, Admission::Granted, Admission::Refused)
        );
        assert_eq!(call(1_000), Admission::Granted);
    }

    #[test]
    fn receivers_are_counted_one_by_one_over_a_minute() {
        let mut rates = Rates::default();
        let mut batch = |receivers, at| rates.admit(1, Counted::Receivers, receivers, 12_000, at);
        for _ in 0..24 {
            assert_eq!(batch(500, 0), Admission::Granted);
        }
        assert_eq!((batch(1, 59_999), batch(1, 60_000)), (Admission::Refused, Admission::Granted));
    }
}
