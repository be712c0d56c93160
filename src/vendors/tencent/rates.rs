//! How often Tencent lets an app call: 200 times a second, and batch sends besides by their receivers. Sends can be raised; no bound is
//! documented.

use super::batch_send::BATCH_SEND;
use super::send::SEND;
use super::send_group::SEND_GROUP;
use crate::domain::rate::Rate;

/// T-BAT-7.
pub(super) static RATES: &[Rate] = &[
    Rate::per_second(&[&BATCH_SEND], 200, 1_000, "T-BAT-7").items(12_000),
    Rate::per_second(&[&SEND, &SEND_GROUP], 200, 1_000, "T-BAT-7"),
    Rate::per_second(&[], 200, 200, "T-BAT-7"),
];
