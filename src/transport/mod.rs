//! How a signed request travels: through which proxy address, and with which options. Knows the domain, no vendor.

#[cfg(target_arch = "wasm32")]
pub mod fetch;
pub mod policy;
pub mod proxy;
