//! What a connection takes, and what others sent through it.

use super::*;

#[test]
fn what_others_sent_through_a_connection_is_waited_out() {
    let limits = vec![Limit { burst: 2, ..Limit::requests(10, 1_000) }];
    let sent_at_once = |shared: bool| {
        let mut desk = Desk::new(Settings { limits: limits.clone(), ..settings() }, Plan::new([0; 100], 1));
        desk.at(600_000, Event::Tick);
        shared.then(|| desk.engine.connected(desk.now, u32::MAX));
        desk.tell(Event::Started);
        desk.sent.len()
    };
    assert_eq!((sent_at_once(false), sent_at_once(true)), (1, 0));
}

#[test]
fn what_the_connection_takes_holds_whatever_the_job_was_made_with() {
    let sent_in_a_minute = |per_minute: u32| {
        let limits = vec![Limit::requests(600, 60_000)];
        let made = Settings { at_once: Settings::at_once(&limits), limits, ..settings() };
        let mut desk = Desk::new(made, Plan::together(5_000, 1));
        desk.engine.connected(desk.now, per_minute);
        desk.tell(Event::Started);
        let end = desk.now + 60_000;
        while desk.now < end {
            desk.at(50, Event::Tick);
            while !desk.engine.flights.iter().all(|flight| flight.left_at.is_none()) {
                desk.reply(Answer::All(Class::Accepted, Cause(0)), None);
            }
        }
        (desk.sent.len(), desk.engine.settings().at_once)
    };
    assert_eq!(sent_in_a_minute(30), (30, 1));
    // One that is above the job's own changes nothing.
    assert!(matches!(sent_in_a_minute(6_000), (570..=600, 4)));
}
