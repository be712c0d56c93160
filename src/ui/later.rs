//! What the page fetches when it is first needed: vendors, what follows a form, the page of the connection, jobs.
//!
//! The main module knows a part's functions as pointers only: naming one of them would bring the part's code back into it.

use std::pin::Pin;
use std::sync::OnceLock;

use leptos::prelude::*;

use super::acts::Acts;
use super::browser;
use super::connection_page::Connecting;
use super::desk::Desk;
use super::el::all;
use super::embedding::Embedding;
use super::held::Held;
use super::jobs::Jobs;
use super::start::{not_loaded, waiting};
use crate::domain::vendor::Vendor;

/// Something on its way; `None` when it did not arrive.
pub type Arriving<T> = Pin<Box<dyn Future<Output = Option<&'static T>>>>;

/// How the page comes by what is fetched later.
#[derive(Clone, Copy)]
pub struct Later {
    /// The vendor of an id.
    pub vendor: fn(&'static str) -> Arriving<Vendor>,
    /// What follows a form.
    pub acts: fn() -> Arriving<Acts>,
    /// The page of the connection.
    pub connecting: fn() -> Arriving<Connecting>,
    /// The pages of jobs.
    pub jobs: fn() -> Arriving<Jobs>,
    /// The desk in a frame.
    pub embedding: fn() -> Arriving<Embedding>,
}

/// A part of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// What follows a form.
    Acts,
    /// The page of the connection.
    Connecting,
    /// The pages of jobs.
    Jobs,
    /// The desk in a frame.
    Embedding,
}

/// The parts that are here.
pub(crate) struct Parts {
    later: Later,
    acts: OnceLock<&'static Acts>,
    connecting: OnceLock<&'static Connecting>,
    jobs: OnceLock<&'static Jobs>,
    embedding: OnceLock<&'static Embedding>,
    /// The part that is waited for in place of a page, and whether it failed to arrive.
    awaited: Held<Option<(Part, bool)>>,
}

impl Parts {
    /// None yet.
    pub(crate) fn new(later: Later) -> Self {
        let awaited = Held::new(None);
        let (acts, connecting, jobs) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { later, acts, connecting, jobs, embedding: OnceLock::new(), awaited }
    }

    /// The vendor of this id.
    pub(crate) fn vendor(&self, id: &'static str) -> Arriving<Vendor> {
        (self.later.vendor)(id)
    }

    /// What follows a form, when it is here.
    pub(crate) fn acts(&self) -> Option<&'static Acts> {
        self.acts.get().copied()
    }

    /// The page of the connection, when it is here.
    pub(crate) fn connecting(&self) -> Option<&'static Connecting> {
        self.connecting.get().copied()
    }

    /// The pages of jobs, when they are here.
    pub(crate) fn jobs(&self) -> Option<&'static Jobs> {
        self.jobs.get().copied()
    }

    /// The desk in a frame, when that is here.
    pub(crate) fn embedding(&self) -> Option<&'static Embedding> {
        self.embedding.get().copied()
    }

    /// Fetches a part that is not here yet; false when it did not arrive.
    pub(crate) async fn bring(&self, part: Part) -> bool {
        // Somebody else may wait for it as well: what came first stays.
        match part {
            Part::Acts => {
                if self.acts().is_none()
                    && let Some(acts) = (self.later.acts)().await
                {
                    self.acts.get_or_init(|| acts);
                }
                self.acts().is_some()
            }
            Part::Connecting => {
                if self.connecting().is_none()
                    && let Some(connecting) = (self.later.connecting)().await
                {
                    self.connecting.get_or_init(|| connecting);
                }
                self.connecting().is_some()
            }
            Part::Jobs => {
                if self.jobs().is_none()
                    && let Some(jobs) = (self.later.jobs)().await
                {
                    self.jobs.get_or_init(|| jobs);
                }
                self.jobs().is_some()
            }
            Part::Embedding => {
                if self.embedding().is_none()
                    && let Some(embedding) = (self.later.embedding)().await
                {
                    self.embedding.get_or_init(|| embedding);
                }
                self.embedding().is_some()
            }
        }
    }

    /// Fetches a part that the page shown waits for.
    fn want(&self, desk: Desk, part: Part) {
        browser::spawn(async move {
            let parts = &desk.parts;
            parts.awaited.set(Some((part, false)));
            let arrived = parts.bring(part).await;
            // Another one may be waited for by now.
            if parts.awaited.get_untracked().is_some_and(|(awaited, _)| awaited == part) {
                parts.awaited.set((!arrived).then_some((part, true)));
                if arrived && desk.moved.get_untracked() {
                    browser::focus_soon("page-title");
                }
            }
        });
    }
}

/// A page that may have to be fetched first; followed.
pub(crate) fn fetched(desk: Desk, part: Part, page: Option<fn(Desk) -> AnyView>) -> AnyView {
    if let Some(page) = page {
        return page(desk);
    }
    let language = desk.language.get();
    match desk.parts.awaited.get() {
        Some((awaited, true)) if awaited == part => {
            all(not_loaded(language, move || desk.parts.want(desk, part)))
        }
        Some((awaited, false)) if awaited == part => waiting(language),
        _ => {
            desk.parts.want(desk, part);
            waiting(language)
        }
    }
}
