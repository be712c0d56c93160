//! The end of a job by a person's hand: the first press lets nothing more leave, the second one ends it for good.

use leptos::prelude::*;

use super::progress_view::when;
use super::runner::is_running;
use super::shown::Shown;
use super::state::with;
use crate::domain::job::event::{Event, Phase};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::derived;
use crate::ui::parts::Button;
use crate::words::jobs as words;

/// The button, for as long as there is something to end.
pub(super) fn stop_view(desk: Desk, id: StoredValue<String>, shown: Shown) -> AnyView {
    let sure = RwSignal::new(false);
    let press = move || {
        with(id, |runner| {
            let running = is_running(runner.phase());
            if sure.get_untracked() && !running {
                runner.feed(Event::Stop);
                // The button is gone.
                browser::focus_soon("job-phase");
            } else if running {
                runner.feed(Event::Pause);
            }
        });
        sure.set(true);
    };
    let label = derived(move || {
        let rests = shown.progress.with(|it| it.as_ref().is_some_and(|it| !is_running(it.phase)));
        let label = if sure.get() && rests { words::STOP_SURE } else { words::STOP };
        label.text(desk.language.get()).to_owned()
    });
    when(
        shown,
        |it| is_running(it.phase) || matches!(it.phase, Phase::Paused(_)),
        move || Button::new("button", label, press).id("job-stop").view(),
    )
}
