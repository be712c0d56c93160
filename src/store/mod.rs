//! Where jobs are kept: in the browser's database, and in memory alone where that is blocked.
//!
//! A write is reported when the browser says that it would survive a crash (`durability: "strict"`). Each write carries the
//! epoch of its page's right to run the job; the page that took the right last has the highest, and writes of others are refused
//! in the same transaction that would have made them. So of two pages only one can write down that a request leaves.

mod database;
pub mod lock;
mod memory;
pub mod safe;

use js_sys::JsString;

use crate::domain::batch::keep::Head;
use database::Database;
use memory::Memory;

/// A write or a read that did not happen, in the browser's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Another page has taken the job over, or still has it.
    Epoch,
    /// Anything else: no room, no permission, a database that is gone.
    Failed(String),
}

/// A right that lasts for a while, where the browser has no locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// When it is asked for, in milliseconds since 1970.
    pub now: u64,
    /// Until when.
    pub until: u64,
}

/// A job as it lies in the store.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its head.
    pub head: Head,
    /// Its body, encoded.
    pub body: String,
    /// Its ledger, line by line, encoded, in order.
    pub lines: Vec<String>,
}

/// The store in use.
#[derive(Debug)]
pub enum Store {
    /// The browser's database.
    Disk(Database),
    /// Memory, which ends with the page; and why there is no more.
    Memory(Memory, String),
}

impl Store {
    /// Opens the database; memory when it cannot be opened.
    pub async fn open() -> Self {
        match Database::open().await {
            Ok(database) => Self::Disk(database),
            Err(why) => Self::Memory(Memory::default(), why),
        }
    }

    /// Why nothing outlives the page, if so.
    pub fn is_forgetful(&self) -> Option<&str> {
        match self {
            Self::Disk(_) => None,
            Self::Memory(_, why) => Some(why),
        }
    }

    /// The heads of all jobs, the newest first.
    pub async fn heads(&self) -> Result<Vec<Head>, Fault> {
        let mut heads: Vec<Head> = match self {
            Self::Disk(database) => {
                database.heads().await?.iter().filter_map(|kept| Head::decode(kept)).collect()
            }
            Self::Memory(memory, _) => memory.heads(),
        };
        heads.sort_by_key(|head| std::cmp::Reverse(head.created));
        Ok(heads)
    }

    /// Keeps a new job, with the lines of a ledger that was brought along; whatever was kept under its id is gone.
    pub async fn create(&self, head: &Head, body: &str, lines: &[(u64, String)]) -> Result<(), Fault> {
        match self {
            Self::Disk(database) => database.create(head, body, lines).await,
            Self::Memory(memory, _) => {
                memory.create(head, body, lines);
                Ok(())
            }
        }
    }

    /// Everything of a job; none when there is none.
    pub async fn load(&self, id: &str) -> Result<Option<Kept>, Fault> {
        match self {
            Self::Disk(database) => database.load(id).await,
            Self::Memory(memory, _) => Ok(memory.load(id)),
        }
    }

    /// The body of a job as the browser's own text, which may be long: nothing of it is copied before it is looked at. None when
    /// there is no such job.
    pub async fn body(&self, id: &str) -> Result<Option<JsString>, Fault> {
        match self {
            Self::Disk(database) => database.body(id).await,
            Self::Memory(memory, _) => Ok(memory.body(id).map(JsString::from)),
        }
    }

    /// The ledger of a job alone, line by line, encoded, in order: its body may be a hundred times as long. Nothing when there is no
    /// such job.
    pub async fn lines(&self, id: &str) -> Result<Vec<String>, Fault> {
        match self {
            Self::Disk(database) => database.lines(id).await,
            Self::Memory(memory, _) => Ok(memory.lines(id)),
        }
    }

    /// Takes the right to a job, or to a connection by a name of its own: an epoch above all before. Where there are no locks it is
    /// refused while the lease of another lasts.
    pub async fn take(&self, id: &str, lease: Option<Lease>) -> Result<u64, Fault> {
        match self {
            Self::Disk(database) => database.take(id, lease).await,
            Self::Memory(memory, _) => memory.take(id, lease),
        }
    }

    /// Prolongs a lease, or gives it up by ending it; refused unless its epoch is the last that was taken.
    pub async fn renew(&self, id: &str, epoch: u64, until: u64) -> Result<(), Fault> {
        match self {
            Self::Disk(database) => database.renew(id, epoch, until).await,
            Self::Memory(memory, _) => memory.renew(id, epoch, until),
        }
    }

    /// When the lease of a job ends.
    pub async fn lease_end(&self, id: &str) -> Result<u64, Fault> {
        match self {
            Self::Disk(database) => database.lease_end(id).await,
            Self::Memory(memory, _) => Ok(memory.lease_end(id)),
        }
    }

    /// Adds a line to a job's ledger, and writes its head anew where one is given, unless a higher epoch was taken.
    pub async fn append(
        &self,
        epoch: u64,
        id: &str,
        head: Option<&Head>,
        first: u64,
        line: &str,
    ) -> Result<(), Fault> {
        match self {
            Self::Disk(database) => database.append(epoch, id, head, first, line).await,
            Self::Memory(memory, _) => memory.append(epoch, id, head, first, line),
        }
    }

    /// Deletes a job with everything that is known of it.
    pub async fn delete(&self, id: &str) -> Result<(), Fault> {
        match self {
            Self::Disk(database) => database.delete(id).await,
            Self::Memory(memory, _) => {
                memory.delete(id);
                Ok(())
            }
        }
    }
}
