//! What is there at the start and after a reset. The README lists all of it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::elements::Content;
use super::group::{Group, GroupMessage, GroupType, Thread};
use super::message::{Message, Place, State};
use super::plant::text_body;
use super::store::{App, Cloud, Plan};
use super::turn::seconds;

/// The app of the practice configuration. Obviously not a real one.
pub(crate) const PRACTICE_APP: u64 = 1_400_000_001;
/// Its administrator.
pub(crate) const PRACTICE_ADMIN: &str = "administrator";
/// Its secret, just as obviously made up.
pub(crate) const PRACTICE_SECRET: &str = "practice-secret-key";

/// The ordinary group.
pub(super) const GROUP: &str = "@TGS#2PRACTICE";

const SECOND_APP: u64 = 1_400_000_002;
const EXPIRED_APP: u64 = 1_400_000_003;
const NUMBERED_USERS: u16 = 600;
const LONG_DIALOGUE: u16 = 60;
const GROUP_MESSAGES: i64 = 30;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Cloud {
    /// The practice apps with messages whose age is counted from `now_ms`.
    pub(crate) fn seeded(now_ms: i64) -> Self {
        let now = seconds(now_ms);
        let second = App {
            secret: "practice-secret-key-2".to_owned(),
            admins: [PRACTICE_ADMIN.to_owned()].into(),
            accounts: ["alice", "bob", PRACTICE_ADMIN].map(str::to_owned).into(),
            ..App::default()
        };
        let expired = App {
            secret: "practice-secret-key-3".to_owned(),
            plan: Plan::Expired,
            admins: [PRACTICE_ADMIN.to_owned()].into(),
            ..App::default()
        };
        Self::with([(PRACTICE_APP, first_app(now)), (SECOND_APP, second), (EXPIRED_APP, expired)].into())
    }
}

fn first_app(now: i64) -> App {
    let named = ["zhangsan", "lisi", "wangwu", "vip_kefu_03", "quiet01", PRACTICE_ADMIN];
    let numbered = (1..=NUMBERED_USERS).map(|number| format!("user{number:04}"));
    let mut app = App {
        secret: PRACTICE_SECRET.to_owned(),
        admins: [PRACTICE_ADMIN.to_owned()].into(),
        accounts: named.map(str::to_owned).into_iter().chain(numbered).collect(),
        ..App::default()
    };
    fill_dialogues(&mut app, now);
    let groups = [
        (GROUP, public(now)),
        ("work01", few(GroupType::Work, now)),
        ("meeting01", few(GroupType::Meeting, now)),
        ("community01", community(now)),
        ("live01", live(now)),
    ];
    app.groups = groups.map(|(id, group)| (id.to_owned(), group)).into();
    app
}

fn fill_dialogues(app: &mut App, now: i64) {
    #[rustfmt::skip] // one message per line
    let rows: [(u32, &str, &str, i64, Vec<Value>); 18] = [
        (1001, "zhangsan", "lisi", 10, text_body("活动今晚八点开始")),
        (1002, "lisi", "zhangsan", 20, text_body("收到，准时参加")),
        (1003, "vip_kefu_03", "lisi", 30, picture()),
        (1004, "zhangsan", "wangwu", 10 * MINUTE, text_body("十分钟前的消息")),
        (1005, "zhangsan", "lisi", 3 * DAY, text_body("三天前的消息")),
        (1006, "zhangsan", "lisi", 8 * DAY, text_body("八天前的消息")),
        (1007, "zhangsan", "lisi", 40, text_body("已经撤回的消息")),
        (1008, PRACTICE_ADMIN, "lisi", 30, text_body("不在发送方漫游里的消息")),
        (1009, "zhangsan", "lisi", 30, one("TIMLocationElem", json!({ "Desc": "杭州", "Latitude": 30.18, "Longitude": 120.19 }))),
        (1010, "zhangsan", "lisi", 30, one("TIMFaceElem", json!({ "Index": 1, "Data": "smile" }))),
        (1011, "zhangsan", "lisi", 30, one("TIMCustomElem", json!({ "Data": "{\"ticket\":42}", "Desc": "工单", "Ext": "", "Sound": "" }))),
        (1012, "zhangsan", "lisi", 30, one("TIMSoundElem", json!({ "Url": "https://files.invalid/hello.amr", "UUID": "9894907e", "Size": 6814, "Second": 4, "Download_Flag": 2 }))),
        (1013, "zhangsan", "lisi", 30, one("TIMFileElem", json!({ "Url": "https://files.invalid/rules.pdf", "UUID": "4de46780", "FileSize": 6814, "FileName": "rules.pdf", "Download_Flag": 2 }))),
        (1014, "zhangsan", "lisi", 30, film()),
        (1015, "zhangsan", "lisi", 30, two_elements()),
        (1016, "zhangsan", "lisi", 30, old_sdk()),
        (1017, "zhangsan", "lisi", MINUTE, text_body("发错人的消息")),
        (1018, "zhangsan", "lisi", 2 * MINUTE, text_body("只想从自己这边删掉的消息")),
    ];
    for (seq, from, to, age, body) in rows {
        let mut message = message(app, seq, from, to, now - age, body);
        match seq {
            1005 => message.content.custom = Some("云端自定义数据".to_owned()),
            1007 => message.state = State::Recalled,
            1008 => message.seen_by = BTreeSet::from([to.to_owned()]),
            _ => {}
        }
        app.messages.keep(message);
    }
    // More than two pages of 13K.
    for number in 1..=LONG_DIALOGUE {
        let (from, to) = if number % 2 == 0 { ("user0001", "user0002") } else { ("user0002", "user0001") };
        let text = format!("第 {number:02} 条。{}", "长".repeat(100));
        let time = now - HOUR + i64::from(number);
        let message = message(app, 2_000 + u32::from(number), from, to, time, text_body(&text));
        app.messages.keep(message);
    }
}

fn one(kind: &str, content: Value) -> Vec<Value> {
    vec![json!({ "MsgType": kind, "MsgContent": content })]
}

fn picture() -> Vec<Value> {
    let picture = |kind: u8, side: u16| json!({ "Type": kind, "Size": 6814, "Width": side, "Height": side, "URL": "https://files.invalid/poster.jpg" });
    let sizes = [picture(1, 640), picture(2, 0), picture(3, 0)];
    one("TIMImageElem", json!({ "UUID": "1853095_poster", "ImageFormat": 1, "ImageInfoArray": sizes }))
}

fn film() -> Vec<Value> {
    let film = json!({
        "VideoUrl": "https://files.invalid/tour.mp4", "VideoUUID": "5da38ba89d6521011e1f6f3fd6692e35",
        "VideoSize": 1_194_603, "VideoSecond": 5, "VideoFormat": "mp4", "VideoDownloadFlag": 2,
        "ThumbUrl": "https://files.invalid/tour.jpg", "ThumbUUID": "6edaffedef5150684510cf97957b7bc8",
        "ThumbSize": 13907, "ThumbWidth": 720, "ThumbHeight": 1280, "ThumbFormat": "JPG", "ThumbDownloadFlag": 2,
    });
    one("TIMVideoFileElem", film)
}

fn two_elements() -> Vec<Value> {
    let face = one("TIMFaceElem", json!({ "Index": 6, "Data": "laugh" }));
    text_body("先看文字，再看表情").into_iter().chain(face).collect()
}

// T-BODY-8: what today's rules would refuse, yet stored; an edit may send it back as it is.
fn old_sdk() -> Vec<Value> {
    let sound = one("TIMSoundElem", json!({ "UUID": "old-sdk", "Size": 62_351, "Second": 1 }));
    let relay = json!({ "Title": "聊天记录", "MsgNum": 2, "CompatibleText": "当前版本不支持", "AbstractList": ["甲：好", "乙：好"], "JsonMsgKey": "relay-1" });
    sound.into_iter().chain(one("TIMRelayElem", relay)).collect()
}

/// A message that both sides see, its random a thousand above its seq.
fn message(app: &mut App, seq: u32, from: &str, to: &str, time: i64, body: Vec<Value>) -> Message {
    let random = seq + 1_000;
    let key = format!("{seq}_{random}_{time}");
    Message {
        place: Place { from: from.to_owned(), to: to.to_owned(), key },
        seq,
        random,
        time,
        serial: app.numbers.rise(),
        content: Content { body, custom: None },
        state: State::Kept,
        seen_by: [from, to].map(str::to_owned).into(),
    }
}

/// A text in a group.
pub(super) fn said(from: &str, random: u32, time: i64, text: &str) -> GroupMessage {
    GroupMessage {
        from: from.to_owned(),
        random,
        priority: 2,
        time,
        content: Content { body: text_body(text), custom: None },
        state: State::Kept,
    }
}

// 1 and 2 are too old to be stored, 5 is recalled.
fn public(now: i64) -> Group {
    let mut group = Group::new(GroupType::Public);
    group.muted = ["quiet01".to_owned()].into();
    for number in 1..=GROUP_MESSAGES {
        let from = match number % 3 {
            0 => "wangwu",
            1 => "zhangsan",
            _ => "lisi",
        };
        let age = if number <= 2 { 8 * DAY } else { (GROUP_MESSAGES + 1 - number) * MINUTE };
        let mut message = said(from, random(number), now - age, &format!("群里的第 {number} 条"));
        if number == 5 {
            message.state = State::Recalled;
        }
        group.own.append(message);
    }
    group
}

fn few(kind: GroupType, now: i64) -> Group {
    let mut group = Group::new(kind);
    fill(&mut group.own, now);
    group
}

fn community(now: i64) -> Group {
    let mut group = few(GroupType::Community, now);
    let mut topic = Thread::default();
    fill(&mut topic, now);
    group.topics.insert("community01_topic01".to_owned(), topic);
    group
}

fn fill(thread: &mut Thread, now: i64) {
    for (number, from) in [(1, "zhangsan"), (2, "lisi"), (3, "zhangsan")] {
        thread.append(said(from, random(number), now - (4 - number) * MINUTE, &format!("第 {number} 条")));
    }
}

// A live room lets only the last hour be recalled.
fn live(now: i64) -> Group {
    let mut group = Group::new(GroupType::AvChatRoom);
    group.own.append(said("zhangsan", random(1), now - 2 * HOUR, "两小时前的弹幕"));
    group.own.append(said("zhangsan", random(2), now - MINUTE, "刚才的弹幕"));
    group
}

fn random(number: i64) -> u32 {
    u32::try_from(9_000 + number).unwrap_or_default()
}
