//! From a table to entries, some rows at a time, so that a page stays awake. Pure.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::entries::Entries;
use super::recipe::Recipe;
use super::trouble::Troubles;
use super::{Batch, most};
use crate::domain::draft::{Draft, Values};
use crate::domain::field::{Field, Kind};
use crate::domain::form::Form;
use crate::domain::guard::{protected, touched};
use crate::domain::ids::{PlainIds, is_spreadsheet_scientific};
use crate::domain::intake::personal;
use crate::domain::intake::table::Table;
use crate::domain::operation::Targets;
use crate::domain::problem::{Fault, Problem};
use crate::domain::reading::read;
use crate::domain::rows::{cell_of, field_at};
use crate::domain::seen::{Seen, digest};
use crate::domain::validation::{Checked, Readings, check};
use crate::words::jobs as words;

/// Builds a batch.
#[derive(Debug)]
pub struct Builder {
    recipe: Recipe,
    /// The list.
    table: Arc<Table>,
    batch: Batch,
    /// For each of the batch's names, the column that fills it in, if it is not made from a text.
    own: Vec<(String, Source)>,
    /// The same for what is grouped by.
    shared: Vec<(String, Source)>,
    groups: Seen,
    seen: Seen,
    /// The hashes of all entries together, whatever their order.
    sum: u64,
    /// Of a list of ids its column, and the ids that need no closer look.
    plain: Option<(usize, PlainIds)>,
    /// The columns in which digits may have been lost, with their fields.
    digits: Vec<(usize, &'static Field)>,
    /// Where the texts come from that say whom it touches, with their fields; none when nobody is protected.
    touched: Vec<(Source, &'static Field)>,
    /// The columns that each personalised text names, with its field.
    named: Vec<(Vec<usize>, &'static Field)>,
    /// The first row about each thing between whose changes the vendor wants a rest, with what it says.
    edited: BTreeMap<String, (u32, Vec<String>)>,
    at: usize,
    /// Rows that say the same as an earlier one, with that one.
    pub merged: Vec<(u32, u32)>,
    /// What is wrong.
    pub troubles: Troubles,
    /// No rows: for problems that are about none.
    nothing: Readings,
}

/// Where a text comes from.
#[derive(Clone, Debug)]
enum Source {
    /// A column.
    Column(usize),
    /// A text with names of columns in it, and whether it is JSON.
    Text(String, bool),
}

impl Builder {
    /// Ready for the first row.
    pub fn new(recipe: Recipe, table: Arc<Table>, now: i64) -> Self {
        let operation = recipe.operation;
        let list = match operation.targets {
            Targets::EntriesOf(list) => Some(list),
            Targets::One => None,
        };
        let of_list =
            |name: &str| list.is_some_and(|list| name == list.name || cell_of(list.name, name).is_some());
        let mut plain = Values::new();
        let mut made: Vec<(String, Source)> = Vec::new();
        let mut troubles = Troubles::default();
        let nothing = Readings::new(&operation.form, &Values::new(), now);
        for (name, text) in recipe.common() {
            let asked = personal::asks(text);
            if asked.is_empty() {
                plain.set(name, text);
                continue;
            }
            let strange = asked.iter().find(|asked| !recipe.names.iter().any(|known| known == *asked));
            if let Some(strange) = strange {
                let facts = vec![("name", format!("{{{{{strange}}}}}"))];
                let fault = Fault::Said { code: "strange_name", says: words::STRANGE_NAME, facts };
                let field = field_at(&operation.form, name).map_or("", |field| field.name);
                troubles.add(&Problem::stop(field, "JOB", fault), &operation.form, &nothing, []);
            }
            let json = field_at(&operation.form, name).is_some_and(|field| {
                matches!(field.kind, Kind::JsonObject | Kind::JsonText(_) | Kind::Rows(_))
            });
            made.push((name.to_owned(), Source::Text(text.to_owned(), json)));
        }
        for (column, place) in recipe.places.iter().enumerate() {
            made.extend(place.iter().map(|place| (place.clone(), Source::Column(column))));
        }
        let (own, shared): (Vec<_>, Vec<_>) =
            made.into_iter().partition(|(name, _)| list.is_none() || of_list(name));
        if own.is_empty() {
            let name = list.map_or("", |list| list.name);
            let fault = Fault::said("no_column", words::NO_COLUMN);
            troubles.add(&Problem::stop(name, "JOB", fault), &operation.form, &nothing, []);
        }
        let batch = Batch {
            operation,
            columns: recipe.names.clone(),
            names: own.iter().map(|(name, _)| name.clone()).collect(),
            groups: if shared.is_empty() { vec![plain.clone()] } else { Vec::new() },
            entries: Entries::of(table.clone()),
            most: recipe.most.clamp(1, most(operation)),
        };
        let form = &operation.form;
        let fields = recipe.places.iter().map(|place| field_at(form, place.as_ref()?));
        let digits = (0..).zip(fields);
        let digits =
            digits.filter_map(|(column, field)| Some((column, field.filter(|it| holds_digits(it))?)));
        let digits = digits.collect();
        let asking = recipe.personal();
        let named = asking.filter_map(|(name, columns)| Some((columns, field_at(form, name)?))).collect();
        let made = own.iter().chain(&shared).filter(|_| !recipe.guard.protected.is_empty());
        let touched = made.filter_map(|(name, source)| Some((source.clone(), touched(operation, name)?)));
        let touched = touched.collect();
        if let Some(problem) = recipe.guard.refuses(operation, &recipe.shared) {
            troubles.add(&problem, &operation.form, &nothing, []);
        }
        let recipe = Recipe { shared: plain, ..recipe };
        let plain = match own.as_slice() {
            // Where a message may be changed once, it has to be remembered.
            [(_, Source::Column(column))] if operation.spacing.is_none() => {
                list.and_then(PlainIds::of).map(|plain| (*column, plain))
            }
            _ => None,
        };
        Self {
            recipe,
            seen: Seen::expecting(table.len()),
            table,
            batch,
            own,
            shared,
            groups: Seen::default(),
            sum: 0,
            plain,
            digits,
            touched,
            named,
            edited: BTreeMap::new(),
            at: 0,
            merged: Vec::new(),
            troubles,
            nothing,
        }
    }

    /// Takes the next rows; says whether there are more.
    pub fn step(&mut self, rows: usize, now: i64) -> bool {
        let table = self.table.clone();
        let end = self.at.saturating_add(rows).min(table.len());
        if self.own.is_empty() {
            self.at = table.len();
        }
        while self.at < end {
            self.row(&table, self.at, now);
            self.at += 1;
        }
        self.at < table.len()
    }

    /// How many rows were taken.
    pub fn taken(&self) -> usize {
        self.at
    }

    /// A short text that is the same for the same list with the same texts; where all share them, whatever the order of the rows.
    pub fn fingerprint(&self) -> String {
        let groups = self.batch.groups.iter().flat_map(Values::iter).flat_map(|(name, text)| [name, text]);
        let count = u64::try_from(self.batch.entries.len()).unwrap_or_default();
        let shared = digest(count, [self.batch.operation.id].into_iter().chain(groups));
        format!("{shared:016x}{:016x}", self.sum)
    }

    /// What came of it.
    pub fn finish(mut self) -> (Batch, Troubles, Vec<(u32, u32)>) {
        let count = self.batch.entries.len();
        if count == 0 && !self.troubles.stop() {
            let problem = Problem::stop("", "JOB", Fault::said("no_rows", words::NO_ROWS));
            self.troubles.add(&problem, &self.batch.operation.form, &self.nothing, []);
        }
        if let Some(problem) = self.recipe.guard.too_many(self.batch.operation, count) {
            self.troubles.add(&problem, &self.batch.operation.form, &self.nothing, []);
        }
        (self.batch, self.troubles, self.merged)
    }

    fn row(&mut self, table: &Table, at: usize, now: i64) {
        let row = table.number(at);
        let plain = self.plain.as_ref().filter(|(column, plain)| plain.hold(table.cell(at, *column)));
        let plain = plain.map(|(column, _)| *column);
        if self.is_mangled(table, at, row, plain) || self.is_protected(table, at, row) {
            return;
        }
        let text = |(_, source): &(String, Source)| self.text(table, at, source);
        let shared: Vec<Cow<'_, str>> = self.shared.iter().map(text).collect();
        if let Some(column) = plain {
            self.add(table, at, &shared, &[table.cell(at, column)]);
            return;
        }
        let own: Vec<Cow<'_, str>> = self.own.iter().map(text).collect();
        let Some(texts) = self.judge(own, row, now) else { return };
        if !self.is_edited_before(&texts, row) {
            self.add(table, at, &shared, &texts);
        }
    }

    /// What a row says there.
    fn text<'a>(&self, table: &'a Table, at: usize, source: &Source) -> Cow<'a, str> {
        let cell = |name: &str| {
            let column = self.recipe.names.iter().position(|known| known == name)?;
            Some(table.cell(at, column))
        };
        match source {
            Source::Column(column) => Cow::Borrowed(table.cell(at, *column)),
            Source::Text(text, json) => Cow::Owned(personal::fill(text, *json, cell).unwrap_or_default()),
        }
    }

    /// Takes a row that says this, unless an earlier one says the same.
    fn add(&mut self, table: &Table, at: usize, shared: &[Cow<'_, str>], texts: &[impl AsRef<str>]) {
        self.notice_empty(table, at, table.number(at));
        let group = self.group(shared);
        let entries = &mut self.batch.entries;
        let hash = digest(u64::from(group), texts.iter().map(AsRef::as_ref));
        match self.seen.find_or_note(hash, entries.len(), |first| entries.says(first, group, texts)) {
            Some(first) => self.merged.push((table.number(at), entries.row(first))),
            None => {
                self.sum = self.sum.wrapping_add(hash);
                entries.add(at, group, texts.iter().map(AsRef::as_ref));
            }
        }
    }

    /// Whether an earlier row is about the same thing, where the vendor wants a rest in between: of two edits of a message in one
    /// list one is a mistake.
    fn is_edited_before(&mut self, texts: &[Cow<'_, str>], row: u32) -> bool {
        let Some(spacing) = &self.recipe.operation.spacing else { return false };
        let own = self.batch.names.iter().zip(texts).find(|(name, _)| *name == spacing.field.name);
        let thing = own.map_or_else(|| self.recipe.shared.get(spacing.field.name), |(_, text)| text.as_ref());
        let Some(first) = self.edited.get(thing.trim()) else {
            self.edited
                .insert(thing.trim().to_owned(), (row, texts.iter().map(|text| text.to_string()).collect()));
            return false;
        };
        if first.1.iter().map(String::as_str).eq(texts.iter().map(AsRef::as_ref)) {
            return false;
        }
        let facts = vec![("row", first.0.to_string())];
        let fault = Fault::Said { code: "edited_twice", says: words::EDITED_TWICE, facts };
        let problem = Problem::stop(spacing.field.name, spacing.field.rule, fault);
        self.troubles.add(&problem, &self.recipe.operation.form, &self.nothing, [row]);
        true
    }

    /// A text that names a column reads oddly where the cell is empty.
    fn notice_empty(&mut self, table: &Table, at: usize, row: u32) {
        for (columns, field) in &self.named {
            if columns.iter().any(|column| table.cell(at, *column).trim().is_empty()) {
                let problem = Problem::warn(field.name, "JOB", Fault::said("empty_cell", words::EMPTY_CELL));
                self.troubles.add(&problem, &self.recipe.operation.form, &self.nothing, [row]);
            }
        }
    }

    /// The number of the group with these texts.
    fn group(&mut self, shared: &[Cow<'_, str>]) -> u32 {
        if shared.is_empty() {
            return 0;
        }
        let named = || self.shared.iter().zip(shared).map(|((name, _), text)| (name, text));
        let says = |group: usize| {
            let known = self.batch.groups.get(group);
            known.is_some_and(|known| named().all(|(name, text)| known.get(name) == text))
        };
        let next = self.batch.groups.len();
        let hash = digest(0, shared.iter().map(AsRef::as_ref));
        let known = self.groups.find_or_note(hash, next, says);
        if known.is_none() {
            let mut values = self.recipe.shared.clone();
            named().for_each(|(name, text)| values.set(name, text.as_ref()));
            self.batch.groups.push(values);
        }
        u32::try_from(known.unwrap_or(next)).unwrap_or(u32::MAX)
    }

    /// Ids that a spreadsheet turned into `1.02844E+18` have lost their last digits. A `plain` column holds none.
    fn is_mangled(&mut self, table: &Table, at: usize, row: u32, plain: Option<usize>) -> bool {
        let mut mangled = false;
        for (column, field) in self.digits.iter().filter(|(column, _)| plain != Some(*column)) {
            if is_spreadsheet_scientific(table.cell(at, *column)) {
                mangled = true;
                let problem = Problem::stop(field.name, field.rule, Fault::ScientificNotation);
                self.troubles.add(&problem, &self.recipe.operation.form, &self.nothing, [row]);
            }
        }
        mangled
    }

    fn is_protected(&mut self, table: &Table, at: usize, row: u32) -> bool {
        let protects = |(source, field): &(Source, &'static Field)| {
            Some(protected(field, self.recipe.guard.protected_in(&self.text(table, at, source))?))
        };
        let Some(problem) = self.touched.iter().find_map(protects) else { return false };
        self.troubles.add(&problem, &self.recipe.operation.form, &self.nothing, [row]);
        true
    }

    /// Judges what a row says of its own; gives it back tidied unless something stops.
    fn judge<'a>(&mut self, own: Vec<Cow<'a, str>>, row: u32, now: i64) -> Option<Vec<Cow<'a, str>>> {
        let form = &self.recipe.operation.form;
        match self.recipe.operation.targets {
            Targets::One => {
                let mut values = self.recipe.shared.clone();
                for (name, text) in self.batch.names.iter().zip(&own) {
                    values.set(name, text.as_ref());
                }
                let checked = Draft { operation: self.recipe.operation, values }.check(now);
                self.judged(&checked, form, row).then_some(own)
            }
            Targets::EntriesOf(list) => match &list.kind {
                Kind::Rows(rows) => {
                    let names = self.batch.names.iter().filter_map(|name| Some(cell_of(list.name, name)?.1));
                    let names: Vec<String> = names.map(str::to_owned).collect();
                    let values: Values =
                        names.iter().map(String::as_str).zip(own.iter().map(AsRef::as_ref)).collect();
                    let checked = check(rows.form, &values, now);
                    let sound = self.judged(&checked, rows.form, row);
                    let typed = |name: &String| {
                        rows.form
                            .field(name)
                            .map(|field| checked.readings.typed(field).to_owned())
                            .unwrap_or_default()
                    };
                    sound.then(|| names.iter().map(|name| Cow::Owned(typed(name))).collect())
                }
                _ => self.judge_id(list, &own.concat(), row).map(|id| vec![Cow::Owned(id)]),
            },
        }
    }

    fn judge_id(&mut self, list: &'static Field, cell: &str, row: u32) -> Option<String> {
        let form = &self.recipe.operation.form;
        let reading = read(list, cell, None);
        let mut problems = reading.problems;
        if reading.text.is_empty() {
            problems.push(Problem::stop(list.name, list.rule, Fault::Required));
        } else if reading.text.contains('\n') {
            problems.push(Problem::stop(
                list.name,
                list.rule,
                Fault::said("several", words::SEVERAL_IN_A_CELL),
            ));
        }
        for problem in &problems {
            self.troubles.add(problem, form, &self.nothing, [row]);
        }
        (!problems.iter().any(Problem::stops)).then_some(reading.text)
    }

    fn judged(&mut self, checked: &Checked, form: &Form, row: u32) -> bool {
        for problem in &checked.problems {
            self.troubles.add(problem, form, &checked.readings, [row]);
        }
        checked.stops().next().is_none()
    }
}

fn holds_digits(field: &Field) -> bool {
    matches!(
        field.kind,
        Kind::Id(_) | Kind::IdWhen(..) | Kind::Ids(..) | Kind::Integer { .. } | Kind::Time | Kind::Seconds
    )
}
