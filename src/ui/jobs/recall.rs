//! Jobs for messages that are known already: those a job sent, to take the batch back or to correct it, and those that
//! were found or pasted.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::creation::Creation;
use super::plan_view::span_words;
use super::runner::{Runner, is_running};
use super::shown::Shown;
use super::slices::Slices;
use super::state;
use crate::domain::draft::{Draft, Values};
use crate::domain::field::Field;
use crate::domain::intake::acts::{Listed, lacks};
use crate::domain::job::event::Event;
use crate::domain::job::item::State;
use crate::domain::operation::{Follow, Operation, Targets, Verb};
use crate::domain::outcome::{
    Advice, Outcome, ReceiverEnding, ReceiverOutcome, Repeat, SentMessage, Verdict,
};
use crate::domain::vendor::Vendor;
use crate::ui::desk::Desk;
use crate::ui::el::{derived, el};
use crate::ui::form_state::FormState;
use crate::ui::route::Route;
use crate::ui::{browser, chosen};
use crate::words::{Words, jobs as words};

/// How often it is looked whether a job that was paused is at rest, in milliseconds.
const WAITS: u32 = 100;
const DONE: Advice =
    Advice { meaning: Words::NONE, cause: Words::NONE, next: Words::NONE, repeat: Repeat::Done };

/// The messages a job sent, as acts on them.
struct Acts {
    operation: &'static Operation,
    acts: Vec<Values>,
}

/// What a job is made for when nobody brought its list: messages that are known already.
#[derive(Clone)]
pub(super) struct Taken {
    /// Where they come from.
    pub(super) whose: Whose,
    /// When the first of them was sent, where they can be recalled for a time only.
    pub(super) oldest: Option<u64>,
    /// What has to be filled in before anything can be done with them.
    pub(super) lacks: Vec<&'static Field>,
}

/// Where messages come from.
#[derive(Clone)]
pub(super) enum Whose {
    /// A job sent them.
    Sent {
        /// That job.
        job: String,
        /// How many of it have no message to act on: nobody knows whether they were sent.
        unknown: u32,
        /// How many were sent, and there is no message id to go by.
        nameless: u32,
    },
    /// They were found or pasted, and chosen.
    Chosen,
}

/// Recalls a batch or corrects it: pauses the job, waits for what is under way, and goes to the list of all it sent.
pub(super) fn take_back(
    desk: Desk,
    id: StoredValue<String>,
    shown: Shown,
    waits: RwSignal<bool>,
    verb: Verb,
) {
    let Some(runner) = id.with_value(|id| state::runner(id)) else { return };
    if waits.get_untracked() {
        return;
    }
    waits.set(true);
    if shown.progress.with_untracked(|it| it.as_ref().is_some_and(|it| is_running(it.phase))) {
        runner.feed(Event::Pause);
    }
    browser::spawn(async move {
        while runner.is_ours() && runner.is_busy() {
            TimeoutFuture::new(WAITS).await;
        }
        let acts = acts(desk, &runner, verb).await;
        // The page may be gone by then.
        if waits.try_set(false).is_some() {
            return;
        }
        let form = acts.as_ref().and_then(|acts| desk.form(acts.operation.id));
        let (Some(Acts { operation, acts }), Some(form)) = (acts, form) else {
            let corrects = verb == Verb::Modify;
            let nothing = if corrects { words::NOTHING_TO_CORRECT } else { words::NOTHING_TO_RECALL };
            return shown.refusal.set(Some(nothing));
        };
        let counts = runner.ledger(|ledger| ledger.items().counts());
        let rows = u32::try_from(acts.len()).unwrap_or(u32::MAX);
        let whose = Whose::Sent {
            job: runner.head.id.clone(),
            unknown: counts.unknown,
            nameless: (counts.sent + counts.marked).saturating_sub(rows),
        };
        let making = state::creation(desk, operation);
        put(desk, form, making, &acts, whose, runner.oldest());
        browser::set_hash(&Route::Jobs(format!("new/{}", operation.id)).print());
    });
}

/// Takes the messages that were chosen for this job, if any were.
pub(super) fn take_chosen(desk: Desk, form: FormState, making: Creation) {
    let Some(messages) = chosen::take(making.operation) else { return };
    let acts: Vec<_> = messages.iter().map(|message| message.carried(making.operation)).collect();
    let times = messages.iter().filter_map(|message| u64::try_from(message.time?).ok());
    put(desk, form, making, &acts, Whose::Chosen, times.min());
}

/// Puts acts in place of what stood in the form of a job and in its list; `first` is when the first of their messages was sent.
fn put(desk: Desk, form: FormState, making: Creation, acts: &[Values], whose: Whose, first: Option<u64>) {
    let operation = making.operation;
    let Listed { shared, text, own, first: row } = Listed::of(operation, acts);
    form.fill(shared.iter());
    let values = untrack(|| form.values()).with(&Values::new(), &row);
    let in_time = |vendor: &&Vendor| vendor.recalls_in_time.iter().any(|it| it.id == operation.id);
    let oldest = first.filter(|_| desk.vendors.with_untracked(|all| all.iter().any(in_time)));
    let mut lacks = lacks(operation, values, browser::now());
    lacks.retain(|field| !own.iter().any(|own| own.name == field.name));
    lacks.extend(own);
    making.take_back(text, Taken { whose, oldest, lacks });
}

/// What does this to the messages a job sent. None when nothing was sent, or nothing can be done to it.
async fn acts(desk: Desk, runner: &Runner, verb: Verb) -> Option<Acts> {
    let sent: Vec<u32> = runner.ledger(|ledger| ledger.items().in_state(State::Sent).collect());
    let mut slices = Slices::new();
    let mut chosen: Option<&'static Operation> = None;
    let mut acts: Vec<Values> = Vec::new();
    for item in sent {
        if slices.is_over() {
            slices.rest().await;
        }
        let mut fits = follows(desk, runner, item, verb).into_iter();
        let act = fits.find(|(operation, _)| chosen.is_none_or(|chosen| chosen.id == operation.id));
        if let Some((operation, follow)) = act {
            chosen = Some(operation);
            acts.push(follow.values.into_iter().collect());
        }
    }
    Some(Acts { operation: chosen?, acts })
}

/// Whether this can be done to what a job sent, by the first of its messages.
pub(super) fn allows(desk: Desk, runner: &Runner, verb: Verb) -> bool {
    let first = runner.ledger(|ledger| ledger.items().in_state(State::Sent).next());
    first.is_some_and(|item| !follows(desk, runner, item, verb).is_empty())
}

/// How much of the vendor's window for recalls is left for a message, by what was sent and when; counts down.
pub(super) fn window_view(
    desk: Desk,
    id: &'static str,
    operation: &'static Operation,
    oldest: impl Fn() -> Option<u64> + Send + Sync + 'static,
) -> AnyView {
    let text = derived(move || {
        let now = desk.clock.get().max(browser::now());
        let said = oldest().and_then(|oldest| {
            let way = untrack(|| desk.way_of(operation))?;
            let connection = &way.connection;
            let minutes = (connection.vendor().recall_minutes)(connection.tenant())?;
            let left = oldest.saturating_add(u64::try_from(minutes * 60_000).ok()?);
            let left = left.checked_sub(u64::try_from(now).ok()?).filter(|left| *left > 0);
            Some((minutes.to_string(), left))
        });
        match said {
            Some((minutes, Some(left))) => {
                let left = span_words(desk, left);
                desk.fill(words::WINDOW_LEFT, &[("minutes", &minutes), ("left", &left)])
            }
            Some((minutes, None)) => desk.fill(words::WINDOW_OVER, &[("minutes", &minutes)]),
            None => String::new(),
        }
    });
    el("p").id(id).class("hint").text(text).view()
}

/// What of this verb can follow on an item that was sent.
fn follows(desk: Desk, runner: &Runner, item: u32, verb: Verb) -> Vec<(&'static Operation, Follow)> {
    let batch = &runner.body.batch;
    let (Some(note), Some(entry)) = (runner.note(item), batch.entry(item)) else { return Vec::new() };
    let draft = Draft { operation: batch.operation, values: batch.texts(&[item], "0") };
    let Ok(valid) = draft.validate(browser::now()) else { return Vec::new() };
    let mut outcome = Outcome::new(Verdict::Accepted, DONE);
    match batch.operation.targets {
        Targets::One => outcome.facts = note.facts,
        Targets::EntriesOf(_) => {
            let receiver = entry.texts.first().map(|it| (*it).to_owned()).unwrap_or_default();
            let time = (!note.time.is_empty()).then_some(note.time);
            let message = SentMessage { id: note.message, time, receiver: Some(receiver.clone()) };
            outcome.receivers = vec![ReceiverOutcome { receiver, ending: ReceiverEnding::Sent(message) }];
        }
    }
    let operation = |id: &str| {
        let known = |vendor: &&'static Vendor| {
            vendor.operations.iter().copied().find(|it| it.id == id && it.verb == verb)
        };
        desk.vendors.with_untracked(|all| all.iter().find_map(known))
    };
    let follows = (batch.operation.follow)(&valid, &outcome);
    follows.into_iter().filter_map(|follow| Some((operation(follow.operation)?, follow))).collect()
}
