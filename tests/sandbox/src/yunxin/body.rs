//! The body of a call: JSON with its content type, or nothing at all.

use axum::http::{HeaderMap, header};
use serde_json::Value;

use super::codes::Refusal;
use super::fields::Fields;

/// Reads a JSON object; the content type must say so.
pub(super) fn json(headers: &HeaderMap, query: Option<&str>, body: &[u8]) -> Result<Fields, Refusal> {
    if let Some(query) = query {
        return Err(Refusal::parameter("query", format!("is not expected: {query}")));
    }
    let claimed = content_type(headers).unwrap_or_default();
    if !says_json(&claimed) {
        return Err(Refusal::parameter("Content-Type", "must be application/json"));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(Fields::of_body(map)),
        Ok(_) => Err(Refusal::parameter("body", "must be a JSON object")),
        Err(error) => Err(Refusal::parameter("body", format!("is not JSON: {error}"))),
    }
}

/// Refuses a body, and a content type without one, on a call whose parameters are all in the URL.
pub(super) fn none(headers: &HeaderMap, body: &[u8]) -> Result<(), Refusal> {
    if !body.is_empty() {
        return Err(Refusal::parameter("body", "is not allowed with this method"));
    }
    match content_type(headers) {
        Some(_) => Err(Refusal::parameter("Content-Type", "is not allowed without a body")),
        None => Ok(()),
    }
}

fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?;
    Some(String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase())
}

fn says_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    parts.next() == Some("application/json")
        && parts.all(|parameter| matches!(parameter, "charset=utf-8" | "charset=\"utf-8\""))
}
