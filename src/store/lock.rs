//! One runner per job, and one job per app, across all pages of the desk: Web Locks, which end with their page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
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

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Taken {
    /// It is held.
    Ours(Lock),
    /// Another page has it.
    Others,
    /// There are no locks here.
    NoLocks,
}

thread_local! {
    /// Whether the browser has refused locks: where a page may keep nothing, they are there and no request for one is granted.
    static REFUSED: Cell<bool> = const { Cell::new(false) };
}

fn locks() -> Option<JsValue> {
    if REFUSED.get() {
        return None;
    }
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)
}

/// Whether the browser has locks, as far as is known: on plain http it has none, and one that keeps nothing refuses them when they
/// are asked for. The store's leases then stand in for them.
pub fn are_there() -> bool {
    locks().is_some()
}

/// Takes a lock if nobody has it.
pub async fn take(name: &str) -> Taken {
    let held: Rc<RefCell<Option<Function>>> = Rc::default();
    let Some(answered) = asked(name, &held) else { return Taken::NoLocks };
    match JsFuture::from(answered).await {
        Ok(granted) if granted.is_truthy() => Taken::Ours(Lock { release: held.take() }),
        Ok(_) => Taken::Others,
        Err(_) => {
            REFUSED.set(true);
            Taken::NoLocks
        }
    }
}

/// Asks for a lock: whether it was granted, or an error where locks are refused. What releases it is left in `held`.
fn asked(name: &str, held: &Rc<RefCell<Option<Function>>>) -> Option<Promise> {
    let locks = locks()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok()?;
    Some(Promise::new(&mut |answer, refuse| {
        let held = held.clone();
        // The lock is held for as long as the promise that the callback gives back is open.
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                drop(answer.call1(&JsValue::UNDEFINED, &JsValue::FALSE));
                return JsValue::UNDEFINED;
            }
            let kept = Promise::new(&mut |release, _| *held.borrow_mut() = Some(release));
            drop(answer.call1(&JsValue::UNDEFINED, &JsValue::TRUE));
            kept.into()
        });
        let requested = request.call3(&locks, &name.into(), &options, &granted);
        let watched = requested.and_then(|promise| {
            let catch: Function = Reflect::get(&promise, &"catch".into())?.unchecked_into();
            catch.call1(&promise, &refuse)
        });
        if let Err(fault) = watched {
            drop(refuse.call1(&JsValue::UNDEFINED, &fault));
        }
    }))
}

/// Whether any page has a lock; `None` when that cannot be told.
pub async fn is_held(name: &str) -> Option<bool> {
    let locks = locks()?;
    let query: Function = Reflect::get(&locks, &"query".into()).ok()?.dyn_into().ok()?;
    let asked: Promise = query.call0(&locks).ok()?.dyn_into().ok()?;
    let held = Reflect::get(&JsFuture::from(asked).await.ok()?, &"held".into()).ok()?;
    let is_it = |lock: JsValue| {
        Reflect::get(&lock, &"name".into()).is_ok_and(|own| own.as_string().as_deref() == Some(name))
    };
    Some(Array::from(&held).iter().any(is_it))
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
