//! Recall group messages (撤回群消息): `group_open_http_svc/group_msg_recall`.

use serde_json::json;

use super::codes::{GROUP_ID, NOTHING_TO_RECALL, PARAMETER, RECALL_TOO_LATE, Refusal, SUCCESS};
use super::fields::Fields;
use super::group::{GroupMessage, GroupType, Spot};
use super::message::State;
use super::turn::{Done, Turn};
use crate::effects::Change;

const MOST_SEQS: usize = 10;
const REASON_BYTES: usize = 100;
/// T-GRCL-3
const LIVE_ROOM_SECONDS: i64 = 3_600;

/// Marks each message as recalled, or says with its `RetCode` why not; the answer as a whole is a success.
pub(super) fn recall_group(turn: &mut Turn<'_>, mut body: Fields) -> Result<Done, Refusal> {
    let spot = Spot::read(&mut body, GROUP_ID)?;
    let seqs = seqs(&mut body)?;
    let reason = body.text("Reason", PARAMETER)?;
    if reason.as_ref().is_some_and(|reason| reason.len() > REASON_BYTES) {
        return body.refuse("Reason", PARAMETER, "is longer than 100 bytes");
    }
    body.finish(PARAMETER)?;

    let now = turn.now();
    let (kind, thread) = spot.find(turn.app)?;
    let (mut results, mut happenings) = (Vec::new(), Vec::new());
    for seq in seqs {
        let in_time = |message: &GroupMessage| {
            turn.limits.keep(message.time, now)
                && (kind != GroupType::AvChatRoom || now - message.time <= LIVE_ROOM_SECONDS)
        };
        let code = match thread.messages.get_mut(&seq).filter(|message| message.state == State::Kept) {
            None => NOTHING_TO_RECALL,
            Some(message) if !in_time(message) => RECALL_TOO_LATE,
            Some(message) => {
                message.state = State::Recalled;
                let detail = json!({ "type": "recalled", "reason": reason });
                happenings.push(spot.happening(Change::Removed, seq, message, detail));
                SUCCESS
            }
        };
        results.push(json!({ "MsgSeq": seq, "RetCode": code }));
    }
    Ok(Done::telling([("RecallRetList", results.into())]).by(happenings))
}

// T-GRCL-1: objects, not bare numbers.
fn seqs(body: &mut Fields) -> Result<Vec<u64>, Refusal> {
    const LIST: &str = "MsgSeqList";
    let list = body.array(LIST, PARAMETER)?.filter(|list| !list.is_empty());
    let list = body.need(LIST, PARAMETER, list)?;
    if list.len() > MOST_SEQS {
        return body.refuse(LIST, PARAMETER, "has more than 10 messages");
    }
    let seqs = body.items(LIST, PARAMETER, list)?.into_iter().map(|mut item| {
        let seq = item.required_whole("MsgSeq", PARAMETER)?;
        item.finish(PARAMETER)?;
        Ok(seq)
    });
    seqs.collect()
}
