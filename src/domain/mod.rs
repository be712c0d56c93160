//! What an act is, from what was typed to what it led to. Pure: no browser, no clock, no chance.

pub mod batch;
pub mod caution;
pub mod draft;
pub mod endpoint;
pub mod escape;
pub mod field;
pub mod foresight;
pub mod intake;
pub mod job;
pub mod json;
pub mod limit;
pub mod message;
pub mod operation;
pub mod outcome;
pub mod paste;
pub mod plan;
pub mod problem;
pub mod reading;
pub mod reply;
pub mod request;
pub mod rows;
pub mod secret;
pub mod sentence;
pub mod validation;
pub mod vendor;
pub mod vocabulary;
