//! The side panel: what will happen, in one sentence and in bytes, both read from the request that would be sent.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::desk::Desk;
use super::form_state::FormState;
use crate::domain::field::Severity;
use crate::domain::operation::{Fact, Operation, Scope};
use crate::domain::request::{Moment, Request, Signed};
use crate::domain::sentence;
use crate::domain::validation::Valid;
use crate::words::{Piece, desk as words};

/// The request as it stands, or nothing while a problem stops it or no connection is in use.
pub(crate) fn request(desk: Desk, state: FormState, operation: &'static Operation) -> Option<Request> {
    let valid = valid(state, operation)?;
    desk.in_use.with(|in_use| in_use.as_ref().and_then(|in_use| in_use.connection.request(valid).ok()))
}

fn valid(state: FormState, operation: &'static Operation) -> Option<Valid> {
    state.checked.with(|checked| checked.valid(operation))
}

/// A scope sentence with its facts marked.
pub(crate) fn scope_view(desk: Desk, scope: &Scope) -> AnyView {
    let language = desk.language.get();
    let fact = |name: &str| scope.facts.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact);
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Fact(name) => match fact(name) {
            Some(Fact::Text(text)) if text.is_empty() => ().into_any(),
            Some(Fact::Text(text)) => view! { <b>{text.clone()}</b> }.into_any(),
            Some(Fact::Time(time)) => {
                view! { <b>{browser::readable_time(time).unwrap_or_else(|| time.clone())}</b> }.into_any()
            }
            Some(Fact::Words(said)) => said.text(language).into_any(),
            None => ().into_any(),
        },
    };
    scope.says.pieces(language).map(piece).collect_view().into_any()
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
    let nonce = browser::random_hex();
    let signed = Memo::new_with_compare(
        move |_| {
            let request = request(desk, state, operation)?;
            let moment = Moment { now: desk.clock.get(), nonce: nonce.clone(), trace: None };
            desk.in_use
                .with(|in_use| Some(Arc::new(in_use.as_ref()?.connection.sign(request, &moment).ok()?)))
        },
        |_, _| true,
    );
    let will_happen = move || match valid(state, operation) {
        Some(valid) => {
            view! { <p class="scope">{scope_view(desk, &(operation.scope)(&valid))}</p> }.into_any()
        }
        None => view! { <p class="hint">{desk.say(words::WILL_HAPPEN_EMPTY)}</p> }.into_any(),
    };
    view! {
        <aside class="side" aria-label=desk.say(words::WILL_HAPPEN)>
            <section class="card">
                <h2>{desk.say(words::WILL_HAPPEN)}</h2>
                {will_happen}
                {move || notices(desk, state)}
            </section>
            {move || signed.get().map(|signed| bytes(desk, signed))}
        </aside>
    }
    .into_any()
}

/// What should be known and does not stop.
pub(crate) fn notices(desk: Desk, state: FormState) -> AnyView {
    let language = desk.language.get();
    state.checked.with(|checked| {
        let warnings = checked.problems.iter().filter(|problem| problem.severity == Severity::Warns);
        warnings
            .map(|problem| {
                let said = sentence::sentence(problem, state.form, &checked.readings, language);
                view! {
                    <p class="verdict warn">
                        <b>{words::NOTICE.text(language)}</b>
                        <span>{said}</span>
                    </p>
                }
            })
            .collect_view()
            .into_any()
    })
}

fn bytes(desk: Desk, signed: Arc<Signed>) -> AnyView {
    let request = signed.request();
    let address = desk
        .in_use
        .with(|in_use| in_use.as_ref().map(|in_use| in_use.connection.address(request)))
        .unwrap_or_default();
    let mut text = format!("{} {}\n", request.method().as_str(), request.url());
    for header in signed.headers() {
        text.push_str(&format!("{}: {}\n", header.name, header.shown()));
    }
    if let Some(body) = request.body() {
        text.push('\n');
        text.push_str(body);
    }
    let curl = signed.to_curl(&absolute(&address));
    view! {
        <section class="card">
            <h2>{desk.say(words::REQUEST)}</h2>
            // Scrollable regions must be reachable by keyboard.
            <pre class="bytes" tabindex="0" aria-label=desk.say(words::REQUEST)>{text}</pre>
            <div class="actions">{copy_button(desk, words::COPY_CURL, move || curl.clone())}</div>
        </section>
    }
    .into_any()
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

/// A button that copies exact text and says whether it worked.
pub(crate) fn copy_button(
    desk: Desk,
    label: crate::words::Words,
    text: impl Fn() -> String + Clone + Send + Sync + 'static,
) -> AnyView {
    let said = RwSignal::new(None);
    let copy = move |_| {
        let text = text();
        leptos::task::spawn_local(async move {
            let done = browser::copy(&text).await;
            said.set(Some(if done { words::COPIED } else { words::COPY_FAILED }));
        });
    };
    view! {
        <button type="button" class="button" on:click=copy>
            {desk.say(label)}
        </button>
        <span class="hint" role="status">{move || said.get().map(|said| said.text(desk.language.get()))}</span>
    }
    .into_any()
}
