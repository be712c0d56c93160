//! Taking a batch back: the messages a job sent, as the list of a job that recalls them.

use std::fmt::Write;

use leptos::prelude::*;

use super::plan_view::span_words;
use super::runner::Runner;
use super::state;
use crate::domain::draft::Draft;
use crate::domain::job::item::State;
use crate::domain::operation::{Follow, Operation, Targets, Verb};
use crate::domain::outcome::{
    Advice, Outcome, ReceiverEnding, ReceiverOutcome, Repeat, SentMessage, Verdict,
};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{derived, el};
use crate::words::{Words, jobs as words};

const DONE: Advice =
    Advice { meaning: Words::NONE, cause: Words::NONE, next: Words::NONE, repeat: Repeat::Done };

/// What is offered next for the messages a job sent: the operation that recalls, and a list for it. None when nothing was sent,
/// or nothing can be recalled.
pub(super) fn list(
    runner: &Runner,
    operations: &[&'static Operation],
) -> Option<(&'static Operation, String)> {
    let sent: Vec<u32> = runner.ledger(|ledger| ledger.items().in_state(State::Sent).collect());
    let mut recalls: Option<(&'static Operation, Vec<&'static str>)> = None;
    let mut text = String::new();
    for item in sent {
        for follow in follows(runner, item) {
            let operation =
                operations.iter().copied().find(|it| it.id == follow.operation && it.verb == Verb::Recall);
            let Some(operation) = operation else { continue };
            let (chosen, names) = recalls.get_or_insert_with(|| {
                let names: Vec<_> = follow.values.iter().map(|(name, _)| *name).collect();
                line(&mut text, names.iter().copied());
                (operation, names)
            });
            if chosen.id == operation.id {
                let cell = |name: &&'static str| {
                    follow
                        .values
                        .iter()
                        .find(|(known, _)| known == name)
                        .map_or("", |(_, text)| text.as_str())
                };
                line(&mut text, names.iter().map(cell));
            }
            break;
        }
    }
    recalls.map(|(operation, _)| (operation, text))
}

/// How much of the vendor's window is left for the oldest message of a job; counts down.
pub(super) fn window_view(desk: Desk, id: StoredValue<String>) -> AnyView {
    let text = derived(move || {
        let now = desk.clock.get().max(browser::now());
        let said = id.with_value(|id| state::runner(id)).and_then(|runner| {
            let oldest = runner.oldest()?;
            let way = untrack(|| desk.way_of(runner.body.batch.operation))?;
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
    el("p").id("job-window").class("hint").text(text).view()
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
