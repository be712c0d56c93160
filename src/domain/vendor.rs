//! An IM cloud, as data: its operations, its connection form and its way to sign. Pure.

use super::field::{Field, Kind};
use super::operation::Operation;
use super::outcome::Outcome;
use super::request::Sign;
use super::validation::{Entries, Form};
use crate::words::{Words, desk};

/// An address a vendor documents.
#[derive(Debug)]
pub struct Host {
    /// Which region or use.
    pub label: Words,
    /// The base address.
    pub url: &'static str,
}

/// What a test of a connection found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Key, signature and clock are accepted.
    Ready,
    /// The key is not known at this address.
    KeyUnknown,
    /// The signature is refused.
    SignatureRefused,
    /// The clock is off.
    ClockOff,
    /// The vendor refuses this app or caller for another reason.
    Refused,
}

/// A harmless call that shows whether a connection works.
#[derive(Debug)]
pub struct Probe {
    /// A call that only looks.
    pub operation: &'static Operation,
    /// Its texts.
    pub values: &'static [(&'static str, &'static str)],
    /// What the vendor's answer says about the connection.
    pub judge: fn(&Outcome) -> Standing,
}

/// An IM cloud.
#[derive(Debug)]
pub struct Vendor {
    /// A short name for machines: `yunxin`.
    pub id: &'static str,
    /// What people call it.
    pub name: Words,
    /// Everything that can be asked of it.
    pub operations: &'static [&'static Operation],
    /// What a connection needs: address, credentials, proxy.
    pub connection: &'static Form,
    /// Addresses it documents.
    pub hosts: &'static [Host],
    /// Makes the signer from a checked connection form.
    pub signer: fn(&Entries) -> Box<dyn Sign>,
    /// The connection test.
    pub probe: Probe,
}

/// The vendor's address; every vendor's connection form has it.
pub static ENDPOINT: Field = Field::connection("endpoint", desk::ENDPOINT, Kind::Address, "ENDPOINT")
    .required("ENDPOINT")
    .hint(desk::ENDPOINT_HINT);

/// The proxy template; every vendor's connection form has it. Empty calls the vendor directly.
pub static PROXY: Field =
    Field::connection("proxy", desk::PROXY, Kind::Address, "PROXY").hint(desk::PROXY_HINT);
