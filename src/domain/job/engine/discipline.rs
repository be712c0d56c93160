//! What the engine must never do, so that a test can make it do so. Pure.

/// The rules an engine keeps. [`Sound`] is the only one outside of tests, and a flaw that is not there costs nothing: that there is
/// none is a constant, and the compiler removes everything behind it.
pub trait Discipline {
    /// Whether every rule is kept, and nobody need ask for a flaw.
    const SOUND: bool;

    /// What this engine does wrong, if anything.
    fn flaw() -> Option<Flaw> {
        None
    }
}

/// Every rule is kept.
#[derive(Clone, Copy, Debug)]
pub struct Sound;

impl Discipline for Sound {
    const SOUND: bool = true;
}

/// Ways to break the engine. `tests/simulator` shows that it notices each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// An item counts as sent when it is taken, not when it is settled.
    SettlesWhenTaken,
    /// A request leaves before the ledger has it.
    SendsBeforeDurable,
    /// What may have happened is repeated.
    RetriesUnclear,
    /// A rerun of what failed takes along what is unknown.
    RerunsUnknown,
    /// The pace is forgotten when the job is resumed.
    ForgetsPace,
    /// What a sleeping page missed is caught up with.
    CatchesUp,
    /// A request leaves although another page may run the job.
    IgnoresLease,
    /// An answer is taken for that of any request that is out.
    TakesAnyAnswer,
    /// What did not leave in time is not planned again.
    DropsWithdrawn,
    /// Retry-After is not heeded.
    IgnoresRetryAfter,
    /// What a look-up did not find counts as settled.
    BelievesAbsence,
    /// A job that was given to another browser goes on here.
    KeepsWhatItGave,
    /// The rest goes by itself although the canary failed.
    GoesOnAnyway,
    /// After a crash more is unknown than was under way.
    DoubtsTooMuch,
    /// Tokens saved before another job had the connection count after it.
    KeepsItsBucket,
    /// A job goes through a connection that another one has. Whoever runs engines does this, not the engine.
    SharesConnection,
}
