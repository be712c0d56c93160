//! Paste anything: messages are recognised in it, and acted on without retyping.

use std::cell::OnceCell;

use leptos::prelude::*;

use super::desk::Desk;
use super::el::{all, derived, el, fixed, nothing};
use super::found::pasted_view;
use super::messages::List;
use super::parts::{Button, actions, card, page_head, paragraph, say};
use crate::domain::paste::{self, Pasted};
use crate::words::desk as words;

/// What stands on the page, kept while other pages are shown.
#[derive(Clone, Copy)]
struct Paste {
    text: RwSignal<String>,
    /// What was found, and in which cloud's words.
    found: RwSignal<Option<(&'static str, Pasted)>>,
    list: List,
}

impl Paste {
    /// An empty page.
    fn new() -> Self {
        Self { text: RwSignal::new(String::new()), found: RwSignal::new(None), list: List::empty() }
    }
}

thread_local! {
    static PASTE: OnceCell<Paste> = const { OnceCell::new() };
}

/// How many of the places nobody understood are shown.
const STRANGE: usize = 20;

/// The page.
pub(crate) fn paste_page(desk: Desk) -> AnyView {
    let state = PASTE.with(|paste| *paste.get_or_init(|| desk.own(Paste::new)));
    let read = move || {
        let vendor = desk.vendor.get_untracked();
        state
            .found
            .set(Some((vendor.id, state.text.with_untracked(|text| paste::read(text, &vendor.recognise)))));
    };
    // What was pasted is for one cloud; another one is asked anew.
    let area = el("textarea")
        .id("paste-text")
        .class("code")
        .attr("rows", "8")
        .attr("spellcheck", "false")
        .prop_text("value", state.text.into())
        .on("input", move |event| state.text.set(event_target_value(&event)));
    let label = derived(move || {
        let language = desk.language.get();
        format!("{} · {}", words::PASTE_HERE.text(language), desk.vendor.get().name.text(language))
    });
    let form = card(vec![
        el("div")
            .class("field")
            .child(el("label").attr("for", "paste-text").text(label).view())
            .child(area.view())
            .view(),
        actions(vec![Button::new("button do", say(desk, words::PASTE_READ), read).id("paste-read").view()]),
    ]);
    let found = move || match state.found.get() {
        Some((vendor, pasted)) if vendor == desk.vendor.get().id => result(desk, state, pasted),
        _ => nothing(),
    };
    all(vec![
        page_head(desk, words::PASTE_TITLE, words::PASTE_LEAD),
        form,
        el("div").class("below").attr("role", "status").live(found).view(),
    ])
}

fn result(desk: Desk, state: Paste, pasted: Pasted) -> AnyView {
    let count = pasted.messages.len();
    let mut parts =
        vec![el("h2").text(fixed(desk.fill(words::FOUND, &[("count", &count.to_string())]))).view()];
    if pasted.merged > 0 {
        let said = desk.fill(words::PASTE_MERGED, &[("count", &pasted.merged.to_string())]);
        parts.push(paragraph("hint", fixed(said)));
    }
    if !pasted.strange.is_empty() {
        let said = desk.fill(words::PASTE_STRANGE, &[("count", &pasted.strange.len().to_string())]);
        let line = |(line, text): &(usize, String)| {
            let said = desk.fill(words::PASTE_LINE, &[("line", &line.to_string()), ("text", text)]);
            el("li").class("id").text(fixed(said)).view()
        };
        let lines = el("ul").children(pasted.strange.iter().take(STRANGE).map(line)).view();
        let summary = el("summary").text(fixed(said)).view();
        parts.push(el("details").id("paste-strange").class("details").child(summary).child(lines).view());
    }
    if count > 0 {
        parts.push(pasted_view(desk, state.list, pasted.messages));
    }
    el("section").class("card result").children(parts).view()
}
