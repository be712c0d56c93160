//! Under a form: the dialog that asks, the seconds in which an act can be taken back, and what came of it.

use leptos::prelude::*;

use super::act::{Phase, Progress, carry_out, leave};
use super::desk::Desk;
use super::el::{derived, el, fixed, nothing};
use super::form_state::FormState;
use super::found::{found_view, search_of};
use super::parts::{Button, actions, card, problem_line, say};
use super::{browser, confirm, result};
use crate::domain::draft::Values;
use crate::domain::sentence::sentence;
use crate::domain::validation::Readings;
use crate::words::desk as words;

/// The dialog that asks, while it does.
pub(crate) fn asking(desk: Desk, state: FormState, progress: Progress) -> AnyView {
    let Phase::Asking(pending) = progress.phase.get() else { return nothing() };
    let go = Callback::new(move |pending| leave(desk, progress, pending));
    confirm::dialog(desk, state, &pending, progress.phase, go)
}

/// What is going on between the confirmation and the result. The card stands still while its seconds count.
pub(crate) fn under_way(desk: Desk, progress: Progress) -> AnyView {
    let told = |said| el("p").class("card").attr("role", "status").text(say(desk, said)).view();
    match progress.phase.get() {
        Phase::Idle | Phase::Fetching(_) | Phase::NotFetched | Phase::Asking(_) | Phase::Done { .. } => {
            nothing()
        }
        Phase::Sent(_, 1) => told(words::SENDING),
        Phase::Sent(done, total) => {
            let facts = [("done", &*done.to_string()), ("total", &*total.to_string())];
            let said = fixed(desk.fill(words::SENDING_SEVERAL, &facts));
            el("p").class("card").attr("role", "status").text(said).view()
        }
        Phase::Resting => told(words::RESTING),
        Phase::TakenBack => told(words::TAKEN_BACK),
        Phase::Forbidden(problem) => {
            let form = &progress.operation.form;
            let none = Readings::new(form, &Values::new(), 0);
            let said = sentence(&problem, form, &none, desk.language.get());
            let line = problem_line("problem", problem.rule, fixed(said));
            el("section").id("forbidden").class("card").attr("role", "alert").child(line).view()
        }
        Phase::Leaving(pending) => {
            let now = move |event: web_sys::Event| {
                if browser::is_trusted(&event) {
                    carry_out(desk, progress, pending.clone());
                }
            };
            let left = derived(move || {
                desk.fill(words::LEAVES_IN, &[("seconds", &progress.left.get().to_string())])
            });
            card(vec![
                // A timer is not announced at every tick.
                el("p").attr("role", "timer").text(left).view(),
                actions(vec![
                    Button::new("button do", say(desk, words::TAKE_BACK), move || progress.take_back())
                        .id("take-back")
                        .view(),
                    Button::of_event("button", say(desk, words::LEAVE_NOW), now).id("leave-now").view(),
                ]),
            ])
        }
    }
}

/// What came of it.
pub(crate) fn finished(desk: Desk, progress: Progress) -> AnyView {
    let Phase::Done { places, left_out, .. } = progress.phase.get() else { return nothing() };
    // Followed piece by piece: a proof that comes later must not take the focus from the result.
    desk.acts.with_untracked(|acts| match places.as_slice() {
        [place] if left_out == 0 => match acts.get(*place) {
            Some(act) if act.outcome.found.is_some() => {
                found_view(desk, search_of(desk, progress.operation), *place, act)
            }
            Some(act) => result::result_view(desk, *place, act),
            None => nothing(),
        },
        several => result::several_view(desk, several, left_out),
    })
}
