//! The app token: issued for a client id and secret, shown as Bearer token on every other call.

use axum::http::{HeaderMap, header};
use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use super::app::App;
use super::limits::Limits;
use super::refusal::{Fields, Refusal};

const MINUTE_MS: i64 = 60_000;
/// What every token begins with.
const MARK: &str = "YWMt";
const SHORTEST: usize = 24;

#[derive(Debug)]
struct Issued {
    token: String,
    app_key: String,
    at: i64,
    /// None is for ever.
    expires_at: Option<i64>,
    too_often: bool,
}

/// Every token since the last reset.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    issued: Vec<Issued>,
}

impl Tokens {
    /// The token call (E-TOK-1 to E-TOK-6): its reply has no envelope.
    pub(super) fn issue(
        &mut self,
        app: &App,
        mut body: Fields,
        limits: &Limits,
        now_ms: i64,
    ) -> Result<Value, Refusal> {
        let illegal = |text: &str| Refusal::new(400, "illegal_argument", text);
        if body.text("grant_type")?.as_deref() != Some("client_credentials") {
            return Err(illegal("grant_type must be client_credentials"));
        }
        let mut given = |key: &str| -> Result<_, Refusal> { Ok(body.text(key)?.filter(|it| !it.is_empty())) };
        let client_id = given("client_id")?.ok_or_else(|| illegal("client_id must be provided."))?;
        let secret = given("client_secret")?.ok_or_else(|| illegal("client_secret must be provided"))?;
        let ttl = body.natural("ttl")?.unwrap_or(limits.token_ttl_seconds);
        body.finish()?;
        if client_id != app.client_id {
            return Err(Refusal::new(400, "invalid_grant", "client_id does not match"));
        }
        if secret != app.client_secret {
            return Err(Refusal::new(400, "invalid_grant", "client_secret does not match"));
        }

        let app_key = app.key();
        let recent = self.issued.iter().filter(|it| it.app_key == app_key && now_ms - it.at < MINUTE_MS);
        let too_often = recent.count() >= limits.tokens_per_minute;
        let hash = Sha1::digest(format!("{app_key} {} {now_ms}", self.issued.len()));
        let token = format!("{MARK}{}", hex::encode(hash));
        let expires_at = (ttl > 0).then(|| now_ms.saturating_add(ttl.saturating_mul(1_000)));
        self.issued.push(Issued { token: token.clone(), app_key, at: now_ms, expires_at, too_often });
        Ok(json!({ "access_token": token, "expires_in": ttl, "application": app.uuid }))
    }

    /// Checks `Authorization: Bearer …`, with exactly one space.
    pub(super) fn check(&self, headers: &HeaderMap, app: &App, now_ms: i64) -> Result<(), Refusal> {
        let expired = || {
            Refusal::new(401, "unauthorized", "Unable to authenticate due to expired access token")
                .also("UnauthorizedException")
        };
        let bad = |text: &str| Refusal::new(401, "auth_bad_access_token", text);
        let value = headers.get(header::AUTHORIZATION).ok_or_else(expired)?;
        let token = value.to_str().ok().and_then(|it| it.strip_prefix("Bearer ")).filter(|it| is_whole(it));
        let token = token.ok_or_else(|| bad("Unable to authenticate due to corrupt access token"))?;
        let issued = self.issued.iter().find(|it| it.token == token && it.app_key == app.key());
        let issued = issued.ok_or_else(|| bad("Unable to authenticate"))?;
        match issued.expires_at {
            Some(until) if until <= now_ms => Err(expired()),
            _ => Ok(()),
        }
    }

    /// Ends the life of every token.
    pub(super) fn expire_all(&mut self, now_ms: i64) {
        self.issued.iter_mut().for_each(|it| it.expires_at = Some(now_ms));
    }

    /// Every issue in order, without the tokens themselves.
    pub(super) fn shown(&self) -> Value {
        let issued: Vec<Value> = self
            .issued
            .iter()
            .map(|it| {
                json!({ "app_key": it.app_key, "at": it.at, "expires_at": it.expires_at,
                        "too_often": it.too_often })
            })
            .collect();
        let too_often = self.issued.iter().filter(|it| it.too_often).count();
        json!({ "issued": issued, "too_often": too_often })
    }
}

fn is_whole(token: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+/=".contains(&byte);
    token.len() >= SHORTEST && token.starts_with(MARK) && token.bytes().all(allowed)
}

/// The body of a token call as a log may show it.
pub(super) fn without_secret(body: &str) -> String {
    let Ok(mut body) = serde_json::from_str::<Value>(body) else {
        return "(not JSON, not shown)".to_owned();
    };
    match body.as_object_mut() {
        Some(map) => {
            if let Some(secret) = map.get_mut("client_secret") {
                *secret = "(not shown)".into();
            }
            body.to_string()
        }
        None => "(no object, not shown)".to_owned(),
    }
}
