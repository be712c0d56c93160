//! The limits that a test may change; at the start they are the vendor's defaults.

use serde::{Deserialize, Serialize};

const LONGEST_STORAGE_SECONDS: i64 = 10 * 365 * 86_400;

/// The limits in force.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Limits {
    /// Calls per second, per app and per command.
    pub(super) calls_per_second: usize,
    /// Receivers of all batches of an app in a minute.
    pub(super) batch_receivers_per_minute: usize,
    /// Receivers in one batch.
    pub(super) batch_receivers: usize,
    /// Messages per second in one group.
    pub(super) group_messages_per_second: usize,
    /// How long a message is stored (历史消息存储时长), in seconds.
    pub(super) storage_seconds: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls_per_second: 200,
            batch_receivers_per_minute: 12_000,
            batch_receivers: 500,
            group_messages_per_second: 40,
            storage_seconds: 7 * 86_400,
        }
    }
}

/// The limits a control call wants to change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitsPatch {
    calls_per_second: Option<usize>,
    batch_receivers_per_minute: Option<usize>,
    batch_receivers: Option<usize>,
    group_messages_per_second: Option<usize>,
    storage_seconds: Option<i64>,
}

impl Limits {
    /// Takes over what the patch names.
    ///
    /// # Errors
    /// A sentence when the storage is out of range; then nothing is changed.
    pub(super) fn apply(&mut self, patch: &LimitsPatch) -> Result<(), String> {
        let storage_seconds = patch.storage_seconds.unwrap_or(self.storage_seconds);
        if !(0..=LONGEST_STORAGE_SECONDS).contains(&storage_seconds) {
            return Err("storage_seconds must be between 0 and 10 years".to_owned());
        }
        *self = Self {
            calls_per_second: patch.calls_per_second.unwrap_or(self.calls_per_second),
            batch_receivers_per_minute: patch
                .batch_receivers_per_minute
                .unwrap_or(self.batch_receivers_per_minute),
            batch_receivers: patch.batch_receivers.unwrap_or(self.batch_receivers),
            group_messages_per_second: patch
                .group_messages_per_second
                .unwrap_or(self.group_messages_per_second),
            storage_seconds,
        };
        Ok(())
    }

    /// Whether a message of this time (Unix seconds) is still stored.
    pub(super) fn keep(&self, time: i64, now: i64) -> bool {
        now - time <= self.storage_seconds
    }
}
