//! A caller that fetches a token and knows the paths.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::desk::{Answer, Call, Desk};

pub const APP: &str = "/easemob/practice-org/message-desk";
pub const V6: &str = "/easemob/api/server/v6/practice-org/message-desk";
pub const GROUP: &str = "184524748161025";
pub const ROOM: &str = "185145305923585";

pub fn token_body() -> Value {
    json!({ "grant_type": "client_credentials", "client_id": "practice-client-id-0001",
            "client_secret": "practice-secret-0001" })
}

pub fn bare(method: &'static str, target: &str, body: &Value) -> Call {
    let mut headers = vec![("Accept", "application/json".to_owned())];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    if !body.is_empty() {
        headers.push(("Content-Type", "application/json".to_owned()));
    }
    Call { method, target: target.to_owned(), headers, body }
}

/// A sandbox and a token for its first app.
pub struct Client {
    pub desk: Desk,
    pub token: String,
}

impl Client {
    pub async fn new() -> Self {
        let desk = Desk::new();
        let token = Self::token_of(&desk, "message-desk", 1).await;
        Self { desk, token }
    }

    /// A token of one of the practice apps.
    pub async fn token_of(desk: &Desk, app: &str, number: u8) -> String {
        let body = json!({ "grant_type": "client_credentials",
            "client_id": format!("practice-client-id-000{number}"),
            "client_secret": format!("practice-secret-000{number}") });
        let answer = desk.send(bare("POST", &format!("/easemob/practice-org/{app}/token"), &body)).await;
        answer.json()["access_token"].as_str().expect("a token").to_owned()
    }

    pub fn call(&self, method: &'static str, target: &str, body: &Value) -> Call {
        bare(method, target, body).with("Authorization", &format!("Bearer {}", self.token))
    }

    pub async fn send(&self, method: &'static str, path: &str, body: &Value) -> Answer {
        self.desk.send(self.call(method, &format!("{APP}{path}"), body)).await
    }

    /// The whole answer of a call that succeeds.
    pub async fn done(&self, method: &'static str, path: &str, body: &Value) -> Value {
        let answer = self.send(method, path, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{path} {body}: {}", answer.text);
        answer.json()
    }

    /// Status, error name and text of a call that is refused.
    pub async fn refused(&self, method: &'static str, path: &str, body: &Value) -> (u16, String, String) {
        refusal(&self.send(method, path, body).await)
    }

    /// Expects that the body or the query cannot be read, because of this field.
    pub async fn unreadable(&self, method: &'static str, path: &str, body: &Value, field: &str) {
        let answer = self.send(method, path, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{field}: {} for {body}", answer.text);
        let json = answer.json();
        let hint = json["sandbox_hint"].as_str().unwrap_or_default();
        assert!(hint.starts_with(&format!("{field} ")), "{field}: {json} for {body}");
    }

    pub async fn control(&self, method: &'static str, path: &str, body: Value) -> Value {
        self.desk.control(method, &format!("easemob/{path}"), body).await
    }

    pub async fn limit(&self, limits: Value) {
        self.control("POST", "limits", limits).await;
    }

    /// The stored message that says this, or has this type.
    pub async fn stored(&self, said: &str) -> Option<Value> {
        let log = self.control("GET", "messages", Value::Null).await;
        let messages = log["messages"].as_array().expect("a list").clone();
        messages.into_iter().find(|it| it["body"]["msg"] == said || it["type"] == said)
    }

    pub async fn id(&self, said: &str) -> String {
        let message = self.stored(said).await.expect("a stored message");
        message["msg_id"].as_str().expect("an id").to_owned()
    }

    /// Adds a text and tells its id.
    pub async fn plant(&self, message: Value) -> String {
        let added = self.control("POST", "messages", message).await;
        added["msg_id"].as_str().expect("an id").to_owned()
    }
}

pub fn refusal(answer: &Answer) -> (u16, String, String) {
    let json = answer.json();
    let text = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
    (answer.status.as_u16(), text("error"), text("error_description"))
}

pub fn told(status: u16, error: &str, description: &str) -> (u16, String, String) {
    (status, error.to_owned(), description.to_owned())
}
