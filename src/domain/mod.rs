//! What an act is, from what was typed to what it led to. Pure: no browser, no clock, no chance.

pub mod caution;
pub mod draft;
pub mod endpoint;
pub mod escape;
pub mod field;
pub mod job;
pub mod json;
pub mod operation;
pub mod outcome;
pub mod problem;
pub mod reading;
pub mod reply;
pub mod request;
pub mod secret;
pub mod sentence;
pub mod validation;
pub mod vendor;
