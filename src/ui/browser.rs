//! The edge to the browser: clock, chance, clipboard, focus, document. Nothing here decides anything.

use js_sys::{Date, Function, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// Milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds fit an i64 for the next 200 million years")]
pub(crate) fn now() -> i64 {
    Date::now() as i64
}

/// 32 random hexadecimal digits.
pub(crate) fn random_hex() -> String {
    let bytes = Uint8Array::new_with_length(16);
    let filled =
        window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_array_buffer_view(&bytes).is_ok());
    // Without a random source the text stays empty, and signing refuses an empty nonce.
    if filled { hex::encode(bytes.to_vec()) } else { String::new() }
}

/// A moment as people read it: `2026-11-21 10:41:07 (UTC+8)`, or the digits when they are no moment.
pub(crate) fn readable_time(milliseconds: &str) -> Option<String> {
    let value = milliseconds.parse::<f64>().ok()?;
    let date = Date::new(&JsValue::from_f64(value));
    if date.get_time().is_nan() {
        return None;
    }
    let offset = -date.get_timezone_offset();
    let (hours, minutes) = ((offset / 60.0).trunc(), (offset % 60.0).abs());
    let zone = if minutes == 0.0 { format!("UTC{hours:+}") } else { format!("UTC{hours:+}:{minutes:02}") };
    Some(format!(
        "{}-{:02}-{:02} {:02}:{:02}:{:02} ({zone})",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    ))
}

/// The moment an HTTP `Date` header names, in milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "a date header is a sane number of milliseconds")]
pub(crate) fn parse_date(header: &str) -> Option<i64> {
    let parsed = Date::parse(header);
    (!parsed.is_nan()).then_some(parsed as i64)
}

/// Moves the focus to the element of this id.
pub(crate) fn focus(id: &str) {
    if let Some(element) =
        document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok())
    {
        drop(element.focus());
    }
}

/// Moves the focus once the page has drawn what was just changed.
pub(crate) fn focus_soon(id: &'static str) {
    gloo_timers::callback::Timeout::new(0, move || focus(id)).forget();
}

/// Moves the focus to a form control, or to the first one of a group of radio buttons.
pub(crate) fn focus_control(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let inner = element.query_selector("input, select, textarea").ok().flatten();
    if let Ok(element) = inner.unwrap_or(element).dyn_into::<HtmlElement>() {
        drop(element.focus());
    }
}

/// Opens the folded group around an element, so that it can be seen and focused.
pub(crate) fn unfold_around(id: &str) {
    let group =
        document().get_element_by_id(id).and_then(|element| element.closest("details").ok().flatten());
    if let Some(group) = group {
        drop(group.set_attribute("open", ""));
    }
}

/// Copies exact text; false when the browser does not allow it.
pub(crate) async fn copy(text: &str) -> bool {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).unwrap_or(JsValue::UNDEFINED);
    if clipboard.is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// Whether the page was loaded over https.
pub(crate) fn is_https() -> bool {
    window().location().protocol().is_ok_and(|protocol| protocol == "https:")
}

/// The page's origin.
pub(crate) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The language the browser prefers.
pub(crate) fn preferred_language() -> String {
    window().navigator().language().unwrap_or_default()
}

/// Sets an attribute of `<html>`.
pub(crate) fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        drop(root.set_attribute(name, value));
    }
}

/// Runs `handle` whenever the address changes, for as long as the page lives.
pub(crate) fn on_route_change(handle: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(handle);
    drop(
        window().add_event_listener_with_callback("hashchange", closure.as_ref().unchecked_ref::<Function>()),
    );
    closure.forget();
}

/// Asks before the page is left, for as long as `busy` says so.
pub(crate) fn guard_leaving(busy: impl Fn() -> bool + 'static) {
    let closure = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        if busy() {
            event.prevent_default();
        }
    });
    drop(
        window()
            .add_event_listener_with_callback("beforeunload", closure.as_ref().unchecked_ref::<Function>()),
    );
    closure.forget();
}

/// What stands behind the `#` of the address.
pub(crate) fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Goes to an address behind the `#`.
pub(crate) fn set_hash(hash: &str) {
    drop(window().location().set_hash(hash));
}

/// Whether an event was made by a person and not by a script.
pub(crate) fn is_trusted(event: &web_sys::Event) -> bool {
    event.is_trusted()
}

/// Whether an input event belongs to an input method's unfinished composition.
pub(crate) fn is_composing(event: &web_sys::Event) -> bool {
    event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing)
}
