//! Where a request goes: the vendor's address rewritten by a connection's proxy template. Pure.

use crate::domain::problem::Fault;
use crate::domain::request::Request;
use crate::domain::{endpoint::Endpoint, escape};
use crate::words::fault;

/// A proxy template: an address with `{url}`, `{url:enc}`, `{host}`, `{path}` and `{query}` in it.
///
/// Without placeholders it is a base that path and query are appended to. Empty calls the vendor directly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Url,
    EscapedUrl,
    Host,
    Path,
    Query,
}

/// The placeholders, as an error names them.
const KNOWN: &str = "{url} {url:enc} {host} {path} {query}";

/// Proxies open to everybody: they would see every key (SEC-2).
const PUBLIC: &[&str] = &[
    "cors-anywhere.herokuapp.com",
    "corsproxy.io",
    "corsproxy.org",
    "allorigins.win",
    "thingproxy.freeboard.io",
    "cors.sh",
    "codetabs.com",
    "cors.bridged.cc",
    "crossorigin.me",
    "cors.eu.org",
    "proxy.hoppscotch.io",
    "cors.lol",
    "whateverorigin.org",
];

impl Template {
    /// Reads a template; the fault says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let Some((before, inside)) = rest.split_once('{') else {
                parts.push(Part::Literal(rest.to_owned()));
                break;
            };
            if !before.is_empty() {
                parts.push(Part::Literal(before.to_owned()));
            }
            // Without its closing bracket the rest of the text is a placeholder nobody knows.
            let (name, after) = inside.split_once('}').unwrap_or((rest, ""));
            parts.push(match name {
                "url" => Part::Url,
                "url:enc" => Part::EscapedUrl,
                "host" => Part::Host,
                "path" => Part::Path,
                "query" => Part::Query,
                _ => {
                    return Err(said(
                        "unknown_placeholder",
                        fault::PROXY_UNKNOWN_PLACEHOLDER,
                        &[("found", name), ("allowed", KNOWN)],
                    ));
                }
            });
            rest = after;
        }
        let has = |part: &Part| parts.contains(part);
        let whole = has(&Part::Url) || has(&Part::EscapedUrl);
        if !parts.is_empty() && !whole && !has(&Part::Path) && !has(&Part::Query) && !has(&Part::Host) {
            parts.push(Part::Path);
            parts.push(Part::Query);
        } else if parts.last() == Some(&Part::Path) && !has(&Part::Query) {
            // A query that is left behind would change the act.
            parts.push(Part::Query);
        }
        let carries_all =
            parts.is_empty() || whole || (parts.contains(&Part::Path) && parts.contains(&Part::Query));
        let template = Self(parts);
        if !carries_all || !template.starts_like_an_address() {
            return Err(said(
                "not_an_address",
                fault::PROXY_NOT_ADDRESS,
                &[("allowed", "{host}{path}{query}")],
            ));
        }
        if let Some(host) = template.host().filter(|host| is_public(host)) {
            return Err(said("public_proxy", fault::PROXY_PUBLIC, &[("host", &host)]));
        }
        Ok(template)
    }

    fn first_literal(&self) -> &str {
        match self.0.first() {
            Some(Part::Literal(text)) => text,
            _ => "",
        }
    }

    /// `http(s)://host…`, `/path…` or a relative path; never another scheme, never `//host`.
    fn starts_like_an_address(&self) -> bool {
        // Browsers read a backslash as a slash, and drop control characters: both would lead elsewhere.
        let odd = |part: &Part| matches!(part, Part::Literal(text) if text.contains(|c: char| c == '\\' || c.is_control()));
        if self.0.iter().any(odd) {
            return false;
        }
        let start = self.first_literal();
        if self.0.is_empty() {
            return true;
        }
        if start.split_once("://").is_some_and(|(scheme, _)| {
            ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }) {
            return self.host().is_some();
        }
        let first_segment = start.split(['/', '?']).next().unwrap_or("");
        !start.is_empty()
            && !start.starts_with("//")
            && !first_segment.contains(':')
            && !start.contains(char::is_whitespace)
    }

    /// Whether the vendor is called without a proxy.
    pub fn is_direct(&self) -> bool {
        self.0.is_empty()
    }

    /// The proxy's host and port; `None` for a path on the page's own origin, and for no proxy.
    pub fn host(&self) -> Option<String> {
        let start = self.first_literal();
        let (_, rest) = start.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        Endpoint::parse(&format!("https://{host}")).map(|endpoint| endpoint.host().to_owned())
    }

    /// The part of a same-origin template that a person recognises: what stands before the first placeholder.
    pub fn base(&self) -> &str {
        self.first_literal()
    }

    /// Whether a page loaded over https may not call it: plain http to another machine.
    pub fn is_mixed_content(&self) -> Option<Fault> {
        let endpoint = Endpoint::parse(self.first_literal().split('?').next().unwrap_or(""))?;
        (!endpoint.is_https() && !endpoint.is_loopback())
            .then(|| said("plain_http_proxy", fault::PROXY_PLAIN, &[]))
    }

    /// The address to call for `request` with this query (with its `?`, or empty). Method, headers and body travel unchanged.
    pub fn address(&self, request: &Request, query: &str) -> String {
        self.address_of(request.endpoint(), request.path(), query)
    }

    /// The address to call for a path and a query at the vendor's endpoint.
    pub fn address_of(&self, endpoint: &Endpoint, path: &str, query: &str) -> String {
        let url = format!("{}{path}{query}", endpoint.origin());
        if self.is_direct() {
            return url;
        }
        let mut address = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(text) => address.push_str(text),
                Part::Url => address.push_str(&url),
                Part::EscapedUrl => address.push_str(&escape::segment(&url)),
                Part::Host => address.push_str(endpoint.host()),
                // Exactly one slash where the template ends and the path begins.
                Part::Path if address.ends_with('/') => address.push_str(path.trim_start_matches('/')),
                Part::Path => address.push_str(path),
                Part::Query if address.contains('?') => address.push_str(&query.replacen('?', "&", 1)),
                Part::Query => address.push_str(query),
            }
        }
        address
    }
}

fn is_public(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or(host).trim_end_matches('.');
    PUBLIC
        .iter()
        .any(|public| name == *public || name.strip_suffix(public).is_some_and(|start| start.ends_with('.')))
}

fn said(code: &'static str, says: crate::words::Words, facts: &[(&'static str, &str)]) -> Fault {
    Fault::Said { code, says, facts: facts.iter().map(|(name, fact)| (*name, (*fact).to_owned())).collect() }
}
