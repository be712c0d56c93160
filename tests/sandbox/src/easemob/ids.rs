//! Message ids, which hide their creation time (E-ID-5).

/// 2014-12-03T00:00:00Z, from which an id counts its seconds.
const EPOCH_SECONDS: i64 = 1_417_564_800;
const COUNTER_BITS: u32 = 22;
const COUNTERS: i64 = 1 << COUNTER_BITS;
// Odd and far from the ends: the ids of one millisecond are one apart, so doubles confuse them.
const FIRST_COUNTER: i64 = 0x1A_2B01;

/// Hands out ids.
#[derive(Debug)]
pub(super) struct Ids {
    counter: i64,
}

impl Default for Ids {
    fn default() -> Self {
        Self { counter: FIRST_COUNTER }
    }
}

impl Ids {
    /// An id of a message sent at that moment; no two are the same.
    pub(super) fn next(&mut self, sent_at_ms: i64) -> i64 {
        self.counter = (self.counter + 1) % COUNTERS;
        made(sent_at_ms, self.counter)
    }
}

fn made(sent_at_ms: i64, counter: i64) -> i64 {
    let seconds = sent_at_ms.div_euclid(1_000).saturating_sub(EPOCH_SECONDS).max(0);
    let within = sent_at_ms.rem_euclid(1_000);
    (seconds << 32) | (within << COUNTER_BITS) | counter
}

/// Up to 19 decimal digits that fit a signed 64-bit number (E-ID-2).
pub(super) fn message_id(text: &str) -> Option<i64> {
    let fits = (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{COUNTERS, EPOCH_SECONDS, Ids, made, message_id};

    /// The time an id seems to be from.
    fn hint(id: i64) -> i64 {
        ((id >> 32) + EPOCH_SECONDS) * 1_000 + ((id >> 22) & 1023)
    }

    #[test]
    fn the_published_ids_tell_their_time() {
        for (id, time) in [
            (1_418_038_712_905_770_616, 1_747_727_666_258),
            (1_415_009_139_259_606_640, 1_747_022_288_686),
            (1_415_001_054_172_415_464, 1_747_020_406_219),
            (1_235_807_318_835_202_004, 1_705_298_613_488),
        ] {
            assert_eq!(hint(id), time);
            assert_eq!(made(time, id % COUNTERS), id);
        }
    }

    #[test]
    fn ids_made_here_tell_their_time_and_differ() {
        let mut ids = Ids::default();
        let (one, other) = (ids.next(1_790_000_000_999), ids.next(1_790_000_000_999));
        assert_eq!((hint(one), hint(other)), (1_790_000_000_999, 1_790_000_000_999));
        assert_eq!(other - one, 1);
        assert!(one > 1 << 53);
    }

    #[test]
    fn an_id_has_up_to_nineteen_digits_and_fits_sixty_four_bits() {
        assert_eq!(message_id("9223372036854775807"), Some(i64::MAX));
        for wrong in ["", "9223372036854775808", "-1", "+1", "1.0", "5I02W-XX-8278a", "00000000000000000001"]
        {
            assert_eq!(message_id(wrong), None, "{wrong}");
        }
    }
}
