//! The worker that keeps a text under a passphrase: it is asked once and thrown away, and the passphrase, the key and the text
//! with its memory. Salt and nonce are arguments, which the page draws anew for every sealing.
//!
//! A vault is its header and what AES-256-GCM makes of the text, with the header as associated data; the key is what Argon2id
//! makes of the passphrase. All numbers are little-endian:
//!
//! | Bytes | |
//! | --- | --- |
//! | 0–6 | `MDVAULT` |
//! | 7 | version: 1 |
//! | 8–19 | Argon2id's memory in KiB, passes and lanes, four bytes each |
//! | 20–35 | salt |
//! | 36–47 | nonce |
//! | 48– | ciphertext, and its tag of 16 bytes |

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use thiserror::Error;
use zeroize::Zeroizing;

const MAGIC: &[u8; 7] = b"MDVAULT";
const VERSION: u8 = 1;
const HEADER: usize = 48;
const TAG: usize = 16;

/// How dear a guess at the passphrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

/// What new vaults cost (SEC-15).
pub const COST: Cost = Cost { memory: 65_536, passes: 3, lanes: 1 };

/// A vault that costs less is not believed, and one that costs more would stop the browser.
const LEAST: Cost = Cost { memory: 19_456, passes: 2, lanes: 1 };
const MOST: Cost = Cost { memory: 262_144, passes: 10, lanes: 1 };

/// Why there is no vault, or nothing comes out of it, by the name that the page has a sentence for.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// Something else altogether.
    #[error("not_a_vault")]
    NotAVault,
    /// A vault of a later desk, or a damaged one.
    #[error("other_version")]
    OtherVersion,
    /// A cost that is out of bounds.
    #[error("impossible_cost")]
    ImpossibleCost,
    /// Another passphrase, or a single bit that was changed: which of the two cannot be told.
    #[error("does_not_open")]
    DoesNotOpen,
    /// There is not enough memory.
    #[error("no_memory")]
    NoMemory,
}

/// What is fresh in every sealing.
#[derive(Clone, Copy, Debug)]
pub struct Fresh {
    /// Random.
    pub salt: [u8; 16],
    /// Random, and never used twice with one key: the salt is fresh too.
    pub nonce: [u8; 12],
}

/// Seals a text under a passphrase.
pub fn seal(passphrase: &[u8], text: &[u8], cost: Cost, fresh: &Fresh) -> Result<Vec<u8>, Refusal> {
    let mut vault = Vec::with_capacity(HEADER + text.len() + TAG);
    vault.extend(MAGIC);
    vault.push(VERSION);
    for number in [cost.memory, cost.passes, cost.lanes] {
        vault.extend(number.to_le_bytes());
    }
    vault.extend(fresh.salt);
    vault.extend(fresh.nonce);
    let cipher = cipher(passphrase, &fresh.salt, cost)?;
    let payload = Payload { msg: text, aad: &vault };
    let sealed = cipher.encrypt(Nonce::from_slice(&fresh.nonce), payload).map_err(|_| Refusal::NoMemory)?;
    vault.extend(sealed);
    Ok(vault)
}

/// Opens a vault with its passphrase.
pub fn open(passphrase: &[u8], vault: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let Header { cost, salt, nonce, header, sealed } = Header::read(vault)?;
    let cipher = cipher(passphrase, salt, cost)?;
    let payload = Payload { msg: sealed, aad: header };
    cipher.decrypt(Nonce::from_slice(nonce), payload).map(Zeroizing::new).map_err(|_| Refusal::DoesNotOpen)
}

/// Whether a file can be a vault at all, as far as that can be told without its passphrase.
pub fn look(vault: &[u8]) -> Result<Cost, Refusal> {
    Header::read(vault).map(|header| header.cost)
}

/// A vault, taken apart.
struct Header<'a> {
    cost: Cost,
    salt: &'a [u8],
    nonce: &'a [u8],
    header: &'a [u8],
    sealed: &'a [u8],
}

impl<'a> Header<'a> {
    fn read(vault: &'a [u8]) -> Result<Self, Refusal> {
        let (header, sealed) = vault.split_at_checked(HEADER).ok_or(Refusal::NotAVault)?;
        let rest = header.strip_prefix(MAGIC).ok_or(Refusal::NotAVault)?;
        let (version, rest) = rest.split_first().ok_or(Refusal::NotAVault)?;
        if *version != VERSION {
            return Err(Refusal::OtherVersion);
        }
        let (memory, rest) = number(rest)?;
        let (passes, rest) = number(rest)?;
        let (lanes, rest) = number(rest)?;
        let (salt, nonce) = rest.split_at_checked(16).ok_or(Refusal::NotAVault)?;
        let cost = Cost { memory, passes, lanes };
        if sealed.len() < TAG {
            return Err(Refusal::NotAVault);
        }
        let within = |least: u32, value: u32, most: u32| (least..=most).contains(&value);
        if !within(LEAST.memory, memory, MOST.memory)
            || !within(LEAST.passes, passes, MOST.passes)
            || !within(LEAST.lanes, lanes, MOST.lanes)
        {
            return Err(Refusal::ImpossibleCost);
        }
        Ok(Self { cost, salt, nonce, header, sealed })
    }
}

fn number(bytes: &[u8]) -> Result<(u32, &[u8]), Refusal> {
    let (number, rest) = bytes.split_first_chunk().ok_or(Refusal::NotAVault)?;
    Ok((u32::from_le_bytes(*number), rest))
}

fn cipher(passphrase: &[u8], salt: &[u8], cost: Cost) -> Result<Aes256Gcm, Refusal> {
    let params =
        Params::new(cost.memory, cost.passes, cost.lanes, Some(32)).map_err(|_| Refusal::ImpossibleCost)?;
    // Asked for beforehand: a browser that has no memory left must say so and not end the worker.
    let mut memory = Vec::new();
    memory.try_reserve_exact(params.block_count()).map_err(|_| Refusal::NoMemory)?;
    memory.resize(params.block_count(), Block::default());
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(passphrase, salt, &mut *key, &mut memory)
        .map_err(|_| Refusal::ImpossibleCost)?;
    Aes256Gcm::new_from_slice(&*key).map_err(|_| Refusal::ImpossibleCost)
}

/// Does what the page asks: `look`, `open` or `seal`. `bytes` are the passphrase behind its length in four bytes, and then the
/// vault; or salt, nonce and the text that is to be sealed.
///
/// # Errors
/// A refusal.
pub fn answer(what: &str, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (length, rest) = number(bytes)?;
    let length = usize::try_from(length).map_err(|_| Refusal::NotAVault)?;
    let (passphrase, rest) = rest.split_at_checked(length).ok_or(Refusal::NotAVault)?;
    match what {
        "look" => look(rest).map(|_| Vec::new()),
        "seal" => {
            let (salt, rest) = rest.split_first_chunk().ok_or(Refusal::NotAVault)?;
            let (nonce, text) = rest.split_first_chunk().ok_or(Refusal::NotAVault)?;
            seal(passphrase, text, COST, &Fresh { salt: *salt, nonce: *nonce })
        }
        _ => open(passphrase, rest).map(|text| text.to_vec()),
    }
}

#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "what `#[wasm_bindgen]` generates is unsafe")]
mod asked {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// What the page asks of its worker.
    ///
    /// # Errors
    /// The name of a refusal.
    #[wasm_bindgen]
    pub fn answer(what: &str, bytes: &[u8]) -> Result<Vec<u8>, String> {
        super::answer(what, bytes).map_err(|refusal| refusal.to_string())
    }
}
