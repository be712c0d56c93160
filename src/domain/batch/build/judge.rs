//! What a row says of its own, judged as a form's texts are. Pure.

use std::borrow::Cow;

use super::{Builder, Source};
use crate::domain::draft::{Draft, Values};
use crate::domain::field::{Field, Kind};
use crate::domain::form::Form;
use crate::domain::guard::protected;
use crate::domain::ids::is_spreadsheet_scientific;
use crate::domain::intake::table::Table;
use crate::domain::operation::Targets;
use crate::domain::problem::{Fault, Problem};
use crate::domain::reading::read;
use crate::domain::rows::cell_of;
use crate::domain::validation::{Checked, check};
use crate::words::jobs as words;

impl Builder {
    /// Ids that a spreadsheet turned into `1.02844E+18` have lost their last digits. A `plain` column holds none.
    pub(super) fn is_mangled(&mut self, table: &Table, at: usize, row: u32, plain: Option<usize>) -> bool {
        let looked_at = self.digits.iter().filter(|(column, _)| plain != Some(*column));
        let lost = looked_at.filter(|(column, _)| is_spreadsheet_scientific(table.cell(at, *column)));
        let problem = |field: &Field| Problem::stop(field.name, field.rule, Fault::ScientificNotation);
        let problems: Vec<_> = lost.map(|(_, field)| problem(field)).collect();
        problems.iter().for_each(|problem| self.tell(problem, row));
        !problems.is_empty()
    }

    pub(super) fn is_protected(&mut self, table: &Table, at: usize, row: u32) -> bool {
        let protects = |(source, field): &(Source, &'static Field)| {
            Some(protected(field, self.recipe.guard.protected_in(&self.text(table, at, source))?))
        };
        let Some(problem) = self.touched.iter().find_map(protects) else { return false };
        self.tell(&problem, row);
        true
    }

    /// Judges what a row says of its own; gives it back tidied unless something stops.
    pub(super) fn judge<'a>(
        &mut self,
        own: Vec<Cow<'a, str>>,
        row: u32,
        now: i64,
    ) -> Option<Vec<Cow<'a, str>>> {
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
            self.tell(problem, row);
        }
        (!problems.iter().any(Problem::stops)).then_some(reading.text)
    }

    fn judged(&mut self, checked: &Checked, form: &Form, row: u32) -> bool {
        for problem in &checked.problems {
            self.troubles.of_row(problem, self.recipe.left_out.wrong, form, &checked.readings, row);
        }
        checked.stops().next().is_none()
    }
}
