//! `yunxin.find_message`: look up one message; also the harmless call that tests a connection.

use super::conversation::{conversation_fields, conversation_path};
use super::found;
use super::ids::{MESSAGE_ID_MAX, TEAMS};
use crate::domain::field::Condition::Is;
use crate::domain::field::{Field, Kind};
use crate::domain::foresight;
use crate::domain::form::Form;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Scope, Segment, Targets, Verb};
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::sentence::choice_words;
use crate::domain::validation::Valid;
use crate::domain::vendor::{Probe, Standing};
use crate::words::yunxin as words;

conversation_fields!(first: words::VIEWER, hint: words::VIEWER_HINT, other: words::OTHER_SIDE);

/// Which message.
pub static MESSAGE: Field = Field::path(
    "message_server_id",
    words::MESSAGE_ID,
    Kind::Integer { min: 0, max: MESSAGE_ID_MAX },
    "Y-ID-3",
)
.required("Y-ID-3")
.hint(words::MESSAGE_ID_HINT);
/// When it was sent.
pub static TIME: Field = Field::query("message_time", words::MESSAGE_TIME, Kind::Time, "Y-FIND")
    .required("Y-FIND")
    .hint(words::MESSAGE_TIME_HINT);
/// Whether the team must exist.
pub static CHECK_TEAM: Field = Field::query("check_team_valid", words::CHECK_TEAM, Kind::Flag, "Y-MOD-18")
    .when(&[(Is(&CONVERSATION_TYPE, TEAMS), "Y-MOD-17")])
    .default("true");
/// Whether the account must be a member of the team.
pub static CHECK_MEMBER: Field =
    Field::query("check_team_member_valid", words::CHECK_MEMBER, Kind::Flag, "Y-MOD-18")
        .when(&[(Is(&CONVERSATION_TYPE, TEAMS), "Y-MOD-17")])
        .default("true");

/// Look up one message.
pub static FIND_MESSAGE: Operation = Operation {
    id: "yunxin.find_message",
    verb: Verb::Find,
    title: words::FIND_MESSAGE,
    vendor_name: words::FIND_MESSAGE,
    short: words::FIND_MESSAGE_SHORT,
    method: Method::Get,
    // Reads are documented under v2.1; v2 still works and is deprecated.
    path: conversation_path!("v2.1", "messages", Segment::Of(&MESSAGE)),
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHICH, &[&SENDER, &CONVERSATION_TYPE, &RECEIVER, &MESSAGE, &TIME]),
            Group::folded(words::GROUP_ADVANCED, &[&CHECK_TEAM, &CHECK_MEMBER]),
        ],
        rules: &[],
    },
    danger: Danger::Looks,
    act: words::FIND_MESSAGE_ACT,
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope {
        says: words::FIND_MESSAGE_SCOPE,
        facts: vec![
            ("place", Fact::Words(choice_words(&CONVERSATION_TYPE, &valid.text(&CONVERSATION_TYPE)))),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("message", Fact::Text(valid.text(&MESSAGE))),
        ],
    },
    explain: |valid, answer| found::explain(answer, "", &asked(valid)),
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresight::nothing,
    read_back: None,
};

fn asked(valid: &Valid) -> found::Parts {
    found::conversation(valid.text(&CONVERSATION_TYPE), valid.text(&RECEIVER))
}

/// Looks for a message that does not exist: whatever the answer says about the message, it shows whether key and signature
/// were accepted (Y-SIG-6).
pub(super) const PROBE: Probe = Probe {
    operation: &FIND_MESSAGE,
    values: &[
        ("conversation_id.sender_id", "message-desk"),
        ("conversation_id.conversation_type", "1"),
        ("conversation_id.receiver_id", "message-desk"),
        ("message_server_id", "1"),
        ("message_time", "1"),
    ],
    judge,
};

fn judge(outcome: &Outcome) -> Standing {
    let message = outcome.message.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    match outcome.code.as_deref() {
        Some("101303") => Standing::KeyUnknown,
        Some("403" | "414") if says(&["curtime", "time expire", "timestamp", "clock"]) => Standing::ClockOff,
        Some("403" | "414") if says(&["appkey", "app key", "app_key"]) => Standing::KeyUnknown,
        Some("403") => Standing::SignatureOrClock,
        Some("414") if says(&["checksum", "nonce", "sign", "auth"]) => Standing::SignatureOrClock,
        Some("315") => Standing::IpRefused,
        Some("414") if says(&["message_time", "message_server_id", "conversation"]) => Standing::Ready,
        // Only what nobody but Yunxin says, and only after it has accepted key and signature.
        Some("102404" | "104404" | "107404" | "108404" | "109404") => Standing::Ready,
        _ if outcome.verdict == Verdict::Accepted => Standing::Ready,
        _ => Standing::Refused,
    }
}
