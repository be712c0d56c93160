//! One try: from items to a signed request, and from its outcome to a class and a note for each item.

use crate::connection::Connection;
use crate::domain::batch::keep::{Note, Reason};
use crate::domain::batch::request::both;
use crate::domain::batch::{Batch, mark};
use crate::domain::job::classify::{class, of_receiver, retry_after};
use crate::domain::job::retry::Class;
use crate::domain::outcome::{Advice, Outcome, ReceiverEnding, ReceiverOutcome};
use crate::ui::{browser, road};

/// How long an answer is waited for, in milliseconds.
const DEADLINE: u32 = 30_000;

/// What came of a try.
pub(super) struct Told {
    /// The same for all items, when the answer has none of its own.
    pub(super) all: Option<(Class, Reason)>,
    /// Item by item.
    pub(super) each: Vec<(u32, Class, Reason)>,
    /// What the answer said of items.
    pub(super) notes: Vec<Note>,
    /// How long it asks to wait, in milliseconds.
    pub(super) retry_after: Option<u64>,
}

impl Told {
    /// The same for all items.
    pub(super) fn all(class: Class, reason: Reason) -> Self {
        Self { all: Some((class, reason)), each: Vec::new(), notes: Vec::new(), retry_after: None }
    }
}

/// Signs and sends what these items say, once.
pub(super) async fn carry_out(
    job: &str,
    batch: &Batch,
    connection: &Connection,
    root: u32,
    items: &[u32],
) -> Told {
    let (trace, drawn) = mark(job, root);
    let request = match connection.request_of(batch, items, (&trace, &drawn), browser::now()) {
        Ok(request) => request,
        Err(reason) => return Told::all(Class::Unsendable, *reason),
    };
    let journey = road::send(connection, request, &trace, DEADLINE).await;
    let outcome = &journey.outcome;
    let standing = (connection.vendor().probe.judge)(outcome);
    let general = class(&journey.ending, outcome, journey.in_its_words, standing);
    let at = u64::try_from(browser::now()).unwrap_or_default();
    let wait = journey.retry_after.as_deref().and_then(|header| {
        let until =
            || browser::parse_date(header).and_then(|until| u64::try_from(until - browser::now()).ok());
        retry_after(header).or_else(until)
    });
    // Of a request that met a sign-on every item is unknown, and the job must know why.
    let each = general != Class::Led;
    let mut told = if each && outcome.receivers.len() == items.len() && !items.is_empty() {
        let said = items.iter().zip(&outcome.receivers);
        // What the answer says of somebody else says nothing of this item.
        let own: Vec<_> = said.filter(|(item, receiver)| names(batch, **item, receiver)).collect();
        let class_of = |receiver: &ReceiverOutcome| of_receiver(&receiver.ending);
        Told {
            all: None,
            each: own
                .iter()
                .map(|(item, receiver)| (**item, class_of(receiver), part(outcome, receiver)))
                .collect(),
            notes: own.iter().filter_map(|(item, receiver)| note(**item, receiver, at)).collect(),
            retry_after: None,
        }
    } else {
        Told::all(general, reason(outcome))
    };
    if told.all.is_some() && !outcome.facts.is_empty() {
        let message = outcome.facts.first().map(|(_, fact)| fact.clone()).unwrap_or_default();
        let note = |item: &u32| {
            let facts = outcome.facts.clone();
            Note { item: *item, message: message.clone(), time: String::new(), at, facts }
        };
        told.notes = items.iter().map(note).collect();
    }
    told.retry_after = wait;
    let http = journey.ending.status().map(|status| status.to_string()).unwrap_or_default();
    let reasons = told.all.iter_mut().map(|(_, reason)| reason);
    for reason in reasons.chain(told.each.iter_mut().map(|(_, _, reason)| reason)) {
        reason.http.clone_from(&http);
    }
    told
}

fn names(batch: &Batch, item: u32, receiver: &ReceiverOutcome) -> bool {
    batch
        .entry(item)
        .is_some_and(|entry| entry.texts.iter().any(|text| text.eq_ignore_ascii_case(&receiver.receiver)))
}

fn reason(outcome: &Outcome) -> Reason {
    advised(outcome.code.clone().unwrap_or_default(), &outcome.message, &outcome.advice)
}

fn advised(code: String, message: &str, advice: &Advice) -> Reason {
    let why = both(advice.meaning).map(|meaning| match message {
        "" | "success" => meaning,
        message => format!("{meaning} ({message})"),
    });
    Reason { code, why, advice: both(advice.next), ..Reason::default() }
}

fn part(outcome: &Outcome, receiver: &ReceiverOutcome) -> Reason {
    match &receiver.ending {
        ReceiverEnding::Sent(_) => {
            Reason { code: outcome.code.clone().unwrap_or_default(), ..Reason::default() }
        }
        ReceiverEnding::Refused { code, message, advice: Some(advice) } => {
            advised(code.clone(), message, advice)
        }
        ReceiverEnding::Refused { code, message, advice: None } => {
            Reason { code: code.clone(), why: [message.clone(), message.clone()], ..Reason::default() }
        }
        ReceiverEnding::Unknown => reason(outcome),
    }
}

fn note(item: u32, receiver: &ReceiverOutcome, at: u64) -> Option<Note> {
    match &receiver.ending {
        ReceiverEnding::Sent(message) => Some(Note {
            item,
            message: message.id.clone(),
            time: message.time.clone().unwrap_or_default(),
            at,
            facts: Vec::new(),
        }),
        ReceiverEnding::Refused { .. } | ReceiverEnding::Unknown => None,
    }
}
