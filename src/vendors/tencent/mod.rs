//! Tencent Cloud Chat (腾讯云即时通信 IM), server REST API.

pub mod codes;
pub mod user_sig;
