//! A field of an operation, as data: its place on the wire, its form, its limits and when it applies. Pure.
//!
//! Fields are `static`s and name one another by reference, so that a misspelt one does not compile.

pub use super::limit::{IdShape, Limit, Severity, Unit};
use super::rows::Rows;
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
    pub initial: Option<Initial>,
    /// What it means whatever the vendor, so that a form of another vendor can take over what was typed.
    pub role: Option<Role>,
}

/// What a new form starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initial {
    /// This text.
    Text(&'static str),
    /// A random whole number of 32 bits, drawn anew for every act: the vendor tells repeats by it.
    Drawn,
    /// The moment this many milliseconds ago, in the field's own unit.
    Ago(i64),
}

/// What a field means whatever the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who sends or sent.
    Sender,
    /// The one account that receives.
    Receiver,
    /// Several accounts that receive.
    Receivers,
    /// A group, team or room.
    Group,
    /// Whose own copy of a message goes.
    Owner,
    /// The words of a text message.
    Text,
    /// From when.
    From,
    /// Until when.
    Until,
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
            role: None,
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
        self.initial = Some(Initial::Text(value));
        self
    }

    /// Starts with a random whole number of 32 bits, drawn anew for every act.
    pub const fn drawn(mut self) -> Self {
        self.initial = Some(Initial::Drawn);
        self
    }

    /// Starts with the moment this many milliseconds ago.
    pub const fn ago(mut self, milliseconds: i64) -> Self {
        self.initial = Some(Initial::Ago(milliseconds));
        self
    }

    /// What it means whatever the vendor.
    pub const fn role(mut self, role: Role) -> Self {
        self.role = Some(role);
        self
    }

    /// The fixed text a new form starts with; empty when there is none.
    pub const fn initial_text(&self) -> &'static str {
        match self.initial {
            Some(Initial::Text(text)) => text,
            Some(Initial::Drawn | Initial::Ago(_)) | None => "",
        }
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
    Ids(&'static IdShape, Items),
    /// A whole number, inclusive bounds; a JSON number in bodies.
    Integer {
        /// Smallest value allowed.
        min: i64,
        /// Largest value allowed.
        max: i64,
    },
    /// Milliseconds since 1970, UTC.
    Time,
    /// Seconds since 1970, UTC.
    Seconds,
    /// A decimal number, inclusive bounds.
    Decimal {
        /// Smallest value allowed.
        min: i32,
        /// Largest value allowed.
        max: i32,
    },
    /// One of a list; the wire value is a number.
    Choice(&'static [Choice]),
    /// One of a list; the wire value is text.
    Word(&'static [Choice]),
    /// Any of a list, one per line; the wire value is a list of texts.
    Several(&'static [Choice]),
    /// `true` or `false`; empty leaves the vendor's default.
    Flag,
    /// A JSON object, sent as an object.
    JsonObject,
    /// JSON sent as text, as it was typed.
    JsonText(JsonShape),
    /// A list of objects, each filled in by a form of its own.
    Rows(&'static Rows),
}

impl Kind {
    /// Whether one of a few values is chosen.
    pub const fn is_choice(&self) -> bool {
        matches!(self, Self::Choice(_) | Self::Word(_) | Self::Flag)
    }
}

/// How several ids travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// As a list of texts.
    Texts,
    /// As a list of objects with one number each, under this name.
    Numbers(&'static str),
    /// As one text, separated by commas.
    Commas,
    /// As one text that holds a JSON list: of phrases, one per line, not of ids.
    JsonText,
    /// As a list of texts, each a line of its own as it was typed: no ids.
    Lines,
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

/// A condition on other fields, written once and read by the form (show or hide) and by validation.
#[derive(Clone, Copy, Debug)]
pub enum Condition {
    /// The field has one of these values.
    Is(&'static Field, &'static [&'static str]),
    /// The field has none of these values.
    IsNot(&'static Field, &'static [&'static str]),
    /// The field is empty.
    Empty(&'static Field),
    /// The field holds something.
    Filled(&'static Field),
    /// All of these hold.
    All(&'static [Condition]),
}
