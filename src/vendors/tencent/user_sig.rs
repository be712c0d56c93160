//! Tencent's UserSig: made from the secret key, or pasted and judged without it. Pure: the time is an argument.
//!
//! It is a JSON object in a zlib stream in base64 of a dialect. The vendor's own Go library does not compress the stream
//! either, so the page carries no compressor: that would be 10 KB of its first load.

use adler2::adler32_slice;
use data_encoding::BASE64;
use hmac::{Hmac, Mac};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use sha2::Sha256;

use crate::domain::json::Json;
use crate::domain::problem::Fault;
use crate::domain::secret::Secret;
use crate::words::user_sig as words;

/// The base64 signs that mean something in an address, and what stands for them.
const DIALECT: &[(char, char)] = &[('+', '*'), ('/', '-'), ('=', '_')];

/// The most an inflated UserSig may have; real ones have some 200 bytes.
const MOST_BYTES: usize = 16 * 1024;

/// The most one stored block of a zlib stream holds.
const BLOCK: usize = 0xffff;

/// A UserSig for `identifier`, good from `issued_at_s` on for `lifetime_s`. The key is used as it was typed: it is not hex.
pub fn issue(
    sdkappid: u64,
    identifier: &str,
    secret_key: &Secret,
    issued_at_s: i64,
    lifetime_s: i64,
) -> Secret {
    let sig = mac(secret_key, &signed_text(sdkappid, identifier, issued_at_s, lifetime_s));
    let name = Json::Text(identifier.to_owned());
    let json = format!(
        r#"{{"TLS.ver":"2.0","TLS.identifier":{name},"TLS.sdkappid":{sdkappid},"TLS.expire":{lifetime_s},"TLS.time":{issued_at_s},"TLS.sig":"{sig}"}}"#
    );
    Secret::new(armour(&zlib(json.as_bytes())))
}

/// What is signed: every line with its line break, the last one too, and the time before the lifetime.
fn signed_text(sdkappid: u64, identifier: &str, issued_at_s: i64, lifetime_s: i64) -> String {
    format!(
        "TLS.identifier:{identifier}\nTLS.sdkappid:{sdkappid}\nTLS.time:{issued_at_s}\nTLS.expire:{lifetime_s}\n"
    )
}

fn mac(key: &Secret, text: &str) -> String {
    // HMAC takes a key of any length.
    Hmac::<Sha256>::new_from_slice(key.reveal().as_bytes())
        .map(|mac| BASE64.encode(&mac.chain_update(text).finalize().into_bytes()))
        .unwrap_or_default()
}

/// A zlib stream of stored blocks.
fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(BLOCK).peekable();
    while let Some(block) = blocks.next() {
        stream.push(u8::from(blocks.peek().is_none()));
        // A block is never longer than the two bytes for its length can say.
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32_slice(bytes).to_be_bytes());
    stream
}

fn armour(bytes: &[u8]) -> String {
    let spelt = |c: char| DIALECT.iter().find(|(base64, _)| *base64 == c).map_or(c, |(_, ours)| *ours);
    BASE64.encode(bytes).chars().map(spelt).collect()
}

/// The bytes; none when a character does not belong to the dialect, base64's own `+`, `/` and `=` included.
fn unarmour(text: &str) -> Option<Vec<u8>> {
    let plain = |c: char| match DIALECT.iter().find(|(base64, ours)| *base64 == c || *ours == c) {
        Some((_, ours)) if *ours != c => None,
        Some((base64, _)) => Some(*base64),
        None => Some(c),
    };
    let base64: String = text.chars().map(plain).collect::<Option<_>>()?;
    BASE64.decode(base64.as_bytes()).ok()
}

/// What a pasted UserSig says of itself. Whether the key is the right one, only the vendor can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// When it was made: seconds since 1970.
    pub issued_at_s: i64,
    /// The last second it is good for.
    pub expires_at_s: i64,
}

/// Why a pasted UserSig will not do, with the vendor's code for it where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Something else (70003).
    NotAUserSig,
    /// The secret key.
    IsTheKey,
    /// It begins like one and cannot be read to its end (70003).
    Incomplete,
    /// It can be read, but is not of the kind described here; apps of before July 2019 may have such ones.
    Unfamiliar,
    /// It was made for another app (70014).
    OtherApp {
        /// That app.
        found: String,
        /// The one asked for.
        expected: String,
    },
    /// It was made for another account (70013).
    OtherAccount {
        /// That account.
        found: String,
        /// The one asked for.
        expected: String,
    },
    /// Its time is over (70001).
    Expired {
        /// The last second it was good for.
        expired_at_s: i64,
    },
    /// It carries rights for audio and video rooms.
    ForRooms,
}

impl Flaw {
    /// The fault a form shows.
    pub fn fault(&self) -> Fault {
        let (code, says, facts) = match self {
            Self::NotAUserSig => ("not_a_user_sig", words::NOT_A_USER_SIG, Vec::new()),
            Self::IsTheKey => ("user_sig_is_the_key", words::IS_THE_KEY, Vec::new()),
            Self::Incomplete => ("user_sig_incomplete", words::INCOMPLETE, Vec::new()),
            Self::Unfamiliar => ("user_sig_unfamiliar", words::UNFAMILIAR, Vec::new()),
            Self::OtherApp { found, expected } => {
                ("user_sig_of_other_app", words::OTHER_APP, compared(found, expected))
            }
            Self::OtherAccount { found, expected } => {
                ("user_sig_of_other_account", words::OTHER_ACCOUNT, compared(found, expected))
            }
            Self::Expired { .. } => ("user_sig_expired", words::EXPIRED, Vec::new()),
            Self::ForRooms => ("user_sig_for_rooms", words::FOR_ROOMS, Vec::new()),
        };
        Fault::Said { code, says, facts }
    }
}

fn compared(found: &str, expected: &str) -> Vec<(&'static str, String)> {
    vec![("found", found.to_owned()), ("expected", expected.to_owned())]
}

/// Judges a pasted UserSig; white space around it does not count. The checks come in the order of the vendor's own library.
pub fn inspect(pasted: &str, sdkappid: u64, identifier: &str, now_s: i64) -> Result<Inspected, Flaw> {
    let claims = open(pasted.trim())?;
    let text = |name: &str| claims.get(name).and_then(Json::as_exact_text).ok_or(Flaw::Unfamiliar);
    let number = |name: &str| text(name)?.parse::<i64>().map_err(|_| Flaw::Unfamiliar);
    let (app, account) = (text("TLS.sdkappid")?, text("TLS.identifier")?);
    let (issued_at_s, lifetime_s) = (number("TLS.time")?, number("TLS.expire")?);
    text("TLS.sig")?;
    if app != sdkappid.to_string() {
        return Err(Flaw::OtherApp { found: app.to_owned(), expected: sdkappid.to_string() });
    }
    if account != identifier {
        return Err(Flaw::OtherAccount { found: account.to_owned(), expected: identifier.to_owned() });
    }
    let expires_at_s = issued_at_s.saturating_add(lifetime_s);
    if now_s > expires_at_s {
        return Err(Flaw::Expired { expired_at_s: expires_at_s });
    }
    if claims.get("TLS.userbuf").is_some() {
        return Err(Flaw::ForRooms);
    }
    Ok(Inspected { issued_at_s, expires_at_s })
}

/// The JSON object inside.
fn open(text: &str) -> Result<Json, Flaw> {
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Flaw::IsTheKey);
    }
    let inflated =
        unarmour(text).and_then(|bytes| decompress_to_vec_zlib_with_limit(&bytes, MOST_BYTES).ok());
    let json = inflated.and_then(|bytes| Json::parse(&String::from_utf8(bytes).ok()?).ok());
    let json = json.filter(|json| json.as_object().is_some());
    json.ok_or(if begins_like_one(text) { Flaw::Incomplete } else { Flaw::NotAUserSig })
}

/// Whether the first byte is that of a zlib stream.
fn begins_like_one(text: &str) -> bool {
    let mut start = text.bytes();
    start.next() == Some(b'e') && start.next().is_some_and(|second| (b'A'..=b'P').contains(&second))
}

#[cfg(test)]
mod tests;
