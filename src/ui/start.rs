//! The start: a vendor comes first, since everything on the page speaks of one.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::browser;
use super::connect::CONFIG;
use super::desk::Shared;
use super::el::{el, fixed, live};
use super::held::Held;
use super::later::Later;
use super::parts::{Button, actions, paragraph};
use super::shell::{desk_view, wipe};
use crate::config::Config;
use crate::domain::vendor::Vendor;
use crate::transport::fetch::{self, OwnFile};
use crate::vendors;
use crate::words::{Language, desk as words};

/// How long `config.json` is waited for before the desk opens without it, in milliseconds.
const PATIENCE: u32 = 1_000;

/// How far the start is.
#[derive(Clone)]
enum Stage {
    Loading,
    Failed,
    /// The vendor the desk opens with.
    Ready(&'static Vendor),
}

/// The whole page: opens with the first vendor that `config.json` names, and without one with the first that is offered.
pub(crate) fn start(later: Later) -> AnyView {
    let wiped = wipe();
    let language = Language::for_tag(&browser::preferred_language());
    let config: Held<Option<OwnFile>> = Held::new(None);
    let stage = Held::new(Stage::Loading);
    let begin = move || {
        stage.set(Stage::Loading);
        browser::spawn(async move {
            let named = config.with_untracked(|read| match read {
                Some(Ok(Some(text))) => Config::vendors(text),
                _ => Vec::new(),
            });
            let first = named.first().copied().or(vendors::OFFERED.first().map(|(id, _)| *id));
            let arrived = match first {
                Some(id) => (later.vendor)(id).await,
                None => None,
            };
            stage.set(arrived.map_or(Stage::Failed, Stage::Ready));
        });
    };
    let begun = Held::new(false);
    let begin_once = move || {
        if !begun.get_untracked() {
            begun.set(true);
            begin();
        }
    };
    browser::spawn(async move {
        config.set(Some(fetch::own_file(CONFIG).await));
        begin_once();
    });
    browser::spawn(async move {
        TimeoutFuture::new(PATIENCE).await;
        begin_once();
    });
    live(move || match stage.get() {
        Stage::Loading => shell(language, vec![waiting(language)]),
        Stage::Failed => shell(language, not_loaded(language, begin)),
        Stage::Ready(vendor) => desk_view(Shared::open(later, vendor), wiped, config),
    })
}

fn shell(language: Language, said: Vec<AnyView>) -> AnyView {
    let name = el("h1").text(fixed(words::NAME.text(language))).view();
    el("main").class("shell").attr("lang", language.tag()).child(name).children(said).view()
}

/// Says that something is on its way.
pub(crate) fn waiting(language: Language) -> AnyView {
    el("p").attr("role", "status").text(fixed(words::LOADING.text(language))).view()
}

/// Says that a part of the page did not arrive, with a button that tries again.
pub(crate) fn not_loaded(language: Language, again: impl Fn() + 'static) -> Vec<AnyView> {
    let said = paragraph("problem", fixed(words::NOT_LOADED.text(language)));
    let retry = Button::new("button", fixed(words::RETRY.text(language)), again).id("retry").view();
    vec![el("div").attr("role", "alert").child(said).view(), actions(vec![retry])]
}
