//! Long work in slices, between which the page does other things.

use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use crate::ui::browser;
use crate::ui::el::{live, nothing};

/// How long the page may be kept from other things, in milliseconds.
const SLICE: i64 = 20;
/// How often it is worth saying how far the work is.
const TOLD: i64 = 100;

/// Work under way.
pub(super) struct Slices {
    begun: i64,
    told: i64,
}

impl Slices {
    /// The first slice begins.
    pub(super) fn new() -> Self {
        let now = browser::now();
        Self { begun: now, told: now }
    }

    /// When this slice began.
    pub(super) fn begun(&self) -> i64 {
        self.begun
    }

    /// Whether it is over.
    pub(super) fn is_over(&self) -> bool {
        browser::now() - self.begun >= SLICE
    }

    /// Lets the page do other things; says whether it is time to say how far the work is.
    pub(super) async fn rest(&mut self) -> bool {
        breathe().await;
        self.begun = browser::now();
        let tells = self.begun - self.told >= TOLD;
        if tells {
            self.told = self.begun;
        }
        tells
    }
}

/// Waits until whatever else waited has had its turn. A timer would cost four milliseconds each time.
pub(super) async fn breathe() {
    let Ok(channel) = MessageChannel::new() else { return };
    let heard = Promise::new(&mut |resolve: Function, _| channel.port1().set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        drop(JsFuture::from(heard).await);
    }
    channel.port1().close();
}

/// A part of the page that is drawn in a turn of its own: what stands above it is there sooner, and a press is heard in between.
pub(super) fn soon(part: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let due = RwSignal::new(false);
    browser::spawn(async move {
        breathe().await;
        // It may be gone by then.
        let _ = due.try_set(true);
    });
    live(move || if due.get() { part() } else { nothing() })
}
