//! A job that is being made: where its rows come from, what the columns mean, how fast it may go, and the dry run.

use std::sync::Arc;

use leptos::prelude::*;

use super::allowed::{most_requests, rate_of};
use super::dry::{Checking, Dry};
use super::recall::{Taken, Whose};
use super::slices::{Slices, breathe};
use super::source::Source;
use super::state;
use crate::domain::batch::build::Builder;
use crate::domain::batch::check::DryRun;
use crate::domain::batch::keep::Head;
use crate::domain::batch::recipe::{LeftOut, Recipe};
use crate::domain::batch::{most, twice};
use crate::domain::draft::Values;
use crate::domain::intake::columns::Known;
use crate::domain::intake::separated::Delimiter;
use crate::domain::intake::{Choice, Reading, Sheet};
use crate::domain::job::brake::Limits;
use crate::domain::job::pace::Limit;
use crate::domain::job::settings::{AfterCanary, Settings};
use crate::domain::operation::{Operation, Verb};
use crate::domain::rate::{Rate, offered};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::held::Held;

/// Rows and requests looked at between two looks at the clock.
const ROWS: usize = 50;
const REQUESTS: u32 = 5;
/// So many rows show their personalised texts.
const TEXTS: u32 = 3;
const MINUTE: u64 = 60_000;
/// Requests a minute where no vendor says anything.
const WATCHED: u32 = 300;

/// A job that is being made: handles that live as long as the desk.
#[derive(Clone, Copy)]
pub(super) struct Creation {
    desk: Desk,
    /// What is to be done.
    pub(super) operation: &'static Operation,
    /// The list as text: pasted, or decoded from a file.
    pub(super) text: Held<String>,
    /// The file it comes from.
    pub(super) source: Source,
    /// How the text is read.
    pub(super) choice: Held<Choice>,
    /// The text, read.
    pub(super) sheet: Held<Arc<Sheet>>,
    /// Whether it is still being read.
    reading: Held<bool>,
    /// What a person said that a column of this name means, by its number.
    pub(super) chosen: Held<Vec<(usize, String, Option<String>)>>,
    /// What each column means.
    pub(super) places: Memo<Vec<Option<String>>>,
    /// Requests per minute, items per minute, items per request, items of the canary; requests in a row without success and the
    /// share of failures at which the job pauses by itself.
    pub(super) numbers: [RwSignal<String>; 6],
    /// Whether the rest goes by itself when all of the canary was sent.
    pub(super) goes_on: RwSignal<bool>,
    /// The messages it is for, where they were known already and nobody brought the list.
    pub(super) taken: Held<Option<Taken>>,
    /// Whether the dry run is to be done without being asked for.
    hurries: Held<bool>,
    /// Whether a person wants the same once more.
    pub(super) again: RwSignal<bool>,
    /// Whether rows that an earlier job did, or may have done, are to be done again.
    pub(super) done_too: RwSignal<bool>,
    /// Whether rows with something wrong in them are left out.
    pub(super) leaves_wrong: RwSignal<bool>,
    /// A job of the same that was made since the dry run.
    pub(super) meanwhile: RwSignal<Option<Head>>,
    /// The dry run.
    pub(super) checking: Held<Checking>,
    turn: Held<u32>,
    read_turn: Held<u32>,
}

impl Creation {
    /// Nothing chosen yet.
    pub(super) fn new(desk: Desk, operation: &'static Operation) -> Self {
        let text = Held::new(String::new());
        let choice = Held::new(Choice::default());
        let chosen = Held::new(Vec::<(usize, String, Option<String>)>::new());
        let sheet = Held::new(Arc::<Sheet>::default());
        let places = Memo::new(move |_| {
            let mut places = sheet.with(|sheet| Known::of(operation).map(&sheet.names));
            for (column, name, place) in chosen.get() {
                if sheet.with(|sheet| sheet.names.get(column) != Some(&name)) {
                    continue;
                }
                // A place is filled by one column: the one that was said last.
                for other in places.iter_mut().filter(|other| place.is_some() && **other == place) {
                    *other = None;
                }
                if let Some(slot) = places.get_mut(column) {
                    *slot = place;
                }
            }
            places
        });
        let most = most(operation);
        let (requests, items) = rate_of(desk, operation).map_or((WATCHED, WATCHED * most), offered);
        let brake = Limits::default();
        let numbers = [requests, items.max(most), most, 1, brake.row.into(), brake.percent.into()];
        Self {
            desk,
            operation,
            text,
            source: Source::new(),
            choice,
            sheet,
            reading: Held::new(false),
            chosen,
            places,
            numbers: numbers.map(|number| RwSignal::new(number.to_string())),
            goes_on: RwSignal::new(false),
            taken: Held::new(None),
            hurries: Held::new(false),
            again: RwSignal::new(false),
            done_too: RwSignal::new(false),
            leaves_wrong: RwSignal::new(false),
            meanwhile: RwSignal::new(None),
            checking: Held::new(Checking::Not),
            turn: Held::new(0),
            read_turn: Held::new(0),
        }
    }

    /// Another text: what was chosen for the last one says nothing of this one.
    pub(super) fn put(self, text: String, delimiter: Option<Delimiter>) {
        self.taken.set(None);
        self.goes_on.set(false);
        self.done_too.set(false);
        self.leaves_wrong.set(false);
        self.chosen.set(Vec::new());
        self.choice.set(Choice { delimiter, headed: None });
        self.text.set(text);
        self.read_rows();
    }

    /// Messages that are known already. Of a batch that is recalled the ids are the vendor's own, so a canary that succeeds says enough
    /// of the rest; all else is asked about. Where something is missing a dry run would only say so, and what is to be corrected is not
    /// corrected yet.
    pub(super) fn take_back(self, text: String, taken: Taken) {
        self.paste(text, Some(Delimiter::Comma));
        self.forget();
        let corrects = self.operation.verb == Verb::Modify;
        self.goes_on.set(!corrects && matches!(taken.whose, Whose::Sent { .. }));
        self.hurries.set(!corrects && taken.lacks.is_empty());
        self.taken.set(Some(taken));
    }

    /// Does the dry run if it is to be done without being asked for; once.
    pub(super) fn hurry(self, shared: Values) {
        if self.hurries.get_untracked() {
            self.hurries.set(false);
            self.check(shared);
        }
    }

    /// The same list, perhaps with something else in it.
    pub(super) fn type_in(self, text: String) {
        // A box that gives way to a file may still say what was typed in it.
        let typed = self.source.file.with_untracked(Option::is_none);
        if typed && self.text.with_untracked(|known| *known != text) {
            self.text.set(text);
            self.read_rows();
        }
    }

    /// Reads the same text in another way.
    pub(super) fn read_as(self, say: impl FnOnce(&mut Choice)) {
        self.choice.update(say);
        self.read_rows();
    }

    /// Reads the rows in slices, and only once what came together has come: a text may arrive line by line.
    fn read_rows(self) {
        self.read_turn.update(|turn| *turn += 1);
        let turn = self.read_turn.get_untracked();
        let is_current = move || self.read_turn.get_untracked() == turn;
        self.reading.set(true);
        browser::spawn(async move {
            breathe().await;
            if !is_current() {
                return;
            }
            let mut slices = Slices::new();
            let known = Known::of(self.operation);
            let choice = self.choice.get_untracked();
            let reading = self.text.with_untracked(|text| Reading::new(text, choice, &known));
            let mut reading = reading.of(self.source.origin());
            while self.step(&mut reading, ROWS) {
                if slices.is_over() {
                    slices.rest().await;
                    if !is_current() {
                        return;
                    }
                }
            }
            // What is drawn then has a turn of its own.
            slices.rest().await;
            if is_current() {
                self.finish_reading(reading);
            }
        });
    }

    /// Whether the list is still being read; followed.
    fn is_reading(self) -> bool {
        self.source.busy.get() || self.reading.get()
    }

    fn step(self, reading: &mut Reading, rows: usize) -> bool {
        self.text.with_untracked(|text| reading.step(text, rows))
    }

    fn finish_reading(self, reading: Reading) {
        let sheet = self.text.with_untracked(|text| reading.finish(text));
        self.sheet.set(Arc::new(sheet));
        self.reading.set(false);
    }

    /// Says what a column means.
    pub(super) fn choose(self, column: usize, name: String, place: Option<String>) {
        self.chosen.update(|chosen| {
            chosen.retain(|(known, ..)| *known != column);
            chosen.push((column, name, place));
        });
    }

    fn number(self, at: usize) -> Option<u32> {
        let text = self.numbers.get(at)?.get();
        text.trim().parse().ok()
    }

    /// What the vendor and this place allow, and the rule.
    pub(super) fn rate(self) -> Option<&'static Rate> {
        rate_of(self.desk, self.operation)
    }

    /// The most requests a minute; followed.
    pub(super) fn most_requests(self) -> u32 {
        most_requests(self.desk, self.operation)
    }

    /// What the job is set up with; none while a number is none. What is above the most is brought down to it.
    pub(super) fn settings(self) -> Option<Settings> {
        let [requests, items, most, canary, row, percent] = [0, 1, 2, 3, 4, 5].map(|at| self.number(at));
        let (requests, items, most, canary) = (requests?, items?, most?, canary?);
        let (row, percent) = (u8::try_from(row?).ok()?, u8::try_from(percent?).ok()?);
        if requests == 0 || most == 0 || items < most || percent > 100 {
            return None;
        }
        let requests = requests.min(self.most_requests());
        let limits = vec![Limit::requests(requests, MINUTE), Limit::items(items, MINUTE, most)];
        Some(Settings {
            canary,
            after_canary: if self.goes_on.get() { AfterCanary::GoesOn } else { AfterCanary::Asks },
            at_once: Settings::at_once(&limits),
            brake: Limits { row, percent, ..Limits::default() },
            ..Settings::new(twice(self.operation), limits)
        })
    }

    fn recipe(self, shared: Values) -> Recipe {
        let names = self.sheet.with(|sheet| sheet.names.clone());
        let most = self.number(2).unwrap_or(1);
        let config = self.desk.config;
        let guard =
            config.with(|config| config.as_ref().map(|config| config.policy.guard()).unwrap_or_default());
        let done = self.sheet.with(|sheet| sheet.again.as_ref().map(|again| again.rows.clone()));
        let left_out = LeftOut {
            done: done.filter(|_| !self.done_too.get()).unwrap_or_default(),
            wrong: self.leaves_wrong.get(),
        };
        Recipe { operation: self.operation, shared, names, places: self.places.get(), most, guard, left_out }
    }

    fn choices(self) -> [String; 6] {
        self.numbers.map(|number| number.get())
    }

    /// Whether a dry run is about what stands there now; followed.
    pub(super) fn is_fresh(self, dry: &Dry, shared: Values) -> bool {
        let recipe = self.recipe(shared);
        let old = &dry.recipe;
        !self.is_reading()
            && Arc::ptr_eq(&dry.sheet, &self.sheet.get())
            && old.shared == recipe.shared
            && old.places == recipe.places
            && old.names == recipe.names
            && old.left_out == recipe.left_out
            && dry.choices == self.choices()
            && dry.account.as_ref().is_none_or(|account| self.account().as_ref() == Some(account))
    }

    /// The connection in use; followed.
    fn account(self) -> Option<String> {
        self.desk.way_of(self.operation).map(|way| way.account())
    }

    /// Looks at every row and every request, and sends nothing.
    pub(super) fn check(self, shared: Values) {
        self.turn.update(|turn| *turn += 1);
        let turn = self.turn.get_untracked();
        self.again.set(false);
        self.meanwhile.set(None);
        self.checking.set(Checking::Running(0, 0));
        browser::spawn(async move {
            let mut slices = Slices::new();
            slices.rest().await;
            while untrack(|| self.is_reading()) {
                slices.rest().await;
            }
            if let Some(dry) = self.dry_run(shared, turn, slices).await {
                self.checking.set(Checking::Done(Arc::new(dry)));
                browser::focus_soon("dry-run");
            }
        });
    }

    /// The dry run; none when another one was begun meanwhile.
    async fn dry_run(self, shared: Values, turn: u32, mut slices: Slices) -> Option<Dry> {
        let is_current = || self.turn.get_untracked() == turn;
        let recipe = untrack(|| self.recipe(shared));
        let choices = untrack(|| self.choices());
        let sheet = self.sheet.get_untracked();
        let total = sheet.table.len();
        let mut builder = Builder::new(recipe.clone(), sheet.table.clone(), browser::now());
        while builder.step(ROWS, slices.begun()) {
            if slices.is_over() {
                if slices.rest().await {
                    self.checking.set(Checking::Running(builder.taken(), total));
                }
                is_current().then_some(())?;
            }
        }
        let input = builder.fingerprint();
        let (wrong, passed) = (std::mem::take(&mut builder.wrong), builder.passed);
        let (batch, mut troubles, merged) = builder.finish();
        troubles.add_list(&sheet, &self.operation.form);
        let mut dry = DryRun::new(&batch);
        let dice = browser::random_decimal().parse().unwrap_or_default();
        while dry.step(&batch, REQUESTS, &mut troubles, slices.begun(), dice) {
            if slices.is_over() {
                slices.rest().await;
                is_current().then_some(())?;
            }
        }
        let (requests, samples) = (dry.requests, dry.samples);
        let texts = recipe.first_texts(&batch, TEXTS);
        let earlier = state::made_of(self.desk, &input).await;
        // What is drawn then has a turn of its own.
        slices.rest().await;
        is_current().then(|| Dry {
            input,
            earlier,
            batch,
            troubles: troubles.list(),
            merged,
            wrong,
            passed,
            sheet,
            requests,
            samples,
            texts,
            recipe,
            choices,
            account: untrack(|| self.account()),
        })
    }

    /// Whether a job of the same was made since the dry run, in another tab or by another way; then that is asked about.
    pub(super) async fn is_repeated(self, input: &str) -> bool {
        if self.again.get_untracked() {
            return false;
        }
        let way = untrack(|| self.desk.way_of(self.operation));
        let same =
            |head: &Head| head.input == input && way.as_ref().is_some_and(|way| way.is_app_of(&head.account));
        let found = state::made_of(self.desk, input).await.into_iter().find(same);
        let repeated = found.is_some();
        self.meanwhile.set(found);
        repeated
    }

    /// Nothing is made of it any more.
    pub(super) fn forget(self) {
        self.turn.update(|turn| *turn += 1);
        self.checking.set(Checking::Not);
    }
}
