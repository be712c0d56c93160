//! Going on with a job in another browser: the whole of it as a file, after which nothing leaves from here.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::progress_view::when;
use super::runner::{Runner, is_running};
use super::shown::Shown;
use super::{files, state};
use crate::domain::batch::packed::pack;
use crate::domain::job::event::{Event, Phase};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, derived, live, nothing};
use crate::ui::parts::{Button, actions, card, heading, paragraph, say};
use crate::words::jobs as words;

/// How long the disk is waited for before the file is given anyway, in steps of so many milliseconds.
const STEPS: (u32, u32) = (30, 100);

/// The part of a job's page that hands it over.
pub(super) fn hand_over_view(desk: Desk, id: StoredValue<String>, shown: Shown) -> AnyView {
    let sure = RwSignal::new(false);
    let give = move || {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        sure.set(false);
        if let Some(runner) = id.with_value(|id| state::runner(id)) {
            browser::spawn(async move { give(&runner).await });
        }
    };
    let again = move || {
        if let Some(runner) = id.with_value(|id| state::runner(id)) {
            save(&runner);
        }
    };
    let label = derived(move || {
        let label = if sure.get() { words::HAND_OVER_SURE } else { words::HAND_OVER };
        label.text(desk.language.get()).to_owned()
    });
    let offer = move || {
        card(vec![
            heading(desk, words::HAND_OVER_TITLE),
            paragraph("hint", say(desk, words::HAND_OVER_HINT)),
            actions(vec![Button::new("button", label, give).id("job-hand-over").view()]),
        ])
    };
    let given = move || {
        card(vec![
            heading(desk, words::HAND_OVER_TITLE),
            paragraph("hint", say(desk, words::HANDED_OVER_HINT)),
            actions(vec![
                Button::new("button", say(desk, words::HAND_OVER_AGAIN), again).id("job-file").view(),
            ]),
        ])
    };
    all(vec![
        when(
            shown,
            |it| {
                let ended = matches!(it.phase, Phase::Stopped | Phase::Elsewhere | Phase::HandedOver);
                !is_running(it.phase) && !ended
            },
            offer,
        ),
        when(shown, |it| it.phase == Phase::HandedOver, given),
    ])
}

/// Only what is durable is given: else a reload would go on with it here as well. A disk that fails is not waited for long, and
/// that is said.
async fn give(runner: &std::rc::Rc<Runner>) {
    runner.feed(Event::HandOver);
    for _ in 0..STEPS.0 {
        if runner.is_durable() {
            break;
        }
        TimeoutFuture::new(STEPS.1).await;
    }
    if !runner.is_durable() {
        runner.shown.refusal.set(Some(words::GIVEN_UNWRITTEN));
    }
    save(runner);
}

fn save(runner: &Runner) {
    let lines = runner.learnt.borrow().lines();
    let name = format!("{}-{}.job.json", runner.head.operation, runner.head.created);
    files::save(&name, "application/json", &[pack(&runner.head, &runner.body, &lines)]);
    runner.note_saved();
}

/// What the browser answered when it was asked to keep the site's data, and that there are no locks.
pub(super) fn keeping_view(desk: Desk) -> AnyView {
    let asked = live(move || match state::persistent() {
        Some(true) => paragraph("hint", say(desk, words::PERSISTENT)),
        Some(false) => paragraph("hint", say(desk, words::NOT_PERSISTENT)),
        None => nothing(),
    });
    let locks = crate::store::lock::are_there();
    let unlocked = if locks { nothing() } else { paragraph("verdict warn", say(desk, words::NO_LOCKS)) };
    all(vec![unlocked, asked])
}
