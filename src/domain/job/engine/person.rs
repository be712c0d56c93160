//! What a person decides. Pure.

use super::super::Millis;
use super::super::event::{Command, Event, Notice};
use super::super::item::{Cause, State};
use super::super::ledger::Stage;
use super::super::record::{Record, Which};
use super::super::settings::AfterCanary;
use super::{Discipline, Engine, Flaw};
use crate::domain::trail::Look;

impl<D: Discipline> Engine<D> {
    /// Does what a person wants, if the job is in a state in which it can be wanted.
    pub(super) fn person(&mut self, now: Millis, event: Event) {
        let stopped = self.ledger.stopped() || self.ledger.handed_over();
        match event {
            Event::Checked if self.ledger.stage() == Stage::Draft && !stopped => {
                self.record(Record::Checked);
            }
            Event::Started if self.ledger.stage() == Stage::Checked && !stopped => self.start(now),
            Event::Approved if self.ledger.stage() == Stage::Canary && self.is_asking() => self.approve(now),
            Event::Pause if self.is_started() => {
                self.pause(super::Why::Person);
            }
            Event::Resume if self.ledger.paused().is_some() && !stopped => self.resume(now),
            Event::Stop if !stopped => {
                self.record(Record::Stopped);
                self.out.push(Command::Announce(Notice::Stopped));
            }
            Event::Rerun(which) if self.is_started() => {
                if self.flawed(Flaw::RerunsUnknown) {
                    self.plan_again(now, Record::SendAgain(Which::All));
                }
                self.plan_again(now, Record::Rerun(which));
            }
            Event::SendAgain(which) if self.is_started() => self.plan_again(now, Record::SendAgain(which)),
            Event::Looked { item, look } if self.ledger.items().is(item, State::Unknown) => {
                let done = match look {
                    Look::Absent if self.flawed(Flaw::BelievesAbsence) => Look::Done,
                    look => look,
                };
                self.record(Record::Looked { item, look: done });
                self.finished = false;
            }
            Event::Adjust(adjusted) if !stopped && adjusted.per_minute > 0 => {
                self.record(Record::Adjusted(adjusted));
                self.adjust(now);
            }
            // What is out may still be answered; it is written down as long as this page lives.
            Event::HandOver if !stopped => {
                self.record(Record::HandedOver);
            }
            Event::MarkSent(which) if !self.ledger.handed_over() => {
                self.record(Record::MarkedSent(which));
                self.finished = false;
            }
            // Too late or too early: the page showed an older state when the person acted.
            _ => {}
        }
    }

    fn start(&mut self, now: Millis) {
        self.record(Record::Started);
        if self.settings.canary == 0 {
            self.record(Record::Approved);
        }
        self.regroup();
        self.meter.begin(now, self.ledger.items().counts());
        self.out.push(Command::Announce(Notice::Started));
    }

    fn approve(&mut self, now: Millis) {
        self.record(Record::Approved);
        self.regroup();
        self.brake.release();
        self.resumed(now);
    }

    /// Lets the rest go without a word where that was agreed on beforehand and nothing of the canary failed. What asked once waits for
    /// its answer, whatever a look finds meanwhile.
    pub(super) fn approve_by_itself(&mut self, now: Millis) {
        if !self.asked && self.is_asking() && self.ledger.items().counts().planned > 0 && self.is_agreed() {
            self.approve(now);
        }
    }

    /// Whether the rest needs no word. What was unknown and was found later did not answer as it should.
    pub(super) fn is_agreed(&self) -> bool {
        let items = self.ledger.items();
        let counts = items.counts();
        let answered =
            || !items.iter().any(|(_, item)| item.state == State::Sent && item.cause == Cause::FOUND);
        let sound = counts.sent + counts.planned == counts.total() && answered();
        self.settings.after_canary == AfterCanary::GoesOn && (sound || self.flawed(Flaw::GoesOnAnyway))
    }

    fn resume(&mut self, now: Millis) {
        self.record(Record::Resumed);
        self.brake.release();
        for waiting in &mut self.waiting {
            waiting.tries = 0;
        }
        if self.flawed(Flaw::ForgetsPace) {
            self.pace.forget();
        }
        self.asked = false;
        self.resumed(now);
    }

    fn resumed(&mut self, now: Millis) {
        self.meter.begin(now, self.ledger.items().counts());
        self.out.push(Command::Announce(Notice::Resumed));
    }

    /// Lets what is settled wait again. A job that had ended goes on with it at once.
    fn plan_again(&mut self, now: Millis, record: Record) {
        let planned = self.ledger.items().counts().planned;
        self.record(record);
        if self.ledger.items().counts().planned == planned {
            return;
        }
        self.regroup();
        self.brake.release();
        if planned == 0 && self.ledger.paused().is_some() {
            self.resume(now);
        }
    }
}
