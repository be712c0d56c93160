//! What follows a form, as one part of the page that is fetched when it is first needed: asking, sending, results, messages.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;

use super::act::{self, Pressed, Progress};
use super::desk::Desk;
use super::form_state::FormState;
use super::in_use::InUse;
use super::{follow_up, kept, original, paste_page, proof, record_page};
use crate::domain::message::Message;
use crate::domain::operation::Operation;
use crate::domain::validation::Valid;

/// A message that is looked up.
pub(crate) type LookedUp = Pin<Box<dyn Future<Output = Option<Message>>>>;

/// The ways into this part.
pub struct Acts {
    /// Asks for what a press on a form's button stands for, or carries it out where nothing needs to be asked.
    pub(crate) begin: fn(Desk, Progress, Pressed),
    /// The dialog that asks.
    pub(crate) asking: fn(Desk, FormState, Progress) -> AnyView,
    /// What is going on between the confirmation and the result.
    pub(crate) under_way: fn(Desk, Progress) -> AnyView,
    /// The result.
    pub(crate) finished: fn(Desk, Progress) -> AnyView,
    /// A message beside what it becomes.
    pub(crate) beside: fn(Desk, FormState, &'static Operation, &Arc<Message>) -> AnyView,
    /// Looks the message up that an act is about.
    pub(crate) look_up: fn(InUse, &'static Operation, Valid, Option<Arc<Message>>) -> LookedUp,
    /// The page of the record.
    pub(crate) record: fn(Desk) -> AnyView,
    /// The page that recognises messages in what is pasted.
    pub(crate) paste: fn(Desk) -> AnyView,
    /// Keeps results that nobody may have seen: the page is about to begin anew.
    pub(crate) keep: fn(Desk),
    /// What was kept.
    pub(crate) kept: fn(Desk) -> AnyView,
}

/// This part.
pub fn acts() -> &'static Acts {
    &Acts {
        begin: act::begin,
        asking: follow_up::asking,
        under_way: follow_up::under_way,
        finished: follow_up::finished,
        beside: original::beside,
        look_up: |in_use, operation, valid, about| {
            Box::pin(
                async move { proof::original(&in_use.connection, operation, &valid, about.as_deref()).await },
            )
        },
        record: record_page::record_page,
        paste: paste_page::paste_page,
        keep: kept::keep,
        kept: kept::told,
    }
}
