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
    /// Whether it was asked and has not answered, or said no: it is not asked again for this job.
    asked: bool,
}

thread_local! {
    static AWAKE: RefCell<Awake> = RefCell::default();
}

/// Wants the screen to stay on, or no longer. A browser that refuses is not asked why: the job runs all the same.
pub(super) fn want(wanted: bool) {
    let asks = AWAKE.with_borrow_mut(|awake| {
        awake.wanted = wanted;
        if !wanted {
            awake.asked = false;
            drop(awake.lock.take().map(|lock| call(&lock, "release")));
        }
        let held = awake.lock.as_ref().is_some_and(|lock| {
            Reflect::get(lock, &"released".into()).is_ok_and(|released| released.is_falsy())
        });
        let asks = wanted && !held && !awake.asked && is_seen() && is_allowed();
        awake.asked |= asks;
        asks
    });
    if asks {
        browser::spawn(async {
            let Some(lock) = ask().await else { return };
            AWAKE.with_borrow_mut(|awake| {
                if awake.wanted {
                    awake.lock = Some(lock);
                    awake.asked = false;
                } else {
                    drop(call(&lock, "release"));
                }
            });
        });
    }
}

/// Whether the page around the frame lets the screen be kept on, as far as the browser says: asking all the same is a complaint on the
/// console.
fn is_allowed() -> bool {
    let policy = Reflect::get(&leptos::prelude::document(), &"featurePolicy".into()).unwrap_or_default();
    let allows =
        Reflect::get(&policy, &"allowsFeature".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    let said = allows.and_then(|allows| allows.call1(&policy, &"screen-wake-lock".into()).ok());
    said.is_none_or(|said| !said.is_falsy())
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
