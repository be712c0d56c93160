//! The dialect of the NetEase Yunxin IM server API v2: modify, recall/delete, send, batch send one-to-one,
//! clear, the queries, and what little of the chatrooms a desk needs.
//!
//! Rule ids such as `Y-DEL-2` name the rules this dialect is written from. Where the vendor's documents are silent
//! the decision is listed in the README beside this crate.

mod account;
mod address;
mod batch_send;
mod body;
mod chatroom;
mod clear;
mod codes;
mod content;
mod conversation;
mod fields;
mod find_by_ids;
mod find_history;
mod find_message;
mod gate;
mod limits;
mod message;
mod modify;
mod options;
mod page;
mod query;
mod rates;
mod recall;
mod samples;
mod search;
mod seed;
mod send;
mod signature;
mod spoil;
mod store;
mod team;

pub(crate) use address::Operation;
pub(crate) use gate::Yunxin;
pub(crate) use limits::LimitsPatch;
pub(crate) use seed::{PRACTICE_KEY, PRACTICE_SECRET};
pub use signature::check_sum;
pub(crate) use store::{Cloud, NewMessage};
