//! One field of a form: label, control, hint, counter and problems. The only place that knows which control shows what.

use leptos::prelude::*;

use super::browser;
use super::desk::Desk;
use super::el::{El, all, derived, el, fixed, live, nothing};
use super::form_state::{Cell, FormState, Line, is_secret};
use super::held::Held;
use super::held::Made;
use super::moment::calendar;
use super::parts::{Button, aria, paragraph, problem_line, say, span};
use super::rows::{boxes, rows_view};
use crate::domain::field::{Choice, Field, Initial, Kind, Lines, Presence, Severity};
use crate::domain::sentence;
use crate::words::desk as words;

/// A field as the form shows it; hidden while it neither applies nor holds anything.
pub(crate) fn field_view(desk: Desk, state: FormState, cell: Cell) -> AnyView {
    let field = cell.field;
    let id = state.control_id(field);
    let (problems_id, hint_id) = (format!("{id}-problems"), format!("{id}-hint"));
    let described =
        if field.hint.is_some() { format!("{problems_id} {hint_id}") } else { problems_id.clone() };
    let applies = move || state.checked.with(|checked| checked.readings.applies(field));
    let empty = move || cell.text.with(|text| text.trim().is_empty()) && cell.rows.with(Vec::is_empty);
    // What several messages differ in is not typed here.
    let hidden = move || state.differs(field) || (!applies() && empty());
    let label = derived(move || {
        let label = state.checked.with(|checked| sentence::label(field, &checked.readings));
        label.text(desk.language.get()).to_owned()
    });
    let mut parts = Vec::new();
    match &field.kind {
        Kind::Choice(choices) | Kind::Word(choices) if as_cards(choices) => {
            let cards = choices.iter().map(|choice| card(desk, cell, &id, choice));
            let group =
                el("fieldset").class("choices").id(id.clone()).attr("aria-describedby", described.clone());
            let legend = el("legend").text(label).view();
            parts.push(
                group.attr_live("aria-invalid", invalid(state, cell)).child(legend).children(cards).view(),
            );
        }
        Kind::Several(choices) => {
            let group = el("fieldset").class("choices").id(id.clone()).attr("aria-describedby", described);
            let legend = el("legend").text(label).view();
            parts.push(group.child(legend).child(boxes(desk, cell, choices)).view());
        }
        Kind::Rows(rows) => {
            let group = el("fieldset").class("list").attr("aria-describedby", described);
            let legend = el("legend").text(label).view();
            parts.push(
                group
                    .child(legend)
                    .children(counter(desk, state, field))
                    .child(rows_view(desk, state, cell, rows, id.clone()))
                    .view(),
            );
        }
        _ => {
            let optional = span("hint", derived(move || optional(desk, state, field).to_owned()));
            let label = el("label").attr("for", id.clone()).text(label).space().child(optional).view();
            let head = el("div").class("field-head").child(label).children(counter(desk, state, field));
            parts.push(head.view());
            parts.push(control(desk, state, cell, id.clone(), described.clone()));
        }
    }
    parts.extend(field.hint.map(|hint| el("p").class("hint").id(hint_id).text(say(desk, hint)).view()));
    if matches!(field.kind, Kind::Time | Kind::Seconds) {
        parts.push(paragraph("hint", derived(move || time_read(desk, cell))));
        parts.push(calendar(desk, cell, &id));
    }
    // What does not apply and still holds something is said and can be cleared; it is never dropped in silence.
    let clear = move || {
        if applies() || hidden() {
            return nothing();
        }
        Button::new("quiet", say(desk, words::CLEAR), move || cell.empty()).view()
    };
    let problems = el("div").class("problems").id(problems_id);
    let lines = state.lines(desk.language, |problem, field| problem.field == field, field.name);
    parts.push(problems.live(move || shown_problems(cell, &lines)).live(clear).view());
    let class = match width(field) {
        Width::Whole => "field",
        Width::Half => "field half",
        Width::Third => "field third",
    };
    el("div").class(class).prop_flag("hidden", hidden).children(parts).view()
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

/// How much of a row a field takes.
enum Width {
    Whole,
    Half,
    Third,
}

fn width(field: &Field) -> Width {
    match field.kind {
        Kind::Text(Lines::One)
        | Kind::Id(_)
        | Kind::IdWhen(..)
        | Kind::Integer { .. }
        | Kind::Time
        | Kind::Seconds
        | Kind::Secret => Width::Half,
        Kind::Choice(choices) | Kind::Word(choices) if as_cards(choices) => Width::Whole,
        Kind::Decimal { .. } | Kind::Flag | Kind::Choice(_) | Kind::Word(_) => Width::Third,
        Kind::Text(Lines::Many)
        | Kind::Ids(..)
        | Kind::JsonObject
        | Kind::JsonText(_)
        | Kind::Address
        | Kind::Several(_)
        | Kind::Rows(_) => Width::Whole,
    }
}

fn invalid(state: FormState, cell: Cell) -> Signal<Option<String>> {
    aria(move || cell.shown.get() && state.stops_at(cell.field))
}

fn shown_problems(cell: Cell, lines: &Made<Vec<Line>>) -> AnyView {
    if !cell.shown.get() {
        return nothing();
    }
    let line = |line: &Line| {
        problem_line(if line.stops { "problem" } else { "notice" }, line.rule, fixed(line.said.as_str()))
    };
    lines.with(|lines| all(lines.iter().map(line).collect()))
}

/// How much of the limit is used, in the vendor's unit.
fn counter(desk: Desk, state: FormState, field: &'static Field) -> Option<AnyView> {
    if field.limits.is_empty() {
        return None;
    }
    let used = move || {
        state.checked.with(|checked| {
            let limits = || checked.readings.limits(field);
            let actual = checked.readings.count(field, limits().next()?.unit);
            // The nearest limit that is not passed yet, else the last one.
            let nearest = limits().filter(|limit| actual <= limit.most).min_by_key(|limit| limit.most);
            let limit = nearest.or_else(|| limits().max_by_key(|limit| limit.most))?;
            let class = match limit.severity {
                Severity::Stops if actual > limit.most => "count over",
                _ if actual * 10 > limit.most * 9 => "count near",
                Severity::Stops | Severity::Warns => "count",
            };
            Some((actual, limit.most, class))
        })
    };
    let class = Signal::derive(move || Some(used().map_or("count", |(_, _, class)| class).to_owned()));
    let text = derived(move || {
        let Some((actual, limit, _)) = used() else { return String::new() };
        desk.fill(words::COUNT, &[("actual", &actual.to_string()), ("limit", &limit.to_string())])
    });
    Some(el("span").attr_live("class", class).text(text).view())
}

/// The moment a timestamp names, so that a wrong one is seen.
fn time_read(desk: Desk, cell: Cell) -> String {
    let thousandth = if matches!(cell.field.kind, Kind::Seconds) { "000" } else { "" };
    let time = cell.text.with(|text| browser::readable_time(&format!("{}{thousandth}", text.trim())));
    time.map_or_else(String::new, |time| desk.fill(words::TIME_READ, &[("time", &time)]))
}

/// A control that is typed into: it takes every keystroke but those of an unfinished composition, and shows its problems
/// when it was changed and left.
pub(super) fn typed_into(control: El, cell: Cell) -> El {
    control
        .prop_text("value", cell.text.into())
        .on("input", move |event| {
            if !browser::is_composing(&event) {
                cell.text.set(event_target_value(&event));
            }
        })
        .on("compositionend", move |event| cell.text.set(event_target_value(&event)))
        .on("change", left(cell))
}

/// Leaving a changed field shows its problems; when a press ended the visit, only after the press: what it aims at must not
/// move away under it.
fn left(cell: Cell) -> impl Fn(web_sys::Event) + Copy + 'static {
    move |event| {
        let text = event_target_value(&event);
        if cell.text.with_untracked(|known| *known != text) {
            cell.text.set(text);
        }
        browser::after_press(move || cell.shown.set(true));
    }
}

fn control(desk: Desk, state: FormState, cell: Cell, id: String, described: String) -> AnyView {
    let field = cell.field;
    let tag = match &field.kind {
        Kind::Choice(_) | Kind::Word(_) | Kind::Flag => "select",
        Kind::Text(Lines::Many)
        | Kind::Ids(..)
        | Kind::Several(_)
        | Kind::JsonObject
        | Kind::JsonText(_)
        | Kind::Rows(_) => "textarea",
        Kind::Text(Lines::One) | Kind::Secret | Kind::Address | Kind::Id(_) | Kind::IdWhen(..) => "input",
        Kind::Integer { .. } | Kind::Time | Kind::Seconds | Kind::Decimal { .. } => "input",
    };
    let bare = el(tag)
        .id(id)
        .attr_live("name", state.wire_name(field))
        .attr("aria-describedby", described)
        .attr_live("aria-invalid", invalid(state, cell));
    let exact = if matches!(field.kind, Kind::Text(_)) { "" } else { "code" };
    match &field.kind {
        Kind::Choice(choices) | Kind::Word(choices) => select(desk, cell, bare, choices_of(choices)),
        Kind::Flag => select(desk, cell, bare, flag_options(field)),
        Kind::Secret => secret(desk, state, cell, bare.class(exact)),
        _ => {
            let control = bare.class(exact).attr("spellcheck", "false").attr("autocomplete", "off");
            let control = match (tag, &field.kind) {
                ("textarea", _) => control.attr("rows", "3"),
                (_, Kind::Integer { .. } | Kind::Time | Kind::Seconds) => {
                    control.attr("type", "text").attr("inputmode", "numeric")
                }
                _ => control.attr("type", "text"),
            };
            typed_into(control, cell).view()
        }
    }
}

/// A secret goes to memory when the field is left; the control never shows it again. Since an empty control says nothing, a
/// button takes what is kept away: a connection may ask for something else in its place.
fn secret(desk: Desk, state: FormState, cell: Cell, bare: El) -> AnyView {
    let holds = Held::new(cell.text.with_untracked(|text| !text.is_empty()));
    let keep = move |event: web_sys::Event| {
        let typed = event_target_value(&event);
        browser::empty_input(&event);
        if !typed.is_empty() {
            if cell.text.with_untracked(|text| *text != typed) {
                cell.text.set(typed);
            }
            // What a press aims at must not move away under it.
            browser::after_press(move || {
                cell.shown.set(true);
                holds.set(true);
            });
        }
    };
    let kept = Signal::derive(move || {
        cell.text
            .with(|text| !text.is_empty())
            .then(|| words::SECRET_KEPT.text(desk.language.get()).to_owned())
    });
    let input = bare
        .attr("type", "password")
        .attr("autocomplete", "new-password")
        .attr_live("placeholder", kept)
        // Taken as it is typed, so that nothing is judged anew, and moves, under the press that leaves the field.
        .on("input", move |event| cell.text.set(event_target_value(&event)))
        .on("change", keep)
        .view();
    let name = derived(move || {
        let language = desk.language.get();
        format!("{} {}", words::CLEAR.text(language), cell.field.label.text(language))
    });
    let forget = move || {
        cell.empty();
        holds.set(false);
        state.focus(cell.field.name);
    };
    let button = move || {
        let button = Button::new("quiet", say(desk, words::CLEAR), forget);
        if holds.get() { Button { spoken: Some(name), ..button }.view() } else { nothing() }
    };
    all(vec![input, live(button)])
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

fn select(desk: Desk, cell: Cell, bare: El, options: Options) -> AnyView {
    let option = move |(value, label): (&'static str, crate::words::Words)| {
        let chosen = move || cell.text.with(|text| text == value);
        el("option").attr("value", value).prop_flag("selected", chosen).text(say(desk, label)).view()
    };
    bare.on("change", left(cell)).children(options.into_iter().map(option)).view()
}

fn card(desk: Desk, cell: Cell, id: &str, choice: &'static Choice) -> AnyView {
    let note_id = format!("{id}-{}-note", choice.value);
    let radio = el("input")
        .attr("type", "radio")
        .attr("name", cell.field.name)
        .attr("value", choice.value)
        .attr("aria-describedby", note_id.clone())
        .prop_flag("checked", move || cell.text.with(|text| text == choice.value))
        .on("change", move |_| {
            cell.text.set(choice.value.to_owned());
            cell.shown.set(true);
        });
    let note = choice.note.map(|note| el("small").id(note_id).text(say(desk, note)).view());
    el("label")
        .class("choice")
        .child(radio.view())
        .child(span("", say(desk, choice.label)))
        .children(note)
        .view()
}

/// How many of a group's fields hold something.
pub(crate) fn filled(state: FormState, fields: &'static [&'static Field]) -> usize {
    let holds = |field: &&'static Field| {
        state.cell(field.name).is_some_and(|cell| {
            let drawn = field.initial == Some(Initial::Drawn);
            !drawn && cell.text.with(|text| !text.trim().is_empty() && text != field.initial_text())
        })
    };
    fields.iter().filter(|field| !is_secret(field)).filter(|field| holds(field)).count()
}
