//! What the vault's worker is asked: it has the passphrase, the key and the secrets in a memory that ends with it.

use js_sys::{JsString, Uint8Array};

use crate::domain::secret::Secret;
use crate::domain::vault::{Entry, decode, encode};
use crate::ui::{browser, worker};
use crate::words::{Words, vault as words};

/// Seals entries under a passphrase, with a salt and a nonce that were never used.
pub(super) async fn seal(passphrase: &Secret, entries: &[Entry]) -> Result<Vec<u8>, Words> {
    let drawn = || hex::decode(browser::random_hex()).ok().filter(|bytes| bytes.len() == 16);
    let (salt, nonce) = drawn().zip(drawn()).ok_or(words::ABSENT)?;
    let nonce = nonce.get(..12).ok_or(words::ABSENT)?;
    ask("seal", passphrase, &[&salt, nonce, encode(entries).reveal().as_bytes()]).await
}

/// The entries of a vault.
pub(super) async fn open(passphrase: &Secret, vault: &[u8]) -> Result<Vec<Entry>, Words> {
    let text = ask("open", passphrase, &[vault]).await?;
    let text = String::from_utf8(text).map_err(|_| words::OTHER_VERSION)?;
    decode(&Secret::new(text)).ok_or(words::OTHER_VERSION)
}

/// Whether bytes can be a vault, as far as it can be told without the passphrase.
pub(super) async fn look(vault: &[u8]) -> Result<(), Words> {
    ask("look", &Secret::default(), &[vault]).await.map(drop)
}

async fn ask(what: &str, passphrase: &Secret, parts: &[&[u8]]) -> Result<Vec<u8>, Words> {
    // The same passphrase from another keyboard may come in other code points.
    let passphrase: String = JsString::from(passphrase.reveal()).normalize("NFKC").into();
    let length = u32::try_from(passphrase.len()).map_err(|_| words::NOT_A_VAULT)?.to_le_bytes();
    let parts: Vec<&[u8]> =
        [&length[..], passphrase.as_bytes()].into_iter().chain(parts.iter().copied()).collect();
    let whole: usize = parts.iter().map(|part| part.len()).sum();
    let bytes = Uint8Array::new_with_length(u32::try_from(whole).map_err(|_| words::NOT_A_VAULT)?);
    let mut at = 0;
    for part in parts {
        bytes.set(&Uint8Array::from(part), at);
        at += u32::try_from(part.len()).map_err(|_| words::NOT_A_VAULT)?;
    }
    let answer = worker::ask("vault", what, bytes).await;
    answer.map(|answer| answer.to_vec()).map_err(|fault| match fault.split(':').next().unwrap_or_default() {
        "does_not_open" => words::DOES_NOT_OPEN,
        "other_version" => words::OTHER_VERSION,
        "no_memory" => words::NO_MEMORY,
        "absent" => words::ABSENT,
        _ => words::NOT_A_VAULT,
    })
}
