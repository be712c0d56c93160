//! What the dry run of a list accepts, the run does not refuse: each request is made as it leaves, with its marks, from the job as
//! it is kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use message_desk::connection::Connection;
use message_desk::domain::batch::build::Builder;
use message_desk::domain::batch::check::DryRun;
use message_desk::domain::batch::keep::Body;
use message_desk::domain::batch::recipe::{LeftOut, Recipe};
use message_desk::domain::batch::{Batch, mark, most, twice};
use message_desk::domain::draft::Values;
use message_desk::domain::guard::Guard;
use message_desk::domain::intake::columns::Known;
use message_desk::domain::intake::table::Table;
use message_desk::domain::job::settings::Settings;
use message_desk::domain::operation::{Danger, Operation, Targets};
use message_desk::domain::rows::cell_of;
use message_desk::vendors;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

use super::case::{self, Typed};
use super::properties::any_text;

/// So many lists of each operation.
const LISTS: u32 = 100;
const DAY: i64 = 86_400_000;

/// The passing drafts of each operation that can be a job.
fn passing() -> BTreeMap<&'static str, (&'static Operation, Vec<Typed>)> {
    let mut all: BTreeMap<_, (_, Vec<_>)> = BTreeMap::new();
    for case in case::all().into_iter().filter(|case| case.files.contains_key("request.json")) {
        let operation: &'static Operation = vendors::operation(&case.operation).unwrap().1;
        if operation.danger != Danger::Looks {
            all.entry(operation.id).or_insert((operation, Vec::new())).1.push(case.draft());
        }
    }
    all
}

/// What chance decides about a list.
#[derive(Debug)]
struct Chance {
    base: Index,
    /// Which draft each row takes its cells from.
    rows: Vec<Index>,
    /// Which places are columns besides those that must be.
    columns: Vec<Index>,
    /// Cells, by row and column, that go on with a digit or say something else, and shared texts that do.
    cells: Vec<(Index, Index, Option<String>)>,
    shared: Vec<(Index, String)>,
    most: u32,
    job: String,
    root: u32,
    cut: Index,
    later: i64,
}

fn any_chance() -> impl Strategy<Value = Chance> {
    let what = (
        any::<Index>(),
        prop::collection::vec(any::<Index>(), 1..9),
        prop::collection::vec(any::<Index>(), 0..4),
        prop::collection::vec(
            (any::<Index>(), any::<Index>(), prop_oneof![2 => Just(None), 1 => any_text().prop_map(Some)]),
            0..3,
        ),
        prop::collection::vec((any::<Index>(), any_text()), 0..2),
    );
    let how = (
        select(vec![1, 2, 3, u32::MAX]),
        "[0-9a-f]{32}",
        any::<u32>(),
        any::<Index>(),
        prop_oneof![Just(0), 0..DAY],
    );
    (what, how).prop_map(|((base, rows, columns, cells, shared), (most, job, root, cut, later))| Chance {
        base,
        rows,
        columns,
        cells,
        shared,
        most,
        job,
        root,
        cut,
        later,
    })
}

fn text<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.values.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
}

/// What a draft says of the first entry of an operation's list, or of one behind it.
fn entry(operation: &Operation, typed: &Typed, place: &str, at: usize) -> String {
    let Targets::EntriesOf(list) = operation.targets else { return text(typed, place).to_owned() };
    match cell_of(list.name, place) {
        Some((_, cell)) => text(typed, &format!("{}.{}.{cell}", list.name, at % 2)).to_owned(),
        None if place == list.name => {
            let lines: Vec<_> = text(typed, place).split(['\n', ',']).collect();
            lines[at % lines.len()].to_owned()
        }
        None => text(typed, place).to_owned(),
    }
}

/// A list of an operation.
fn listed(operation: &'static Operation, drafts: &[Typed], chance: &Chance) -> (Recipe, Table) {
    let known = Known::of(operation);
    let base = chance.base.get(drafts);
    let mut columns: Vec<_> = known.places().iter().filter(|place| place.is_entry).collect();
    columns.extend(chance.columns.iter().map(|at| at.get(known.places())));
    if columns.is_empty() {
        columns.extend(known.places().first());
    }
    columns.sort_by_key(|place| &place.name);
    columns.dedup_by_key(|place| &place.name);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (at, row) in chance.rows.iter().enumerate() {
        // A draft is right as a whole: most rows are the base's own.
        let typed = if at % 2 == 0 { base } else { row.get(drafts) };
        rows.push(columns.iter().map(|place| entry(operation, typed, &place.name, at)).collect());
    }
    for (at, column, says) in &chance.cells {
        let row = at.index(rows.len());
        let cell = &mut rows[row][column.index(columns.len())];
        match says {
            Some(says) => cell.clone_from(says),
            None => cell.push_str(&row.to_string()),
        }
    }
    let mut table = Table::default();
    for (number, row) in (1..).zip(&rows) {
        table.begin(number);
        row.iter().for_each(|cell| table.push(cell));
    }
    let mut shared: Values = base.values.iter().cloned().collect();
    let names: Vec<_> = operation.form.fields().map(|field| field.name).collect();
    chance.shared.iter().for_each(|(at, says)| shared.set(at.get::<&str>(&names), says.as_str()));
    let names = columns.iter().map(|place| place.name.clone()).collect();
    let places = columns.iter().map(|place| Some(place.name.clone())).collect();
    let guard = Guard::default();
    (
        Recipe { operation, shared, names, places, most: chance.most, guard, left_out: LeftOut::default() },
        table,
    )
}

/// The batch of a list that the dry run accepts, as it is read back from where it is kept.
fn accepted(recipe: Recipe, table: Table, now: i64) -> Option<Batch> {
    let operation = recipe.operation;
    let mut builder = Builder::new(recipe, Arc::new(table), now);
    while builder.step(3, now) {}
    let (batch, mut troubles, _) = builder.finish();
    let mut dry = DryRun::new(&batch);
    while dry.step(&batch, 3, &mut troubles, now, 7) {}
    let body = Body { batch, settings: Settings::new(twice(operation), Vec::new()) };
    let kept = Body::decode(&body.encode(), operation).map(|body| body.batch);
    (!troubles.stop() && !body.batch.entries.is_empty()).then(|| kept.unwrap())
}

/// The requests that a run makes: those of the plan, and what a canary, a withdrawal or a second try leaves of them.
fn requests(batch: &Batch, cut: &Index) -> Vec<Vec<u32>> {
    let (plan, mut place) = (batch.plan(), 0);
    let mut all = Vec::new();
    loop {
        let items = plan.after(&mut place);
        if items.is_empty() {
            return all;
        }
        let (before, behind) = items.split_at(cut.index(items.len()));
        all.extend([before.to_vec(), behind.to_vec()].into_iter().filter(|items| !items.is_empty()));
        all.push(items);
    }
}

#[test]
fn the_run_refuses_nothing_that_the_dry_run_accepted() {
    for (id, (operation, drafts)) in passing() {
        let vendor = vendors::operation(id).unwrap().0;
        let seen = RefCell::new((0, 0));
        let mut runner =
            TestRunner::new(Config { cases: LISTS, failure_persistence: None, ..Config::default() });
        let run = runner.run(&any_chance(), |chance| {
            let base = chance.base.get(&drafts);
            let connection: Values = base.connection.iter().cloned().collect();
            let Ok(connection) = Connection::open(vendor, &connection, base.now) else { return Ok(()) };
            let (recipe, table) = listed(operation, &drafts, &chance);
            let Some(batch) = accepted(recipe, table, base.now) else { return Ok(()) };
            prop_assert!(batch.most <= most(operation));
            seen.borrow_mut().0 += 1;
            for (at, items) in (0..).zip(requests(&batch, &chance.cut)) {
                let (trace, drawn) = mark(&chance.job, chance.root.wrapping_add(at));
                let made = connection.request_of(&batch, &items, (&trace, &drawn), base.now + chance.later);
                prop_assert!(made.is_ok(), "{} {:?}: {:?} {:?}", id, items, made.err(), batch);
                seen.borrow_mut().1 += usize::from(items.len() > 1);
            }
            Ok(())
        });
        assert_eq!(run.map_err(|failed| failed.to_string()), Ok(()), "{id}");
        let (lists, shared) = seen.into_inner();
        println!("{id}: {lists} lists, {shared} requests of several");
        assert!(lists > LISTS / 20, "{id}: only {lists} of {LISTS} lists were accepted");
        let several = matches!(operation.targets, Targets::EntriesOf(_));
        assert!(!several || shared > 5, "{id}: only {shared} requests have several entries");
    }
}
