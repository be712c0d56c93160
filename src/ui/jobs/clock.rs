//! Timers that keep their pace while the page is hidden, by a worker; until it was heard, the page's own come as a second chance.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

use crate::ui::browser;

const SCRIPT: &str = "ticker.js";

type Then = Box<dyn FnOnce()>;

#[derive(Default)]
struct Clock {
    worker: Option<Worker>,
    begun: bool,
    /// Whether the worker keeps time: it has rung before.
    heard: bool,
    next: u32,
    waiting: BTreeMap<u32, Then>,
}

thread_local! {
    static CLOCK: RefCell<Clock> = RefCell::default();
}

/// Runs `then` after so many milliseconds.
pub(super) fn after(milliseconds: u32, then: impl FnOnce() + 'static) {
    let (id, heard) = CLOCK.with_borrow_mut(|clock| {
        clock.begin();
        clock.next = clock.next.wrapping_add(1);
        clock.waiting.insert(clock.next, Box::new(then));
        if let Some(worker) = &clock.worker {
            let message = Array::of2(&clock.next.into(), &milliseconds.into());
            drop(worker.post_message(&message));
        }
        (clock.next, clock.heard)
    });
    if !heard {
        gloo_timers::callback::Timeout::new(milliseconds, move || ring(id)).forget();
    }
}

/// Jumps below this are the two clocks' own unevenness, in milliseconds.
const JUMP: i64 = 2_000;

thread_local! {
    /// How far the clock that can be set is ahead of the one that cannot.
    static AHEAD: Cell<Option<i64>> = const { Cell::new(None) };
}

/// By how much the clock was set, or the computer slept, since this was last asked.
pub(super) fn jumped() -> Option<i64> {
    let steady = leptos::prelude::window().performance()?.now();
    let ahead = browser::now() - whole(steady);
    let before = AHEAD.replace(Some(ahead))?;
    Some(ahead - before).filter(|by| by.abs() > JUMP)
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page began")]
const fn whole(milliseconds: f64) -> i64 {
    milliseconds as i64
}

/// Whichever timer comes first finds what waits; the other finds nothing.
fn ring(id: u32) {
    let then = CLOCK.with_borrow_mut(|clock| clock.waiting.remove(&id));
    if let Some(then) = then {
        then();
    }
}

impl Clock {
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
