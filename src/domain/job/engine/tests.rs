mod canary;
mod connection;
mod refused;

use super::*;
use crate::domain::job::event::{Answer, Phase};
use crate::domain::job::item::{Cause, Counts};
use crate::domain::job::pace::Limit;
use crate::domain::job::record::{Adjusted, Which};
use crate::domain::job::retry::{Class, TRIES, Twice};
use crate::domain::job::settings::AfterCanary;
use crate::domain::trail::Look;

/// A page with a disk that works at once unless it is told otherwise.
struct Desk {
    engine: Engine,
    now: Millis,
    disk: Vec<Record>,
    disk_works: bool,
    epoch: u64,
    sent: Vec<(u32, u32, Vec<u32>)>,
    said: Vec<Command>,
}

fn settings() -> Settings {
    Settings { canary: 0, ..Settings::new(Twice::Again, Vec::new()) }
}

impl Desk {
    fn new(settings: Settings, plan: Plan) -> Self {
        let engine = Engine::new(settings, plan);
        let (sent, said, disk) = (Vec::new(), Vec::new(), Vec::new());
        let mut desk = Self { engine, now: 1_000_000, disk, disk_works: true, epoch: 0, sent, said };
        desk.reload();
        desk.tell(Event::Checked);
        desk
    }

    fn started(settings: Settings, total: u32) -> Self {
        let mut desk = Self::new(settings, Plan::together(total, 1));
        desk.tell(Event::Started);
        desk
    }

    fn reload(&mut self) {
        let settings = self.engine.settings().clone();
        let mut ledger = Ledger::new(self.engine.plan.total(), settings.twice);
        for (number, record) in (0..).zip(&self.disk) {
            ledger.read(number, record).unwrap();
        }
        self.epoch += 1;
        self.engine = Engine::new(settings, self.engine.plan.clone());
        let lease = Lease { epoch: self.epoch, until: Millis::MAX };
        self.tell(Event::Loaded(Box::new(ledger), Some(lease)));
    }

    fn tell(&mut self, event: Event) {
        let mut commands: VecDeque<_> = self.engine.handle(self.now, event).into();
        while let Some(command) = commands.pop_front() {
            match command {
                Command::Write { epoch, first, records, .. } if self.disk_works => {
                    self.disk.truncate(first as usize);
                    self.disk.extend(records);
                    let end = self.disk.len() as u64;
                    commands.extend(self.engine.handle(self.now, Event::Written { epoch, end }));
                }
                Command::Write { epoch, first, .. } => {
                    commands.extend(self.engine.handle(self.now, Event::WriteFailed { epoch, first }));
                }
                Command::Send { chunk, attempt, items } => self.sent.push((chunk, attempt, items)),
                other => self.said.push(other),
            }
        }
    }

    fn at(&mut self, later: Millis, event: Event) {
        self.now += later;
        self.tell(event);
    }

    /// Answers the last request.
    fn answer(&mut self, class: Class) {
        self.reply(Answer::All(class, Cause(7)), None);
    }

    fn reply(&mut self, answer: Answer, retry_after: Option<Millis>) {
        let attempt = self.sent.last().unwrap().1;
        self.tell(Event::Answered { attempt, answer, retry_after, dice: 1 << 31 });
    }

    fn counts(&self) -> Counts {
        self.engine.ledger().items().counts()
    }

    fn phase(&self) -> Phase {
        self.engine.phase(self.now)
    }

    fn items_sent(&self) -> Vec<Vec<u32>> {
        self.sent.iter().map(|(.., items)| items.clone()).collect()
    }
}

#[test]
fn nothing_leaves_before_it_is_durable() {
    let mut desk = Desk::new(settings(), Plan::together(2, 1));
    let commands = desk.engine.handle(desk.now, Event::Started);
    assert!(!commands.iter().any(|command| matches!(command, Command::Send { .. })), "{commands:?}");
    let Some(Command::Write { epoch, first, records, .. }) = commands.last() else { panic!("{commands:?}") };
    assert!(matches!(records.last(), Some(Record::Sending { .. })));
    let written = Event::Written { epoch: *epoch, end: first + records.len() as u64 };
    let commands = desk.engine.handle(desk.now, written);
    assert!(matches!(commands.first(), Some(Command::Send { chunk: 0, attempt: 0, .. })), "{commands:?}");
}

#[test]
fn nothing_starts_before_its_rows_are_checked() {
    let mut desk = Desk::new(settings(), Plan::together(2, 1));
    desk.disk.clear();
    desk.reload();
    desk.tell(Event::Started);
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Draft, 0));
    desk.tell(Event::Checked);
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Checked, 0));
}

#[test]
fn a_job_without_trouble_is_done() {
    let mut desk = Desk::started(settings(), 2);
    desk.answer(Class::Accepted);
    assert_eq!(desk.phase(), Phase::Running);
    desk.answer(Class::Accepted);
    assert_eq!(desk.items_sent(), [[0], [1]]);
    assert_eq!(desk.phase(), Phase::Done);
    assert_eq!(desk.said.last(), Some(&Command::Finished(Counts { sent: 2, ..Counts::default() })));
}

#[test]
fn a_pause_takes_back_what_has_not_left_and_waits_for_what_has() {
    let limits = vec![Limit { burst: 1, ..Limit::requests(1, 1_000) }];
    let mut desk = Desk::started(Settings { at_once: 2, limits, ..settings() }, 3);
    desk.at(1_000, Event::Tick);
    desk.at(950, Event::Tick);
    assert_eq!((desk.sent.len(), desk.counts().sending), (1, 2));
    desk.tell(Event::Pause);
    assert_eq!((desk.phase(), desk.counts().sending), (Phase::Paused(Why::Person), 1));
    desk.answer(Class::Accepted);
    desk.at(60_000, Event::Tick);
    assert_eq!((desk.counts().sent, desk.counts().planned, desk.sent.len()), (1, 2, 1));
    desk.tell(Event::Resume);
    desk.at(1_000, Event::Tick);
    assert_eq!(desk.sent.last().unwrap().0, 1, "it keeps its number");
    assert_eq!(desk.engine.ledger().items().get(1).unwrap().attempts, 1, "it was not tried before");
}

#[test]
fn what_may_have_happened_waits_for_a_person() {
    let mut desk = Desk::started(settings(), 2);
    desk.answer(Class::Unclear);
    desk.answer(Class::Refused);
    assert_eq!(desk.phase(), Phase::DoneWithFailures);
    desk.tell(Event::Rerun(Which::All));
    assert_eq!(desk.items_sent(), [[0], [1], [1]]);
    desk.answer(Class::Accepted);
    desk.tell(Event::SendAgain(Which::All));
    assert_eq!(desk.sent.last().unwrap().2, [0]);
    desk.answer(Class::Unclear);
    desk.tell(Event::MarkSent(Which::These(vec![0, 1])));
    assert_eq!((desk.counts().marked, desk.counts().sent, desk.phase()), (1, 1, Phase::Done));
}

#[test]
fn a_reload_finds_the_same_numbers_and_sends_nothing() {
    let mut desk = Desk::started(Settings { at_once: 2, ..settings() }, 12);
    desk.answer(Class::Accepted);
    desk.answer(Class::Refused);
    let before = desk.counts();
    let sent = desk.sent.len();
    desk.reload();
    let unknown = before.sending;
    assert_eq!(desk.counts(), Counts { sending: 0, unknown, ..before });
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Paused(Why::Interrupted), sent));
    let state = desk.engine.ledger().clone();
    desk.reload();
    assert_eq!(*desk.engine.ledger(), state, "a second reload changes nothing");
}

#[test]
fn a_refused_key_pauses_at_once_and_loses_nothing() {
    for (class, why) in [
        (Class::Credentials, Why::Credentials),
        (Class::Offline, Why::Offline),
        (Class::Blocked, Why::Blocked),
        (Class::SignIn, Why::SignIn),
        (Class::Quota, Why::Quota),
    ] {
        let mut desk = Desk::started(settings(), 2);
        desk.answer(class);
        assert_eq!((desk.phase(), desk.counts().planned), (Phase::Paused(why), 2));
        desk.tell(Event::Resume);
        assert_eq!(desk.sent.last().unwrap().2, [0]);
    }
}

#[test]
fn a_sign_on_that_ended_pauses_at_once_and_what_was_out_stays_unknown() {
    for (twice, unknown) in [(Twice::Again, 1), (Twice::Same, 1), (Twice::Looks, 0)] {
        let mut desk = Desk::started(Settings { twice, ..settings() }, 3);
        desk.answer(Class::Led);
        assert_eq!((desk.phase(), desk.sent.len()), (Phase::Paused(Why::SignIn), 1), "{twice:?}");
        assert_eq!((desk.counts().planned, desk.counts().unknown), (3 - unknown, unknown), "{twice:?}");
        desk.tell(Event::Resume);
        assert_eq!(desk.sent[1].2, [unknown], "what is unknown does not go again");
    }
}

#[test]
fn retry_after_holds_the_job_and_the_same_request_goes_again() {
    let mut desk = Desk::new(settings(), Plan::new([0; 4], 2));
    desk.tell(Event::Started);
    desk.reply(Answer::All(Class::Limited, Cause(1)), Some(7_000));
    assert_eq!(desk.phase(), Phase::Held(desk.now + 7_000));
    assert_eq!(desk.engine.progress(desk.now).time_left, 7_000);
    desk.at(6_999, Event::Tick);
    assert_eq!(desk.sent.len(), 1);
    desk.at(1, Event::Tick);
    assert_eq!(desk.sent[1], (0, 1, vec![0, 1]));
    desk.reply(Answer::Each(vec![(0, Class::Accepted, Cause(0)), (1, Class::Limited, Cause(1))]), None);
    desk.at(30_000, Event::Tick);
    assert_eq!(desk.sent[2], (1, 2, vec![1]), "what is left of a request is another request");
}

#[test]
fn retry_after_outlives_a_reload() {
    let mut desk = Desk::started(settings(), 1);
    desk.reply(Answer::All(Class::Limited, Cause(1)), Some(60_000));
    desk.reload();
    desk.tell(Event::Resume);
    desk.at(59_000, Event::Tick);
    assert_eq!(desk.sent.len(), 1);
    desk.at(1_000, Event::Tick);
    assert_eq!(desk.sent.len(), 2);
}

#[test]
fn a_clock_that_is_set_back_does_not_hold_a_job_for_a_year() {
    let mut desk = Desk::started(settings(), 1);
    desk.reply(Answer::All(Class::Limited, Cause(1)), Some(2_000));
    desk.now -= 900_000;
    desk.tell(Event::Tick);
    desk.at(2_000, Event::Tick);
    assert_eq!(desk.sent.len(), 2);
}

#[test]
fn a_limit_that_persists_pauses_and_never_rejects() {
    let mut desk = Desk::started(settings(), 1);
    for _ in 1..TRIES {
        desk.answer(Class::Limited);
        desk.at(30_000, Event::Tick);
    }
    assert_eq!(desk.sent.len(), usize::from(TRIES));
    desk.answer(Class::Limited);
    assert_eq!((desk.phase(), desk.counts().planned), (Phase::Paused(Why::Limited), 1));
    desk.tell(Event::Resume);
    desk.at(30_000, Event::Tick);
    desk.answer(Class::Limited);
    assert!(matches!(desk.phase(), Phase::Held(_)), "a person's word begins the tries anew");
}

#[test]
fn a_look_that_stays_unclear_is_given_up() {
    let mut desk = Desk::started(Settings { twice: Twice::Looks, ..settings() }, 1);
    for _ in 0..TRIES {
        desk.answer(Class::Unclear);
        desk.at(30_000, Event::Tick);
    }
    assert_eq!((desk.counts().rejected, desk.sent.len()), (1, usize::from(TRIES)));
}

#[test]
fn failures_in_a_row_brake() {
    let mut desk = Desk::started(settings(), 9);
    for _ in 0..5 {
        desk.answer(Class::Refused);
    }
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Paused(Why::Row), 5));
    assert_eq!(desk.engine.progress(desk.now).causes, [(State::Rejected, Cause(7), 5)]);
}

#[test]
fn a_person_makes_a_job_slower_and_its_brake_another_for_as_long_as_it_lasts() {
    let mut desk = Desk::started(Settings { at_once: 4, ..settings() }, 40);
    desk.answer(Class::Refused);
    desk.tell(Event::Pause);
    let adjust = |per_minute, row| Event::Adjust(Adjusted { per_minute, row, percent: 100 });
    desk.tell(adjust(60, 0));
    desk.tell(adjust(6_000, 0));
    for reloads in [false, true] {
        if reloads {
            desk.reload();
        }
        assert_eq!(desk.engine.settings().per_minute(), Some(60), "never faster than before");
        assert_eq!((desk.engine.settings().at_once, desk.engine.settings().brake.row), (1, 0));
    }
    desk.tell(Event::Resume);
    let begun = desk.now;
    while desk.sent.len() < 12 {
        desk.answer(Class::Refused);
        desk.at(1_100, Event::Tick);
    }
    assert!(desk.now - begun > 7_000, "one a second: {}", desk.now - begun);
    assert!(!matches!(desk.phase(), Phase::Paused(_)), "nothing brakes it any more");
    let before = desk.engine.settings().clone();
    desk.tell(adjust(0, 5));
    assert_eq!(*desk.engine.settings(), before, "nothing is ever no pace at all");
}

#[test]
fn what_an_answer_does_not_say_is_unknown() {
    let mut desk = Desk::new(settings(), Plan::new([0; 4], 4));
    desk.tell(Event::Started);
    let said = |item, class| (item, class, Cause(3));
    desk.reply(
        Answer::Each(vec![
            said(3, Class::Accepted),
            said(1, Class::Accepted),
            said(1, Class::Refused),
            said(2, Class::Refused),
            said(9, Class::Accepted),
        ]),
        None,
    );
    let states: Vec<_> = desk.engine.ledger().items().iter().map(|(_, item)| item.state).collect();
    assert_eq!(states, [State::Unknown, State::Unknown, State::Rejected, State::Sent]);
}

#[test]
fn an_answer_that_comes_twice_or_too_late_changes_nothing() {
    let mut desk = Desk::started(settings(), 2);
    desk.answer(Class::Unclear);
    let answer = Answer::All(Class::Accepted, Cause(0));
    desk.tell(Event::Answered { attempt: 0, answer, retry_after: None, dice: 0 });
    assert_eq!((desk.counts().unknown, desk.counts().sending), (1, 1));
}

#[test]
fn a_stopped_job_stays_stopped() {
    let mut desk = Desk::started(settings(), 3);
    desk.tell(Event::Stop);
    desk.answer(Class::Refused);
    for event in [Event::Resume, Event::Rerun(Which::All), Event::Started, Event::Approved] {
        desk.tell(event);
    }
    desk.reload();
    desk.tell(Event::Resume);
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Stopped, 1));
    assert_eq!((desk.counts().planned, desk.counts().rejected), (2, 1));
}

#[test]
fn the_time_left_follows_the_pace_and_the_answers() {
    let limits = vec![Limit { burst: 1, ..Limit::requests(10, 1_000) }];
    let mut desk = Desk::new(Settings { limits, ..settings() }, Plan::new([0; 100], 2));
    let progress = |desk: &Desk| desk.engine.progress(desk.now);
    assert_eq!((progress(&desk).requests, progress(&desk).time_left), (50, 5_000));
    desk.tell(Event::Started);
    desk.at(100, Event::Tick);
    desk.at(900, Event::Tick);
    desk.answer(Class::Accepted);
    let now = progress(&desk);
    assert_eq!((now.counts.sent, now.percent, now.per_minute), (2, 2, Some(120)));
    assert!((44_000..46_000).contains(&now.time_left), "an answer takes longer than the pace: {now:?}");
}
