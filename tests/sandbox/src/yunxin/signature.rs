//! Who calls: the four authentication headers (Y-SIG-1 to Y-SIG-3).

use axum::http::HeaderMap;
use sha1::{Digest, Sha1};

use super::codes::{APP_MISSING, FORBIDDEN, IM_OFF, Refusal};
use super::store::Apps;

const NONCE_CHARACTERS: usize = 128;
const CLOCK_TOLERANCE_MS: i64 = 300_000;

/// `lower_hex(SHA1(secret + nonce + cur_time))`, plain concatenation of the bytes (Y-SIG-1).
pub fn check_sum(secret: impl AsRef<[u8]>, nonce: impl AsRef<[u8]>, cur_time: impl AsRef<[u8]>) -> String {
    let mut hash = Sha1::new();
    hash.update(secret);
    hash.update(nonce);
    hash.update(cur_time);
    hex::encode(hash.finalize())
}

/// Checks the four headers and gives back the app key they prove.
pub(super) fn verify(headers: &HeaderMap, apps: &Apps, now_ms: i64) -> Result<String, Refusal> {
    let key = required(headers, "AppKey")?;
    let nonce = required(headers, "Nonce")?;
    let cur_time = required(headers, "CurTime")?;
    let claimed = required(headers, "CheckSum")?;

    let app_key = String::from_utf8_lossy(key).into_owned();
    let app = apps.get(&app_key).ok_or_else(|| Refusal::new(APP_MISSING, "AppKey does not exist"))?;
    if characters(nonce) > NONCE_CHARACTERS {
        return Err(forbidden("Nonce is longer than 128 characters"));
    }
    let seconds = decimal(cur_time).ok_or_else(|| forbidden("CurTime is not decimal seconds"))?;
    let skew_ms = seconds.saturating_mul(1000).saturating_sub(now_ms);
    if skew_ms.saturating_abs() > CLOCK_TOLERANCE_MS {
        return Err(forbidden("CurTime differs from the server clock by more than 5 minutes"));
    }
    if claimed != check_sum(&app.secret, nonce, cur_time).as_bytes() {
        return Err(forbidden("bad checksum"));
    }
    if app.im_enabled { Ok(app_key) } else { Err(Refusal::new(IM_OFF, "IM is not enabled for this app")) }
}

fn forbidden(msg: &str) -> Refusal {
    Refusal::new(FORBIDDEN, msg)
}

fn required<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a [u8], Refusal> {
    headers
        .get(name)
        .map(|value| value.as_bytes())
        .filter(|value| !value.is_empty())
        .ok_or_else(|| forbidden(&format!("{name} header is required")))
}

// A nonce that is not UTF-8 came from a browser as Latin-1: one byte, one character.
fn characters(nonce: &[u8]) -> usize {
    std::str::from_utf8(nonce).map_or(nonce.len(), |text| text.encode_utf16().count())
}

fn decimal(digits: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(digits).ok()?;
    let only_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    only_digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::check_sum;

    #[test]
    fn every_vector_of_the_rules_gives_its_check_sum() {
        let hex32 = "0123456789abcdef0123456789abcdef";
        let longest = "a".repeat(128);
        let shifted = format!("ab{hex32}");
        #[rustfmt::skip] // one vector per line
        let vectors: [(&str, &str, &str, &str, &str); 13] = [
            ("V1", "9af6c1d2e3b4", "4tgggergigwow323t23t", "1443592222", "186b33e6a3a777db41c99f52ca1576ede87ee780"),
            ("V2", "1234567890ab", hex32, "1700000000", "6edaa2a42aadd18aab99122cbb01e68279478f5c"),
            ("V3", "1234567890ab", "", "1700000000", "6975fbf43bbfe380afc60f1f107748ee8b1d3959"),
            ("V4", "1234567890ab", "随机数", "1700000000", "01fdc51be444a2f83946df23c91aaeb38f658e40"),
            ("V5", "密钥\u{e9}", "nonce", "1700000000", "f83aa8966039c63b59fe7dc98d8722d6cd20cb2c"),
            ("V6", "1234567890ab", "🔑", "1700000000", "005203e04992392cbb9bfe65af6b1095152b1aad"),
            ("V7", "1234567890ab", &longest, "1700000000", "395da8aa260b4f8e931ca11c4fdd8959724f9f49"),
            ("V8", "1234567890", &shifted, "1700000000", "6edaa2a42aadd18aab99122cbb01e68279478f5c"),
            ("V9", "1234567890ab", "01234567-89ab-cdef-0123-456789abcdef", "1700000000", "83481acebc663de29c93e737534b67ac8524c92d"),
            ("V10", "1234567890ab", hex32, "1700000000000", "abe7a3d7630d4070ee284294f90efd6e4a3fa029"),
            ("V11", "1234567890ab", "a+b/c=%20&d", "1700000000", "dd27660b03e38c622b2793e60265db4cb50cde4e"),
            ("V12", "", "", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("V13", "1234567890ab\n", hex32, "1700000000", "29a5a53f3105bfcc619832323a0ad93fa8e138fe"),
        ];
        for (id, secret, nonce, cur_time, expected) in vectors {
            assert_eq!(check_sum(secret, nonce, cur_time), expected, "{id}");
        }
    }
}
