//! An act from the confirmed request to the record: the pause in which it can be taken back, the call, the explanation.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::browser;
use super::desk::{Act, Desk, InUse};
use super::road;
use crate::domain::caution::{Caution, Stage, caution, undo_seconds};
use crate::domain::draft::Values;
use crate::domain::operation::{Operation, Scope};
use crate::domain::outcome::Verdict;
use crate::domain::reply::Ending;
use crate::domain::request::Request;

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
    /// How the same request ended before, when it was not surely without effect.
    pub(crate) before: Option<Verdict>,
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
        let account = in_use.account();
        let before = desk.acts.with_untracked(|acts| {
            let same =
                |act: &&Arc<Act>| act.request == described && act.body == body && act.account == account;
            // A try that surely did nothing says nothing about the one before it.
            let told = |act: &&Arc<Act>| !matches!(act.outcome.verdict, Verdict::NotSent | Verdict::Refused);
            let last = acts.iter().rev().filter(same).find(told);
            last.map(|act| (act.outcome.verdict, act.trace.clone()))
        });
        let unknown = before.as_ref().filter(|(verdict, _)| *verdict == Verdict::Unknown);
        Some(Self {
            caution: caution(operation.danger, targets, in_use.stage),
            stage: in_use.stage,
            reason: String::new(),
            trace: unknown.map_or_else(browser::random_hex, |(_, trace)| trace.clone()),
            before: before.map(|(verdict, _)| verdict),
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

    /// The connection it will go through.
    pub(crate) fn in_use(&self) -> &InUse {
        &self.in_use
    }

    /// What two acts must not touch in quick succession, when the vendor wants a rest between them.
    fn thing(&self) -> String {
        let spacing = self.operation().spacing.as_ref();
        spacing.map_or_else(String::new, |spacing| self.request.valid().text(spacing.field))
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
    /// Confirmed, and still to be taken back.
    Leaving(Pending),
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
        matches!(self, Self::Leaving(_) | Self::Resting | Self::Sent)
    }
}

/// Where an operation's form stands. A bundle of handles that live as long as the page, whatever page is shown.
#[derive(Clone, Copy)]
pub(crate) struct Progress {
    /// Whose form it is.
    pub(crate) operation: &'static Operation,
    /// Where it stands.
    pub(crate) phase: RwSignal<Phase>,
    /// Seconds in which a confirmed act can still be taken back.
    pub(crate) left: RwSignal<u32>,
    /// Whether an act ended while another page was shown.
    pub(crate) unseen: RwSignal<bool>,
    /// How many acts were confirmed: tells a countdown whether it is still its turn.
    confirmed: RwSignal<u32>,
}

impl Progress {
    /// The progress of a form nothing was done with.
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            phase: RwSignal::new(Phase::Idle),
            left: RwSignal::new(0),
            unseen: RwSignal::new(false),
            confirmed: RwSignal::new(0),
        }
    }

    /// Closes a dialog that waits, and takes a shown result away: the form is about something else now.
    pub(crate) fn begin_anew(self) {
        if !self.phase.with_untracked(Phase::is_busy) {
            self.phase.set(Phase::Idle);
        }
    }

    /// Closes a dialog that waits.
    pub(crate) fn stop_asking(self) {
        if self.phase.with_untracked(|phase| matches!(phase, Phase::Asking(_))) {
            self.phase.set(Phase::Idle);
        }
    }

    /// Takes a confirmed act back before it left.
    pub(crate) fn take_back(self) {
        self.phase.set(Phase::TakenBack);
        browser::focus_soon("act");
    }
}

/// Lets a confirmed act leave after its pause, unless it is taken back; then carries it out.
pub(crate) fn leave(desk: Desk, progress: Progress, pending: Pending) {
    let seconds = undo_seconds(pending.operation().danger);
    if seconds == 0 {
        return carry_out(desk, progress, pending);
    }
    progress.left.set(seconds);
    progress.confirmed.update(|confirmed| *confirmed += 1);
    let turn = progress.confirmed.get_untracked();
    progress.phase.set(Phase::Leaving(pending));
    browser::focus_soon("take-back");
    browser::spawn(async move {
        loop {
            TimeoutFuture::new(1_000).await;
            let Phase::Leaving(pending) = progress.phase.get_untracked() else { return };
            if progress.confirmed.get_untracked() != turn {
                // Taken back, and another act confirmed meanwhile: it has a countdown of its own.
                return;
            }
            match progress.left.get_untracked() {
                0 | 1 => return carry_out(desk, progress, pending),
                left => progress.left.set(left - 1),
            }
        }
    });
}

/// Carries a confirmed act out, now.
pub(crate) fn carry_out(desk: Desk, progress: Progress, pending: Pending) {
    progress.phase.set(Phase::Sent);
    browser::spawn(async move {
        rest(desk, progress.phase, &pending).await;
        progress.phase.set(Phase::Sent);
        let act = call(pending).await;
        let place = desk.acts.with_untracked(Vec::len);
        desk.acts.update(|acts| acts.push(Arc::new(act)));
        progress.phase.set(Phase::Done(place));
        // On another page the result is announced there, and the focus stays where it is.
        if desk.shows(progress.operation) {
            browser::focus_soon("result");
        } else {
            progress.unseen.set(true);
        }
    });
}

/// Waits until the vendor's rest between two acts on the same thing has passed.
async fn rest(desk: Desk, phase: RwSignal<Phase>, pending: &Pending) {
    let Some(spacing) = &pending.operation().spacing else { return };
    let thing = pending.thing();
    let last = desk.acts.with_untracked(|acts| {
        let same = |act: &&Arc<Act>| act.operation.id == pending.operation().id && act.thing == thing;
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
    let journey = road::send(connection, pending.request.clone(), &pending.trace, DEADLINE).await;
    let (ending, outcome) = (journey.ending, journey.outcome);
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
        account: pending.in_use.account(),
        thing: pending.thing(),
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
