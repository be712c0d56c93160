//! An operation's page: its form, what will happen, and what came of it. One page shows any operation.

use leptos::prelude::*;

use super::act::{Pending, Phase, carry_out, leave};
use super::desk::Desk;
use super::field::{field_view, filled};
use super::form_state::FormState;
use super::route::Route;
use super::{browser, confirm, preview, result};
use crate::domain::caution::Caution;
use crate::domain::operation::{Danger, Fold, Group, Operation};
use crate::domain::sentence;
use crate::words::desk as words;

/// The page of an operation.
pub(crate) fn form_page(desk: Desk, state: FormState, operation: &'static Operation) -> AnyView {
    let phase = desk.phase(operation.id);
    let go = Callback::new(move |pending: Pending| leave(desk, phase, pending));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if phase.with_untracked(Phase::is_busy) {
            return;
        }
        let sound = state.submit();
        if !sound || desk.in_use.with_untracked(Option::is_none) {
            return browser::focus_soon("summary");
        }
        let request = untrack(|| preview::request(desk, state, operation));
        let pending = request.and_then(|request| Pending::new(desk, request, untrack(|| state.values())));
        match pending {
            Some(pending) if pending.caution <= Caution::Inline => go.run(pending),
            Some(pending) => phase.set(Phase::Asking(pending)),
            None => browser::focus_soon("summary"),
        }
    };
    // The confirming Enter of an input method must not submit (key code 229 where `isComposing` is already over).
    let composing = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.is_composing() || event.key_code() == 229) {
            event.prevent_default();
        }
    };
    view! {
        <header class="page-head">
            <h1 id="page-title" tabindex="-1">{desk.say(operation.title)}</h1>
            <p>{desk.say(operation.vendor_name)}</p>
        </header>
        <div class="columns">
            <div>
                <form class="card" data-operation=operation.id novalidate on:submit=submit on:keydown=composing autocomplete="off">
                    {move || summary(desk, state)}
                    {operation.form.groups.iter().map(|group| group_view(desk, state, group)).collect_view()}
                    {actions(desk, state, operation, phase)}
                </form>
                <div aria-live="polite">{move || progress(desk, phase)}</div>
                {move || finished(desk, phase)}
            </div>
            {preview::side(desk, state, operation)}
        </div>
        {move || match phase.get() {
            Phase::Asking(pending) => Some(confirm::dialog(desk, state, pending, phase, go)),
            Phase::Idle | Phase::Leaving(..) | Phase::Resting | Phase::Sent | Phase::TakenBack | Phase::Done(_) => None,
        }}
    }
    .into_any()
}

fn group_view(desk: Desk, state: FormState, group: &'static Group) -> AnyView {
    let fields = group
        .fields
        .iter()
        .filter_map(|field| state.cell(field.name))
        .map(|cell| field_view(desk, state, cell))
        .collect_view();
    match group.fold {
        Fold::Open => view! {
            <section class="group">
                <h2>{desk.say(group.title)}</h2>
                <div class="fields">{fields}</div>
            </section>
        }
        .into_any(),
        Fold::Folded => {
            let count = move || match filled(state, group.fields) {
                0 => None,
                count => Some(desk.fill(words::GROUP_FILLED, &[("count", &count.to_string())])),
            };
            // A group none of whose fields applies would be an empty drawer.
            let hidden = move || {
                filled(state, group.fields) == 0
                    && !state
                        .checked
                        .with(|checked| group.fields.iter().any(|field| checked.readings.applies(field)))
            };
            view! {
                <details class="group" prop:hidden=hidden>
                    <summary>
                        {desk.say(group.title)} " " <small>{count}</small>
                    </summary>
                    <div class="fields">{fields}</div>
                </details>
            }
            .into_any()
        }
    }
}

/// Every problem that stops, each a link to its field, in the same words as at the field.
fn summary(desk: Desk, state: FormState) -> Option<AnyView> {
    if !state.submitted.get() {
        return None;
    }
    let language = desk.language.get();
    let connected = desk.in_use.with(Option::is_some);
    let lines: Vec<(&'static str, String)> = state.checked.with(|checked| {
        let said = |problem| sentence::sentence(problem, state.form, &checked.readings, language);
        checked.stops().map(|problem| (problem.field, said(problem))).collect()
    });
    let count = lines.len() + usize::from(!connected);
    if count == 0 {
        return None;
    }
    let line = |(field, said): (&'static str, String)| {
        let show = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            state.focus(field);
        };
        let here = Route::Operation(state.id.to_owned()).print();
        view! {
            <li>
                <a href=here on:click=show>{said}</a>
            </li>
        }
    };
    let connect = (!connected).then(|| {
        view! {
            <li>
                <a href=Route::Connection.print()>{desk.say(words::WAITS_CONNECTION)}</a>
            </li>
        }
    });
    Some(
        view! {
            <section class="summary" id="summary" tabindex="-1" aria-labelledby="summary-title">
                <h2 id="summary-title">{desk.fill(words::SUMMARY, &[("count", &count.to_string())])}</h2>
                <ul>{connect} {lines.into_iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

fn actions(desk: Desk, state: FormState, operation: &'static Operation, phase: RwSignal<Phase>) -> AnyView {
    let count = move || {
        let valid = state.checked.with(|checked| checked.valid(operation));
        valid.map_or(1, |valid| (operation.targets)(&valid))
    };
    let label = move || desk.fill(operation.act, &[("count", &count().to_string())]);
    let waits = move || {
        if desk.in_use.with(Option::is_none) {
            return Some(words::WAITS_CONNECTION.text(desk.language.get()).to_owned());
        }
        let language = desk.language.get();
        let names: Vec<&str> = state.checked.with(|checked| {
            let mut names: Vec<&str> = Vec::new();
            for problem in checked.stops() {
                let Some(field) = state.form.field(problem.field) else { continue };
                let name = sentence::label(field, &checked.readings).text(language);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        });
        let fields = names.join(crate::words::fault::OR_LIST.text(language));
        (!names.is_empty()).then(|| {
            desk.fill(words::SUMMARY_SHORT, &[("count", &names.len().to_string()), ("fields", &fields)])
        })
    };
    let class = if operation.danger >= Danger::Sends { "button danger" } else { "button do" };
    let busy = move || phase.with(Phase::is_busy);
    view! {
        <div class="actions sticky">
            <button type="submit" class=class aria-disabled=move || if busy() { "true" } else { "false" }>
                {label}
            </button>
            <button type="button" class="button" on:click=move |_| state.clear()>
                {desk.say(words::CLEAR_FORM)}
            </button>
            <span class="hint">{waits}</span>
        </div>
        <p class="hint" role="status">
            {move || {
                state.cleared.with(Option::is_some)
                    .then(|| {
                        view! {
                            {desk.say(words::CLEARED)}
                            <button type="button" class="quiet" on:click=move |_| state.restore()>
                                {desk.say(words::UNDO)}
                            </button>
                        }
                    })
            }}
        </p>
    }
    .into_any()
}

fn progress(desk: Desk, phase: RwSignal<Phase>) -> Option<AnyView> {
    let line = |text: String| Some(view! { <section class="card"><p>{text}</p></section> }.into_any());
    match phase.get() {
        Phase::Idle | Phase::Asking(_) | Phase::Done(_) => None,
        Phase::Sent => line(desk.say(words::SENDING)().to_owned()),
        Phase::Resting => line(desk.say(words::RESTING)().to_owned()),
        Phase::TakenBack => line(desk.say(words::TAKEN_BACK)().to_owned()),
        Phase::Leaving(pending, seconds) => {
            let take_back = move |_| {
                desk.busy.set(false);
                phase.set(Phase::TakenBack);
            };
            let now = move |event: web_sys::MouseEvent| {
                if browser::is_trusted(&event) {
                    carry_out(desk, phase, pending.clone());
                }
            };
            Some(
                view! {
                    <section class="card leaving">
                        <p>{desk.fill(words::LEAVES_IN, &[("seconds", &seconds.to_string())])}</p>
                        <div class="actions">
                            <button type="button" class="button do" id="take-back" on:click=take_back>
                                {desk.say(words::TAKE_BACK)}
                            </button>
                            <button type="button" class="button" id="leave-now" on:click=now>
                                {desk.say(words::LEAVE_NOW)}
                            </button>
                        </div>
                    </section>
                }
                .into_any(),
            )
        }
    }
}

fn finished(desk: Desk, phase: RwSignal<Phase>) -> Option<AnyView> {
    let Phase::Done(place) = phase.get() else { return None };
    let act = desk.acts.with(|acts| acts.get(place).cloned())?;
    Some(result::result_view(desk, act))
}
