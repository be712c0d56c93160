//! What a passphrase must be: whoever gets the vault can guess for as long as they like. Pure.

use std::collections::BTreeSet;

/// Fewer characters are refused.
pub const SHORTEST: usize = 12;

/// Passphrases of that length that everybody tries first, in small letters and without spaces.
const COMMON: &[&str] = &[
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "123qweasdzxc",
    "adminpassword",
    "administrator",
    "changemenow!",
    "correcthorsebatterystaple",
    "iloveyou1234",
    "letmeinplease",
    "messagedesk1",
    "messagedesk123",
    "p@ssw0rd1234",
    "passw0rd1234",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "qwerasdfzxcv",
    "qwertyuiop12",
    "qwertyuiop123",
    "trustno1trustno1",
    "welcome12345",
    "woaini123456",
    "woaini1314520",
    "xiaoxitai123",
    "zaq12wsxcde3",
];

/// Rows that fingers run along.
const ROWS: &[&str] =
    &["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertyuiop[]\\"];

/// Why a passphrase is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// It has fewer than [`SHORTEST`] characters.
    Short,
    /// It is on the list of those that are tried first, or made like them: one thing repeated, a row of the keyboard.
    Common,
}

/// What is wrong with a passphrase.
pub fn weakness(passphrase: &str) -> Option<Weakness> {
    if passphrase.trim().chars().count() < SHORTEST {
        return Some(Weakness::Short);
    }
    let plain: Vec<char> =
        passphrase.to_lowercase().chars().filter(|character| !character.is_whitespace()).collect();
    let text: String = plain.iter().collect();
    let listed = COMMON.contains(&text.as_str());
    let few = plain.iter().collect::<BTreeSet<_>>().len() < 5;
    let repeated = (1..=plain.len() / 2).any(|length| {
        let unit = plain.get(..length).unwrap_or_default();
        length <= 6 && plain.chunks(length).all(|chunk| unit.starts_with(chunk))
    });
    let backwards: String = plain.iter().rev().collect();
    let row = ROWS.iter().any(|row| row.contains(&text) || row.contains(&backwards));
    (listed || few || repeated || row).then_some(Weakness::Common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_short_is_counted_in_characters_and_without_the_ends() {
        for short in ["", "abc", "elevenchars", "  elevenchars  ", "一二三四五六七八九十一"] {
            assert_eq!(weakness(short), Some(Weakness::Short), "{short}");
        }
        for long in ["twelve chars", "牧羊人在雨里数到第七只羊"] {
            assert_eq!(weakness(long), None, "{long}");
        }
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        let made = [
            "Password1234",
            "pass word 12 34",
            "aaaaaaaaaaaa",
            "123456789012",
            "210987654321",
            "abcabcabcabcab",
            "qwertyuiopas",
            "哈哈哈哈哈哈哈哈哈哈哈哈",
        ];
        for common in COMMON.iter().copied().chain(made) {
            assert_eq!(weakness(common), Some(Weakness::Common), "{common}");
        }
    }

    #[test]
    fn the_list_is_as_it_is_compared() {
        for common in COMMON {
            assert!(common.chars().count() >= SHORTEST && *common == common.to_lowercase(), "{common}");
        }
    }
}
