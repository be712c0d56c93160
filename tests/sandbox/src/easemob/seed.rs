//! What is there at the start and after a reset. The README lists all of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::app::{App, Feature};
use super::content::Kind;
use super::conversation::ChatType;
use super::ids::Ids;
use super::limits::Limits;
use super::message::{Letter, Message};
use super::rates::Rates;
use super::store::Cloud;
use super::token::Tokens;

/// The organization of every practice app.
pub(crate) const PRACTICE_ORG: &str = "practice-org";
/// The app of the practice configuration.
pub(crate) const PRACTICE_APP: &str = "message-desk";
/// Its client id. Obviously not a real one.
pub(crate) const PRACTICE_ID: &str = "practice-client-id-0001";
/// Its secret, just as obviously made up.
pub(crate) const PRACTICE_SECRET: &str = "practice-secret-0001";

pub(super) const GROUP: &str = "184524748161025";
pub(super) const ROOM: &str = "185145305923585";
const NUMBERED_USERS: [&str; 3] = ["user1", "user2", "user3"];

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Cloud {
    /// The practice apps with messages whose age is counted from `now_ms`.
    pub(crate) fn seeded(now_ms: i64) -> Self {
        let mut ids = Ids::default();
        let first = App {
            messages: first_messages(&mut ids, now_ms),
            users: ["zhangsan", "lisi", "wangwu", "kefu03", "admin"]
                .into_iter()
                .chain(NUMBERED_USERS)
                .collect(),
            ..app(1, PRACTICE_APP, PRACTICE_ID, PRACTICE_SECRET)
        };
        let mut second = app(2, "second", "practice-client-id-0002", "practice-secret-0002");
        let greeting =
            letter("alice", ChatType::Chat, Kind::Text, json!({ "msg": "hello from the second app" }));
        let greeting = greeting.to("bob", ids.next(now_ms - 10 * SECOND), now_ms - 10 * SECOND);
        second.messages.insert(greeting.id, greeting);
        second.users = BTreeSet::from(["alice", "bob"]);
        let mut closed = app(3, "closed", "practice-client-id-0003", "practice-secret-0003");
        closed.features = Feature::Closed;
        closed.users = BTreeSet::from(["zhangsan", "lisi"]);
        let limits = Limits::default();
        let (rates, tokens) = (Rates::default(), Tokens::default());
        Self { apps: vec![first, second, closed], ids, limits, rates, tokens }
    }
}

fn app(number: usize, name: &'static str, client_id: &'static str, client_secret: &'static str) -> App {
    let (id, uuid) = match number {
        1 => ("practice-app-id-0001", "8be024f0-0000-4000-8000-000000000001"),
        2 => ("practice-app-id-0002", "8be024f0-0000-4000-8000-000000000002"),
        _ => ("practice-app-id-0003", "8be024f0-0000-4000-8000-000000000003"),
    };
    App {
        org: PRACTICE_ORG,
        name,
        id,
        uuid,
        client_id,
        client_secret,
        features: Feature::Open,
        users: BTreeSet::new(),
        messages: BTreeMap::new(),
    }
}

/// A message as it is sent, without extension.
pub(super) fn letter(from: &str, chat_type: ChatType, kind: Kind, body: Value) -> Letter {
    let body: Map<String, Value> = body.as_object().cloned().unwrap_or_default();
    let from = from.to_owned();
    Letter { chat_type, from, kind, body, ext: None, hidden_from: BTreeSet::new() }
}

fn first_messages(ids: &mut Ids, now_ms: i64) -> BTreeMap<i64, Message> {
    use ChatType::{Chat, Group, Room};
    let said = |text: &str| (Kind::Text, json!({ "msg": text }));
    let file = |name: &str| {
        json!({ "filename": name, "secret": "practice",
                "url": "https://sandbox.invalid/practice-org/message-desk/chatfiles/55f12940-0000-4000-8000-000000000001" })
    };
    let order = json!({ "customEvent": "order/paid", "customExts": { "order": "42", "amount": "19.90" } });
    let place = json!({ "lat": "30.18", "lng": "120.19", "addr": "杭州" });
    #[rustfmt::skip] // one message per line
    let rows = [
        ("zhangsan", Chat, "lisi", 10 * SECOND, said("活动今晚八点开始")),
        ("zhangsan", Chat, "lisi", 20 * SECOND, said("发错了的一条")),
        ("kefu03", Group, GROUP, 20 * SECOND, said("群公告：明天维护")),
        ("zhangsan", Group, GROUP, 30 * SECOND, said("群里发错了的一条")),
        ("lisi", Room, ROOM, 30 * SECOND, said("聊天室里的一条")),
        ("kefu03", Chat, "lisi", 30 * SECOND, (Kind::Custom, order)),
        ("zhangsan", Chat, "lisi", 30 * SECOND, (Kind::Image, file("poster.jpg"))),
        ("zhangsan", Chat, "lisi", 30 * SECOND, (Kind::Audio, file("hello.amr"))),
        ("zhangsan", Chat, "lisi", 30 * SECOND, (Kind::Video, file("tour.mp4"))),
        ("zhangsan", Chat, "lisi", 30 * SECOND, (Kind::File, file("rules.pdf"))),
        ("zhangsan", Chat, "lisi", 30 * SECOND, (Kind::Location, place)),
        ("zhangsan", Chat, "lisi", 30 * SECOND, (Kind::Command, json!({ "action": "refresh" }))),
        ("lisi", Chat, "zhangsan", 40 * SECOND, said("收到，谢谢")),
        ("zhangsan", Chat, "wangwu", 10 * MINUTE, said("十分钟前的消息")),
        ("zhangsan", Chat, "lisi", 2 * HOUR, said("两小时前的消息")),
        ("wangwu", Chat, "zhangsan", 26 * HOUR, said("昨天的消息")),
        ("zhangsan", Chat, "lisi", 8 * DAY, said("八天前的消息")),
    ];
    let mut messages: BTreeMap<i64, Message> = rows
        .into_iter()
        .map(|(from, chat_type, to, age, (kind, body))| {
            let at = now_ms - age;
            let message = letter(from, chat_type, kind, body).to(to, ids.next(at), at);
            (message.id, message)
        })
        .collect();
    // The first text has an extension to be merged with or replaced.
    let is_first = |it: &&mut Message| it.at == now_ms - 10 * SECOND;
    if let Some(first) = messages.values_mut().find(is_first) {
        let ext = json!({ "key": "old", "old_key": "old_value", "nested": { "a": 1 } });
        first.ext = ext.as_object().cloned();
    }
    messages
}
