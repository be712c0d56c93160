//! The confirmation dialog: the scope sentence of the very request that will be sent, and as much asking as the act deserves.

use leptos::html;
use leptos::prelude::*;

use super::act::{Pending, Phase};
use super::browser;
use super::desk::Desk;
use super::form_state::FormState;
use super::preview::{notices, scope_view};
use crate::domain::caution::{Caution, Stage, is_count};
use crate::domain::operation::Danger;
use crate::words::desk as words;

/// How long the confirm button rests after it appears: a click that was meant for something else must not land on it.
const ARMING: u32 = 600;

/// The dialog for a pending act; `go` carries it out, closing otherwise drops it.
pub(crate) fn dialog(
    desk: Desk,
    state: FormState,
    pending: Pending,
    phase: RwSignal<Phase>,
    go: Callback<Pending>,
) -> AnyView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    let armed = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let operation = pending.operation();
    let targets = pending.targets();
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            drop(dialog.show_modal());
            browser::focus("confirm-cancel");
            gloo_timers::callback::Timeout::new(ARMING, move || armed.set(true)).forget();
        }
    });
    let asks_count = pending.caution == Caution::TypedCount;
    let allowed = move || armed.get() && (!asks_count || typed.with(|typed| is_count(typed, targets)));
    let act = move || desk.fill(operation.act, &[("count", &targets.to_string())]);
    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let held = StoredValue::new(pending.clone());
    let confirm = move |event: web_sys::MouseEvent| {
        if browser::is_trusted(&event) && untrack(allowed) {
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
    let scope = pending.scope();
    let class = if operation.danger >= Danger::Sends { "button danger" } else { "button do" };
    view! {
        <dialog node_ref=node class="confirm" aria-labelledby="confirm-title" on:close=closed>
            <h2 id="confirm-title">{move || desk.fill(words::CONFIRM_TITLE, &[("act", &act())])}</h2>
            {(pending.stage == Stage::Production)
                .then(|| view! { <p class="verdict no">{desk.say(words::CONFIRM_PRODUCTION)}</p> })}
            <p class="scope">{move || scope_view(desk, &scope)}</p>
            {move || notices(desk, state)}
            {pending.repeats_unknown.then(|| view! { <p class="verdict dim">{desk.say(words::CONFIRM_SAME_UNKNOWN)}</p> })}
            <div class="field">
                <label for="confirm-reason">
                    {desk.say(words::REASON)} <span class="hint">{desk.say(words::OPTIONAL)}</span>
                </label>
                <input
                    id="confirm-reason"
                    type="text"
                    autocomplete="off"
                    prop:value=move || reason.get()
                    on:input=move |event| reason.set(event_target_value(&event))
                />
                <p class="hint">{desk.say(words::REASON_HINT)}</p>
            </div>
            {asks_count
                .then(|| {
                    view! {
                        <div class="field">
                            <label for="confirm-count">
                                {move || desk.fill(words::CONFIRM_TYPE_COUNT, &[("count", &targets.to_string())])}
                            </label>
                            <input
                                id="confirm-count"
                                type="text"
                                inputmode="numeric"
                                autocomplete="off"
                                prop:value=move || typed.get()
                                on:input=move |event| typed.set(event_target_value(&event))
                            />
                        </div>
                    }
                })}
            <div class="actions">
                <button type="button" id="confirm-cancel" class="button" on:click=move |_| close()>
                    {desk.say(words::CANCEL)}
                </button>
                <button
                    type="button"
                    id="confirm-go"
                    class=class
                    aria-disabled=move || if allowed() { "false" } else { "true" }
                    on:click=confirm
                >
                    {act}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}
