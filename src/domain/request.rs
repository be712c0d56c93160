//! From a valid act to the bytes that will be sent. Pure: the moment of signing is an argument.

use super::endpoint::Endpoint;
use super::escape::{is_dots, query_value, segment};
use super::operation::{Method, Segment};
use super::problem::{Fault, Problem};
use super::secret::Secret;
use super::validation::Valid;
use crate::words::fault;

/// A request to the vendor's own address, not signed yet. The preview, the cURL text and the confirmation are made from it.
#[derive(Clone, Debug)]
pub struct Request {
    valid: Valid,
    endpoint: Endpoint,
    path: String,
    query: String,
    body: Option<String>,
}

impl Request {
    /// Assembles the request; fails when a path value would be resolved away by URL parsers.
    pub fn assemble(valid: Valid, endpoint: &Endpoint) -> Result<Self, Problem> {
        let mut path = endpoint.prefix().to_owned();
        for part in valid.operation().path {
            let (name, text) = match part {
                Segment::Literal(text) => ("", (*text).to_owned()),
                Segment::Of(field) => (field.name, valid.text(field)),
                Segment::Joined(fields, separator) => {
                    let texts: Vec<_> = fields.iter().map(|field| valid.text(field)).collect();
                    (fields.first().map_or("", |field| field.name), texts.join(separator))
                }
            };
            if is_dots(&text) || text.is_empty() {
                return Err(Problem::stop(
                    name,
                    "PATH",
                    Fault::said("path_value_resolved_away", fault::PATH_DOTS),
                ));
            }
            path.push('/');
            path.push_str(&segment(&text));
        }
        let pairs: Vec<_> =
            valid.query().map(|(name, text)| format!("{name}={}", query_value(&text))).collect();
        let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
        let body = valid.body();
        Ok(Self { valid, endpoint: endpoint.clone(), path, query, body })
    }

    /// The act it was made from.
    pub fn valid(&self) -> &Valid {
        &self.valid
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.valid.operation().method
    }

    /// The vendor's address.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The path, percent-encoded, with the address's prefix.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query with its `?`, or nothing.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The body, when there is one.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The whole address at the vendor.
    pub fn url(&self) -> String {
        format!("{}{}{}", self.endpoint.origin(), self.path, self.query)
    }
}

/// The moment of signing: time and chance come in as arguments.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub now: i64,
    /// A fresh random text per attempt.
    pub nonce: String,
    /// A fresh random text per act, kept over its attempts; `None` sends no trace header.
    pub trace: Option<String>,
}

/// A header of a signed request.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: HeaderValue,
}

/// A header's value: plain, or one that must not be shown.
#[derive(Clone, Debug)]
pub enum HeaderValue {
    /// May be shown.
    Plain(String),
    /// Shown only as the placeholder.
    Hidden {
        /// The value that is sent.
        value: Secret,
        /// What a preview shows in its place.
        shown: &'static str,
    },
}

impl Header {
    /// A header that may be shown.
    pub fn plain(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: HeaderValue::Plain(value.into()) }
    }

    /// A header that must not be shown.
    pub fn hidden(name: &'static str, value: Secret, shown: &'static str) -> Self {
        Self { name, value: HeaderValue::Hidden { value, shown } }
    }

    /// The value that is sent.
    pub fn sent(&self) -> &str {
        match &self.value {
            HeaderValue::Plain(value) => value,
            HeaderValue::Hidden { value, .. } => value.reveal(),
        }
    }

    /// The value a preview shows.
    pub fn shown(&self) -> &str {
        match &self.value {
            HeaderValue::Plain(value) => value,
            HeaderValue::Hidden { shown, .. } => shown,
        }
    }
}

/// A vendor's way to sign: gives the headers that prove who sends.
pub trait Sign: Send + Sync {
    /// The headers for one attempt, or what is wrong with the moment.
    fn headers(&self, request: &Request, moment: &Moment) -> Result<Vec<Header>, Problem>;
}

/// A signed request: the only thing the transport takes.
#[derive(Clone, Debug)]
pub struct Signed {
    request: Request,
    headers: Vec<Header>,
}

impl Signed {
    /// Signs a request for one attempt.
    pub fn seal(request: Request, signer: &dyn Sign, moment: &Moment) -> Result<Self, Problem> {
        let headers = signer.headers(&request, moment)?;
        Ok(Self { request, headers })
    }

    /// What was signed.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// All headers, in order.
    pub fn headers(&self) -> &[Header] {
        &self.headers
    }

    /// The request as a shell command, to `url`, hidden values replaced by their placeholders.
    pub fn to_curl(&self, url: &str) -> String {
        let mut lines =
            vec![format!("curl --request {} {}", self.request.method().as_str(), shell_quoted(url))];
        lines.extend(self.headers.iter().map(|header| {
            format!("  --header {}", shell_quoted(&format!("{}: {}", header.name, header.shown())))
        }));
        lines.extend(self.request.body().map(|body| format!("  --data-raw {}", shell_quoted(body))));
        lines.join(" \\\n")
    }
}

fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
