//! Modify a one-to-one message (修改单聊历史消息): `openim/modify_c2c_msg`.

use serde_json::json;

use super::codes::{ALREADY_RECALLED, NOTHING_TO_MODIFY, PACKET, RECEIVER_UNKNOWN, Refusal, USER_INVALID};
use super::edition::Edition;
use super::fields::Fields;
use super::message::{Place, State};
use super::turn::{Done, Turn};
use crate::effects::Change;

/// Replaces the content of a stored message.
pub(super) fn modify_c2c(turn: &mut Turn<'_>, mut body: Fields) -> Result<Done, Refusal> {
    let place = Place::read(&mut body)?;
    let edition = Edition::read(&mut body)?;
    body.finish(PACKET)?;
    turn.must_know(&place.from, USER_INVALID, "From_Account")?;
    turn.must_know(&place.to, RECEIVER_UNKNOWN, "To_Account")?;

    let now = turn.now();
    let stored = turn.app.messages.get_mut(&place).filter(|stored| turn.limits.keep(stored.time, now));
    let stored = stored.ok_or_else(|| Refusal::new(NOTHING_TO_MODIFY, "message does not exist"))?;
    if stored.state == State::Recalled {
        return Err(Refusal::new(ALREADY_RECALLED, "message was recalled"));
    }
    let before = stored.row();
    stored.content = edition.over(&stored.content)?;
    let detail = json!({ "before": before, "after": stored.row() });
    let happening = stored.happening(Change::Modified, detail);
    Ok(Done { info: "succeed", ..Done::telling([]).by(vec![happening]) })
}
