//! Whether a place allows what a job would do now, whatever it allowed when the job was made. Pure.

use super::Batch;
use super::trouble::{Trouble, Troubles};
use crate::domain::draft::Values;
use crate::domain::guard::{Guard, concerns};
use crate::domain::problem::Problem;
use crate::domain::validation::Readings;

/// A look at the entries of a job that are to leave, some at a time.
#[derive(Debug)]
pub struct Allowed {
    guard: Guard,
    /// Which of an entry's own texts may say whom it touches.
    texts: Vec<usize>,
    /// The group that was last looked at, and what is forbidden in it.
    group: Option<(u32, Option<Problem>)>,
    troubles: Troubles,
    /// No rows: for problems that are about none.
    nothing: Readings,
}

impl Allowed {
    /// Nothing looked at yet but how many receivers the whole job has.
    pub fn new(guard: Guard, batch: &Batch) -> Self {
        let form = &batch.operation.form;
        let nothing = Readings::new(form, &Values::new(), 0);
        let mut troubles = Troubles::default();
        if let Some(problem) = guard.too_many(batch.operation, batch.entries.len()) {
            troubles.add(&problem, form, &nothing, []);
        }
        let names = batch.names.iter().enumerate();
        let texts = names.filter(|(_, name)| concerns(batch.operation, name)).map(|(at, _)| at).collect();
        Self { guard, texts, group: None, troubles, nothing }
    }

    /// Looks at these entries.
    pub fn step(&mut self, batch: &Batch, items: &[u32]) {
        if self.guard.protected.is_empty() {
            return;
        }
        for at in items.iter().filter_map(|item| usize::try_from(*item).ok()) {
            if let Some(problem) = self.entry(batch, at).or_else(|| self.shared(batch, at)) {
                let row = batch.entries.row(at);
                self.troubles.add(&problem, &batch.operation.form, &self.nothing, [row]);
            }
        }
    }

    /// What is forbidden, with the rows; nothing when all of it is allowed.
    pub fn found(&self) -> Vec<Trouble> {
        self.troubles.list()
    }

    fn entry(&self, batch: &Batch, at: usize) -> Option<Problem> {
        let mut own = batch.names.iter().zip(batch.entries.texts(at)).enumerate();
        own.find_map(|(place, (name, text))| {
            self.texts.contains(&place).then(|| self.guard.refuses_text(batch.operation, name, text))?
        })
    }

    /// The same of what an entry shares with others.
    fn shared(&mut self, batch: &Batch, at: usize) -> Option<Problem> {
        let group = *batch.entries.groups().get(at)?;
        if self.group.as_ref().is_none_or(|(known, _)| *known != group) {
            let values = usize::try_from(group).ok().and_then(|group| batch.groups.get(group));
            let found = values.and_then(|values| self.guard.refuses(batch.operation, values));
            self.group = Some((group, found));
        }
        self.group.as_ref()?.1.clone()
    }
}
