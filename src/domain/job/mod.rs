//! Jobs: many drafts with one purpose, done so that none goes out silently twice and none is silently lost. Pure.
//!
//! [`engine::Engine`] is a state machine: events go in, commands come out. Time, chance, storage and the network are its
//! caller's. It knows items by their index and requests by a number; what they say and to whom is not its business.
//! `docs/jobs.md` says what is promised and what that rests on; `tests/simulator` tries to break it.

pub mod ahead;
pub mod brake;
pub mod classify;
pub mod code;
pub mod engine;
pub mod event;
pub mod item;
pub mod journal;
pub mod ledger;
pub mod pace;
pub mod plan;
pub mod record;
pub mod results;
pub mod retry;
pub mod settings;
pub mod trace;

/// Milliseconds: a moment since 1970, or a span.
pub type Millis = u64;
