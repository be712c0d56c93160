//! How a text that was sent is looked for in the history of its conversation. A room has none.

use super::content::{self, FROM, TYPE};
use super::find::{FIND_CHAT, FIND_GROUP};
use super::send::{GROUPS, ROUTE, SEND_GROUPS, SEND_USERS, USERS};
use crate::domain::draft::Values;
use crate::domain::message::Message;
use crate::domain::trail::{Span, Trail};
use crate::domain::validation::Valid;

/// All of them.
pub(super) static TRAILS: &[&Trail] = &[&TO_USERS, &TO_GROUPS];

static TO_USERS: Trail = Trail {
    of: &SEND_USERS,
    operation: &FIND_CHAT,
    values: |valid, span| history(valid, valid.items(&USERS), "to", span),
    is: same,
    mark: None,
    facts: &[],
};

static TO_GROUPS: Trail = Trail {
    of: &SEND_GROUPS,
    operation: &FIND_GROUP,
    values: |valid, span| history(valid, valid.items(&GROUPS), "groupId", span),
    is: same,
    mark: None,
    facts: &[],
};

/// As its sender sees it. What reaches only those who are online is not stored; what is no text has nothing to be known by.
fn history(valid: &Valid, to: &[String], name: &'static str, span: Span) -> Option<Values> {
    let sender = valid.text(&FROM);
    let [receiver] = to else { return None };
    if sender.is_empty() || valid.text(&TYPE) != "txt" || !valid.text(&ROUTE).is_empty() {
        return None;
    }
    let pairs = [
        ("username", sender),
        (name, receiver.clone()),
        ("startTimestamp", span.from.max(0).to_string()),
        ("endTimestamp", span.until.to_string()),
        ("limit", "100".to_owned()),
    ];
    Some(pairs.into_iter().collect())
}

fn same(valid: &Valid, message: &Message) -> bool {
    message.sender == valid.text(&FROM) && message.text == valid.text(&content::TEXT)
}
