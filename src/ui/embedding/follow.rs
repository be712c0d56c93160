//! What a host is told without asking: how high the page is, whether leaving would lose something, what was done.

use std::cell::Cell;
use std::sync::Arc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::ResizeObserver;

use super::host::{holds_a_job, tell};
use crate::domain::caution::Stage;
use crate::domain::field::Kind;
use crate::domain::form::Form;
use crate::domain::operation::Danger;
use crate::domain::outcome::Verdict;
use crate::domain::rows::cell_of;
use crate::embed::Event;
use crate::ui::desk::{Act, Desk};

/// A smaller change of height is not worth a message, in pixels.
const LEAST: u32 = 2;
/// No frame becomes higher, whatever the page holds.
const HIGHEST: u32 = 20_000;
/// How often it is looked whether something is unfinished, in milliseconds.
const LOOK: u32 = 500;
/// The longest text told of one target field; a list of thousands is in the job's own files.
const LONGEST_TARGET: usize = 8_000;
/// The longest body that is told.
const LONGEST_BODY: usize = 20_000;

thread_local! {
    static HEIGHT: Cell<u32> = const { Cell::new(0) };
    static FRAME_ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Begins to tell.
pub(super) fn begin(desk: Desk) {
    let told = Cell::new(false);
    Interval::new(LOOK, move || {
        let dirty = desk.is_unfinished() || desk.is_busy() || holds_a_job();
        if told.replace(dirty) != dirty {
            tell(&Event::Dirty(dirty));
        }
    })
    .forget();
    let known = StoredValue::new(desk.acts.with_untracked(Vec::len));
    desk.own(|| {
        Effect::new(move |_| {
            desk.acts.with(|acts| {
                let new = acts.get(known.get_value()..).unwrap_or_default();
                new.iter()
                    .filter(|act| act.operation.danger > Danger::Looks)
                    .for_each(|act| tell(&audit(desk, act)));
                known.set_value(acts.len());
            });
        });
    });
}

/// Begins to tell how high the page is. The frame's own height never enters into it, so it cannot grow by itself.
pub(super) fn height() {
    let Some(body) = document().body() else { return };
    let measured = Closure::<dyn Fn()>::new(|| {
        FRAME_ASKED.set(false);
        let height =
            document().body().map_or(0, |body| u32::try_from(body.offset_height()).unwrap_or_default());
        let height = height.min(HIGHEST);
        if height.abs_diff(HEIGHT.get()) >= LEAST {
            HEIGHT.set(height);
            tell(&Event::Resize(height));
        }
    });
    let changed = Closure::<dyn Fn()>::new(move || {
        // Once for all changes before the next frame is drawn.
        if !FRAME_ASKED.replace(true) {
            drop(window().request_animation_frame(measured.as_ref().unchecked_ref()));
        }
    });
    if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
        observer.observe(&body);
    }
    changed.forget();
}

fn audit(desk: Desk, act: &Arc<Act>) -> Event {
    let operation = act.operation;
    let bodies =
        desk.config.with_untracked(|config| config.as_ref().is_ok_and(|config| config.policy.bodies));
    let named = act.values.iter().filter(|(name, text)| !text.is_empty() && is_target(&operation.form, name));
    Event::Audit {
        at: act.at,
        operation: operation.id,
        account: act.account.clone(),
        stage: match act.stage {
            Stage::Practice => "practice",
            Stage::Production => "production",
        },
        targets: named.map(|(name, text)| (name.to_owned(), cut(text, LONGEST_TARGET))).collect(),
        count: u32::try_from(act.count).unwrap_or(u32::MAX),
        outcome: match act.outcome.verdict {
            Verdict::Accepted => "accepted",
            Verdict::Partial => "partial",
            Verdict::Refused => "refused",
            Verdict::NotSent => "not_sent",
            Verdict::Unknown => "unknown",
        },
        code: act.outcome.code.clone(),
        reason: act.reason.clone(),
        // A job has no body of its own.
        body: (bodies && act.job.is_none()).then(|| cut(&act.body, LONGEST_BODY)),
        job: act.job.clone(),
    }
}

/// Whether a field names whom or what an act is about, or how: ids, numbers and choices do, what people wrote does not.
fn is_target(form: &'static Form, name: &str) -> bool {
    form.fields().any(|field| match &field.kind {
        Kind::Text(_) | Kind::Secret | Kind::Address | Kind::JsonObject | Kind::JsonText(_) => false,
        Kind::Rows(rows) => cell_of(field.name, name).is_some_and(|(_, cell)| is_target(rows.form, cell)),
        _ => field.name == name,
    })
}

fn cut(text: &str, longest: usize) -> String {
    let mut cut: String = text.chars().take(longest).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}
