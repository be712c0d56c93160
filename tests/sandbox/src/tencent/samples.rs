//! Texts that fill a whole working form of a page that practises, true at the moment they are asked for.
//!
//! The keys are wire paths, as a form names its fields; every value is the text a person would type. `MsgRandom` and
//! `Random` are left out: they are chance, not typed.

use serde_json::{Value, json};

use super::elements::Content;
use super::group::GroupMessage;
use super::message::{Message, Place, State};
use super::plant::text_body;
use super::seed::{GROUP, PRACTICE_APP, said};
use super::store::{App, Cloud};
use super::turn::seconds;

const SENDER: &str = "zhangsan";
const RECEIVER: &str = "lisi";
/// Nobody is imported under this name, so that a batch succeeds in part.
const STRANGER: &str = "nobody404";
/// Everything this member said in the group is recalled by the last sample.
const REMOVED_SPEAKER: &str = "wangwu";

// An hour less than the storage: a form stays good while somebody reads it.
const HOUR: i64 = 60 * 60;
const TEXT: &str = "TIMTextElem";

impl Cloud {
    /// One form for each operation of the practice app. Stores a fresh message where none is left to act upon.
    pub(crate) fn samples(&mut self, now_ms: i64) -> Value {
        let (now, storage) = (seconds(now_ms), self.limits.storage_seconds);
        let Some(app) = self.apps.get_mut(&PRACTICE_APP) else {
            return json!({});
        };
        let is_fresh = |time: i64| now - time < (storage - HOUR).max(HOUR);
        let mut taken = Vec::new();
        let mut pick = || {
            let picked = pick(app, now, |it| is_fresh(it.time) && !taken.contains(&it.place));
            taken.push(picked.clone());
            picked
        };
        let (edited, recalled, deleted) = (pick(), pick(), pick());
        let edited_seq = pick_in_group(app, now, |seq, it| seq > 0 && is_fresh(it.time));
        let recalled_seq = pick_in_group(app, now, |seq, it| seq != edited_seq && is_fresh(it.time));
        json!({
            "tencent.modify_c2c": modify_c2c(&edited),
            "tencent.recall_c2c": place_form(&recalled),
            "tencent.delete_c2c": {
                "Operator_Account": RECEIVER,
                "Peer_Account": SENDER,
                "MsgKeyList": deleted.key,
            },
            "tencent.send": send(),
            "tencent.batch_send": batch_send(),
            "tencent.find_c2c": find_c2c(now),
            "tencent.modify_group": modify_group(edited_seq),
            "tencent.recall_group": {
                "GroupId": GROUP,
                "MsgSeqList": recalled_seq.to_string(),
                "Reason": "发错了，已撤回",
            },
            "tencent.find_group": { "GroupId": GROUP, "ReqMsgNumber": "20", "WithRecalledMsg": "1" },
            "tencent.send_group": send_group(),
            "tencent.recall_by_sender": { "GroupId": GROUP, "Sender_Account": REMOVED_SPEAKER },
        })
    }
}

fn is_text(content: &Content) -> bool {
    let types = content.body.iter().map(|element| element.get("MsgType").and_then(Value::as_str));
    types.eq([Some(TEXT)])
}

/// The newest text of the dialogue that both sides see and that fits, or a fresh one.
fn pick(app: &mut App, now: i64, fits: impl Fn(&Message) -> bool) -> Place {
    let can_be_acted_upon = |message: &&&Message| {
        message.place.from == SENDER
            && message.state == State::Kept
            && message.seen_by.contains(SENDER)
            && is_text(&message.content)
            && fits(message)
    };
    let seen = app.messages.seen(RECEIVER, SENDER);
    if let Some(found) = seen.iter().rev().find(can_be_acted_upon) {
        return found.place.clone();
    }
    let random = app.numbers.draw();
    let (seq, key) = app.new_key(None, random, now, &[(SENDER, RECEIVER)]);
    let place = Place { from: SENDER.to_owned(), to: RECEIVER.to_owned(), key };
    app.messages.keep(Message {
        place: place.clone(),
        seq,
        random,
        time: now,
        serial: app.numbers.rise(),
        content: Content { body: text_body("刚刚发出的演练消息"), custom: None },
        state: State::Kept,
        seen_by: [SENDER, RECEIVER].map(str::to_owned).into(),
    });
    place
}

/// The newest text in the practice group that fits, or a fresh one.
fn pick_in_group(app: &mut App, now: i64, fits: impl Fn(u64, &GroupMessage) -> bool) -> u64 {
    let random = app.numbers.peek();
    let Some(group) = app.groups.get_mut(GROUP) else {
        return 0;
    };
    let can_be_acted_upon = |(seq, message): &(&u64, &GroupMessage)| {
        message.state == State::Kept
            && message.from != REMOVED_SPEAKER
            && is_text(&message.content)
            && fits(**seq, message)
    };
    let found = group.own.messages.iter().rev().find(can_be_acted_upon).map(|(seq, _)| *seq);
    found.unwrap_or_else(|| group.own.append(said(SENDER, random, now, "刚刚发出的演练群消息")))
}

fn place_form(place: &Place) -> Value {
    json!({ "From_Account": place.from, "To_Account": place.to, "MsgKey": place.key })
}

/// A form with one text element more.
fn with_text(mut form: Value, text: &str) -> Value {
    if let Value::Object(map) = &mut form {
        map.insert("MsgBody.0.MsgType".to_owned(), TEXT.into());
        map.insert("MsgBody.0.MsgContent.Text".to_owned(), text.into());
    }
    form
}

fn modify_c2c(place: &Place) -> Value {
    with_text(place_form(place), "活动改到今晚九点开始")
}

fn send() -> Value {
    with_text(json!({ "From_Account": SENDER, "To_Account": RECEIVER }), "明天下午三点开会")
}

fn batch_send() -> Value {
    let receivers = [RECEIVER, "wangwu", STRANGER].join("\n");
    let form = json!({ "From_Account": SENDER, "To_Account": receivers });
    with_text(form, "明晚八点系统维护，请提前保存内容")
}

/// The week up to the next full hour, so that the form is the same for a while.
fn find_c2c(now: i64) -> Value {
    let until = (now.div_euclid(HOUR) + 1) * HOUR;
    json!({
        "Operator_Account": RECEIVER,
        "Peer_Account": SENDER,
        "MaxCnt": "100",
        "MinTime": (until - 7 * 24 * HOUR).to_string(),
        "MaxTime": until.to_string(),
    })
}

fn modify_group(seq: u64) -> Value {
    with_text(json!({ "GroupId": GROUP, "MsgSeq": seq.to_string() }), "更正：活动改到今晚九点")
}

fn send_group() -> Value {
    with_text(json!({ "GroupId": GROUP, "From_Account": SENDER }), "今晚八点活动开始，请准时参加")
}
