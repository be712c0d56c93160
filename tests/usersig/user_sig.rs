//! The desk's UserSigs without a page: reads JSON lines on standard input, makes or judges one per line. For `check.mjs`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a tool of the tests: a line that is not understood ends it"
)]

use std::io::{BufRead, Write};

use message_desk::domain::secret::Secret;
use message_desk::vendors::tencent::user_sig::{inspect, issue};
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", answer(&serde_json::from_str(&line?)?))?;
    }
    Ok(())
}

fn answer(asked: &Value) -> Value {
    let text = |name: &str| asked[name].as_str().unwrap();
    let number = |name: &str| asked[name].as_i64().unwrap();
    let (app, identifier) = (asked["sdkappid"].as_u64().unwrap(), text("identifier"));
    if asked.get("usersig").is_none() {
        let key = Secret::new(text("key"));
        return json!(issue(app, identifier, &key, number("time"), number("expire")).reveal());
    }
    match inspect(text("usersig"), app, identifier, number("now")) {
        Ok(read) => json!({ "issued": read.issued_at_s, "expires": read.expires_at_s }),
        Err(flaw) => json!({ "flaw": flaw.fault().code() }),
    }
}
