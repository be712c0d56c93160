//! Whether the page around the desk is one of those it was told of.

use super::hearing::{Init, Refusal, init};

/// Where the desk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// In a window of its own.
    Alone,
    /// In a frame, and nobody has said who is around it.
    Waiting,
    /// In a frame of a page that is not known: nothing can be typed, nothing leaves.
    Stranger(Why),
    /// In a frame of a listed page that has shown itself.
    Known,
}

impl Frame {
    /// Whether the desk may be used.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Alone | Self::Known)
    }
}

/// Why the page around the desk is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// `config.json` lists nobody.
    NobodyListed,
    /// Nobody on the list has spoken in time.
    Silence,
    /// A listed page speaks another version.
    Version,
}

/// A message to the window, as the browser tells of it.
#[derive(Clone, Copy, Debug)]
pub struct Hint<'a> {
    /// Whether the page around the desk sent it, and nobody else.
    pub from_parent: bool,
    /// The origin the browser vouches for.
    pub origin: &'a str,
    /// What was said, when it is text that is not too long.
    pub text: Option<&'a str>,
    /// How many ports came along.
    pub ports: u32,
}

/// What became of a message to the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It was not for the desk, or from somebody it does not listen to: nothing has changed.
    Nothing,
    /// A listed page speaks a version the desk does not know.
    Version,
    /// The host has shown itself: from now on it is heard on the port, and nobody else is.
    Open(Box<Init>),
}

/// Listens to the window until the host has shown itself, and never after.
#[derive(Clone, Debug)]
pub struct Gate {
    parents: Vec<String>,
    nonce: String,
    opened: bool,
}

impl Gate {
    /// A gate for these origins. The nonce is one nobody can guess; without one nothing opens.
    pub fn new(parents: Vec<String>, nonce: String) -> Self {
        Self { parents, nonce, opened: false }
    }

    /// A message came.
    pub fn heard(&mut self, hint: Hint) -> Heard {
        if self.opened || self.nonce.is_empty() || !hint.from_parent || !self.lists(hint.origin) {
            return Heard::Nothing;
        }
        match hint.text.map(init) {
            Some(Err(Refusal::Version)) => Heard::Version,
            Some(Ok((nonce, told))) if nonce == self.nonce && hint.ports == 1 => {
                self.opened = true;
                Heard::Open(Box::new(told))
            }
            Some(_) | None => Heard::Nothing,
        }
    }

    /// Whether an origin is on the list, letter for letter. A frame without an origin says `null`, which nobody is.
    fn lists(&self, origin: &str) -> bool {
        origin != "null" && self.parents.iter().any(|listed| listed == origin)
    }
}
