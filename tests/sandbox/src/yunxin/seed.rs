//! What is there at the start and after a reset. The README lists all of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::account::{Account, Door, Standing};
use super::chatroom::{Chatroom, Remark};
use super::content::{CUSTOM, Content, TEXT, TIP};
use super::message::{ConversationType, Message};
use super::store::{App, Apps, Cloud};
use super::team::{Speech, Team};

/// The app of the practice configuration. Obviously not a real key.
pub(crate) const PRACTICE_KEY: &str = "practice-app-key-0000000000000001";
/// Its secret, just as obviously made up.
pub(crate) const PRACTICE_SECRET: &str = "practice-secret";

const SECOND_KEY: &str = "practice-app-key-0000000000000002";
const IM_OFF_KEY: &str = "practice-app-key-0000000000000003";
const FIRST_NEW_ID: i64 = 158_844_553_334_360_001;
const NUMBERED_USERS: u16 = 10_000;

const TEAM: &str = "2366968294";
const MUTED_TEAM: &str = "2366968301";
const SUPER_TEAM: &str = "3355001122";
const MUTED_SUPER_TEAM: &str = "3355001199";

/// The one chatroom.
pub(super) const CHATROOM: i64 = 3_601_224;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

impl Cloud {
    /// The practice apps with messages whose age is counted from `now_ms`.
    pub(crate) fn seeded(now_ms: i64) -> Self {
        let apps =
            [(PRACTICE_KEY, first_app(now_ms)), (SECOND_KEY, second_app(now_ms)), (IM_OFF_KEY, im_off_app())];
        let apps: Apps = apps.map(|(key, app)| (key.to_owned(), app)).into();
        Self::with(apps, FIRST_NEW_ID)
    }
}

fn first_app(now_ms: i64) -> App {
    let mut accounts = BTreeMap::new();
    let named = ["zhangsan", "lisi", "wangwu", "vip_kefu_03", "admin", "left01", "quiet01"];
    let numbered = (1..=NUMBERED_USERS).map(|number| format!("user{number:04}"));
    for id in named.map(str::to_owned).into_iter().chain(numbered) {
        accounts.insert(id, account(Standing::Active, Door::Open));
    }
    accounts.insert("muted01".to_owned(), account(Standing::Muted, Door::Open));
    accounts.insert("disabled01".to_owned(), account(Standing::Disabled, Door::Open));
    accounts.insert("blocked01".to_owned(), account(Standing::Active, Door::Closed));

    let staff = ["zhangsan", "lisi", "wangwu", "vip_kefu_03"];
    let teams = [
        ((ConversationType::Team, TEAM), team(&staff, Speech::Free)),
        ((ConversationType::Team, MUTED_TEAM), team(&staff, Speech::Muted)),
        ((ConversationType::SuperTeam, SUPER_TEAM), team(&staff, Speech::Free)),
        ((ConversationType::SuperTeam, MUTED_SUPER_TEAM), team(&staff, Speech::Muted)),
    ];
    App {
        secret: PRACTICE_SECRET.to_owned(),
        im_enabled: true,
        accounts,
        friends: BTreeSet::from([pair("lisi", "zhangsan"), pair("wangwu", "zhangsan")]),
        teams: teams.map(|((kind, id), team)| ((kind, id.to_owned()), team)).into(),
        messages: first_messages(now_ms),
        chatrooms: BTreeMap::from([(CHATROOM, chatroom(now_ms))]),
        traces: BTreeSet::new(),
    }
}

fn first_messages(now_ms: i64) -> BTreeMap<i64, Message> {
    use ConversationType::{OneToOne as P2p, SuperTeam, Team};
    let said = |text: &str| content(TEXT, Some(text), None);
    let held = |message_type, attachment| content(message_type, None, Some(attachment));
    let file = |name: &str, ext: &str| {
        json!({ "name": name, "md5": "9894907e4ad9de4678091277509361f7",
                "url": format!("https://files.invalid/{name}.{ext}"), "ext": ext, "size": 6814 })
    };
    let with = |mut file: Value, more: &[(&str, i64)]| {
        for (key, number) in more {
            if let Value::Object(map) = &mut file {
                map.insert((*key).to_owned(), (*number).into());
            }
        }
        file
    };
    let mut ticket = held(CUSTOM, json!({ "kind": "ticket", "number": 42 }));
    ticket.sub_type = Some(7);
    let picture = with(file("poster", "jpg"), &[("w", 640), ("h", 480)]);
    let voice = with(file("hello", "aac"), &[("dur", 4551)]);
    let film = with(file("tour", "mp4"), &[("dur", 8003), ("w", 360), ("h", 480)]);
    let place = json!({ "title": "杭州", "lng": 120.19, "lat": 30.18 });
    #[rustfmt::skip] // one message per line
    let rows = [
        (19, "zhangsan", P2p, "lisi", 10 * SECOND, said("活动今晚八点开始")),
        (21, "vip_kefu_03", Team, TEAM, 20 * SECOND, said("群公告：明天维护")),
        (23, "vip_kefu_03", P2p, "lisi", 30 * SECOND, held(1, picture)),
        (25, "admin", P2p, "wangwu", 30 * SECOND, ticket),
        (27, "left01", Team, TEAM, 40 * SECOND, said("我先退群了")),
        (29, "zhangsan", P2p, "wangwu", 10 * MINUTE, said("十分钟前的消息")),
        (31, "zhangsan", P2p, "lisi", 8 * DAY, said("八天前的消息")),
        (33, "zhangsan", P2p, "lisi", 31 * DAY, said("三十一天前的消息")),
        (35, "lisi", SuperTeam, SUPER_TEAM, 30 * SECOND, said("超大群的消息")),
        (37, "admin", P2p, "admin", 30 * SECOND, said("给自己的备忘")),
        (39, "quiet01", Team, TEAM, 30 * SECOND, said("被禁言成员的消息")),
        (41, "zhangsan", Team, MUTED_TEAM, 30 * SECOND, said("全体禁言群的消息")),
        (43, "zhangsan", P2p, "lisi", 30 * SECOND, content(TIP, Some("对方正在输入"), None)),
        (45, "zhangsan", SuperTeam, MUTED_SUPER_TEAM, 30 * SECOND, said("禁言超大群的消息")),
        (47, "zhangsan", P2p, "lisi", 30 * SECOND, held(2, voice)),
        (49, "zhangsan", P2p, "lisi", 30 * SECOND, held(3, film)),
        (51, "zhangsan", P2p, "lisi", 30 * SECOND, held(4, place)),
        (53, "zhangsan", P2p, "lisi", 30 * SECOND, held(6, file("rules", "pdf"))),
        (55, "muted01", P2p, "lisi", 30 * SECOND, said("被禁言账号的消息")),
        (57, "disabled01", P2p, "lisi", 30 * SECOND, said("被禁用账号的消息")),
    ];
    let messages = rows.map(|(number, from, kind, to, age, content)| {
        message(158_844_553_334_358_000 + number, from, kind, to, now_ms - age, content)
    });
    messages.into_iter().map(|message| (message.message_server_id, message)).collect()
}

fn chatroom(now_ms: i64) -> Chatroom {
    let rows = [(61, "zhangsan", "大家好"), (63, "lisi", "主持人好"), (65, "wangwu", "聊天室里的广告")];
    let remarks = rows.map(|(number, from, text)| {
        let number = 158_844_553_334_358_000 + number;
        let content = content(TEXT, Some(text), None);
        let create_time = now_ms - 30 * SECOND;
        let remark = Remark { number, sender_id: from.to_owned(), create_time, content };
        (format!("{number:032x}"), remark)
    });
    Chatroom { creator: "admin".to_owned(), remarks: remarks.into() }
}

fn second_app(now_ms: i64) -> App {
    let ids = ["alice", "bob", "admin"];
    let id = 258_844_553_334_358_019;
    let greeting = content(TEXT, Some("hello from the second app"), None);
    let kind = ConversationType::OneToOne;
    let greeting = message(id, "alice", kind, "bob", now_ms - 10 * SECOND, greeting);
    App {
        secret: "practice-secret-2".to_owned(),
        im_enabled: true,
        accounts: ids.map(|id| (id.to_owned(), account(Standing::Active, Door::Open))).into(),
        messages: BTreeMap::from([(id, greeting)]),
        ..App::default()
    }
}

fn im_off_app() -> App {
    App { secret: "practice-secret-3".to_owned(), ..App::default() }
}

fn account(standing: Standing, door: Door) -> Account {
    Account { standing, door }
}

fn pair(one: &str, other: &str) -> (String, String) {
    (one.to_owned(), other.to_owned())
}

// Every seeded team belongs to admin and has one muted member.
fn team(staff: &[&str], speech: Speech) -> Team {
    let free = staff.iter().chain(&["admin"]);
    let mut members: BTreeMap<String, Speech> = free.map(|id| ((*id).to_owned(), Speech::Free)).collect();
    members.insert("quiet01".to_owned(), Speech::Muted);
    Team { owner: "admin".to_owned(), members, speech }
}

/// Content without a sub-type.
pub(super) fn content(message_type: i64, text: Option<&str>, attachment: Option<Value>) -> Content {
    let attachment: Option<Map<String, Value>> = attachment.and_then(|value| value.as_object().cloned());
    Content { message_type, sub_type: None, text: text.map(str::to_owned), attachment }
}

/// A message nobody has edited.
pub(super) fn message(
    message_server_id: i64,
    from: &str,
    conversation_type: ConversationType,
    to: &str,
    create_time: i64,
    content: Content,
) -> Message {
    Message::new(message_server_id, from.to_owned(), conversation_type, to.to_owned(), create_time, content)
}
