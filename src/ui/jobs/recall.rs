//! Taking a batch back: the messages a job sent, as the list of a job that recalls them.

use std::fmt::Write;

use super::runner::Runner;
use crate::domain::draft::Draft;
use crate::domain::job::item::State;
use crate::domain::operation::{Follow, Operation, Targets, Verb};
use crate::domain::outcome::{
    Advice, Outcome, ReceiverEnding, ReceiverOutcome, Repeat, SentMessage, Verdict,
};
use crate::ui::browser;
use crate::words::Words;

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
