//! Easemob (环信即时通讯 IM), RESTful API.

pub mod codes;
