//! What a proxy has to let through, read off the vendors' own lists: hosts, and the method and path of every call of the desk.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use message_desk::domain::operation::{Operation, Segment};
use message_desk::domain::vendor::Vendor;
use message_desk::vendors;

/// A call: who answers it, its method, and its path with `None` where anything may stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// The vendor's id.
    pub vendor: &'static str,
    /// As HTTP writes it.
    pub method: &'static str,
    /// Segment by segment.
    pub path: Vec<Option<&'static str>>,
}

/// Every call of every vendor, once: what people can do, the connection test, and the token.
pub fn calls() -> BTreeSet<Call> {
    vendors::ALL
        .iter()
        .flat_map(|vendor| operations(vendor).map(|operation| call(vendor, operation)))
        .collect()
}

fn operations(vendor: &'static Vendor) -> impl Iterator<Item = &'static Operation> {
    let token = vendor.exchange.map(|exchange| exchange.operation);
    vendor.operations.iter().copied().chain([vendor.probe.operation]).chain(token)
}

fn call(vendor: &'static Vendor, operation: &'static Operation) -> Call {
    let mut path = Vec::new();
    for segment in operation.path {
        match segment {
            Segment::Literal(text) => path.extend(text.split('/').map(Some)),
            // Organisation and app, or `app-id` and its id.
            Segment::App => path.extend([None, None]),
            Segment::Of(_) | Segment::Joined(..) => path.push(None),
        }
    }
    Call { vendor: vendor.id, method: operation.method.as_str(), path }
}

/// The hosts of a vendor and the prefixes below which some of them keep their paths.
pub fn hosts(vendor: &'static Vendor) -> Vec<(&'static str, &'static str)> {
    let split = |url: &'static str| {
        let place = url.trim_start_matches("https://");
        place.split_once('/').map_or((place, ""), |(host, prefix)| (host, prefix))
    };
    vendor.hosts.iter().map(|host| split(host.url)).collect()
}

impl Call {
    /// The pattern of `METHOD vendor/path`; a practice cloud keeps every vendor below its name.
    pub fn pattern(&self) -> String {
        let vendor = vendors::ALL.iter().find(|vendor| vendor.id == self.vendor);
        let prefixes: BTreeSet<_> =
            vendor.into_iter().flat_map(|vendor| hosts(vendor)).map(|(_, prefix)| prefix).collect();
        let mut pattern = format!("^{} (?:practice/)?{}", self.method, self.vendor);
        for prefix in prefixes.into_iter().filter(|prefix| !prefix.is_empty()) {
            let _ = write!(pattern, "(?:/{prefix})?");
        }
        for segment in &self.path {
            pattern.push('/');
            pattern.push_str(&segment.map_or_else(|| "[^/]+".to_owned(), |text| text.replace('.', "\\.")));
        }
        pattern + "$"
    }
}

/// The lines of nginx's list of clouds.
pub fn nginx_clouds() -> String {
    let mut lines = String::new();
    for vendor in vendors::ALL {
        for (host, _) in hosts(vendor) {
            let _ = writeln!(lines, "  {host} \"{} https://{host}\";", vendor.id);
        }
    }
    lines
}

/// The lines of nginx's list of calls.
pub fn nginx_calls() -> String {
    calls().iter().fold(String::new(), |lines, call| lines + &format!("  \"~{}\" 1;\n", call.pattern()))
}

/// The lines of Caddy's list of clouds: name, vendor, scheme, address.
pub fn caddy_clouds() -> String {
    let mut lines = String::new();
    for vendor in vendors::ALL {
        for (host, _) in hosts(vendor) {
            let _ = writeln!(lines, "\t\t\t{host} {} https {host}:443", vendor.id);
        }
    }
    lines
}

/// The lines of Caddy's list of calls.
pub fn caddy_calls() -> String {
    calls().iter().fold(String::new(), |lines, call| lines + &format!("\t\t\t`~{}` yes\n", call.pattern()))
}
