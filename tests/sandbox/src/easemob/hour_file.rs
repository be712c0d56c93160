//! Hour files (获取历史消息记录): `GET …/chatmessages/{time}` gives the address of a file that holds one hour.

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;
use sha1::{Digest, Sha1};

use super::app::App;
use super::gate::Done;
use super::limits::Limits;
use super::query::Query;
use super::refusal::Refusal;
use crate::world::Sandbox;

const HOUR_MS: i64 = 60 * 60 * 1_000;
const OLDEST_MS: i64 = 3 * 24 * HOUR_MS;
const LIFETIME_MS: i64 = 30 * 60 * 1_000;

/// The first millisecond of an hour written `yyyyMMddHH` in a zone.
fn begin(time: &str, zone_hours: i64) -> Option<i64> {
    let is_shaped = time.len() == 10 && time.bytes().all(|byte| byte.is_ascii_digit());
    let number = |from: usize, to: usize| time.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let hour = number(8, 10).filter(|it| is_shaped && *it < 24)?;
    let days = days_since_1970(year, month, day)?;
    Some((days * 24 + hour - zone_hours) * HOUR_MS)
}

fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let in_month = |month: i64| match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let fits = year >= 1970 && (1..=12).contains(&month) && (1..=in_month(month)).contains(&day);
    let before: i64 = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let months: i64 = (1..month).map(in_month).sum();
    fits.then_some(before + months + day - 1)
}

fn signature(app: &App, time: &str, expires: &str) -> String {
    hex::encode(Sha1::digest(format!("{} {time} {expires}", app.client_secret)))
}

/// The lines of the hour. They keep what one side has deleted (E-DEL-4).
fn lines(app: &App, begin: i64) -> String {
    let within = app.messages.values().filter(|it| (begin..begin + HOUR_MS).contains(&it.at));
    within.map(|message| format!("{}\n", message.item())).collect()
}

/// Answers with the short-lived address of the file.
pub(super) fn address(
    app: &App,
    time: &str,
    host: &str,
    limits: &Limits,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let illegal = |text: &str| Refusal::new(400, "illegal_argument", text);
    let begin = begin(time, limits.zone_hours)
        .ok_or_else(|| illegal("illegal arguments: time must be yyyyMMddHH"))?;
    if begin + HOUR_MS > now_ms || begin < now_ms - OLDEST_MS {
        return Err(illegal("illegal arguments: the file is expired or not stored yet"));
    }
    if lines(app, begin).is_empty() {
        return Err(Refusal::new(
            404,
            "storage_object_not_found",
            "Failed to find chat message history download url",
        ));
    }
    let expires = ((now_ms + LIFETIME_MS) / 1_000).to_string();
    let url = format!(
        "http://{host}/easemob-files/{}/{time}?Expires={expires}&Signature={}",
        app.id,
        signature(app, time, &expires)
    );
    Ok(Done::enveloped(json!([{ "url": url }]), Vec::new()))
}

/// `GET /easemob-files/{app id}/{time}`: one JSON object per line, not compressed.
pub(crate) async fn download(
    State(sandbox): State<Sandbox>,
    Path((id, time)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    let file = sandbox.with(|world| {
        let (now_ms, cloud) = (world.clock.now_ms(), &world.easemob);
        let app = cloud.apps.iter().find(|app| app.id == id)?;
        let mut query = Query::read(query.as_deref()).ok()?;
        let (expires, signed) = (query.required("Expires").ok()?, query.required("Signature").ok()?);
        let is_alive = expires.parse::<i64>().ok()?.checked_mul(1_000)? > now_ms;
        let is_genuine = signed == signature(app, &time, &expires);
        let begin = begin(&time, cloud.limits.zone_hours)?;
        (is_alive && is_genuine).then(|| lines(app, begin))
    });
    let Some(file) = file else {
        let mut refused = Response::new(Body::from("AccessDenied"));
        *refused.status_mut() = StatusCode::FORBIDDEN;
        return refused;
    };
    let mut response = Response::new(Body::from(file));
    let kind = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    use super::begin;

    #[test]
    fn an_hour_is_named_in_the_zone_of_its_cluster() {
        assert_eq!(begin("1970010100", 0), Some(0));
        assert_eq!(begin("1970010108", 8), Some(0));
        assert_eq!(begin("2024022923", 0), Some(1_709_247_600_000));
        for wrong in ["", "20240101", "2024010124", "2023022900", "2024130100", "202401010a", "+024010100"] {
            assert_eq!(begin(wrong, 8), None, "{wrong}");
        }
    }
}
