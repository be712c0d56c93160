//! Taking a batch back: the messages a job sent, as the list of a job that recalls them.

use std::fmt::Write;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::plan_view::span_words;
use super::runner::{Runner, is_running};
use super::shown::Shown;
use super::slices::Slices;
use super::state;
use crate::domain::draft::{Draft, Values};
use crate::domain::job::event::Event;
use crate::domain::job::item::State;
use crate::domain::operation::{Follow, Operation, Targets, Verb};
use crate::domain::outcome::{
    Advice, Outcome, ReceiverEnding, ReceiverOutcome, Repeat, SentMessage, Verdict,
};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{derived, el};
use crate::ui::route::Route;
use crate::words::{Words, jobs as words};

/// How often it is looked whether a job that was paused is at rest, in milliseconds.
const WAITS: u32 = 100;
const DONE: Advice =
    Advice { meaning: Words::NONE, cause: Words::NONE, next: Words::NONE, repeat: Repeat::Done };

/// The messages a job sent, as a list of acts that recall them.
struct Recall {
    operation: &'static Operation,
    /// What all of them share and a person may want otherwise, for the form.
    shared: Values,
    /// The list, and how many rows it has.
    text: String,
    rows: u32,
}

/// Where the list of a job that is being made comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TakenBack {
    /// The job whose messages are recalled.
    pub(super) job: String,
    /// When the first of them was sent.
    pub(super) oldest: Option<u64>,
    /// How many of that job have no message to recall: nobody knows whether they were sent.
    pub(super) unknown: u32,
    /// How many were sent, and there is no message id to recall them by.
    pub(super) nameless: u32,
}

/// Takes a batch back: pauses the job, waits for what is under way, and goes to the list of all it sent with its dry run.
pub(super) fn take_back(desk: Desk, id: StoredValue<String>, shown: Shown, waits: RwSignal<bool>) {
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
        let operations: Vec<_> =
            desk.vendors.get_untracked().into_iter().flat_map(|vendor| vendor.operations).copied().collect();
        let recall = recall(&runner, &operations).await;
        // The page may be gone by then.
        if waits.try_set(false).is_some() {
            return;
        }
        let form = recall.as_ref().and_then(|recall| desk.form(recall.operation.id));
        let (Some(Recall { operation, shared, text, rows }), Some(form)) = (recall, form) else {
            return shown.refusal.set(Some(words::NOTHING_TO_RECALL));
        };
        form.fill(shared.iter());
        let making = state::creation(desk, operation);
        let counts = runner.ledger(|ledger| ledger.items().counts());
        let from = TakenBack {
            job: runner.head.id.clone(),
            oldest: runner.oldest(),
            unknown: counts.unknown,
            nameless: (counts.sent + counts.marked).saturating_sub(rows),
        };
        making.take_back(text, from);
        browser::set_hash(&Route::Jobs(format!("new/{}", operation.id)).print());
    });
}

/// What recalls the messages a job sent. None when nothing was sent, or nothing can be recalled.
async fn recall(runner: &Runner, operations: &[&'static Operation]) -> Option<Recall> {
    let sent: Vec<u32> = runner.ledger(|ledger| ledger.items().in_state(State::Sent).collect());
    let mut slices = Slices::new();
    let mut chosen: Option<&'static Operation> = None;
    let mut rows: Vec<Vec<(&'static str, String)>> = Vec::new();
    for item in sent {
        if slices.is_over() {
            slices.rest().await;
        }
        for follow in follows(runner, item) {
            let operation =
                operations.iter().copied().find(|it| it.id == follow.operation && it.verb == Verb::Recall);
            if let Some(operation) = operation
                && chosen.get_or_insert(operation).id == operation.id
            {
                rows.push(follow.values);
                break;
            }
        }
    }
    let operation = chosen?;
    let first = rows.first()?;
    let same = |name: &&'static str| rows.iter().all(|row| text_of(row, name) == text_of(first, name));
    let names: Vec<&'static str> = first.iter().map(|(name, _)| *name).collect();
    let is_choice =
        |name: &&'static str| operation.form.field(name).is_some_and(|field| field.kind.is_choice());
    let (shared, names): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| is_choice(name) && same(name));
    let shared = shared.into_iter().map(|name| (name, text_of(first, name))).collect();
    let mut text = String::new();
    line(&mut text, names.iter().copied());
    rows.iter().for_each(|row| line(&mut text, names.iter().map(|name| text_of(row, name))));
    let rows = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    Some(Recall { operation, shared, text, rows })
}

fn text_of<'a>(row: &'a [(&'static str, String)], name: &str) -> &'a str {
    row.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text.as_str())
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

fn follows(runner: &Runner, item: u32) -> Vec<Follow> {
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
    (batch.operation.follow)(&valid, &outcome)
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        // Writing text into memory cannot fail.
        let _ = write!(text, "{comma}\"{}\"", cell.replace('"', "\"\""));
    }
    text.push('\n');
}
