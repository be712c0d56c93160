//! What the page holds and follows, without a type of signal for each kind of value.
//!
//! Leptos compiles its signals anew for every type they carry: some two dozen on this page, each with code of its own for
//! reading, writing and telling others. Here one trigger tells of changes, and the value lies beside it.

use std::sync::{Arc, PoisonError, RwLock};

use leptos::prelude::*;
use leptos::reactive::signal::ArcTrigger;

/// A value that is followed, for as long as the page lives; a plain reference is the cheapest handle.
pub(crate) struct Held<T: 'static>(&'static Place<T>);

struct Place<T> {
    changed: ArcTrigger,
    value: RwLock<T>,
}

impl<T> Copy for Held<T> {}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Held<T> {
    /// Holds a value from now on.
    pub(crate) fn new(value: T) -> Self {
        Self(Box::leak(Box::new(Place { changed: ArcTrigger::new(), value: RwLock::new(value) })))
    }

    /// Follows it.
    pub(crate) fn track(self) {
        track(&self.0.changed);
    }

    /// Looks at it, and follows it.
    pub(crate) fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(look)
    }

    /// Looks at it.
    pub(crate) fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.0.value.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes it.
    pub(crate) fn update(self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.value.write().unwrap_or_else(PoisonError::into_inner));
        tell(&self.0.changed);
    }

    /// Puts another value in its place.
    pub(crate) fn set(self, value: T) {
        let before =
            std::mem::replace(&mut *self.0.value.write().unwrap_or_else(PoisonError::into_inner), value);
        drop(before);
        tell(&self.0.changed);
    }
}

impl<T: Clone + Send + Sync> Held<T> {
    /// Its value, followed.
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    /// Its value.
    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

impl From<Held<String>> for Signal<String> {
    fn from(held: Held<String>) -> Self {
        Signal::derive(move || held.get())
    }
}

#[inline(never)]
fn track(changed: &ArcTrigger) {
    changed.track();
}

#[inline(never)]
fn tell(changed: &ArcTrigger) {
    changed.notify();
}

/// A value made from others that are followed; it is made when somebody looks, and news only when it is another.
pub(crate) struct Made<T: 'static> {
    news: Memo<bool>,
    work: Arc<Work<T>>,
}

struct Work<T> {
    make: Box<dyn Fn() -> T + Send + Sync>,
    made: RwLock<Option<T>>,
}

impl<T> Clone for Made<T> {
    fn clone(&self) -> Self {
        Self { news: self.news, work: self.work.clone() }
    }
}

impl<T: Send + Sync> Made<T> {
    /// A value made by `make`; `same` tells whether a new one says nothing new.
    pub(crate) fn new(make: impl Fn() -> T + Send + Sync + 'static, same: fn(&T, &T) -> bool) -> Self {
        let work = Arc::new(Work { make: Box::new(make), made: RwLock::new(None) });
        let own = work.clone();
        let news = memo(Box::new(move || {
            let made = (own.make)();
            let mut known = own.made.write().unwrap_or_else(PoisonError::into_inner);
            let news = !known.as_ref().is_some_and(|known| same(known, &made));
            *known = Some(made);
            news
        }));
        Self { news, work }
    }

    /// Looks at it, and follows it.
    pub(crate) fn with<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        self.news.track();
        self.with_untracked(look)
    }

    /// Looks at it.
    pub(crate) fn with_untracked<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        // Made now, if something it is made from has changed.
        self.news.get_untracked();
        match self.work.made.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            Some(made) => look(made),
            None => look(&(self.work.make)()),
        }
    }
}

impl<T: Clone + Send + Sync> Made<T> {
    /// Its value, followed.
    pub(crate) fn get(&self) -> T {
        self.with(T::clone)
    }
}

fn memo(work: Box<dyn Fn() -> bool + Send + Sync>) -> Memo<bool> {
    Memo::new_with_compare(move |_| work(), |_, news| news.copied().unwrap_or(true))
}
