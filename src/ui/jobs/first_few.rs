//! The first few of a job, while a person decides about the rest: who they are and what became of each.

use leptos::prelude::*;

use super::progress_view::when;
use super::rows_view::state_words;
use super::runner::Runner;
use super::shown::Shown;
use super::state::with;
use super::unknowns::{first_cells, table};
use crate::domain::job::event::Phase;
use crate::domain::job::item::State;
use crate::ui::desk::Desk;
use crate::ui::el::{el, fixed, nothing};
use crate::ui::parts::{card, heading, paragraph, say, span};
use crate::words::jobs as words;

/// So many are shown.
const ROWS: usize = 20;

/// The part of a job's page.
pub(super) fn first_few_view(desk: Desk, id: StoredValue<String>, shown: Shown) -> AnyView {
    when(
        shown,
        |it| it.phase == Phase::Asking,
        move || with(id, |runner| rows_view(desk, &runner)).unwrap_or_else(nothing),
    )
}

fn rows_view(desk: Desk, runner: &Runner) -> AnyView {
    let settled: Vec<(u32, State)> = runner.ledger(|ledger| {
        let settled = ledger.items().iter().filter(|(_, item)| item.state != State::Planned);
        settled.map(|(item, known)| (item, known.state)).take(ROWS).collect()
    });
    let row = |(item, state): (u32, State)| {
        let (class, word) = state_words(state);
        let outcome = el("td").child(span(class, say(desk, word))).view();
        let message = runner.note(item).unwrap_or_default().message;
        let message = el("td").class("id").text(fixed(message)).view();
        Some(first_cells(runner, item)?.child(outcome).child(message).view())
    };
    let columns = [words::ROW, words::ITEM, words::RESULT, words::MESSAGE_ID];
    let rows = settled.into_iter().filter_map(row);
    card(vec![
        heading(desk, words::FIRST_FEW),
        paragraph("hint", say(desk, words::FIRST_FEW_HINT)),
        table(desk, words::FIRST_FEW, "first-few", &columns, rows),
    ])
}
