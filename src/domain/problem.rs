//! What is wrong with a draft, as values. Sentences are made when shown ([`super::sentence`]). Pure.

use std::borrow::Cow;

use super::field::{Condition, RuleId, Severity, Unit};
use crate::words::Words;

/// Something to mend or to know, at a field.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The field's name; in a list of objects with the row's number, as on the wire: `MsgBody.0.MsgType`.
    pub field: Cow<'static, str>,
    /// The rule that is broken.
    pub rule: RuleId,
    /// How.
    pub fault: Fault,
    /// Whether it stops the act.
    pub severity: Severity,
}

impl Problem {
    /// A problem that stops.
    pub fn stop(field: impl Into<Cow<'static, str>>, rule: RuleId, fault: Fault) -> Self {
        Self { field: field.into(), rule, fault, severity: Severity::Stops }
    }

    /// A notice that does not.
    pub fn warn(field: impl Into<Cow<'static, str>>, rule: RuleId, fault: Fault) -> Self {
        Self { field: field.into(), rule, fault, severity: Severity::Warns }
    }

    /// Whether it stops the act.
    pub fn stops(&self) -> bool {
        self.severity == Severity::Stops
    }
}

/// How a rule is broken, with its numbers.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nothing was filled in.
    Required,
    /// More than the limit allows.
    OverLimit {
        /// The limit.
        limit: usize,
        /// What was counted.
        actual: usize,
        /// In which unit.
        unit: Unit,
        /// What it leads to, when it is not simply refused.
        meaning: Option<Words>,
    },
    /// Not a whole number.
    NotAnInteger,
    /// A number in scientific notation: its last digits are lost.
    ScientificNotation,
    /// Not a number.
    NotANumber,
    /// A number outside its bounds.
    OutOfRange {
        /// Smallest allowed.
        min: i64,
        /// Largest allowed.
        max: i64,
    },
    /// None of the choices.
    NotAChoice {
        /// The wire values allowed.
        allowed: Vec<&'static str>,
    },
    /// Neither `true` nor `false`.
    NotAFlag,
    /// Not JSON.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// Chinese quotation marks or commas stand where JSON wants ASCII ones.
        wide_marks: bool,
    },
    /// JSON, but not an object.
    NotAnObject,
    /// JSON, but not a list of objects.
    NotAListOfObjects,
    /// Filled in row by row and as raw JSON at once.
    RowsAndRaw,
    /// Filled in although it does not apply.
    DoesNotApply {
        /// When it would.
        when: Condition,
    },
    /// Not a web address that can be called.
    NotAnAddress,
    /// A character that would change the meaning of the request.
    ForbiddenCharacter {
        /// It.
        found: char,
    },
    /// Characters the vendor does not document for ids.
    UnusualCharacters {
        /// The first few of them.
        found: String,
    },
    /// An id longer than documented.
    UnusualLength {
        /// Longest documented.
        longest: usize,
        /// Its length in characters.
        actual: usize,
    },
    /// What was typed is read as this.
    ReadAs {
        /// The text that will be sent.
        text: String,
    },
    /// The same entry several times; sent once.
    Duplicates {
        /// How many were merged.
        count: usize,
    },
    /// No field of this operation has this name.
    UnknownField {
        /// The name given.
        name: String,
    },
    /// A rule of one vendor or operation, in its own words.
    Said {
        /// A short name for machines.
        code: &'static str,
        /// The sentence.
        says: Words,
        /// Its facts.
        facts: Vec<(&'static str, String)>,
    },
}

impl Fault {
    /// A fault in a vendor's own words.
    pub const fn said(code: &'static str, says: Words) -> Self {
        Self::Said { code, says, facts: Vec::new() }
    }

    /// A short name for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::OverLimit { .. } => "over_limit",
            Self::NotAnInteger => "not_an_integer",
            Self::ScientificNotation => "scientific_notation",
            Self::NotANumber => "not_a_number",
            Self::OutOfRange { .. } => "out_of_range",
            Self::NotAChoice { .. } => "not_a_choice",
            Self::NotAFlag => "not_a_flag",
            Self::NotJson { .. } => "not_json",
            Self::NotAnObject => "not_an_object",
            Self::NotAListOfObjects => "not_a_list_of_objects",
            Self::RowsAndRaw => "rows_and_raw",
            Self::DoesNotApply { .. } => "does_not_apply",
            Self::NotAnAddress => "not_an_address",
            Self::ForbiddenCharacter { .. } => "forbidden_character",
            Self::UnusualCharacters { .. } => "unusual_characters",
            Self::UnusualLength { .. } => "unusual_length",
            Self::ReadAs { .. } => "read_as",
            Self::Duplicates { .. } => "duplicates",
            Self::UnknownField { .. } => "unknown_field",
            Self::Said { code, .. } => code,
        }
    }
}
