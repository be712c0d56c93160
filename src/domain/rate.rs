//! How often a vendor lets an app do something, as data. Pure.

use super::field::RuleId;
use super::operation::Operation;

const SECONDS: u32 = 60;

/// What a vendor documents for some of its operations.
#[derive(Debug)]
pub struct Rate {
    /// For which; for none all that no other says something of.
    pub of: &'static [&'static Operation],
    /// Requests a minute, where nothing was bought or raised.
    pub requests: u32,
    /// The most requests a minute that the vendor offers at all.
    pub most_requests: u32,
    /// Items a minute, where the vendor counts them.
    pub items: Option<u32>,
    /// The rule.
    pub rule: RuleId,
}

impl Rate {
    /// So many requests a second.
    pub const fn per_second(
        of: &'static [&'static Operation],
        requests: u32,
        most: u32,
        rule: RuleId,
    ) -> Self {
        Self { of, requests: requests * SECONDS, most_requests: most * SECONDS, items: None, rule }
    }

    /// So many requests a minute.
    pub const fn per_minute(
        of: &'static [&'static Operation],
        requests: u32,
        most: u32,
        rule: RuleId,
    ) -> Self {
        Self { of, requests, most_requests: most, items: None, rule }
    }

    /// That counts items too: so many a minute.
    pub const fn items(self, items: u32) -> Self {
        Self { items: Some(items), ..self }
    }

    /// The rate of an operation among a vendor's.
    pub fn find(rates: &'static [Self], operation: &Operation) -> Option<&'static Self> {
        let own = |rate: &&Self| rate.of.iter().any(|known| known.id == operation.id);
        rates.iter().find(own).or_else(|| rates.iter().find(|rate| rate.of.is_empty()))
    }
}

/// The pace that is offered first: half of what the vendor allows, since other programs use the same limit, and no more than a person
/// can watch.
pub fn offered(rate: &Rate) -> (u32, u32) {
    const WATCHED: u32 = 600;
    (rate.requests.div_ceil(2).clamp(1, WATCHED), rate.items.map_or(WATCHED * 100, |items| items.div_ceil(2)))
}
