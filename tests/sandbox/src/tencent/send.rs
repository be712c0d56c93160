//! Send to one account (单发单聊消息): `openim/sendmsg`.

use serde_json::json;

use super::codes::{PACKET, RECEIVER_UNKNOWN, Refusal, TO_ACCOUNT};
use super::elements::BodyCodes;
use super::fields::Fields;
use super::outgoing::Outgoing;
use super::store::SendKey;
use super::turn::{Done, Turn};

const REPEAT_MS: i64 = 120_000;
/// The callbacks a call may forbid.
pub(super) const CALLBACKS: [&str; 2] = ["ForbidBeforeSendMsgCallback", "ForbidAfterSendMsgCallback"];

/// Stores one message, unless it is a repeat: then the first one's answer is given again.
pub(super) fn send(turn: &mut Turn<'_>, mut body: Fields) -> Result<Done, Refusal> {
    let to = body.required_user("To_Account", TO_ACCOUNT)?;
    let outgoing = Outgoing::read(&mut body, &BodyCodes::SINGLE, &turn.caller.identifier)?;
    body.words("ForbidCallbackControl", PACKET, &CALLBACKS)?;
    body.flag("SupportMessageExtension", PACKET)?;
    body.finish(PACKET)?;
    outgoing.check_sender(turn)?;
    turn.must_know(&to, RECEIVER_UNKNOWN, "To_Account")?;

    let now_ms = turn.now_ms;
    turn.app.lately.retain(|_, (at, _)| (now_ms - REPEAT_MS < *at) && (*at <= now_ms));
    let send_key = outgoing.seq.map(|seq| SendKey {
        from: outgoing.from.clone(),
        seq,
        random: outgoing.random,
        content: outgoing.content.fingerprint(),
    });
    if let Some((_, answer)) = send_key.as_ref().and_then(|key| turn.app.lately.get(key)) {
        return Ok(Done { answer: answer.clone(), ..Done::telling([]) });
    }
    let time = turn.now();
    let (seq, key) = turn.app.new_key(outgoing.seq, outgoing.random, time, &[(&outgoing.from, &to)]);
    let happening = outgoing.hand_over(turn, &to, seq, &key);
    let done = Done::telling([("MsgTime", json!(time)), ("MsgKey", json!(key))]);
    if let Some(send_key) = send_key {
        turn.app.lately.insert(send_key, (now_ms, done.answer.clone()));
    }
    Ok(done.by(vec![happening]))
}
