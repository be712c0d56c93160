//! Looking for what is unknown with the vendor: only looks, one after the other, at the job's pace.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;

use super::runner::Runner;
use super::state;
use crate::connection::Connection;
use crate::domain::batch::keep::Note;
use crate::domain::batch::mark;
use crate::domain::draft::Draft;
use crate::domain::job::event::Event;
use crate::domain::job::item::State;
use crate::domain::job::record::Which;
use crate::domain::message::{Message, Pages, State as Stands};
use crate::domain::operation::{Proof, ReadBack};
use crate::domain::outcome::{Advice, Outcome, Repeat, Verdict};
use crate::domain::trail::{Look, Span, Trail};
use crate::domain::validation::Valid;
use crate::domain::vendor::Vendor;
use crate::ui::desk::Desk;
use crate::ui::{browser, road};
use crate::words::{Words, jobs as words};

/// How long a look-up waits for its answer, in milliseconds.
const DEADLINE: u32 = 15_000;
/// How many pages of a history are looked through for one item.
const PAGES: usize = 5;
/// So many look-ups in a row without an answer end the looking.
const FAILURES: u32 = 3;
/// The shortest and the longest rest between two look-ups, in milliseconds.
const REST: (u64, u64) = (100, 1_000);

/// How an operation's unknowns are looked for.
#[derive(Clone, Copy)]
pub(super) enum How {
    /// By what was sent.
    Trail(&'static Trail),
    /// By the message that was to change or go.
    ReadBack(&'static ReadBack),
}

/// How this job's unknowns are looked for; none when the vendor has no way.
pub(super) fn how(desk: Desk, runner: &Runner) -> Option<How> {
    let operation = runner.body.batch.operation;
    let vendor = desk
        .vendors
        .get_untracked()
        .into_iter()
        .find(|vendor| vendor.operations.iter().any(|known| known.id == operation.id))?;
    let trail = vendor.trail(operation).map(How::Trail);
    trail.or_else(|| operation.read_back.map(How::ReadBack))
}

/// Looks for these unknown items, one after the other.
pub(super) fn check(desk: Desk, runner: Rc<Runner>, which: Which) {
    let Some(how) = how(desk, &runner) else { return };
    let items: Vec<u32> = runner.ledger(|ledger| match which {
        Which::All => ledger.items().in_state(State::Unknown).collect(),
        Which::These(items) => {
            items.into_iter().filter(|item| ledger.items().is(*item, State::Unknown)).collect()
        }
    });
    let total = u32::try_from(items.len()).unwrap_or(u32::MAX);
    if runner.shown.looking.get_untracked().is_some() {
        return;
    }
    browser::spawn(async move {
        let Some(way) = runner.held(runner.find_way(desk)).await else {
            return state::let_go(&runner.head.id);
        };
        runner.shown.looking.set(Some((0, total)));
        let mut failures = 0;
        for (done, item) in (0..).zip(items) {
            runner.shown.looking.set(Some((done, total)));
            let (look, note) = look(&runner, &way.connection, how, item).await;
            let failed = look.is_none();
            failures = if failed { failures + 1 } else { 0 };
            // Deleted meanwhile, or run by another page: its app may be another job's by now.
            if !runner.is_ours() {
                break;
            }
            runner.learnt.borrow_mut().found(note);
            runner.feed(Event::Looked { item, look: look.unwrap_or(Look::Open) });
            if failures >= FAILURES {
                runner.shown.refusal.set(Some(words::NOBODY_ANSWERS));
                break;
            }
            TimeoutFuture::new(rest(&runner)).await;
        }
        runner.shown.looking.set(None);
        // The app is free for other jobs again.
        runner.feed(Event::Tick);
    });
}

/// The job's own pace, within bounds.
fn rest(runner: &Runner) -> u32 {
    let settings = runner.settings();
    let limits = settings.limits.iter();
    let rest = limits.map(|limit| limit.per / u64::from(limit.most.max(1))).max().unwrap_or(REST.0);
    u32::try_from(rest.clamp(REST.0, REST.1)).unwrap_or_default()
}

/// What is found of one item, none when nobody answered; and the message that proves it.
async fn look(runner: &Runner, connection: &Connection, how: How, item: u32) -> (Option<Look>, Option<Note>) {
    let Some((left, root)) = runner.learnt.borrow().departure(item) else { return (Some(Look::Open), None) };
    let Some(valid) = act(runner, connection.vendor(), item, root) else { return (Some(Look::Open), None) };
    match how {
        How::Trail(trail) => {
            let span = Span::around(i64::try_from(left).unwrap_or_default());
            let Some(values) = (trail.values)(&valid, span) else { return (Some(Look::Open), None) };
            let draft = Draft { operation: trail.operation, values };
            let Some(pages) = list(connection, draft).await else { return (None, None) };
            let learnt = runner.learnt.borrow();
            // One message proves one item: not also another one with the same receiver.
            let batch = &runner.body.batch;
            let texts = |item: u32| batch.entry(item).map(|entry| entry.texts);
            let others = |message: &str| {
                learnt.with_message(message).any(|other| other != item && texts(other) == texts(item))
            };
            match trail.find(&valid, span, &pages.messages, others) {
                Some(message) => (Some(Look::Done), Some(evidence(item, trail, message))),
                None => (Some(absence(&pages, span)), None),
            }
        }
        How::ReadBack(back) => {
            let Some(values) = (back.values)(&valid, &nobody_knows()) else {
                return (Some(Look::Open), None);
            };
            let draft = Draft { operation: back.operation, values };
            let Some(pages) = list(connection, draft).await else { return (None, None) };
            let look = match (back.judge)(&valid, &pages.messages) {
                Proof::Verified => Look::Done,
                Proof::Contradicted => Look::Undone,
                Proof::Open => Look::Open,
            };
            (Some(look), None)
        }
    }
}

/// Nothing fits: is that because it is not there, or because not everything could be read?
fn absence(pages: &Pages, span: Span) -> Look {
    let readable = pages.messages.iter().all(|message| message.state != Stands::Unreadable);
    let reaches_back = || pages.messages.iter().any(|it| it.time.is_some_and(|time| time < span.from));
    if readable && (pages.next.is_none() || reaches_back()) { Look::Absent } else { Look::Open }
}

/// What is known of an item by the message that was found: no less than an answer would have told.
fn evidence(item: u32, trail: &Trail, message: &Message) -> Note {
    Note {
        item,
        message: message.id.clone(),
        time: message.time.map(|time| time.to_string()).unwrap_or_default(),
        at: u64::try_from(browser::now()).unwrap_or_default(),
        facts: trail.told(message),
    }
}

fn nobody_knows() -> Outcome {
    let advice =
        Advice { meaning: Words::NONE, cause: Words::NONE, next: Words::NONE, repeat: Repeat::Dangerous };
    Outcome::new(Verdict::Unknown, advice)
}

/// The act on this item alone, with the marks it went out with.
fn act(runner: &Runner, vendor: &Vendor, item: u32, root: u32) -> Option<Valid> {
    let (trace, drawn) = mark(&runner.head.id, root);
    runner.body.batch.act(vendor, &[item], (&trace, &drawn), browser::now()).ok()
}

/// What a history lists, page by page; none when it did not give the vendor's own answer.
async fn list(connection: &Connection, mut draft: Draft) -> Option<Pages> {
    let mut pages = Pages::default();
    for _ in 0..PAGES {
        let valid = draft.validate(browser::now()).ok()?;
        let request = connection.request(valid).ok()?;
        let journey = road::send(connection, request, "", DEADLINE).await;
        if journey.outcome.verdict != Verdict::Accepted {
            return None;
        }
        pages.add(journey.outcome.found.unwrap_or_default());
        let Some(next) = &pages.next else { break };
        for (name, text) in next.iter() {
            draft.values.set(name, text);
        }
    }
    Some(pages)
}
