//! Who stands in several rows that are not the same. Pure.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::domain::field::Field;
use crate::domain::guard::touched;
use crate::domain::operation::{Operation, Verb};
use crate::domain::problem::{Fault, Problem};
use crate::domain::seen::digest;
use crate::words::jobs as words;

/// The receivers of a list in which a row says more than whom it is for.
#[derive(Debug)]
pub(super) struct Met {
    /// Which of a row's own texts say whom it is for, the first with its field.
    places: Vec<usize>,
    field: &'static Field,
    met: BTreeSet<u64>,
    /// The hashes of all of them together, whatever their order: that of a list that names them and says nothing else.
    sum: u64,
}

impl Met {
    /// Ready for the first row; none where rows for the same receiver are the same, and merged, or nothing is sent.
    pub(super) fn of<'a>(
        operation: &'static Operation,
        own: impl Iterator<Item = &'a str>,
        has_groups: bool,
    ) -> Option<Self> {
        let fields: Vec<_> = own.map(|name| touched(operation, name)).collect();
        let named = || (0..).zip(&fields).filter_map(|(at, field)| Some((at, (*field)?)));
        let (_, field) = named().next().filter(|_| operation.verb == Verb::Send)?;
        let places: Vec<usize> = named().map(|(at, _)| at).collect();
        (has_groups || places.len() < fields.len()).then(|| Self {
            places,
            field,
            met: BTreeSet::new(),
            sum: 0,
        })
    }

    /// What stands for all of them, whatever else is said.
    pub(super) const fn sum(&self) -> u64 {
        self.sum
    }

    /// What is said of a row for somebody who stood in an earlier one with something else.
    pub(super) fn again(&mut self, own: &[Cow<'_, str>]) -> Option<Problem> {
        let whom = self.places.iter().filter_map(|at| own.get(*at)).map(AsRef::as_ref);
        let hash = digest(0, whom);
        let is_new = self.met.insert(hash);
        if is_new {
            self.sum = self.sum.wrapping_add(hash);
        }
        let says = || Fault::said("met_before", words::MET_BEFORE);
        (!is_new).then(|| Problem::warn(self.field.name, "JOB", says()))
    }
}
