//! Recall a one-to-one message (撤回单聊消息): `openim/admin_msgwithdraw`.

use serde_json::json;

use super::codes::{ALREADY_RECALLED, FROM_ACCOUNT, MESSAGE_MISSING, PACKET, Refusal, TO_ACCOUNT};
use super::fields::Fields;
use super::message::{Place, State};
use super::turn::{Done, Turn};
use crate::effects::Change;

/// Marks a stored message as recalled, for both sides. Its age does not matter while it is stored (T-RCL-3).
pub(super) fn recall_c2c(turn: &mut Turn<'_>, mut body: Fields) -> Result<Done, Refusal> {
    let place = Place::read(&mut body)?;
    body.finish(PACKET)?;
    turn.must_know(&place.from, FROM_ACCOUNT, "From_Account")?;
    turn.must_know(&place.to, TO_ACCOUNT, "To_Account")?;

    let now = turn.now();
    let stored = turn.app.messages.get_mut(&place).filter(|stored| turn.limits.keep(stored.time, now));
    let stored = stored.ok_or_else(|| Refusal::new(MESSAGE_MISSING, "message does not exist"))?;
    if stored.state == State::Recalled {
        return Err(Refusal::new(ALREADY_RECALLED, "message was recalled already"));
    }
    stored.state = State::Recalled;
    let happening = stored.happening(Change::Removed, json!({ "type": "recalled" }));
    Ok(Done::telling([]).by(vec![happening]))
}
