//! The limits that a test may change.

use serde::{Deserialize, Serialize};

const LONGEST_RECALL_WINDOW_SECONDS: i64 = 604_800;

/// The limits in force.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Limits {
    /// Calls per second, per app and per API, of every call not named below.
    pub(super) calls_per_second: usize,
    /// Calls per second of a send to groups.
    pub(super) group_calls_per_second: usize,
    /// Messages per minute to users, each receiver counted.
    pub(super) user_messages_per_minute: usize,
    /// Messages per second to groups, each group counted.
    pub(super) group_messages_per_second: usize,
    /// Messages per second to rooms, each room counted.
    pub(super) room_messages_per_second: usize,
    /// Hour files asked for per minute.
    pub(super) hour_files_per_minute: usize,
    /// Conversations deleted per minute and user.
    pub(super) conversations_per_minute: usize,
    /// Receivers of one send to users.
    pub(super) receivers: usize,
    /// Tokens per minute beyond which one more is noted as too many.
    pub(super) tokens_per_minute: usize,
    /// Lifetime of a token whose call names none.
    pub(super) token_ttl_seconds: i64,
    /// How long a recall without force is allowed.
    pub(super) recall_window_seconds: i64,
    /// How long a message is stored.
    pub(super) storage_days: i64,
    /// Edits of one message.
    pub(super) edits: u32,
    /// How soon after an edit another one of the same message is answered with 409; 0 is never.
    pub(super) concurrent_edit_ms: i64,
    /// Hours between UTC and the names of the hour files: 8 in mainland China, 0 overseas.
    pub(super) zone_hours: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls_per_second: 100,
            group_calls_per_second: 20,
            user_messages_per_minute: 6_000,
            group_messages_per_second: 20,
            room_messages_per_second: 100,
            hour_files_per_minute: 10,
            conversations_per_minute: 5,
            receivers: 600,
            tokens_per_minute: 2,
            token_ttl_seconds: 5_184_000,
            recall_window_seconds: 120,
            storage_days: 7,
            edits: 10,
            concurrent_edit_ms: 0,
            zone_hours: 8,
        }
    }
}

impl Limits {
    /// Refuses what would make no sense.
    ///
    /// # Errors
    /// A sentence about the limit that is out of range.
    pub(super) fn check(&self) -> Result<(), String> {
        let ranges = [
            ("recall_window_seconds", self.recall_window_seconds, 0..=LONGEST_RECALL_WINDOW_SECONDS),
            ("token_ttl_seconds", self.token_ttl_seconds, 0..=1_000_000_000),
            ("storage_days", self.storage_days, 0..=36_500),
            ("concurrent_edit_ms", self.concurrent_edit_ms, 0..=86_400_000),
            ("zone_hours", self.zone_hours, -12..=14),
        ];
        match ranges.into_iter().find(|(_, value, range)| !range.contains(value)) {
            Some((name, _, range)) => {
                Err(format!("{name} must be between {} and {}", range.start(), range.end()))
            }
            None => Ok(()),
        }
    }
}
