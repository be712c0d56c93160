//! Messages that were chosen for a job, on their way to the page that makes it: that page may have to be fetched first.
//!
//! The list of messages and the pages of jobs are parts of their own, which know this and not each other.

use std::cell::RefCell;
use std::sync::Arc;

use super::browser;
use super::route::Route;
use crate::domain::message::Message;
use crate::domain::operation::Operation;

/// The operation's id, and what was chosen for it.
type Chosen = (&'static str, Vec<Arc<Message>>);

thread_local! {
    static CHOSEN: RefCell<Option<Chosen>> = const { RefCell::new(None) };
}

/// Goes to the page that makes a job, with these messages for it.
pub(crate) fn go(operation: &'static Operation, messages: Vec<Arc<Message>>) {
    CHOSEN.set(Some((operation.id, messages)));
    browser::set_hash(&Route::Jobs(format!("new/{}", operation.id)).print());
}

/// The messages that were chosen for a job of this operation; once. Those for another one are not waited with any longer.
pub(crate) fn take(operation: &Operation) -> Option<Vec<Arc<Message>>> {
    CHOSEN.take().filter(|(id, _)| *id == operation.id).map(|(_, messages)| messages)
}
