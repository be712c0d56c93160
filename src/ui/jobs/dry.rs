//! What a dry run found, and how far it is.

use std::sync::Arc;

use crate::domain::batch::Batch;
use crate::domain::batch::keep::Head;
use crate::domain::batch::recipe::Recipe;
use crate::domain::batch::texts::Personal;
use crate::domain::batch::trouble::Trouble;
use crate::domain::intake::Sheet;

/// What a dry run found.
pub(super) struct Dry {
    /// The drafts.
    pub(super) batch: Batch,
    /// What is wrong or should be known, by cause.
    pub(super) troubles: Vec<Trouble>,
    /// Rows that say the same as an earlier one.
    pub(super) merged: Vec<(u32, u32)>,
    /// How many rows an earlier job did, or may have done.
    pub(super) passed: usize,
    /// The places of the rows in which something stops.
    pub(super) wrong: Vec<usize>,
    /// How many requests it takes.
    pub(super) requests: u32,
    /// The entries of the first, a random and the last request.
    pub(super) samples: Vec<Vec<u32>>,
    /// The fingerprint of list and texts.
    pub(super) input: String,
    /// The jobs that were made of the same before.
    pub(super) earlier: Vec<Head>,
    /// The personalised texts of the first rows.
    pub(super) texts: Vec<Personal>,
    /// The connection it was done for; none where none was in use.
    pub(super) account: Option<String>,
    /// What it was made from.
    pub(super) sheet: Arc<Sheet>,
    /// How its rows become entries.
    pub(super) recipe: Recipe,
    /// The numbers and choices it was done with.
    pub(super) choices: [String; 6],
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
