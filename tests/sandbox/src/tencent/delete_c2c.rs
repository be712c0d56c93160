//! Delete one-to-one messages for one side (单向删除单聊历史消息): `openim/delete_c2c_msg_ramble`.

use serde_json::{Value, json};

use super::codes::{FROM_ACCOUNT, MSG_KEY, PACKET, Refusal, TO_ACCOUNT};
use super::fields::Fields;
use super::message::{Place, is_msg_key};
use super::turn::{Done, Turn};
use crate::effects::Change;

const MOST_KEYS: usize = 30;

/// Takes messages out of the operator's history; the peer still sees them. A key without a message is passed over.
pub(super) fn delete_c2c(turn: &mut Turn<'_>, mut body: Fields) -> Result<Done, Refusal> {
    let operator = body.required_user("Operator_Account", FROM_ACCOUNT)?;
    let peer = body.required_user("Peer_Account", TO_ACCOUNT)?;
    let keys = keys(&mut body)?;
    body.finish(PACKET)?;
    turn.must_know(&operator, FROM_ACCOUNT, "Operator_Account")?;
    turn.must_know(&peer, TO_ACCOUNT, "Peer_Account")?;

    let mut happenings = Vec::new();
    for key in keys {
        // T-DEL-2: the operator may be the sender or the receiver.
        for (from, to) in [(&operator, &peer), (&peer, &operator)] {
            let place = Place { from: from.clone(), to: to.clone(), key: key.clone() };
            let seen = turn.app.messages.get(&place).filter(|message| message.seen_by.contains(&operator));
            if let Some(message) = seen {
                let detail = json!({ "type": "deleted", "account": operator });
                happenings.push(message.happening(Change::Removed, detail));
                turn.app.messages.hide(&place, &operator);
            }
        }
    }
    Ok(Done::telling([]).by(happenings))
}

fn keys(body: &mut Fields) -> Result<Vec<String>, Refusal> {
    const LIST: &str = "MsgKeyList";
    let list = body.array(LIST, MSG_KEY)?.filter(|list| !list.is_empty());
    let list = body.need(LIST, MSG_KEY, list)?;
    if list.len() > MOST_KEYS {
        return body.refuse(LIST, MSG_KEY, "has more than 30 keys");
    }
    let keys = list.into_iter().map(|key| match key {
        Value::String(key) if is_msg_key(&key) => Ok(key),
        _ => body.refuse(LIST, MSG_KEY, "must hold strings of 1 to 50 characters"),
    });
    keys.collect()
}
