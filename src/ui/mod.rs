//! The page: shows operations, takes what is typed, carries out what was confirmed, and says what happened.
//!
//! It names no vendor: everything it shows comes from [`crate::vendors::ALL`].

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
mod messages;
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

/// Mounts the desk into the document.
pub fn mount() {
    leptos::mount::mount_to_body(shell::shell);
}
