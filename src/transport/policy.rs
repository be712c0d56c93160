//! Whether the page's own content security policy lets an address be called. Pure.
//!
//! A browser that stops a call tells whoever listens, and whoever the policy names, at which address, query and all; some clouds
//! want their signature there. So a call that is known to be stopped is not made. What is not understood here is left to the browser.

use crate::domain::endpoint::Endpoint;

/// Whether an address is known to lead to another origin than the page's. What is relative leads to the page's own.
pub fn leads_away(page: &str, address: &str) -> bool {
    between(page, address).is_some()
}

/// Whether none of these policies forbids a page of the origin `page` to call `address`, which may be relative.
pub fn allows(policies: &[String], page: &str, address: &str) -> bool {
    let Some((page, target)) = between(page, address) else { return true };
    // Several headers reach a page as one, with commas between them.
    let sources = policies.iter().flat_map(|said| said.split(',')).filter_map(sources);
    sources.into_iter().all(|sources| sources.split_whitespace().any(|it| lists(it, &page, &target)))
}

/// The page's origin and the one an address leads to; none where they are the same, or one of them is not understood.
fn between(page: &str, address: &str) -> Option<(Endpoint, Endpoint)> {
    let (page, target) = (origin(page)?, origin(address)?);
    // A browser writes a name beyond ASCII in another way than people do.
    (target.host().is_ascii() && target.origin() != page.origin()).then_some((page, target))
}

/// The origin of an address, whatever stands in its path.
fn origin(address: &str) -> Option<Endpoint> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Endpoint::parse(&format!("{scheme}://{host}"))
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
    match source.to_ascii_lowercase().as_str() {
        "*" | "http:" => true,
        "https:" => target.is_https(),
        "'self'" => reaches(&page.origin(), page, target),
        source => reaches(source, page, target),
    }
}

/// Whether a source that names hosts covers an address. Plain http stands for https too, never the other way round.
fn reaches(source: &str, page: &Endpoint, target: &Endpoint) -> bool {
    let (scheme, rest) =
        source.split_once("://").unwrap_or((if page.is_https() { "https" } else { "http" }, source));
    let scheme_fits = match scheme {
        "http" => true,
        "https" => target.is_https(),
        _ => false,
    };
    scheme_fits && covers(rest.split('/').next().unwrap_or_default(), target)
}

/// Whether `host`, `*.host` or `*`, with a port or without, covers an address's.
fn covers(source: &str, target: &Endpoint) -> bool {
    let (host, port) = split(source);
    let (name, its_port) = split(target.host());
    let usual = if target.is_https() { "443" } else { "80" };
    let its_port = its_port.unwrap_or(usual);
    let port_fits = match port.unwrap_or(usual) {
        "*" => true,
        // Where http stands for https, its port does too.
        "80" => its_port == "80" || (its_port == "443" && target.is_https()),
        port => port == its_port,
    };
    let host_fits = match host.strip_prefix("*.") {
        Some(parent) => name.strip_suffix(parent).is_some_and(|start| start.ends_with('.')),
        None => host == "*" || name == host,
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
            ("*", "http://im.corp.example/x"),
            ("*:8443", "https://im.corp.example:8443/x"),
            ("https://*:*", "https://im.corp.example:8443/x"),
            ("HTTPS://IM.corp.example", "https://im.corp.example:443/a%7Cb?usersig=y"),
            ("http://im.corp.example:80", "https://im.corp.example:443/x"),
            // What is not understood is left to the browser.
            ("'none'", "https://消息.example/x"),
            ("'none'", "https://name:word@im.corp.example/x"),
            ("'none'", "proxy?to=https://im.corp.example/x"),
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
    fn the_page_itself_may_be_called_over_https_too() {
        let plain = "http://desk.corp.example";
        assert!(judge("connect-src 'self'", plain, "https://desk.corp.example/x"));
        assert!(judge(
            "connect-src 'self'",
            "http://desk.corp.example:8080",
            "https://desk.corp.example:8080/x"
        ));
        assert!(!judge("connect-src 'self'", plain, "https://desk.corp.example:8443/x"));
        assert!(!judge("connect-src 'self'", plain, "https://im.corp.example/x"));
    }

    #[test]
    fn only_another_origin_that_is_understood_leads_away() {
        for (address, away) in [
            ("proxy/x?to=https://im.corp.example/", false),
            ("/proxy/x", false),
            ("https://desk.corp.example/proxy/x%7Cy", false),
            ("https://消息.example/x", false),
            ("https://im.corp.example/x%7Cy", true),
            ("http://desk.corp.example/x", true),
        ] {
            assert_eq!(leads_away(PAGE, address), away, "{address}");
        }
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
            ("'self'", "https://im.corp.example/v4/a%7Cb?usersig=y"),
            ("'self'", "https://im.corp.example/https%3A%2F%2Fconsole.tim.qq.com%2Fv4%3Fusersig%3Dy"),
            ("'self'", "https://im.corp.example?usersig=y|z"),
            ("data: blob: ws: wss: wss://im.corp.example", "https://im.corp.example/x"),
            ("*:8443", "https://im.corp.example/x"),
            ("'self'", "http://desk.corp.example/x"),
            ("'self'", "https://desk.corp.example:8443/x"),
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
