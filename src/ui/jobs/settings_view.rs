//! What a job sends and how: its operation, the texts that its rows share, where its list comes from, and its pace. Made when it is
//! opened; everything is shown as text, and no secret is in a job.

use leptos::prelude::*;

use super::runner::Runner;
use super::state::with;
use crate::domain::batch::Batch;
use crate::domain::draft::Values;
use crate::domain::field::{Choice, Field, Initial, Kind};
use crate::domain::job::pace::{Counted, Limit};
use crate::domain::job::settings::{AfterCanary, Settings};
use crate::domain::operation::Targets;
use crate::domain::rows::field_at;
use crate::domain::sentence::label;
use crate::domain::validation::Readings;
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, el, fixed, nothing};
use crate::ui::parts::{bytes, card, say};
use crate::words::{Words, jobs as words};

/// So many characters of a text are shown at once.
const SHOWN: usize = 200;
const MINUTE: u64 = 60_000;

/// The part of a job's page, closed.
pub(super) fn settings_view(desk: Desk, id: StoredValue<String>) -> AnyView {
    let opened = RwSignal::new(false);
    let facts = move || match opened.get() {
        true => with(id, |runner| facts_view(desk, &runner)).unwrap_or_else(nothing),
        false => nothing(),
    };
    card(vec![
        el("details")
            .id("job-settings")
            .on("toggle", move |_| opened.set(true))
            .child(el("summary").text(say(desk, words::SETTINGS)).view())
            .live(facts)
            .view(),
    ])
}

fn facts_view(desk: Desk, runner: &Runner) -> AnyView {
    let (batch, settings) = (&runner.body.batch, &runner.settings());
    let language = desk.language.get();
    let named = |words: Words| words.text(language).to_owned();
    let mut facts = vec![(named(words::OPERATION), batch.operation.title.text(language).to_owned())];
    let columns = batch.columns.join(", ");
    let list = [("count", &*batch.entries.len().to_string()), ("columns", &*columns)];
    facts.push((named(words::LIST), desk.fill(words::LIST_KEPT, &list)));
    facts.extend(texts(desk, batch));
    facts.extend(pace(batch, settings).into_iter().map(|(words, text)| (named(words), text)));
    let goes_on = settings.canary > 0 && settings.after_canary == AfterCanary::GoesOn;
    let after = goes_on.then(|| el("p").class("hint").text(say(desk, words::GOES_ON)).view());
    let each = |(name, text): (String, String)| {
        let value = el("dd").child(text_view(&name, text)).view();
        all(vec![el("dt").text(fixed(name)).view(), value])
    };
    all(vec![el("dl").children(facts.into_iter().map(each)).view()].into_iter().chain(after).collect())
}

/// The texts by the labels of the form; of those that are not the same for all rows what they were made from, or that they are not.
fn texts(desk: Desk, batch: &Batch) -> Vec<(String, String)> {
    let language = desk.language.get();
    let form = &batch.operation.form;
    let nothing = Values::new();
    let first = batch.groups.first().unwrap_or(&nothing);
    let readings = Readings::new(form, first, browser::now());
    let name_of = |name: &str| match (form.field(name), field_at(form, name)) {
        (Some(field), _) => label(field, &readings).text(language).to_owned(),
        // One of several in a list of objects: which, its name on the wire says.
        (None, Some(field)) => format!("{} ({name})", field.label.text(language)),
        (None, None) => name.to_owned(),
    };
    let row_by_row = |name: &str| match batch.templates.get(name) {
        "" => words::ROW_BY_ROW.text(language).to_owned(),
        template => template.to_owned(),
    };
    let mut texts = Vec::new();
    for (name, text) in first.iter().filter(|(_, text)| !text.is_empty()) {
        let field = field_at(form, name);
        let left_out =
            |field: &Field| matches!(field.kind, Kind::Secret) || field.initial == Some(Initial::Drawn);
        if field.is_some_and(left_out) {
            continue;
        }
        let shared = batch.groups.iter().all(|group| group.get(name) == text);
        let text = match shared {
            true => field.map_or_else(|| text.to_owned(), |field| readable(desk, field, text)),
            false => row_by_row(name),
        };
        texts.push((name_of(name), text));
    }
    let made = batch.templates.iter().map(|(name, _)| name);
    let made = made.filter(|name| !batch.names.iter().any(|known| known == name));
    let own = batch.names.iter().map(String::as_str).chain(made);
    for name in own.filter(|name| first.get(name).is_empty()) {
        texts.push((name_of(name), row_by_row(name)));
    }
    texts
}

/// A text as the form shows it: a choice by what people call it, a time as people read it.
fn readable(desk: Desk, field: &Field, text: &str) -> String {
    let chosen = |choices: &[Choice], text: &str| {
        let choice = choices.iter().find(|choice| choice.value == text);
        choice.map_or_else(|| text.to_owned(), |choice| choice.label.text(desk.language.get()).to_owned())
    };
    match &field.kind {
        Kind::Choice(choices) | Kind::Word(choices) => chosen(choices, text),
        Kind::Several(choices) => {
            text.lines().map(|line| chosen(choices, line)).collect::<Vec<_>>().join(", ")
        }
        Kind::Time => browser::readable_time(text).unwrap_or_else(|| text.to_owned()),
        Kind::Seconds => browser::readable_time(&format!("{text}000")).unwrap_or_else(|| text.to_owned()),
        _ => text.to_owned(),
    }
}

/// The numbers it was made with, by the labels of the page that made it.
fn pace(batch: &Batch, settings: &Settings) -> Vec<(Words, String)> {
    let is_list = matches!(batch.operation.targets, Targets::EntriesOf(_));
    let requests = settings.per_minute().map(|most| (words::PER_MINUTE, most.to_string()));
    let items = settings.limits.iter().filter(|limit| is_list && limit.counted == Counted::Items);
    let per_minute = |limit: &Limit| (u64::from(limit.most) * MINUTE / limit.per.max(1)).to_string();
    let items = items.map(|limit| (words::ITEMS_PER_MINUTE, per_minute(limit)));
    let mut numbers: Vec<_> = requests.into_iter().chain(items).collect();
    if is_list {
        numbers.push((words::PER_REQUEST, batch.most.to_string()));
    }
    numbers.push((words::CANARY_FIRST, settings.canary.to_string()));
    numbers.push((words::BRAKE_ROW, settings.brake.row.to_string()));
    numbers.push((words::BRAKE_SHARE, settings.brake.percent.to_string()));
    numbers
}

/// A text as it is; a long one by its beginning, which opens the whole.
fn text_view(name: &str, text: String) -> AnyView {
    if text.chars().count() <= SHOWN {
        return el("span").text(fixed(text)).view();
    }
    let beginning: String = text.chars().take(SHOWN).chain(['…']).collect();
    el("details")
        .child(el("summary").text(fixed(beginning)).view())
        .child(bytes(fixed(name), fixed(text)))
        .view()
}
