//! An act from the confirmed request to the record: the pause in which it can be taken back, the call, the explanation.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;

use super::browser;
use super::desk::{Act, Desk};
use super::held::Held;
use super::later::Part;
use super::pending::{Leg, Pending, describe, thing};
use super::proof::{self, Proving};
use super::road;
use crate::domain::caution::{Caution, undo_seconds};
use crate::domain::draft::Values;
use crate::domain::message::Message;
use crate::domain::operation::Operation;
use crate::domain::outcome::Verdict;
use crate::domain::problem::Problem;
use crate::domain::reply::Ending;
use crate::domain::request::Request;

/// How long an answer is waited for, in milliseconds. Afterwards the outcome of a write is unknown.
const DEADLINE: u32 = 30_000;

/// What a press on a form's button stands for: requests, each with what was typed for it, and the message they are about.
#[derive(Clone)]
pub(crate) struct Pressed {
    /// In the order in which they are sent.
    pub(crate) requests: Vec<(Request, Values)>,
    /// When it was found or pasted.
    pub(crate) about: Option<Arc<Message>>,
}

/// Begins with what was pressed once the part of the page that carries it out is here: before that nothing is asked, and
/// nothing leaves. What does not arrive is said, and the form stays as it is.
pub(crate) fn begin_when_here(desk: Desk, progress: Progress, pressed: Pressed) {
    if let Some(acts) = desk.parts.acts() {
        return (acts.begin)(desk, progress, pressed);
    }
    progress.phase.set(Phase::Fetching(pressed));
    browser::spawn(async move {
        desk.parts.bring(Part::Acts).await;
        // The page may be left by now, or another wait may have gone on with it.
        let Phase::Fetching(pressed) = progress.phase.get_untracked() else { return };
        match desk.parts.acts() {
            Some(acts) => (acts.begin)(desk, progress, pressed),
            None => {
                progress.phase.set(Phase::NotFetched);
                browser::focus_soon("retry");
            }
        }
    });
}

/// Asks for what was pressed, or lets it leave where nothing needs to be asked.
pub(crate) fn begin(desk: Desk, progress: Progress, pressed: Pressed) {
    if let Some(problem) = forbidden(desk, &pressed) {
        progress.phase.set(Phase::Forbidden(Arc::new(problem)));
        return;
    }
    match Pending::new(desk, pressed.requests, pressed.about) {
        Some(pending) if pending.caution <= Caution::Inline => leave(desk, progress, pending),
        Some(pending) => progress.phase.set(Phase::Asking(pending)),
        None => {
            progress.phase.set(Phase::Idle);
            browser::focus_soon("summary");
        }
    }
}

/// What this place forbids of it.
fn forbidden(desk: Desk, pressed: &Pressed) -> Option<Problem> {
    let guard =
        desk.config.with_untracked(|config| config.as_ref().map(|config| config.policy.guard()).ok())?;
    let touched = |(request, _): &(Request, Values)| request.valid().operation().targets.of(request.valid());
    let operation = pressed.requests.first()?.0.valid().operation();
    let refused = |(request, values): &(Request, Values)| guard.refuses(request.valid().operation(), values);
    let count = pressed.requests.iter().map(touched).sum();
    pressed.requests.iter().find_map(refused).or_else(|| guard.too_many(operation, count))
}

/// Where a form stands.
#[derive(Clone)]
pub(crate) enum Phase {
    /// Being filled in.
    Idle,
    /// Pressed; the part of the page that carries it out is on its way.
    Fetching(Pressed),
    /// That part did not arrive. Nothing was sent.
    NotFetched,
    /// The dialog is open.
    Asking(Pending),
    /// Confirmed, and still to be taken back.
    Leaving(Pending),
    /// Waiting for the vendor's rest between two acts on the same thing.
    Resting,
    /// On its way: how many of how many have an answer.
    Sent(usize, usize),
    /// Taken back; nothing was sent.
    TakenBack,
    /// This place forbids it; nothing was sent.
    Forbidden(Arc<Problem>),
    /// Explained: the acts' places in the record.
    Done {
        /// In the order they were sent.
        places: Vec<usize>,
        /// When the last of them ended, milliseconds since 1970.
        at: i64,
        /// How many requests did not leave, because one before them had no way out.
        left_out: usize,
    },
}

impl Phase {
    /// Whether a request is on its way or about to leave.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self, Self::Leaving(_) | Self::Resting | Self::Sent(..))
    }

    /// Whether a press on the form's button does nothing: the one before it is still being dealt with.
    pub(crate) fn takes_no_press(&self) -> bool {
        self.is_busy() || matches!(self, Self::Fetching(_))
    }

    /// Whether a part of the page is waited for, or failed to arrive.
    pub(crate) fn fetching(&self) -> Option<bool> {
        match self {
            Self::Fetching(_) => Some(false),
            Self::NotFetched => Some(true),
            Self::Idle
            | Self::Asking(_)
            | Self::Leaving(_)
            | Self::Resting
            | Self::Sent(..)
            | Self::TakenBack
            | Self::Forbidden(_)
            | Self::Done { .. } => None,
        }
    }
}

/// Where an operation's form stands. A bundle of handles that live as long as the page, whatever page is shown.
#[derive(Clone, Copy)]
pub(crate) struct Progress {
    /// Whose form it is.
    pub(crate) operation: &'static Operation,
    /// Where it stands.
    pub(crate) phase: Held<Phase>,
    /// Seconds in which a confirmed act can still be taken back.
    pub(crate) left: Held<u32>,
    /// Whether an act ended while another page was shown.
    pub(crate) unseen: Held<bool>,
    /// How many acts were confirmed: tells a countdown whether it is still its turn.
    confirmed: Held<u32>,
}

impl Progress {
    /// The progress of a form nothing was done with.
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            phase: Held::new(Phase::Idle),
            left: Held::new(0),
            unseen: Held::new(false),
            confirmed: Held::new(0),
        }
    }

    /// Closes a dialog that waits, and takes a shown result away: the form is about something else now.
    pub(crate) fn begin_anew(self) {
        if !self.phase.with_untracked(Phase::is_busy) {
            self.phase.set(Phase::Idle);
        }
    }

    /// Closes a dialog that waits, or drops one that would open.
    pub(crate) fn stop_asking(self) {
        let waits =
            |phase: &Phase| matches!(phase, Phase::Asking(_) | Phase::Fetching(_) | Phase::NotFetched);
        if self.phase.with_untracked(waits) {
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

/// Carries a confirmed act out, now: its requests one after the other, each explained before the next leaves.
pub(crate) fn carry_out(desk: Desk, progress: Progress, pending: Pending) {
    let total = pending.legs.len();
    progress.phase.set(Phase::Sent(0, total));
    browser::spawn(async move {
        let mut places = Vec::new();
        for (number, leg) in pending.legs.iter().enumerate() {
            rest(desk, progress.phase, &leg.request).await;
            progress.phase.set(Phase::Sent(number, total));
            let act = call(&pending, leg).await;
            // What stops one for everybody stops the rest: they would fail in the same way, or nobody could say.
            let hopeless = matches!(act.outcome.verdict, Verdict::NotSent);
            places.push(desk.acts.with_untracked(Vec::len));
            desk.acts.update(|acts| acts.push(Arc::new(act)));
            if hopeless {
                break;
            }
        }
        // What may have happened keeps its numbers: pressed again it is the same act, and the vendor can tell.
        let open = desk.acts.with_untracked(|acts| {
            let unknown =
                |place: &usize| acts.get(*place).is_some_and(|act| act.outcome.verdict == Verdict::Unknown);
            places.iter().any(unknown)
        });
        if let Some(form) = desk.form(pending.operation().id).filter(|_| !open) {
            form.draw();
        }
        let left_out = total - places.len();
        progress.phase.set(Phase::Done { left_out, at: browser::now(), places: places.clone() });
        // On another page the result is announced there, and the focus stays where it is.
        if desk.shows(progress.operation) {
            browser::focus_soon("result");
        } else {
            progress.unseen.set(true);
        }
        for (place, leg) in places.into_iter().zip(&pending.legs) {
            proof::prove(desk, &pending.in_use.connection, &leg.request, place).await;
        }
    });
}

/// Waits until the vendor's rest between two acts on the same thing has passed.
async fn rest(desk: Desk, phase: Held<Phase>, request: &Request) {
    let operation = request.valid().operation();
    let Some(spacing) = &operation.spacing else { return };
    let thing = thing(request);
    let last = desk.acts.with_untracked(|acts| {
        let same = |act: &&Arc<Act>| act.operation.id == operation.id && act.thing == thing;
        acts.iter().rev().find(same).map(|act| act.at)
    });
    let left = last.map_or(0, |at| spacing.rest - (browser::now() - at));
    if let Ok(left @ 1..) = u32::try_from(left) {
        phase.set(Phase::Resting);
        TimeoutFuture::new(left).await;
    }
}

async fn call(pending: &Pending, leg: &Leg) -> Act {
    let Leg { request, values, trace } = leg;
    let operation = pending.operation();
    let at = browser::now();
    let journey = road::send(&pending.in_use.connection, request.clone(), trace, DEADLINE).await;
    let (ending, outcome) = (journey.ending, journey.outcome);
    let follows = (operation.follow)(request.valid(), &outcome);
    let raw = match ending {
        Ending::Replied(reply) => Some(reply.body),
        Ending::Offline
        | Ending::NotBuilt
        | Ending::Withheld(_)
        | Ending::NoConnection
        | Ending::TimedOut
        | Ending::Redirected
        | Ending::Cut { .. } => None,
    };
    let proof = match outcome.verdict {
        // Of a partly accepted act the parts are told one by one; a look at the whole would say less.
        Verdict::Accepted | Verdict::Unknown if operation.read_back.is_some() => Proving::Looking,
        Verdict::Accepted | Verdict::Partial | Verdict::NotSent | Verdict::Refused | Verdict::Unknown => {
            Proving::Nothing
        }
    };
    Act {
        // The rest between two acts counts from the answer, which is the later moment.
        at: browser::now().max(at),
        operation,
        scope: (operation.scope)(request.valid()),
        stage: pending.stage,
        account: pending.in_use.account(),
        count: operation.targets.of(request.valid()),
        job: None,
        thing: thing(request),
        request: describe(request),
        body: request.body().unwrap_or("").to_owned(),
        trace: trace.clone(),
        reason: pending.reason.clone(),
        values: values.clone(),
        about: pending.about.clone(),
        proof,
        outcome,
        follows,
        raw,
    }
}
