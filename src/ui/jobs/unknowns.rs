//! What nobody knows: item by item or all at once, marked as sent, or sent again knowingly.

use leptos::prelude::*;

use super::confirm::Deed;
use super::runner::Shown;
use super::state;
use crate::domain::job::event::Event;
use crate::domain::job::item::State;
use crate::domain::job::record::Which;
use crate::ui::desk::Desk;
use crate::ui::el::{el, fixed, live, nothing};
use crate::ui::parts::{Button, actions, card, heading, paragraph, say};
use crate::words::{desk as said, jobs as words};

/// So many are shown at once.
const ROWS: usize = 50;

/// The unknown items with their choices; `ask` asks for what must be confirmed.
pub(super) fn unknowns_view(
    desk: Desk,
    id: StoredValue<String>,
    shown: Shown,
    ask: Callback<Deed>,
) -> AnyView {
    let count = Memo::new(move |_| shown.progress.with(|it| it.as_ref().map_or(0, |it| it.counts.unknown)));
    live(move || {
        let count = count.get();
        if count == 0 {
            return nothing();
        }
        let mark = move |which: Which| {
            if let Some(runner) = id.with_value(|id| state::runner(id)) {
                runner.feed(Event::MarkSent(which));
            }
        };
        let Some(runner) = id.with_value(|id| state::runner(id)) else { return nothing() };
        let items: Vec<u32> =
            runner.ledger(|ledger| ledger.items().in_state(State::Unknown).take(ROWS).collect());
        let row = |item: u32| {
            let entry = runner.body.batch.entry(item)?;
            let texts =
                entry.texts.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
            let buttons = el("td")
                .child(
                    Button::new("quiet", say(desk, words::MARK_SENT), move || mark(Which::These(vec![item])))
                        .view(),
                )
                .child(
                    Button::new("quiet", say(desk, words::SEND_AGAIN), move || {
                        ask.run(Deed::SendAgain(Which::These(vec![item])));
                    })
                    .view(),
                );
            Some(
                el("tr")
                    .child(el("th").attr("scope", "row").text(fixed(entry.row.to_string())).view())
                    .child(el("td").class("id").text(fixed(texts)).view())
                    .child(buttons.view())
                    .view(),
            )
        };
        let column = |label| el("th").attr("scope", "col").text(say(desk, label)).view();
        let head = el("tr").child(column(words::ROW)).child(column(words::ITEM)).child(column(said::ACTIONS));
        let table = el("table")
            .child(el("thead").child(head.view()).view())
            .child(el("tbody").children(items.iter().filter_map(|item| row(*item))).view());
        let region = el("div").class("table").attr("role", "region").attr("tabindex", "0");
        let region = region.attr("aria-label", words::UNKNOWN_TITLE.text(desk.language.get()));
        let mut parts = vec![
            heading(desk, words::UNKNOWN_TITLE),
            paragraph("", fixed(desk.fill(words::UNKNOWN_LEAD, &[("count", &count.to_string())]))),
            actions(vec![
                Button::new("button", say(desk, words::MARK_ALL), move || mark(Which::All))
                    .id("job-mark")
                    .view(),
                Button::new("button danger", say(desk, words::SEND_ALL_AGAIN), move || {
                    ask.run(Deed::SendAgain(Which::All));
                })
                .id("job-again")
                .view(),
            ]),
            region.child(table.view()).view(),
        ];
        if usize::try_from(count).unwrap_or_default() > ROWS {
            parts.push(paragraph(
                "hint",
                fixed(desk.fill(words::FIRST_SHOWN, &[("count", &ROWS.to_string())])),
            ));
        }
        card(parts)
    })
}
