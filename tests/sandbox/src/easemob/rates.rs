//! Rate limits in sliding windows. What is refused does not count, and there is no block.

use std::collections::{BTreeMap, VecDeque};

use super::address::{Call, Operation};
use super::limits::Limits;
use super::refusal::Refusal;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;

/// What is counted recently, by app and API or receiver class.
#[derive(Debug, Default)]
pub(super) struct Rates {
    windows: BTreeMap<String, VecDeque<i64>>,
}

impl Rates {
    fn admit(&mut self, key: String, count: usize, limit: usize, span_ms: i64, now_ms: i64) -> bool {
        let window = self.windows.entry(key).or_default();
        // A clock shifted back must not leave calls in the future.
        window.retain(|at| (now_ms - span_ms < *at) && (*at <= now_ms));
        let fits = window.len().saturating_add(count) <= limit;
        if fits {
            window.extend(std::iter::repeat_n(now_ms, count));
        }
        fits
    }

    /// Counts a call, or refuses it with 429.
    pub(super) fn admit_call(
        &mut self,
        app_key: &str,
        call: Call<'_>,
        limits: &Limits,
        now_ms: i64,
    ) -> Result<(), Refusal> {
        let name = call.operation().name();
        let key = format!("{app_key} {name}");
        let admitted = match call {
            Call::HourFile { .. } => self.admit(key, 1, limits.hour_files_per_minute, MINUTE_MS, now_ms),
            Call::DeleteConversation { user } => {
                let key = format!("{key} {user}");
                self.admit(key, 1, limits.conversations_per_minute, MINUTE_MS, now_ms)
            }
            Call::SendGroups => self.admit(key, 1, limits.group_calls_per_second, SECOND_MS, now_ms),
            _ => self.admit(key, 1, limits.calls_per_second, SECOND_MS, now_ms),
        };
        match admitted {
            true => Ok(()),
            false => Err(Refusal::new(429, "too_many_requests", "This request has reached api limit")),
        }
    }

    /// Counts messages to be sent, or refuses all of them with 403.
    pub(super) fn admit_messages(
        &mut self,
        app_key: &str,
        operation: Operation,
        count: usize,
        limits: &Limits,
        now_ms: i64,
    ) -> Result<(), Refusal> {
        let (limit, span_ms) = match operation {
            Operation::SendGroups => (limits.group_messages_per_second, SECOND_MS),
            Operation::SendRooms => (limits.room_messages_per_second, SECOND_MS),
            _ => (limits.user_messages_per_minute, MINUTE_MS),
        };
        let key = format!("{app_key} {} messages", operation.name());
        match self.admit(key, count, limit, span_ms, now_ms) {
            true => Ok(()),
            false => Err(Refusal::new(403, "message_send_error", "message send reach limit")),
        }
    }
}
