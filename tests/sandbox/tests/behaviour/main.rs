//! The sandbox as its callers see it: every strictness, window, limit, fault and log.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod batch_send;
mod chatroom;
mod clear;
mod control;
mod desk;
mod easemob;
mod faults;
mod find_many;
mod find_message;
mod headers;
mod modify;
mod practice;
mod rates;
mod recall;
mod search;
mod send;
mod tencent;
mod wire;
