//! The address of a vendor's API: scheme, host, and the prefix its paths stand under. Pure.

/// A base address such as `https://open.yunxinapi.com` or `https://im.corp.example:8443/nimserver`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    scheme: &'static str,
    host: String,
    prefix: String,
}

impl Endpoint {
    /// Reads an address; `None` when it is not `http(s)://host[:port][/prefix]`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = ["https", "http"].into_iter().find_map(|scheme| {
            let (found, rest) = text.split_once("://")?;
            found.eq_ignore_ascii_case(scheme).then_some((scheme, rest))
        })?;
        let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let host_only =
            host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
        let bad = |c: char| {
            c.is_whitespace() || matches!(c, '?' | '#' | '@' | '\\' | '{' | '}' | '<' | '>' | '"' | '|' | '%')
        };
        let port = host.get(host_only.len()..).and_then(|rest| rest.strip_prefix(':'));
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return None;
        }
        if host_only.is_empty() || host.contains(bad) || path.contains(bad) {
            return None;
        }
        if path.split('/').any(|segment| segment == "." || segment == "..") {
            return None;
        }
        Some(Self { scheme, host: host.to_ascii_lowercase(), prefix: path.trim_end_matches('/').to_owned() })
    }

    /// Scheme and host: `https://host:port`.
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The prefix of every path, without a slash at its end; empty when there is none.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether requests to it are encrypted.
    pub fn is_https(&self) -> bool {
        self.scheme == "https"
    }

    /// Whether it is this very machine.
    pub fn is_loopback(&self) -> bool {
        let name = self.host.rsplit_once(':').map_or(self.host.as_str(), |(name, _)| name);
        name == "localhost" || name == "[::1]" || self.host == "[::1]" || name.starts_with("127.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let endpoint = Endpoint::parse(" HTTPS://API.example:8443/nimserver/ ").unwrap();
        assert_eq!(endpoint.origin(), "https://api.example:8443");
        assert_eq!((endpoint.host(), endpoint.prefix()), ("api.example:8443", "/nimserver"));
        assert_eq!(Endpoint::parse("http://[::1]:8787").map(|e| e.is_loopback()), Some(true));
        assert_eq!(Endpoint::parse("http://127.0.0.1:8787/yunxin").map(|e| e.is_loopback()), Some(true));
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        for text in [
            "",
            "open.yunxinapi.com",
            "ftp://x",
            "https://",
            "https://a b",
            "https://x/?q",
            "https://u:p@x",
            "https://x/../y",
            "https://:80",
            "https://x:abc",
            "https://x:",
            "https://x:99999",
        ] {
            assert_eq!(Endpoint::parse(text), None, "{text}");
        }
    }
}
