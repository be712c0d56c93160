//! When a dialog's confirm button may be pressed: seen, in front, and that for a moment. A click that was meant for
//! something else must not land on it, and none that a host has lured onto it.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::browser;
use super::desk::Desk;
use super::el::{live, nothing};
use super::embedding::covered_note;
use crate::embed::Frame;

/// How long the button must have been seen in a window that is in front, in milliseconds.
const ARMING: u32 = 600;
/// How often that is looked at.
const LOOK: u32 = 50;
/// How often a browser that can tell says whether anything covers the button; it refuses to say more often.
const DELAY: u32 = 100;

/// The state of a dialog's confirm button.
#[derive(Clone, Copy)]
pub(crate) struct Arming {
    armed: RwSignal<bool>,
    covered: RwSignal<bool>,
}

impl Arming {
    /// Begins to watch the button of this id, as soon as it is on the page.
    pub(crate) fn of(desk: Desk, id: &'static str) -> Self {
        let arming = Self { armed: RwSignal::new(false), covered: RwSignal::new(false) };
        // Alone in a window nothing of the page's can lie over its dialog.
        let in_frame = desk.frame.get_untracked() != Frame::Alone;
        browser::spawn(async move {
            let seen = Rc::new(Cell::new(true));
            let mut watch = None;
            let mut rested = 0;
            loop {
                TimeoutFuture::new(LOOK).await;
                if in_frame && watch.is_none() {
                    watch = observe(id, seen.clone());
                }
                let good = seen.get() && browser::has_focus();
                rested = if good { (rested + LOOK).min(ARMING) } else { 0 };
                // The dialog may be gone by now, and its signals with it.
                let Some(armed) = arming.armed.try_get_untracked() else { break };
                if armed != (rested == ARMING) {
                    arming.armed.try_set(!armed);
                }
                if in_frame && arming.covered.try_get_untracked() != Some(!good) {
                    arming.covered.try_set(!good);
                }
            }
            if let Some((observer, _)) = watch {
                observer.disconnect();
            }
        });
        arming
    }

    /// Whether the button may be pressed; followed.
    pub(crate) fn is_armed(self) -> bool {
        self.armed.get()
    }

    /// Says that something covers it, while that is so.
    pub(crate) fn note(self, desk: Desk) -> AnyView {
        live(move || if self.covered.get() { covered_note(desk) } else { nothing() })
    }
}

type Watch = (IntersectionObserver, Closure<dyn Fn(Array)>);

/// Asks the browser to tell whenever something covers the button. One that cannot tell says nothing of it.
fn observe(id: &str, seen: Rc<Cell<bool>>) -> Option<Watch> {
    let button = document().get_element_by_id(id)?;
    let told = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        for entry in entries.iter() {
            let Ok(entry) = entry.dyn_into::<IntersectionObserverEntry>() else { continue };
            let visible = Reflect::get(&entry, &"isVisible".into()).ok().and_then(|told| told.as_bool());
            // What is scrolled out of sight cannot be pressed anyway.
            seen.set(!entry.is_intersecting() || visible.unwrap_or(true));
        }
    });
    let options = Object::new();
    Reflect::set(&options, &"trackVisibility".into(), &JsValue::TRUE).ok()?;
    Reflect::set(&options, &"delay".into(), &DELAY.into()).ok()?;
    let options: IntersectionObserverInit = options.unchecked_into();
    let observer = IntersectionObserver::new_with_options(told.as_ref().unchecked_ref(), &options).ok()?;
    observer.observe(&button);
    Some((observer, told))
}
