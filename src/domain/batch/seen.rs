//! Which entries were there already: by a hash of what they say, and then by what they say. Pure.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::entries::Entries;

/// What was seen so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    places: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    sum: u64,
}

impl Seen {
    /// A number for all that was noted, whatever the order.
    pub(super) fn sum(&self) -> u64 {
        self.sum
    }

    /// The place of the entry that says the same; none when it is new, and then it is noted as the next one.
    pub(super) fn find_or_note(
        &mut self,
        entries: &Entries,
        group: u32,
        texts: &[impl AsRef<str>],
    ) -> Option<usize> {
        let first = digest(u64::from(group), texts.iter().map(AsRef::as_ref));
        let mut hash = first;
        loop {
            match self.places.get(&hash).and_then(|at| usize::try_from(*at).ok()) {
                None => break,
                Some(at) if entries.says(at, group, texts) => return Some(at),
                // Another entry with the same hash: the next place is looked at.
                Some(_) => hash = hash.wrapping_add(1),
            }
        }
        self.sum = self.sum.wrapping_add(first);
        self.places.insert(hash, u32::try_from(entries.len()).unwrap_or(u32::MAX));
        None
    }
}

/// Eight bytes at a time; texts are told apart by a byte that no text has.
pub(super) fn digest<'a>(start: u64, texts: impl IntoIterator<Item = &'a str>) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(FACTOR).rotate_left(29);
    let mut hash = mix(0, start);
    for text in texts {
        for chunk in text.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(slot, byte)| *slot = *byte);
            hash = mix(hash, u64::from_le_bytes(word));
        }
        hash = mix(hash, 0xff);
    }
    hash ^ (hash >> 32)
}

/// The keys are hashes already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
