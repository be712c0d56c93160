//! What the vendor keeps: apps with their accounts, messages and groups.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::group::Group;
use super::limits::Limits;
use super::message::{Messages, Place};
use super::rates::Rates;

/// The apps by their SDKAppID.
pub(super) type Apps = BTreeMap<u64, App>;

/// Whether the app is paid for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Plan {
    #[default]
    Running,
    Expired,
}

/// Numbers that the server makes itself. They look random and are the same in every run.
#[derive(Debug)]
pub(super) struct Numbers {
    state: u32,
    serial: u64,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { state: 31_906, serial: 0 }
    }
}

impl Numbers {
    /// The next number for a `MsgSeq` or `MsgRandom`.
    pub(super) fn draw(&mut self) -> u32 {
        self.state = self.peek();
        self.state
    }

    /// What the next draw would give, without drawing.
    pub(super) fn peek(&self) -> u32 {
        self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)
    }

    /// A number higher than every one before it.
    pub(super) fn rise(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }
}

/// By what a repeated one-to-one message is known (T-SND-2). The receiver is not part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SendKey {
    pub(super) from: String,
    pub(super) seq: u32,
    pub(super) random: u32,
    pub(super) content: String,
}

/// One customer's app.
#[derive(Debug, Default)]
pub(crate) struct App {
    pub(super) secret: String,
    pub(super) plan: Plan,
    pub(super) admins: BTreeSet<String>,
    /// Every imported account, administrators among them.
    pub(super) accounts: BTreeSet<String>,
    pub(super) messages: Messages,
    pub(super) groups: BTreeMap<String, Group>,
    pub(super) numbers: Numbers,
    /// What was sent in the last two minutes, and when (ms), with its answer.
    pub(super) lately: BTreeMap<SendKey, (i64, Map<String, Value>)>,
}

impl App {
    /// A `MsgSeq` and the `MsgKey` it gives, unlike every stored one. A seq that the caller chose gives way when its key
    /// is taken.
    pub(super) fn new_key(
        &mut self,
        chosen: Option<u32>,
        random: u32,
        time: i64,
        pairs: &[(&str, &str)],
    ) -> (u32, String) {
        let mut seq = chosen.unwrap_or_else(|| self.numbers.draw());
        loop {
            let key = format!("{seq}_{random}_{time}");
            let taken = pairs.iter().any(|(from, to)| {
                let (from, to) = ((*from).to_owned(), (*to).to_owned());
                self.messages.has(&Place { from, to, key: key.clone() })
            });
            if !taken {
                return (seq, key);
            }
            seq = self.numbers.draw();
        }
    }
}

/// Everything on the vendor's side.
#[derive(Debug)]
pub(crate) struct Cloud {
    pub(super) apps: Apps,
    pub(super) limits: Limits,
    pub(super) rates: Rates,
}

impl Cloud {
    /// A cloud with these apps and nothing counted yet.
    pub(super) fn with(apps: Apps) -> Self {
        Self { apps, limits: Limits::default(), rates: Rates::default() }
    }
}
