//! What a place forbids, whatever the vendor allows: accounts and groups that are never touched, and too many receivers. Pure.

use std::borrow::Cow;

use super::draft::Values;
use super::field::{Field, Kind, Role};
use super::json::Json;
use super::operation::{Danger, Operation};
use super::problem::{Fault, Problem};
use super::rows::field_at;
use super::tidy::{is_separator, tidy};
use crate::words::fault as words;

/// The rule behind a refusal for a protected id.
pub const PROTECTED: &str = "PROTECTED";
/// The rule behind a refusal for too many receivers.
pub const CAP: &str = "CAP";

/// What is forbidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Accounts and groups that are never touched, tidied; one that ends in `*` stands for all that begin so.
    pub protected: Vec<String>,
    /// The most receivers of an act or a job.
    pub recipients: Option<u32>,
}

impl Guard {
    /// The first id in a text that is never to be touched, however the text parts and writes its ids.
    pub fn protected_in<'a>(&self, text: &'a str) -> Option<&'a str> {
        text.split(is_separator).find(|id| self.protects(id))
    }

    /// Whether an id is never to be touched, as it will be read. Vendors fold the case of accounts, so it does not count.
    pub fn protects(&self, id: &str) -> bool {
        let id = if id.is_ascii() { Cow::Borrowed(id.trim()) } else { Cow::Owned(tidy(id)) };
        self.protected.iter().any(|entry| match entry.strip_suffix('*') {
            Some(start) => id.get(..start.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(start)),
            None => entry.eq_ignore_ascii_case(&id),
        })
    }

    /// The first protected id among an act's texts.
    pub fn refuses(&self, operation: &'static Operation, values: &Values) -> Option<Problem> {
        if self.protected.is_empty() {
            return None;
        }
        values.iter().find_map(|(name, text)| self.refuses_text(operation, name, text))
    }

    /// The first protected id in the text of this name.
    pub fn refuses_text(&self, operation: &'static Operation, name: &str, text: &str) -> Option<Problem> {
        if let Some(problem) = self.refuses_rows(operation, name, text) {
            return Some(problem);
        }
        let field = touched(operation, name)?;
        Some(protected(field, self.protected_in(text)?))
    }

    /// The same of a list of objects that is given as JSON.
    fn refuses_rows(&self, operation: &'static Operation, name: &str, text: &str) -> Option<Problem> {
        let Kind::Rows(rows) = &operation.form.field(name)?.kind else { return None };
        let json = Json::parse(text).ok()?;
        let objects = json.as_list()?.iter();
        objects.flat_map(|object| rows.form.fields().map(move |field| (field, object))).find_map(
            |(field, object)| {
                let id = self.protected_in(object.get(field.name)?.as_exact_text()?)?;
                touches(operation, field).then(|| protected(field, id))
            },
        )
    }

    /// Whether so many receivers are too many.
    pub fn too_many(&self, operation: &Operation, count: usize) -> Option<Problem> {
        let most = self.recipients.filter(|_| operation.danger == Danger::Sends)?;
        let beyond = u32::try_from(count).is_ok_and(|count| count <= most);
        let facts = vec![("most", most.to_string()), ("count", count.to_string())];
        let fault = Fault::Said { code: "too_many_receivers", says: words::TOO_MANY_RECEIVERS, facts };
        (!beyond).then(|| Problem::stop("", CAP, fault))
    }
}

/// What is said of a protected id in a field.
pub fn protected(field: &'static Field, id: &str) -> Problem {
    let facts = vec![("id", id.to_owned())];
    Problem::stop(field.name, PROTECTED, Fault::Said { code: "protected", says: words::PROTECTED, facts })
}

/// The field of this name when it says whom an act touches. Who sends is touched by what is taken from them, and not by sending.
pub fn touched(operation: &'static Operation, name: &str) -> Option<&'static Field> {
    field_at(&operation.form, name).filter(|field| touches(operation, field))
}

/// Whether a text of this name may say whom an act touches: by itself, or as a list of objects.
pub fn concerns(operation: &'static Operation, name: &str) -> bool {
    let is_list = |field: &Field| matches!(field.kind, Kind::Rows(_));
    touched(operation, name).is_some() || operation.form.field(name).is_some_and(is_list)
}

fn touches(operation: &Operation, field: &Field) -> bool {
    match field.role {
        Some(Role::Receiver | Role::Receivers | Role::Group | Role::Owner) => {
            operation.danger != Danger::Looks
        }
        Some(Role::Sender) => !matches!(operation.danger, Danger::Looks | Danger::Sends),
        Some(Role::Text | Role::From | Role::Until) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_protected_whole_or_by_their_beginning() {
        let guard = Guard { protected: vec!["ceo".into(), "vip_*".into()], recipients: None };
        for (id, protected) in [
            ("ceo", true),
            (" CEO ", true),
            ("ceo2", false),
            ("vip_1", true),
            ("VIP_", true),
            ("vip", false),
            ("张", false),
            // As they are read, not as they are typed.
            ("ｃｅｏ", true),
            ("c\u{200b}eo", true),
            ("ＶＩＰ＿1", true),
        ] {
            assert_eq!(guard.protects(id), protected, "{id}");
        }
        assert_eq!(guard.protected_in("u1，ceo、u2"), Some("ceo"));
        assert_eq!(guard.protected_in("u1，u2"), None);
    }
}
