//! A caller of this dialect that signs its requests.

use sandbox::user_sig;
use serde_json::{Value, json};

use crate::desk::{Answer, Call, Desk, machine_seconds};

pub const APP: u64 = 1_400_000_001;
pub const ADMIN: &str = "administrator";
pub const KEY: &str = "practice-secret-key";
pub const GROUP: &str = "@TGS#2PRACTICE";

/// The query of a call, to be bent before it is sent.
#[derive(Clone, Debug)]
pub struct Url {
    pairs: Vec<(String, String)>,
}

impl Url {
    /// An administrator of the practice app, with a UserSig of a day.
    pub fn new() -> Self {
        Self::signed(APP, ADMIN, KEY, machine_seconds())
    }

    pub fn signed(app: u64, identifier: &str, key: &str, time: i64) -> Self {
        let sig = user_sig(key, app, identifier, u64::try_from(time).expect("a date"), 86_400, None);
        let app = app.to_string();
        let pairs = [
            ("sdkappid", app.as_str()),
            ("identifier", identifier),
            ("usersig", &sig),
            ("random", "99999999"),
            ("contenttype", "json"),
        ];
        Self { pairs: pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into() }
    }

    pub fn without(mut self, key: &str) -> Self {
        self.pairs.retain(|(name, _)| name != key);
        self
    }

    pub fn with(self, key: &str, value: &str) -> Self {
        let mut url = self.without(key);
        url.pairs.push((key.to_owned(), value.to_owned()));
        url
    }

    pub fn query(&self) -> String {
        let pairs = self.pairs.iter().map(|(key, value)| format!("{key}={value}"));
        pairs.collect::<Vec<_>>().join("&")
    }

    pub fn call(&self, command: &str, body: &Value) -> Call {
        let target = format!("/tencent/v4/{command}?{}", self.query());
        Call { method: "POST", target, headers: vec![], body: body.to_string() }
    }
}

pub fn call(command: &str, body: &Value) -> Call {
    Url::new().call(command, body)
}

/// `ErrorCode` and `ErrorInfo` of an answer, which is always HTTP 200.
pub fn told(answer: &Answer) -> (u64, String) {
    let json = answer.json();
    assert_eq!(answer.status.as_u16(), 200, "{json}");
    let code = json["ErrorCode"].as_u64().expect("a code");
    if code != 0 {
        assert_eq!(json["ActionStatus"], "FAIL", "{json}");
        assert_eq!(json.as_object().map(serde_json::Map::len), Some(3), "{json}");
    }
    (code, json["ErrorInfo"].as_str().expect("a text").to_owned())
}

/// Calls and expects success.
pub async fn done(desk: &Desk, command: &str, body: &Value) -> Value {
    let answer = desk.send(call(command, body)).await;
    assert_eq!(told(&answer).0, 0, "{}", answer.text);
    answer.json()
}

/// Calls and gives the code.
pub async fn code(desk: &Desk, command: &str, body: &Value) -> u64 {
    told(&desk.send(call(command, body)).await).0
}

/// Calls and expects this code and a text that begins with the field.
pub async fn refuses(desk: &Desk, command: &str, body: &Value, expected: u64, field: &str) {
    let (code, info) = told(&desk.send(call(command, body)).await);
    assert_eq!(code, expected, "{info} for {body}");
    assert!(info.starts_with(&format!("{field} ")), "{field}: {info}");
}

/// Every stored message of this vendor's.
pub async fn messages(desk: &Desk) -> Vec<Value> {
    let log = desk.control("GET", "tencent/messages", Value::Null).await;
    log["messages"].as_array().expect("a list").clone()
}

/// The seeded one-to-one message with this seq.
pub async fn seeded(desk: &Desk, seq: u64) -> Value {
    let found = messages(desk).await.into_iter().find(|it| it.get("MsgKey").is_some() && it["MsgSeq"] == seq);
    found.expect("a seeded message")
}

/// What names a one-to-one message.
pub async fn place(desk: &Desk, seq: u64) -> Value {
    let stored = seeded(desk, seq).await;
    json!({ "From_Account": stored["From_Account"], "To_Account": stored["To_Account"], "MsgKey": stored["MsgKey"] })
}

pub fn text(text: &str) -> Value {
    json!([{ "MsgType": "TIMTextElem", "MsgContent": { "Text": text } }])
}

/// A copy of the body with one more field.
pub fn with(body: &Value, key: &str, value: Value) -> Value {
    let mut body = body.clone();
    body[key] = value;
    body
}

/// A copy of the body without a field.
pub fn without(body: &Value, key: &str) -> Value {
    let mut body = body.clone();
    body.as_object_mut().expect("an object").remove(key).expect("the field");
    body
}
