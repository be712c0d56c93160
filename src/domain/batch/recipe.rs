//! What a table is to become: which operation, what its columns mean, what its rows share, which of them are left out. Pure.

use std::sync::Arc;

use crate::domain::draft::Values;
use crate::domain::guard::Guard;
use crate::domain::operation::Operation;

/// What a table is to become.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// What is to be done.
    pub operation: &'static Operation,
    /// What every row shares unless a column says otherwise.
    pub shared: Values,
    /// The columns' names.
    pub names: Vec<String>,
    /// What each column fills in, if anything.
    pub places: Vec<Option<String>>,
    /// How many entries a request may have at most; what the operation allows when it is more.
    pub most: u32,
    /// What this place forbids.
    pub guard: Guard,
    /// Which rows nothing is done about.
    pub left_out: LeftOut,
}

/// Which rows of a table are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Those at these places, in order: an earlier job did them, or may have.
    pub done: Arc<[usize]>,
    /// Those in which something stops.
    pub wrong: bool,
}
