//! Which operations can act on messages that were found, and the fewest requests for several of them. Pure.

use std::sync::Arc;

use super::draft::Values;
use super::field::{Field, Initial, Kind, Presence, Role, Severity, Unit};
use super::message::{Message, State};
use super::operation::{Operation, Targets, Verb};
use super::rows::{cell_name, cell_of, rows_of};

/// The operations that can act on a message: they name it, and it says everything they ask about it.
pub fn acts_on(operations: &'static [&'static Operation], message: &Message) -> Vec<&'static Operation> {
    let acts = |operation: &&'static Operation| {
        matches!(operation.verb, Verb::Modify | Verb::Recall)
            && message.state != State::Unreadable
            && names(operation, message)
            && {
                let carried = message.carried(operation);
                operation.form.fields().filter(|field| identifies(field)).all(|field| says(&carried, field))
            }
    };
    operations.iter().copied().filter(acts).collect()
}

/// The operations that can act on all of several messages at once: those that take messages away.
pub fn acts_on_all(
    operations: &'static [&'static Operation],
    messages: &[Arc<Message>],
) -> Vec<&'static Operation> {
    let Some(first) = messages.first() else { return Vec::new() };
    let mut common = acts_on(operations, first);
    common.retain(|operation| operation.verb == Verb::Recall);
    for message in messages {
        let own = acts_on(operations, message);
        common.retain(|operation| own.iter().any(|known| std::ptr::eq(*known, *operation)));
    }
    // Where a call takes many, the call that takes one is only slower.
    if messages.len() > 1 && common.iter().any(|operation| matches!(operation.targets, Targets::EntriesOf(_)))
    {
        let hides = |operation: &&Operation| matches!(operation.targets, Targets::One);
        let listed: Vec<_> = common.iter().copied().filter(|operation| !hides(operation)).collect();
        let effect = |operation: &Operation| (operation.danger, is_one_sided(operation));
        let same_effect =
            |operation: &Operation| listed.iter().any(|other| effect(other) == effect(operation));
        common.retain(|operation| !(hides(operation) && same_effect(operation)));
    }
    common
}

/// Whether only one of those who have a message loses it.
fn is_one_sided(operation: &Operation) -> bool {
    operation.form.fields().any(|field| field.role == Some(Role::Owner))
}

/// Whether one of the operation's fields holds the message's own id. A choice may have the same value by chance.
fn names(operation: &Operation, message: &Message) -> bool {
    let chosen = |name: &str| operation.form.field(name).is_some_and(|field| field.kind.is_choice());
    let carried = message.carried(operation);
    !message.id.is_empty() && carried.iter().any(|(name, text)| text == message.id && !chosen(name))
}

/// Whether a field must be known to say which message is meant.
fn identifies(field: &Field) -> bool {
    let needed = matches!(field.presence, Presence::Required(_));
    let exact = matches!(
        field.kind,
        Kind::Id(_) | Kind::IdWhen(..) | Kind::Ids(..) | Kind::Integer { .. } | Kind::Rows(_)
    );
    // A list in which the words of a message stand is its content, not its name.
    let says = |cell: &Field| cell.role == Some(Role::Text);
    let content = matches!(&field.kind, Kind::Rows(rows) if rows.form.fields().any(says));
    needed && exact && !content && field.initial != Some(Initial::Drawn)
}

fn says(carried: &Values, field: &Field) -> bool {
    carried
        .iter()
        .any(|(name, text)| !text.is_empty() && (name == field.name || cell_of(field.name, name).is_some()))
}

/// The texts of the fewest requests of `operation` for these messages, each message once.
pub fn requests(operation: &Operation, messages: &[Arc<Message>]) -> Vec<Values> {
    let each = messages.iter().map(|message| message.carried(operation));
    let Targets::EntriesOf(list) = operation.targets else { return each.collect() };
    let most = list
        .limits
        .iter()
        .filter(|limit| limit.unit == Unit::Items && limit.severity == Severity::Stops)
        .map(|limit| limit.most)
        .min()
        .unwrap_or(usize::MAX);
    let mut merged: Vec<(Values, Values, usize)> = Vec::new();
    for values in each {
        let (own, shared): (Vec<_>, Vec<_>) = values
            .iter()
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .partition(|(name, _)| name == list.name || cell_of(list.name, name).is_some());
        let shared: Values = shared.into_iter().collect();
        let place = merged.iter_mut().find(|(known, _, count)| *known == shared && *count < most);
        match place {
            Some((_, entries, count)) => {
                add(list, entries, *count, own);
                *count += 1;
            }
            None => {
                let mut entries = Values::new();
                add(list, &mut entries, 0, own);
                merged.push((shared, entries, 1));
            }
        }
    }
    merged
        .into_iter()
        .map(|(mut shared, entries, _)| {
            entries.iter().for_each(|(name, text)| shared.set(name, text));
            shared
        })
        .collect()
}

/// How many messages a request of `operation` with these texts is about.
pub fn messages_in(operation: &Operation, values: &Values) -> usize {
    match operation.targets {
        Targets::One => 1,
        Targets::EntriesOf(list) => {
            let lines = values.get(list.name).lines().count();
            lines.max(rows_of(list.name, values).len())
        }
    }
}

/// Adds one message's entry: a line of a list of ids, or a row.
fn add(list: &Field, entries: &mut Values, row: usize, own: Vec<(String, String)>) {
    for (name, text) in own {
        match cell_of(list.name, &name) {
            Some((_, cell)) => entries.set(&cell_name(list.name, row, cell), text),
            None => {
                let before = entries.get(list.name);
                let lines = if before.is_empty() { text } else { format!("{before}\n{text}") };
                entries.set(list.name, lines);
            }
        }
    }
}
