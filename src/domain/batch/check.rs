//! The dry run: every request of a batch is made and judged, and none is sent. Pure.

use super::Batch;
use super::trouble::Troubles;
use crate::domain::draft::Values;
use crate::domain::field::{Field, Kind};
use crate::domain::ids::PlainIds;
use crate::domain::job::plan::Plan;
use crate::domain::operation::Targets;
use crate::domain::problem::{Fault, Problem};
use crate::domain::request::resolved_away;
use crate::domain::rows::cell_of;
use crate::domain::validation::{Checked, check};

/// A dry run, some requests at a time.
#[derive(Debug)]
pub struct DryRun {
    plan: Plan,
    place: usize,
    /// How many requests there are, once all were looked at.
    pub requests: u32,
    /// The entries of the first request, of the last, and of one between.
    pub samples: Vec<Vec<u32>>,
    last: Option<Last>,
    /// Of a list of ids, those that need no closer look.
    plain: Option<PlainIds>,
}

/// The request that was looked at last: the next one of its group differs from it in the list alone.
#[derive(Debug)]
struct Last {
    group: Option<u32>,
    values: Values,
    checked: Checked,
}

/// Whether a problem of a list is none of a single entry.
fn is_about_the_whole(problem: &Problem) -> bool {
    problem.stops() || matches!(problem.fault, Fault::OverLimit { .. })
}

impl DryRun {
    /// Nothing looked at yet.
    pub fn new(batch: &Batch) -> Self {
        let plain = match batch.operation.targets {
            Targets::EntriesOf(list) => PlainIds::of(list),
            Targets::One => None,
        };
        Self { plan: batch.plan(), place: 0, requests: 0, samples: Vec::new(), last: None, plain }
    }

    /// Looks at the next requests; says whether there are more. `dice` is even over its range.
    pub fn step(
        &mut self,
        batch: &Batch,
        requests: u32,
        troubles: &mut Troubles,
        now: i64,
        dice: u32,
    ) -> bool {
        // What is said entry by entry of an act on one message was judged with everything else when the row was read.
        let judged = matches!(batch.operation.targets, Targets::One);
        for _ in 0..requests {
            let items = self.plan.after(&mut self.place);
            if items.is_empty() {
                return false;
            }
            self.requests += 1;
            if !judged {
                self.judge(batch, &items, troubles, now);
            }
            self.sample(items, dice);
        }
        true
    }

    /// Keeps the first, the last, and between them each with the same chance.
    fn sample(&mut self, items: Vec<u32>, dice: u32) {
        match self.samples.len() {
            0 | 1 => self.samples.push(items),
            2 => self.samples.push(items),
            _ => {
                let between =
                    dice.wrapping_mul(self.requests).wrapping_mul(2_654_435_761) % (self.requests - 2);
                if let [_, middle, last] = self.samples.as_mut_slice() {
                    let before = std::mem::replace(last, items);
                    if between == 0 {
                        *middle = before;
                    }
                }
            }
        }
    }

    /// A function of its own: a browser makes short functions fast sooner.
    #[inline(never)]
    fn judge(&mut self, batch: &Batch, items: &[u32], troubles: &mut Troubles, now: i64) {
        let Targets::EntriesOf(list) = batch.operation.targets else { return };
        let form = &batch.operation.form;
        let last = self.look(batch, list, items, now);
        let row = |item: &u32| usize::try_from(*item).ok().map(|at| batch.entries.row(at));
        let away = resolved_away(batch.operation, &last.checked.readings);
        for problem in last.checked.problems.iter().chain(&away) {
            match cell_of(list.name, &problem.field) {
                // What a row says of its own was judged when it was read, but for what it must not say twice.
                Some((at, _)) if problem.stops() => {
                    troubles.add(problem, form, &last.checked.readings, items.get(at).and_then(row));
                }
                Some(_) => {}
                // What is said of an entry was said of its row.
                None if problem.field == list.name && !is_about_the_whole(problem) => {}
                None => troubles.add(problem, form, &last.checked.readings, items.iter().filter_map(row)),
            }
        }
    }

    fn look(&mut self, batch: &Batch, list: &'static Field, items: &[u32], now: i64) -> &Last {
        let group = items.first().and_then(|item| batch.group(*item));
        let known =
            self.last.take().filter(|last| last.group == group && !matches!(list.kind, Kind::Rows(_)));
        let last = match known {
            Some(Last { mut values, checked, .. }) => {
                values.set(list.name, batch.lines(items));
                Last { group, checked: checked.again(&values, list, self.plain.as_ref()), values }
            }
            None => {
                let values = batch.texts(items, "1");
                Last { group, checked: check(&batch.operation.form, &values, now), values }
            }
        };
        self.last.insert(last)
    }
}
