//! What a job was set up with. It stays through pause, reload and rerun. Pure.

use super::brake::Limits;
use super::pace::{Counted, Limit};
use super::record::Adjusted;
use super::retry::Twice;

/// What follows when the canary has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterCanary {
    /// A person decides about the rest.
    Asks,
    /// The rest goes when all of the canary was sent; else a person decides.
    GoesOn,
}

/// The settings of a job. They are stored once with it and never change; a run may be brought down below them, and a person may
/// [adjust](Self::adjust) them in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What doing the operation twice would do.
    pub twice: Twice,
    /// The limits of the connection.
    pub limits: Vec<Limit>,
    /// How many requests may be out at once: 1 to 4.
    pub at_once: u8,
    /// How many items go first; 0 is none, and nobody is asked.
    pub canary: u32,
    /// What follows them.
    pub after_canary: AfterCanary,
    /// When to pause by itself.
    pub brake: Limits,
}

/// From so many requests a minute on, one at a time may not be enough.
const BUSY: u64 = 600;
const MINUTE: u64 = 60_000;

impl Settings {
    /// How many requests may be out at once at this pace: one, unless it could not be kept that way.
    pub fn at_once(limits: &[Limit]) -> u8 {
        let per_minute = |limit: &Limit| u64::from(limit.most) * MINUTE / limit.per.max(1);
        let requests = limits.iter().filter(|limit| limit.counted == Counted::Requests);
        if requests.map(per_minute).min().is_some_and(|pace| pace >= BUSY) { 4 } else { 1 }
    }

    /// No more than so many requests a minute from now on, and no more at once than that needs.
    pub fn bring_down(&mut self, per_minute: u32) {
        let lower = Limit::requests(per_minute, MINUTE);
        let holds = |limit: &Limit| {
            limit.counted == Counted::Requests && limit.per == MINUTE && limit.most <= per_minute
        };
        if !self.limits.iter().any(holds) {
            self.limits.push(lower);
        }
        self.at_once = self.at_once.min(Self::at_once(&self.limits));
    }

    /// As a person adjusted them: slower, never faster, and with another brake.
    pub fn adjust(&mut self, adjusted: Adjusted) {
        self.bring_down(adjusted.per_minute);
        self.brake = Limits { row: adjusted.row, percent: adjusted.percent, ..self.brake };
    }

    /// The fewest requests a minute that its limits let leave; none where none counts requests by the minute.
    pub fn per_minute(&self) -> Option<u32> {
        let counts = |limit: &&Limit| limit.counted == Counted::Requests && limit.per == MINUTE;
        self.limits.iter().filter(counts).map(|limit| limit.most).min()
    }

    /// Cautious settings: one request at a time, one canary.
    pub fn new(twice: Twice, limits: Vec<Limit>) -> Self {
        let brake = Limits::default();
        Self { twice, limits, at_once: 1, canary: 1, after_canary: AfterCanary::Asks, brake }
    }
}
