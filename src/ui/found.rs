//! What a search found, page by page.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::desk::{Act, Desk};
use super::el::{derived, el, fixed, nothing};
use super::in_use::InUse;
use super::messages::{List, messages_view, none_found};
use super::parts::{Button, actions, paragraph, say, status};
use super::result::follow_button;
use super::road;
use crate::domain::draft::{Draft, Values};
use crate::domain::message::{Message, Pages};
use crate::domain::operation::Operation;
use crate::domain::outcome::{Outcome, Verdict};
use crate::words::desk as words;

/// How long a page is waited for, in milliseconds.
const DEADLINE: u32 = 30_000;

/// The pages of a search, and the list that shows them.
#[derive(Clone, Copy)]
pub(crate) struct Search {
    pages: RwSignal<Pages>,
    list: List,
    act: RwSignal<Option<usize>>,
    account: RwSignal<String>,
    failed: RwSignal<Option<Outcome>>,
    waiting: RwSignal<bool>,
}

impl Search {
    /// A search nobody made yet.
    fn new() -> Self {
        Self {
            pages: RwSignal::new(Pages::default()),
            list: List::empty(),
            act: RwSignal::new(None),
            account: RwSignal::new(String::new()),
            failed: RwSignal::new(None),
            waiting: RwSignal::new(false),
        }
    }

    /// Begins with what an act found; what was fetched for it already stays.
    fn begin(self, place: usize, act: &Act) {
        if self.act.get_untracked() == Some(place) {
            return;
        }
        self.act.set(Some(place));
        self.account.set(act.account.clone());
        let mut pages = Pages::default();
        pages.add(act.outcome.found.clone().unwrap_or_default());
        self.take(pages);
    }

    fn take(self, pages: Pages) {
        self.failed.set(None);
        self.list.show(pages.messages.iter().cloned().map(Arc::new).collect());
        self.pages.set(pages);
    }
}

thread_local! {
    /// The last search of each operation, kept while other pages are shown.
    static SEARCHES: RefCell<Vec<(&'static str, Search)>> = const { RefCell::new(Vec::new()) };
}

/// The last search of an operation.
pub(crate) fn search_of(desk: Desk, operation: &'static Operation) -> Search {
    SEARCHES.with_borrow_mut(|all| match all.iter().find(|(id, _)| *id == operation.id) {
        Some((_, search)) => *search,
        None => {
            let search = desk.own(Search::new);
            all.push((operation.id, search));
            search
        }
    })
}

/// The result of a search: the messages, and the way to more of them.
pub(crate) fn found_view(desk: Desk, search: Search, place: usize, act: &Arc<Act>) -> AnyView {
    search.begin(place, act);
    let title = derived(move || {
        let count = search.pages.with(|pages| pages.messages.len());
        desk.fill(words::FOUND, &[("count", &count.to_string())])
    });
    let list = move || {
        if search.pages.with(|pages| pages.messages.is_empty()) {
            none_found(desk)
        } else {
            messages_view(desk, search.list)
        }
    };
    let empty = Memo::new(move |_| search.pages.with(|pages| pages.messages.is_empty()));
    let (operation, typed) = (act.operation, act.values.clone());
    let more = move || {
        if search.waiting.get_untracked() {
            return;
        }
        let Some(next) = search.pages.with_untracked(|pages| pages.next.clone()) else { return };
        let draft = Draft { operation, values: typed.with(&Values::new(), &next) };
        search.waiting.set(true);
        browser::spawn(async move {
            fetch(desk, search, draft).await;
            search.waiting.set(false);
        });
    };
    let has_more = Memo::new(move |_| search.pages.with(|pages| pages.next.is_some()));
    let more = StoredValue::new_local(more);
    let way_on = move || {
        if !has_more.get() {
            return paragraph("hint", say(desk, words::FOUND_END));
        }
        // A next page belongs to the same app.
        let same = |in_use: &InUse| search.account.with(|account| *account == in_use.account());
        if !desk.way_of(operation).is_some_and(|in_use| same(&in_use)) {
            return paragraph("hint", say(desk, words::FOUND_OTHER_WAY));
        }
        let more = more.get_value();
        actions(vec![
            Button::new("button", say(desk, words::FOUND_MORE), more)
                .id("found-more")
                .waits(move || search.waiting.get())
                .view(),
            status(
                "hint",
                derived(move || {
                    let said =
                        if search.waiting.get() { words::SENDING.text(desk.language.get()) } else { "" };
                    said.to_owned()
                }),
            ),
        ])
    };
    let failed = move || match search.failed.get() {
        None => nothing(),
        Some(outcome) => {
            let said = format!(
                "{} {} {}",
                outcome.advice.meaning.text(desk.language.get()),
                outcome.message,
                outcome.advice.next.text(desk.language.get())
            );
            el("p").class("verdict no").attr("role", "alert").text(fixed(said)).view()
        }
    };
    let others = act.follows.iter().map(|follow| follow_button(desk, follow.clone())).collect();
    el("section")
        .class("card result")
        .id("result")
        .attr("tabindex", "-1")
        .attr_live("aria-label", Signal::derive(move || Some(title.get())))
        .attr("data-verdict", "accepted")
        .child(el("h2").text(title).view())
        .live(move || {
            empty.track();
            list()
        })
        .live(way_on)
        .live(failed)
        .child(actions(others))
        .view()
}

async fn fetch(desk: Desk, search: Search, draft: Draft) {
    let Some(InUse { connection, .. }) = untrack(|| desk.way_of(draft.operation)) else { return };
    let Ok(request) = draft
        .validate(browser::now())
        .and_then(|valid| connection.request(valid).map_err(|problem| vec![problem]))
    else {
        return;
    };
    let journey = road::send(&connection, request, "", DEADLINE).await;
    if journey.outcome.verdict == Verdict::Accepted {
        let mut pages = search.pages.get_untracked();
        pages.add(journey.outcome.found.unwrap_or_default());
        search.take(pages);
    } else {
        search.failed.set(Some(journey.outcome));
    }
}

/// Messages somebody pasted, in the same list.
pub(crate) fn pasted_view(desk: Desk, list: List, messages: Vec<Message>) -> AnyView {
    list.show(messages.into_iter().map(Arc::new).collect());
    messages_view(desk, list)
}
