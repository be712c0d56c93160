//! The lock: a secret is forgotten by a button or when nobody is there, and that means that the page begins anew. WebAssembly's
//! memory cannot be wiped for certain in any other way.
//!
//! All of it comes with the page of the connection: before that was here, no secret was.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::browser;
use super::connect;
use super::desk::Desk;
use super::el::{derived, el, nothing};
use super::form_state::is_secret;
use super::held::Held;
use super::parts::{Button, span};
use crate::domain::caution::Stage;
use crate::domain::vendor::Vendor;
use crate::embed::Frame;
use crate::words::lock as words;

/// How often it is looked whether somebody is there, in milliseconds.
const LOOK: u32 = 1_000;
/// How long before the lock it is announced, in milliseconds.
const NOTICE: i64 = 60_000;
/// What somebody who is there does.
const SIGNS_OF_LIFE: [&str; 4] = ["pointerdown", "pointermove", "keydown", "wheel"];

/// What the band says of the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notice {
    Quiet,
    /// It locks in so many seconds.
    Soon(i64),
    /// It would lock, and something is under way.
    Waits,
}

#[derive(Clone, Copy)]
struct Lock {
    /// Whether a secret has come into the page's memory; it stays there.
    holds: Held<bool>,
    sure: Held<bool>,
    notice: Held<Notice>,
}

thread_local! {
    static LOCK: Cell<Option<Lock>> = const { Cell::new(None) };
}

/// Looks from now on whether somebody is there; once.
pub(super) fn watch(desk: Desk) {
    if LOCK.get().is_some() {
        return;
    }
    let lock = desk.own(|| Lock {
        holds: Held::new(false),
        sure: Held::new(false),
        notice: Held::new(Notice::Quiet),
    });
    LOCK.set(Some(lock));
    desk.hand.set(browser::now());
    let alive = Closure::<dyn Fn()>::new(move || {
        desk.hand.set(browser::now());
        if lock.notice.get_untracked() != Notice::Quiet {
            lock.notice.set(Notice::Quiet);
        }
    });
    for sign in SIGNS_OF_LIFE {
        let handle = alive.as_ref().unchecked_ref();
        drop(document().add_event_listener_with_callback_and_bool(sign, handle, true));
    }
    alive.forget();
    gloo_timers::callback::Interval::new(LOOK, move || look(desk, lock)).forget();
    // Who left the page has closed it, as far as they know: whoever goes back to it finds no secret.
    browser::on_return(move || {
        if is_holding(desk, lock) {
            desk.lock_when_free();
        }
    });
    desk.locking.set(Some(control));
}

/// A secret is in memory that no form shows.
pub(super) fn hold() {
    if let Some(lock) = LOCK.get() {
        lock.holds.set(true);
    }
}

/// Whether a secret is, or was, in the page's memory.
fn is_holding(desk: Desk, lock: Lock) -> bool {
    if !lock.holds.get_untracked()
        && desk.vendors.with_untracked(|all| all.iter().any(|vendor| is_held(desk, vendor)))
    {
        lock.holds.set(true);
    }
    lock.holds.get_untracked()
}

fn look(desk: Desk, lock: Lock) {
    if !is_holding(desk, lock) {
        return;
    }
    let minutes = desk.config.with_untracked(|config| config.as_ref().map_or(15, |it| it.policy.idle_lock));
    let left = i64::from(minutes) * 60_000 - (browser::now() - desk.hand.get_untracked());
    let notice = match left {
        ..=0 if desk.lock() => Notice::Quiet,
        ..=0 => Notice::Waits,
        1..=NOTICE => Notice::Soon(left.div_euclid(1_000) + 1),
        _ => Notice::Quiet,
    };
    if notice != lock.notice.get_untracked() {
        lock.notice.set(notice);
    }
}

/// Whether a vendor's form holds a secret; one of a practice cloud is none.
fn is_held(desk: Desk, vendor: &'static Vendor) -> bool {
    let Some(form) = desk.form(vendor.id) else { return false };
    let secrets = vendor.connection.fields().filter(|field| is_secret(field));
    let typed = secrets
        .filter_map(|field| form.cell(field.name))
        .any(|cell| cell.text.with_untracked(|text| !text.is_empty()));
    typed && connect::stage(desk, vendor, &untrack(|| form.values())) == Stage::Production
}

/// The button in the band, and what it says of the time that is left.
fn control(desk: Desk) -> AnyView {
    let Some(lock) = LOCK.get().filter(|lock| lock.holds.get()) else { return nothing() };
    let press = move || {
        if !lock.sure.get_untracked() {
            return lock.sure.set(true);
        }
        desk.lock_when_free();
    };
    let label = derived(move || {
        let words = if lock.sure.get() { words::LOCK_SURE } else { words::LOCK };
        words.text(desk.language.get()).to_owned()
    });
    // A host's frame says it above the page, where it stands without a secret too.
    let waits = move || desk.lock_waits.get() && desk.frame.get() == Frame::Alone;
    let notice = derived(move || match lock.notice.get() {
        _ if waits() => words::LOCK_WAITS.text(desk.language.get()).to_owned(),
        Notice::Quiet => String::new(),
        Notice::Soon(seconds) => desk.fill(words::LOCK_SOON, &[("seconds", &seconds.to_string())]),
        Notice::Waits => words::LOCK_WAITS.text(desk.language.get()).to_owned(),
    });
    let button = Button::new("quiet", label, press).id("lock").view();
    el("span").class("lock").child(button).child(span("lock-notice", notice)).view()
}
