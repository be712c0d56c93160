//! The sandbox's clock: the machine's own, shifted by a test. Everything else receives the time as an argument.

use std::time::{SystemTime, UNIX_EPOCH};

/// A clock that a control route may shift, in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset_ms: i64,
}

impl Clock {
    /// Unix milliseconds as the sandbox sees them.
    pub(crate) fn now_ms(&self) -> i64 {
        let machine = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|since| i64::try_from(since.as_millis()).ok())
            .unwrap_or_default();
        machine.saturating_add(self.offset_ms)
    }

    /// Sets how far the sandbox is ahead of the machine (negative: behind it).
    pub(crate) fn shift(&mut self, offset_ms: i64) {
        self.offset_ms = offset_ms;
    }
}
