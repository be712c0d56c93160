//! What nobody knows: looked for with the vendor, marked as sent, or sent again knowingly; item by item or all at once.

use leptos::prelude::*;

use super::confirm::Deed;
use super::look;
use super::progress_view::when;
use super::runner::Runner;
use super::shown::Shown;
use super::state::with;
use crate::domain::job::event::{Event, Phase};
use crate::domain::job::item::{Cause, State};
use crate::domain::job::record::Which;
use crate::domain::trail::Look;
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{derived, el, fixed, live, nothing};
use crate::ui::parts::{Button, actions, card, heading, paragraph, say};
use crate::words::{Words, desk as said, jobs as words};

/// So many are shown at once.
const ROWS: usize = 50;

type Id = StoredValue<String>;

fn mark(id: Id, which: Which) {
    with(id, |runner| runner.feed(Event::MarkSent(which)));
}

fn check(desk: Desk, id: Id, which: Which) {
    with(id, |runner| look::check(desk, runner, which));
}

/// The unknown items with their choices, and those that were found afterwards; `ask` asks for what must be confirmed.
pub(super) fn unknowns_view(desk: Desk, id: Id, shown: Shown, ask: Callback<Deed>) -> AnyView {
    let count = Memo::new(move |_| shown.progress.with(|it| it.as_ref().map_or(0, |it| it.counts.unknown)));
    // Nothing leaves from a job that a person ended.
    let stopped = Memo::new(move |_| {
        shown.progress.with(|it| it.as_ref().is_some_and(|it| it.phase == Phase::Stopped))
    });
    let part = move || {
        let count = count.get();
        if count == 0 {
            return nothing();
        }
        let Some(how) = with(id, |runner| look::how(desk, &runner)) else { return nothing() };
        let mut buttons = Vec::new();
        if how.is_some() {
            let all =
                Button::new("button do", say(desk, words::CHECK_ALL), move || check(desk, id, Which::All));
            buttons.push(all.id("job-check").waits(move || shown.looking.get().is_some()).view());
        }
        buttons.push(mark_all_view(desk, id));
        if !stopped.get() {
            let again = move || ask.run(Deed::SendAgain(Which::All));
            let again = Button::new("button danger", say(desk, words::SEND_ALL_AGAIN), again);
            buttons.push(again.id("job-again").view());
        }
        let hint = if how.is_some() { words::CHECK_HOW } else { words::CHECK_NOT };
        let lead = desk.fill(words::UNKNOWN_LEAD, &[("count", &count.to_string())]);
        card(vec![
            heading(desk, words::UNKNOWN_TITLE),
            paragraph("", fixed(lead)),
            paragraph("hint", say(desk, hint)),
            actions(buttons),
            looking_view(desk, shown),
            live(move || {
                shown.looking.track();
                let ask = (!stopped.get()).then_some(ask);
                with(id, |runner| rows_view(desk, id, &runner, how.is_some(), ask)).unwrap_or_else(nothing)
            }),
            more_than(desk, count),
        ])
    };
    el("div")
        .live(part)
        .child(when(shown, |it| it.counts.sent > 0, move || proved_view(desk, id, shown)))
        .view()
}

/// Marks all of them for good: the first press says how many they are.
fn mark_all_view(desk: Desk, id: Id) -> AnyView {
    // As many as stood there when it was pressed: what came since is asked about anew.
    let sure: RwSignal<Option<Vec<u32>>> = RwSignal::new(None);
    let unknown = move || {
        with(id, |runner| runner.ledger(|ledger| ledger.items().in_state(State::Unknown).collect::<Vec<_>>()))
    };
    let press = move || match sure.get_untracked() {
        Some(items) => {
            mark(id, Which::These(items));
            browser::focus_soon_if_lost("job-phase");
        }
        None => sure.set(unknown()),
    };
    let label = derived(move || match sure.with(|items| items.as_ref().map(Vec::len)) {
        Some(count) => desk.fill(words::MARK_SURE, &[("count", &count.to_string())]),
        None => words::MARK_ALL.text(desk.language.get()).to_owned(),
    });
    Button::new("button", label, press).id("job-mark").view()
}

fn looking_view(desk: Desk, shown: Shown) -> AnyView {
    let text = derived(move || match shown.looking.get() {
        Some((done, total)) => {
            desk.fill(words::LOOKING, &[("done", &done.to_string()), ("total", &total.to_string())])
        }
        None => String::new(),
    });
    el("p").id("job-looking").attr("role", "status").text(text).view()
}

fn more_than(desk: Desk, count: u32) -> AnyView {
    if usize::try_from(count).unwrap_or_default() <= ROWS {
        return nothing();
    }
    paragraph("hint", fixed(desk.fill(words::FIRST_SHOWN, &[("count", &ROWS.to_string())])))
}

fn rows_view(desk: Desk, id: Id, runner: &Runner, can_look: bool, ask: Option<Callback<Deed>>) -> AnyView {
    let shown = runner.shown;
    let items: Vec<u32> =
        runner.ledger(|ledger| ledger.items().in_state(State::Unknown).take(ROWS).collect());
    let row = |item: u32| {
        let these = move || Which::These(vec![item]);
        let mut buttons = el("td");
        if can_look {
            let look = Button::new("quiet", say(desk, words::CHECK_ONE), move || check(desk, id, these()));
            buttons = buttons.child(look.waits(move || shown.looking.get().is_some()).view());
        }
        let own = Button::new("quiet", say(desk, words::MARK_SENT), move || mark(id, these()));
        let again = ask.map(|ask| {
            let again = move || ask.run(Deed::SendAgain(these()));
            Button::new("quiet", say(desk, words::SEND_AGAIN), again).view()
        });
        let buttons = buttons.child(own.view()).children(again);
        let found = el("td").text(fixed(look_text(desk, runner, item))).view();
        Some(first_cells(runner, item)?.child(found).child(buttons.view()).view())
    };
    let columns = [words::ROW, words::ITEM, words::CHECK_ONE, said::ACTIONS];
    table(desk, words::UNKNOWN_TITLE, "unknowns", &columns, items.iter().filter_map(|item| row(*item)))
}

/// Row and content of an item.
pub(super) fn first_cells(runner: &Runner, item: u32) -> Option<crate::ui::el::El> {
    let entry = runner.body.batch.entry(item)?;
    let texts: Vec<_> = entry.texts.iter().filter(|text| !text.is_empty()).cloned().collect();
    let row = el("th").attr("scope", "row").text(fixed(entry.row.to_string())).view();
    Some(el("tr").child(row).child(el("td").class("id").text(fixed(texts.join(" · "))).view()))
}

/// A table of items that scrolls by itself where it is too wide.
pub(super) fn table(
    desk: Desk,
    title: Words,
    name: &'static str,
    columns: &[Words],
    rows: impl Iterator<Item = AnyView>,
) -> AnyView {
    let head = columns.iter().map(|label| el("th").attr("scope", "col").text(say(desk, *label)).view());
    let table = el("table")
        .id(name)
        .child(el("thead").child(el("tr").children(head).view()).view())
        .child(el("tbody").children(rows).view());
    let region = el("div").class("table").attr("role", "region").attr("tabindex", "0");
    region.attr("aria-label", title.text(desk.language.get_untracked())).child(table.view()).view()
}

fn look_text(desk: Desk, runner: &Runner, item: u32) -> String {
    let Some((look, at)) = runner.learnt.borrow().look(item) else { return String::new() };
    let says = match look {
        Look::Absent => words::LOOK_ABSENT,
        Look::Undone => words::LOOK_UNDONE,
        Look::Open | Look::Done => words::LOOK_OPEN,
    };
    let time = browser::readable_time(&at.to_string()).unwrap_or_default();
    desk.fill(says, &[("time", &time)])
}

/// What was unknown and is proved: with the message that proves it.
fn proved_view(desk: Desk, id: Id, shown: Shown) -> AnyView {
    live(move || {
        shown.looking.track();
        let view = with(id, |runner| {
            let proved: Vec<u32> = runner.ledger(|ledger| {
                let found = ledger.items().iter().filter(|(_, item)| item.cause == Cause::FOUND);
                found.map(|(item, _)| item).take(ROWS).collect()
            });
            if proved.is_empty() {
                return nothing();
            }
            let row = |item: u32| {
                let note = runner.note(item).unwrap_or_default();
                let time = browser::readable_time(&note.time).unwrap_or_default();
                let cells = first_cells(&runner, item)?;
                let cells = cells.child(el("td").class("id").text(fixed(note.message)).view());
                Some(cells.child(el("td").text(fixed(time)).view()).view())
            };
            let columns = [words::ROW, words::ITEM, words::MESSAGE_ID, words::FOUND_TIME];
            let rows = proved.iter().filter_map(|item| row(*item));
            card(vec![
                heading(desk, words::PROVED_TITLE),
                paragraph("hint", say(desk, words::PROVED_LEAD)),
                table(desk, words::PROVED_TITLE, "proved", &columns, rows),
            ])
        });
        view.unwrap_or_else(nothing)
    })
}
