//! Asks one of the page's workers: what takes long, in a file and a memory of its own.

use js_sys::{Array, Function, Promise, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

/// Asks a worker of the build (a folder of `page/`) once, and ends it: its memory goes with it. `bytes` are given away.
///
/// # Errors
/// The name of the worker's fault, with details behind a colon: `absent` when it could not be fetched or started, `broken` when it ended
/// without an answer, or one of its own.
pub(crate) async fn ask(worker: &str, what: &str, bytes: Uint8Array) -> Result<Uint8Array, String> {
    let script =
        document().get_element_by_id("loader").and_then(|it| it.get_attribute(&format!("data-{worker}")));
    let script = script.ok_or("absent: the page names no such file")?;
    let worker = Worker::new(&script).map_err(|fault| format!("absent: {fault:?}"))?;
    let answered = Promise::new(&mut |resolve: Function, reject: Function| {
        let heard = Closure::once_into_js(move |event: MessageEvent| {
            drop(resolve.call1(&JsValue::NULL, &event.data()))
        });
        let failed = Closure::once_into_js(move |event: web_sys::Event| {
            event.prevent_default();
            drop(reject.call0(&JsValue::NULL));
        });
        worker.set_onmessage(Some(heard.unchecked_ref()));
        worker.set_onerror(Some(failed.unchecked_ref()));
    });
    let buffer = bytes.buffer();
    let posted = worker.post_message_with_transfer(&Array::of2(&what.into(), &bytes), &Array::of1(&buffer));
    let answer = match posted {
        Ok(()) => JsFuture::from(answered).await,
        Err(fault) => Err(fault),
    };
    worker.terminate();
    let answer: Array = answer.map_err(|_| "absent")?.dyn_into().map_err(|_| "broken")?;
    answer.get(0).dyn_into().map_err(|_| answer.get(1).as_string().unwrap_or_default())
}
