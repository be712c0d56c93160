//! The body of a call: JSON with its content type, or nothing at all.

use axum::http::{HeaderMap, header};
use serde_json::Value;

use super::refusal::{Fields, Refusal};

/// Reads a JSON object; the content type must say so.
pub(super) fn json(headers: &HeaderMap, body: &[u8]) -> Result<Fields, Refusal> {
    let claimed = headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let claimed = claimed.unwrap_or_default().to_ascii_lowercase();
    let mut parts = claimed.split(';').map(str::trim);
    let says_json = parts.next() == Some("application/json") && parts.all(|it| it == "charset=utf-8");
    if !says_json {
        let text = "Content-Type must be application/json";
        return Err(Refusal::new(415, "unsupported_media_type", text));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(Fields::of_body(map)),
        Ok(_) => Err(Refusal::unreadable("body", "must be a JSON object")),
        Err(error) => Err(Refusal::unreadable("body", &format!("is not JSON: {error}"))),
    }
}

/// Refuses a body on a call that has its parameters in the URL.
pub(super) fn none(body: &[u8]) -> Result<(), Refusal> {
    match body.is_empty() {
        true => Ok(()),
        false => Err(Refusal::unreadable("body", "is not allowed with this call")),
    }
}
