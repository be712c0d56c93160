//! An operation of a vendor's API, as data. Pure.

use super::field::{Field, RuleId, Unit};
use super::outcome::{Outcome, ReceiverOutcome};
use super::problem::Problem;
use super::reply::Reply;
use super::validation::{Form, Readings, Valid};
use crate::words::Words;

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes.
    Post,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// One segment of a path.
#[derive(Debug)]
pub enum Segment {
    /// As it stands.
    Literal(&'static str),
    /// A field's value, percent-encoded.
    Of(&'static Field),
    /// Several fields' values with a separator between them, percent-encoded as one segment.
    Joined(&'static [&'static Field], &'static str),
}

/// Fields that belong together on a form.
#[derive(Debug)]
pub struct Group {
    /// Its heading.
    pub title: Words,
    /// Its fields, in order.
    pub fields: &'static [&'static Field],
    /// Whether it is folded away until it is wanted.
    pub fold: Fold,
}

impl Group {
    /// A group that is always open.
    pub const fn open(title: Words, fields: &'static [&'static Field]) -> Self {
        Self { title, fields, fold: Fold::Open }
    }

    /// A group that is folded away at first and says how many values it holds.
    pub const fn folded(title: Words, fields: &'static [&'static Field]) -> Self {
        Self { title, fields, fold: Fold::Folded }
    }
}

/// Whether a group of fields is folded away at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Always open.
    Open,
    /// Folded until it is wanted.
    Folded,
}

/// A rule over several fields.
#[derive(Debug)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// Says what breaks it.
    pub check: fn(&Readings) -> Option<Problem>,
}

/// What an act can do to people's messages, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Danger {
    /// Looks only.
    Looks,
    /// Changes something that can be changed back.
    Corrects,
    /// Reaches people; it can be recalled for a while.
    Sends,
    /// Cannot be undone.
    Destroys,
}

/// A fact of a scope sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Exact text: an id, a count.
    Text(String),
    /// Words in the language of the moment.
    Words(Words),
    /// Milliseconds since 1970, as text; shown as a time with its zone.
    Time(String),
}

/// What will happen, in one sentence made from the values that will be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The sentence.
    pub says: Words,
    /// The facts it names.
    pub facts: Vec<(&'static str, Fact)>,
}

/// A next act offered on a result, with its form filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// The operation's id.
    pub operation: &'static str,
    /// The button.
    pub label: Words,
    /// Field names and texts.
    pub values: Vec<(&'static str, String)>,
    /// Which message it is about, as text.
    pub about: String,
}

/// What an act touches: one message, or as many receivers as a list has.
#[derive(Debug)]
pub enum Targets {
    /// One message.
    One,
    /// The entries of this field.
    EntriesOf(&'static Field),
}

impl Targets {
    /// How many, in an act that may be sent.
    pub fn of(&self, valid: &Valid) -> usize {
        match self {
            Self::One => 1,
            Self::EntriesOf(field) => valid.items(field).len(),
        }
    }

    /// How many, as far as it is filled in.
    pub fn so_far(&self, readings: &Readings) -> usize {
        match self {
            Self::One => 1,
            Self::EntriesOf(field) => readings.count(field, Unit::Items),
        }
    }
}

/// A rest the vendor wants between two acts with the same value of a field.
#[derive(Debug)]
pub struct Spacing {
    /// Which field's value makes two acts the same.
    pub field: &'static Field,
    /// Milliseconds between them.
    pub rest: i64,
}

/// One call of a vendor's API.
#[derive(Debug)]
pub struct Operation {
    /// `vendor.verb` or `vendor.verb_what`.
    pub id: &'static str,
    /// What people call it.
    pub title: Words,
    /// The vendor's own name for it.
    pub vendor_name: Words,
    /// The short name in the navigation.
    pub short: Words,
    /// HTTP method.
    pub method: Method,
    /// The path, segment by segment.
    pub path: &'static [Segment],
    /// What a person fills in.
    pub form: Form,
    /// What it can do.
    pub danger: Danger,
    /// The button, with `{count}`.
    pub act: Words,
    /// How long the vendor wants to rest between two acts on the same thing.
    pub spacing: Option<Spacing>,
    /// What it touches.
    pub targets: Targets,
    /// What will happen.
    pub scope: fn(&Valid) -> Scope,
    /// What a reply means; `None` when it is not in the vendor's language.
    pub explain: fn(&Valid, &Reply) -> Option<Outcome>,
    /// The receivers nobody knows about when there is no answer; none for an act on one message.
    pub unanswered: fn(&Valid) -> Vec<ReceiverOutcome>,
    /// What can be done next with what was accepted.
    pub follow: fn(&Valid, &Outcome) -> Vec<Follow>,
}
