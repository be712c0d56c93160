//! From a valid act to the bytes that will be sent. Pure: the moment of signing is an argument.

use std::fmt;

use super::endpoint::Endpoint;
use super::escape::{is_dots, query_value, segment};
use super::operation::{Method, Operation, Segment};
use super::problem::{Fault, Problem};
use super::secret::Secret;
use super::validation::{Readings, Valid};
use crate::words::fault;

/// A request to the vendor's own address, not signed yet. The preview, the cURL text and the confirmation are made from it.
#[derive(Clone)]
pub struct Request {
    valid: Valid,
    endpoint: Endpoint,
    path: String,
    query: String,
    body: Option<String>,
}

/// Without query and body: the call that gets a token carries a secret.
impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Request").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Request {
    /// Assembles the request for the app that `app` names in addresses; fails when a path value would be resolved away by
    /// URL parsers.
    pub fn assemble(valid: Valid, endpoint: &Endpoint, app: &[String]) -> Result<Self, Problem> {
        let mut path = endpoint.prefix().to_owned();
        let mut add = |name: &'static str, text: &str| {
            if is_dots(text) || text.is_empty() {
                return Err(dots(name));
            }
            path.push('/');
            path.push_str(&segment(text));
            Ok(())
        };
        for part in valid.operation().path {
            match part {
                Segment::Literal(text) => add("", text)?,
                Segment::App => app.iter().try_for_each(|text| add("", text))?,
                Segment::Of(field) => add(field.name, &valid.text(field))?,
                Segment::Joined(fields, separator) => {
                    let texts: Vec<_> = fields.iter().map(|field| valid.text(field)).collect();
                    add(fields.first().map_or("", |field| field.name), &texts.join(separator))?;
                }
            }
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

    /// The query with its `?`, or nothing. Signing may add to it.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The body, when there is one.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The whole address at the vendor, without what signing adds.
    pub fn url(&self) -> String {
        format!("{}{}{}", self.endpoint.origin(), self.path, self.query)
    }
}

fn dots(name: &'static str) -> Problem {
    Problem::stop(name, "PATH", Fault::said("path_value_resolved_away", fault::PATH_DOTS))
}

/// The first part of the path that no address can hold, known before a request is made.
pub fn resolved_away(operation: &Operation, readings: &Readings) -> Option<Problem> {
    operation.path.iter().find_map(|part| match part {
        Segment::Of(field) => is_dots(readings.text(field)).then(|| dots(field.name)),
        Segment::Literal(_) | Segment::App | Segment::Joined(..) => None,
    })
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
    /// The token in use, for vendors that give one.
    pub token: Option<Secret>,
}

/// A header of a signed request, or a parameter that signing adds to the query.
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

/// What proves who sends: headers, and parameters of the query.
#[derive(Clone, Debug, Default)]
pub struct Seal {
    /// Headers, in order.
    pub headers: Vec<Header>,
    /// Parameters of the query, in order, after those of the request.
    pub query: Vec<Header>,
}

/// A vendor's way to sign.
pub trait Sign: Send + Sync {
    /// The proof for one attempt, or what is wrong with the moment.
    fn prove(&self, request: &Request, moment: &Moment) -> Result<Seal, Problem>;
}

/// A signed request: the only thing the transport takes.
#[derive(Clone, Debug)]
pub struct Signed {
    request: Request,
    seal: Seal,
}

impl Signed {
    /// Signs a request for one attempt.
    pub fn seal(request: Request, signer: &dyn Sign, moment: &Moment) -> Result<Self, Problem> {
        let seal = signer.prove(&request, moment)?;
        Ok(Self { request, seal })
    }

    /// What was signed.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// All headers, in order.
    pub fn headers(&self) -> &[Header] {
        &self.seal.headers
    }

    /// The query with its `?`, as it is sent, or nothing.
    pub fn query(&self) -> String {
        self.query_of(|parameter| query_value(parameter.sent()))
    }

    /// The query with its `?`, hidden values replaced by their placeholders.
    pub fn shown_query(&self) -> String {
        self.query_of(|parameter| match &parameter.value {
            HeaderValue::Plain(value) => query_value(value),
            HeaderValue::Hidden { shown, .. } => (*shown).to_owned(),
        })
    }

    fn query_of(&self, value: impl Fn(&Header) -> String) -> String {
        let mut query = self.request.query().to_owned();
        for parameter in &self.seal.query {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(&format!("{}={}", parameter.name, value(parameter)));
        }
        query
    }

    /// The whole address at the vendor, hidden values replaced by their placeholders.
    pub fn shown_url(&self) -> String {
        format!("{}{}{}", self.request.endpoint().origin(), self.request.path(), self.shown_query())
    }

    /// The request as a shell command, to `url`, hidden values replaced by their placeholders.
    pub fn to_curl(&self, url: &str) -> String {
        let mut lines =
            vec![format!("curl --request {} {}", self.request.method().as_str(), shell_quoted(url))];
        lines.extend(self.seal.headers.iter().map(|header| {
            format!("  --header {}", shell_quoted(&format!("{}: {}", header.name, header.shown())))
        }));
        lines.extend(self.request.body().map(|body| format!("  --data-raw {}", shell_quoted(body))));
        lines.join(" \\\n")
    }
}

fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
