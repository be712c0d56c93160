//! What an input may hold: the shape of ids, and limits with their units. Pure.

use super::field::{Condition, RuleId};
use crate::words::Words;

/// What a vendor's ids look like.
#[derive(Debug)]
pub struct IdShape {
    /// The rule it comes from.
    pub rule: RuleId,
    /// Upper case is folded to lower case, as the vendor stores it.
    pub lower: bool,
    /// Characters the vendor documents.
    pub usual: fn(char) -> bool,
    /// Longest documented length, in characters.
    pub longest: usize,
    /// Whether an unusual id stops or only warns (old accounts may break the documented shape).
    pub unusual: Severity,
    /// A character that would change the meaning of what is built from the id, and the rule that says so.
    pub refused: Option<(char, RuleId)>,
}

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing is sent until it is mended.
    Stops,
    /// It is said, and the act may go on.
    Warns,
}

/// The unit a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// UTF-16 code units, as Java's `String.length()` counts them.
    Utf16,
    /// Bytes of the text in UTF-8.
    Bytes,
    /// Bytes of the compact JSON that will be sent, in UTF-8.
    JsonBytes,
    /// Items of a list.
    Items,
}

/// A limit, with its unit and weight.
#[derive(Debug)]
pub struct Limit {
    /// The most that is allowed.
    pub most: usize,
    /// What is counted.
    pub unit: Unit,
    /// The rule it comes from.
    pub rule: RuleId,
    /// Whether going over stops or warns.
    pub severity: Severity,
    /// When it holds; always when `None`.
    pub when: Option<Condition>,
    /// What going over means, when it is not simply refused.
    pub meaning: Option<Words>,
}

impl Limit {
    /// A limit that stops.
    pub const fn most(most: usize, unit: Unit, rule: RuleId) -> Self {
        Self { most, unit, rule, severity: Severity::Stops, when: None, meaning: None }
    }

    /// A limit that warns, and why.
    pub const fn warn(most: usize, unit: Unit, rule: RuleId, meaning: Words) -> Self {
        Self { most, unit, rule, severity: Severity::Warns, when: None, meaning: Some(meaning) }
    }

    /// Holds only under a condition.
    pub const fn when(mut self, condition: Condition) -> Self {
        self.when = Some(condition);
        self
    }
}
