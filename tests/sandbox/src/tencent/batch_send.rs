//! Send to many accounts (批量发单聊消息): `openim/batchsendmsg`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::codes::{
    BATCH_TOO_FREQUENT, NOT_IMPORTED, PACKET, RECEIVER_UNKNOWN, RECEIVERS_EMPTY, RECEIVERS_NO_ARRAY, Refusal,
    TO_ACCOUNT, TOO_MANY_RECEIVERS,
};
use super::elements::BodyCodes;
use super::fields::{Fields, is_user_id};
use super::outgoing::Outgoing;
use super::rates::{Admission, Counted};
use super::turn::{Done, Status, Turn};

/// Stores one message for each imported receiver, all under one `MsgKey`, and reports the others.
pub(super) fn batch_send(turn: &mut Turn<'_>, mut body: Fields) -> Result<Done, Refusal> {
    let receivers = receivers(&mut body, turn.limits.batch_receivers)?;
    let outgoing = Outgoing::read(&mut body, &BodyCodes::BATCH, &turn.caller.identifier)?;
    body.finish(PACKET)?;
    let limit = turn.limits.batch_receivers_per_minute;
    let sdkappid = turn.caller.sdkappid;
    let admission = turn.rates.admit(sdkappid, Counted::Receivers, receivers.len(), limit, turn.now_ms);
    if admission == Admission::Refused {
        return Err(Refusal::new(BATCH_TOO_FREQUENT, "too many receivers of batches in a minute"));
    }
    outgoing.check_sender(turn)?;

    let (known, unknown): (Vec<String>, Vec<String>) =
        receivers.into_iter().partition(|receiver| turn.app.accounts.contains(receiver));
    if known.is_empty() {
        return Err(Refusal::new(RECEIVER_UNKNOWN, "invalid To_Account"));
    }
    let time = turn.now();
    let pairs: Vec<(&str, &str)> = known.iter().map(|to| (outgoing.from.as_str(), to.as_str())).collect();
    let (seq, key) = turn.app.new_key(outgoing.seq, outgoing.random, time, &pairs);
    let happenings = known.iter().map(|to| outgoing.hand_over(turn, to, seq, &key)).collect();
    let mut done = Done::telling([("MsgKey", json!(key))]).by(happenings);
    if !unknown.is_empty() {
        let failed = unknown.iter().map(|to| json!({ "To_Account": to, "ErrorCode": NOT_IMPORTED }));
        done.answer.insert("ErrorList".to_owned(), failed.collect::<Vec<_>>().into());
        done.status = Status::SomeError;
    }
    Ok(done)
}

// T-BAT-1; an account named twice is refused, so that a caller who forgot T-BAT-6 notices.
fn receivers(body: &mut Fields, limit: usize) -> Result<Vec<String>, Refusal> {
    const KEY: &str = "To_Account";
    let list = match body.any(KEY) {
        None => return body.refuse(KEY, TO_ACCOUNT, "is required"),
        Some(Value::Array(list)) => list,
        Some(_) => return body.refuse(KEY, RECEIVERS_NO_ARRAY, "must be an array"),
    };
    if list.is_empty() {
        return body.refuse(KEY, RECEIVERS_EMPTY, "is empty");
    }
    if list.len() > limit {
        let fault = format!("has {} accounts, at most {limit}", list.len());
        return body.refuse(KEY, TOO_MANY_RECEIVERS, &fault);
    }
    let (mut seen, mut receivers) = (BTreeSet::new(), Vec::with_capacity(list.len()));
    for item in list {
        match item {
            Value::String(receiver) if is_user_id(&receiver) => {
                if !seen.insert(receiver.clone()) {
                    return body.refuse(KEY, TO_ACCOUNT, &format!("names {receiver} twice"));
                }
                receivers.push(receiver);
            }
            _ => return body.refuse(KEY, TO_ACCOUNT, "must hold strings of 1 to 32 bytes"),
        }
    }
    Ok(receivers)
}
