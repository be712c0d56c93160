//! What goes first, and what follows it.

use super::*;

#[test]
fn the_canary_goes_first_and_the_rest_waits_for_a_word() {
    let mut desk = Desk::new(Settings { canary: 3, at_once: 4, ..settings() }, Plan::new([0; 8], 2));
    desk.tell(Event::Started);
    assert_eq!(desk.items_sent(), [vec![0, 1], vec![2]]);
    assert_eq!(desk.phase(), Phase::Canary);
    desk.tell(Event::Approved);
    assert_eq!(desk.sent.len(), 2, "a word that comes too early lets nothing go");
    for attempt in [0, 1] {
        let answer = Answer::All(Class::Accepted, Cause::NONE);
        desk.tell(Event::Answered { attempt, answer, retry_after: None, dice: 0 });
    }
    assert_eq!(desk.phase(), Phase::Asking);
    assert!(desk.said.iter().any(|said| matches!(said, Command::AskCanary(counts) if counts.sent == 3)));
    desk.tell(Event::Approved);
    assert_eq!(desk.items_sent().split_off(2), [vec![3, 4], vec![5, 6], vec![7]]);
}

#[test]
fn a_canary_may_let_the_rest_go_by_itself_when_all_of_it_was_sent() {
    let goes_on = Settings { canary: 2, after_canary: AfterCanary::GoesOn, ..settings() };
    let mut desk = Desk::started(goes_on.clone(), 4);
    desk.answer(Class::Accepted);
    assert_eq!(desk.phase(), Phase::Canary);
    desk.answer(Class::Accepted);
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Running, 3));
    for class in [Class::Refused, Class::Unclear] {
        let mut desk = Desk::started(goes_on.clone(), 4);
        desk.answer(class);
        desk.answer(Class::Accepted);
        assert_eq!((desk.phase(), desk.sent.len()), (Phase::Asking, 2), "{class:?} is looked at");
        // What a person decides about the canary is no success of its own.
        desk.tell(Event::MarkSent(Which::All));
        assert_eq!(desk.phase(), Phase::Asking, "{class:?}");
    }
    let mut desk = Desk::started(goes_on, 4);
    desk.answer(Class::Accepted);
    desk.tell(Event::Pause);
    desk.answer(Class::Accepted);
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Paused(Why::Person), 2));
    desk.tell(Event::Resume);
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Running, 3));
}

#[test]
fn a_canary_that_could_not_be_sent_is_sent_again_and_still_asks() {
    let mut desk = Desk::started(Settings { canary: 1, ..settings() }, 3);
    desk.answer(Class::Credentials);
    assert_eq!(desk.phase(), Phase::Paused(Why::Credentials));
    desk.reload();
    desk.tell(Event::Resume);
    desk.answer(Class::Accepted);
    assert_eq!(desk.items_sent(), [[0], [0]]);
    assert_eq!(desk.phase(), Phase::Asking);
}

#[test]
fn a_canary_that_asked_asks_again_after_a_reload_unless_something_was_out() {
    for (answers, phase) in [(2, Phase::Asking), (1, Phase::Paused(Why::Interrupted))] {
        let mut desk = Desk::started(Settings { canary: 2, ..settings() }, 4);
        (0..answers).for_each(|_| desk.answer(Class::Accepted));
        let sent = desk.sent.len();
        desk.reload();
        assert_eq!((desk.phase(), desk.sent.len()), (phase, sent));
    }
}

#[test]
fn what_a_look_finds_of_a_canary_that_asked_lets_nothing_go() {
    for reloads in [false, true] {
        let mut desk =
            Desk::started(Settings { canary: 1, after_canary: AfterCanary::GoesOn, ..settings() }, 3);
        desk.answer(Class::Unclear);
        if reloads {
            desk.reload();
        }
        assert_eq!(desk.phase(), Phase::Asking);
        desk.tell(Event::Looked { item: 0, look: Look::Done });
        assert_eq!((desk.phase(), desk.sent.len()), (Phase::Asking, 1), "reloads: {reloads}");
        // Nor does what comes after it.
        desk.reload();
        assert_eq!((desk.phase(), desk.sent.len()), (Phase::Asking, 1), "reloads: {reloads}");
        desk.tell(Event::Pause);
        desk.tell(Event::Resume);
        assert_eq!((desk.phase(), desk.sent.len()), (Phase::Asking, 1), "reloads: {reloads}");
        desk.tell(Event::Approved);
        assert_eq!((desk.phase(), desk.sent.len()), (Phase::Running, 2), "reloads: {reloads}");
    }
}

#[test]
fn a_canary_that_would_let_the_rest_go_does_not_after_a_reload() {
    let goes_on = Settings { canary: 2, after_canary: AfterCanary::GoesOn, ..settings() };
    let mut desk = Desk::started(goes_on, 4);
    desk.answer(Class::Accepted);
    desk.answer(Class::Accepted);
    let approved = desk.disk.iter().position(|record| *record == Record::Approved).unwrap();
    // The page went before that was written.
    desk.disk.truncate(approved);
    let sent = desk.sent.len();
    desk.reload();
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Paused(Why::Interrupted), sent));
    desk.tell(Event::Resume);
    assert_eq!((desk.phase(), desk.sent.len()), (Phase::Running, sent + 1));
}
