//! The desk without a page: reads acts as JSON lines on standard input and prints the signed request, or the problems, of each.
//!
//! `cargo run -q --example request`; the format is described in `docs/headless.md`.

mod face;

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if !line.trim().is_empty() {
            writeln!(out, "{}", face::answer(&line))?;
        }
    }
    Ok(())
}
