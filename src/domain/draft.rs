//! What was typed, not yet judged. Pure.

use std::fmt;

use super::operation::Operation;

/// The texts of a form, a row or a prefill, by field name. Its `Debug` tells the names only: a text may be a secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// No texts.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The text of a field, empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }

    /// Puts a text, replacing an earlier one.
    pub fn set(&mut self, name: &str, text: impl Into<String>) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = text.into(),
            None => self.0.push((name.to_owned(), text.into())),
        }
    }

    /// These texts with those of `other` in place of the ones named in `replaced`.
    pub fn with(&self, replaced: &Self, other: &Self) -> Self {
        let kept = self.0.iter().filter(|(name, _)| !replaced.0.iter().any(|(known, _)| known == name));
        let mut values = Self(kept.cloned().collect());
        other.iter().for_each(|(name, text)| values.set(name, text));
        values
    }

    /// All names and texts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl<N: Into<String>, T: Into<String>> FromIterator<(N, T)> for Values {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(pairs: I) -> Self {
        let mut values = Self::new();
        for (name, text) in pairs {
            values.set(&name.into(), text);
        }
        values
    }
}

/// An act as somebody typed it: the start of the road.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What is to be done.
    pub operation: &'static Operation,
    /// The texts, by field name.
    pub values: Values,
}
