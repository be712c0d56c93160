//! The dialect of Tencent Cloud Chat.

mod access;
mod batch_send;
mod caller;
mod control;
mod delete;
mod elements;
mod faults;
mod groups;
mod history;
mod modify;
mod practice;
mod recall;
mod send;
