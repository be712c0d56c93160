//! What sending to one account and to many have in common.

use super::codes::{
    ACCOUNT_MISSING, FROM_ACCOUNT, LIFE_TIME, LIFE_TIME_LONG, MSG_RANDOM, MSG_SEQ, PACKET, Refusal,
    SYNC_OTHER_MACHINE,
};
use super::elements::{self, BodyCodes, Content};
use super::fields::Fields;
use super::message::{Message, Place, State};
use super::push;
use super::turn::Turn;
use crate::effects::{Change, Happening};

const LONGEST_LIFE: u64 = 604_800;
const CONTROLS: [&str; 3] = ["NoUnread", "NoLastMsg", "WithMuteNotifications"];

/// Whether the message is kept for those who are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Storage {
    Stored,
    OnlineOnly,
}

/// Whether the sender's own history has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnCopy {
    Kept,
    Left,
}

/// A message that is not addressed yet.
#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) from: String,
    pub(super) seq: Option<u32>,
    pub(super) random: u32,
    pub(super) content: Content,
    pub(super) storage: Storage,
    own_copy: OwnCopy,
}

impl Outgoing {
    /// Reads the common fields; the administrator who calls is the sender when none is named.
    pub(super) fn read(fields: &mut Fields, codes: &BodyCodes, admin: &str) -> Result<Self, Refusal> {
        let own_copy = match fields.one_of("SyncOtherMachine", SYNC_OTHER_MACHINE, &[1, 2])? {
            Some(2) => OwnCopy::Left,
            _ => OwnCopy::Kept,
        };
        let from = fields.user("From_Account", FROM_ACCOUNT)?;
        let seq = fields.u32("MsgSeq", MSG_SEQ)?;
        let random = fields.required_u32("MsgRandom", MSG_RANDOM)?;
        let content = elements::sent(fields, codes, PACKET)?;
        let online_only = fields.flag("OnlineOnlyFlag", PACKET)?;
        let life = fields.whole("MsgLifeTime", LIFE_TIME)?;
        if life.is_some_and(|seconds| seconds > LONGEST_LIFE) {
            return fields.refuse("MsgLifeTime", LIFE_TIME_LONG, "must be at most 604800");
        }
        fields.words("SendMsgControl", PACKET, &CONTROLS)?;
        fields.flag("IsNeedReadReceipt", PACKET)?;
        push::check(fields)?;
        Ok(Self {
            from: from.unwrap_or_else(|| admin.to_owned()),
            seq,
            random,
            content,
            storage: if online_only || life == Some(0) { Storage::OnlineOnly } else { Storage::Stored },
            own_copy,
        })
    }

    /// Refuses a sender who is not imported.
    pub(super) fn check_sender(&self, turn: &Turn<'_>) -> Result<(), Refusal> {
        turn.must_know(&self.from, ACCOUNT_MISSING, "From_Account")
    }

    /// Hands the message to one account.
    pub(super) fn hand_over(&self, turn: &mut Turn<'_>, to: &str, seq: u32, key: &str) -> Happening<String> {
        let readers = match self.own_copy {
            OwnCopy::Kept => [to, &self.from].map(str::to_owned).into(),
            OwnCopy::Left => [to.to_owned()].into(),
        };
        let message = Message {
            place: Place { from: self.from.clone(), to: to.to_owned(), key: key.to_owned() },
            seq,
            random: self.random,
            time: turn.now(),
            serial: turn.app.numbers.rise(),
            content: self.content.clone(),
            state: State::Kept,
            seen_by: readers,
        };
        let change = match self.storage {
            Storage::Stored => Change::Stored,
            Storage::OnlineOnly => Change::Delivered,
        };
        let happening = message.happening(change, message.row().into());
        if self.storage == Storage::Stored {
            turn.app.messages.keep(message);
        }
        happening
    }
}
