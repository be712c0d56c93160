//! The desk in somebody else's frame: who is around it, what it tells them, and what they may want of it.

mod approval;
mod door;
mod follow;
mod host;
mod tokens;

use leptos::prelude::*;

pub(crate) use approval::{Consent, consent, is_needed};
pub(crate) use host::tell_job;

use super::browser;
use super::desk::Desk;
use super::el::{all, derived, el, fixed};
use super::parts::{actions, card, page_head, paragraph, say};
use super::route::Route;
use crate::embed::{Frame, Why};
use crate::words::embedding as words;
use crate::words::lock::LOCK_WAITS;

/// The ways into this part.
pub struct Embedding {
    /// What stands in place of every page until the host is known.
    pub(crate) page: fn(Desk) -> AnyView,
    /// What a known host should be told of its frame.
    pub(crate) notes: fn(Desk) -> AnyView,
}

/// This part.
pub fn embedding() -> &'static Embedding {
    &Embedding { page, notes }
}

fn page(desk: Desk) -> AnyView {
    door::open(desk);
    let Frame::Stranger(why) = desk.frame.get() else {
        return el("p").id("frame-waiting").attr("role", "status").text(say(desk, words::WAITING)).view();
    };
    let why = match why {
        Why::NobodyListed => words::NOBODY_LISTED,
        Why::Silence => words::SILENCE,
        Why::Version => words::OTHER_VERSION,
    };
    let address = browser::address();
    let link = el("a")
        .class("button do")
        .id("open-alone")
        .attr("href", address.clone())
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .text(say(desk, words::OPEN_ALONE));
    let hint = derived(move || desk.fill(words::OPEN_ALONE_HINT, &[("address", &address)]));
    let told = el("div").id("frame-stranger").attr("role", "alert").child(card(vec![
        paragraph("verdict no", say(desk, why)),
        actions(vec![link.view()]),
        paragraph("hint", hint),
        paragraph("hint", say(desk, words::ASK_PORTAL)),
    ]));
    all(vec![page_head(desk, words::STRANGER_TITLE, words::STRANGER_LEAD), told.view()])
}

/// What the frame lacks, a lock that waits, and on the pages of what is kept for whom it is kept.
fn notes(desk: Desk) -> AnyView {
    let language = desk.language.get();
    let lacks = tokens::lacking().into_iter().map(|(token, loses)| {
        let facts = [("token", token), ("loses", loses.text(language))];
        let said = el("p").class("verdict warn").attr("data-lacks", token);
        said.text(fixed(words::LACKS.fill(language, &facts))).view()
    });
    let keeps = match desk.route.get() {
        Route::Jobs(_) => true,
        Route::Connection => desk.has(|features| features.vault),
        Route::Start | Route::Operation(_) | Route::Paste | Route::Record => false,
    };
    let kept = keeps.then(|| el("p").class("hint").id("kept-here").text(say(desk, words::KEPT_HERE)).view());
    let waits = desk.lock_waits.get().then(|| {
        el("p")
            .class("verdict warn")
            .id("lock-waits")
            .attr("role", "status")
            .text(say(desk, LOCK_WAITS))
            .view()
    });
    all(waits.into_iter().chain(lacks).chain(kept).collect())
}

/// Why a confirmation cannot be pressed though everything is filled in.
pub(crate) fn covered_note(desk: Desk) -> AnyView {
    el("p").class("verdict warn").id("confirm-covered").text(say(desk, words::COVERED)).view()
}
