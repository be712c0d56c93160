//! What can be done, by verb: the same four for every cloud. What one cannot do stays visible, with the reason.

use leptos::prelude::*;

use super::desk::Desk;
use super::el::{all, el, live, nothing};
use super::held::Made;
use super::parts::{link, say, span};
use super::route::Route;
use crate::domain::operation::{Operation, Verb};
use crate::words::{Words, desk as words};

/// A verb in words.
pub(crate) const fn verb_words(verb: Verb) -> Words {
    match verb {
        Verb::Modify => words::VERB_MODIFY,
        Verb::Recall => words::VERB_RECALL,
        Verb::Send => words::VERB_SEND,
        Verb::Find => words::VERB_FIND,
    }
}

/// The verb of the page that is shown; followed.
fn shown_verb(desk: Desk) -> Option<Verb> {
    match desk.shown() {
        Route::Operation(id) => desk.progress(&id).map(|progress| progress.operation.verb),
        Route::Jobs(place) => {
            let id = place.strip_prefix("new/")?;
            desk.progress(id).map(|progress| progress.operation.verb)
        }
        Route::Connection | Route::Record | Route::Paste | Route::Start => None,
    }
}

/// The verbs, each a link to its operation that was used last, or to its first.
pub(crate) fn verbs(desk: Desk) -> AnyView {
    live(move || {
        let vendor = desk.vendor.get();
        let shown = Made::new(move || shown_verb(desk), Option::eq);
        let verb = |verb: Verb| {
            let first = vendor.operations.iter().copied().find(|operation| operation.verb == verb)?;
            let address = move || {
                let of_verb = |id: &str| {
                    vendor.operations.iter().any(|operation| operation.id == id && operation.verb == verb)
                };
                let last = desk.last.with(|last| last.iter().rev().copied().find(|id| of_verb(id)));
                Route::Operation(last.unwrap_or(first.id).to_owned()).print()
            };
            let shown = shown.clone();
            let current = Signal::derive(move || (shown.get() == Some(verb)).then(|| "true".to_owned()));
            let address = Signal::derive(move || Some(address()));
            let entry = el("a").attr_live("href", address).attr_live("aria-current", current);
            Some(entry.attr("data-verb", verb_name(verb)).text(say(desk, verb_words(verb))).view())
        };
        all(Verb::ALL.into_iter().filter_map(verb).collect())
    })
}

/// A verb's name, for tests and host scripts.
const fn verb_name(verb: Verb) -> &'static str {
    match verb {
        Verb::Modify => "modify",
        Verb::Recall => "recall",
        Verb::Send => "send",
        Verb::Find => "find",
    }
}

/// The operations of the same verb, and what this cloud cannot do.
pub(crate) fn siblings(desk: Desk, operation: &'static Operation) -> AnyView {
    let vendor = desk.vendor.get();
    let others = vendor.operations.iter().copied().filter(|other| other.verb == operation.verb);
    let entry = |other: &'static Operation| {
        let current = (other.id == operation.id).then_some("page");
        let entry = el("a").attr("href", Route::Operation(other.id.to_owned()).print());
        let entry = if let Some(current) = current { entry.attr("aria-current", current) } else { entry };
        entry.text(say(desk, other.short)).view()
    };
    let entries: Vec<_> = others.map(entry).collect();
    let gaps = vendor.gaps.iter().filter(|gap| gap.verb == operation.verb).map(|gap| {
        let nearest = if gap.nearest.is_empty() {
            nothing()
        } else {
            link(Route::Operation(gap.nearest.to_owned()).print(), say(desk, words::GAP_NEAREST))
        };
        el("li")
            .class("gap")
            .child(el("b").text(say(desk, gap.title)).view())
            .child(span("hint", say(desk, gap.reason)))
            .child(nearest)
            .view()
    });
    let gaps: Vec<_> = gaps.collect();
    if entries.len() < 2 && gaps.is_empty() {
        return nothing();
    }
    let label = Signal::derive(move || Some(verb_words(operation.verb).text(desk.language.get()).to_owned()));
    let mut parts = vec![el("nav").class("tabs").attr_live("aria-label", label).children(entries).view()];
    if !gaps.is_empty() {
        let summary = el("summary").text(say(desk, words::GAPS)).view();
        let list = el("ul").children(gaps).view();
        parts.push(el("details").class("gaps").child(summary).child(list).view());
    }
    all(parts)
}
