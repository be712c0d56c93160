//! What `deploy/` says of the vendors is what the vendors say of themselves.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

#[path = "../../deploy/tools/allowed.rs"]
mod allowed;
#[path = "../../deploy/tools/generated.rs"]
mod generated;
#[path = "../../deploy/tools/schema.rs"]
mod schema;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use message_desk::vendors;
use serde_json::Value;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap()
}

#[test]
fn what_is_made_from_the_vendors_lists_is_up_to_date() {
    for (path, text) in generated::files(repository()).unwrap() {
        assert!(read(path) == text, "{path} has drifted: run `make generated`");
    }
}

/// The vectors' files of this name, with the vendor of each.
fn vectors(name: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for operation in fs::read_dir(repository().join("tests/vectors")).unwrap().map(Result::unwrap) {
        let id = operation.file_name().into_string().unwrap();
        for case in fs::read_dir(operation.path()).into_iter().flatten().map(Result::unwrap) {
            if let Ok(text) = fs::read_to_string(case.path().join(name)) {
                let vendor = id.split('.').next().unwrap().to_owned();
                found.push((vendor, serde_json::from_str(&text).unwrap()));
            }
        }
    }
    assert!(found.len() > 100, "the vectors were not found");
    found
}

#[test]
fn every_request_of_the_vectors_is_on_the_list_of_calls() {
    let calls = allowed::calls();
    for (vendor, request) in vectors("request.json") {
        // A vector about a body alone names no address.
        let Some(url) = request["url"].as_str() else { continue };
        let path: Vec<_> = url.split('?').next().unwrap().split('/').skip(3).collect();
        let fits = |call: &&allowed::Call| {
            let same = |(wanted, found): (&Option<&str>, &&str)| wanted.is_none_or(|text| text == *found);
            call.vendor == vendor
                && call.method == request["method"]
                && call.path.len() <= path.len()
                && call.path.iter().rev().zip(path.iter().rev()).all(same)
        };
        assert!(calls.iter().any(|call| fits(&call)), "{vendor} {} {url}", request["method"]);
    }
}

#[test]
fn the_cross_origin_proxies_allow_every_method_and_header_that_is_sent() {
    let methods = allowed::calls()
        .iter()
        .map(|call| call.method)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join(", ");
    let headers = vectors("signed.json").into_iter().flat_map(|(_, signed)| {
        signed.as_object().unwrap().keys().map(|name| name.to_lowercase()).collect::<Vec<_>>()
    });
    // Browsers ask for no leave for these.
    let headers: BTreeSet<_> = headers.filter(|name| name != "accept").collect();
    for path in ["deploy/nginx/cross-origin.conf.template", "deploy/caddy/cross-origin.Caddyfile"] {
        let text = read(path);
        assert!(text.contains(&format!("\"{methods}\"")), "{path}: {methods}");
        let listed = text.lines().find(|line| line.contains("CurTime") && line.contains('"')).unwrap();
        let listed: BTreeSet<_> =
            listed.split('"').nth(1).unwrap().split(", ").map(str::to_lowercase).collect();
        // The trace id belongs to an act and not to its signature.
        assert!(headers.is_subset(&listed), "{path}: {headers:?} {listed:?}");
    }
}

#[test]
fn every_host_is_on_https_and_reached_by_the_development_server_too() {
    let trunk = read("Trunk.toml");
    for vendor in vendors::ALL {
        for (host, _) in allowed::hosts(vendor) {
            assert!(vendor.hosts.iter().any(|it| it.url.starts_with(&format!("https://{host}"))), "{host}");
            assert!(trunk.contains(&format!("rewrite = \"/proxy/{host}/\"")), "Trunk.toml: {host}");
        }
    }
}

#[test]
fn the_development_server_follows_no_redirect_and_passes_on_nothing_of_the_page() {
    let trunk = read("Trunk.toml");
    let routes: Vec<_> = trunk.split("[[proxy]]").skip(1).collect();
    assert!(routes.len() > vendors::ALL.len());
    for route in routes {
        assert!(route.contains("no_redirect = true"), "{route}");
        let taken = r#"request_headers = { "Cookie" = "", "Origin" = "", "Referer" = "" }"#;
        assert!(route.contains(taken), "{route}");
    }
}
