//! What was done in this session, newest first. In memory only.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::desk::{Act, Desk};
use super::preview::scope_text;
use super::result::{verdict_class, verdict_words};
use super::route::Route;
use crate::domain::caution::Stage;
use crate::words::desk as words;

/// How many acts are shown; older ones stay in memory.
const ROWS: usize = 200;

/// The page of the record.
pub(crate) fn record_page(desk: Desk) -> AnyView {
    let list = move || {
        let acts: Vec<Arc<Act>> = desk.acts.with(|acts| acts.iter().rev().take(ROWS).cloned().collect());
        if acts.is_empty() {
            view! { <p>{desk.say(words::RECORD_EMPTY)}</p> }.into_any()
        } else {
            view! { <ol class="record">{acts.into_iter().map(|act| entry(desk, act)).collect_view()}</ol> }
                .into_any()
        }
    };
    view! {
        <header class="page-head">
            <h1 id="page-title" tabindex="-1">{desk.say(words::RECORD_TITLE)}</h1>
            <p>{desk.say(words::RECORD_LEAD)}</p>
        </header>
        <section class="card">{list}</section>
    }
    .into_any()
}

fn entry(desk: Desk, act: Arc<Act>) -> AnyView {
    let language = desk.language.get();
    let stage = if act.stage == Stage::Practice { words::PRACTICE } else { words::PRODUCTION };
    let code = act.outcome.code.clone().unwrap_or_default();
    let again = {
        let act = act.clone();
        move |_| {
            if let Some(form) = desk.form(act.operation.id) {
                form.fill(act.values.iter());
                browser::set_hash(&Route::Operation(act.operation.id.to_owned()).print());
            }
        }
    };
    view! {
        <li>
            <p>
                <span class=verdict_class(act.outcome.verdict)>{verdict_words(act.outcome.verdict).text(language)}</span>
                " "
                <b>{act.operation.title.text(language)}</b>
                " "
                <span class="hint">
                    {browser::readable_time(&act.at.to_string())} " · " {stage.text(language)} " " {code}
                </span>
            </p>
            <p class="scope">{scope_text(desk, &act.scope)}</p>
            {(!act.reason.is_empty())
                .then(|| view! { <p class="hint">{format!("{}: {}", words::REASON.text(language), act.reason)}</p> })}
            <button type="button" class="button" on:click=again>
                {desk.say(words::USE_AGAIN)}
            </button>
        </li>
    }
    .into_any()
}
