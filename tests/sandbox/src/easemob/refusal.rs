//! A call that is answered with an HTTP status other than 200 and has no effect.

use serde_json::{Map, Value};

use crate::fields::OfField;

/// The fields of an object of this dialect.
pub(super) type Fields = crate::fields::Fields<Refusal>;

impl OfField for Refusal {
    fn of_field(name: &str, fault: &str) -> Self {
        Self::unreadable(name, fault)
    }
}

/// What the vendor answers instead. The hint is this server's own: it names the place that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) error: &'static str,
    pub(super) exception: Option<&'static str>,
    pub(super) description: String,
    pub(super) error_code: Option<i64>,
    pub(super) hint: Option<String>,
}

impl Refusal {
    /// A refusal with the vendor's error name and text.
    pub(super) fn new(status: u16, error: &'static str, description: impl Into<String>) -> Self {
        let description = description.into();
        Self { status, error, exception: None, description, error_code: None, hint: None }
    }

    /// The same with the older name of the failure.
    pub(super) fn also(self, exception: &'static str) -> Self {
        Self { exception: Some(exception), ..self }
    }

    /// A body or a query that cannot be read; the hint names the field.
    pub(super) fn unreadable(field: &str, fault: &str) -> Self {
        let text = "Request body is invalid. Please check body is correct.";
        let hint = Some(format!("{field} {fault}"));
        Self { hint, ..Self::new(400, "invalid_request_body", text) }
    }

    /// `body` and `ext` together are over 5 KB.
    pub(super) fn too_large(error: &'static str) -> Self {
        Self { error_code: Some(14_007), ..Self::new(400, error, "message is too large") }
    }

    /// Roaming is not switched on for this app.
    pub(super) fn roaming_closed() -> Self {
        Self::new(400, "service open exception", "this appKey not open message roaming")
    }

    /// The error body.
    pub(super) fn body(&self, now_ms: i64) -> Value {
        let mut body = Map::new();
        body.insert("error".to_owned(), self.error.into());
        if let Some(exception) = self.exception {
            body.insert("exception".to_owned(), exception.into());
        }
        body.insert("error_description".to_owned(), self.description.clone().into());
        body.insert("timestamp".to_owned(), now_ms.into());
        body.insert("duration".to_owned(), 0.into());
        if let Some(code) = self.error_code {
            body.insert("error_code".to_owned(), code.into());
        }
        if let Some(hint) = &self.hint {
            body.insert("sandbox_hint".to_owned(), hint.clone().into());
        }
        Value::Object(body)
    }
}
