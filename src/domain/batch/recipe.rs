//! What a table is to become: which operation, what its columns mean, what its rows share. Pure.

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
}
