//! What would be lost if the page went, and the lock, for which it goes.

use gloo_timers::future::TimeoutFuture;

use super::act::{Phase, Progress};
use super::browser;
use super::desk::Shared;
use super::form_state::Filling;

/// How often it is looked whether a lock that waits can be done, in milliseconds.
const LOCK_AGAIN: u32 = 500;

impl Shared {
    /// Whether something stands in a form that was neither sent nor cleared.
    pub(crate) fn is_unfinished(&self) -> bool {
        let unsent = |progress: &Progress| {
            let done = progress.phase.with_untracked(|phase| matches!(phase, Phase::Done { .. }));
            !done && self.form(progress.operation.id).is_some_and(Filling::is_unsaved)
        };
        self.progress.with_untracked(|all| all.iter().any(unsent))
    }

    /// Whether a request is on its way, or about to leave.
    pub(crate) fn is_busy(&self) -> bool {
        self.progress.with_untracked(|all| all.iter().any(|it| it.phase.with_untracked(Phase::is_busy)))
    }

    /// Forgets every secret: the page begins anew, and its memory goes. How acts ended that nobody may have seen is said again then. False, and nothing is forgotten, while a request or a job is
    /// under way.
    pub(crate) fn lock(&'static self) -> bool {
        let free = !browser::is_leaving_guarded();
        if free {
            // Without that part there was no act either.
            if let Some(acts) = self.parts.acts() {
                (acts.keep)(self);
            }
            browser::reload();
        }
        free
    }

    /// The same, and as soon as nothing is under way when it cannot be done now; false when it waits.
    pub(crate) fn lock_when_free(&'static self) -> bool {
        let free = self.lock();
        if !free && !self.lock_waits.with_untracked(|waits| *waits) {
            self.lock_waits.set(true);
            browser::spawn(async move {
                while !self.lock() {
                    TimeoutFuture::new(LOCK_AGAIN).await;
                }
            });
        }
        free
    }
}
