//! Whether an address holds something like a secret: links are shared, kept in histories and logged. Pure.

use percent_encoding::percent_decode_str;

/// Words that name a secret.
const NAMES: &[&str] = &[
    "secret",
    "usersig",
    "token",
    "password",
    "passphrase",
    "checksum",
    "private_key",
    "app_key=",
    "bearer",
];

/// No place of the page is as long without a sign in between; a UserSig, a key and a token are.
const LONG: usize = 60;

/// Whether a name, or a longer text, has a word in it that names a secret.
pub fn names_secret(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    NAMES.iter().any(|name| lower.contains(name))
}

/// Whether query and fragment of an address hold something like a secret, by its name or by its looks, escaped or not.
pub fn holds_secret(address: &str) -> bool {
    // Escaped twice, as in a link within a link.
    let mut text = address.to_owned();
    for _ in 0..2 {
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        text.push(' ');
        text.push_str(&decoded);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '*' | '+');
    names_secret(&text) || text.split(|c| !plain(c)).any(|part| part.len() >= LONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_recognised_by_name_and_by_looks_wherever_they_stand() {
        let key = "0123456789abcdef".repeat(4);
        let sig = format!("eJw1{}_", "zdkpsVZ-Yxt*".repeat(12));
        for address in [
            "?app_secret=x",
            "#/connection?usersig=x",
            "#/yunxin.recall?AppSecret=x",
            "?app%5Fsecret=x",
            "?%75sersig=x",
            "?next=%2523%252Fconnection%253Fapp%255Fsec%2572et%253Dx",
            "#access_token=x",
            "?Authorization=Bearer%20x",
            &format!("?k={key}"),
            &format!("#/connection/{sig}"),
            &format!("#{}", sig.replace('*', "%2A")),
        ] {
            assert!(holds_secret(address), "{address}");
        }
    }

    #[test]
    fn the_places_of_the_page_hold_none() {
        let job = "0123456789abcdef".repeat(2);
        for address in [
            "",
            "#/",
            "#/easemob.delete_roaming_group_before",
            "#/connection",
            "#/jobs/new/yunxin.batch_send",
            "?v=1",
        ] {
            assert!(!holds_secret(address), "{address}");
        }
        assert!(!holds_secret(&format!("#/jobs/{job}")));
    }
}
