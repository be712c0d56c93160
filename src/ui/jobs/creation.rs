//! A job that is being made: where its rows come from, what the columns mean, how fast it may go, and the dry run.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::source::Source;
use crate::domain::batch::build::{Builder, Recipe};
use crate::domain::batch::check::DryRun;
use crate::domain::batch::trouble::Trouble;
use crate::domain::batch::{Batch, most, twice};
use crate::domain::draft::Values;
use crate::domain::intake::columns::Known;
use crate::domain::intake::separated::Delimiter;
use crate::domain::intake::{Choice, Sheet};
use crate::domain::job::pace::Limit;
use crate::domain::job::settings::Settings;
use crate::domain::operation::{Operation, Targets};
use crate::ui::browser;
use crate::ui::held::Held;

/// How long the page may be kept from other things, in milliseconds.
const SLICE: i64 = 12;
/// Rows and requests looked at between two looks at the clock.
const ROWS: usize = 50;
const REQUESTS: u32 = 5;
const MINUTE: u64 = 60_000;

/// What a dry run found.
pub(super) struct Dry {
    /// The drafts.
    pub(super) batch: Batch,
    /// What is wrong or should be known, by cause.
    pub(super) troubles: Vec<Trouble>,
    /// Rows that say the same as an earlier one.
    pub(super) merged: Vec<(u32, u32)>,
    /// How many requests it takes.
    pub(super) requests: u32,
    /// The entries of the first, a random and the last request.
    pub(super) samples: Vec<Vec<u32>>,
    /// What it was made from.
    recipe: Recipe,
    choices: [String; 4],
}

/// How far the dry run is.
#[derive(Clone)]
pub(super) enum Checking {
    /// None was asked for.
    Not,
    /// So many rows of so many.
    Running(usize, usize),
    /// It has ended.
    Done(Arc<Dry>),
}

/// A job that is being made: handles that live as long as the desk.
#[derive(Clone, Copy)]
pub(super) struct Creation {
    /// What is to be done.
    pub(super) operation: &'static Operation,
    /// The list as text: pasted, or decoded from a file.
    pub(super) text: Held<String>,
    /// The file it comes from.
    pub(super) source: Source,
    /// How the text is read.
    pub(super) choice: Held<Choice>,
    /// The text, read.
    pub(super) sheet: Memo<Arc<Sheet>>,
    /// What a person said that a column of this name means, by its number.
    pub(super) chosen: Held<Vec<(usize, String, Option<String>)>>,
    /// What each column means.
    pub(super) places: Memo<Vec<Option<String>>>,
    /// Requests per minute, items per minute, items per request, items of the canary.
    pub(super) numbers: [RwSignal<String>; 4],
    /// The dry run.
    pub(super) checking: Held<Checking>,
    turn: Held<u32>,
}

impl Creation {
    /// Nothing chosen yet.
    pub(super) fn new(operation: &'static Operation) -> Self {
        let text = Held::new(String::new());
        let choice = Held::new(Choice::default());
        let chosen = Held::new(Vec::<(usize, String, Option<String>)>::new());
        let sheet = Memo::new(move |_| {
            let known = Known::of(operation);
            Arc::new(text.with(|text| Sheet::read(text, choice.get(), &known)))
        });
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
        let many = matches!(operation.targets, Targets::EntriesOf(_));
        let per_minute = if many { "60" } else { "300" };
        let numbers = [per_minute, "5000", &most(operation).to_string(), "1"];
        Self {
            operation,
            text,
            source: Source::new(),
            choice,
            sheet,
            chosen,
            places,
            numbers: numbers.map(|number| RwSignal::new(number.to_owned())),
            checking: Held::new(Checking::Not),
            turn: Held::new(0),
        }
    }

    /// Another text: what was chosen for the last one says nothing of this one.
    pub(super) fn put(self, text: String, delimiter: Option<Delimiter>) {
        self.chosen.set(Vec::new());
        self.choice.set(Choice { delimiter, headed: None });
        self.text.set(text);
    }

    /// Says how cells are parted.
    pub(super) fn part_by(self, delimiter: Option<Delimiter>) {
        self.choice.update(|choice| choice.delimiter = delimiter);
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

    /// What the job is set up with; none while a number is none.
    pub(super) fn settings(self) -> Option<Settings> {
        let [requests, items, most, canary] = [0, 1, 2, 3].map(|at| self.number(at));
        let (requests, items, most, canary) = (requests?, items?, most?, canary?);
        if requests == 0 || most == 0 || items < most {
            return None;
        }
        let limits = vec![Limit::requests(requests, MINUTE), Limit::items(items, MINUTE, most)];
        Some(Settings {
            canary,
            at_once: Settings::at_once(&limits),
            ..Settings::new(twice(self.operation), limits)
        })
    }

    fn recipe(self, shared: Values) -> Recipe {
        let names = self.sheet.with(|sheet| sheet.names.clone());
        let most = self.number(2).unwrap_or(1);
        Recipe { operation: self.operation, shared, names, places: self.places.get(), most }
    }

    fn choices(self) -> [String; 4] {
        self.numbers.map(|number| number.get())
    }

    /// Whether a dry run is about what stands there now; followed.
    pub(super) fn is_fresh(self, dry: &Dry, shared: Values) -> bool {
        let recipe = self.recipe(shared);
        let old = &dry.recipe;
        old.shared == recipe.shared
            && old.places == recipe.places
            && old.names == recipe.names
            && dry.choices == self.choices()
    }

    /// Looks at every row and every request, and sends nothing.
    pub(super) fn check(self, shared: Values) {
        self.turn.update(|turn| *turn += 1);
        let turn = self.turn.get_untracked();
        let recipe = untrack(|| self.recipe(shared));
        let choices = untrack(|| self.choices());
        let sheet = self.sheet.get_untracked();
        let total = sheet.table.len();
        self.checking.set(Checking::Running(0, total));
        browser::spawn(async move {
            let current = || self.turn.get_untracked() == turn;
            let mut builder = Builder::new(recipe.clone(), browser::now());
            let mut begun = browser::now();
            while builder.step(&sheet.table, ROWS, begun) {
                if browser::now() - begun >= SLICE {
                    self.checking.set(Checking::Running(builder.taken(), total));
                    TimeoutFuture::new(0).await;
                    begun = browser::now();
                    if !current() {
                        return;
                    }
                }
            }
            let (batch, mut troubles, merged) = builder.finish();
            let mut dry = DryRun::new(&batch);
            let dice = || browser::random_decimal().parse().unwrap_or_default();
            while dry.step(&batch, REQUESTS, &mut troubles, begun, dice()) {
                if browser::now() - begun >= SLICE {
                    TimeoutFuture::new(0).await;
                    begun = browser::now();
                    if !current() {
                        return;
                    }
                }
            }
            let (requests, samples) = (dry.requests, dry.samples);
            let troubles = troubles.list();
            let done = Dry { batch, troubles, merged, requests, samples, recipe, choices };
            self.checking.set(Checking::Done(Arc::new(done)));
            browser::focus_soon("dry-run");
        });
    }

    /// Nothing is made of it any more.
    pub(super) fn forget(self) {
        self.turn.update(|turn| *turn += 1);
        self.checking.set(Checking::Not);
    }
}
