//! Text that cannot be printed or saved by accident. Pure.

use std::fmt;

/// A secret: no `Display`, no `Serialize`, a redacted `Debug`. [`Secret::reveal`] is the only door.
///
/// ```
/// let secret = message_desk::domain::secret::Secret::new("s");
/// println!("{}", secret.reveal());
/// println!("{}", serde_json::to_string(secret.reveal()).unwrap());
/// ```
///
/// The same without that door is no program:
///
/// ```compile_fail,E0277
/// let secret = message_desk::domain::secret::Secret::new("s");
/// println!("{}", secret);
/// ```
///
/// ```compile_fail,E0277
/// let secret = message_desk::domain::secret::Secret::new("s");
/// println!("{}", serde_json::to_string(&secret).unwrap());
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for signing and for the header that must carry it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("••••")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_cannot_be_printed() {
        assert_eq!(format!("{:?}", Some(Secret::new("CANARY"))), "Some(••••)");
    }
}
