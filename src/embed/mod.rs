//! The contract with the page that has the desk in a frame. Pure: what is said, what is heard, and whom to believe.
//!
//! Everything is JSON text with a namespace and a version; docs/embedding.md is the contract in words. Nothing in here, and
//! nothing a host can say, begins an act.

mod askings;
mod gate;
mod hearing;
mod host;
mod theme;

pub use askings::Askings;
pub use gate::{Frame, Gate, Heard, Hint, Why};
pub use hearing::{Command, Init, Refusal, Visible, hear};
pub use host::{Event, hello, tell};
pub use theme::{Look, Theme, Unreadable};

/// What every message names first.
pub const NAMESPACE: &str = "message-desk";

/// The version of the contract: messages of another major version are not understood.
pub const VERSION: [u32; 2] = [1, 0];

/// A longer message is not even read, in UTF-16 units as the browser counts them.
pub const LONGEST: usize = 64 * 1024;

#[cfg(test)]
mod tests;
