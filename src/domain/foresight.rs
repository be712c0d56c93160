//! What will come of an act, as far as the vendor's rules tell before it is sent. Pure.

use super::draft::Values;
use super::field::RuleId;
use super::message::Message;
use super::validation::Readings;
use crate::words::Words;

/// What is known when an act is judged beforehand.
#[derive(Clone, Copy, Debug)]
pub struct Foresight<'a> {
    /// The form, as it stands.
    pub readings: &'a Readings,
    /// The message it is about, when it was found or pasted.
    pub message: Option<&'a Message>,
    /// The texts of the connection: what the app's owner configured at the vendor, as far as it was said.
    pub tenant: &'a Values,
}

/// How an act is going to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The vendor's rules allow it.
    Succeeds,
    /// The rules do not tell; a fact is missing.
    Open,
    /// It works, and nobody is told.
    Silent,
    /// The vendor will accept it and nothing will change.
    Void,
    /// The vendor will refuse it.
    Fails,
}

/// A judgement, with the rule behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// How it is going to end.
    pub fate: Fate,
    /// The rule that says so.
    pub rule: RuleId,
    /// Why, in a sentence.
    pub says: Words,
    /// Its facts.
    pub facts: Vec<(&'static str, String)>,
}

impl Forecast {
    /// A judgement without facts.
    pub const fn new(fate: Fate, rule: RuleId, says: Words) -> Self {
        Self { fate, rule, says, facts: Vec::new() }
    }
}

/// The worst of several judgements; none when nothing was judged.
pub fn worst(forecasts: &[Forecast]) -> Option<Fate> {
    forecasts.iter().map(|forecast| forecast.fate).max()
}

/// Nothing is foreseen: the act only looks, or the rules tell nothing beforehand.
pub fn nothing(_: &Foresight) -> Vec<Forecast> {
    Vec::new()
}
