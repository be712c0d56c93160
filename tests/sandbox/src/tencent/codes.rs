//! The vendor's codes that this sandbox answers, and a refusal with one of them.

pub(super) const SUCCESS: u32 = 0;

// Access, common to every command.
pub(super) const URL_FORM: u32 = 60_002;
pub(super) const TOO_FREQUENT: u32 = 60_007;
pub(super) const NO_SUCH_PATH: u32 = 60_009;
pub(super) const NOT_ADMIN: u32 = 60_010;
pub(super) const APP_ABSENT: u32 = 60_012;
pub(super) const NO_PLAN: u32 = 60_020;
pub(super) const URL_PARAMETER: u32 = 60_025;

// UserSig.
pub(super) const SIG_EXPIRED: u32 = 70_001;
pub(super) const SIG_EMPTY: u32 = 70_002;
pub(super) const SIG_MALFORMED: u32 = 70_003;
pub(super) const SIG_WRONG: u32 = 70_009;
pub(super) const SIG_OTHER_USER: u32 = 70_013;
pub(super) const SIG_OTHER_APP: u32 = 70_014;
pub(super) const APP_MISSING: u32 = 70_020;

// Messages, `openim`.
pub(super) const PACKET: u32 = 20_001;
pub(super) const USER_INVALID: u32 = 20_003;
pub(super) const MESSAGE_MISSING: u32 = 20_022;
pub(super) const ALREADY_RECALLED: u32 = 20_023;
pub(super) const NOTHING_TO_MODIFY: u32 = 20_026;
pub(super) const NOT_IMPORTED: u32 = 70_107;
pub(super) const NOT_JSON: u32 = 90_001;
pub(super) const BODY_SHAPE: u32 = 90_002;
pub(super) const TO_ACCOUNT: u32 = 90_003;
pub(super) const MSG_SEQ: u32 = 90_004;
pub(super) const MSG_RANDOM: u32 = 90_005;
pub(super) const BODY_NO_ARRAY: u32 = 90_007;
pub(super) const FROM_ACCOUNT: u32 = 90_008;
pub(super) const ELEMENT: u32 = 90_010;
pub(super) const TOO_MANY_RECEIVERS: u32 = 90_011;
pub(super) const RECEIVER_UNKNOWN: u32 = 90_012;
pub(super) const LIFE_TIME_LONG: u32 = 90_026;
pub(super) const RECEIVERS_NO_ARRAY: u32 = 90_028;
pub(super) const RECEIVERS_EMPTY: u32 = 90_029;
pub(super) const SYNC_OTHER_MACHINE: u32 = 90_031;
pub(super) const PUSH_INFO: u32 = 90_043;
pub(super) const LIFE_TIME: u32 = 90_044;
pub(super) const ACCOUNT_MISSING: u32 = 90_048;
pub(super) const MSG_KEY: u32 = 90_054;
pub(super) const BATCH_TOO_LONG: u32 = 90_055;
pub(super) const BATCH_TOO_FREQUENT: u32 = 90_057;
pub(super) const TOO_LONG: u32 = 93_000;

// Content.
pub(super) const MODERATED: u32 = 80_001;
pub(super) const GROUP_TOO_LONG: u32 = 80_002;

// Groups.
pub(super) const NO_SUCH_COMMAND: u32 = 10_003;
pub(super) const PARAMETER: u32 = 10_004;
pub(super) const NOT_ALLOWED: u32 = 10_007;
pub(super) const GROUP_MISSING: u32 = 10_010;
pub(super) const GROUP_NOT_JSON: u32 = 10_011;
pub(super) const GROUP_ID: u32 = 10_015;
pub(super) const MUTED: u32 = 10_017;
pub(super) const GROUP_ACCOUNT_MISSING: u32 = 10_019;
pub(super) const GROUP_TOO_FREQUENT: u32 = 10_023;
pub(super) const NOTHING_TO_RECALL: u32 = 10_030;
pub(super) const RECALL_TOO_LATE: u32 = 10_031;
pub(super) const NO_ROAMING: u32 = 10_044;
pub(super) const TOO_MANY_NAMED: u32 = 10_053;

/// A call that is answered with `FAIL` and has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: u32,
    pub(super) info: String,
}

impl Refusal {
    /// A refusal with the vendor's code and an English text.
    pub(super) fn new(code: u32, info: impl Into<String>) -> Self {
        Self { code, info: info.into() }
    }

    /// A refusal whose text begins with the field.
    pub(super) fn field(code: u32, field: &str, fault: &str) -> Self {
        Self::new(code, format!("{field} {fault}"))
    }
}
