//! Timers that keep their pace while the page is hidden, by a worker; until it was heard, and when it falls silent, the page's own come
//! as a second chance.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

use crate::ui::browser;

const SCRIPT: &str = "ticker.js";
/// How often it is looked whether the worker still rings, and how late it may be, in milliseconds.
const LOOK: u32 = 1_000;
const LATE: i64 = 1_000;

type Then = Box<dyn FnOnce()>;

#[derive(Default)]
struct Clock {
    worker: Option<Worker>,
    begun: bool,
    /// Whether the worker keeps time: it has rung before, and is not late.
    heard: bool,
    /// Whether somebody looks after that.
    watched: bool,
    next: u32,
    /// What waits, and until when by the steady clock.
    waiting: BTreeMap<u32, (i64, Then)>,
}

thread_local! {
    static CLOCK: RefCell<Clock> = RefCell::default();
}

/// Runs `then` after so many milliseconds.
pub(super) fn after(milliseconds: u32, then: impl FnOnce() + 'static) {
    let due = steady().unwrap_or_default().saturating_add(milliseconds.into());
    let (id, heard, watched) = CLOCK.with_borrow_mut(|clock| {
        clock.begin();
        clock.next = clock.next.wrapping_add(1);
        clock.waiting.insert(clock.next, (due, Box::new(then)));
        if let Some(worker) = &clock.worker {
            let message = Array::of2(&clock.next.into(), &milliseconds.into());
            drop(worker.post_message(&message));
        }
        (clock.next, clock.heard, std::mem::replace(&mut clock.watched, true))
    });
    if !heard {
        later(id, milliseconds);
    }
    if !watched {
        watch();
    }
}

/// Rings by the page's own timer.
fn later(id: u32, milliseconds: u32) {
    gloo_timers::callback::Timeout::new(milliseconds, move || ring(id)).forget();
}

/// Looks after the worker while anything waits: a browser may end it without a word.
fn watch() {
    gloo_timers::callback::Timeout::new(LOOK, || {
        let now = steady().unwrap_or_default();
        let (left, waits) = CLOCK.with_borrow_mut(|clock| clock.doubt(now));
        for (id, milliseconds) in left {
            later(id, milliseconds);
        }
        if waits {
            watch();
        }
    })
    .forget();
}

/// How far the clock that can be set is ahead of the one that cannot.
pub(super) fn ahead() -> Option<i64> {
    Some(browser::now() - steady()?)
}

/// Milliseconds by the clock that cannot be set.
fn steady() -> Option<i64> {
    Some(whole(leptos::prelude::window().performance()?.now()))
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page began")]
const fn whole(milliseconds: f64) -> i64 {
    milliseconds as i64
}

/// Whichever timer comes first finds what waits; the other finds nothing.
fn ring(id: u32) {
    let then = CLOCK.with_borrow_mut(|clock| clock.waiting.remove(&id));
    if let Some((_, then)) = then {
        then();
    }
}

impl Clock {
    /// When the worker is late, it is believed no longer: how long each of what waits has left. And whether anything waits.
    fn doubt(&mut self, now: i64) -> (Vec<(u32, u32)>, bool) {
        self.watched = !self.waiting.is_empty();
        let is_late = self.heard && self.waiting.values().any(|(due, _)| due + LATE < now);
        if !is_late {
            return (Vec::new(), self.watched);
        }
        self.heard = false;
        let left = |due: i64| u32::try_from(due - now).unwrap_or_default();
        (self.waiting.iter().map(|(id, (due, _))| (*id, left(*due))).collect(), true)
    }

    fn begin(&mut self) {
        if self.begun {
            return;
        }
        self.begun = true;
        let Ok(worker) = Worker::new(SCRIPT) else { return };
        let heard = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
            CLOCK.with_borrow_mut(|clock| clock.heard = true);
            ring(number(&event.data()));
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
        self.worker = Some(worker);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is a number this page gave away"
)]
fn number(value: &JsValue) -> u32 {
    value.as_f64().unwrap_or_default() as u32
}
