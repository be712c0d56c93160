//! The page: shows operations, takes what is typed, carries out what was confirmed, and says what happened.
//!
//! It names no vendor: it knows which are offered, and is given the ways to load them.

mod act;
mod acts;
mod arming;
mod browser;
mod chosen;
mod confirm;
mod connect;
mod connection_page;
mod desk;
mod doctor;
mod el;
mod embedding;
mod field;
mod file;
mod follow_up;
mod foresee;
mod form_page;
mod form_state;
mod found;
mod held;
mod in_use;
mod jobs;
mod kept;
mod later;
mod leaving;
mod lock;
mod messages;
mod moment;
mod navigation;
mod original;
mod parts;
mod paste_page;
mod pending;
mod preview;
mod proof;
mod record_page;
mod result;
mod road;
mod route;
mod rows;
mod shell;
mod start;
mod vault;
mod way_out;
mod worker;

pub use acts::{Acts, acts};
pub use connection_page::{Connecting, connecting};
pub use embedding::{Embedding, embedding};
pub use jobs::{Jobs, jobs};
pub use later::{Arriving, Later};

/// Mounts the desk into the document.
pub fn mount(later: Later) {
    leptos::mount::mount_to_body(move || start::start(later));
}
