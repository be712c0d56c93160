//! Finding out who is around the frame: one greeting that says nothing, and one answer that is believed.

use std::cell::{Cell, RefCell};

use gloo_timers::future::TimeoutFuture;
use js_sys::JsString;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort};

use super::host;
use crate::embed::{Frame, Gate, Heard, Hint, LONGEST, Why, hello};
use crate::ui::browser;
use crate::ui::desk::Desk;

/// How long a listed host has to answer before the page says that nobody did, in milliseconds.
const PATIENCE: u32 = 3_000;
/// How often the greeting is said again: a host may begin to listen later than the frame begins to speak.
const AGAIN: u32 = 250;
/// Greetings within the patience, and all of them; a host that comes late is still let in.
const EAGER: u32 = PATIENCE / AGAIN;
const GREETINGS: u32 = EAGER + 30;

thread_local! {
    static BEGUN: Cell<bool> = const { Cell::new(false) };
    static GATE: RefCell<Option<Gate>> = const { RefCell::new(None) };
}

/// Begins to find out, once.
pub(super) fn open(desk: Desk) {
    if BEGUN.replace(true) {
        return;
    }
    // The list comes with the configuration, which may come later.
    desk.own(|| {
        Effect::new(move |_| {
            let parents = desk.config.with(|config| {
                config.as_ref().map(|config| config.policy.parents.clone()).unwrap_or_default()
            });
            let first = GATE.with_borrow(Option::is_none);
            if first && !parents.is_empty() {
                greet(desk, parents);
            }
        });
    });
    browser::spawn(async move {
        TimeoutFuture::new(PATIENCE).await;
        if desk.frame.get_untracked() == Frame::Waiting {
            let nobody = GATE.with_borrow(Option::is_none);
            desk.stand(Frame::Stranger(if nobody { Why::NobodyListed } else { Why::Silence }));
        }
    });
}

fn greet(desk: Desk, parents: Vec<String>) {
    let nonce = browser::random_hex();
    GATE.set(Some(Gate::new(parents, nonce.clone())));
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| listen(desk, &event));
    drop(window().add_event_listener_with_callback("message", heard.as_ref().unchecked_ref()));
    heard.forget();
    browser::spawn(async move {
        for turn in 0..GREETINGS {
            if desk.frame.get_untracked() == Frame::Known {
                return;
            }
            // Any page may read this: there is nothing in it but a number that is good for one answer.
            if let Ok(Some(parent)) = window().parent() {
                drop(parent.post_message(&JsValue::from_str(&hello(&nonce)), "*"));
            }
            TimeoutFuture::new(if turn < EAGER { AGAIN } else { PATIENCE }).await;
        }
    });
}

fn listen(desk: Desk, event: &MessageEvent) {
    let parent = window().parent().ok().flatten().map(JsValue::from);
    let from_parent = event.source().map(JsValue::from).is_some_and(|source| parent == Some(source));
    let text = text_of(&event.data());
    let ports = event.ports();
    let origin = event.origin();
    let hint = Hint { from_parent, origin: &origin, text: text.as_deref(), ports: ports.length() };
    let heard = GATE.with_borrow_mut(|gate| gate.as_mut().map(|gate| gate.heard(hint)));
    match heard {
        Some(Heard::Open(init)) => {
            if let Ok(port) = ports.get(0).dyn_into::<MessagePort>() {
                host::welcome(desk, port, *init);
            }
        }
        Some(Heard::Version) => desk.stand(Frame::Stranger(Why::Version)),
        Some(Heard::Nothing) | None => {}
    }
}

/// A message's text; none when it is anything else, or too long to be looked at.
pub(super) fn text_of(data: &JsValue) -> Option<String> {
    let text = data.dyn_ref::<JsString>()?;
    usize::try_from(text.length()).is_ok_and(|length| length <= LONGEST).then(|| String::from(text))
}
