use axum::http::StatusCode;
use serde_json::{Value, json};

use super::client::{APP, Client, bare, refusal, token_body, told};
use crate::desk::{Desk, drop, put};

const FIND: &str = "/easemob/api/server/v6/practice-org/message-desk/roaming/chat";

async fn ask(desk: &Desk, body: &Value) -> (u16, String, String) {
    refusal(&desk.send(bare("POST", &format!("{APP}/token"), body)).await)
}

async fn looks(desk: &Desk, authorization: &str) -> (u16, String, String) {
    let body = json!({ "username": "zhangsan", "to": "lisi" });
    refusal(&desk.send(bare("POST", FIND, &body).with("Authorization", authorization)).await)
}

#[tokio::test]
async fn a_token_has_no_envelope_and_its_call_is_logged_without_the_secret() {
    let desk = Desk::new();
    let body = put(&token_body(), "/ttl", json!(1_024_000));
    let reply = desk.send(bare("POST", &format!("{APP}/token"), &body)).await.json();
    assert!(reply["access_token"].as_str().is_some_and(|it| it.starts_with("YWMt")));
    assert_eq!(reply["expires_in"], 1_024_000);
    assert_eq!(reply["application"], "8be024f0-0000-4000-8000-000000000001");
    assert_eq!(reply.as_object().map(serde_json::Map::len), Some(3));
    let log = desk.requests().await;
    assert_eq!((&log[0]["operation"], &log[0]["http_status"]), (&json!("easemob.token"), &json!(200)));
    let shown = json!(log).to_string();
    assert!(!shown.contains("practice-secret") && !shown.contains("YWMt"), "{shown}");
    assert!(desk.effects().await.is_empty());
}

#[tokio::test]
async fn a_wrong_token_call_is_told_as_the_vendor_tells_it() {
    let desk = Desk::new();
    let body = token_body();
    for (body, expected) in [
        (drop(&body, "/client_id"), ("illegal_argument", "client_id must be provided.")),
        (drop(&body, "/client_secret"), ("illegal_argument", "client_secret must be provided")),
        (put(&body, "/client_id", json!("x")), ("invalid_grant", "client_id does not match")),
        (put(&body, "/client_secret", json!("x")), ("invalid_grant", "client_secret does not match")),
        (
            put(&body, "/grant_type", json!("agora")),
            ("illegal_argument", "grant_type must be client_credentials"),
        ),
    ] {
        assert_eq!(ask(&desk, &body).await, told(400, expected.0, expected.1));
    }
    for ttl in [json!("1024000"), json!(-1), json!(1.5), json!(null)] {
        assert_eq!(ask(&desk, &put(&body, "/ttl", ttl)).await.1, "invalid_request_body");
    }
    assert_eq!(ask(&desk, &put(&body, "/scope", json!("all"))).await.1, "invalid_request_body");
    let elsewhere = bare("POST", "/easemob/practice-org/nowhere/token", &body);
    let (status, error, _) = refusal(&desk.send(elsewhere).await);
    assert_eq!((status, error.as_str()), (404, "organization_application_not_found"));
}

#[tokio::test]
async fn every_other_call_wants_a_token_that_is_whole_alive_and_of_this_app() {
    let client = Client::new().await;
    let Client { desk, token } = &client;
    let body = json!({ "username": "zhangsan", "to": "lisi" });
    assert_eq!(desk.send(client.call("POST", FIND, &body)).await.status, StatusCode::OK);
    let expired = told(401, "unauthorized", "Unable to authenticate due to expired access token");
    let corrupt = told(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
    let foreign = told(401, "auth_bad_access_token", "Unable to authenticate");
    assert_eq!(refusal(&desk.send(bare("POST", FIND, &body)).await), expired);
    for wrong in ["Bearer", "Bearer ", "Basic x", "Bearer  YWMtx", "Bearer YWMt"] {
        assert_eq!(looks(desk, wrong).await, corrupt, "{wrong}");
    }
    assert_eq!(looks(desk, &format!("Bearer  {token}")).await, corrupt);
    assert_eq!(looks(desk, &format!("Bearer {}", token.replace("YWMt", "YWMs"))).await, corrupt);
    assert_eq!(looks(desk, &format!("Bearer {token}0")).await, foreign);
    let other = Client::token_of(desk, "second", 2).await;
    assert_eq!(looks(desk, &format!("Bearer {other}")).await, foreign);
    client.control("DELETE", "tokens", Value::Null).await;
    assert_eq!(looks(desk, &format!("Bearer {token}")).await, expired);
}

#[tokio::test]
async fn a_token_dies_by_the_clock_unless_it_was_asked_for_ever() {
    let desk = Desk::new();
    let mut tokens = Vec::new();
    for ttl in [60, 0] {
        let body = put(&token_body(), "/ttl", json!(ttl));
        let reply = desk.send(bare("POST", &format!("{APP}/token"), &body)).await.json();
        tokens.push(format!("Bearer {}", reply["access_token"].as_str().expect("a token")));
    }
    desk.shift(61_000).await;
    assert_eq!(looks(&desk, &tokens[0]).await.1, "unauthorized");
    desk.shift(300 * 24 * 60 * 60 * 1000).await;
    assert_eq!(looks(&desk, &tokens[1]).await.0, 200);
}

#[tokio::test]
async fn too_many_tokens_in_a_minute_are_noted() {
    let client = Client::new().await;
    Client::token_of(&client.desk, "message-desk", 1).await;
    let log = client.control("GET", "tokens", Value::Null).await;
    assert_eq!((&log["too_often"], log["issued"].as_array().map(Vec::len)), (&json!(0), Some(2)));
    Client::token_of(&client.desk, "message-desk", 1).await;
    let log = client.control("GET", "tokens", Value::Null).await;
    assert_eq!((&log["too_often"], &log["issued"][2]["too_often"]), (&json!(1), &json!(true)));
    assert_eq!(log["issued"][2]["app_key"], "practice-org#message-desk");
    assert!(!log.to_string().contains("YWMt"));
}

#[tokio::test]
async fn the_second_form_of_an_address_names_the_same_app() {
    let client = Client::new().await;
    let path = "/easemob/app-id/practice-app-id-0001/messages/users";
    let body = json!({ "to": ["lisi"], "type": "txt", "body": { "msg": "一" } });
    let reply = client.desk.send(client.call("POST", path, &body)).await.json();
    assert!(reply["data"]["lisi"].is_string(), "{reply}");
    for left_out in ["organization", "application", "applicationName"] {
        assert_eq!(reply[left_out], Value::Null);
    }
    assert_eq!(reply["path"], "/messages/users");
    let v6 = "/easemob/api/server/v6/app-id/practice-app-id-0001/roaming/chat";
    let found =
        client.desk.send(client.call("POST", v6, &json!({ "username": "admin", "to": "lisi" }))).await;
    assert_eq!(found.json()["data"]["msgs"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn paths_and_methods_that_are_not_there() {
    let client = Client::new().await;
    assert_eq!(client.refused("POST", "/messages/recall", &json!({})).await.0, 404);
    assert_eq!(client.refused("GET", "/nothing", &Value::Null).await.2, "no such API");
    let answer = client.send("GET", "/messages/users", &Value::Null).await;
    assert_eq!(
        (answer.status, &answer.headers["allow"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"POST".parse().unwrap())
    );
    let preflight = client.send("OPTIONS", "/messages/users", &Value::Null).await;
    assert_eq!(preflight.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(preflight.headers.keys().all(|name| !name.as_str().starts_with("access-control")));
    let text =
        client.call("POST", &format!("{APP}/messages/users"), &json!({})).with("Content-Type", "text/plain");
    assert_eq!(client.desk.send(text).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let broken = client.call("POST", &format!("{APP}/messages/users"), &json!({}));
    let broken = crate::desk::Call { body: "{".to_owned(), ..broken };
    assert_eq!(refusal(&client.desk.send(broken).await).1, "invalid_request_body");
}
