//! A job that waits, made slower, or with another brake.

use leptos::prelude::*;

use super::progress_view::when;
use super::shown::Shown;
use super::state::with;
use crate::domain::job::event::{Event, Phase};
use crate::domain::job::record::Adjusted;
use crate::domain::job::retry::Why;
use crate::domain::job::settings::Settings;
use crate::ui::desk::Desk;
use crate::ui::el::{derived, el, nothing};
use crate::ui::parts::{Button, actions, card, labelled_input, paragraph, say};
use crate::words::{Words, jobs as words};

/// The part of a job's page while it is paused; open where the pace or the brake is why.
pub(super) fn adjust_view(desk: Desk, id: StoredValue<String>, shown: Shown) -> AnyView {
    when(
        shown,
        |it| matches!(it.phase, Phase::Paused(_)),
        move || match with(id, |runner| runner.settings()) {
            Some(settings) => fields_view(desk, id, shown, &settings),
            None => nothing(),
        },
    )
}

fn fields_view(desk: Desk, id: StoredValue<String>, shown: Shown, settings: &Settings) -> AnyView {
    let most = |settings: &Settings| settings.per_minute().unwrap_or(u32::MAX);
    let numbers = [most(settings), settings.brake.row.into(), settings.brake.percent.into()];
    let [requests, row, percent] = numbers.map(|number: u32| RwSignal::new(number.to_string()));
    let told: RwSignal<Option<(bool, Words)>> = RwSignal::new(None);
    let apply = move || {
        let number = |text: RwSignal<String>| text.with_untracked(|text| text.trim().parse::<u32>().ok());
        let adjusted = || {
            // It may have been made slower since.
            let most = with(id, |runner| most(&runner.settings()))?;
            let per_minute = number(requests).filter(|number| (1..=most).contains(number))?;
            let row = u8::try_from(number(row)?).ok()?;
            let percent = u8::try_from(number(percent)?).ok().filter(|percent| *percent <= 100)?;
            Some(Adjusted { per_minute, row, percent })
        };
        let Some(adjusted) = adjusted() else { return told.set(Some((false, words::ADJUST_WRONG))) };
        with(id, |runner| runner.feed(Event::Adjust(adjusted)));
        told.set(Some((true, words::ADJUSTED)));
    };
    let input = |name, label, number| {
        let field = el("div").class("field third").children(labelled_input(name, say(desk, label), number));
        field.view()
    };
    let fields = el("div").class("fields").children([
        input("adjust-per-minute", words::PER_MINUTE, requests),
        input("adjust-row", words::BRAKE_ROW, row),
        input("adjust-share", words::BRAKE_SHARE, percent),
    ]);
    let said = derived(move || {
        let said = told.get().map(|(_, words)| words.text(desk.language.get()).to_owned());
        said.unwrap_or_default()
    });
    let class = move || if told.get().is_some_and(|(done, _)| !done) { "problem" } else { "hint" };
    let class = Signal::derive(move || Some(class().to_owned()));
    let apply = Button::new("button", say(desk, words::ADJUST_DO), apply).id("job-adjust-do").view();
    let phase = shown.progress.with_untracked(|it| it.as_ref().map(|it| it.phase));
    let is_why = matches!(phase, Some(Phase::Paused(Why::Limited | Why::Row | Why::Share)));
    card(vec![
        el("details")
            .id("job-adjust")
            .prop_flag("open", move || is_why)
            .child(el("summary").text(say(desk, words::ADJUST)).view())
            .child(paragraph("hint", say(desk, words::ADJUST_HINT)))
            .child(fields.view())
            .child(actions(vec![apply]))
            .child(
                el("p")
                    .id("job-adjust-said")
                    .attr("role", "status")
                    .attr_live("class", class)
                    .text(said)
                    .view(),
            )
            .view(),
    ])
}
