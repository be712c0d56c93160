//! One field of a form: label, control, hint, counter and problems. The only place that knows which control shows what.

use leptos::prelude::*;

use super::browser;
use super::desk::Desk;
use super::form_state::{Cell, FormState, is_secret};
use crate::domain::field::{Choice, Field, Kind, Lines, Presence, Severity};
use crate::domain::sentence;
use crate::words::desk as words;

/// A field as the form shows it; hidden while it neither applies nor holds anything.
pub(crate) fn field_view(desk: Desk, state: FormState, cell: Cell) -> AnyView {
    let field = cell.field;
    let id = state.control_id(field);
    let hidden = move || {
        let applies = state.checked.with(|checked| checked.readings.applies(field));
        !applies && cell.text.with(|text| text.trim().is_empty())
    };
    let problems_id = format!("{id}-problems");
    let stale = move || !state.checked.with(|checked| checked.readings.applies(field));
    let label = move || {
        state.checked.with(|checked| sentence::label(field, &checked.readings)).text(desk.language.get())
    };
    let class = format!("field {}", width(field));
    let heading_id = id.clone();
    let head = match field.kind {
        Kind::Choice(choices) if as_cards(choices) => {
            let legend = view! { <legend>{label}</legend> }.into_any();
            let described = problems_id.clone();
            view! {
                <fieldset class="choices" id=id.clone() aria-describedby=described aria-invalid=invalid(state, cell)>
                    {legend}
                    {choices.iter().map(|choice| card(desk, cell, &id, choice)).collect_view()}
                </fieldset>
            }
            .into_any()
        }
        _ => view! {
            <div class="field-head">
                <label for=heading_id>
                    {label} <span class="hint">{move || optional(desk, state, field)}</span>
                </label>
                {counter(desk, state, field)}
            </div>
            {control(desk, state, cell, id.clone(), problems_id.clone())}
        }
        .into_any(),
    };
    view! {
        <div class=class prop:hidden=hidden>
            {head}
            {field.hint.map(|hint| view! { <p class="hint">{desk.say(hint)}</p> })}
            {matches!(field.kind, Kind::Time).then(|| time_hint(desk, cell))}
            <div class="problems" id=problems_id>
                {move || shown_problems(desk, state, cell)}
                {move || {
                    stale().then(|| view! {
                        <button type="button" class="quiet" on:click=move |_| cell.text.set(String::new())>
                            {desk.say(words::CLEAR)}
                        </button>
                    })
                }}
            </div>
        </div>
    }
    .into_any()
}

fn optional(desk: Desk, state: FormState, field: &'static Field) -> &'static str {
    let needed = match &field.presence {
        Presence::Required(_) => true,
        Presence::RequiredWhen(condition, _) => {
            state.checked.with(|checked| checked.readings.holds(condition))
        }
        Presence::Optional => field.always.is_some(),
    };
    if needed { "" } else { words::OPTIONAL.text(desk.language.get()) }
}

/// Choices that say what they do are shown as cards, the rest as a list.
fn as_cards(choices: &[Choice]) -> bool {
    choices.iter().any(|choice| choice.note.is_some())
}

fn width(field: &Field) -> &'static str {
    match field.kind {
        Kind::Text(Lines::One)
        | Kind::Id(_)
        | Kind::IdWhen(..)
        | Kind::Integer { .. }
        | Kind::Time
        | Kind::Secret => "half",
        Kind::Decimal { .. } | Kind::Flag => "third",
        Kind::Choice(choices) if as_cards(choices) => "whole",
        Kind::Choice(_) => "third",
        Kind::Text(Lines::Many) | Kind::Ids(_) | Kind::JsonObject | Kind::JsonText(_) | Kind::Address => {
            "whole"
        }
    }
}

fn invalid(state: FormState, cell: Cell) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || {
        let stops = cell.shown.get() && state.problems(cell.field).iter().any(|problem| problem.stops());
        if stops { "true" } else { "false" }
    }
}

fn shown_problems(desk: Desk, state: FormState, cell: Cell) -> Option<AnyView> {
    if !cell.shown.get() {
        return None;
    }
    let language = desk.language.get();
    let problems = state.problems(cell.field);
    let lines = state.checked.with(|checked| {
        let line = |problem: &crate::domain::problem::Problem| {
            let class = match problem.severity {
                Severity::Stops => "problem",
                Severity::Warns => "notice",
            };
            let said = sentence::sentence(problem, state.form, &checked.readings, language);
            view! { <p class=class data-rule=problem.rule>{said}</p> }
        };
        problems.iter().map(line).collect_view()
    });
    Some(lines.into_any())
}

/// How much of the limit is used, in the vendor's unit.
fn counter(desk: Desk, state: FormState, field: &'static Field) -> Option<AnyView> {
    if field.limits.is_empty() {
        return None;
    }
    let used = move || {
        state.checked.with(|checked| {
            let mut limits: Vec<_> = checked.readings.limits(field).collect();
            limits.sort_by_key(|limit| limit.most);
            let actual = checked.readings.count(field, limits.first()?.unit);
            // The nearest limit that is not passed yet, else the last one.
            let limit = limits.iter().find(|limit| actual <= limit.most).or(limits.last())?;
            let class = match limit.severity {
                Severity::Stops if actual > limit.most => "count over",
                _ if actual * 10 > limit.most * 9 => "count near",
                Severity::Stops | Severity::Warns => "count",
            };
            Some((actual, limit.most, class))
        })
    };
    let text = move || {
        used().map(|(actual, limit, _)| {
            desk.fill(words::COUNT, &[("actual", &actual.to_string()), ("limit", &limit.to_string())])
        })
    };
    Some(view! { <span class=move || used().map_or("count", |(_, _, class)| class)>{text}</span> }.into_any())
}

fn time_hint(desk: Desk, cell: Cell) -> AnyView {
    let read = move || {
        let time = cell.text.with(|text| browser::readable_time(text.trim()))?;
        Some(desk.fill(words::TIME_READ, &[("time", &time)]))
    };
    view! { <p class="hint">{read}</p> }.into_any()
}

/// Takes what is typed, but nothing of an unfinished composition.
fn take(cell: Cell) -> impl Fn(web_sys::Event) + Copy + 'static {
    move |event| {
        if !browser::is_composing(&event) {
            cell.text.set(event_target_value(&event));
        }
    }
}

/// Leaving a changed field shows its problems.
fn left(cell: Cell) -> impl Fn(web_sys::Event) + Copy + 'static {
    move |event| {
        cell.text.set(event_target_value(&event));
        cell.shown.set(true);
    }
}

fn control(desk: Desk, state: FormState, cell: Cell, id: String, described: String) -> AnyView {
    let field = cell.field;
    let text = move || cell.text.get();
    match &field.kind {
        Kind::Choice(choices) => select(desk, state, cell, id, described, choices_of(choices)),
        Kind::Flag => select(desk, state, cell, id, described, flag_options(field)),
        Kind::Secret => secret(desk, cell, id, described),
        Kind::Text(Lines::Many) | Kind::Ids(_) | Kind::JsonObject | Kind::JsonText(_) => {
            let code = !matches!(field.kind, Kind::Text(_));
            let typed = take(cell);
            view! {
                <textarea
                    id=id
                    name=field.name
                    class:code=code
                    rows="3"
                    spellcheck="false"
                    aria-describedby=described
                    aria-invalid=invalid(state, cell)
                    prop:value=text
                    on:input=typed
                    on:compositionend=move |event| cell.text.set(event_target_value(&event))
                    on:change=left(cell)
                ></textarea>
            }
            .into_any()
        }
        kind => {
            let code = !matches!(kind, Kind::Text(_));
            let digits = matches!(kind, Kind::Integer { .. } | Kind::Time);
            let typed = take(cell);
            view! {
                <input
                    type="text"
                    id=id
                    name=field.name
                    class:code=code
                    inputmode=if digits { "numeric" } else { "text" }
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=described
                    aria-invalid=invalid(state, cell)
                    prop:value=text
                    on:input=typed
                    on:compositionend=move |event| cell.text.set(event_target_value(&event))
                    on:change=left(cell)
                />
            }
            .into_any()
        }
    }
}

/// A secret goes to memory when the field is left; the control never shows it again.
fn secret(desk: Desk, cell: Cell, id: String, described: String) -> AnyView {
    let keep = move |event: web_sys::Event| {
        use wasm_bindgen::JsCast;
        let typed = event_target_value(&event);
        if let Some(input) =
            event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
        {
            input.set_value("");
        }
        if !typed.is_empty() {
            cell.text.set(typed);
            cell.shown.set(true);
        }
    };
    let kept = move || cell.text.with(|text| !text.is_empty());
    view! {
        <input
            type="password"
            id=id
            name=cell.field.name
            class="code"
            autocomplete="new-password"
            aria-describedby=described
            placeholder=move || if kept() { words::SECRET_KEPT.text(desk.language.get()) } else { "" }
            on:change=keep
        />
    }
    .into_any()
}

/// An option of a list: wire value and its words.
type Options = Vec<(&'static str, crate::words::Words)>;

fn choices_of(choices: &'static [Choice]) -> Options {
    let empty = ("", words::CHOOSE);
    std::iter::once(empty).chain(choices.iter().map(|choice| (choice.value, choice.label))).collect()
}

fn flag_options(field: &'static Field) -> Options {
    let default = match field.default {
        Some("true") => words::DEFAULT_YES,
        Some(_) => words::DEFAULT_NO,
        None => words::DEFAULT,
    };
    vec![("", default), ("true", crate::words::fault::ON), ("false", crate::words::fault::OFF)]
}

fn select(
    desk: Desk,
    state: FormState,
    cell: Cell,
    id: String,
    described: String,
    options: Options,
) -> AnyView {
    let option = move |(value, label): (&'static str, crate::words::Words)| {
        let chosen = move || cell.text.with(|text| text == value);
        view! { <option value=value prop:selected=chosen>{desk.say(label)}</option> }
    };
    view! {
        <select
            id=id
            name=cell.field.name
            aria-describedby=described
            aria-invalid=invalid(state, cell)
            on:change=left(cell)
        >
            {options.into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

fn card(desk: Desk, cell: Cell, id: &str, choice: &'static Choice) -> AnyView {
    let chosen = move || cell.text.with(|text| text == choice.value);
    let note_id = format!("{id}-{}-note", choice.value);
    let choose = move |_| {
        cell.text.set(choice.value.to_owned());
        cell.shown.set(true);
    };
    view! {
        <label class="choice">
            <input
                type="radio"
                name=cell.field.name
                value=choice.value
                aria-describedby=note_id.clone()
                prop:checked=chosen
                on:change=choose
            />
            <span>{desk.say(choice.label)}</span>
            {choice.note.map(|note| view! { <small id=note_id>{desk.say(note)}</small> })}
        </label>
    }
    .into_any()
}

/// How many of a group's fields hold something.
pub(crate) fn filled(state: FormState, fields: &'static [&'static Field]) -> usize {
    let holds = |field: &&'static Field| {
        state.cell(field.name).is_some_and(|cell| {
            cell.text.with(|text| !text.trim().is_empty() && Some(text.as_str()) != field.initial)
        })
    };
    fields.iter().filter(|field| !is_secret(field)).filter(|field| holds(field)).count()
}
