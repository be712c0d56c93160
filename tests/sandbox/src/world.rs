//! Everything the sandbox remembers, behind one lock.

use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Clock;
use crate::easemob;
use crate::effects::Effects;
use crate::faults::Faults;
use crate::requests::Requests;
use crate::tencent;
use crate::yunxin::Cloud;

/// A handle on one sandbox; clones share the same memory.
#[derive(Clone)]
pub struct Sandbox {
    world: Arc<Mutex<World>>,
}

/// What a sandbox remembers.
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) effects: Effects,
    pub(crate) requests: Requests,
    pub(crate) faults: Faults,
    pub(crate) yunxin: Cloud,
    pub(crate) tencent: tencent::Cloud,
    pub(crate) easemob: easemob::Cloud,
}

impl World {
    fn seeded() -> Self {
        let clock = Clock::default();
        let yunxin = Cloud::seeded(clock.now_ms());
        let tencent = tencent::Cloud::seeded(clock.now_ms());
        let easemob = easemob::Cloud::seeded(clock.now_ms());
        Self {
            clock,
            effects: Effects::default(),
            requests: Requests::default(),
            faults: Faults::default(),
            yunxin,
            tencent,
            easemob,
        }
    }
}

impl Sandbox {
    /// A new sandbox with the practice apps, accounts, teams and messages.
    pub fn seeded() -> Self {
        Self { world: Arc::new(Mutex::new(World::seeded())) }
    }

    /// Forgets everything, also the clock's shift, limits and faults, and seeds again.
    pub(crate) fn reset(&self) {
        self.with(|world| *world = World::seeded());
    }

    /// Runs one uninterrupted step on the world.
    pub(crate) fn with<T>(&self, step: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        step(&mut world)
    }
}
