//! How often Easemob lets an app call: 100 times a second, and sends besides by their receivers, groups or rooms.

use super::send::{SEND_GROUPS, SEND_ROOMS, SEND_USERS};
use crate::domain::rate::Rate;

/// E-SND-2, E-LIM-1.
pub(super) static RATES: &[Rate] = &[
    Rate::per_second(&[&SEND_USERS], 100, 1_000, "E-SND-2").items(6_000),
    Rate::per_second(&[&SEND_GROUPS], 20, 1_000, "E-SND-2").items(20 * 60),
    Rate::per_second(&[&SEND_ROOMS], 100, 1_000, "E-SND-2").items(100 * 60),
    Rate::per_second(&[], 100, 1_000, "E-LIM-1"),
];
