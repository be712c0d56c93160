//! A field of an operation, as data: its place on the wire, its form, its limits and when it applies. Pure.
//!
//! Fields are `static`s and name one another by reference, so that a misspelt one does not compile.

use crate::words::Words;

/// The id of a numbered rule, such as `Y-DEL-5`, as `docs/rules.md` lists them.
pub type RuleId = &'static str;

/// Where a field travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// In the path; a path segment of the operation names it.
    Path,
    /// In the query, under the field's name.
    Query,
    /// In the JSON body, at the place its dotted name says.
    Body,
    /// Nowhere: part of a connection.
    Connection,
}

/// One input of an operation.
#[derive(Debug)]
pub struct Field {
    /// The dotted wire path, unique in its operation: `message.text`. It is also the control's `name`.
    pub name: &'static str,
    /// Where it travels.
    pub wire: Wire,
    /// What people call it.
    pub label: Words,
    /// Another label that holds under a condition (a receiver that is a team).
    pub label_when: Option<(Condition, Words)>,
    /// One line of help.
    pub hint: Option<Words>,
    /// Its form.
    pub kind: Kind,
    /// The rule its form comes from.
    pub rule: RuleId,
    /// Whether it may be left empty.
    pub presence: Presence,
    /// When it applies (all must hold), each with the rule that says so. Filled while it does not apply is a problem.
    pub conditions: &'static [(Condition, RuleId)],
    /// Its limits, each in its unit.
    pub limits: &'static [Limit],
    /// The vendor's value when it is omitted, which conditions read in place of an empty text.
    pub default: Option<&'static str>,
    /// What is sent when it is left empty although the vendor would allow omitting it.
    pub always: Option<&'static str>,
    /// A value that is left out on the wire because it is the vendor's default anyway.
    pub omitted: Option<&'static str>,
    /// What a new form starts with.
    pub initial: Option<&'static str>,
}

impl Field {
    const fn new(name: &'static str, wire: Wire, label: Words, kind: Kind, rule: RuleId) -> Self {
        Self {
            name,
            wire,
            label,
            label_when: None,
            hint: None,
            kind,
            rule,
            presence: Presence::Optional,
            conditions: &[],
            limits: &[],
            default: None,
            always: None,
            omitted: None,
            initial: None,
        }
    }

    /// A field of the JSON body.
    pub const fn body(name: &'static str, label: Words, kind: Kind, rule: RuleId) -> Self {
        Self::new(name, Wire::Body, label, kind, rule)
    }

    /// A query parameter.
    pub const fn query(name: &'static str, label: Words, kind: Kind, rule: RuleId) -> Self {
        Self::new(name, Wire::Query, label, kind, rule)
    }

    /// A part of the path.
    pub const fn path(name: &'static str, label: Words, kind: Kind, rule: RuleId) -> Self {
        Self::new(name, Wire::Path, label, kind, rule)
    }

    /// A part of a connection.
    pub const fn connection(name: &'static str, label: Words, kind: Kind, rule: RuleId) -> Self {
        Self::new(name, Wire::Connection, label, kind, rule)
    }

    /// Must be filled whenever it applies.
    pub const fn required(mut self, rule: RuleId) -> Self {
        self.presence = Presence::Required(rule);
        self
    }

    /// Must be filled when `condition` holds.
    pub const fn required_when(mut self, condition: Condition, rule: RuleId) -> Self {
        self.presence = Presence::RequiredWhen(condition, rule);
        self
    }

    /// Applies only when all `conditions` hold.
    pub const fn when(mut self, conditions: &'static [(Condition, RuleId)]) -> Self {
        self.conditions = conditions;
        self
    }

    /// Its limits.
    pub const fn limits(mut self, limits: &'static [Limit]) -> Self {
        self.limits = limits;
        self
    }

    /// One line of help.
    pub const fn hint(mut self, hint: Words) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Another label under a condition.
    pub const fn label_when(mut self, condition: Condition, label: Words) -> Self {
        self.label_when = Some((condition, label));
        self
    }

    /// The vendor's value when it is omitted.
    pub const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    /// Sent as `value` even when left empty.
    pub const fn always(mut self, value: &'static str) -> Self {
        self.always = Some(value);
        self.default = Some(value);
        self
    }

    /// Left out on the wire when it has this value.
    pub const fn omitted(mut self, value: &'static str) -> Self {
        self.omitted = Some(value);
        self.default = Some(value);
        self
    }

    /// What a new form starts with.
    pub const fn initial(mut self, value: &'static str) -> Self {
        self.initial = Some(value);
        self
    }
}

/// Whether a field may be left empty.
#[derive(Debug)]
pub enum Presence {
    /// It may.
    Optional,
    /// It may not.
    Required(RuleId),
    /// It may not when the condition holds.
    RequiredWhen(Condition, RuleId),
}

/// The form of a field: how its text is read and which control shows it.
#[derive(Debug)]
pub enum Kind {
    /// Free text, sent as typed.
    Text(Lines),
    /// A secret: read like an id, shown never.
    Secret,
    /// A web address.
    Address,
    /// An id sent as text.
    Id(&'static IdShape),
    /// An id whose shape depends on a condition: the first shape when it holds.
    IdWhen(Condition, &'static IdShape, &'static IdShape),
    /// Several ids, one per line.
    Ids(&'static IdShape),
    /// A whole number, inclusive bounds; a JSON number in bodies.
    Integer {
        /// Smallest value allowed.
        min: i64,
        /// Largest value allowed.
        max: i64,
    },
    /// Milliseconds since 1970, UTC.
    Time,
    /// A decimal number, inclusive bounds.
    Decimal {
        /// Smallest value allowed.
        min: i32,
        /// Largest value allowed.
        max: i32,
    },
    /// One of a list; the wire value is a number.
    Choice(&'static [Choice]),
    /// `true` or `false`; empty leaves the vendor's default.
    Flag,
    /// A JSON object, sent as an object.
    JsonObject,
    /// JSON sent as text, as it was typed.
    JsonText(JsonShape),
}

/// What a JSON text must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonShape {
    /// Any JSON value.
    Any,
    /// An object.
    Object,
}

/// One line or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One line.
    One,
    /// Several lines.
    Many,
}

/// One entry of a choice.
#[derive(Debug)]
pub struct Choice {
    /// The wire value, as text.
    pub value: &'static str,
    /// What people call it.
    pub label: Words,
    /// What it does, in a few words.
    pub note: Option<Words>,
}

impl Choice {
    /// A choice without a note.
    pub const fn new(value: &'static str, label: Words) -> Self {
        Self { value, label, note: None }
    }

    /// A choice with a note.
    pub const fn noted(value: &'static str, label: Words, note: Words) -> Self {
        Self { value, label, note: Some(note) }
    }
}

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

/// A condition on other fields, written once and read by the form (show or hide) and by validation.
#[derive(Clone, Copy, Debug)]
pub enum Condition {
    /// The field has one of these values.
    Is(&'static Field, &'static [&'static str]),
    /// The field has none of these values.
    IsNot(&'static Field, &'static [&'static str]),
    /// The field is empty.
    Empty(&'static Field),
    /// All of these hold.
    All(&'static [Condition]),
}
