//! What a plain TCP client sees: the cuts must be real.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::json;
use tokio::net::TcpListener;

use crate::desk::{Call, Desk};

fn send() -> Call {
    Call::batch(&json!({ "sender_id": "zhangsan", "receiver_ids": ["lisi"],
        "receiver_no_sense": false, "message": { "message_type": 0, "text": "一" } }))
}

async fn listening(desk: &Desk) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(sandbox::serve(listener, desk.routes()));
    address
}

/// Writes the request as bytes and reads until the server closes.
async fn talk(address: SocketAddr, call: Call) -> String {
    let mut text = format!("{} {} HTTP/1.1\r\nHost: {address}\r\n", call.method, call.target);
    for (name, value) in &call.headers {
        text += &format!("{name}: {value}\r\n");
    }
    text += &format!("Content-Length: {}\r\n\r\n{}", call.body.len(), call.body);
    let conversation = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a timeout");
        stream.write_all(text.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an orderly close by the server");
        String::from_utf8(answer).expect("UTF-8")
    });
    conversation.await.expect("no panic")
}

#[tokio::test]
async fn an_ordinary_answer_arrives_whole() {
    let desk = Desk::new();
    let address = listening(&desk).await;
    let answer = talk(address, send().with("Connection", "close")).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\"success_list\""));
    assert!(!answer.to_lowercase().contains("access-control"));
}

#[tokio::test]
async fn a_connection_cut_before_the_effect_gives_not_one_byte() {
    let desk = Desk::new();
    let address = listening(&desk).await;
    desk.fault(json!({ "on": "yunxin.batch_send", "kind": "cut_before" })).await;
    let call = send();
    assert_eq!(talk(address, call.clone()).await, "");
    assert!(desk.effects().await.is_empty());
    assert_eq!(desk.requests().await[0]["http_status"], json!(null));
    // Nothing reached the server, so the same trace id still works.
    let again = talk(address, call.with("Connection", "close")).await;
    assert!(again.contains("\"code\":200"), "{again}");
}

#[tokio::test]
async fn a_connection_cut_after_the_effect_gives_not_one_byte_either() {
    let desk = Desk::new();
    let address = listening(&desk).await;
    desk.fault(json!({ "on": "*", "kind": "cut_after" })).await;
    let call = send();
    assert_eq!(talk(address, call.clone()).await, "");
    assert_eq!(desk.effects().await.len(), 1);
    let again = talk(address, call.with("Connection", "close")).await;
    assert!(again.contains("\"code\":431"), "{again}");
    assert_eq!(desk.effects().await.len(), 1);
}

#[tokio::test]
async fn a_truncated_answer_promises_more_than_it_brings() {
    let desk = Desk::new();
    let address = listening(&desk).await;
    desk.fault(json!({ "on": "*", "kind": "truncated" })).await;
    let answer = talk(address, send()).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let promised = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned))
        .and_then(|length| length.parse::<usize>().ok())
        .expect("a length");
    assert!(!body.is_empty() && body.len() < promised, "{} of {promised}", body.len());
    assert_eq!(desk.effects().await.len(), 1);
}

#[tokio::test]
async fn a_raw_bar_in_the_path_is_understood_on_the_wire() {
    let desk = Desk::new();
    let address = listening(&desk).await;
    let mut call = Call::recall("zhangsan|1|lisi", crate::desk::seeded(19), "type=2");
    call.target = call.target.replace("%7C", "|");
    let answer = talk(address, call.with("Connection", "close")).await;
    assert!(answer.contains("\"code\":200"), "{answer}");
}
