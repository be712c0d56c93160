//! The side panel: what will happen, in one sentence and in bytes, both read from the request that would be sent.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::desk::Desk;
use super::el::{Text, all, derived, el, fixed, live, nothing, words as words_view};
use super::foresee;
use super::form_state::{FormState, Line};
use super::held::Made;
use super::original::original_view;
use super::parts::{self, Button, actions, card, heading, paragraph, say, span, status};
use super::road;
use crate::domain::operation::{Fact, Operation, Scope};
use crate::domain::request::{Moment, Request, Signed};
use crate::domain::secret::Secret;
use crate::domain::validation::Valid;
use crate::words::{Piece, desk as words, plural};

/// The request as it stands, or nothing while a problem stops it or no connection is in use.
pub(crate) fn request(desk: Desk, state: FormState, operation: &'static Operation) -> Option<Request> {
    let valid = valid(state, operation)?;
    desk.way_of(operation)?.connection.request(valid).ok()
}

fn valid(state: FormState, operation: &'static Operation) -> Option<Valid> {
    state.checked.with(|checked| checked.valid(operation))
}

/// A scope sentence with its facts marked.
pub(crate) fn scope_view(desk: Desk, scope: &Scope) -> AnyView {
    let language = desk.language.get();
    let fact = |name: &str| scope.facts.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact);
    let marked = |text: String| if text.is_empty() { nothing() } else { el("b").text(fixed(text)).view() };
    let mut last = "";
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => words_view(fixed(text)),
        Piece::Plural => words_view(fixed(plural(last))),
        Piece::Fact(name) => match fact(name) {
            Some(Fact::Text(text)) => {
                last = text;
                marked(text.clone())
            }
            Some(Fact::Time(time)) => marked(browser::readable_time(time).unwrap_or_else(|| time.clone())),
            Some(Fact::Words(said)) => words_view(fixed(said.text(language))),
            None => nothing(),
        },
    };
    el("p").class("scope").children(scope.says.pieces(language).map(piece)).view()
}

/// A scope sentence as plain text.
pub(crate) fn scope_text(desk: Desk, scope: &Scope) -> String {
    let language = desk.language.get();
    let facts: Vec<(&str, String)> = scope
        .facts
        .iter()
        .map(|(name, fact)| {
            let text = match fact {
                Fact::Text(text) => text.clone(),
                Fact::Time(time) => browser::readable_time(time).unwrap_or_else(|| time.clone()),
                Fact::Words(said) => said.text(language).to_owned(),
            };
            (*name, text)
        })
        .collect();
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    scope.says.fill(language, &facts)
}

/// The panel beside a form.
pub(crate) fn side(desk: Desk, state: FormState, operation: &'static Operation) -> AnyView {
    let signed = Made::new(
        move || {
            let request = request(desk, state, operation)?;
            let now = desk.clock.get();
            let nonce =
                desk.in_use.with(|in_use| in_use.as_ref().map(|in_use| road::nonce(&in_use.connection)));
            let moment = Moment {
                now,
                nonce: nonce.unwrap_or_default(),
                trace: None,
                token: Some(Secret::new("token")),
            };
            desk.in_use
                .with(|in_use| Some(Arc::new(in_use.as_ref()?.connection.sign(request, &moment).ok()?)))
        },
        |_, _| false,
    );
    let scope = Made::new(move || valid(state, operation).map(|valid| (operation.scope)(&valid)), Option::eq);
    let will_happen = move || {
        scope.with(|scope| match scope {
            Some(scope) => scope_view(desk, scope),
            None => paragraph("hint", say(desk, words::WILL_HAPPEN_EMPTY)),
        })
    };
    let sentence = vec![
        heading(desk, words::WILL_HAPPEN),
        live(will_happen),
        foresee::of_form(desk, state, operation),
        notices(desk, state),
    ];
    let label = Signal::derive(move || Some(words::WILL_HAPPEN.text(desk.language.get()).to_owned()));
    let (of_text, of_curl) = (signed.clone(), signed.clone());
    let text = derived(move || of_text.with(|signed| signed.as_deref().map_or_else(String::new, text_of)));
    let curl = derived(move || {
        of_curl.with(|signed| signed.as_deref().map_or_else(String::new, |signed| curl_of(desk, signed)))
    });
    // It stays on the page while what it shows changes, so that a press on its button finds the button where it was.
    let bytes = el("section")
        .class("card")
        .prop_flag("hidden", move || signed.with(Option::is_none))
        .child(heading(desk, words::REQUEST))
        .child(parts::bytes(say(desk, words::REQUEST), text))
        .child(actions(copy_button(desk, words::COPY_CURL, curl)));
    el("aside")
        .class("side")
        .attr_live("aria-label", label)
        .child(original_view(desk, state, operation))
        .child(card(sentence))
        .child(bytes.view())
        .view()
}

/// What should be known and does not stop.
pub(crate) fn notices(desk: Desk, state: FormState) -> AnyView {
    let lines = state.lines(desk.language, |problem, _| !problem.stops(), "");
    let line = move |line: &Line| {
        let label = el("b").text(say(desk, words::NOTICE)).view();
        el("p").class("verdict warn").child(label).child(span("", fixed(line.said.as_str()))).view()
    };
    live(move || lines.with(|lines| all(lines.iter().map(line).collect())))
}

/// The request as bytes, hidden values replaced by their placeholders.
fn text_of(signed: &Signed) -> String {
    let request = signed.request();
    let mut lines = vec![format!("{} {}", request.method().as_str(), signed.shown_url())];
    lines.extend(signed.headers().iter().map(|header| format!("{}: {}", header.name, header.shown())));
    lines.extend(request.body().map(|body| format!("\n{body}")));
    lines.join("\n")
}

/// The request as a shell command, through the proxy.
fn curl_of(desk: Desk, signed: &Signed) -> String {
    let address =
        desk.in_use.with(|in_use| in_use.as_ref().map(|in_use| in_use.connection.shown_address(signed)));
    signed.to_curl(&absolute(&address.unwrap_or_default()))
}

/// A relative proxy address as another program must call it.
fn absolute(address: &str) -> String {
    if address.contains("://") {
        return address.to_owned();
    }
    match web_sys::Url::new_with_base(address, &document().base_uri().ok().flatten().unwrap_or_default()) {
        Ok(url) => url.href(),
        Err(_) => address.to_owned(),
    }
}

/// A button that copies exact text, and says whether it worked.
pub(crate) fn copy_button(desk: Desk, label: crate::words::Words, text: Text) -> Vec<AnyView> {
    let said: RwSignal<Option<crate::words::Words>> = RwSignal::new(None);
    let copy = move || {
        let text = text.get_untracked();
        browser::spawn(async move {
            let done = browser::copy(&text).await;
            said.set(Some(if done { words::COPIED } else { words::COPY_FAILED }));
        });
    };
    let outcome = derived(move || {
        said.get().map_or_else(String::new, |said| said.text(desk.language.get()).to_owned())
    });
    vec![Button::new("button", say(desk, label), copy).view(), status("hint", outcome)]
}
