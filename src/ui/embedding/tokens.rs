//! What the frame lacks: each missing permission is named, with what it costs.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlFormElement};

use crate::embed::Init;
use crate::ui::browser;
use crate::words::{Words, embedding as words};

const FORMS: &str = "sandbox=\"allow-forms\"";
const CLIPBOARD: &str = "allow=\"clipboard-write\"";

thread_local! {
    static LACKING: RefCell<Vec<(&'static str, Words)>> = const { RefCell::new(Vec::new()) };
}

/// What is missing.
pub(super) fn lacking() -> Vec<(&'static str, Words)> {
    LACKING.with_borrow(Clone::clone)
}

/// Looks at the frame: by what the host says of it, and by what the browser does in it.
pub(super) fn look(init: &Init) {
    let told = init.missing_tokens();
    let missing = |token: &str| told.contains(&token);
    let found = [
        (
            "sandbox=\"allow-same-origin\"",
            missing("allow-same-origin") || browser::origin() == "null",
            words::LOSES_ORIGIN,
        ),
        (FORMS, !submits(), words::LOSES_FORMS),
        ("sandbox=\"allow-modals\"", missing("allow-modals"), words::LOSES_MODALS),
        ("sandbox=\"allow-downloads\"", missing("allow-downloads"), words::LOSES_DOWNLOADS),
        (CLIPBOARD, !may_copy(), words::LOSES_CLIPBOARD),
    ];
    let lacking: Vec<_> =
        found.into_iter().filter(|(_, lacks, _)| *lacks).map(|(token, _, loses)| (token, loses)).collect();
    if lacking.iter().any(|(token, _)| *token == FORMS) {
        submit_by_click();
    }
    LACKING.set(lacking);
}

/// Whether the browser submits forms here: a form that nobody sees is submitted, and goes nowhere.
fn submits() -> bool {
    thread_local! {
        static SEEN: Cell<bool> = const { Cell::new(false) };
    }
    let made =
        document().create_element("form").ok().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let (Some(form), Some(body)) = (made, document().body()) else { return true };
    let heard = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
        event.prevent_default();
        SEEN.set(true);
    });
    drop(form.add_event_listener_with_callback("submit", heard.as_ref().unchecked_ref()));
    form.set_hidden(true);
    drop(body.append_child(&form));
    drop(form.request_submit());
    form.remove();
    SEEN.get()
}

/// Where the browser submits nothing, a press on a form's button tells the form so itself.
fn submit_by_click() {
    let pressed = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
        let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let button = element.and_then(|element| element.closest("button[type=submit]").ok().flatten());
        let Some(form) = button.and_then(|button| button.closest("form").ok().flatten()) else { return };
        event.prevent_default();
        if let Ok(submit) = web_sys::Event::new("submit") {
            drop(form.dispatch_event(&submit));
        }
    });
    drop(document().add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref()));
    pressed.forget();
}

/// Whether the frame may write to the clipboard; a browser that does not say is believed to allow it.
fn may_copy() -> bool {
    let allowed = || {
        let policy = Reflect::get(&document(), &"featurePolicy".into()).ok()?;
        let ask = Reflect::get(&policy, &"allowsFeature".into()).ok()?.dyn_into::<Function>().ok()?;
        ask.call1(&policy, &JsValue::from_str("clipboard-write")).ok()?.as_bool()
    };
    allowed().unwrap_or(true)
}
