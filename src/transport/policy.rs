//! Whether the page's own content security policy lets an address be called. Pure.
//!
//! A browser that stops a call tells whoever listens, and whoever the policy names, at which address, query and all; some clouds
//! want their signature there. So a call that is known to be stopped is not made. What is not understood here is left to the browser.

use crate::domain::endpoint::Endpoint;

/// Whether none of these policies forbids a page of the origin `page` to call `address`, which may be relative.
pub fn allows(policies: &[String], page: &str, address: &str) -> bool {
    let target = address.split(['?', '#']).next().and_then(Endpoint::parse);
    // What is relative leads to the page's own origin, from which the page itself came.
    let Some(target) = target else { return true };
    let Some(page) = Endpoint::parse(page) else { return true };
    // Several headers reach a page as one, with commas between them.
    let sources = policies.iter().flat_map(|said| said.split(',')).filter_map(sources);
    target.origin() == page.origin()
        || sources.into_iter().all(|sources| sources.split_whitespace().any(|it| lists(it, &page, &target)))
}

/// What a policy says of calls: `connect-src`, or what stands in for it.
fn sources(policy: &str) -> Option<&str> {
    let named = |wanted: &str| {
        policy.split(';').find_map(|directive| {
            let directive = directive.trim();
            let (name, sources) = directive.split_once(char::is_whitespace).unwrap_or((directive, ""));
            name.eq_ignore_ascii_case(wanted).then_some(sources)
        })
    };
    named("connect-src").or_else(|| named("default-src"))
}

/// Whether one source of a list covers an address: a scheme, or a host with what may stand around it. Its path is not judged.
fn lists(source: &str, page: &Endpoint, target: &Endpoint) -> bool {
    let (scheme, rest) = match source.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, source),
    };
    let secure = |scheme: &str| scheme.eq_ignore_ascii_case("https");
    // Plain http stands for https too, never the other way round.
    let scheme_fits = match scheme {
        Some(scheme) => target.is_https() || !secure(scheme),
        None => target.is_https() || !page.is_https(),
    };
    match rest {
        "*" => scheme_fits,
        _ if scheme.is_none() && rest.ends_with(':') => {
            target.is_https() || rest.eq_ignore_ascii_case("http:")
        }
        _ => scheme_fits && covers(rest.split('/').next().unwrap_or_default(), target),
    }
}

/// Whether `host` or `*.host`, with a port or without, covers an address's.
fn covers(source: &str, target: &Endpoint) -> bool {
    let (host, port) = split(source);
    let (name, its_port) = split(target.host());
    let usual = if target.is_https() { "443" } else { "80" };
    let port_fits = match port {
        Some("*") => true,
        Some(port) => {
            port == its_port.unwrap_or(usual) || (port == "80" && usual == "443" && its_port.is_none())
        }
        None => its_port.is_none_or(|port| port == usual),
    };
    let host = host.to_ascii_lowercase();
    let host_fits = match host.strip_prefix("*.") {
        Some(parent) => name.strip_suffix(parent).is_some_and(|start| start.ends_with('.')),
        None => name == host,
    };
    port_fits && host_fits
}

/// A host and its port; the colons of an address in brackets are none.
fn split(host: &str) -> (&str, Option<&str>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(policy: &str, page: &str, address: &str) -> bool {
        allows(&[policy.to_owned()], page, address)
    }

    const PAGE: &str = "https://desk.corp.example";

    #[test]
    fn what_a_policy_lists_may_be_called() {
        for (sources, address) in [
            ("'self'", "proxy/open.yunxinapi.com/im/v2"),
            ("'self'", "/proxy/x?usersig=y"),
            ("'none'", "https://desk.corp.example/proxy"),
            ("*", "https://im.corp.example/x"),
            ("https:", "https://im.corp.example/x"),
            ("http:", "https://im.corp.example/x"),
            ("https://im.corp.example", "https://IM.corp.example/v4/x?usersig=y"),
            ("https://im.corp.example:443", "https://im.corp.example/x"),
            ("http://im.corp.example:80", "https://im.corp.example/x"),
            ("https://im.corp.example:8443", "https://im.corp.example:8443/x"),
            ("https://im.corp.example:*", "https://im.corp.example:8443/x"),
            ("im.corp.example", "https://im.corp.example/x"),
            ("https://*.corp.example", "https://im.corp.example/x"),
            // A path is left to the browser.
            ("https://im.corp.example/proxy/", "https://im.corp.example/x"),
            ("'self' https://a.example https://im.corp.example", "https://im.corp.example/x"),
            ("http://[::1]:8787", "http://[::1]:8787/x"),
        ] {
            assert!(
                judge(&format!("default-src 'none'; connect-src {sources}"), PAGE, address),
                "{sources} {address}"
            );
        }
        assert!(judge("script-src 'self'", PAGE, "https://im.corp.example/x"), "nothing is said of calls");
        assert!(allows(&[], PAGE, "https://im.corp.example/x"));
    }

    #[test]
    fn what_it_does_not_list_may_not() {
        for (sources, address) in [
            ("'self'", "https://im.corp.example/x"),
            ("'none'", "https://im.corp.example/x"),
            ("", "https://im.corp.example/x"),
            ("https:", "http://im.corp.example/x"),
            ("https://im.corp.example", "http://im.corp.example/x"),
            ("https://im.corp.example", "https://im.corp.example:8443/x"),
            ("https://im.corp.example:8443", "https://im.corp.example/x"),
            ("https://*.corp.example", "https://corp.example/x"),
            ("https://*.corp.example", "https://evilcorp.example/x"),
            ("https://im.corp.example", "https://im.corp.example.evil.example/x"),
        ] {
            assert!(
                !judge(&format!("connect-src {sources} ; img-src *"), PAGE, address),
                "{sources} {address}"
            );
        }
        assert!(!judge("default-src 'self'", PAGE, "https://im.corp.example/x"));
        assert!(
            !judge("connect-src *, connect-src 'self'", PAGE, "https://im.corp.example/x"),
            "each one counts"
        );
        let two = ["connect-src https:".to_owned(), "connect-src 'self'".to_owned()];
        assert!(!allows(&two, PAGE, "https://im.corp.example/x"), "each one counts");
    }
}
