//! One runner per job, and one job per connection, across all pages of the desk: Web Locks, which end with their page.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A lock that is held until this is dropped, or the page ends.
#[derive(Debug)]
pub struct Lock {
    release: Option<Function>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            drop(release.call0(&JsValue::UNDEFINED));
        }
    }
}

fn locks() -> Option<JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)
}

/// Whether the browser has locks: on plain http it has none. The store's leases then stand in for them.
pub fn are_there() -> bool {
    locks().is_some()
}

/// Takes a lock if nobody has it; none where the browser has no locks.
pub async fn take(name: &str) -> Option<Lock> {
    let locks = locks()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok()?;
    let held: Rc<RefCell<Option<Function>>> = Rc::default();
    // The lock is held for as long as the promise that the callback gives back is open.
    let answered = Promise::new(&mut |answer, _| {
        let held = held.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                drop(answer.call1(&JsValue::UNDEFINED, &JsValue::FALSE));
                return JsValue::UNDEFINED;
            }
            let kept = Promise::new(&mut |release, _| *held.borrow_mut() = Some(release));
            drop(answer.call1(&JsValue::UNDEFINED, &JsValue::TRUE));
            kept.into()
        });
        drop(request.call3(&locks, &name.into(), &options, &granted));
    });
    let granted = JsFuture::from(answered).await.is_ok_and(|granted| granted.is_truthy());
    granted.then(|| Lock { release: held.take() })
}

/// Waits until nobody has a lock any more, be it that its page crashed.
pub async fn free(name: &str) -> bool {
    let waited = || -> Option<Promise> {
        let locks = locks()?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        let options = Object::new();
        // Pages that wait do not stand in one another's way.
        Reflect::set(&options, &"mode".into(), &"shared".into()).ok()?;
        let granted = Closure::once_into_js(|| JsValue::UNDEFINED);
        request.call3(&locks, &name.into(), &options, &granted).ok()?.dyn_into().ok()
    };
    match waited() {
        Some(waited) => JsFuture::from(waited).await.is_ok(),
        None => false,
    }
}

/// Asks the browser to keep the site's data when room runs out; `None` when it cannot be asked.
pub async fn persist() -> Option<bool> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let storage = Reflect::get(&navigator, &"storage".into()).ok().filter(JsValue::is_object)?;
    let persist: Function = Reflect::get(&storage, &"persist".into()).ok()?.dyn_into().ok()?;
    let asked: Promise = persist.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(asked).await.ok()?.as_bool()
}
