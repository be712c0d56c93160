//! How often Yunxin lets an app call: per app and call, by its plan; the smallest plan's, and the largest's.

use super::batch_send::BATCH_SEND;
use crate::domain::rate::Rate;

/// Y-BAT-11.
pub(super) static RATES: &[Rate] = &[
    Rate::per_minute(&[&BATCH_SEND], 120, 10_000, "Y-BAT-11"),
    Rate::per_second(&[], 100, 50_000, "Y-BAT-11"),
];
