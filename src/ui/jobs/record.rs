//! A job that ended stands in the record of the session like any other act.

use std::sync::Arc;

use crate::domain::batch::Batch;
use crate::domain::batch::keep::Head;
use crate::domain::caution::Stage;
use crate::domain::job::item::Counts;
use crate::domain::operation::{Fact, Scope};
use crate::domain::outcome::{Advice, Outcome, Repeat, Verdict};
use crate::ui::browser;
use crate::ui::desk::{Act, Desk};
use crate::ui::proof::Proving;
use crate::words::{Words, jobs as words};

/// Notes how a job ended.
pub(super) fn note(desk: Desk, head: &Head, batch: &Batch, counts: Counts) {
    let advice =
        Advice { meaning: Words::NONE, cause: Words::NONE, next: Words::NONE, repeat: Repeat::OnlyTheRest };
    let facts = [
        ("total", counts.total()),
        ("sent", counts.sent),
        ("marked", counts.marked),
        ("rejected", counts.rejected),
        ("unknown", counts.unknown),
        ("planned", counts.planned),
    ];
    let facts = facts.map(|(name, count)| (name, Fact::Text(count.to_string())));
    let act = Act {
        at: browser::now(),
        operation: batch.operation,
        values: batch.groups.first().cloned().unwrap_or_default(),
        scope: Scope { says: words::RECORD_SCOPE, facts: facts.into() },
        reason: String::new(),
        stage: if head.practice { Stage::Practice } else { Stage::Production },
        account: head.account.clone(),
        count: usize::try_from(counts.total()).unwrap_or(usize::MAX),
        job: Some(head.id.clone()),
        thing: String::new(),
        request: String::new(),
        body: String::new(),
        trace: String::new(),
        outcome: Outcome::new(verdict(counts), advice),
        follows: Vec::new(),
        about: None,
        proof: Proving::Nothing,
        raw: None,
    };
    desk.acts.update(|acts| acts.push(Arc::new(act)));
}

/// The whole in one word: never better than its worst part, and never worse known than it is.
const fn verdict(counts: Counts) -> Verdict {
    match (counts.sent + counts.marked, counts.unknown, counts.rejected, counts.planned) {
        (_, 0, 0, 0) => Verdict::Accepted,
        (0, 1.., _, _) => Verdict::Unknown,
        (0, 0, 0, _) => Verdict::NotSent,
        (0, 0, _, _) => Verdict::Refused,
        _ => Verdict::Partial,
    }
}
