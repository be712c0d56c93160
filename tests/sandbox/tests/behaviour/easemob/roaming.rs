use serde_json::{Value, json};

use super::client::{Client, GROUP, V6, told};

async fn count(client: &Client, user: &str, place: &str, key: &str, other: &str) -> usize {
    let body = json!({ "username": user, key: other, "limit": 100 });
    let answer = client.desk.send(client.call("POST", &format!("{V6}/roaming/{place}"), &body)).await;
    answer.json()["data"]["msgs"].as_array().expect("a list").len()
}

async fn delete(client: &Client, tail: &str) -> Value {
    client.done("DELETE", &format!("/rest/message/roaming/{tail}"), &Value::Null).await
}

#[tokio::test]
async fn one_side_loses_the_named_messages_and_the_other_keeps_them() {
    let client = Client::new().await;
    let (one, other) = (client.id("活动今晚八点开始").await, client.id("收到，谢谢").await);
    let list = format!("{one}%2C{other},1");
    let reply =
        delete(&client, &format!("chat/user/lisi?userId=zhangsan&msgIdList={list}&isNotify=false")).await;
    assert_eq!(reply["requestStatusCode"], "ok");
    assert_eq!(reply.as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(count(&client, "lisi", "chat", "to", "zhangsan").await, 8);
    assert_eq!(count(&client, "zhangsan", "chat", "to", "lisi").await, 10);
    let effects = client.desk.effects().await;
    assert_eq!(effects.len(), 2);
    assert_eq!(effects[0]["detail"], json!({ "for": "lisi", "isNotify": false }));
    assert_eq!(effects[0]["operation"], "easemob.delete_roaming");
    delete(&client, &format!("chat/user/lisi?userId=zhangsan&msgIdList={one}")).await;
    assert_eq!(client.desk.effects().await.len(), 2, "what is gone cannot go again");
}

#[tokio::test]
async fn groups_and_times_and_everything() {
    let client = Client::new().await;
    let id = client.id("群公告：明天维护").await;
    delete(&client, &format!("group/user/lisi?groupId={GROUP}&msgIdList={id}")).await;
    assert_eq!(count(&client, "lisi", "group", "groupId", GROUP).await, 1);
    let time = client.stored("收到，谢谢").await.expect("a message")["timestamp"].clone();
    delete(&client, &format!("chat/user/zhangsan/time?userId=lisi&delTime={time}&isNotify=true")).await;
    assert_eq!(count(&client, "zhangsan", "chat", "to", "lisi").await, 8, "the time itself is included");
    delete(&client, &format!("group/user/lisi/time?groupId={GROUP}&delTime=9999999999999")).await;
    assert_eq!(count(&client, "lisi", "group", "groupId", GROUP).await, 0);
    client.done("POST", "/rest/message/roaming/user/zhangsan/delete/all", &Value::Null).await;
    assert_eq!(count(&client, "zhangsan", "chat", "to", "lisi").await, 0);
    assert_eq!(count(&client, "zhangsan", "group", "groupId", GROUP).await, 0);
    assert_eq!(count(&client, "lisi", "chat", "to", "zhangsan").await, 10);
    let operations: std::collections::BTreeSet<String> = client
        .desk
        .effects()
        .await
        .iter()
        .map(|it| it["operation"].as_str().expect("a name").to_owned())
        .collect();
    assert_eq!(
        operations.into_iter().collect::<Vec<_>>(),
        [
            "easemob.delete_roaming_all",
            "easemob.delete_roaming_before",
            "easemob.delete_roaming_group",
            "easemob.delete_roaming_group_before"
        ]
    );
}

#[tokio::test]
async fn a_conversation_goes_with_its_copies_or_without() {
    let client = Client::new().await;
    let path = "/users/lisi/user_channel";
    let body = |delete: bool| json!({ "channel": "zhangsan", "type": "chat", "delete_roam": delete });
    assert_eq!(client.done("DELETE", path, &body(false)).await["data"], json!({ "result": "ok" }));
    assert_eq!(count(&client, "lisi", "chat", "to", "zhangsan").await, 10);
    client.done("DELETE", path, &body(true)).await;
    assert_eq!(count(&client, "lisi", "chat", "to", "zhangsan").await, 0);
    for (body, field) in [
        (json!({ "type": "chat", "delete_roam": true }), "channel"),
        (json!({ "channel": "a", "type": "chatroom", "delete_roam": true }), "type"),
        (json!({ "channel": "a", "type": "chat" }), "delete_roam"),
    ] {
        client.unreadable("DELETE", "/users/lisi/user_channel", &body, field).await;
    }
}

#[tokio::test]
async fn queries_are_read_strictly() {
    let client = Client::new().await;
    let path = |tail: &str| format!("/rest/message/roaming/{tail}");
    for (tail, field) in [
        ("chat/user/lisi", "userId"),
        ("chat/user/lisi?userId=a", "msgIdList"),
        ("chat/user/lisi?userId=a&msgIdList=", "msgIdList"),
        ("chat/user/lisi?userId=a&msgIdList=1&isNotify=1", "isNotify"),
        ("chat/user/lisi?userId=a&msgIdList=1&groupId=1", "groupId"),
        ("group/user/lisi?userId=a&msgIdList=1", "groupId"),
        ("chat/user/lisi/time?userId=a", "delTime"),
        ("chat/user/lisi/time?userId=a&delTime=soon", "delTime"),
        ("chat/user/lisi?userId", "userId"),
    ] {
        client.unreadable("DELETE", &path(tail), &Value::Null, field).await;
    }
    let many = vec!["1"; 51].join(",");
    let answer = client
        .refused("DELETE", &path(&format!("chat/user/lisi?userId=a&msgIdList={many}")), &Value::Null)
        .await;
    assert_eq!(answer, told(400, "param exception", "delete msg list limit can not greater than 50"));
    let answer = client.refused("DELETE", &path("chat/user/nobody?userId=a&msgIdList=1"), &Value::Null).await;
    assert_eq!(answer, told(404, "service_resource_not_found", "Service resource not found"));
    let token = Client::token_of(&client.desk, "closed", 3).await;
    let closed = Client { token, ..client };
    let call = closed.call(
        "DELETE",
        "/easemob/practice-org/closed/rest/message/roaming/chat/user/lisi?userId=a&msgIdList=1",
        &Value::Null,
    );
    assert_eq!(super::client::refusal(&closed.desk.send(call).await).1, "service open exception");
}
