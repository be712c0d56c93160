//! How far a job is, how fast it goes, when it will end. Pure.

use super::super::Millis;
use super::super::event::{Command, Notice, Phase};
use super::super::item::{Cause, Counts, State};
use super::super::ledger::Stage;
use super::super::pace::Limit;
use super::super::retry::Why;
use super::{Discipline, Engine};

/// At least so often is progress told while items are settled.
const TELL_EVERY: Millis = 15_000;
/// Each of these per cent is told.
const TELL_STEP: u8 = 10;

/// What was measured since the job last began to run.
#[derive(Clone, Debug, Default)]
pub(super) struct Meter {
    since: Millis,
    settled: u32,
    /// A running mean of how long a request takes.
    request: Option<Millis>,
    told_at: Millis,
    told: u8,
}

impl Meter {
    pub(super) fn new(now: Millis, counts: Counts) -> Self {
        Self { since: now, settled: counts.settled(), request: None, told_at: now, told: percent(counts) }
    }

    /// The job begins to run, or to run again.
    pub(super) fn begin(&mut self, now: Millis, counts: Counts) {
        *self = Self { request: self.request, ..Self::new(now, counts) };
    }

    pub(super) fn took(&mut self, now: Millis, left_at: Option<Millis>) {
        let took = now.saturating_sub(left_at.unwrap_or(now));
        self.request = Some(self.request.map_or(took, |mean| (mean * 7 + took) / 8));
    }
}

/// Whole per cent that are settled; 100 only when all are.
fn percent(counts: Counts) -> u8 {
    let total = u64::from(counts.total()).max(1);
    u8::try_from(u64::from(counts.settled()) * 100 / total).unwrap_or(100)
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Its state.
    pub phase: Phase,
    /// Its items. They sum to the total.
    pub counts: Counts,
    /// Whole per cent that are settled; 100 only when all are.
    pub percent: u8,
    /// What was rejected or is unknown, by cause, the largest group first.
    pub causes: Vec<(State, Cause, u32)>,
    /// Requests that still have to leave, about.
    pub requests: u32,
    /// Milliseconds to the end at this pace, a rest included; a person's time is not.
    pub time_left: Millis,
    /// The limit that what is left waits for the longest.
    pub limit: Option<Limit>,
    /// Items settled per minute since the job last began to run, when that can be told.
    pub per_minute: Option<u32>,
}

impl<D: Discipline> Engine<D> {
    /// How far the job is at this moment.
    pub fn progress(&self, now: Millis) -> Progress {
        let items = self.ledger.items();
        let counts = items.counts();
        let again = u32::try_from(self.waiting.len()).unwrap_or(u32::MAX);
        let requests = if self.ledger.stopped() { 0 } else { self.left.saturating_add(again) };
        let planned = if self.ledger.stopped() { 0 } else { counts.planned };
        let out = u32::try_from(self.flights.len()).unwrap_or(u32::MAX);
        let round = u64::from(self.settings.at_once);
        let answers = u64::from(requests.saturating_add(out)) * self.meter.request.unwrap_or_default();
        let rest = self.ledger.held().map_or(0, |held| held.until.saturating_sub(now));
        let elapsed = now.saturating_sub(self.meter.since);
        let settled = u64::from(counts.settled().saturating_sub(self.meter.settled));
        let per_minute = (elapsed >= 1_000).then(|| settled * 60_000 / elapsed);
        Progress {
            phase: self.phase(now),
            counts,
            percent: percent(counts),
            causes: items.causes(),
            requests,
            time_left: rest + self.pace.span(requests, planned).max(answers / round),
            limit: self.pace.binding(requests, planned),
            per_minute: per_minute.map(|rate| u32::try_from(rate).unwrap_or(u32::MAX)),
        }
    }

    /// The state of the job at this moment.
    pub fn phase(&self, now: Millis) -> Phase {
        let counts = self.ledger.items().counts();
        if self.damaged {
            return Phase::Paused(Why::Damaged);
        }
        if !self.holds_lease(now) {
            return Phase::Elsewhere;
        }
        if self.ledger.handed_over() {
            return Phase::HandedOver;
        }
        if self.journal.is_broken() {
            return Phase::Paused(Why::Storage);
        }
        if self.ledger.stopped() {
            return Phase::Stopped;
        }
        if self.is_settled() {
            return if counts.rejected + counts.unknown > 0 { Phase::DoneWithFailures } else { Phase::Done };
        }
        if let Some(why) = self.ledger.paused() {
            return Phase::Paused(why);
        }
        match (self.ledger.stage(), self.ledger.held()) {
            (Stage::Draft, _) => Phase::Draft,
            (Stage::Checked, _) => Phase::Checked,
            (Stage::Canary, _) if self.is_asking() && counts.planned > 0 => Phase::Asking,
            (Stage::Canary | Stage::Running, Some(held)) if held.until > now => Phase::Held(held.until),
            (Stage::Canary, _) => Phase::Canary,
            (Stage::Running, _) => Phase::Running,
        }
    }

    /// Says what a person should hear: steps of progress, the canary's end, the end.
    pub(super) fn tell(&mut self, now: Millis) {
        let counts = self.ledger.items().counts();
        let done = percent(counts);
        let step = done / TELL_STEP > self.meter.told / TELL_STEP;
        let late = done > self.meter.told && now.saturating_sub(self.meter.told_at) >= TELL_EVERY;
        if self.may_leave() && (step || late) {
            self.meter.told = done;
            self.meter.told_at = now;
            self.out.push(Command::Announce(Notice::Progress(done)));
        }
        if self.is_asking() && counts.planned > 0 && !self.asked {
            self.asked = true;
            self.out.push(Command::AskCanary(counts));
        }
        if !self.finished && self.is_settled() {
            self.finished = true;
            self.out.push(Command::Finished(counts));
        }
    }
}
