//! The dialect of the Easemob (环信) IM RESTful API: app token, rewrite, recall, one-sided deletes, send, find.
//!
//! Rule ids such as `E-MOD-4` name the rules this dialect is written from. Where the vendor's documents are silent
//! the decision is listed in the README beside this crate.

mod address;
mod app;
mod body;
mod content;
mod control;
mod conversation;
mod envelope;
mod find;
mod gate;
mod hour_file;
mod ids;
mod limits;
mod message;
mod query;
mod rates;
mod recall;
mod recall_item;
mod refusal;
mod rewrite;
mod roaming;
mod samples;
mod seed;
mod send;
mod spoil;
mod store;
mod token;

pub(crate) use address::Operation;
pub(crate) use control::routes as control_routes;
pub(crate) use gate::Easemob;
pub(crate) use hour_file::download;
pub(crate) use seed::{PRACTICE_APP, PRACTICE_ID, PRACTICE_ORG, PRACTICE_SECRET};
pub(crate) use store::Cloud;
