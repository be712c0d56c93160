//! What failed, by cause: how many, why, what to do, and who the first of them are.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::runner::Runner;
use crate::domain::batch::keep::Reason;
use crate::domain::job::item::{Cause, State};
use crate::ui::desk::Desk;
use crate::ui::el::{el, fixed, nothing};
use crate::ui::parts::{paragraph, say, span};
use crate::words::{Language, jobs as words};

/// So many causes are shown.
const CAUSES: usize = 50;
/// So many of whom a cause befell are named.
const NAMED: usize = 5;

/// All that failed for the same cause.
struct Group {
    state: State,
    /// What the first answer said.
    reason: Reason,
    causes: BTreeSet<u16>,
    count: u32,
}

/// The causes with the same code and the same advice are one: some clouds name the account in their words, and each row would
/// have a cause of its own.
fn grouped(runner: &Runner, causes: &[(State, Cause, u32)]) -> Vec<Group> {
    let mut groups: BTreeMap<(&str, String, [String; 2]), Group> = BTreeMap::new();
    for (state, cause, count) in causes {
        let reason = runner.reason(*cause);
        let [own, _] = &reason.why;
        let what = if reason.code.is_empty() { own.clone() } else { reason.code.clone() };
        let key = (state.name(), what, reason.advice.clone());
        let group = groups.entry(key).or_insert_with(|| Group {
            state: *state,
            reason,
            causes: BTreeSet::new(),
            count: 0,
        });
        group.causes.insert(cause.0);
        group.count += count;
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    groups
}

/// The list, the largest group first.
pub(super) fn causes_view(desk: Desk, runner: &Runner, causes: &[(State, Cause, u32)]) -> AnyView {
    if causes.is_empty() {
        return nothing();
    }
    let groups = grouped(runner, causes);
    let at = usize::from(desk.language.get() == Language::English);
    let line = |group: &Group| {
        let reason = &group.reason;
        let said = |texts: &[String; 2]| texts.get(at).cloned().unwrap_or_default();
        let (class, word) = match group.state {
            State::Unknown => ("pill dim", words::UNKNOWN),
            _ => ("pill no", words::REJECTED),
        };
        let parts = [format!("{} × {}", group.count, reason.code), said(&reason.why)];
        let text = parts.iter().map(|part| part.trim()).collect::<Vec<_>>().join(" ");
        let others = group.causes.len().saturating_sub(1);
        let others =
            (others > 0).then(|| fixed(desk.fill(words::MORE_ALIKE, &[("count", &others.to_string())])));
        el("li")
            .child(span(class, say(desk, word)))
            .space()
            .text(fixed(text))
            .children(others.map(|others| paragraph("hint", others)))
            .child(paragraph("", fixed(said(&reason.advice))))
            .child(paragraph("hint", fixed(named(desk, runner, group))))
            .view()
    };
    let beyond = groups.len().saturating_sub(CAUSES);
    let more = (beyond > 0).then(|| {
        let said = desk.fill(words::MORE_CAUSES, &[("count", &beyond.to_string())]);
        el("li").class("hint").text(fixed(said)).view()
    });
    let shown = groups.iter().take(CAUSES).map(line).chain(more);
    el("ul").id("job-causes").class("plain").children(shown).view()
}

/// The first of a group, by row and content.
fn named(desk: Desk, runner: &Runner, group: &Group) -> String {
    let first: Vec<u32> = runner.ledger(|ledger| {
        let of_group = ledger
            .items()
            .iter()
            .filter(|(_, item)| item.state == group.state && group.causes.contains(&item.cause.0));
        of_group.map(|(item, _)| item).take(NAMED).collect()
    });
    let entry = |item: u32| {
        let entry = runner.body.batch.entry(item)?;
        let texts: Vec<_> = entry.texts.iter().filter(|text| !text.is_empty()).copied().collect();
        Some(format!("{} {}", entry.row, texts.join(" · ")))
    };
    let rows: Vec<String> = first.into_iter().filter_map(entry).collect();
    let rest = usize::try_from(group.count).unwrap_or_default().saturating_sub(rows.len());
    let (words, rest) = (if rest > 0 { words::ROWS_AND_MORE } else { words::ROWS_NAMED }, rest.to_string());
    desk.fill(words, &[("rows", &rows.join("; ")), ("count", &rest)])
}
