//! How what was sent is looked for: by the number that went with it, and by what it holds.

use super::modify_c2c::RECEIVER;
use super::options::{LIFE_TIME, ONLINE_ONLY, RANDOM, SENDER, leaves_nothing};
use super::read_back::{arrived, everything, in_group};
use super::{batch_send, find_c2c, find_group, send, send_group};
use crate::domain::draft::Values;
use crate::domain::operation::Proof;
use crate::domain::trail::{Span, Trail};
use crate::domain::validation::Valid;

/// All of them.
pub(super) static TRAILS: &[&Trail] = &[&BATCH_SEND, &SEND, &SEND_GROUP];

static BATCH_SEND: Trail = Trail {
    of: &batch_send::BATCH_SEND,
    operation: &find_c2c::FIND_C2C,
    values: |valid, span| match valid.items(&batch_send::RECEIVERS) {
        [receiver] => to_one(valid, receiver, span),
        _ => None,
    },
    is: |valid, message| proves(valid, message, &valid.text(&RANDOM)),
    mark: None,
    facts: &[],
};

static SEND: Trail = Trail {
    of: &send::SEND,
    operation: &find_c2c::FIND_C2C,
    values: |valid, span| to_one(valid, &valid.text(&RECEIVER), span),
    is: |valid, message| proves(valid, message, &valid.text(&RANDOM)),
    mark: None,
    // The `MsgId` of an answer is in no history.
    facts: &[("MsgKey", "MsgKey"), ("MsgTime", "MsgTimeStamp")],
};

static SEND_GROUP: Trail = Trail {
    of: &send_group::SEND_GROUP,
    operation: &find_group::FIND_GROUP,
    values: |valid, _| (valid.text(&ONLINE_ONLY) != "1").then(|| in_group(valid, None, "20")),
    is: |valid, message| proves(valid, message, &valid.text(&send_group::RANDOM)),
    mark: None,
    facts: &[("MsgSeq", "MsgSeq"), ("MsgTime", "MsgTimeStamp")],
};

/// From the receiver's side: a sender may have no copy (T-HIS-6). The calling admin's own name is not part of the act.
fn to_one(valid: &Valid, receiver: &str, span: Span) -> Option<Values> {
    let sender = valid.text(&SENDER);
    if sender.is_empty() || leaves_nothing(&valid.text(&ONLINE_ONLY), &valid.text(&LIFE_TIME)) {
        return None;
    }
    let mut values = everything(receiver, &sender);
    values.set(find_c2c::FROM.name, span.from.div_euclid(1000).max(0).to_string());
    values.set(find_c2c::UNTIL.name, span.until.div_euclid(1000).min(u32::MAX.into()).to_string());
    Some(values)
}

fn proves(valid: &Valid, message: &crate::domain::message::Message, random: &str) -> bool {
    arrived(valid, std::slice::from_ref(message), random) == Proof::Verified
}
