//! `tencent.batch_send`: the same message to many accounts in one request (T-BAT-1…10).

use super::content::{self, CLOUD_CUSTOM_DATA, NEW_BODY, content_rules};
use super::ids::LISTED;
use super::options::{
    LIFE_TIME, ONLINE_ONLY, RANDOM, RECEIPT, SEND_CONTROL, SENDER, SEQ, SYNC, online_only_is_final,
    online_only_is_said_once,
};
use super::reply::{self, Envelope};
use super::send::{follow_up, kind, sender};
use super::{foresee, push};
use crate::domain::field::{Field, Items, Kind, Limit, Role, Unit};
use crate::domain::form::Form;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb,
};
use crate::domain::outcome::{
    Advice, Outcome, ReceiverEnding, ReceiverOutcome, Repeat, SentMessage, Verdict,
};
use crate::domain::reply::Reply;
use crate::domain::validation::Valid;
use crate::words::{codes as shared, tencent as words};

/// Who gets it: 500 at most; duplicates are merged (T-BAT-1, T-BAT-6).
pub static RECEIVERS: Field =
    Field::body("To_Account", words::RECEIVERS, Kind::Ids(&LISTED, Items::Texts), "T-BAT-6")
        .required("T-BAT-1")
        .limits(const { &[Limit::most(500, Unit::Items, "T-BAT-1")] })
        .hint(words::LIST_HINT)
        .role(Role::Receivers);

/// The same message to many accounts.
pub static BATCH_SEND: Operation = Operation {
    id: "tencent.batch_send",
    verb: Verb::Send,
    title: words::BATCH_SEND,
    vendor_name: words::BATCH_SEND_VENDOR,
    short: words::BATCH_SEND_SHORT,
    method: Method::Post,
    path: &[Segment::Literal("v4"), Segment::Literal("openim"), Segment::Literal("batchsendmsg")],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHO, &[&SENDER, &RECEIVERS]),
            Group::open(words::GROUP_WHAT, &[&NEW_BODY, &CLOUD_CUSTOM_DATA]),
            Group::folded(
                words::GROUP_OPTIONS,
                &[&SYNC, &ONLINE_ONLY, &LIFE_TIME, &SEND_CONTROL, &RECEIPT, &SEQ, &RANDOM],
            ),
            push::GROUP,
        ],
        rules: content_rules![
            Rule { id: "T-BODY-9", check: push::custom_is_not_pushed },
            Rule { id: "T-PUSH-1", check: push::not_too_long },
            Rule { id: "T-PUSH-2", check: push::custom_settings_ignored },
            Rule { id: "T-SND-3", check: online_only_is_final },
            Rule { id: "T-BAT-10", check: online_only_is_said_once },
        ],
    },
    danger: Danger::Sends,
    act: words::BATCH_SEND_ACT,
    spacing: None,
    targets: Targets::EntriesOf(&RECEIVERS),
    scope,
    explain,
    unanswered: |valid| reply::all_unknown(valid.items(&RECEIVERS)),
    follow,
    foresee: foresee::send,
    read_back: None,
};

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
            ("sender", sender(valid)),
            ("count", Fact::Text(receivers.len().to_string())),
            ("kind", kind(valid)),
            ("sample", Fact::Text(sample)),
            ("content", Fact::Text(content::summary(valid))),
        ],
    }
}

/// Success means that one receiver got it; who did not is on a list (T-BAT-2, T-BAT-3, T-BAT-4).
fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let envelope = Envelope::read(answer)?;
    let errors = reply::list(&envelope.body, "ErrorList");
    let asked = valid.items(&RECEIVERS);
    let key = reply::text(&envelope.body, "MsgKey").unwrap_or_default();
    let sent_to_some = envelope.code == 0 && envelope.status != "FAIL" && !errors.is_empty();
    if !envelope.is_success() && !sent_to_some {
        return reply::explain(valid, answer, SENT_ALL);
    }
    let mut outcome = Outcome::new(Verdict::Accepted, SENT_ALL);
    outcome.code = Some(envelope.code.to_string());
    outcome.message.clone_from(&envelope.info);
    outcome.facts = reply::facts(&envelope.body, &["MsgKey", "MsgTime"]);
    let failed: Vec<_> = errors
        .iter()
        .filter_map(|entry| {
            Some((reply::text(entry, "To_Account")?, reply::text(entry, "ErrorCode").unwrap_or_default()))
        })
        .collect();
    // An entry that names nobody: it may be anyone who is not named elsewhere.
    let nameless = failed.len() < errors.len();
    let ending = |receiver: &String| {
        let mut codes = failed.iter().filter(|(named, _)| named == receiver).map(|(_, code)| code);
        match (codes.next(), codes.next()) {
            (Some(code), None) => reply::ending(code, || ReceiverEnding::Unknown),
            (Some(_), Some(_)) => ReceiverEnding::Unknown,
            (None, _) if nameless => ReceiverEnding::Unknown,
            (None, _) => ReceiverEnding::Sent(SentMessage {
                id: key.clone(),
                time: super::ids::sent_at(&key).map(|seconds| (seconds * 1000).to_string()),
                receiver: Some(receiver.clone()),
            }),
        }
    };
    outcome.receivers = asked
        .iter()
        .map(|receiver| ReceiverOutcome { receiver: receiver.clone(), ending: ending(receiver) })
        .collect();
    let strangers = failed.iter().map(|(named, _)| named).filter(|named| !asked.contains(named));
    outcome.facts.extend(strangers.map(|named| ("not_asked_for".to_owned(), named.clone())));
    reply::sum_up(&mut outcome, NONE, SILENT, SOME);
    if outcome.verdict == Verdict::Accepted && outcome.facts.iter().any(|(name, _)| name == "not_asked_for") {
        (outcome.verdict, outcome.advice) = (Verdict::Partial, SOME);
    }
    Some(outcome)
}

const SENT_ALL: Advice = reply::accepted(words::SENT_ALL, words::ACCEPTED_CAUSE, words::SENT_NEXT);
const SOME: Advice = Advice {
    meaning: words::SENT_SOME,
    cause: words::ITEMS_CAUSE,
    next: words::ITEMS_NEXT,
    repeat: Repeat::OnlyTheRest,
};
const NONE: Advice = Advice { meaning: words::SENT_NONE, repeat: Repeat::AfterFix, ..SOME };
const SILENT: Advice = Advice {
    meaning: words::ITEMS_SILENT,
    cause: shared::MAYBE_DONE_CAUSE,
    repeat: Repeat::Dangerous,
    ..SOME
};

/// One MsgKey serves all receivers, each with the same sender (T-BAT-8, T-KEY-5).
fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    let sent = outcome.receivers.iter().filter_map(|receiver| match &receiver.ending {
        ReceiverEnding::Sent(message) if !message.id.is_empty() => Some((&receiver.receiver, &message.id)),
        ReceiverEnding::Sent(_) | ReceiverEnding::Refused { .. } | ReceiverEnding::Unknown => None,
    });
    sent.flat_map(|(receiver, key)| follow_up(valid, receiver, key)).collect()
}
