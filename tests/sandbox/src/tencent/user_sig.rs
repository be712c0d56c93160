//! UserSig (签名): made, taken apart and judged (TLSSigAPIv2, HMAC-SHA256).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const VERSION: &str = "2.0";
const LONGEST_JSON: usize = 64 * 1024;
const DEFLATE_LEVEL: u8 = 6;
const HASH_BLOCK: usize = 64;

/// What a UserSig says, signature included.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct UserSig {
    #[serde(rename = "TLS.ver")]
    version: String,
    /// The UserID it was made for.
    #[serde(rename = "TLS.identifier")]
    pub identifier: String,
    /// The app it was made for.
    #[serde(rename = "TLS.sdkappid")]
    pub sdkappid: u64,
    /// How long it holds, in seconds: a duration, not a date.
    #[serde(rename = "TLS.expire")]
    pub expire: u64,
    /// When it was made, in Unix seconds.
    #[serde(rename = "TLS.time")]
    pub time: u64,
    /// The userbuf in standard base64; absent for Chat.
    #[serde(rename = "TLS.userbuf", default, skip_serializing_if = "Option::is_none")]
    pub userbuf: Option<String>,
    /// The HMAC in standard base64.
    #[serde(rename = "TLS.sig")]
    pub sig: String,
}

/// Why a UserSig does not hold, in the order in which it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserSigFault {
    /// Alphabet, base64, zlib stream or JSON.
    Malformed,
    /// Made for another SDKAppID.
    OtherApp,
    /// Made for another UserID.
    OtherUser,
    /// Its last second is over.
    Expired,
    /// A userbuf where none is expected, none where one is, or another one.
    Userbuf,
    /// Made with another key, or changed afterwards.
    Signature,
}

/// What a UserSig must prove.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The app's SDKAppID.
    pub sdkappid: u64,
    /// Who calls.
    pub identifier: &'a str,
    /// The app's secret, as typed; it is never decoded as hex.
    pub key: &'a str,
    /// The userbuf; Chat has none.
    pub userbuf: Option<&'a [u8]>,
    /// Unix seconds.
    pub now: u64,
}

/// Makes a UserSig that holds from `time` for `expire` seconds.
pub fn user_sig(
    key: &str,
    sdkappid: u64,
    identifier: &str,
    time: u64,
    expire: u64,
    userbuf: Option<&[u8]>,
) -> String {
    let mut made = UserSig {
        version: VERSION.to_owned(),
        identifier: identifier.to_owned(),
        sdkappid,
        expire,
        time,
        userbuf: userbuf.map(|bytes| STANDARD.encode(bytes)),
        sig: String::new(),
    };
    made.sig = STANDARD.encode(made.mac(key));
    let json = serde_json::to_vec(&made).unwrap_or_default();
    let base64 = STANDARD.encode(compress_to_vec_zlib(&json, DEFLATE_LEVEL));
    base64.chars().map(to_own_alphabet).collect()
}

/// Takes a UserSig apart: own alphabet, strict base64, zlib, JSON. Its signature is not looked at.
///
/// # Errors
/// [`UserSigFault::Malformed`] at any of these steps.
pub fn decode_user_sig(text: &str) -> Result<UserSig, UserSigFault> {
    read(text).ok_or(UserSigFault::Malformed)
}

fn read(text: &str) -> Option<UserSig> {
    let base64: String = text.chars().map(from_own_alphabet).collect::<Option<_>>()?;
    let zlib = STANDARD.decode(base64).ok()?;
    let json = decompress_to_vec_zlib_with_limit(&zlib, LONGEST_JSON).ok()?;
    let read: UserSig = serde_json::from_slice(&json).ok()?;
    (read.version == VERSION).then_some(read)
}

fn to_own_alphabet(letter: char) -> char {
    match letter {
        '+' => '*',
        '/' => '-',
        '=' => '_',
        other => other,
    }
}

/// Standard base64 for the letter; none for a letter that the own alphabet does not have.
fn from_own_alphabet(letter: char) -> Option<char> {
    match letter {
        '*' => Some('+'),
        '-' => Some('/'),
        '_' => Some('='),
        other if other.is_ascii_alphanumeric() => Some(other),
        _ => None,
    }
}

impl UserSig {
    /// The lines that are signed: time before expire, a line feed after the last one too.
    pub fn signed_text(&self) -> String {
        let Self { identifier, sdkappid, time, expire, .. } = self;
        let mut text = format!(
            "TLS.identifier:{identifier}\nTLS.sdkappid:{sdkappid}\nTLS.time:{time}\nTLS.expire:{expire}\n"
        );
        if let Some(userbuf) = &self.userbuf {
            text += &format!("TLS.userbuf:{userbuf}\n");
        }
        text
    }

    fn mac(&self, key: &str) -> [u8; 32] {
        hmac_sha256(key.as_bytes(), self.signed_text().as_bytes())
    }

    /// Judges it in the vendor's order.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn prove(&self, expected: &Expected<'_>) -> Result<(), UserSigFault> {
        if self.sdkappid != expected.sdkappid {
            return Err(UserSigFault::OtherApp);
        }
        if self.identifier != expected.identifier {
            return Err(UserSigFault::OtherUser);
        }
        if expected.now > self.time.saturating_add(self.expire) {
            return Err(UserSigFault::Expired);
        }
        let userbuf = self.userbuf.as_ref().map(|text| STANDARD.decode(text));
        let same = match (userbuf, expected.userbuf) {
            (None, None) => true,
            (Some(Ok(own)), Some(wanted)) => own == wanted,
            _ => false,
        };
        if !same {
            return Err(UserSigFault::Userbuf);
        }
        let claimed = STANDARD.decode(&self.sig).unwrap_or_default();
        if same_bytes(&claimed, &self.mac(expected.key)) { Ok(()) } else { Err(UserSigFault::Signature) }
    }
}

/// Compares without telling by its time where the first difference is.
fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |found, (a, b)| found | (a ^ b)) == 0
}

fn hmac_sha256(key: &[u8], text: &[u8]) -> [u8; 32] {
    let hashed = Sha256::digest(key);
    let key = if key.len() > HASH_BLOCK { hashed.as_slice() } else { key };
    let mut block = [0_u8; HASH_BLOCK];
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}
