//! A strict local imitation of the IM clouds that Message Desk talks to.
//!
//! It shares no code with the desk: an imitation that shared a misreading with what it checks would agree with
//! its mistakes. Each vendor's dialect lives in its own folder; what is common to all of them (faults, the log
//! of effects, the log of requests, the control routes) lives beside this file and knows no vendor's wire format.
#![forbid(unsafe_code)]

mod clock;
mod control;
mod easemob;
mod effects;
mod faults;
mod fields;
mod gate;
mod line;
mod practice;
mod requests;
mod spoil;
mod tencent;
mod world;
mod yunxin;

use axum::Router;
use axum::routing::{any, get};

pub use line::{Hangup, serve};
pub use tencent::{Expected, UserSig, UserSigFault, decode_user_sig, user_sig};
pub use world::Sandbox;
pub use yunxin::check_sum;

/// Every route of the sandbox: the vendors' dialects, `/control`, `/practice` and `/healthz`.
///
/// Served by [`serve`] the cut connections of the faults are real; called directly (`tower::ServiceExt::oneshot`)
/// such an answer is empty and carries a [`Hangup`] extension instead.
pub fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/practice/config.json", get(practice::config))
        .nest("/control", control::routes())
        .route("/yunxin", any(gate::answer::<yunxin::Yunxin>))
        .route("/yunxin/{*rest}", any(gate::answer::<yunxin::Yunxin>))
        .route("/tencent", any(gate::answer::<tencent::Tencent>))
        .route("/tencent/{*rest}", any(gate::answer::<tencent::Tencent>))
        .route("/easemob", any(gate::answer::<easemob::Easemob>))
        .route("/easemob/{*rest}", any(gate::answer::<easemob::Easemob>))
        .route("/easemob-files/{app}/{time}", get(easemob::download))
        .with_state(sandbox)
}
