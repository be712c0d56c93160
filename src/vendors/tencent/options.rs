//! Option fields that several sending operations share. The vendor's switches are numbers: 0 and 1.

use super::ids::{ACCOUNT, ACCOUNT_BYTES, GROUP};
use crate::domain::field::{Choice, Field, Kind, Role};
use crate::domain::problem::{Fault, Problem};
use crate::domain::validation::Readings;
use crate::words::{Words, fault, tencent as words};

/// No or yes.
pub const NO_YES: Kind = Kind::Choice(&[Choice::new("0", fault::OFF), Choice::new("1", fault::ON)]);

/// A whole number of 32 bits.
pub const U32: Kind = Kind::Integer { min: 0, max: u32::MAX as i64 };

/// A switch that is off when it is left empty.
pub const fn flag(name: &'static str, label: Words) -> Field {
    Field::body(name, label, NO_YES, "T-FIELD")
}

/// Who sends; the admin who calls when it is left empty.
pub static SENDER: Field = Field::body("From_Account", words::SENDER, Kind::Id(&ACCOUNT), "T-USER")
    .limits(ACCOUNT_BYTES)
    .hint(words::SENDER_DEFAULT)
    .role(Role::Sender);
/// Which group.
pub static GROUP_ID: Field = Field::body("GroupId", words::GROUP_ID, Kind::Id(&GROUP), "T-GROUP")
    .required("T-GROUP")
    .role(Role::Group);
/// Which topic of a community.
pub static TOPIC: Field =
    Field::body("TopicId", words::TOPIC, Kind::Id(&GROUP), "T-GROUP").hint(words::TOPIC_HINT);
/// Whether the sender's own devices and history get it.
pub static SYNC: Field = Field::body(
    "SyncOtherMachine",
    words::SYNC,
    Kind::Choice(&[Choice::new("1", words::SYNC_YES), Choice::new("2", words::SYNC_NO)]),
    "T-FIELD",
);
/// Only those who are online; nothing is stored (T-SND-3).
pub static ONLINE_ONLY: Field =
    flag("OnlineOnlyFlag", words::ONLINE_ONLY).default("0").hint(words::ONLINE_ONLY_HINT);
/// For how long it is kept for those who are offline: seven days at most.
pub static LIFE_TIME: Field =
    Field::body("MsgLifeTime", words::LIFE_TIME, Kind::Integer { min: 0, max: 604_800 }, "T-FIELD")
        .hint(words::LIFE_TIME_HINT);
/// Order within a second, and a part of what tells repeats.
pub static SEQ: Field =
    Field::body("MsgSeq", words::DRAWN_SEQ, U32, "T-SND-2").drawn().hint(words::DRAWN_HINT);
/// What tells repeats: the same within 120 seconds is the same message.
pub static RANDOM: Field = Field::body("MsgRandom", words::DRAWN_RANDOM, U32, "T-SND-2")
    .drawn()
    .required("T-SND-2")
    .hint(words::DRAWN_HINT);
/// Which callbacks are not called.
pub static FORBID_CALLBACK: Field = Field::body(
    "ForbidCallbackControl",
    words::FORBID_CALLBACK,
    Kind::Several(&[
        Choice::new("ForbidBeforeSendMsgCallback", words::FORBID_BEFORE),
        Choice::new("ForbidAfterSendMsgCallback", words::FORBID_AFTER),
    ]),
    "T-FIELD",
);
/// What receiving it does not do.
pub static SEND_CONTROL: Field = Field::body(
    "SendMsgControl",
    words::SEND_CONTROL,
    Kind::Several(&[
        Choice::new("NoUnread", words::NO_UNREAD),
        Choice::new("NoLastMsg", words::NO_LAST_MSG),
        Choice::new("WithMuteNotifications", words::MUTE_NOTIFICATIONS),
    ]),
    "T-FIELD",
);
/// Whether clients may attach data to it.
pub static EXTENSIBLE: Field = flag("SupportMessageExtension", words::EXTENSIBLE);
/// Whether the sender is told when it was read.
pub static RECEIPT: Field = flag("IsNeedReadReceipt", words::RECEIPT);

/// Zero is the older way of sending to those who are online; the vendor's newer pages use the switch (T-BAT-10).
pub fn online_only_is_said_once(readings: &Readings) -> Option<Problem> {
    let zero = readings.typed(&LIFE_TIME) == "0";
    let fault = Fault::said("older_online_only", words::LIFE_TIME_ZERO);
    zero.then(|| Problem::warn(LIFE_TIME.name, "T-BAT-10", fault))
}

/// Whether a send leaves nothing behind that could be looked up, changed or recalled (T-SND-3).
pub fn leaves_nothing(online_only: &str, life_time: &str) -> bool {
    online_only == "1" || life_time == "0"
}

/// What is sent to those online only cannot be changed or recalled afterwards (T-SND-3).
pub fn online_only_is_final(readings: &Readings) -> Option<Problem> {
    let fault = Fault::said("not_stored", words::NOT_STORED);
    (readings.text(&ONLINE_ONLY) == "1").then(|| Problem::warn(ONLINE_ONLY.name, "T-SND-3", fault))
}
