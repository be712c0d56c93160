//! Query one-to-one history (查询单聊消息): `openim/admin_getroammsg`.

use serde_json::{Map, Value, json};

use super::codes::{FROM_ACCOUNT, MSG_KEY, PACKET, Refusal, TO_ACCOUNT};
use super::fields::Fields;
use super::message::{Message, is_msg_key};
use super::turn::{Done, Turn};

/// T-HIS-3: about 13K.
const PAGE_BYTES: usize = 13 * 1024;

struct Question {
    operator: String,
    peer: String,
    most: u64,
    from: u64,
    until: u64,
    last_key: Option<String>,
}

impl Question {
    fn read(mut body: Fields) -> Result<Self, Refusal> {
        let operator = body.required_user("Operator_Account", FROM_ACCOUNT)?;
        let peer = body.required_user("Peer_Account", TO_ACCOUNT)?;
        let most = body.required_whole("MaxCnt", PACKET)?;
        if most == 0 {
            return body.refuse("MaxCnt", PACKET, "must be at least 1");
        }
        let from = body.required_whole("MinTime", PACKET)?;
        let until = body.required_whole("MaxTime", PACKET)?;
        if from > until {
            return body.refuse("MinTime", PACKET, "is after MaxTime");
        }
        let last_key = body.text("LastMsgKey", MSG_KEY)?;
        if last_key.as_ref().is_some_and(|key| !is_msg_key(key)) {
            return body.refuse("LastMsgKey", MSG_KEY, "must have 1 to 50 characters");
        }
        body.finish(PACKET)?;
        Ok(Self { operator, peer, most, from, until, last_key })
    }

    fn covers(&self, time: i64) -> bool {
        u64::try_from(time).is_ok_and(|time| (self.from..=self.until).contains(&time))
    }
}

/// Shows a page of the dialogue as one of its accounts sees it. Pages go back in time, rows forth. It changes nothing.
pub(super) fn find_c2c(turn: &mut Turn<'_>, body: Fields) -> Result<Done, Refusal> {
    let question = Question::read(body)?;
    turn.must_know(&question.operator, FROM_ACCOUNT, "Operator_Account")?;
    turn.must_know(&question.peer, TO_ACCOUNT, "Peer_Account")?;
    let now = turn.now();
    let mut seen = turn.app.messages.seen(&question.operator, &question.peer);
    if let Some(key) = &question.last_key {
        cut_before(&mut seen, key, question.until)?;
    }
    seen.retain(|message| turn.limits.keep(message.time, now) && question.covers(message.time));

    let page = page(&seen, question.most);
    let complete = u8::from(page.len() == seen.len());
    let oldest = seen.get(seen.len() - page.len());
    Ok(Done::telling([
        ("Complete", json!(complete)),
        ("MsgCnt", json!(page.len())),
        ("LastMsgTime", json!(oldest.map_or(0, |message| message.time))),
        ("LastMsgKey", json!(oldest.map_or("", |message| message.place.key.as_str()))),
        ("MsgList", json!(page)),
    ]))
}

// T-HIS-1: the next page is asked for with the last page's oldest message and its time.
fn cut_before(seen: &mut Vec<&Message>, key: &str, until: u64) -> Result<(), Refusal> {
    let at = seen
        .iter()
        .position(|message| message.place.key == key && u64::try_from(message.time) == Ok(until))
        .ok_or_else(|| {
            Refusal::field(MSG_KEY, "LastMsgKey", "names no message of this dialogue at the time MaxTime")
        })?;
    seen.truncate(at);
    Ok(())
}

/// The newest rows that fit, oldest first; at least one where there is any.
fn page(seen: &[&Message], most: u64) -> Vec<Map<String, Value>> {
    let (mut rows, mut bytes) = (Vec::new(), 0);
    for message in seen.iter().rev() {
        let row = message.row();
        bytes += Value::Object(row.clone()).to_string().len();
        let is_full = bytes > PAGE_BYTES || u64::try_from(rows.len()).is_ok_and(|count| count >= most);
        if is_full && !rows.is_empty() {
            break;
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}
