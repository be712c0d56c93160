//! The Easemob dialect as its callers see it.

mod client;
mod find;
mod hour_file;
mod practice;
mod rates;
mod recall;
mod rewrite;
mod roaming;
mod send;
mod token;
mod wire;
