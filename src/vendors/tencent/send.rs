//! `tencent.send`: one message to one account (T-SND-1…3).

use super::content::{self, CLOUD_CUSTOM_DATA, NEW_BODY, content_rules};
use super::ids::{ACCOUNT, ACCOUNT_BYTES};
use super::options::{
    EXTENSIBLE, FORBID_CALLBACK, LIFE_TIME, ONLINE_ONLY, RANDOM, RECEIPT, SEND_CONTROL, SENDER, SEQ, SYNC,
    leaves_nothing, online_only_is_final, online_only_is_said_once,
};
use super::reply::{self, Envelope};
use super::{foresee, modify_c2c, push, read_back};
use crate::domain::field::{Field, Kind, Role};
use crate::domain::form::Form;
use crate::domain::json::Json;
use crate::domain::operation::{
    Danger, Fact, Follow, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb,
};
use crate::domain::outcome::{Advice, Outcome, Verdict};
use crate::domain::reply::Reply;
use crate::domain::rows;
use crate::domain::validation::Valid;
use crate::words::tencent as words;

/// Who gets it: one account.
pub static RECEIVER: Field = Field::body("To_Account", words::RECEIVER, Kind::Id(&ACCOUNT), "T-USER")
    .required("T-FIELD")
    .limits(ACCOUNT_BYTES)
    .role(Role::Receiver);

/// One message to one account.
pub static SEND: Operation = Operation {
    id: "tencent.send",
    verb: Verb::Send,
    title: words::SEND,
    vendor_name: words::SEND_VENDOR,
    short: words::SEND_SHORT,
    method: Method::Post,
    path: &[Segment::Literal("v4"), Segment::Literal("openim"), Segment::Literal("sendmsg")],
    form: Form {
        groups: &[
            Group::open(words::GROUP_WHO, &[&SENDER, &RECEIVER]),
            Group::open(words::GROUP_WHAT, &[&NEW_BODY, &CLOUD_CUSTOM_DATA]),
            Group::folded(
                words::GROUP_OPTIONS,
                &[
                    &SYNC,
                    &ONLINE_ONLY,
                    &LIFE_TIME,
                    &SEND_CONTROL,
                    &FORBID_CALLBACK,
                    &EXTENSIBLE,
                    &RECEIPT,
                    &SEQ,
                    &RANDOM,
                ],
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
    act: words::SEND_ACT,
    spacing: None,
    targets: Targets::One,
    scope,
    explain,
    unanswered: |_| Vec::new(),
    follow,
    foresee: foresee::send,
    read_back: Some(&read_back::SEND),
};

const SENT: Advice = reply::accepted(words::SENT, words::ACCEPTED_CAUSE, words::SENT_NEXT);

/// Who sends, for a sentence: the calling admin when nobody is named.
pub fn sender(valid: &Valid) -> Fact {
    let sender = valid.text(&SENDER);
    if sender.is_empty() { Fact::Words(words::THE_ADMIN) } else { Fact::Text(sender) }
}

/// What a message to send is made of, for a sentence.
pub fn kind(valid: &Valid) -> Fact {
    let elements = valid.json(&NEW_BODY);
    let first = elements.as_ref().and_then(Json::as_list).and_then(<[_]>::first);
    Fact::Words(first.map_or(words::OTHER_CONTENT, |first| content::kind_words(content::kind(first))))
}

fn scope(valid: &Valid) -> Scope {
    Scope {
        says: words::SEND_SCOPE,
        facts: vec![
            ("sender", sender(valid)),
            ("receiver", Fact::Text(valid.text(&RECEIVER))),
            ("kind", kind(valid)),
            ("content", Fact::Text(content::summary(valid))),
        ],
    }
}

fn explain(valid: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut outcome = reply::explain(valid, answer, SENT)?;
    outcome.facts = reply::facts(&Envelope::read(answer)?.body, &["MsgKey", "MsgTime", "MsgId"]);
    Some(outcome)
}

fn follow(valid: &Valid, outcome: &Outcome) -> Vec<Follow> {
    let key = reply::fact(outcome, "MsgKey");
    if outcome.verdict != Verdict::Accepted || key.is_empty() {
        return Vec::new();
    }
    follow_up(valid, &valid.text(&RECEIVER), &key)
}

/// Recalling or changing what was just sent; nothing for what was not stored (T-SND-3).
pub fn follow_up(valid: &Valid, receiver: &str, key: &str) -> Vec<Follow> {
    if leaves_nothing(&valid.text(&ONLINE_ONLY), &valid.text(&LIFE_TIME)) {
        return Vec::new();
    }
    let values = modify_c2c::which(valid.text(&SENDER), receiver.to_owned(), key.to_owned());
    let about = receiver.to_owned();
    let recall = Follow {
        operation: "tencent.recall_c2c",
        label: words::FOLLOW_RECALL,
        values: values.clone(),
        about: about.clone(),
    };
    let modify = Follow {
        operation: "tencent.modify_c2c",
        label: words::FOLLOW_MODIFY,
        values: values.into_iter().chain(content_values(valid)).collect(),
        about,
    };
    vec![recall, modify]
}

/// The content of what was sent, to change it (T-MOD-3: an edit replaces all of it).
pub fn content_values(valid: &Valid) -> Vec<(&'static str, String)> {
    vec![
        (NEW_BODY.name, valid.json(&NEW_BODY).map_or_else(String::new, |body| body.to_string())),
        (CLOUD_CUSTOM_DATA.name, valid.text(&CLOUD_CUSTOM_DATA)),
    ]
}

/// The same content cell by cell, as far as it fits.
pub fn fill(body: &Json) -> crate::domain::draft::Values {
    rows::fill(&NEW_BODY, body, 0)
}
