//! Query group history (拉取群历史消息): `group_open_http_svc/group_msg_get_simple`.

use serde_json::{Value, json};

use super::codes::{GROUP_ID, NO_ROAMING, PARAMETER, Refusal};
use super::fields::Fields;
use super::group::{GroupMessage, GroupType, Spot};
use super::message::State;
use super::turn::{Done, Turn};

const MOST_ROWS: u64 = 20;
const WHOLE: u8 = 1;
const IN_PART: u8 = 0;
const EXPIRED: u8 = 2;

/// `IsPlaceMsg`
const NORMAL: u8 = 0;
const GONE: u8 = 1;
const RECALLED: u8 = 2;

/// Shows the newest messages up to a number, falling. It changes nothing.
pub(super) fn find_group(turn: &mut Turn<'_>, mut body: Fields) -> Result<Done, Refusal> {
    let spot = Spot::read(&mut body, GROUP_ID)?;
    let wanted = body.required_whole("ReqMsgNumber", PARAMETER)?;
    if wanted == 0 {
        return body.refuse("ReqMsgNumber", PARAMETER, "must be at least 1");
    }
    let from_seq = body.whole("ReqMsgSeq", PARAMETER)?;
    let with_recalled = body.flag("WithRecalledMsg", PARAMETER)?;
    body.finish(PARAMETER)?;

    let now = turn.now();
    let (kind, thread) = spot.find(turn.app)?;
    if kind == GroupType::AvChatRoom {
        return Err(Refusal::new(NO_ROAMING, "an AVChatRoom keeps no history"));
    }
    let top = from_seq.map_or(thread.newest, |seq| seq.min(thread.newest));
    let range = top.min(wanted);
    let looked_at: Vec<(u64, Option<&GroupMessage>)> = (0..range.min(MOST_ROWS))
        .map(|back| top - back)
        .map(|seq| (seq, thread.messages.get(&seq).filter(|message| turn.limits.keep(message.time, now))))
        .collect();
    let is_finished = match range <= MOST_ROWS {
        true => WHOLE,
        false if looked_at.iter().all(|(_, message)| message.is_none()) => EXPIRED,
        false => IN_PART,
    };
    let hidden = |message: Option<&GroupMessage>| {
        !with_recalled && message.is_some_and(|message| message.state == State::Recalled)
    };
    let rows = looked_at.into_iter().filter(|(_, message)| !hidden(*message));
    let rows: Vec<Value> = rows.map(|(seq, message)| row(seq, message)).collect();
    Ok(Done::telling([
        ("GroupId", json!(spot.group)),
        ("IsFinished", json!(is_finished)),
        ("RspMsgList", json!(rows)),
    ]))
}

fn row(seq: u64, message: Option<&GroupMessage>) -> Value {
    let Some(message) = message else {
        return json!({ "IsPlaceMsg": GONE, "MsgBody": [], "MsgSeq": seq });
    };
    let place = if message.state == State::Recalled { RECALLED } else { NORMAL };
    json!({
        "From_Account": message.from,
        "IsPlaceMsg": place,
        "IsSystemMsg": 0,
        "MsgBody": message.content.body,
        "MsgPriority": message.priority,
        "MsgRandom": message.random,
        "MsgSeq": seq,
        "MsgTimeStamp": message.time,
    })
}
