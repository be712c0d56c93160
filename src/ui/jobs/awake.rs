//! Keeps the screen on while a job runs and its page is seen: a computer that falls asleep stops a job.

use std::cell::RefCell;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::ui::browser;

#[derive(Default)]
struct Awake {
    wanted: bool,
    /// What the browser gave; it takes it away when the page is hidden.
    lock: Option<JsValue>,
}

thread_local! {
    static AWAKE: RefCell<Awake> = RefCell::default();
}

/// Wants the screen to stay on, or no longer. A browser that refuses is not asked why: the job runs all the same.
pub(super) fn want(wanted: bool) {
    let asks = AWAKE.with_borrow_mut(|awake| {
        awake.wanted = wanted;
        if !wanted && let Some(lock) = awake.lock.take() {
            drop(call(&lock, "release"));
        }
        let held = awake.lock.as_ref().is_some_and(|lock| {
            Reflect::get(lock, &"released".into()).is_ok_and(|released| released.is_falsy())
        });
        wanted && !held
    });
    if asks && is_seen() {
        browser::spawn(async {
            let Some(lock) = ask().await else { return };
            AWAKE.with_borrow_mut(|awake| {
                if awake.wanted {
                    awake.lock = Some(lock);
                } else {
                    drop(call(&lock, "release"));
                }
            });
        });
    }
}

fn is_seen() -> bool {
    let document = leptos::prelude::document();
    Reflect::get(&document, &"visibilityState".into())
        .is_ok_and(|state| state == JsValue::from_str("visible"))
}

async fn ask() -> Option<JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let keeper = Reflect::get(&navigator, &"wakeLock".into()).ok().filter(JsValue::is_object)?;
    JsFuture::from(call(&keeper, "request")?).await.ok()
}

fn call(object: &JsValue, name: &str) -> Option<Promise> {
    let function: Function = Reflect::get(object, &name.into()).ok()?.dyn_into().ok()?;
    function.call0(object).ok()?.dyn_into().ok()
}
