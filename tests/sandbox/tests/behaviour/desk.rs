//! A caller of the sandbox that signs its requests and counts its trace ids.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use sandbox::{Hangup, Sandbox, check_sum, router};
use serde_json::{Value, json};
use tower::ServiceExt;

pub const KEY: &str = "practice-app-key-0000000000000001";
pub const SECRET: &str = "practice-secret";
pub const TEAM: &str = "2366968294";
pub const MODIFY: &str = "/yunxin/im/v2/messages/actions/modifyMsg";
pub const BATCH: &str = "/yunxin/im/v2/conversations/messages";

static TRACES: AtomicU64 = AtomicU64::new(1);

/// One request, to be bent before it is sent.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: &'static str,
    pub target: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Call {
    pub fn new(method: &'static str, target: &str, body: &str) -> Self {
        let (nonce, cur_time) = ("0123456789abcdef", machine_seconds().to_string());
        let sum = check_sum(SECRET, nonce, &cur_time);
        let trace = TRACES.fetch_add(1, Ordering::Relaxed);
        let mut headers = vec![
            ("AppKey", KEY.to_owned()),
            ("Nonce", nonce.to_owned()),
            ("CurTime", cur_time),
            ("CheckSum", sum),
            ("X-custom-traceid", format!("trace-{trace}")),
        ];
        if !body.is_empty() {
            headers.push(("Content-Type", "application/json;charset=UTF-8".to_owned()));
        }
        Self { method, target: target.to_owned(), headers, body: body.to_owned() }
    }

    pub fn modify(body: &Value) -> Self {
        Self::new("POST", MODIFY, &body.to_string())
    }

    pub fn batch(body: &Value) -> Self {
        Self::new("POST", BATCH, &body.to_string())
    }

    pub fn recall(conversation: &str, id: i64, query: &str) -> Self {
        let conversation = conversation.replace('|', "%7C");
        let path = format!("/yunxin/im/v2/conversations/{conversation}/messages/{id}?{query}");
        Self::new("DELETE", &path, "")
    }

    pub fn find(conversation: &str, id: i64, query: &str) -> Self {
        let conversation = conversation.replace('|', "%7C");
        let path = format!("/yunxin/im/v2.1/conversations/{conversation}/messages/{id}?{query}");
        Self::new("GET", &path, "")
    }

    pub fn without(mut self, header: &str) -> Self {
        self.headers.retain(|(name, _)| *name != header);
        self
    }

    pub fn with(self, header: &'static str, value: &str) -> Self {
        let mut call = self.without(header);
        call.headers.push((header, value.to_owned()));
        call
    }

    /// Signs again as somebody else, at another time or with another nonce.
    pub fn signed(self, key: &str, secret: &str, nonce: &str, cur_time: &str) -> Self {
        self.with("AppKey", key)
            .with("Nonce", nonce)
            .with("CurTime", cur_time)
            .with("CheckSum", &check_sum(secret, nonce, cur_time))
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub hangup: Option<Hangup>,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("a JSON answer")
    }

    pub fn code(&self) -> u64 {
        self.json()["code"].as_u64().expect("a numeric code")
    }

    /// The code and the text of a refusal, which carries nothing else.
    pub fn refusal(&self) -> (u64, String) {
        let json = self.json();
        assert_eq!(self.status, StatusCode::OK, "failures come with HTTP 200");
        assert_eq!(json["data"], json!({}), "a refusal has no data: {json}");
        (self.code(), json["msg"].as_str().expect("a text").to_owned())
    }
}

/// One sandbox.
pub struct Desk {
    routes: Router,
}

impl Desk {
    pub fn new() -> Self {
        Self { routes: router(Sandbox::seeded()) }
    }

    pub fn routes(&self) -> Router {
        self.routes.clone()
    }

    pub async fn send(&self, call: Call) -> Answer {
        let mut request = Request::builder().method(call.method).uri(&call.target);
        for (name, value) in &call.headers {
            request = request.header(*name, value.as_bytes());
        }
        let request = request.body(Body::from(call.body)).expect("a request");
        let response = self.routes.clone().oneshot(request).await.expect("no error");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            hangup: parts.extensions.get().copied(),
            text: String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        }
    }

    /// Sends and expects a parameter error whose text begins with the field.
    pub async fn refuses(&self, call: Call, field: &str) {
        let shown = format!("{call:?}");
        let (code, msg) = self.send(call).await.refusal();
        assert_eq!(code, 414, "{field}: {msg} for {shown}");
        assert!(msg.starts_with(&format!("{field} ")), "{field}: {msg}");
    }

    pub async fn code(&self, call: Call) -> u64 {
        self.send(call).await.code()
    }

    pub async fn control(&self, method: &'static str, path: &str, body: Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let target = format!("/control/{path}");
        let answer = self.send(Call { method, target, headers: vec![], body }).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    }

    pub async fn effects(&self) -> Vec<Value> {
        let mut log = self.control("GET", "effects", Value::Null).await;
        serde_json::from_value(log["effects"].take()).expect("a list")
    }

    pub async fn requests(&self) -> Vec<Value> {
        let mut log = self.control("GET", "requests", Value::Null).await;
        serde_json::from_value(log["requests"].take()).expect("a list")
    }

    /// The stored message with this id.
    pub async fn message(&self, id: i64) -> Option<Value> {
        let log = self.control("GET", "messages", Value::Null).await;
        let messages = log["messages"].as_array().expect("a list").clone();
        messages.into_iter().find(|message| message["message_server_id"] == json!(id))
    }

    pub async fn fault(&self, fault: Value) {
        self.control("POST", "faults", fault).await;
    }

    pub async fn limit(&self, limits: Value) {
        self.control("POST", "limits", limits).await;
    }

    /// Puts the sandbox ahead of the machine; calls must then be signed for that time.
    pub async fn shift(&self, offset_ms: i64) {
        self.control("POST", "clock", json!({ "offset_ms": offset_ms })).await;
    }

    /// A body that modifies the stored message, with its locators taken from the store.
    pub async fn edit_of(&self, id: i64, operator: &str) -> Value {
        let stored = self.message(id).await.expect("a stored message");
        let mut message = json!({
            "message_server_id": id,
            "sender_id": stored["sender_id"],
            "receiver_id": stored["receiver_id"],
            "time": stored["create_time"],
            "message_type": stored["message_type"],
        });
        match stored["message_type"].as_i64() {
            Some(0 | 10) => message["text"] = json!("改正后的内容"),
            _ => message["attachment"] = stored["attachment"].clone(),
        }
        json!({ "operator": operator, "type": stored["conversation_type"], "message": message })
    }
}

pub fn machine_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    i64::try_from(since.as_secs()).expect("a small number")
}

/// The id of a seeded message from its last three digits.
pub fn seeded(tail: i64) -> i64 {
    158_844_553_334_358_000 + tail
}

/// A copy of the body with one place set, named as JSON pointer.
pub fn put(body: &Value, pointer: &str, value: Value) -> Value {
    let mut body = body.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let mut at = &mut body;
    for step in parent.split('/').skip(1) {
        at = &mut at[step];
    }
    at[key] = value;
    body
}

/// A copy of the body without one place.
pub fn drop(body: &Value, pointer: &str) -> Value {
    let mut body = body.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let object = body.pointer_mut(parent).and_then(Value::as_object_mut);
    object.expect("an object").remove(key).expect("the field");
    body
}
