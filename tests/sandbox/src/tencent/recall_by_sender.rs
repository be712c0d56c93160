//! Recall everything one member sent (删除指定用户发送的消息): `group_open_http_svc/delete_group_msg_by_sender`.

use serde_json::json;

use super::codes::{GROUP_ID, PARAMETER, Refusal};
use super::fields::Fields;
use super::group::{GroupType, Spot};
use super::message::State;
use super::turn::{Done, Turn};
use crate::effects::Change;

const NEWEST: u64 = 1_000;

/// Recalls what the sender wrote among the newest thousand messages; silently nothing in an AVChatRoom.
pub(super) fn recall_by_sender(turn: &mut Turn<'_>, mut body: Fields) -> Result<Done, Refusal> {
    let spot = Spot::read(&mut body, GROUP_ID)?;
    let sender = body.required_user("Sender_Account", PARAMETER)?;
    body.finish(PARAMETER)?;

    let now = turn.now();
    let (kind, thread) = spot.find(turn.app)?;
    if kind == GroupType::AvChatRoom {
        return Ok(Done::telling([]));
    }
    let first = thread.newest.saturating_sub(NEWEST) + 1;
    let mut happenings = Vec::new();
    for (seq, message) in thread.messages.range_mut(first..) {
        let is_meant =
            message.from == sender && message.state == State::Kept && turn.limits.keep(message.time, now);
        if is_meant {
            message.state = State::Recalled;
            let detail = json!({ "type": "recalled_by_sender" });
            happenings.push(spot.happening(Change::Removed, *seq, message, detail));
        }
    }
    Ok(Done::telling([]).by(happenings))
}
