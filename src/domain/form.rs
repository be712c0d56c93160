//! A form: groups of fields, and the rules over several of them. Pure.

use super::draft::Values;
use super::field::{Field, Kind};
use super::operation::{Group, Rule};
use super::rows::cell_of;

/// Groups of fields with their rules: the part of an operation, or of a connection, that a person fills in.
#[derive(Debug)]
pub struct Form {
    /// Fields in groups, in the order of the wire.
    pub groups: &'static [Group],
    /// Rules over several fields.
    pub rules: &'static [Rule],
}

impl Form {
    /// All fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.groups.iter().flat_map(|group| group.fields.iter().copied())
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }

    /// Whether a text of this name belongs to the form: a field, or a cell of a list of objects.
    pub fn knows(&self, name: &str) -> bool {
        self.fields().any(|field| {
            field.name == name
                || match &field.kind {
                    Kind::Rows(rows) => {
                        cell_of(field.name, name).is_some_and(|(_, cell)| rows.form.knows(cell))
                    }
                    _ => false,
                }
        })
    }

    /// The names of texts that say something and belong to no field.
    pub fn unknown<'a>(&self, values: &'a Values) -> impl Iterator<Item = &'a str> {
        values.iter().filter(|(name, text)| !text.is_empty() && !self.knows(name)).map(|(name, _)| name)
    }
}
