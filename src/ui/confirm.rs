//! The confirmation dialog: the scope sentence of the very request that will be sent, and as much asking as the act deserves.

use leptos::prelude::*;

use super::act::Phase;
use super::arming::Arming;
use super::browser;
use super::desk::Desk;
use super::el::{all, derived, el, fixed};
use super::embedding::{Consent, consent, is_needed};
use super::form_state::FormState;
use super::held::Held;
use super::parts::{Button, actions, labelled_input, paragraph, say};
use super::pending::{Leg, Pending, describe};
use super::preview::{notices, scope_view};
use crate::domain::caution::{Caution, Stage, is_count};
use crate::domain::operation::Danger;
use crate::domain::outcome::Verdict;
use crate::words::desk as words;

/// How many of several requests are said in full.
const SAMPLES: usize = 3;

/// A second person's word on exactly these requests, where the configuration wants one.
fn approval_of(desk: Desk, pending: &Pending) -> Option<Consent> {
    let (operation, targets) = (pending.operation(), pending.targets());
    is_needed(desk, operation.danger, targets).then(|| {
        let written =
            |leg: &Leg| format!("{}\n{}\n", describe(&leg.request), leg.request.body().unwrap_or(""));
        let bytes: String = pending.legs.iter().map(written).collect();
        consent(desk, operation, &pending.in_use().account(), targets, &bytes)
    })
}

/// The dialog for a pending act; `go` carries it out, closing otherwise drops it.
pub(crate) fn dialog(
    desk: Desk,
    state: FormState,
    pending: &Pending,
    phase: Held<Phase>,
    go: Callback<Pending>,
) -> AnyView {
    let arming = Arming::of(desk, "confirm-go");
    let typed = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let operation = pending.operation();
    let targets = pending.targets();
    browser::show_dialog_soon("confirm", "confirm-cancel");
    let asks_count = pending.caution == Caution::TypedCount;
    let account = pending.in_use().account();
    let consent = approval_of(desk, pending);
    let agreed = consent.as_ref().map(|consent| consent.given);
    let allowed = move || {
        let agreed = agreed.is_none_or(|agreed| agreed.get());
        arming.is_armed() && agreed && (!asks_count || typed.with(|typed| is_count(typed, targets)))
    };
    let act = derived(move || desk.fill(operation.act, &[("count", &targets.to_string())]));
    let close = || browser::close_dialog("confirm");
    let held = StoredValue::new(pending.clone());
    let confirm = move |event: web_sys::Event| {
        if browser::is_trusted(&event) && browser::has_focus() && untrack(allowed) {
            let mut pending = held.get_value();
            pending.reason = reason.get_untracked().trim().to_owned();
            close();
            go.run(pending);
        }
    };
    // However the dialog closes (Escape, Cancel), what was not confirmed is dropped.
    let closed = move |_| {
        phase.update(|phase| {
            if matches!(phase, Phase::Asking(_)) {
                *phase = Phase::Idle;
            }
        });
    };
    let scopes = pending.scopes();
    let count_label =
        derived(move || desk.fill(words::CONFIRM_TYPE_COUNT, &[("count", &targets.to_string())]));
    let reason_label = derived(move || {
        format!("{} · {}", words::REASON.text(desk.language.get()), words::OPTIONAL.text(desk.language.get()))
    });
    let class = if operation.danger >= Danger::Sends { "button danger" } else { "button do" };
    let title = derived(move || desk.fill(words::CONFIRM_TITLE, &[("act", &act.get())]));
    let mut parts = vec![el("h2").id("confirm-title").text(title).view()];
    if pending.stage == Stage::Production {
        let warning =
            el("p").id("confirm-production").class("verdict no").text(say(desk, words::CONFIRM_PRODUCTION));
        parts.push(warning.view());
    }
    let through = derived(move || desk.fill(words::THROUGH, &[("account", &account)]));
    parts.push(
        el("div")
            .id("confirm-scope")
            .live(move || {
                let shown = scopes.iter().take(SAMPLES).map(|scope| scope_view(desk, scope));
                let more = scopes.len().saturating_sub(SAMPLES);
                let rest = (more > 0).then(|| {
                    paragraph("hint", fixed(desk.fill(words::CONFIRM_MORE, &[("count", &more.to_string())])))
                });
                all(shown.chain(rest).collect())
            })
            .child(paragraph("hint", through))
            .view(),
    );
    parts.push(notices(desk, state));
    match pending.before {
        Some(Verdict::Unknown) => {
            let told = if pending.in_use().connection.vendor().knows_repeats() {
                words::CONFIRM_SAME_UNKNOWN
            } else {
                words::CONFIRM_SAME_UNKNOWN_BLIND
            };
            parts.push(paragraph("verdict dim", say(desk, told)))
        }
        Some(Verdict::Accepted | Verdict::Partial) => {
            parts.push(paragraph("verdict no", say(desk, words::CONFIRM_SAME_AGAIN)));
        }
        Some(Verdict::NotSent | Verdict::Refused) | None => {}
    }
    let reason_field = labelled_input("confirm-reason", reason_label, reason);
    let reason_hint = paragraph("hint", say(desk, words::REASON_HINT));
    parts.push(el("div").class("field").children(reason_field).child(reason_hint).view());
    if asks_count {
        parts.push(
            el("div").class("field").children(labelled_input("confirm-count", count_label, typed)).view(),
        );
    }
    parts.extend(consent.map(|consent| consent.view));
    parts.push(arming.note(desk));
    parts.push(actions(vec![
        Button::new("button", say(desk, words::CANCEL), close).id("confirm-cancel").view(),
        Button::of_event(class, act, confirm).id("confirm-go").waits(move || !allowed()).view(),
    ]));
    el("dialog")
        .id("confirm")
        .class("confirm")
        .attr("aria-labelledby", "confirm-title")
        .attr("aria-describedby", "confirm-production confirm-scope")
        .on("close", closed)
        .children(parts)
        .view()
}
