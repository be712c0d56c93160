//! Yunxin's CheckSum: `lower_hex(SHA1(AppSecret + Nonce + CurTime))`, sent beside AppKey, Nonce and CurTime (Y-SIG-1…7).

use sha1::{Digest, Sha1};

use super::ids::MESSAGE_ID_MAX;
use super::tenant::{HISTORY_DAYS, RECALL_MINUTES};
use crate::domain::field::{Field, Kind};
use crate::domain::form::Form;
use crate::domain::operation::{Group, Rule};
use crate::domain::problem::{Fault, Problem};
use crate::domain::request::{Header, Moment, Request, Seal, Sign};
use crate::domain::secret::Secret;
use crate::domain::validation::{Entries, Readings};
use crate::domain::vendor::{ENDPOINT, PAGE_SIGNS, PROXY, SIGNS, TRACE, proxy_signs};
use crate::words::{desk, yunxin as words};

/// The app's public key.
pub static APP_KEY: Field = Field::connection("app_key", desk::APP_KEY, Kind::Address, "Y-SIG-5")
    .required("Y-SIG-5")
    .when(&[(PAGE_SIGNS, "SIGNS")])
    .hint(words::APP_KEY_HINT);

/// The app's secret; surrounding white space of a paste is trimmed (Y-SIG-5).
pub static APP_SECRET: Field = Field::connection("app_secret", desk::APP_SECRET, Kind::Secret, "Y-SIG-5")
    .required("Y-SIG-5")
    .when(&[(PAGE_SIGNS, "SIGNS")])
    .hint(words::APP_SECRET_HINT);

/// What a Yunxin connection needs.
pub static CONNECTION: Form = Form {
    groups: &[
        Group::open(desk::CONNECTION, &[&ENDPOINT, &SIGNS, &APP_KEY, &APP_SECRET, &PROXY]),
        Group::folded(words::GROUP_TENANT, &[&RECALL_MINUTES, &HISTORY_DAYS]),
    ],
    rules: &[
        Rule { id: "Y-SIG-4", check: secret_outside_ascii },
        Rule { id: "Y-SIG-5", check: key_not_a_header },
        Rule { id: "Y-HOST", check: host_and_prefix },
    ],
};

fn secret_outside_ascii(readings: &Readings) -> Option<Problem> {
    let fault = Fault::said("secret_outside_ascii", words::SECRET_NOT_ASCII);
    (!readings.typed(&APP_SECRET).is_ascii()).then(|| Problem::warn(APP_SECRET.name, "Y-SIG-4", fault))
}

fn key_not_a_header(readings: &Readings) -> Option<Problem> {
    let fits = readings.typed(&APP_KEY).bytes().all(|byte| byte.is_ascii_graphic());
    (!fits).then(|| {
        Problem::stop(APP_KEY.name, "Y-SIG-5", Fault::said("not_a_header_value", words::KEY_NOT_HEADER))
    })
}

/// `/nimserver` belongs to the SDK's `api-…` hosts and not to the `open…` ones.
fn host_and_prefix(readings: &Readings) -> Option<Problem> {
    let address = readings.typed(&ENDPOINT).to_ascii_lowercase();
    let prefixed = address.trim_end_matches('/').ends_with("/nimserver");
    let host_starts =
        |start: &str| address.contains(&format!("//{start}")) && address.contains(".yunxinapi.com");
    if host_starts("open") && prefixed {
        return Some(Problem::stop(
            ENDPOINT.name,
            "Y-HOST",
            Fault::said("prefix_on_open_host", words::PREFIX_ON_OPEN_HOST),
        ));
    }
    (host_starts("api-") && !prefixed)
        .then(|| Problem::stop(ENDPOINT.name, "Y-HOST", Fault::said("prefix_missing", words::PREFIX_MISSING)))
}

/// The longest Nonce, in characters.
const NONCE_MAX: usize = 128;

/// `lower_hex(SHA1(utf8(secret + nonce + cur_time)))`: plain concatenation, in this order, without separators (Y-SIG-1).
pub fn check_sum(secret: &Secret, nonce: &str, cur_time: &str) -> String {
    let mut hash = Sha1::new();
    for part in [secret.reveal(), nonce, cur_time] {
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}

/// What is hashed, with the secret left out: the stage between request and signature.
pub fn string_to_sign(nonce: &str, cur_time: &str) -> String {
    format!("<AppSecret>{nonce}{cur_time}")
}

/// An app's key and secret.
#[derive(Clone, Debug)]
struct App {
    key: String,
    secret: Secret,
}

/// Proves the app, unless the proxy does.
#[derive(Clone, Debug)]
pub struct Signer {
    app: Option<App>,
}

impl Signer {
    /// The signer of a checked connection form.
    pub fn new(connection: &Entries) -> Self {
        let app =
            || App { key: connection.text(&APP_KEY), secret: Secret::new(connection.text(&APP_SECRET)) };
        Self { app: (!proxy_signs(connection)).then(app) }
    }
}

impl App {
    /// CurTime in the hash and in the header are the same text: UTC seconds (Y-SIG-3).
    fn prove(&self, moment: &Moment) -> Result<Vec<Header>, Problem> {
        if moment.nonce.is_empty() || moment.nonce.chars().count() > NONCE_MAX {
            return Err(Problem::stop("nonce", "Y-SIG-7", Fault::said("nonce_length", words::NONCE)));
        }
        let cur_time = moment.now.div_euclid(1000).clamp(0, MESSAGE_ID_MAX).to_string();
        let check_sum = Secret::new(check_sum(&self.secret, &moment.nonce, &cur_time));
        Ok(vec![
            Header::plain("AppKey", &self.key),
            Header::plain("Nonce", &moment.nonce),
            Header::plain("CurTime", cur_time),
            Header::hidden("CheckSum", check_sum, "<CheckSum>"),
        ])
    }
}

impl Sign for Signer {
    fn prove(&self, request: &Request, moment: &Moment) -> Result<Seal, Problem> {
        let mut headers = match &self.app {
            Some(app) => app.prove(moment)?,
            None => Vec::new(),
        };
        headers.extend(moment.trace.as_ref().map(|trace| Header::plain(TRACE, trace)));
        headers.extend(request.body().map(|_| Header::plain("Content-Type", "application/json")));
        Ok(Seal { headers, query: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_sums_equal_the_published_vectors() {
        let long = "a".repeat(128);
        let hex_nonce = "0123456789abcdef0123456789abcdef";
        for (id, secret, nonce, time, expected) in [
            (
                "V1",
                "9af6c1d2e3b4",
                "4tgggergigwow323t23t",
                "1443592222",
                "186b33e6a3a777db41c99f52ca1576ede87ee780",
            ),
            ("V2", "1234567890ab", hex_nonce, "1700000000", "6edaa2a42aadd18aab99122cbb01e68279478f5c"),
            ("V3", "1234567890ab", "", "1700000000", "6975fbf43bbfe380afc60f1f107748ee8b1d3959"),
            ("V4", "1234567890ab", "随机数", "1700000000", "01fdc51be444a2f83946df23c91aaeb38f658e40"),
            ("V5", "密钥é", "nonce", "1700000000", "f83aa8966039c63b59fe7dc98d8722d6cd20cb2c"),
            ("V6", "1234567890ab", "🔑", "1700000000", "005203e04992392cbb9bfe65af6b1095152b1aad"),
            ("V7", "1234567890ab", long.as_str(), "1700000000", "395da8aa260b4f8e931ca11c4fdd8959724f9f49"),
            (
                "V8",
                "1234567890",
                "ab0123456789abcdef0123456789abcdef",
                "1700000000",
                "6edaa2a42aadd18aab99122cbb01e68279478f5c",
            ),
            (
                "V9",
                "1234567890ab",
                "01234567-89ab-cdef-0123-456789abcdef",
                "1700000000",
                "83481acebc663de29c93e737534b67ac8524c92d",
            ),
            ("V10", "1234567890ab", hex_nonce, "1700000000000", "abe7a3d7630d4070ee284294f90efd6e4a3fa029"),
            ("V11", "1234567890ab", "a+b/c=%20&d", "1700000000", "dd27660b03e38c622b2793e60265db4cb50cde4e"),
            ("V12", "", "", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("V13", "1234567890ab\n", hex_nonce, "1700000000", "29a5a53f3105bfcc619832323a0ad93fa8e138fe"),
        ] {
            assert_eq!(check_sum(&Secret::new(secret), nonce, time), expected, "{id}");
        }
    }
}
