//! The edge to the browser: clock, chance, clipboard, focus, document. Nothing here decides anything.

use std::cell::RefCell;

use js_sys::{Date, Function, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, PageTransitionEvent};

/// Milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds fit an i64 for the next 200 million years")]
pub(crate) fn now() -> i64 {
    Date::now() as i64
}

/// Runs a task to its end beside everything else.
pub(crate) fn spawn(task: impl Future<Output = ()> + 'static) {
    // One type for all tasks: their run-time is compiled once.
    let task: std::pin::Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    leptos::task::spawn_local(task);
}

/// 32 random hexadecimal digits.
pub(crate) fn random_hex() -> String {
    let bytes = Uint8Array::new_with_length(16);
    let filled =
        window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_array_buffer_view(&bytes).is_ok());
    // Without a random source the text stays empty, and signing refuses an empty nonce.
    if filled { hex::encode(bytes.to_vec()) } else { String::new() }
}

/// A text in lower case, by the browser's own tables.
pub(crate) fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// A random whole number of 32 bits, in decimal digits.
pub(crate) fn random_decimal() -> String {
    let bits = random_hex();
    let number = bits.get(..8).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    number.map_or_else(String::new, |number| number.to_string())
}

/// A moment as a calendar control wants it, `2026-11-21T10:41:07` in this computer's zone.
pub(crate) fn local_moment(milliseconds: i64) -> Option<String> {
    let date = date_of(milliseconds)?;
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    ))
}

/// The milliseconds since 1970 that a calendar control's text means in this computer's zone.
#[expect(clippy::cast_possible_truncation, reason = "a date fits")]
pub(crate) fn moment_of_local(text: &str) -> Option<i64> {
    let time = Date::new(&JsValue::from_str(text)).get_time();
    (!text.is_empty() && !time.is_nan()).then_some(time as i64)
}

#[expect(clippy::cast_precision_loss, reason = "a date fits")]
fn date_of(milliseconds: i64) -> Option<Date> {
    let date = Date::new(&JsValue::from_f64(milliseconds as f64));
    (!date.get_time().is_nan()).then_some(date)
}

/// A moment as people read it, `2026-11-21 10:41:07 (UTC+8)`; nothing when the digits are no moment.
#[expect(clippy::cast_possible_truncation, reason = "an offset is some hundred minutes")]
pub(crate) fn readable_time(milliseconds: &str) -> Option<String> {
    let all_digits = !milliseconds.is_empty() && milliseconds.bytes().all(|byte| byte.is_ascii_digit());
    let date = Date::new(&JsValue::from_f64(js_sys::parse_float(milliseconds)));
    if !all_digits || date.get_time().is_nan() {
        return None;
    }
    let offset = -(date.get_timezone_offset() as i32);
    let zone = format!(
        "UTC{:+}{}",
        offset / 60,
        if offset % 60 == 0 { String::new() } else { format!(":{:02}", (offset % 60).abs()) }
    );
    let two = |number: u32| format!("{number:02}");
    let day = [date.get_full_year().to_string(), two(date.get_month() + 1), two(date.get_date())].join("-");
    let time = [date.get_hours(), date.get_minutes(), date.get_seconds()].map(two).join(":");
    Some(format!("{day} {time} ({zone})"))
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

/// Moves the focus once the page has drawn what was just changed, when that took away what had it.
pub(crate) fn focus_soon_if_lost(id: &'static str) {
    gloo_timers::callback::Timeout::new(0, move || {
        if document().active_element().is_none_or(|active| active.tag_name() == "BODY") {
            focus(id);
        }
    })
    .forget();
}

/// Moves the focus to the first control inside an element, or to the element itself, once the page has drawn it.
pub(crate) fn focus_inside_soon(id: String) {
    gloo_timers::callback::Timeout::new(0, move || {
        let Some(element) = document().get_element_by_id(&id) else { return };
        let inner = element.query_selector("button, input, select, textarea").ok().flatten();
        if let Ok(element) = inner.unwrap_or(element).dyn_into::<HtmlElement>() {
            drop(element.focus());
        }
    })
    .forget();
}

/// Opens a dialog once it is on the page, with the focus on one of its controls.
pub(crate) fn show_dialog_soon(id: &'static str, control: &'static str) {
    gloo_timers::callback::Timeout::new(0, move || {
        if let Some(dialog) = dialog(id) {
            drop(dialog.show_modal());
            focus(control);
        }
    })
    .forget();
}

/// Closes a dialog; the browser gives the focus back to what had it before.
pub(crate) fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

fn dialog(id: &str) -> Option<web_sys::HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
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

/// Calls when the page is shown again as it was, after it had been left: by the browser's button that goes back.
pub(crate) fn on_return(act: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn(PageTransitionEvent)>::new(move |event: PageTransitionEvent| {
        if event.persisted() {
            act();
        }
    });
    drop(window().add_event_listener_with_callback("pageshow", closure.as_ref().unchecked_ref::<Function>()));
    closure.forget();
}

/// The page's whole address, without its query.
pub(crate) fn address() -> String {
    let location = window().location();
    let parts = [location.origin(), location.pathname(), location.hash()];
    parts.into_iter().flatten().collect::<Vec<_>>().concat()
}

/// Whether the browser would ask before the page is left: something is under way. The guards are asked as the browser asks them.
pub(crate) fn is_leaving_guarded() -> bool {
    let Ok(event) = web_sys::Event::new("beforeunload") else { return false };
    event.init_event_with_bubbles_and_cancelable("beforeunload", false, true);
    !window().dispatch_event(&event).unwrap_or(true)
}

/// Whether the browser trusts the way the page came: https, or this very machine.
pub(crate) fn is_secure() -> bool {
    window().is_secure_context()
}

/// Begins the page anew; its memory goes.
pub(crate) fn reload() {
    drop(window().location().reload());
}

/// Whether another page has this one in a frame.
pub(crate) fn is_framed() -> bool {
    let own = JsValue::from(window());
    // Who cannot tell is not alone.
    !window().top().is_ok_and(|top| top.is_some_and(|top| JsValue::from(top) == own))
}

/// What stands behind the `#` of the address.
pub(crate) fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// The query of the address.
pub(crate) fn search() -> String {
    window().location().search().unwrap_or_default()
}

/// Replaces query and hash of the address, and of its entry in the history.
pub(crate) fn replace_address(hash: &str) {
    let path = window().location().pathname().unwrap_or_default();
    if let Ok(history) = window().history() {
        drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{hash}"))));
    }
}

/// Keeps a text with the page's entry in the history, where a page that begins anew finds it; an empty one is none.
pub(crate) fn keep(text: &str) {
    if let Ok(history) = window().history() {
        let state = if text.is_empty() { JsValue::NULL } else { JsValue::from_str(text) };
        drop(history.replace_state(&state, ""));
    }
}

/// The text that is kept with the entry; empty when there is none.
pub(crate) fn kept() -> String {
    let state = window().history().and_then(|history| history.state()).unwrap_or_default();
    state.as_string().unwrap_or_default()
}

/// Whether the page has the window's focus.
pub(crate) fn has_focus() -> bool {
    document().has_focus().unwrap_or(false)
}

/// Goes to an address behind the `#`.
pub(crate) fn set_hash(hash: &str) {
    drop(window().location().set_hash(hash));
}

/// Empties the input an event came from.
pub(crate) fn empty_input(event: &web_sys::Event) {
    if let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
    {
        input.set_value("");
    }
}

/// Whether an Enter belongs to an input method: `isComposing`, or key code 229 where the composition is already over.
pub(crate) fn is_composing_enter(event: &web_sys::Event) -> bool {
    let key = event.dyn_ref::<web_sys::KeyboardEvent>();
    key.is_some_and(|key| key.key() == "Enter" && (key.is_composing() || key.key_code() == 229))
}

/// Something that waits for a press to end.
type Waiting = Box<dyn FnOnce()>;

thread_local! {
    /// What waits for the press that is under way, if one is.
    static PRESS: RefCell<Option<Vec<Waiting>>> = const { RefCell::new(None) };
}

/// Notices presses anywhere on the page, for [`after_press`].
pub(crate) fn watch_presses() {
    let listen = |event: &str, handle: fn()| {
        let closure = Closure::<dyn Fn()>::new(handle);
        let options = web_sys::AddEventListenerOptions::new();
        options.set_capture(true);
        let target = window();
        drop(target.add_event_listener_with_callback_and_add_event_listener_options(
            event,
            closure.as_ref().unchecked_ref(),
            &options,
        ));
        closure.forget();
    };
    listen("pointerdown", || PRESS.with_borrow_mut(|press| *press = Some(Vec::new())));
    for end in ["pointerup", "pointercancel"] {
        listen(end, || {
            // The click comes right after the release, and goes first.
            gloo_timers::callback::Timeout::new(0, || {
                for waiting in PRESS.take().into_iter().flatten() {
                    waiting();
                }
            })
            .forget();
        });
    }
}

/// Runs `then` at once, or right after the press that is under way.
pub(crate) fn after_press(then: impl FnOnce() + 'static) {
    let then: Waiting = Box::new(then);
    let now = PRESS.with_borrow_mut(|press| match press {
        Some(waiting) => {
            waiting.push(then);
            None
        }
        None => Some(then),
    });
    if let Some(then) = now {
        then();
    }
}

/// Whether an event was made by a person and not by a script.
pub(crate) fn is_trusted(event: &web_sys::Event) -> bool {
    event.is_trusted()
}

/// Whether an input event belongs to an input method's unfinished composition.
pub(crate) fn is_composing(event: &web_sys::Event) -> bool {
    event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing)
}
