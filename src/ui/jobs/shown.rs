//! What a page shows of a job, and how often it is brought up to date.

use std::rc::Rc;

use super::runner::Runner;
use super::{awake, clock, state};
use crate::domain::batch::trouble::Trouble;
use crate::domain::job::engine::Progress;
use crate::domain::job::event::Notice;
use crate::domain::job::item::Counts;
use crate::ui::embedding::tell_job;
use crate::ui::held::Held;
use crate::words::Words;

/// At least so many milliseconds lie between two times that progress is shown: drawing each of two hundred answers a second
/// takes longer than sending them.
const SHOW_EVERY: u32 = 200;

/// What a page shows of a job. Handles that live as long as the desk.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// How far it is.
    pub(super) progress: Held<Option<Progress>>,
    /// What is to be told.
    pub(super) notice: Held<Option<Notice>>,
    /// What the browser says of a write that failed.
    pub(super) fault: Held<Option<String>>,
    /// Why it cannot go on at this moment.
    pub(super) refusal: Held<Option<Words>>,
    /// What this place forbids of it, with the rows, when it was last to go on.
    pub(super) forbidden: Held<Vec<Trouble>>,
    /// How many unknown items were looked for, of how many, while that is under way; changes with each look.
    pub(super) looking: Held<Option<(u32, u32)>>,
    /// What the page that runs it tells of it, while that is another.
    pub(super) elsewhere: Held<Elsewhere>,
    /// How it stood when its results were saved as a file.
    saved: Held<Option<Counts>>,
}

/// What is known here of a job that another page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// Nothing was heard of it yet.
    Silent,
    /// It is in this phase.
    Tells(Words),
    /// Nobody has it open any more.
    Free,
}

impl Shown {
    /// Nothing known yet.
    pub(super) fn new() -> Self {
        Self {
            progress: Held::new(None),
            notice: Held::new(None),
            fault: Held::new(None),
            refusal: Held::new(None),
            forbidden: Held::new(Vec::new()),
            looking: Held::new(None),
            elsewhere: Held::new(Elsewhere::Silent),
            saved: Held::new(None),
        }
    }
}

impl Runner {
    /// Shows how far the job is, to the host as well: another phase at once, all else in a moment.
    pub(super) fn show(self: &Rc<Self>) {
        let shown = self.shown.progress.with_untracked(|progress| progress.as_ref().map(|it| it.phase));
        if shown != Some(self.phase()) {
            return self.show_now();
        }
        if self.shows.replace(true) {
            return;
        }
        let runner = self.clone();
        clock::after(SHOW_EVERY, move || {
            runner.shows.set(false);
            // What was let go of meanwhile may be run elsewhere by now.
            if state::runner(&runner.head.id).is_some_and(|open| Rc::ptr_eq(&open, &runner)) {
                runner.show_now();
            }
        });
    }

    fn show_now(&self) {
        let progress = self.progress();
        if self.is_ours() {
            awake::want(self.acts());
        }
        self.shown.progress.set(Some(progress));
        self.tell_host();
    }

    fn tell_host(&self) {
        let loses = self.holds_the_page();
        self.shown.progress.with_untracked(|progress| {
            progress.iter().for_each(|progress| tell_job(&self.head, progress, loses));
        });
    }

    /// Whether what became of it is known to this page alone: the browser keeps nothing, and no file has it as it stands; followed.
    pub(super) fn is_unsaved(&self) -> bool {
        let counts = self.shown.progress.with(|progress| progress.as_ref().map(|progress| progress.counts));
        let begun = counts.is_some_and(|counts| counts.planned < counts.total());
        begun && self.store.is_forgetful().is_some() && self.shown.saved.get() != counts
    }

    /// Its results were saved as a file.
    pub(super) fn note_saved(&self) {
        let counts =
            self.shown.progress.with_untracked(|progress| progress.as_ref().map(|progress| progress.counts));
        self.shown.saved.set(counts);
        self.tell_host();
    }
}
