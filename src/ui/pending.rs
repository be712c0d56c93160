//! What was pressed and waits for a person's word: the requests, and how much they must ask.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::desk::{Act, Desk};
use super::embedding::is_needed;
use super::in_use::InUse;
use crate::domain::caution::{Caution, Stage, caution};
use crate::domain::draft::Values;
use crate::domain::message::Message;
use crate::domain::operation::{Operation, Scope};
use crate::domain::outcome::Verdict;
use crate::domain::request::Request;

/// A request that waits for a person, with everything that belongs to it. What is confirmed is what is sent.
#[derive(Clone)]
pub(crate) struct Pending {
    operation: &'static Operation,
    /// What will be sent, one after the other.
    pub(crate) legs: Vec<Leg>,
    /// The connection it will go through.
    pub(crate) in_use: InUse,
    /// The message it is about.
    pub(crate) about: Option<Arc<Message>>,
    /// How much it must ask.
    pub(crate) caution: Caution,
    /// Practice or production.
    pub(crate) stage: Stage,
    /// Why, as the person writes it in the dialog.
    pub(crate) reason: String,
    /// How the same request ended before, when it was not surely without effect; the first of several that has.
    pub(crate) before: Option<Verdict>,
}

/// One request of those a person confirms together.
#[derive(Clone)]
pub(crate) struct Leg {
    /// What will be sent.
    pub(crate) request: Request,
    /// What was typed for it.
    pub(crate) values: Values,
    /// By which the vendor tells a repeat.
    pub(crate) trace: String,
}

impl Pending {
    /// A request about to be asked for. A request that ended unknown before keeps its trace id, by which the vendor tells a
    /// repeat from a new act.
    pub(crate) fn new(
        desk: Desk,
        requests: Vec<(Request, Values)>,
        about: Option<Arc<Message>>,
    ) -> Option<Self> {
        let (request, _) = requests.first()?;
        let operation = request.valid().operation();
        let in_use = untrack(|| desk.way_of(operation))?;
        let account = in_use.account();
        let mut before = None;
        let legs: Vec<Leg> = requests
            .into_iter()
            .map(|(request, values)| {
                let told = told_before(desk, &request, &account);
                before = before.or(told.as_ref().map(|(verdict, _)| *verdict));
                let unknown = told.filter(|(verdict, _)| *verdict == Verdict::Unknown);
                let trace = unknown.map_or_else(browser::random_hex, |(_, trace)| trace);
                Leg { request, values, trace }
            })
            .collect();
        let targets = legs.iter().map(|leg| operation.targets.of(leg.request.valid())).sum();
        let wanted = caution(operation.danger, targets, in_use.stage);
        // A second person can only agree to what is asked.
        let second = is_needed(desk, operation.danger, targets);
        Some(Self {
            caution: if second { wanted.max(Caution::Dialog) } else { wanted },
            stage: in_use.stage,
            reason: String::new(),
            before,
            operation,
            legs,
            in_use,
            about,
        })
    }

    /// What is to be done.
    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// How many messages or receivers it touches.
    pub(crate) fn targets(&self) -> usize {
        self.legs.iter().map(|leg| self.operation.targets.of(leg.request.valid())).sum()
    }

    /// The connection it will go through.
    pub(crate) fn in_use(&self) -> &InUse {
        &self.in_use
    }

    /// What will happen, from the requests themselves, in their order.
    pub(crate) fn scopes(&self) -> Vec<Scope> {
        self.legs.iter().map(|leg| (self.operation.scope)(leg.request.valid())).collect()
    }
}

/// How the very same request ended before, and with which trace id. A try that surely did nothing says nothing about the one
/// before it.
fn told_before(desk: Desk, request: &Request, account: &str) -> Option<(Verdict, String)> {
    let (described, body) = (describe(request), request.body().unwrap_or(""));
    desk.acts.with_untracked(|acts| {
        let same = |act: &&Arc<Act>| act.request == described && act.body == body && act.account == account;
        let told = |act: &&Arc<Act>| !matches!(act.outcome.verdict, Verdict::NotSent | Verdict::Refused);
        let last = acts.iter().rev().filter(same).find(told);
        last.map(|act| (act.outcome.verdict, act.trace.clone()))
    })
}

/// What two acts must not touch in quick succession, when the vendor wants a rest between them.
pub(crate) fn thing(request: &Request) -> String {
    let spacing = request.valid().operation().spacing.as_ref();
    spacing.map_or_else(String::new, |spacing| request.valid().text(spacing.field))
}

/// Method and address, as the record keeps them.
pub(crate) fn describe(request: &Request) -> String {
    format!("{} {}", request.method().as_str(), request.url())
}
