//! An operation of a vendor's API, as data. Pure.

use super::draft::{Draft, Values};
use super::field::{Field, RuleId, Unit};
use super::foresight::{Forecast, Foresight};
use super::form::Form;
use super::message::Message;
use super::outcome::{Outcome, ReceiverOutcome};
use super::problem::Problem;
use super::reply::Reply;
use super::validation::{Readings, Valid};
use crate::words::Words;

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes.
    Post,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// One segment of a path.
#[derive(Debug)]
pub enum Segment {
    /// As it stands.
    Literal(&'static str),
    /// The segments by which the vendor's addresses name the app, from the connection.
    App,
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

/// What people want to do, whatever the vendor calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Change a message that was sent.
    Modify,
    /// Take a message back, or hide it from one side.
    Recall,
    /// Send a message.
    Send,
    /// Look messages up.
    Find,
}

impl Verb {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Modify, Self::Recall, Self::Send, Self::Find];
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
    /// The entries of this field: ids, or rows.
    EntriesOf(&'static Field),
}

impl Targets {
    /// How many, in an act that may be sent.
    pub fn of(&self, valid: &Valid) -> usize {
        match self {
            Self::One => 1,
            Self::EntriesOf(field) => valid.count(field),
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

/// How an accepted act is proved: by looking the message up afterwards.
#[derive(Debug)]
pub struct ReadBack {
    /// The call that only looks.
    pub operation: &'static Operation,
    /// Its texts, from what was sent and what came of it; none when the vendor offers no way for this act.
    pub values: fn(&Valid, &Outcome) -> Option<Values>,
    /// The look-up when the message the act is about is known, and what was sent does not say where to look.
    pub knowing: Option<fn(&Message) -> Option<Draft>>,
    /// What the messages that were found prove.
    pub judge: fn(&Valid, &[Message]) -> Proof,
}

/// What looking a message up proved about an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The message is as the act wanted it.
    Verified,
    /// The message is still as it was.
    Contradicted,
    /// What was found says neither.
    Open,
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
    /// What people want to do with it.
    pub verb: Verb,
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
    /// What will come of it, as far as the vendor's rules tell beforehand.
    pub foresee: fn(&Foresight) -> Vec<Forecast>,
    /// How it is proved afterwards, when the vendor allows it.
    pub read_back: Option<&'static ReadBack>,
}
