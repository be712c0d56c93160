//! An act from the confirmed request to the record: the pause in which it can be taken back, the call, the explanation.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::browser;
use super::desk::{Act, Desk, InUse};
use crate::domain::caution::{Caution, Stage, caution, undo_seconds};
use crate::domain::draft::Values;
use crate::domain::operation::{Operation, Scope};
use crate::domain::outcome::Verdict;
use crate::domain::reply::{Ending, conclude};
use crate::domain::request::{Moment, Request};
use crate::transport::fetch;

/// How long an answer is waited for, in milliseconds. Afterwards the outcome of a write is unknown.
const DEADLINE: u32 = 30_000;

/// A request that waits for a person, with everything that belongs to it. What is confirmed is what is sent.
#[derive(Clone)]
pub(crate) struct Pending {
    request: Request,
    in_use: InUse,
    values: Values,
    /// How much it must ask.
    pub(crate) caution: Caution,
    /// Practice or production.
    pub(crate) stage: Stage,
    /// Why, as the person writes it in the dialog.
    pub(crate) reason: String,
    /// The same request ended unknown before.
    pub(crate) repeats_unknown: bool,
    trace: String,
}

impl Pending {
    /// A request about to be asked for. A request that ended unknown before keeps its trace id, by which the vendor tells a
    /// repeat from a new act.
    pub(crate) fn new(desk: Desk, request: Request, values: Values) -> Option<Self> {
        let in_use = desk.in_use.get_untracked()?;
        let operation = request.valid().operation();
        let targets = operation.targets.of(request.valid());
        let (described, body) = (describe(&request), request.body().unwrap_or("").to_owned());
        let unknown = desk.acts.with_untracked(|acts| {
            let same = |act: &&Arc<Act>| act.request == described && act.body == body;
            acts.iter()
                .rev()
                .find(same)
                .filter(|act| act.outcome.verdict == Verdict::Unknown)
                .map(|act| act.trace.clone())
        });
        Some(Self {
            caution: caution(operation.danger, targets, in_use.stage),
            stage: in_use.stage,
            reason: String::new(),
            repeats_unknown: unknown.is_some(),
            trace: unknown.unwrap_or_else(browser::random_hex),
            request,
            in_use,
            values,
        })
    }

    /// What is to be done.
    pub(crate) fn operation(&self) -> &'static Operation {
        self.request.valid().operation()
    }

    /// How many messages or receivers it touches.
    pub(crate) fn targets(&self) -> usize {
        self.operation().targets.of(self.request.valid())
    }

    /// What will happen, from the request itself.
    pub(crate) fn scope(&self) -> Scope {
        (self.operation().scope)(self.request.valid())
    }
}

/// Where a form stands.
#[derive(Clone)]
pub(crate) enum Phase {
    /// Being filled in.
    Idle,
    /// The dialog is open.
    Asking(Pending),
    /// Confirmed, and still to be taken back for so many seconds.
    Leaving(Pending, u32),
    /// Waiting for the vendor's rest between two acts on the same thing.
    Resting,
    /// On its way.
    Sent,
    /// Taken back; nothing was sent.
    TakenBack,
    /// Explained: the act's place in the record.
    Done(usize),
}

impl Phase {
    /// Whether a request is on its way or about to leave.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self, Self::Leaving(..) | Self::Resting | Self::Sent)
    }
}

/// Lets a confirmed act leave after its pause, unless it is taken back; then carries it out.
pub(crate) fn leave(desk: Desk, phase: RwSignal<Phase>, pending: Pending) {
    let seconds = undo_seconds(pending.operation().danger);
    if seconds == 0 {
        return carry_out(desk, phase, pending);
    }
    desk.busy.set(true);
    let trace = pending.trace.clone();
    phase.set(Phase::Leaving(pending, seconds));
    browser::focus_soon("take-back");
    browser::spawn(async move {
        loop {
            TimeoutFuture::new(1_000).await;
            let Phase::Leaving(pending, left) = phase.get_untracked() else { return };
            if pending.trace != trace {
                // Taken back, and another act confirmed meanwhile: it has a countdown of its own.
                return;
            }
            if left > 1 {
                phase.set(Phase::Leaving(pending, left - 1));
            } else {
                return carry_out(desk, phase, pending);
            }
        }
    });
}

/// Carries a confirmed act out, now.
pub(crate) fn carry_out(desk: Desk, phase: RwSignal<Phase>, pending: Pending) {
    desk.busy.set(true);
    phase.set(Phase::Sent);
    browser::spawn(async move {
        rest(desk, phase, &pending).await;
        phase.set(Phase::Sent);
        let act = call(pending).await;
        let place = desk.acts.with_untracked(Vec::len);
        desk.acts.update(|acts| acts.push(Arc::new(act)));
        desk.busy.set(false);
        phase.set(Phase::Done(place));
        browser::focus_soon("result");
    });
}

/// Waits until the vendor's rest between two acts on the same thing has passed.
async fn rest(desk: Desk, phase: RwSignal<Phase>, pending: &Pending) {
    let Some(spacing) = &pending.operation().spacing else { return };
    let thing = pending.request.valid().text(spacing.field);
    let last = desk.acts.with_untracked(|acts| {
        let same = |act: &&Arc<Act>| {
            act.operation.id == pending.operation().id && act.values.get(spacing.field.name).trim() == thing
        };
        acts.iter().rev().find(same).map(|act| act.at)
    });
    let left = last.map_or(0, |at| spacing.rest - (browser::now() - at));
    if let Ok(left @ 1..) = u32::try_from(left) {
        phase.set(Phase::Resting);
        TimeoutFuture::new(left).await;
    }
}

async fn call(pending: Pending) -> Act {
    let operation = pending.operation();
    let connection = &pending.in_use.connection;
    let at = browser::now();
    let moment = Moment { now: at, nonce: browser::random_hex(), trace: Some(pending.trace.clone()) };
    let address = connection.address(&pending.request);
    let ending = match connection.sign(pending.request.clone(), &moment) {
        Ok(signed) => fetch::call(&signed, &address, DEADLINE).await.ending,
        Err(_) => Ending::NotBuilt,
    };
    let outcome = conclude(pending.request.valid(), &ending);
    let follows = (operation.follow)(pending.request.valid(), &outcome);
    let raw = match ending {
        Ending::Replied(reply) => Some(reply.body),
        Ending::Offline
        | Ending::NotBuilt
        | Ending::NoConnection
        | Ending::TimedOut
        | Ending::Redirected
        | Ending::Cut { .. } => None,
    };
    Act {
        // The rest between two acts counts from the answer, which is the later moment.
        at: browser::now().max(at),
        operation,
        scope: pending.scope(),
        stage: pending.stage,
        request: describe(&pending.request),
        body: pending.request.body().unwrap_or("").to_owned(),
        trace: pending.trace,
        reason: pending.reason,
        values: pending.values,
        outcome,
        follows,
        raw,
    }
}

fn describe(request: &Request) -> String {
    format!("{} {}", request.method().as_str(), request.url())
}
