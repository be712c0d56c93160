//! The original of a message beside what it becomes: from a search or a paste, or looked up here.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::desk::Desk;
use super::el::{all, derived, el, fixed, live, nothing};
use super::form_state::FormState;
use super::later::Part;
use super::parts::{Button, actions, heading, paragraph, say, status};
use crate::domain::message::Message;
use crate::domain::operation::{Operation, Verb};
use crate::domain::vocabulary;
use crate::words::{Words, desk as words};

/// The card with the original, for acts on one message that can be looked up.
pub(crate) fn original_view(desk: Desk, state: FormState, operation: &'static Operation) -> AnyView {
    if !matches!(operation.verb, Verb::Modify | Verb::Recall) {
        return nothing();
    }
    let waiting = RwSignal::new(false);
    let told: RwSignal<Option<Words>> = RwSignal::new(None);
    let valid = move || state.checked.with(|checked| checked.valid(operation));
    let look = move || {
        let Some(valid) = untrack(valid).filter(|_| !waiting.get_untracked()) else { return };
        let Some(in_use) = untrack(|| desk.way_of(operation)) else { return };
        waiting.set(true);
        told.set(None);
        let (before, about) = (untrack(|| state.values()), state.about.get_untracked());
        browser::spawn(async move {
            desk.parts.bring(Part::Acts).await;
            let Some(acts) = desk.parts.acts() else {
                waiting.set(false);
                return told.set(Some(words::NOT_LOADED));
            };
            let found = (acts.look_up)(in_use, operation, valid, about).await;
            waiting.set(false);
            // The form may be about another message by now.
            if untrack(|| state.values()) != before {
                return;
            }
            told.set(Some(if found.is_some() { words::LOOKED_UP } else { words::NOT_LOOKED_UP }));
            if let Some(message) = found {
                state.about.set(Some(Arc::new(message)));
            }
        });
    };
    let body = move || match state.about.get() {
        // A message comes from a search, a paste or a look-up, and all of them from that part.
        Some(message) => {
            desk.parts.acts().map_or_else(nothing, |acts| (acts.beside)(desk, state, operation, &message))
        }
        None => nothing(),
    };
    let said = derived(move || {
        let said = if waiting.get() { Some(words::LOOKING_UP) } else { told.get() };
        said.map_or_else(String::new, |said| said.text(desk.language.get()).to_owned())
    });
    let can_look = move || operation.read_back.is_some() && state.several.with(Vec::is_empty);
    let hidden = move || state.about.with(Option::is_none) && !can_look();
    let cannot = move || valid().is_none() || desk.in_use.with(Option::is_none) || waiting.get();
    let button = Button::new("button", say(desk, words::LOOK_UP), look).id("look-up").waits(cannot).view();
    el("section")
        .class("card original")
        .prop_flag("hidden", hidden)
        .child(heading(desk, words::ORIGINAL))
        .live(body)
        .child(actions(vec![button, status("hint", said)]))
        .view()
}

/// What the message says, and for a change what it will say.
pub(crate) fn beside(
    desk: Desk,
    state: FormState,
    operation: &'static Operation,
    message: &Arc<Message>,
) -> AnyView {
    let time = message.time.and_then(|time| browser::readable_time(&time.to_string())).unwrap_or_default();
    let who = format!("{} → {} · {time}", message.sender, message.receiver);
    let text = if message.text.is_empty() { message.raw.to_string() } else { message.text.clone() };
    let mut parts =
        vec![paragraph("hint", fixed(who)), el("blockquote").id("original-text").text(fixed(text)).view()];
    if operation.verb == Verb::Modify {
        let new = derived(move || vocabulary::words(operation, &state.values()));
        let shown = live(move || {
            if new.get().trim().is_empty() {
                return nothing();
            }
            all(vec![
                el("h3").text(say(desk, words::NEW_TEXT)).view(),
                el("blockquote").class("new").text(new).view(),
            ])
        });
        parts.push(shown);
        parts.push(paragraph("hint", say(desk, words::ORIGINAL_HINT)));
    }
    all(parts)
}
