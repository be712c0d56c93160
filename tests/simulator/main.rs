//! Jobs in a world in which everything goes wrong: crashes at any point, replies cut before and after the effect, duplicate and
//! late answers, rate limits, clocks that jump, pages that sleep, two tabs, disks that fail, people who change their minds.
//!
//! Every seed is a world with one job, or with two or three at once, most of them through one connection. A seed that fails is named;
//! `JOB_SEED=17 cargo test -p simulator -- --nocapture every_seed` plays it again and tells what happened. `JOB_SEEDS` says how many
//! to play.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, helpers included"
)]

mod chance;
mod witness;
mod world;

use std::cell::Cell;
use std::io::Write;
use std::thread;
use std::time::Instant;

use message_desk::domain::job::Millis;
use message_desk::domain::job::engine::{Discipline, Engine, Flaw, Sound};
use message_desk::domain::job::event::{Answer, Command, Event, Lease, Phase};
use message_desk::domain::job::item::Cause;
use message_desk::domain::job::ledger::Ledger;
use message_desk::domain::job::plan::Plan;
use message_desk::domain::job::retry::{Class, Twice};
use message_desk::domain::job::settings::Settings;

use world::{Seen, World};

const SEEDS: u64 = 100_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn play<D: Discipline>(seed: u64, log: bool) -> Result<Seen, String> {
    let mut world = World::<D>::new(seed, log);
    world.run().map(|()| world.seen)
}

#[test]
fn every_seed_is_honest() {
    if let Some(seed) = number("JOB_SEED") {
        play::<Sound>(seed, true).unwrap_or_else(|objection| panic!("seed {seed}: {objection}"));
        return;
    }
    let seeds = number("JOB_SEEDS").unwrap_or(SEEDS);
    let start = Instant::now();
    let threads = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let worker = |first: u64| {
        let mut seen = Seen::default();
        for seed in (first..seeds).step_by(threads as usize) {
            match play::<Sound>(seed, false) {
                Ok(more) => seen.add(more),
                Err(objection) => panic!("JOB_SEED={seed}: {objection}"),
            }
        }
        seen
    };
    let mut seen = Seen::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || worker(first))).collect();
        for worker in workers {
            seen.add(worker.join().unwrap_or_else(|_| panic!("a seed failed; it is named above")));
        }
    });
    let took = start.elapsed();
    let pace = seeds as f64 / took.as_secs_f64();
    let said =
        format!("{seeds} seeds in {:.1} s on {threads} threads, {pace:.0} a second", took.as_secs_f64());
    // Past the harness, which keeps to itself what a test prints that passes.
    writeln!(std::io::stderr(), "\nsimulator: {said}").unwrap();
    for (name, count) in seen.parts() {
        println!("{count:>10} {name}");
        assert!(*count > seeds / 1_000, "{name} hardly happened: the world is too peaceful");
    }
}

/// A job of this size, in a world without trouble; gives the number of events.
fn large(items: u32, most: u32) -> u64 {
    let settings = Settings { at_once: 4, ..Settings::new(Twice::Again, Vec::new()) };
    let mut engine = Engine::<Sound>::new(settings, Plan::new((0..items).map(|item| item % 7), most));
    let lease = Lease { epoch: 1, until: Millis::MAX };
    let loaded = Event::Loaded(Box::new(Ledger::new(items, Twice::Again)), Some(lease));
    let mut events = std::collections::VecDeque::from([loaded, Event::Checked, Event::Started]);
    let mut count = 0;
    while let Some(event) = events.pop_front() {
        count += 1;
        for command in engine.handle(count, event) {
            match command {
                Command::Write { epoch, first, records, .. } => {
                    events.push_back(Event::Written { epoch, end: first + records.len() as u64 });
                }
                Command::Send { attempt, .. } => {
                    let answer = Answer::All(Class::Accepted, Cause::NONE);
                    events.push_back(Event::Answered { attempt, answer, retry_after: None, dice: 0 });
                }
                Command::AskCanary(_) => events.push_back(Event::Approved),
                Command::WakeAt(_) | Command::Announce(_) | Command::Finished(_) => {}
            }
        }
    }
    assert_eq!(engine.phase(count), Phase::Done);
    count
}

#[test]
fn a_million_items_are_no_burden() {
    for (items, most) in [(1_000_000, 100), (1_000_000, 1)] {
        let start = Instant::now();
        let events = large(items, most);
        println!("{items} items, {most} a request: {events} events in {:?}", start.elapsed());
        assert!(events < 4 * u64::from(items / most) + 100);
    }
}

thread_local! {
    static FLAW: Cell<Option<Flaw>> = const { Cell::new(None) };
}

/// An engine with the flaw that the thread says: one type for all of them is compiled once.
struct Broken;

impl Discipline for Broken {
    const SOUND: bool = false;

    fn flaw() -> Option<Flaw> {
        FLAW.get()
    }
}

/// How many seeds it takes to notice a flaw.
fn noticed(flaw: Flaw) -> (u64, String) {
    FLAW.set(Some(flaw));
    let objections = (0..20_000).map(|seed| (seed, play::<Broken>(seed, false)));
    let mut failed = objections.filter_map(|(seed, played)| played.err().map(|objection| (seed, objection)));
    failed.next().unwrap_or_else(|| panic!("nobody notices {flaw:?}"))
}

macro_rules! flaws {
    ($($test:ident: $flaw:ident,)*) => {$(
        #[test]
        fn $test() {
            let (seed, objection) = noticed(Flaw::$flaw);
            println!("seed {seed}: {objection}");
        }
    )*};
}

flaws! {
    a_checkpoint_when_taken_is_noticed: SettlesWhenTaken,
    a_request_ahead_of_the_ledger_is_noticed: SendsBeforeDurable,
    a_repeat_of_what_may_have_happened_is_noticed: RetriesUnclear,
    a_rerun_of_the_unknown_is_noticed: RerunsUnknown,
    a_pace_forgotten_on_resume_is_noticed: ForgetsPace,
    a_burst_after_a_sleep_is_noticed: CatchesUp,
    two_pages_at_once_are_noticed: IgnoresLease,
    an_answer_for_another_request_is_noticed: TakesAnyAnswer,
    a_row_that_is_dropped_is_noticed: DropsWithdrawn,
    a_wait_that_is_not_heeded_is_noticed: IgnoresRetryAfter,
    an_absence_that_is_believed_is_noticed: BelievesAbsence,
    a_job_that_goes_on_after_it_was_given_away_is_noticed: KeepsWhatItGave,
    a_failed_canary_that_is_passed_over_is_noticed: GoesOnAnyway,
    a_doubt_about_what_was_known_is_noticed: DoubtsTooMuch,
    a_bucket_that_each_job_keeps_for_itself_is_noticed: KeepsItsBucket,
    two_jobs_through_one_connection_are_noticed: SharesConnection,
}
