//! The act of some of a batch's entries: their texts with the marks of a try, judged once more before it leaves. Pure.

use super::Batch;
use super::keep::Reason;
use crate::domain::draft::{Draft, Values};
use crate::domain::field::{Field, Initial};
use crate::domain::form::Form;
use crate::domain::problem::Problem;
use crate::domain::sentence::sentence;
use crate::domain::validation::{Readings, Valid};
use crate::domain::vendor::Vendor;
use crate::words::{Language, Words, jobs as words};

/// The marks of a request that is only shown: those that leave are not drawn yet.
pub const SAMPLE: (&str, &str) = ("00000000000000000000000000000000", "0");

/// Words in both languages, as they are kept.
pub fn both(words: Words) -> [String; 2] {
    [Language::Chinese, Language::English].map(|language| words.text(language).to_owned())
}

impl Batch {
    /// The texts of a request with these entries and the marks of a try, a client id and a number: the vendor's field for one
    /// carries the first, unless a person filled that in.
    pub fn marked(&self, vendor: &Vendor, items: &[u32], (trace, drawn): (&str, &str)) -> Values {
        let mut values = self.texts(items, drawn);
        let field = vendor.trail(self.operation).and_then(|trail| trail.mark);
        if let Some(field) = field.filter(|field| values.get(field.name).is_empty()) {
            values.set(field.name, trace);
        }
        values
    }

    /// What each request with these entries has of its own, and nobody knows before it leaves.
    pub fn drawn(&self, vendor: &Vendor, items: &[u32]) -> Vec<&'static Field> {
        let own = |field: &&'static Field| {
            field.initial == Some(Initial::Drawn) && !self.names.iter().any(|name| name == field.name)
        };
        let mark = vendor.trail(self.operation).and_then(|trail| trail.mark);
        let given = self.texts(items, "");
        let mark = mark.filter(|field| given.get(field.name).is_empty() && !own(field));
        self.operation.form.fields().filter(own).chain(mark).collect()
    }

    /// The act of these entries, or what is wrong with it.
    pub fn act(
        &self,
        vendor: &Vendor,
        items: &[u32],
        marks: (&str, &str),
        now: i64,
    ) -> Result<Valid, Box<Reason>> {
        let draft = Draft { operation: self.operation, values: self.marked(vendor, items, marks) };
        let checked = draft.check(now);
        match checked.stops().next() {
            Some(problem) => Err(self.wrong(problem, &checked.readings)),
            None => checked.valid(self.operation).ok_or_else(Box::default),
        }
    }

    /// What is wrong with a request, and what to do.
    pub fn wrong(&self, problem: &Problem, readings: &Readings) -> Box<Reason> {
        let form: &Form = &self.operation.form;
        let why = [Language::Chinese, Language::English]
            .map(|language| sentence(problem, form, readings, language));
        Box::new(Reason { why, advice: both(words::MEND_ROW), ..Reason::default() })
    }
}
