//! `yunxin.batch_send`: the same message to many accounts, one conversation each, in one request (Y-BAT-1…11).

use std::collections::BTreeMap;

use super::codes;
use super::ids::ACCOUNT;
use super::message::content_fields;
use super::options::{antispam_fields, message_config_fields, push_fields, route_fields};
use super::reply::{self, Envelope};
use crate::domain::field::{Items, JsonShape, Role};
use crate::domain::foresight;
use crate::domain::form::Form;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb,
};
use crate::domain::outcome::{
    Advice, Outcome, ReceiverEnding, ReceiverOutcome, Repeat, SentMessage, Verdict,
};
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Reply;
use crate::domain::sentence::choice_words;
use crate::domain::validation::{Readings, Valid};
use crate::words::yunxin as words;

content_fields!(type: "Y-BAT-4", typed: "Y-BAT-4", text: "Y-BAT-4", needed: "Y-BAT-4", attachment: "Y-BAT-4", sub_type: "Y-BAT-5");

/// Who sends.
pub static SENDER: Field = Field::body("sender_id", words::SENDER, Kind::Id(&ACCOUNT), "Y-ID-1")
    .required("Y-BAT-1")
    .role(Role::Sender)
    .hint(words::SENDER_HINT);
/// Who gets it: 500 stops (the older page), more than 100 warns (the newer one). Duplicates are merged (Y-BAT-2).
pub static RECEIVERS: Field =
    Field::body("receiver_ids", words::RECEIVERS, Kind::Ids(&ACCOUNT, Items::Texts), "Y-BAT-2")
        .required("Y-BAT-1")
        .role(Role::Receivers)
        .limits(
            const {
                &[
                    Limit::most(500, Unit::Items, "Y-BAT-1"),
                    Limit::warn(100, Unit::Items, "Y-BAT-1", words::RECEIVERS_OVER_100),
                ]
            },
        )
        .hint(words::RECEIVERS_HINT);
/// The sender keeps no copy.
pub static SENDER_NO_SENSE: Field =
    Field::body("sender_no_sense", words::SENDER_NO_SENSE, Kind::Flag, "Y-MOD-18")
        .default("false")
        .hint(words::SENDER_NO_SENSE_HINT);
/// The receivers keep no copy; always written, which satisfies both readings of the vendor's page (Y-BAT-9).
pub static RECEIVER_NO_SENSE: Field =
    Field::body("receiver_no_sense", words::RECEIVER_NO_SENSE, Kind::Flag, "Y-MOD-18")
        .always("false")
        .hint(words::RECEIVER_NO_SENSE_HINT);
/// The answer repeats the content.
pub static NEED_DETAIL: Field =
    Field::body("need_message_detail", words::NEED_DETAIL, Kind::Flag, "Y-MOD-18").default("false");
/// Developer data: JSON as text.
pub static EXTENSION: Field =
    Field::body("extension", words::EXTENSION, Kind::JsonText(JsonShape::Any), "Y-BAT-6")
        .limits(const { &[Limit::most(1024, Unit::Utf16, "Y-BAT-6")] })
        .hint(words::JSON_TEXT_HINT);

route_fields!();
push_fields!(limits: "Y-BAT-7");
antispam_fields!(limits: "Y-BAT-8");

/// Whether only friends may.
pub static CHECK_FRIEND: Field =
    Field::body("p2p_option.check_friend", words::CHECK_FRIEND, Kind::Flag, "Y-MOD-18")
        .default("false")
        .hint(words::CHECK_FRIEND_HINT);

message_config_fields!();

/// The same message to many accounts.
pub static BATCH_SEND: Operation = Operation {
    id: "yunxin.batch_send",
    verb: Verb::Send,
    title: words::BATCH_SEND,
    vendor_name: words::BATCH_SEND_VENDOR,
    short: words::BATCH_SEND_SHORT,
    method: Method::Post,
    path: &[
        Segment::Literal("im"),
        Segment::Literal("v2"),
        Segment::Literal("conversations"),
        Segment::Literal("messages"),
    ],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHO, &[&SENDER, &RECEIVERS]),
            Group::open(words::GROUP_WHAT, CONTENT),
            Group::folded(
                words::GROUP_CONVERSATION,
                &[&SENDER_NO_SENSE, &RECEIVER_NO_SENSE, &NEED_DETAIL, &EXTENSION, &CHECK_FRIEND],
            ),
            Group::folded(words::GROUP_ROUTE, &[&ROUTE_ENABLED, &ROUTE_ENVIRONMENT]),
            PUSH_GROUP,
            Group::folded(
                words::GROUP_ANTISPAM,
                &[&ANTISPAM_ENABLED, &ANTISPAM_BUSINESS, &ANTISPAM_EXTENSION, &ANTISPAM_CHEATING],
            ),
            Group::folded(
                words::GROUP_MESSAGE_CONFIG,
                &[&UNREAD, &MULTI_SYNC, &OFFLINE, &HISTORY, &ROAMING, &CONVERSATION_UPDATE],
            ),
        ],
        rules: &[
            Rule { id: "Y-BAT-2", check: sender_among_receivers },
            Rule { id: "Y-BAT-3", check: not_both_unaware },
            Rule { id: "Y-BAT-4", check: attachment_is_sound },
        ],
    },
    danger: Danger::Sends,
    act: words::BATCH_SEND_ACT,
    spacing: None,
    targets: Targets::EntriesOf(&RECEIVERS),
    scope,
    explain,
    unanswered,
    follow,
    foresee: foresight::nothing,
    read_back: None,
};

fn sender_among_receivers(readings: &Readings) -> Option<Problem> {
    let sender = readings.text(&SENDER);
    let among = !sender.is_empty() && readings.has_line(&RECEIVERS, sender);
    let fault = Fault::said("sender_among_receivers", words::SENDER_AMONG_RECEIVERS);
    among.then(|| Problem::warn(RECEIVERS.name, "Y-BAT-2", fault))
}

fn not_both_unaware(readings: &Readings) -> Option<Problem> {
    let both = readings.text(&SENDER_NO_SENSE) == "true" && readings.text(&RECEIVER_NO_SENSE) == "true";
    both.then(|| {
        Problem::stop(RECEIVER_NO_SENSE.name, "Y-BAT-3", Fault::said("both_unaware", words::BOTH_UNAWARE))
    })
}

/// How many receivers a scope sentence names.
const SAMPLE: usize = 3;

fn scope(valid: &Valid) -> Scope {
    let receivers = valid.items(&RECEIVERS);
    let mut sample = receivers.iter().take(SAMPLE).cloned().collect::<Vec<_>>().join(", ");
    if receivers.len() > SAMPLE {
        sample.push('…');
    }
    Scope {
        says: words::BATCH_SEND_SCOPE,
        facts: vec![
            ("sender", Fact::Text(valid.text(&SENDER))),
            ("count", Fact::Text(receivers.len().to_string())),
            ("kind", Fact::Words(choice_words(&MESSAGE_TYPE, &valid.text(&MESSAGE_TYPE)))),
            ("sample", Fact::Text(sample)),
            ("content", Fact::Text(valid.text(&TEXT))),
        ],
    }
}

/// Reconciles the vendor's two lists with the receivers that were asked for: succeeded + failed + unknown = asked for.
fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome =
        reply::explain(answer, words::BATCH_ALL, words::BATCH_ALL_CAUSE, words::BATCH_ALL_NEXT)?;
    if outcome.verdict == Verdict::Unknown {
        outcome.receivers = unanswered(valid);
    }
    if outcome.verdict != Verdict::Accepted {
        return Some(outcome);
    }
    let data = Envelope::read(answer)?.data;
    let mut endings: BTreeMap<String, ReceiverEnding> = BTreeMap::new();
    let succeeded = reply::list(&data, "success_list").filter_map(|entry| {
        let receiver = reply::text(entry, "receiver_id")?;
        let id = reply::text(entry, "message_server_id").unwrap_or_default();
        let sent =
            SentMessage { id, time: reply::text(entry, "create_time"), receiver: Some(receiver.clone()) };
        Some((receiver, ReceiverEnding::Sent(sent)))
    });
    let failed = reply::list(&data, "failed_list").filter_map(|entry| {
        // One SDK calls the receiver `account_id`, the other `receiver_id`.
        let receiver = reply::text(entry, "account_id").or_else(|| reply::text(entry, "receiver_id"))?;
        let code = reply::text(entry, "error_code").unwrap_or_default();
        let message = reply::text(entry, "error_msg").unwrap_or_default();
        let advice = code.parse().ok().and_then(codes::advice);
        // A code that leaves open whether it was sent is no refusal.
        let open = advice.is_some_and(|advice| advice.repeat == Repeat::Dangerous);
        Some((
            receiver,
            if open { ReceiverEnding::Unknown } else { ReceiverEnding::Refused { code, message, advice } },
        ))
    });
    for (receiver, ending) in succeeded.chain(failed) {
        // Named in both lists: nobody knows.
        let known = endings.remove(&receiver.to_ascii_lowercase());
        endings.insert(
            receiver.to_ascii_lowercase(),
            if known.is_some() { ReceiverEnding::Unknown } else { ending },
        );
    }
    let asked = valid.items(&RECEIVERS).iter();
    outcome.receivers = asked
        .map(|receiver| ReceiverOutcome {
            ending: endings.remove(receiver).unwrap_or(ReceiverEnding::Unknown),
            receiver: receiver.clone(),
        })
        .collect();
    let strangers = !endings.is_empty();
    outcome.facts.extend(endings.into_keys().map(|receiver| ("not_asked_for".to_owned(), receiver)));
    (outcome.verdict, outcome.advice) = match outcome.counts() {
        (_, 0, 0) if strangers => (Verdict::Partial, BATCH_STRANGERS),
        (_, 0, 0) => (Verdict::Accepted, outcome.advice),
        (0, _, 0) => (Verdict::Refused, BATCH_NONE),
        (0, 0, _) => (Verdict::Unknown, BATCH_SILENT),
        _ => (Verdict::Partial, BATCH_SOME),
    };
    Some(outcome)
}

const BATCH_NONE: Advice = Advice {
    meaning: words::BATCH_NONE,
    cause: words::BATCH_NONE_CAUSE,
    next: words::BATCH_NONE_NEXT,
    repeat: Repeat::AfterFix,
};
const BATCH_SILENT: Advice = Advice {
    meaning: words::BATCH_SILENT,
    cause: words::BATCH_SILENT_CAUSE,
    next: words::BATCH_SILENT_NEXT,
    repeat: Repeat::Dangerous,
};
const BATCH_SOME: Advice = Advice {
    meaning: words::BATCH_SOME,
    cause: words::BATCH_SOME_CAUSE,
    next: words::BATCH_SOME_NEXT,
    repeat: Repeat::OnlyTheRest,
};

const BATCH_STRANGERS: Advice = Advice {
    meaning: words::BATCH_STRANGERS,
    cause: words::BATCH_STRANGERS_CAUSE,
    next: words::BATCH_SILENT_NEXT,
    repeat: Repeat::OnlyTheRest,
};

fn unanswered(valid: &Valid) -> Vec<ReceiverOutcome> {
    let asked = valid.items(&RECEIVERS).iter();
    asked
        .map(|receiver| ReceiverOutcome { receiver: receiver.clone(), ending: ReceiverEnding::Unknown })
        .collect()
}

fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    let sender = valid.text(&SENDER);
    let sent = outcome.receivers.iter().filter_map(|receiver| match &receiver.ending {
        ReceiverEnding::Sent(message) if !message.id.is_empty() => Some((&receiver.receiver, message)),
        ReceiverEnding::Sent(_) | ReceiverEnding::Refused { .. } | ReceiverEnding::Unknown => None,
    });
    sent.flat_map(|(receiver, message)| {
        let time = message.time.clone().unwrap_or_default();
        let recall = Follow {
            operation: "yunxin.recall",
            label: words::FOLLOW_RECALL,
            values: super::recall_values(&sender, super::ids::P2P, receiver, &message.id, &time),
            about: receiver.clone(),
        };
        let modify = Follow {
            operation: "yunxin.modify",
            label: words::FOLLOW_MODIFY,
            values: vec![
                ("operator", sender.clone()),
                ("type", super::ids::P2P.to_owned()),
                ("message.message_server_id", message.id.clone()),
                ("message.sender_id", sender.clone()),
                ("message.receiver_id", receiver.clone()),
                ("message.time", time),
                ("message.message_type", valid.text(&MESSAGE_TYPE)),
                ("message.sub_type", valid.text(&SUB_TYPE)),
                ("message.text", valid.text(&TEXT)),
                ("message.attachment", valid.json_text("message.attachment")),
            ],
            about: receiver.clone(),
        };
        [recall, modify]
    })
    .collect()
}
