//! The dialect of Tencent Cloud Chat's server REST API (腾讯云即时通信 IM, v4): modify, recall, delete, send and query
//! messages of one-to-one conversations and of groups, signed with UserSig.
//!
//! Rule ids such as `T-MOD-2` name the rules this dialect is written from. Where the vendor's documents are silent
//! the decision is listed in the README beside this crate.

mod access;
mod acts;
mod address;
mod batch_send;
mod codes;
mod control;
mod delete_c2c;
mod edition;
mod elements;
mod fields;
mod find_c2c;
mod find_group;
mod gate;
mod group;
mod limits;
mod message;
mod modify_c2c;
mod modify_group;
mod outgoing;
mod plant;
mod push;
mod query;
mod rates;
mod recall_by_sender;
mod recall_c2c;
mod recall_group;
mod samples;
mod seed;
mod send;
mod send_group;
mod spoil;
mod store;
mod turn;
mod user_sig;
#[cfg(test)]
mod vectors;

pub(crate) use address::Operation;
pub(crate) use control::routes;
pub(crate) use gate::Tencent;
pub(crate) use seed::{PRACTICE_ADMIN, PRACTICE_APP, PRACTICE_SECRET};
pub(crate) use store::Cloud;
pub use user_sig::{Expected, UserSig, UserSigFault, decode_user_sig, user_sig};
