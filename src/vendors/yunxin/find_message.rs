//! The single-message query, as the harmless call that tests a connection.

use super::reply;
use crate::domain::field::{Field, Kind};
use crate::domain::foresight;
use crate::domain::operation::{Danger, Group, Method, Operation, Scope, Segment, Targets, Verb};
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::validation::Form;
use crate::domain::vendor::{Probe, Standing};
use crate::words::yunxin as words;

static CONVERSATION: Field = Field::path(
    "conversation_id",
    words::GROUP_WHICH,
    Kind::Text(crate::domain::field::Lines::One),
    "Y-ID-4",
)
.required("Y-ID-4");
static MESSAGE: Field =
    Field::path("message_server_id", words::MESSAGE_ID, Kind::Integer { min: 0, max: i64::MAX }, "Y-ID-3")
        .required("Y-ID-3");
static TIME: Field =
    Field::query("message_time", words::MESSAGE_TIME, Kind::Time, "Y-ID-3").required("Y-ID-3");

static FIND_MESSAGE: Operation = Operation {
    id: "yunxin.find_message",
    verb: Verb::Find,
    title: words::FIND_MESSAGE,
    vendor_name: words::FIND_MESSAGE,
    short: words::FIND_MESSAGE,
    method: Method::Get,
    // Reads are documented under v2.1; v2 still works and is deprecated.
    path: &[
        Segment::Literal("im"),
        Segment::Literal("v2.1"),
        Segment::Literal("conversations"),
        Segment::Of(&CONVERSATION),
        Segment::Literal("messages"),
        Segment::Of(&MESSAGE),
    ],
    form: Form { groups: &[Group::open(words::GROUP_WHICH, &[&CONVERSATION, &MESSAGE, &TIME])], rules: &[] },
    danger: Danger::Looks,
    act: words::FIND_MESSAGE,
    spacing: None,
    targets: Targets::One,
    scope: |_| Scope { says: words::FIND_MESSAGE, facts: Vec::new() },
    explain: |_, answer| {
        reply::explain(answer, words::FIND_MESSAGE, words::ACCEPTED_CAUSE, words::ACCEPTED_NEXT)
    },
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresight::nothing,
    read_back: None,
};

/// Looks for a message that does not exist: whatever the answer says about the message, it shows whether key and signature
/// were accepted (Y-SIG-6).
pub(super) const PROBE: Probe = Probe {
    operation: &FIND_MESSAGE,
    values: &[
        ("conversation_id", "message-desk|1|message-desk"),
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
        Some("403") => Standing::SignatureRefused,
        Some("414") if says(&["checksum", "nonce", "sign", "auth"]) => Standing::SignatureRefused,
        Some("414") if says(&["message_time", "message_server_id", "conversation"]) => Standing::Ready,
        // Only what nobody but Yunxin says, and only after it has accepted key and signature.
        Some("102404" | "104404" | "107404" | "108404" | "109404") => Standing::Ready,
        _ if outcome.verdict == Verdict::Accepted => Standing::Ready,
        _ => Standing::Refused,
    }
}
