//! What was there already: by a hash of what it says, and then by what it says. Pure.

/// Where things stand that were seen, by their hashes. What they say is kept elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Half of a hash, and the place with this hash, from one on: zero is nobody's. A power of two of them, a third free.
    slots: Vec<(u32, u32)>,
    noted: usize,
}

impl Seen {
    /// Ready for so many.
    pub fn expecting(count: usize) -> Self {
        let size = (count * 3 / 2 + 1).next_power_of_two().max(16);
        Self { slots: vec![(0, 0); size], noted: 0 }
    }

    /// The place of what is the `same`; none when it is new, and then it is noted to stand at `next`.
    #[inline(always)]
    pub fn find_or_note(&mut self, hash: u64, next: usize, same: impl Fn(usize) -> bool) -> Option<usize> {
        if self.noted * 3 >= self.slots.len() * 2 {
            self.grow();
        }
        let half = u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default();
        let mut at = self.first(half);
        loop {
            let slot = self.slots.get_mut(at)?;
            match *slot {
                (_, 0) => {
                    *slot = (half, u32::try_from(next + 1).unwrap_or(u32::MAX));
                    self.noted += 1;
                    return None;
                }
                (known, place) if known == half => {
                    let place = usize::try_from(place - 1).ok().filter(|place| same(*place));
                    if place.is_some() {
                        return place;
                    }
                }
                _ => {}
            }
            at = self.behind(at);
        }
    }

    /// The slot to look at first.
    #[inline(always)]
    fn first(&self, half: u32) -> usize {
        usize::try_from(half).unwrap_or_default() & (self.slots.len() - 1)
    }

    #[inline(always)]
    fn behind(&self, at: usize) -> usize {
        (at + 1) & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(16);
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
        for (half, place) in old.into_iter().filter(|(_, place)| *place > 0) {
            let mut at = self.first(half);
            while self.slots.get(at).is_some_and(|(_, place)| *place > 0) {
                at = self.behind(at);
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = (half, place);
            }
        }
    }
}

/// A hash of texts, told apart by a byte that no text has, eight bytes at a time. Jobs that are kept name their lists by it.
pub fn digest<'a>(start: u64, texts: impl IntoIterator<Item = &'a str>) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(FACTOR).rotate_left(29);
    let mut hash = mix(0, start);
    for text in texts {
        let (words, rest) = text.as_bytes().as_chunks();
        hash = words.iter().fold(hash, |hash, word| mix(hash, u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            hash = mix(hash, rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
        hash = mix(hash, 0xff);
    }
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_keeps_its_hash() {
        // What jobs of earlier days are known by.
        assert_eq!(digest(3, ["user0000001", "张三"]), 0x0115_595e_9649_560e);
        assert_eq!(digest(0, ["", "12345678"]), 0x4e0e_85e4_da65_ade6);
    }

    proptest! {
        #[test]
        fn what_was_there_is_found_where_it_stood(texts in prop::collection::vec("[ab]{0,3}", 0..200), bits in 0..8_u32) {
            let mut seen = Seen::default();
            let mut kept: Vec<&str> = Vec::new();
            for text in &texts {
                // With few bits most hashes are shared.
                let hash = digest(0, [text.as_str()]) & ((1 << bits) - 1);
                let expected = kept.iter().position(|known| known == text);
                prop_assert_eq!(seen.find_or_note(hash, kept.len(), |at| kept[at] == text), expected);
                if expected.is_none() {
                    kept.push(text);
                }
            }
        }
    }
}
