//! Modify a group message (修改群聊历史消息): `openim/modify_group_msg`.

use serde_json::json;

use super::codes::{ALREADY_RECALLED, MSG_SEQ, NOT_ALLOWED, NOTHING_TO_MODIFY, PACKET, Refusal, TO_ACCOUNT};
use super::edition::Edition;
use super::fields::Fields;
use super::group::{GroupType, Spot};
use super::message::State;
use super::turn::{Done, Turn};
use crate::effects::Change;

/// Replaces the content of a stored group message.
pub(super) fn modify_group(turn: &mut Turn<'_>, mut body: Fields) -> Result<Done, Refusal> {
    // The command's own list of codes has none for a group: 90003 is what is left.
    let spot = Spot::read(&mut body, TO_ACCOUNT)?;
    let seq = body.required_whole("MsgSeq", MSG_SEQ)?;
    let edition = Edition::read(&mut body)?;
    body.finish(PACKET)?;

    let now = turn.now();
    let (kind, thread) = spot.find(turn.app)?;
    if kind == GroupType::AvChatRoom {
        return Err(Refusal::new(NOT_ALLOWED, "messages of an AVChatRoom cannot be modified"));
    }
    let stored = thread.messages.get_mut(&seq).filter(|stored| turn.limits.keep(stored.time, now));
    let stored = stored.ok_or_else(|| Refusal::new(NOTHING_TO_MODIFY, "message does not exist"))?;
    if stored.state == State::Recalled {
        return Err(Refusal::new(ALREADY_RECALLED, "message was recalled"));
    }
    let before = stored.shown(seq);
    stored.content = edition.over(&stored.content)?;
    let detail = json!({ "before": before, "after": stored.shown(seq) });
    let happening = spot.happening(Change::Modified, seq, stored, detail);
    Ok(Done { info: "succeed", ..Done::telling([]).by(vec![happening]) })
}
