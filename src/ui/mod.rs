//! The page: shows operations, takes what is typed, carries out what was confirmed, and says what happened.
//!
//! It names no vendor: it knows which are offered, and is given the way to load one.

mod act;
mod browser;
mod confirm;
mod connect;
mod connection_page;
mod desk;
mod el;
mod field;
mod foresee;
mod form_page;
mod form_state;
mod found;
mod jobs;
mod messages;
mod moment;
mod navigation;
mod original;
mod parts;
mod paste_page;
mod preview;
mod proof;
mod record_page;
mod result;
mod road;
mod route;
mod rows;
mod shell;
mod start;

pub use start::{Load, Loading};

/// Mounts the desk into the document.
pub fn mount(load: Load) {
    leptos::mount::mount_to_body(move || start::start(load));
}
