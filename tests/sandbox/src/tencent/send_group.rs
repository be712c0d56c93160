//! Send to a group (在群组中发送普通消息): `group_open_http_svc/send_group_msg`.

use serde_json::json;

use super::codes::{
    GROUP_ACCOUNT_MISSING, GROUP_ID, GROUP_TOO_FREQUENT, MUTED, PARAMETER, Refusal, TOO_MANY_NAMED,
};
use super::elements::{self, BodyCodes, Content};
use super::fields::{Fields, is_user_id};
use super::group::{GroupMessage, GroupType, Lately, Spot};
use super::message::State;
use super::push;
use super::rates::{Admission, Counted};
use super::send::CALLBACKS;
use super::turn::{Done, Turn};
use crate::effects::Change;

const REPEAT_MS: i64 = 300_000;
const PRIORITIES: [(&str, u8); 3] = [("High", 1), ("Normal", 2), ("Low", 3)];
const DEFAULT_PRIORITY: u8 = 2;
const CONTROLS: [&str; 2] = ["NoLastMsg", "NoUnread"];
const MOST_RECEIVERS: usize = 50;
const MOST_NAMED: usize = 30;

struct Speech {
    spot: Spot,
    random: u32,
    priority: u8,
    content: Content,
    from: String,
    online_only: bool,
}

impl Speech {
    fn read(mut body: Fields, admin: &str) -> Result<Self, Refusal> {
        let spot = Spot::read(&mut body, GROUP_ID)?;
        let random = body.required_u32("Random", PARAMETER)?;
        let priority = match body.text("MsgPriority", PARAMETER)? {
            None => DEFAULT_PRIORITY,
            Some(word) => match PRIORITIES.into_iter().find(|(known, _)| *known == word) {
                Some((_, number)) => number,
                None => return body.refuse("MsgPriority", PARAMETER, "must be High, Normal or Low"),
            },
        };
        let content = elements::sent(&mut body, &BodyCodes::GROUP, PARAMETER)?;
        let from = body.user("From_Account", PARAMETER)?;
        push::check(&mut body)?;
        body.words("ForbidCallbackControl", PARAMETER, &CALLBACKS)?;
        let online_only = body.flag("OnlineOnlyFlag", PARAMETER)?;
        let controls = body.words("SendMsgControl", PARAMETER, &CONTROLS)?;
        if online_only && !controls.is_empty() {
            return body.refuse("SendMsgControl", PARAMETER, "is not allowed when OnlineOnlyFlag is 1");
        }
        body.flag("SupportMessageExtension", PARAMETER)?;
        check_receivers(&mut body)?;
        check_named(&mut body)?;
        body.finish(PARAMETER)?;
        Ok(Self {
            spot,
            random,
            priority,
            content,
            from: from.unwrap_or_else(|| admin.to_owned()),
            online_only,
        })
    }
}

fn check_receivers(body: &mut Fields) -> Result<(), Refusal> {
    let Some(list) = body.array("To_Account", PARAMETER)? else {
        return Ok(());
    };
    if list.is_empty() || list.len() > MOST_RECEIVERS {
        return body.refuse("To_Account", PARAMETER, "must hold 1 to 50 accounts");
    }
    match list.iter().all(|item| item.as_str().is_some_and(is_user_id)) {
        true => Ok(()),
        false => body.refuse("To_Account", PARAMETER, "must hold strings of 1 to 32 bytes"),
    }
}

fn check_named(body: &mut Fields) -> Result<(), Refusal> {
    const LIST: &str = "GroupAtInfo";
    let list = body.array(LIST, PARAMETER)?.unwrap_or_default();
    if list.len() > MOST_NAMED {
        return body.refuse(LIST, TOO_MANY_NAMED, "names more than 30 accounts");
    }
    for mut item in body.items(LIST, PARAMETER, list)? {
        let everybody = item.flag("GroupAtAllFlag", PARAMETER)?;
        let account = item.user("GroupAt_Account", PARAMETER)?;
        if account.is_some() == everybody {
            return item.refuse("GroupAt_Account", PARAMETER, "is for GroupAtAllFlag 0, and required there");
        }
        item.finish(PARAMETER)?;
    }
    Ok(())
}

/// Stores one message in a group, unless it is a repeat or too much for the group.
pub(super) fn send_group(turn: &mut Turn<'_>, body: Fields) -> Result<Done, Refusal> {
    let speech = Speech::read(body, &turn.caller.identifier)?;
    turn.must_know(&speech.from, GROUP_ACCOUNT_MISSING, "From_Account")?;
    let (now_ms, now) = (turn.now_ms, turn.now());
    let muted =
        turn.app.groups.get(&speech.spot.group).is_some_and(|group| group.muted.contains(&speech.from));
    let (kind, thread) = speech.spot.find(turn.app)?;
    if speech.online_only && kind == GroupType::AvChatRoom {
        return Err(Refusal::field(PARAMETER, "OnlineOnlyFlag", "is not for an AVChatRoom"));
    }
    if muted {
        return Err(Refusal::new(MUTED, "From_Account is muted in the group"));
    }
    let repeat = (speech.random, speech.content.fingerprint());
    thread.lately.retain(|_, it| (now_ms - REPEAT_MS < it.at_ms) && (it.at_ms <= now_ms));
    if let Some(Lately { seq, time, .. }) = thread.lately.get(&repeat) {
        return Ok(told(*time, *seq));
    }
    let counted = Counted::Group(speech.spot.group.clone());
    let limit = turn.limits.group_messages_per_second;
    if turn.rates.admit(turn.caller.sdkappid, counted, 1, limit, now_ms) == Admission::Refused {
        return dropped(kind, now);
    }
    let message = GroupMessage {
        from: speech.from,
        random: speech.random,
        priority: speech.priority,
        time: now,
        content: speech.content,
        state: State::Kept,
    };
    let (seq, change) = match speech.online_only {
        true => (thread.skip(), Change::Delivered),
        false => (thread.append(message.clone()), Change::Stored),
    };
    thread.lately.insert(repeat, Lately { at_ms: now_ms, seq, time: now });
    let happening = speech.spot.happening(change, seq, &message, message.shown(seq).into());
    Ok(told(now, seq).by(vec![happening]))
}

fn told(time: i64, seq: u64) -> Done {
    Done::telling([("MsgTime", json!(time)), ("MsgSeq", json!(seq))])
}

/// Too much: a live room drops the message and calls it a success (T-GSND-1), another group refuses it.
fn dropped(kind: GroupType, now: i64) -> Result<Done, Refusal> {
    if kind != GroupType::AvChatRoom {
        return Err(Refusal::new(GROUP_TOO_FREQUENT, "too many messages in the group in a second"));
    }
    let mut done = told(now, 0);
    done.answer.insert("MsgDropReason".to_owned(), "MsgFreqCtrl".into());
    Ok(done)
}
