//! What was done in this session, newest first. In memory only.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::desk::{Act, Desk};
use super::el::{all, el, fixed, live};
use super::parts::{Button, card, page_head, paragraph, say, span};
use super::preview::scope_text;
use super::result::standing;
use crate::domain::caution::Stage;
use crate::words::desk as words;

/// How many acts are shown; older ones stay in memory.
const ROWS: usize = 200;

/// The page of the record.
pub(crate) fn record_page(desk: Desk) -> AnyView {
    let list = move || {
        let acts: Vec<(usize, Arc<Act>)> =
            desk.acts.with(|acts| acts.iter().cloned().enumerate().rev().take(ROWS).collect());
        if acts.is_empty() {
            return paragraph("", say(desk, words::RECORD_EMPTY));
        }
        el("ol").class("record").children(acts.iter().map(|(place, act)| entry(desk, *place, act))).view()
    };
    all(vec![page_head(desk, words::RECORD_TITLE, words::RECORD_LEAD), card(vec![live(list)])])
}

fn entry(desk: Desk, place: usize, act: &Arc<Act>) -> AnyView {
    let language = desk.language.get();
    let stage = if act.stage == Stage::Practice { words::PRACTICE } else { words::PRODUCTION };
    let code = act.outcome.code.as_deref().unwrap_or_default();
    let time = browser::readable_time(&act.at.to_string()).unwrap_or_default();
    let again = {
        let act = act.clone();
        move || desk.open_form(act.operation.id, &act.values)
    };
    let line = el("p")
        .child(standing(desk, place, act.outcome.verdict))
        .space()
        .child(el("b").text(say(desk, act.operation.title)).view())
        .space()
        .child(span("hint", fixed(format!("{time} · {} · {} {code}", stage.text(language), act.account))));
    let mut parts = vec![line.view(), paragraph("scope", fixed(scope_text(desk, &act.scope)))];
    if !act.reason.is_empty() {
        parts.push(paragraph("hint", fixed(format!("{}: {}", words::REASON.text(language), act.reason))));
    }
    parts.push(Button::new("button", say(desk, words::USE_AGAIN), again).view());
    el("li").children(parts).view()
}
