//! What really happened, kept apart from the engine: who was sent what, and who could know it. It objects.

use message_desk::domain::job::Millis;
use message_desk::domain::job::item::{Items, State};
use message_desk::domain::job::pace::{Counted, Limit};
use message_desk::domain::job::retry::{Class, Twice};

/// What a sender who remembers everything would know of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// It was not done: never sent, surely refused for now, or a person wants it again.
    NotDone,
    /// It is out, and no answer came.
    Out,
    /// It may have been done.
    Unclear,
    /// It was refused.
    Refused,
    /// It was done.
    Done,
}

#[derive(Clone, Copy, Debug)]
struct Truth {
    known: Known,
    /// How often the vendor did it.
    effects: u32,
    /// How often by a request that left after a person last decided on it.
    fresh: u32,
    /// How often a person wanted it again without knowing.
    again: u32,
    /// The number of the first request that counts after that decision.
    since: u64,
    /// The number of the last request with it.
    last: u64,
    /// Whether a page that took the job over found it unknown, or its request open: then nobody can know.
    lost: bool,
}

/// The requests that left, of a job or through a connection, and how many may leave.
#[derive(Debug)]
pub struct Departures {
    limits: Vec<Limit>,
    left: Vec<(Millis, u32)>,
}

impl Departures {
    pub const fn new(limits: Vec<Limit>) -> Self {
        Self { limits, left: Vec::new() }
    }

    /// A request with so many items leaves: each limit must hold in the window that ends now.
    pub fn leaves(&mut self, at: Millis, items: u32) -> Objection {
        self.left.push((at, items));
        for limit in &self.limits {
            let recent = self.left.iter().rev().take_while(|(left, _)| at - left < limit.per);
            let count: u32 =
                recent.map(|(_, items)| if limit.counted == Counted::Items { *items } else { 1 }).sum();
            if count > limit.most {
                return Err(format!("{count} within {} ms at {at}, allowed {}", limit.per, limit.most));
            }
        }
        Ok(())
    }
}

/// The witness of one job.
#[derive(Debug)]
pub struct Witness {
    twice: Twice,
    truths: Vec<Truth>,
    departures: Departures,
    /// Whether the job was given to another browser: nothing may leave.
    pub given: bool,
    /// Nothing may leave before then, as far as the page that runs the job was told.
    pub not_before: Millis,
}

type Objection = Result<(), String>;

impl Witness {
    pub fn new(total: u32, twice: Twice, limits: Vec<Limit>) -> Self {
        let truth =
            Truth { known: Known::NotDone, effects: 0, fresh: 0, again: 0, since: 0, last: 0, lost: false };
        Self {
            twice,
            truths: vec![truth; total as usize],
            departures: Departures::new(limits),
            given: false,
            not_before: 0,
        }
    }

    /// A request is written down to leave: what was lost before says nothing of it.
    pub fn taken(&mut self, items: &[u32]) {
        items.iter().for_each(|item| self.truths[*item as usize].lost = false);
    }

    /// A page takes the job over, and this is what the disk does not know.
    pub fn lost(&mut self, items: &[u32]) {
        items.iter().for_each(|item| self.truths[*item as usize].lost = true);
    }

    /// A request leaves; gives its number.
    pub fn leaves(&mut self, at: Millis, items: &[u32]) -> Result<u64, String> {
        if at < self.not_before {
            return Err(format!("left at {at}, before {}", self.not_before));
        }
        if self.given {
            return Err(format!("left at {at}, after the job was given away"));
        }
        let request = self.requests() + 1;
        for item in items {
            let truth = &mut self.truths[*item as usize];
            truth.last = request;
            if truth.known != Known::NotDone && self.twice != Twice::Looks {
                return Err(format!("item {item} leaves although it is known as {:?}", truth.known));
            }
            truth.known = Known::Out;
        }
        self.departures.leaves(at, items.len() as u32)?;
        Ok(request)
    }

    /// How many requests left.
    const fn requests(&self) -> u64 {
        self.departures.left.len() as u64
    }

    pub fn was_done(&self, item: u32) -> bool {
        self.truths[item as usize].effects > 0
    }

    /// The vendor does what a request says for an item.
    pub fn effect(&mut self, request: u64, item: u32) -> Objection {
        let truth = &mut self.truths[item as usize];
        truth.effects += 1;
        truth.fresh += u32::from(request > truth.since);
        if truth.effects > 1 + truth.again && self.twice != Twice::Looks {
            return Err(format!("item {item} was done {} times", truth.effects));
        }
        Ok(())
    }

    /// The page that sent the request hears what it led to, for the first time.
    pub fn heard(&mut self, request: u64, item: u32, class: Option<Class>) {
        let truth = &mut self.truths[item as usize];
        if request != truth.last || request <= truth.since {
            return;
        }
        truth.known = match class {
            Some(Class::Accepted) => Known::Done,
            Some(Class::AlreadyDone) if self.twice != Twice::Again => Known::Done,
            Some(Class::Refused | Class::Unsendable) => Known::Refused,
            Some(Class::AlreadyDone | Class::Unclear | Class::Led) | None => Known::Unclear,
            Some(_) => Known::NotDone,
        };
    }

    /// A person wants what was refused tried again.
    pub fn rerun(&mut self, item: u32) {
        let truth = &mut self.truths[item as usize];
        if truth.known == Known::Refused {
            truth.known = Known::NotDone;
        }
    }

    /// Somebody looked, and it is there.
    pub fn found(&mut self, item: u32) {
        let truth = &mut self.truths[item as usize];
        // Whatever an answer says that comes later, it is there.
        *truth = Truth { known: Known::Done, since: truth.last, ..*truth };
    }

    /// A person wants what is unknown sent again.
    pub fn again(&mut self, item: u32) {
        let since = self.requests();
        let truth = &mut self.truths[item as usize];
        *truth = Truth { known: Known::NotDone, fresh: 0, again: truth.again + 1, since, ..*truth };
    }

    /// What the page that runs the job believes must be true, or be honest about not being known.
    pub fn agrees(&self, items: &Items) -> Objection {
        if items.counts().total() as usize != self.truths.len() {
            return Err(format!("counts do not sum: {:?}", items.counts()));
        }
        if self.twice == Twice::Looks {
            return Ok(());
        }
        for (index, item) in items.iter() {
            let truth = &self.truths[index as usize];
            let wrong = match item.state {
                State::Planned | State::Rejected => truth.fresh > 0,
                State::Sent => truth.effects == 0,
                State::Unknown => truth.known != Known::Unclear && !truth.lost,
                State::Sending | State::MarkedSent => false,
            };
            // Whatever may have been done is never planned or rejected, even if it was not done.
            let open = matches!(truth.known, Known::Out | Known::Unclear);
            let hidden = open && matches!(item.state, State::Planned | State::Rejected | State::Sent);
            if wrong || hidden {
                return Err(format!("item {index} is {:?}, but {truth:?}", item.state));
            }
        }
        Ok(())
    }
}
