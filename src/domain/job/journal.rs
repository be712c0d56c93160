//! What is still to be written into the ledger, in order, one write at a time. Pure.

use std::collections::VecDeque;

use super::record::Record;

/// Records on their way into the ledger.
#[derive(Clone, Debug)]
pub struct Journal {
    unsaved: VecDeque<Record>,
    /// The number of the first unsaved record: everything before it is durable.
    durable: u64,
    /// How many of the unsaved records are being written.
    writing: usize,
    broken: bool,
    /// Whether the last write that ended failed.
    doubtful: bool,
}

/// What one write holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The number of its first record.
    pub first: u64,
    /// Its records.
    pub records: Vec<Record>,
}

impl Journal {
    /// A journal behind a ledger with so many records.
    pub const fn new(durable: u64) -> Self {
        Self { unsaved: VecDeque::new(), durable, writing: 0, broken: false, doubtful: false }
    }

    /// Adds a record and gives its number.
    pub fn push(&mut self, record: Record) -> u64 {
        let number = self.end();
        self.unsaved.push_back(record);
        number
    }

    /// The number of the next record.
    pub fn end(&self) -> u64 {
        self.durable + u64::try_from(self.unsaved.len()).unwrap_or_default()
    }

    /// Whether the record with this number is durable.
    pub const fn has(&self, number: u64) -> bool {
        number < self.durable
    }

    /// Whether everything is durable.
    pub fn is_empty(&self) -> bool {
        self.unsaved.is_empty()
    }

    /// Whether the last write failed and nobody has asked to try again.
    pub const fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether a write failed and none has succeeded since.
    pub const fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// What to write next; nothing while a write is under way or after one failed.
    pub fn batch(&mut self) -> Option<Batch> {
        if self.broken || self.writing > 0 || self.unsaved.is_empty() {
            return None;
        }
        self.writing = self.unsaved.len();
        Some(Batch { first: self.durable, records: self.unsaved.iter().cloned().collect() })
    }

    /// Everything before this number was written. Says whether that was the write under way.
    pub fn written(&mut self, end: u64) -> bool {
        let expected = self.durable + u64::try_from(self.writing).unwrap_or_default();
        let ours = self.writing > 0 && end == expected;
        if ours {
            self.unsaved.drain(..self.writing);
            self.durable = end;
            self.writing = 0;
            self.doubtful = false;
        }
        ours
    }

    /// The write from this number on failed. Says whether that was the write under way.
    pub fn failed(&mut self, first: u64) -> bool {
        let ours = self.writing > 0 && first == self.durable;
        if ours {
            self.writing = 0;
            self.broken = true;
            self.doubtful = true;
        }
        ours
    }

    /// Lets the next write be tried.
    pub fn mend(&mut self) {
        self.broken = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_durable_in_order_and_one_write_goes_at_a_time() {
        let mut journal = Journal::new(7);
        assert_eq!((journal.push(Record::Checked), journal.push(Record::Started)), (7, 8));
        assert_eq!(
            journal.batch(),
            Some(Batch { first: 7, records: vec![Record::Checked, Record::Started] })
        );
        assert_eq!(journal.push(Record::Stopped), 9);
        assert_eq!(journal.batch(), None);
        assert!(!journal.written(10) && !journal.has(7));
        assert!(journal.written(9) && journal.has(8) && !journal.has(9));
        assert_eq!(journal.batch(), Some(Batch { first: 9, records: vec![Record::Stopped] }));
        assert!(journal.written(10) && journal.is_empty() && !journal.written(10));
    }

    #[test]
    fn a_failed_write_is_tried_again_whole_when_somebody_asks() {
        let mut journal = Journal::new(0);
        journal.push(Record::Checked);
        journal.batch();
        assert!(!journal.failed(1) && journal.failed(0) && !journal.failed(0));
        journal.push(Record::Started);
        // A late word of success about the failed write changes nothing: it will be written again.
        assert!(!journal.written(1) && journal.batch().is_none() && journal.is_broken());
        journal.mend();
        assert_eq!(journal.batch().unwrap().records.len(), 2);
        assert!(journal.is_doubtful() && journal.written(2));
        assert!(journal.is_empty() && !journal.is_doubtful());
    }
}
