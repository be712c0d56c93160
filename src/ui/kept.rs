//! Results that nobody may have seen when the page was locked: kept with the page's entry in the history, and said once it is back.

use leptos::prelude::*;

use super::act::{Phase, Progress};
use super::browser;
use super::desk::{Act, Desk};
use super::el::{el, fixed, nothing};
use super::parts::{Button, actions, paragraph, say};
use super::result::verdict_words;
use crate::domain::operation::Verb;
use crate::domain::unread::{self, Line, may_be_unseen};
use crate::words::{Language, desk as desk_words, outcome as words};

/// Keeps what nobody may have seen: the page is about to begin anew.
pub(crate) fn keep(desk: Desk) {
    let lines: Vec<_> = desk.progress.get_untracked().iter().flat_map(|it| unseen(desk, it)).collect();
    let text = desk.kept.get_untracked() + &unread::write(&lines);
    if !text.is_empty() {
        browser::keep(&text);
    }
}

/// What was kept, until somebody puts it away.
pub(crate) fn told(desk: Desk) -> AnyView {
    let language = desk.language.get();
    let lines = desk.kept.with(|text| unread::read(text));
    if lines.is_empty() || !desk.frame.get().is_open() {
        return nothing();
    }
    let line = |[chinese, english]: Line| {
        let said = match language {
            Language::Chinese => chinese,
            Language::English => english,
        };
        el("li").text(fixed(said)).view()
    };
    let away = move || {
        desk.kept.set(String::new());
        browser::keep("");
        browser::focus("page-title");
    };
    let away = Button::new("button", say(desk, words::KEPT_AWAY), away).id("kept-away").view();
    el("section")
        .class("card")
        .id("kept-results")
        .attr("role", "status")
        .child(paragraph("verdict warn", say(desk, words::KEPT)))
        .child(el("ul").children(lines.into_iter().map(line)).view())
        .child(paragraph("hint", say(desk, words::KEPT_NEXT)))
        .child(actions(vec![away]))
        .view()
}

/// The results of a form that nobody may have seen. A search is none: it can be made again.
fn unseen(desk: Desk, progress: &Progress) -> Vec<Line> {
    let Phase::Done { places, at, left_out } = progress.phase.get_untracked() else { return Vec::new() };
    let recent = may_be_unseen(at, desk.hand.get_untracked(), browser::now());
    if progress.operation.verb == Verb::Find || !(recent || progress.unseen.get_untracked()) {
        return Vec::new();
    }
    let mut lines: Vec<_> = desk.acts.with_untracked(|acts| {
        places.iter().filter_map(|place| acts.get(*place)).map(|act| line(act)).collect()
    });
    if left_out > 0 {
        let count = left_out.to_string();
        lines.push(both(|language| desk_words::SEVERAL_LEFT_OUT.fill(language, &[("count", &count)])));
    }
    lines
}

/// An act and how it ended. What it was about is not in it: that may be somebody's message.
fn line(act: &Act) -> Line {
    let time = browser::readable_time(&act.at.to_string()).unwrap_or_default();
    let code = act.outcome.code.as_deref().unwrap_or_default();
    let count = act.count.to_string();
    both(|language| {
        let title = act.operation.title.text(language);
        let verdict = verdict_words(act.outcome.verdict).text(language);
        let facts =
            [("time", &*time), ("title", title), ("count", &count), ("verdict", verdict), ("code", code)];
        words::KEPT_LINE.fill(language, &facts).trim_end().to_owned()
    })
}

fn both(say: impl Fn(Language) -> String) -> Line {
    [Language::Chinese, Language::English].map(say)
}
