//! The log of what really happened: the proof that something was done once, twice or not at all.

use std::fmt::Display;

use serde::Serialize;
use serde_json::Value;

/// What became of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    /// Stored for one receiver.
    Stored,
    /// Handed to who was online and stored nowhere.
    Delivered,
    /// Its content was replaced.
    Modified,
    /// Recalled or deleted; `detail.type` says for whom.
    Removed,
}

/// A change as a vendor's operation reports it, before it is numbered.
#[derive(Debug)]
pub(crate) struct Happening<Id = i64> {
    pub(crate) change: Change,
    pub(crate) message_server_id: Id,
    pub(crate) sender_id: String,
    pub(crate) conversation_type: i64,
    pub(crate) receiver_id: String,
    pub(crate) detail: Value,
}

/// Who caused a change, and by which call.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    pub(crate) at: i64,
    pub(crate) operation: &'static str,
    pub(crate) app_key: String,
    pub(crate) trace_id: Option<String>,
}

/// One line of the log. Ids are text: a test may read this with a JavaScript `JSON.parse`.
#[derive(Debug, Serialize)]
pub(crate) struct Effect {
    seq: usize,
    at: i64,
    operation: &'static str,
    app_key: String,
    trace_id: Option<String>,
    change: Change,
    message_server_id: String,
    sender_id: String,
    conversation_type: i64,
    receiver_id: String,
    detail: Value,
}

/// Every effect since the last reset, in order.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    log: Vec<Effect>,
}

impl Effects {
    /// Numbers a change from 1 and appends it.
    pub(crate) fn append<Id: Display>(&mut self, cause: &Cause, happening: Happening<Id>) {
        let Cause { at, operation, app_key, trace_id } = cause.clone();
        self.log.push(Effect {
            seq: self.log.len() + 1,
            at,
            operation,
            app_key,
            trace_id,
            change: happening.change,
            message_server_id: happening.message_server_id.to_string(),
            sender_id: happening.sender_id,
            conversation_type: happening.conversation_type,
            receiver_id: happening.receiver_id,
            detail: happening.detail,
        });
    }

    /// The log so far.
    pub(crate) fn all(&self) -> &[Effect] {
        &self.log
    }
}
