//! Message Desk (消息台): a static page with which community managers correct, recall and send messages on IM clouds.
//!
//! Every act takes one road: `Draft → Valid → Request → Signed → (fetch) → Ending → Outcome`. All but the fetch is pure
//! and runs on the host as well as in the browser. Rooms and the arrows between them are described in
//! `docs/architecture.md` and held by `tests/layers.rs`.

pub mod config;
pub mod connection;
pub mod domain;
pub mod embed;
#[cfg(target_arch = "wasm32")]
pub mod store;
pub mod transport;
#[cfg(target_arch = "wasm32")]
pub mod ui;
pub mod vendors;
pub mod words;
