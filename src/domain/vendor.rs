//! An IM cloud, as data: its operations, its connection form and its way to sign. Pure.

use super::draft::Values;
use super::field::{Choice, Condition, Field, Kind};
use super::form::Form;
use super::json::Json;
use super::message::Message;
use super::operation::{Operation, Verb};
use super::outcome::Outcome;
use super::rate::Rate;
use super::reply::Reply;
use super::request::Sign;
use super::secret::Secret;
use super::trail::Trail;
use super::validation::Entries;
use crate::words::{Words, desk};

/// The header by which a vendor tells a repeat from a new act.
pub const TRACE: &str = "X-custom-traceid";

/// What a vendor's fresh random text per attempt looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nonce {
    /// 32 hexadecimal digits.
    Hex,
    /// A whole number of 32 bits, in decimal digits.
    Decimal,
}

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
    /// The signature is refused, in the words that a wrong clock gets too.
    SignatureOrClock,
    /// The clock is off.
    ClockOff,
    /// The caller is no administrator of the app.
    NotAdmin,
    /// The app lives in another region.
    WrongRegion,
    /// The address the call came from is not allowed.
    IpRefused,
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

/// Getting a token for the credentials of a connection.
#[derive(Debug)]
pub struct Exchange {
    /// The call that gives one. It is sent without a token.
    pub operation: &'static Operation,
    /// Its texts, from the connection; none when a token was given there.
    pub values: fn(&Entries) -> Option<Values>,
    /// The token in the answer.
    pub read: fn(&Reply) -> Option<Token>,
    /// Whether an answer to any other call says that the token is too old, and nothing else.
    pub is_stale: fn(&Reply) -> bool,
}

/// A token a vendor gave.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token itself.
    pub value: Secret,
    /// After how many milliseconds it is renewed; only when it is refused when the vendor did not say.
    pub renew_after: Option<i64>,
}

/// Something other clouds can do and this one cannot.
#[derive(Debug)]
pub struct Gap {
    /// What people want to do.
    pub verb: Verb,
    /// What it is called.
    pub title: Words,
    /// Why it is not there, and what comes nearest.
    pub reason: Words,
    /// The operation that comes nearest, by id; empty when none does.
    pub nearest: &'static str,
}

/// How messages are recognised in what somebody pasted.
#[derive(Debug)]
pub struct Recognise {
    /// In a JSON object: a message, a callback, a row with the names of its columns.
    pub object: fn(&Json) -> Option<Message>,
    /// In the cells of a line without names.
    pub cells: fn(&[&str]) -> Option<Message>,
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
    /// What its nonce looks like.
    pub nonce: Nonce,
    /// The headers its requests carry, which a proxy must let through.
    pub headers: &'static [&'static str],
    /// Makes the signer from a checked connection form.
    pub signer: fn(&Entries) -> Box<dyn Sign>,
    /// The segments that name the app in addresses.
    pub app: fn(&Entries) -> Vec<String>,
    /// How a token is got, when the vendor works with tokens.
    pub exchange: Option<&'static Exchange>,
    /// The connection test.
    pub probe: Probe,
    /// What it cannot do and others can.
    pub gaps: &'static [Gap],
    /// How its messages are recognised.
    pub recognise: Recognise,
    /// For how many minutes after it was sent a message can be recalled without more ado, by the texts of the connection; none
    /// when there is no such window.
    pub recall_minutes: fn(&Values) -> Option<i64>,
    /// The operations for which that window counts.
    pub recalls_in_time: &'static [&'static Operation],
    /// How what was sent is looked for when nobody knows whether it was.
    pub trails: &'static [&'static Trail],
    /// How often it lets an app do things.
    pub rates: &'static [Rate],
}

impl Vendor {
    /// Whether it tells a repeat from a new act by the trace id that goes with it.
    pub fn knows_repeats(&self) -> bool {
        self.headers.contains(&TRACE)
    }

    /// How often it lets an app do this.
    pub fn rate(&self, operation: &Operation) -> Option<&'static Rate> {
        Rate::find(self.rates, operation)
    }

    /// How to look for what this operation sent.
    pub fn trail(&self, operation: &Operation) -> Option<&'static Trail> {
        self.trails.iter().copied().find(|trail| trail.of.id == operation.id)
    }
}

/// The vendor's address; every vendor's connection form has it.
pub static ENDPOINT: Field = Field::connection("endpoint", desk::ENDPOINT, Kind::Address, "ENDPOINT")
    .required("ENDPOINT")
    .hint(desk::ENDPOINT_HINT);

/// The proxy template; every vendor's connection form has it. Empty calls the vendor directly.
pub static PROXY: Field = Field::connection("proxy", desk::PROXY, Kind::Address, "PROXY")
    .required_when(PROXY_SIGNS, "SIGNS")
    .hint(desk::PROXY_HINT);

/// Who proves the app: the page, with a secret that is typed in, or the proxy, whose secret no browser sees. Every vendor's
/// connection form has it.
pub static SIGNS: Field = Field::connection(
    "signs",
    desk::SIGNS,
    Kind::Word(&[
        Choice::noted("page", desk::SIGNS_PAGE, desk::SIGNS_PAGE_NOTE),
        Choice::noted(BY_PROXY, desk::SIGNS_PROXY, desk::SIGNS_PROXY_NOTE),
    ]),
    "SIGNS",
)
.initial("page")
.default("page");

/// The word for a connection whose proxy signs.
pub const BY_PROXY: &str = "proxy";

/// Holds while the proxy proves the app: what proves it is then neither typed in nor sent.
pub const PROXY_SIGNS: Condition = Condition::Is(&SIGNS, &[BY_PROXY]);

/// Holds while the page proves the app.
pub const PAGE_SIGNS: Condition = Condition::IsNot(&SIGNS, &[BY_PROXY]);

/// Whether the proxy of a checked connection form signs.
pub fn proxy_signs(connection: &Entries) -> bool {
    connection.text(&SIGNS) == BY_PROXY
}
