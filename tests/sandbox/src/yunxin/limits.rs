//! The limits that a test may change; at the start they are those of the standard plan (标准版).

use serde::{Deserialize, Serialize};

const LONGEST_RECALL_WINDOW_SECONDS: i64 = 604_800;
const LONGEST_BLOCK_SECONDS: i64 = 86_400;

/// The limits in force.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Limits {
    /// Calls per second, per app and per API, of every call but batch send.
    pub(super) single_per_second: usize,
    /// Calls per minute and app of batch send.
    pub(super) batch_per_minute: usize,
    /// Receivers in one batch.
    pub(super) batch_receivers: usize,
    /// How long a two-way recall is allowed, in seconds.
    pub(super) recall_window_seconds: i64,
    /// How long an app is blocked on a single-call API after exceeding its rate, in seconds.
    pub(super) single_block_seconds: i64,
    /// The same for batch send.
    pub(super) batch_block_seconds: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            single_per_second: 100,
            batch_per_minute: 120,
            batch_receivers: 500,
            recall_window_seconds: 120,
            single_block_seconds: 10,
            batch_block_seconds: 60,
        }
    }
}

/// The limits a control call wants to change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LimitsPatch {
    single_per_second: Option<usize>,
    batch_per_minute: Option<usize>,
    batch_receivers: Option<usize>,
    recall_window_seconds: Option<i64>,
    single_block_seconds: Option<i64>,
    batch_block_seconds: Option<i64>,
}

impl Limits {
    /// Takes over what the patch names.
    ///
    /// # Errors
    /// A sentence when the recall window or a block is out of range; then nothing is changed.
    pub(crate) fn apply(&mut self, patch: &LimitsPatch) -> Result<(), String> {
        let window = patch.recall_window_seconds.unwrap_or(self.recall_window_seconds);
        if !(0..=LONGEST_RECALL_WINDOW_SECONDS).contains(&window) {
            return Err("recall_window_seconds must be between 0 and 604800".to_owned());
        }
        for seconds in [patch.single_block_seconds, patch.batch_block_seconds] {
            if seconds.is_some_and(|seconds| !(0..=LONGEST_BLOCK_SECONDS).contains(&seconds)) {
                return Err("a block lasts between 0 and 86400 seconds".to_owned());
            }
        }
        *self = Self {
            single_per_second: patch.single_per_second.unwrap_or(self.single_per_second),
            batch_per_minute: patch.batch_per_minute.unwrap_or(self.batch_per_minute),
            batch_receivers: patch.batch_receivers.unwrap_or(self.batch_receivers),
            recall_window_seconds: window,
            single_block_seconds: patch.single_block_seconds.unwrap_or(self.single_block_seconds),
            batch_block_seconds: patch.batch_block_seconds.unwrap_or(self.batch_block_seconds),
        };
        Ok(())
    }
}
