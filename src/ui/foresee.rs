//! What will come of an act by the vendor's rules, said before it is sent.

use leptos::prelude::*;

use super::desk::Desk;
use super::el::{all, el, fixed, live, nothing};
use super::form_state::FormState;
use super::parts::{say, span};
use crate::domain::draft::{Draft, Values};
use crate::domain::foresight::{Fate, Forecast, Foresight, worst};
use crate::domain::message::Message;
use crate::domain::operation::Operation;
use crate::words::{Words, desk as words};

/// A fate in a word.
const fn fate_words(fate: Fate) -> Words {
    match fate {
        Fate::Succeeds => words::FATE_SUCCEEDS,
        Fate::Open => words::FATE_OPEN,
        Fate::Silent => words::FATE_SILENT,
        Fate::Void => words::FATE_VOID,
        Fate::Fails => words::FATE_FAILS,
    }
}

/// A fate's class, and its name for tests and host scripts.
const fn fate_marks(fate: Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::Succeeds => ("pill ok", "succeeds"),
        Fate::Open => ("pill dim", "open"),
        Fate::Silent => ("pill warn", "silent"),
        Fate::Void => ("pill no", "void"),
        Fate::Fails => ("pill no", "fails"),
    }
}

fn tenant(desk: Desk) -> Values {
    desk.in_use
        .with(|in_use| in_use.as_ref().map(|in_use| in_use.connection.tenant().clone()))
        .unwrap_or_default()
}

/// What will come of `operation` for a message, with nothing filled in but what the message says.
pub(crate) fn about(desk: Desk, operation: &'static Operation, message: &Message) -> Vec<Forecast> {
    let checked = Draft { operation, values: message.carried(operation) }.check(desk.clock.get());
    let tenant = tenant(desk);
    (operation.foresee)(&Foresight { readings: &checked.readings, message: Some(message), tenant: &tenant })
}

/// A pill for the worst of several judgements, with the first sentence that says so.
pub(crate) fn pill(desk: Desk, forecasts: &[Forecast]) -> AnyView {
    let Some(fate) = worst(forecasts) else { return nothing() };
    let (class, name) = fate_marks(fate);
    el("span").class(class).attr("data-fate", name).text(say(desk, fate_words(fate))).view()
}

/// A judgement's sentence.
pub(crate) fn sentence(desk: Desk, forecast: &Forecast) -> String {
    let facts: Vec<(&str, &str)> = forecast.facts.iter().map(|(name, fact)| (*name, fact.as_str())).collect();
    desk.fill(forecast.says, &facts)
}

/// What will come of the act on a form, as it stands.
pub(crate) fn of_form(desk: Desk, state: FormState, operation: &'static Operation) -> AnyView {
    live(move || {
        let tenant = tenant(desk);
        let message = state.about.get();
        let forecasts = state.checked.with(|checked| {
            let readings = &checked.readings;
            (operation.foresee)(&Foresight { readings, message: message.as_deref(), tenant: &tenant })
        });
        if forecasts.is_empty() {
            return nothing();
        }
        let line = |forecast: &Forecast| {
            let (class, name) = fate_marks(forecast.fate);
            el("p")
                .class("forecast")
                .attr("data-rule", forecast.rule)
                .attr("data-fate", name)
                .child(span(class, say(desk, fate_words(forecast.fate))))
                .child(span("", fixed(sentence(desk, forecast))))
                .view()
        };
        all(forecasts.iter().map(line).collect())
    })
}
