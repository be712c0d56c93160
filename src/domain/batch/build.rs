//! From a table to entries, some rows at a time, so that a page stays awake. Pure.

mod judge;
mod left;
mod met;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use met::Met;

use super::entries::Entries;
use super::recipe::Recipe;
use super::spelled::Spelled;
use super::trouble::Troubles;
use super::{Batch, most};
use crate::domain::draft::Values;
use crate::domain::field::{Field, Kind};
use crate::domain::guard::touched;
use crate::domain::ids::PlainIds;
use crate::domain::intake::personal;
use crate::domain::intake::table::Table;
use crate::domain::operation::Targets;
use crate::domain::problem::{Fault, Problem};
use crate::domain::rows::{cell_of, field_at};
use crate::domain::seen::{Seen, digest};
use crate::domain::validation::Readings;
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
    /// Whether a row says nothing that matters besides such an id.
    alone: bool,
    /// The columns in which digits may have been lost, with their fields.
    digits: Vec<(usize, &'static Field)>,
    /// The columns in which a choice may be called by its name.
    spelled: Spelled,
    /// Where the texts come from that say whom it touches, with their fields; none when nobody is protected.
    touched: Vec<(Source, &'static Field)>,
    /// The columns that each personalised text names, with its field.
    named: Vec<(Vec<usize>, &'static Field)>,
    /// The first row about each thing between whose changes the vendor wants a rest, with what it says.
    edited: BTreeMap<String, (u32, Vec<String>)>,
    /// Who gets something, where a row says more than that.
    met: Option<Met>,
    at: usize,
    /// Rows that say the same as an earlier one, with that one.
    pub merged: Vec<(u32, u32)>,
    /// What is wrong.
    pub troubles: Troubles,
    /// The places of the rows in which something stops.
    pub wrong: Vec<usize>,
    /// How many rows were left out because an earlier job did them, or did one that says the same.
    pub passed: usize,
    /// How many of the former were passed.
    done_passed: usize,
    /// How many of them were looked at before the first row, and what they say.
    done_noted: usize,
    said: BTreeSet<u64>,
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

impl Source {
    /// The text with names of columns in it.
    fn template(&self) -> Option<&str> {
        match self {
            Self::Text(text, _) => Some(text),
            Self::Column(_) => None,
        }
    }
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
        let templates =
            made.iter().filter_map(|(name, source)| Some((name.as_str(), source.template()?))).collect();
        let (own, shared): (Vec<_>, Vec<_>) =
            made.into_iter().partition(|(name, _)| list.is_none() || of_list(name));
        // Where nothing is, there is nothing to be said of columns.
        if own.is_empty() && !table.is_empty() {
            let name = list.map_or("", |list| list.name);
            let fault = Fault::said("no_column", words::NO_COLUMN);
            troubles.add(&Problem::stop(name, "JOB", fault), &operation.form, &nothing, []);
        }
        let column = match own.as_slice() {
            // Where a message may be changed once, it has to be remembered.
            [(_, Source::Column(column))] if operation.spacing.is_none() => *column,
            _ => usize::MAX,
        };
        let batch = Batch {
            operation,
            columns: recipe.names.clone(),
            names: own.iter().map(|(name, _)| name.clone()).collect(),
            groups: if shared.is_empty() { vec![plain.clone()] } else { Vec::new() },
            entries: Entries::of(table.clone(), column),
            most: recipe.most.clamp(1, most(operation)),
            templates,
        };
        let form = &operation.form;
        let fields = recipe.places.iter().map(|place| field_at(form, place.as_ref()?));
        let fields: Vec<_> = (0..).zip(fields).filter_map(|(column, it)| Some((column, it?))).collect();
        let spelled = Spelled::of(fields.iter().copied());
        let digits: Vec<_> = fields.into_iter().filter(|(_, field)| holds_digits(field)).collect();
        let asking = recipe.personal();
        let named: Vec<_> =
            asking.filter_map(|(name, columns)| Some((columns, field_at(form, name)?))).collect();
        let made = own.iter().chain(&shared).filter(|_| !recipe.guard.protected.is_empty());
        let touched = made.filter_map(|(name, source)| Some((source.clone(), touched(operation, name)?)));
        let touched: Vec<_> = touched.collect();
        if let Some(problem) = recipe.guard.refuses(operation, &recipe.shared) {
            troubles.add(&problem, &operation.form, &nothing, []);
        }
        for problem in recipe.of_columns() {
            troubles.add(&problem, &operation.form, &nothing, []);
        }
        let recipe = Recipe { shared: plain, ..recipe };
        let plain = list.and_then(PlainIds::of).filter(|_| column < usize::MAX).map(|plain| (column, plain));
        let met = Met::of(operation, own.iter().map(|(name, _)| name.as_str()), !shared.is_empty());
        let alone = shared.is_empty()
            && touched.is_empty()
            && named.is_empty()
            && digits.iter().all(|(digits, _)| *digits == column);
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
            alone,
            digits,
            spelled,
            touched,
            named,
            edited: BTreeMap::new(),
            met,
            at: 0,
            merged: Vec::new(),
            troubles,
            wrong: Vec::new(),
            passed: 0,
            done_passed: 0,
            done_noted: 0,
            said: BTreeSet::new(),
            nothing,
        }
    }

    /// Takes the next rows; says whether there are more.
    pub fn step(&mut self, rows: usize, now: i64) -> bool {
        let table = self.table.clone();
        if self.notes_done(&table, rows) {
            return true;
        }
        let end = self.at.saturating_add(rows).min(table.len());
        if self.own.is_empty() {
            self.at = table.len();
        }
        while self.at < end {
            if !self.passes(&table, self.at) {
                self.row(&table, self.at, now);
            }
            self.at += 1;
        }
        self.at < table.len()
    }

    /// How many rows were taken.
    pub fn taken(&self) -> usize {
        self.at
    }

    /// A short text that is the same for the same list with the same texts; where all share them, whatever the order of the rows. Its
    /// second half is that of the list, or of its receivers alone where each row has a text of its own.
    pub fn fingerprint(&self) -> String {
        let groups = self.batch.groups.iter().flat_map(Values::iter).flat_map(|(name, text)| [name, text]);
        let count = u64::try_from(self.batch.entries.len()).unwrap_or_default();
        let shared = digest(count, [self.batch.operation.id].into_iter().chain(groups));
        match &self.met {
            Some(met) => format!("{:016x}{:016x}", shared ^ self.sum, met.sum()),
            None => format!("{shared:016x}{:016x}", self.sum),
        }
    }

    /// What came of it.
    pub fn finish(mut self) -> (Batch, Troubles, Vec<(u32, u32)>) {
        let count = self.batch.entries.len();
        let nothing = (count == 0 && !self.troubles.stop()).then(|| self.nothing_left());
        let too_many = self.recipe.guard.too_many(self.batch.operation, count);
        for problem in self.spelled.problems().into_iter().chain(too_many).chain(nothing) {
            self.troubles.add(&problem, &self.batch.operation.form, &self.nothing, []);
        }
        (self.batch, self.troubles, self.merged)
    }

    /// A function of its own: a browser makes short functions fast sooner.
    #[inline(never)]
    fn row(&mut self, table: &Table, at: usize, now: i64) {
        let plain = self.plain.as_ref().map(|(column, plain)| (*column, table.cell(at, *column), plain));
        match plain.filter(|(_, id, plain)| plain.hold(id)) {
            Some((_, id, _)) if self.alone => drop(self.add(table, at, 0, &[id], true)),
            plain => self.looked_at(table, at, plain.map(|(column, ..)| column), now),
        }
    }

    /// Takes a row of which more is to be known than that an id is a `plain` one.
    #[inline(never)]
    fn looked_at(&mut self, table: &Table, at: usize, plain: Option<usize>, now: i64) {
        let row = table.number(at);
        if self.is_mangled(table, at, row, plain) || self.is_protected(table, at, row) {
            return self.wrong.push(at);
        }
        self.spelled.note(|column| table.cell(at, column));
        let text = |(_, source): &(String, Source)| self.text(table, at, source);
        let shared: Vec<Cow<'_, str>> = self.shared.iter().map(text).collect();
        let own: Vec<Cow<'_, str>> = self.own.iter().map(text).collect();
        let (texts, plain) = match plain {
            Some(_) => (own, true),
            None => match self.judge(own, row, now) {
                Some(texts) if !self.is_edited_before(&texts, row) => (texts, false),
                _ => return self.wrong.push(at),
            },
        };
        self.notice_empty(table, at, row);
        let group = self.group(&shared);
        if self.add(table, at, group, &texts, plain)
            && let Some(problem) = self.met.as_mut().and_then(|met| met.again(&texts))
        {
            self.tell(&problem, row);
        }
    }

    /// What a row says there.
    fn text<'a>(&self, table: &'a Table, at: usize, source: &Source) -> Cow<'a, str> {
        let cell = |name: &str| {
            let column = self.recipe.names.iter().position(|known| known == name)?;
            Some(table.cell(at, column))
        };
        match source {
            Source::Column(column) => self.spelled.wire(*column, table.cell(at, *column)),
            Source::Text(text, json) => Cow::Owned(personal::fill(text, *json, cell).unwrap_or_default()),
        }
    }

    /// Takes a row that says this, unless an earlier one says the same; says whether it was taken. Of a `plain` one it is what stands
    /// there.
    #[inline(always)]
    fn add(&mut self, table: &Table, at: usize, group: u32, texts: &[impl AsRef<str>], plain: bool) -> bool {
        let entries = &mut self.batch.entries;
        let hash = digest(u64::from(group), texts.iter().map(AsRef::as_ref));
        match self.seen.find_or_note(hash, entries.len(), |first| entries.says(first, group, texts)) {
            Some(first) => {
                self.merged.push((table.number(at), entries.row(first)));
                false
            }
            None => {
                self.sum = self.sum.wrapping_add(hash);
                match plain {
                    true => entries.add_as_it_stands(at, group),
                    false => entries.add(at, group, texts.iter().map(AsRef::as_ref)),
                }
                true
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
        self.tell(&problem, row);
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
}

fn holds_digits(field: &Field) -> bool {
    matches!(
        field.kind,
        Kind::Id(_) | Kind::IdWhen(..) | Kind::Ids(..) | Kind::Integer { .. } | Kind::Time | Kind::Seconds
    )
}
