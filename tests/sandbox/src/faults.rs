//! Faults that a test orders in advance: what a network, a proxy or a tired server does to a call.
//!
//! This file knows which faults there are and plays those that stand in front of the server. What a fault does
//! to a vendor's answer is that vendor's business (`yunxin/spoil.rs`).

use std::collections::{BTreeMap, VecDeque};

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::line::Hangup;

/// On which side of the effect a delay lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum When {
    /// The server dawdles before it acts; a caller that leaves meanwhile prevents the effect.
    Before,
    /// The effect happens at once and the answer comes late.
    #[default]
    After,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Kind {
    /// The answer is late.
    Delay {
        ms: u64,
        #[serde(default)]
        when: When,
    },
    /// A proxy answers in the server's place; no effect.
    Status {
        code: u16,
        #[serde(default)]
        body: String,
        content_type: Option<String>,
        #[serde(default)]
        headers: BTreeMap<String, String>,
    },
    /// A proxy sends the caller elsewhere; no effect.
    Redirect { to: String },
    /// A login page with status 200; no effect.
    Html {},
    /// Text that claims to be JSON; no effect.
    NotJson {},
    /// The vendor's own envelope with this code; no effect.
    VendorCode { code: u32, msg: String },
    /// The connection closes without a byte; no effect.
    CutBefore {},
    /// The effect happens, then the connection closes without a byte.
    CutAfter {},
    /// The effect happens, the answer breaks off in its middle.
    Truncated {},
    /// The effect happens, the answer has no `data`.
    DropData {},
    /// The effect happens, the last `n` successes are not reported.
    DropReceivers { n: usize },
    /// The effect happens, every number of the answer is text.
    TextNumbers {},
    /// The effect happens, message ids are beyond a signed 64-bit number.
    HugeIds {},
    /// The effect happens, `code` is text.
    BareCode {},
}

impl Kind {
    /// The name used on the wire.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Delay { .. } => "delay",
            Self::Status { .. } => "status",
            Self::Redirect { .. } => "redirect",
            Self::Html {} => "html",
            Self::NotJson {} => "not_json",
            Self::VendorCode { .. } => "vendor_code",
            Self::CutBefore {} => "cut_before",
            Self::CutAfter {} => "cut_after",
            Self::Truncated {} => "truncated",
            Self::DropData {} => "drop_data",
            Self::DropReceivers { .. } => "drop_receivers",
            Self::TextNumbers {} => "text_numbers",
            Self::HugeIds {} => "huge_ids",
            Self::BareCode {} => "bare_code",
        }
    }

    /// The answer that stands in front of the server, so that no effect happens.
    pub(crate) fn in_front(&self) -> Option<Response> {
        match self {
            Self::Status { code, body, content_type, headers } => {
                Some(status(*code, body, content_type.as_deref(), headers))
            }
            Self::Redirect { to } => {
                let location = BTreeMap::from([("location".to_owned(), to.clone())]);
                Some(status(302, "", None, &location))
            }
            Self::Html {} => Some(page(
                "text/html; charset=utf-8",
                "<!doctype html><title>Sign in</title><h1>Sign in to continue</h1>",
            )),
            Self::NotJson {} => Some(page("application/json", "upstream says hello {\"code\":")),
            Self::CutBefore {} => Some(hung_up(Hangup::Silent)),
            _ => None,
        }
    }
}

/// An answer that will not be sent.
pub(crate) fn hung_up(how: Hangup) -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(how);
    response
}

fn page(content_type: &'static str, body: &'static str) -> Response {
    let mut response = Response::new(Body::from(body));
    let value = HeaderValue::from_static(content_type);
    response.headers_mut().insert(header::CONTENT_TYPE, value);
    response
}

// Codes, header names and values were checked when the fault was ordered; what does not parse is left out.
fn status(code: u16, body: &str, content_type: Option<&str>, headers: &BTreeMap<String, String>) -> Response {
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_GATEWAY);
    let named = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in named.chain(content_type.map(|kind| ("content-type", kind))) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name.to_owned()), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// One order: a fault, the operation it waits for, and how often it strikes.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fault {
    on: String,
    times: u32,
    #[serde(flatten)]
    kind: Kind,
}

impl Fault {
    /// Reads `{"on", "times"?, "kind", …}`; `operations` are the names `on` may have beside `*`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the order.
    pub(crate) fn read(order: Value, operations: &[&str]) -> Result<Self, String> {
        let Value::Object(mut order) = order else {
            return Err("a fault is a JSON object".to_owned());
        };
        let on = match order.remove("on") {
            Some(Value::String(on)) if on == "*" || operations.contains(&on.as_str()) => on,
            _ => return Err(format!("on must be \"*\" or one of {operations:?}")),
        };
        let times = match order.remove("times") {
            None => 1,
            Some(times) => times
                .as_u64()
                .and_then(|times| u32::try_from(times).ok())
                .filter(|times| *times > 0)
                .ok_or("times must be a positive integer")?,
        };
        let kind = serde_json::from_value(Value::Object(order)).map_err(|error| error.to_string())?;
        check(&kind)?;
        Ok(Self { on, times, kind })
    }
}

fn check(kind: &Kind) -> Result<(), String> {
    match kind {
        Kind::Status { code, .. } if !(200..=599).contains(code) => {
            Err("code must be between 200 and 599".to_owned())
        }
        Kind::Status { content_type, headers, .. } => {
            let values = headers.values().chain(content_type);
            let names_fit = headers.keys().all(|name| HeaderName::try_from(name.as_str()).is_ok());
            if names_fit && values.into_iter().all(|it| HeaderValue::try_from(it).is_ok()) {
                Ok(())
            } else {
                Err("headers do not fit into an HTTP answer".to_owned())
            }
        }
        Kind::Redirect { to } if HeaderValue::try_from(to).is_err() => {
            Err("to does not fit into a Location header".to_owned())
        }
        _ => Ok(()),
    }
}

/// The queue of ordered faults.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    queue: VecDeque<Fault>,
}

impl Faults {
    /// Appends an order.
    pub(crate) fn push(&mut self, fault: Fault) {
        self.queue.push_back(fault);
    }

    /// Forgets every order.
    pub(crate) fn clear(&mut self) {
        self.queue.clear();
    }

    /// The orders not yet used up.
    pub(crate) fn all(&self) -> &VecDeque<Fault> {
        &self.queue
    }

    /// The first fault waiting for this operation, counted as used once.
    pub(crate) fn take(&mut self, operation: Option<&str>) -> Option<Kind> {
        let at =
            self.queue.iter().position(|fault| fault.on == "*" || Some(fault.on.as_str()) == operation)?;
        let fault = self.queue.get_mut(at)?;
        fault.times -= 1;
        let (kind, used_up) = (fault.kind.clone(), fault.times == 0);
        if used_up {
            self.queue.remove(at);
        }
        Some(kind)
    }
}
