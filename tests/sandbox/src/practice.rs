//! The ready-made configuration with which the page reaches this sandbox.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use crate::control::json_answer;
use crate::easemob;
use crate::tencent;
use crate::world::Sandbox;
use crate::yunxin::{PRACTICE_KEY, PRACTICE_SECRET};

/// `GET /practice/config.json`: its samples are made from what is stored at that moment.
pub(crate) async fn config(State(sandbox): State<Sandbox>) -> Response {
    let samples = sandbox.with(|world| world.yunxin.samples(world.clock.now_ms()));
    let tencent_samples = sandbox.with(|world| world.tencent.samples(world.clock.now_ms()));
    let easemob_samples = sandbox.with(|world| world.easemob.samples(world.clock.now_ms()));
    json_answer(&json!({
        "connections": [{
            "name": { "zh-CN": "演练 · 同源代理", "en": "Practice · same-origin proxy" },
            "vendor": "yunxin",
            "endpoint": "https://sandbox.invalid/yunxin",
            "app_key": PRACTICE_KEY,
            "app_secret": PRACTICE_SECRET,
            "proxy": "proxy/sandbox{path}{query}",
            "practice": true,
            "samples": samples,
        }, {
            "name": { "zh-CN": "腾讯云演练 · 同源代理", "en": "Tencent practice · same-origin proxy" },
            "vendor": "tencent",
            "endpoint": "https://sandbox.invalid/tencent",
            "sdkappid": tencent::PRACTICE_APP.to_string(),
            "identifier": tencent::PRACTICE_ADMIN,
            "secret_key": tencent::PRACTICE_SECRET,
            "proxy": "proxy/sandbox{path}{query}",
            "practice": true,
            "samples": tencent_samples,
        }, {
            "name": { "zh-CN": "环信演练 · 同源代理", "en": "Easemob practice · same-origin proxy" },
            "vendor": "easemob",
            "endpoint": "https://sandbox.invalid/easemob",
            "org_name": easemob::PRACTICE_ORG,
            "app_name": easemob::PRACTICE_APP,
            "client_id": easemob::PRACTICE_ID,
            "client_secret": easemob::PRACTICE_SECRET,
            "proxy": "proxy/sandbox{path}{query}",
            "practice": true,
            "samples": easemob_samples,
        }]
    }))
}
