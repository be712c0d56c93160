//! `make check-config FILE=…`: what the page would say of configurations, before it does.
//!
//! `cargo run -q --example check_config -- FILE…` prints a line per fault with the key, what stands there and what should, and ends
//! with 1 when there is any. Beyond what the page checks at its start, each connection's form is judged as far as it is filled in.

use std::io::Write;
use std::process::ExitCode;

use message_desk::config::{Config, Preset};
use message_desk::domain::endpoint::Endpoint;
use message_desk::domain::field::Kind;
use message_desk::domain::problem::{Fault, Problem};
use message_desk::domain::sentence::sentence;
use message_desk::domain::validation::check;
use message_desk::domain::vendor::{ENDPOINT, PROXY};
use message_desk::transport::proxy::Template;
use message_desk::vendors;
use message_desk::words::Language;

fn main() -> std::io::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    if files.is_empty() {
        writeln!(out, "which file? make check-config FILE=config.json")?;
        return Ok(ExitCode::from(2));
    }
    let mut sound = true;
    for file in files {
        let faults = match std::fs::read_to_string(&file) {
            Ok(text) => faults(&text),
            Err(error) => vec![format!("cannot be read: {error}")],
        };
        for fault in &faults {
            writeln!(out, "{}: {fault}", file.display())?;
        }
        if faults.is_empty() {
            writeln!(out, "{}: sound", file.display())?;
        }
        sound &= faults.is_empty();
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn faults(text: &str) -> Vec<String> {
    let faults: Vec<_> = Config::faults(text, vendors::ALL).iter().map(ToString::to_string).collect();
    match Config::parse(text) {
        Ok(config) if faults.is_empty() => {
            config.connections.iter().enumerate().flat_map(|(at, preset)| of_the_form(at, preset)).collect()
        }
        _ => faults,
    }
}

/// What the connection's form would say; what is left to be typed in is no fault.
fn of_the_form(at: usize, preset: &Preset) -> Vec<String> {
    let Some(vendor) = vendors::vendor(preset.vendor) else { return Vec::new() };
    let checked = check(vendor.connection, &preset.values, 0);
    let missing = |fault: &Fault| matches!(fault, Fault::Required);
    let found =
        checked.problems.iter().filter(|problem| problem.stops() && !missing(&problem.fault)).cloned();
    let proxy = Template::parse(checked.readings.typed(&PROXY)).err();
    let proxy = proxy.map(|fault| Problem::stop(PROXY.name, PROXY.rule, fault));
    let endpoint = checked.readings.typed(&ENDPOINT);
    let endpoint = (!endpoint.is_empty() && Endpoint::parse(endpoint).is_none())
        .then(|| Problem::stop(ENDPOINT.name, ENDPOINT.rule, Fault::NotAnAddress));
    let mut said: Vec<_> = found
        .chain(proxy)
        .chain(endpoint)
        .map(|problem| {
            let says = sentence(&problem, vendor.connection, &checked.readings, Language::English);
            let text = preset.values.get(&problem.field);
            // A secret is not said back, nor what is too long to read.
            let secret = vendor
                .connection
                .field(&problem.field)
                .is_none_or(|field| matches!(field.kind, Kind::Secret));
            let found = if secret || text.len() > 80 { String::new() } else { format!(" is {text:?}:") };
            format!("config.json: connections[{at}].{}{found} {says}", problem.field)
        })
        .collect();
    said.sort();
    said
}
