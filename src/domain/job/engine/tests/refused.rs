//! A disk that fails, and another page that runs the job.

use super::*;

#[test]
fn a_disk_that_fails_pauses_the_job_and_nothing_known_is_lost() {
    let mut desk = Desk::started(Settings { at_once: 2, ..settings() }, 4);
    desk.disk_works = false;
    desk.answer(Class::Accepted);
    assert_eq!((desk.phase(), desk.counts().sent), (Phase::Paused(Why::Storage), 1));
    // One more was durable before the disk failed, and left.
    assert_eq!(desk.sent.len(), 3);
    let attempt = desk.sent[0].1;
    let answer = Answer::All(Class::Accepted, Cause(0));
    desk.tell(Event::Answered { attempt, answer, retry_after: None, dice: 0 });
    assert_eq!((desk.counts().sent, desk.counts().planned), (2, 1));
    assert!(!desk.engine.is_durable());
    desk.disk_works = true;
    desk.tell(Event::Resume);
    assert_eq!((desk.engine.is_durable(), desk.sent.len()), (true, 4));
    let known = desk.counts();
    desk.reload();
    assert_eq!(desk.counts().sent, known.sent);
}

#[test]
fn a_page_without_the_lease_does_nothing() {
    let mut desk = Desk::started(settings(), 2);
    desk.tell(Event::LeaseLost);
    desk.answer(Class::Accepted);
    desk.tell(Event::Resume);
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Elsewhere, 1));
    assert_eq!(desk.said.last(), Some(&Command::Announce(Notice::Elsewhere)));
}

#[test]
fn a_lease_that_ran_out_is_lost_before_anything_else_is_heard() {
    let mut desk = Desk::new(settings(), Plan::together(2, 1));
    let ledger = Box::new(desk.engine.ledger().clone());
    let lease = |until| Lease { epoch: 9, until };
    let (epoch, start) = (9, desk.now);
    desk.tell(Event::Loaded(ledger, Some(lease(start + 1_000))));
    desk.at(900, Event::LeaseRenewed(lease(start + 2_000)));
    let commands = desk.engine.handle(desk.now, Event::Started);
    assert!(matches!(commands.last(), Some(Command::Write { .. })));
    let end = desk.engine.ledger().records();
    desk.at(1_100, Event::Written { epoch, end });
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Elsewhere, 0));
    desk.tell(Event::LeaseRenewed(lease(start + 9_000)));
    desk.tell(Event::Tick);
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Elsewhere, 0));
}
