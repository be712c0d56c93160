//! Rate limits per app and per API: over the limit is code 416 and a block for a while.

use std::collections::{BTreeMap, VecDeque};

use super::address::Operation;
use super::codes::{Refusal, TOO_FREQUENT};
use super::limits::Limits;

#[derive(Debug, Default)]
struct Window {
    calls: VecDeque<i64>,
    blocked_until: Option<i64>,
}

/// The recent calls of every app on every API.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    windows: BTreeMap<(String, Operation), Window>,
}

impl Rates {
    /// Counts a call, or refuses it. A refused call is not counted and does not prolong the block.
    pub(super) fn admit(
        &mut self,
        app_key: &str,
        operation: Operation,
        limits: &Limits,
        now_ms: i64,
    ) -> Result<(), Refusal> {
        let (limit, span_ms, block_seconds) = match operation {
            Operation::BatchSend => (limits.batch_per_minute, 60_000, limits.batch_block_seconds),
            _ => (limits.single_per_second, 1_000, limits.single_block_seconds),
        };
        let window = self.windows.entry((app_key.to_owned(), operation)).or_default();
        if window.blocked_until.is_some_and(|until| now_ms < until) {
            return Err(too_frequent());
        }
        window.blocked_until = None;
        // A clock shifted back must not leave calls in the future.
        window.calls.retain(|at| (now_ms - span_ms < *at) && (*at <= now_ms));
        if window.calls.len() >= limit {
            window.blocked_until = Some(now_ms + block_seconds * 1_000);
            return Err(too_frequent());
        }
        window.calls.push_back(now_ms);
        Ok(())
    }
}

fn too_frequent() -> Refusal {
    Refusal::new(TOO_FREQUENT, "request frequency exceeds the limit")
}

#[cfg(test)]
mod tests {
    use super::{Limits, Operation, Rates};

    #[test]
    fn the_hundred_and_first_call_in_a_second_is_refused_and_the_app_waits_ten_seconds() {
        let (mut rates, limits) = (Rates::default(), Limits::default());
        let mut call =
            |at| rates.admit("app", Operation::Recall, &limits, at).map_err(|refusal| refusal.code);
        for _ in 0..100 {
            assert_eq!(call(5_000), Ok(()));
        }
        assert_eq!(call(5_999), Err(416));
        assert_eq!(call(15_998), Err(416));
        assert_eq!(call(15_999), Ok(()));
    }

    #[test]
    fn a_block_on_one_api_or_app_leaves_the_others_free() {
        let (mut rates, mut limits) = (Rates::default(), Limits::default());
        limits.batch_per_minute = 0;
        assert!(rates.admit("a", Operation::BatchSend, &limits, 0).is_err());
        assert!(rates.admit("a", Operation::Modify, &limits, 0).is_ok());
        limits.batch_per_minute = 1;
        assert!(rates.admit("b", Operation::BatchSend, &limits, 0).is_ok());
        assert!(rates.admit("a", Operation::BatchSend, &limits, 59_999).is_err());
        assert!(rates.admit("a", Operation::BatchSend, &limits, 60_000).is_ok());
    }
}
