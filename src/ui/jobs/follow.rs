//! Pages tell one another how their jobs go: each line of a ledger, once it is durable, to whoever watches the job.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::progress_view::told_phase;
use super::shown::Elsewhere;
use super::state;
use crate::domain::job::event::Phase;

/// Said instead of a phase: whoever has the job and does not run it may let go of it.
const LET_GO: &str = "let-go";

const CHANNEL: &str = "message-desk jobs";

thread_local! {
    static OPEN: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Begins to listen; a browser without channels shows a watched job as it was when it was opened.
pub(super) fn listen() {
    OPEN.with_borrow_mut(|open| {
        if open.is_some() {
            return;
        }
        let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
        let heard = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| hear(&event.data()));
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
        *open = Some(channel);
    });
}

/// Tells what was written, and in which phase the job is.
pub(super) fn tell(id: &str, phase: Phase, line: &str) {
    OPEN.with_borrow(|open| {
        if let Some(channel) = open {
            let message = Array::of3(&id.into(), &phase.name().into(), &line.into());
            drop(channel.post_message(&message));
        }
    });
}

/// Asks the page that has a job, and does not run it, to let go of it.
pub(super) fn ask(id: &str) {
    OPEN.with_borrow(|open| {
        if let Some(channel) = open {
            drop(channel.post_message(&Array::of3(&id.into(), &LET_GO.into(), &"".into())));
        }
    });
}

fn hear(message: &JsValue) {
    let Some(parts) = message.dyn_ref::<Array>() else { return };
    let text = |at: u32| parts.get(at).as_string();
    let (Some(id), Some(phase), Some(line)) = (text(0), text(1), text(2)) else { return };
    if phase == LET_GO {
        return state::give_way(&id);
    }
    let Some(runner) = state::runner(&id).filter(|runner| !runner.is_ours()) else { return };
    runner.shown.elsewhere.set(told_phase(&phase).map_or(Elsewhere::Silent, Elsewhere::Tells));
    runner.follow(&line);
}
