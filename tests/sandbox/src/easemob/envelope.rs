//! The envelope around the result of most calls.

use axum::http::request::Parts;
use axum::http::{Uri, header};
use serde_json::{Map, Value, json};

use super::address::{Prefix, ROOT};
use super::app::App;

/// The host by which the caller knows this server.
pub(super) fn host(parts: &Parts) -> String {
    let named = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let named = named.or(parts.uri.host());
    named.unwrap_or("127.0.0.1:8787").to_owned()
}

// The path without the app in front of it.
fn inner_path(uri: &Uri) -> String {
    let path = uri.path().strip_prefix(ROOT).unwrap_or_default();
    let skipped = if path.starts_with("/api/server/v6/") { 6 } else { 3 };
    let inner: Vec<&str> = path.split('/').skip(skipped).collect();
    format!("/{}", inner.join("/"))
}

/// Wraps `data`; behind `app-id/…` the names of org and app are left out (E-URL-5).
pub(super) fn wrap(parts: &Parts, prefix: Prefix<'_>, app: &App, data: Value, now_ms: i64) -> Value {
    let mut envelope = Map::new();
    envelope.insert("path".to_owned(), inner_path(&parts.uri).into());
    envelope.insert("uri".to_owned(), format!("http://{}{}", host(parts), parts.uri.path()).into());
    envelope.insert("timestamp".to_owned(), now_ms.into());
    if matches!(prefix, Prefix::Named { .. }) {
        envelope.insert("organization".to_owned(), app.org.into());
        envelope.insert("application".to_owned(), app.uuid.into());
        envelope.insert("applicationName".to_owned(), app.name.into());
    }
    envelope.insert("action".to_owned(), parts.method.as_str().to_ascii_lowercase().into());
    envelope.insert("data".to_owned(), data);
    envelope.insert("duration".to_owned(), json!(0));
    Value::Object(envelope)
}
