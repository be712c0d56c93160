//! The seconds between a confirmation and the first request, in which all of it can be taken back.

use leptos::prelude::*;

use super::confirm::{Asked, Deed};
use super::state::with;
use crate::domain::caution::undo_seconds;
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{derived, el, live, nothing};
use crate::ui::parts::{Button, actions, card, say};
use crate::words::desk as said;

/// What was confirmed, and how many seconds are left; none while nothing counts down.
pub(super) type Leaving = RwSignal<Option<(Asked, u32)>>;

/// Begins the seconds in which what was confirmed can be taken back.
pub(super) fn leave(desk: Desk, id: StoredValue<String>, leaving: Leaving, ask: Asked) {
    let seconds = undo_seconds(ask.operation.danger);
    if seconds == 0 {
        return act(desk, id, ask.deed);
    }
    leaving.set(Some((ask, seconds)));
    browser::focus_soon("take-back");
    browser::spawn(async move {
        loop {
            gloo_timers::future::TimeoutFuture::new(1_000).await;
            // The page may be gone by then: what was not gone is taken back.
            let Some(Some((ask, left))) = leaving.try_get_untracked() else { return };
            if left <= 1 {
                leaving.set(None);
                browser::focus_soon_if_lost("job-phase");
                return act(desk, id, ask.deed);
            }
            leaving.set(Some((ask, left - 1)));
        }
    });
}

/// How many they still are, and both ways out of them.
pub(super) fn leaving_view(desk: Desk, id: StoredValue<String>, leaving: Leaving) -> AnyView {
    let waits = Memo::new(move |_| leaving.with(Option::is_some));
    live(move || {
        if !waits.get() {
            return nothing();
        }
        let left = derived(move || {
            let left = leaving.with(|it| it.as_ref().map_or(0, |(_, left)| *left));
            desk.fill(said::LEAVES_IN, &[("seconds", &left.to_string())])
        });
        let now = move |event: web_sys::Event| {
            if browser::is_trusted(&event)
                && let Some((ask, _)) = leaving.get_untracked()
            {
                leaving.set(None);
                browser::focus_soon_if_lost("job-phase");
                act(desk, id, ask.deed);
            }
        };
        card(vec![
            el("p").attr("role", "timer").text(left).view(),
            actions(vec![
                Button::new("button do", say(desk, said::TAKE_BACK), move || leaving.set(None))
                    .id("take-back")
                    .view(),
                Button::of_event("button", say(desk, said::LEAVE_NOW), now).id("leave-now").view(),
            ]),
        ])
    })
}

fn act(desk: Desk, id: StoredValue<String>, deed: Deed) {
    with(id, |runner| runner.prepare(desk, deed.event()));
}
