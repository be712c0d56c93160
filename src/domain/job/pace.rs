//! The pace of a connection: token buckets whose limits hold in every window. Pure.

use super::Millis;

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Each request.
    Requests,
    /// Each item of a request.
    Items,
}

/// At most so many in any window of a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// What is counted.
    pub counted: Counted,
    /// How many at most.
    pub most: u32,
    /// In a window of so many milliseconds.
    pub per: Millis,
    /// How many may go at once. The more, the slower the rest: the window's limit includes them.
    pub burst: u32,
}

impl Limit {
    /// At most `most` requests in any `per` milliseconds, a hundredth of them at once: all but that hundredth is the steady pace.
    pub const fn requests(most: u32, per: Millis) -> Self {
        Self { counted: Counted::Requests, most, per, burst: most / 100 }
    }

    /// At most `most` items in any `per` milliseconds, a hundredth of them at once, or a whole request.
    pub const fn items(most: u32, per: Millis, per_request: u32) -> Self {
        let share = most / 100;
        Self {
            counted: Counted::Items,
            most,
            per,
            burst: if share > per_request { share } else { per_request },
        }
    }
}

/// One limit's tokens, in microseconds of waiting.
#[derive(Clone, Debug)]
struct Bucket {
    limit: Limit,
    /// What one token costs.
    price: u64,
    saved: u64,
    at: Millis,
}

impl Bucket {
    /// An empty bucket: what went before is not known.
    fn new(mut limit: Limit, now: Millis) -> Self {
        limit.most = limit.most.max(1);
        limit.per = limit.per.max(1);
        limit.burst = limit.burst.clamp(1, limit.most);
        // A window sees a full bucket and what drips in meanwhile: burst + per / price must stay within most.
        let drops = u64::from(limit.most - limit.burst + 1);
        let price = limit.per.saturating_mul(1_000).div_ceil(drops);
        Self { limit, price, saved: 0, at: now }
    }

    fn full(&self) -> u64 {
        self.price.saturating_mul(self.limit.burst.into())
    }

    fn refill(&mut self, now: Millis) {
        // A clock that went backwards earns nothing.
        let earned = now.saturating_sub(self.at).saturating_mul(1_000);
        self.saved = self.saved.saturating_add(earned).min(self.full());
        self.at = now;
    }

    fn cost(&self, requests: u32, items: u32) -> u64 {
        let counted = match self.limit.counted {
            Counted::Requests => requests,
            Counted::Items => items,
        };
        self.price.saturating_mul(counted.into())
    }
}

/// The limits of a connection together.
#[derive(Clone, Debug)]
pub struct Pace {
    buckets: Vec<Bucket>,
}

impl Pace {
    /// The pace at its beginning or after a break of unknown history: every bucket is empty.
    pub fn new(limits: &[Limit], now: Millis) -> Self {
        Self { buckets: limits.iter().map(|limit| Bucket::new(*limit, now)).collect() }
    }

    /// When one request with so many items may leave; none if never.
    pub fn ready_at(&mut self, now: Millis, items: u32) -> Option<Millis> {
        let fits = self.buckets.iter().all(|bucket| bucket.cost(1, items) <= bucket.full());
        fits.then(|| self.last_at(now, 1, items))
    }

    /// When the last of so many requests with so many items together may leave, if each leaves as soon as it may.
    pub fn last_at(&mut self, now: Millis, requests: u32, items: u32) -> Millis {
        let ready = self.buckets.iter_mut().map(|bucket| {
            bucket.refill(now);
            now.saturating_add(bucket.cost(requests, items).saturating_sub(bucket.saved).div_ceil(1_000))
        });
        ready.max().unwrap_or(now)
    }

    /// For how many milliseconds one request with so many items may be left waiting once it is ready, and the pace is kept all the
    /// same: until a bucket is full.
    pub fn slack(&self, items: u32) -> Millis {
        let rooms =
            self.buckets.iter().map(|bucket| bucket.full().saturating_sub(bucket.cost(1, items)) / 1_000);
        rooms.min().unwrap_or_default()
    }

    /// Takes what one request with so many items costs, if every bucket has it.
    pub fn take(&mut self, now: Millis, items: u32) -> bool {
        if self.ready_at(now, items) != Some(now) {
            return false;
        }
        for bucket in &mut self.buckets {
            bucket.saved = bucket.saved.saturating_sub(bucket.cost(1, items));
        }
        true
    }

    /// After a clock that cannot be believed: keeps whole tokens, and earns nothing for the time that seems to have passed.
    pub fn restart(&mut self, now: Millis) {
        for bucket in &mut self.buckets {
            bucket.saved -= bucket.saved % bucket.price;
            bucket.at = now;
        }
    }

    /// Gives tokens away for nothing: what [`super::engine::Flaw`] does to break the engine.
    pub(super) fn forget(&mut self) {
        for bucket in &mut self.buckets {
            bucket.price = 1;
            bucket.saved = bucket.full();
        }
    }

    /// The most items that can ever leave in one request.
    pub fn largest(&self) -> u32 {
        let bursts = self.buckets.iter().filter(|bucket| bucket.limit.counted == Counted::Items);
        bursts.map(|bucket| bucket.limit.burst).min().unwrap_or(u32::MAX)
    }

    /// The limit that makes so many requests with so many items wait the longest; none where there is none.
    pub fn binding(&self, requests: u32, items: u32) -> Option<Limit> {
        let waits = |bucket: &&Bucket| bucket.cost(requests, items);
        // Of several that wait as long, the first.
        self.buckets.iter().rev().max_by_key(waits).map(|bucket| bucket.limit)
    }

    /// Milliseconds that so many requests with so many items take at least.
    pub fn span(&self, requests: u32, items: u32) -> Millis {
        let spans = self.buckets.iter().map(|bucket| bucket.cost(requests, items).div_ceil(1_000));
        spans.max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn densest(sends: &[(Millis, u32)], per: Millis) -> u32 {
        let windows = sends.iter().map(|(start, _)| {
            sends.iter().filter(|(at, _)| at >= start && at - start < per).map(|(_, count)| count).sum()
        });
        windows.max().unwrap_or_default()
    }

    #[test]
    fn the_limit_that_is_named_is_the_one_that_makes_wait() {
        let limits = [Limit::requests(600, 60_000), Limit::items(6_000, 60_000, 500)];
        let binding =
            |requests, items| Pace::new(&limits, 0).binding(requests, items).map(|limit| limit.counted);
        assert_eq!(binding(16, 8_000), Some(Counted::Items));
        assert_eq!(binding(8_000, 8_000), Some(Counted::Requests));
        assert_eq!(Pace::new(&[], 0).binding(1, 1), None);
    }

    proptest! {
        #[test]
        fn the_limit_holds_in_every_window(
            most in 1..30_u32,
            per in 1..2_000_u64,
            burst in 0..40_u32,
            gaps in prop::collection::vec(prop_oneof![8 => 0..50_u64, 1 => 0..100_000_u64], 1..300),
        ) {
            let mut pace = Pace::new(&[Limit { counted: Counted::Requests, most, per, burst }], 0);
            let mut now = 0;
            let mut sends = Vec::new();
            for gap in gaps {
                now += gap;
                while pace.take(now, 1) {
                    sends.push((now, 1));
                }
            }
            prop_assert!(densest(&sends, per) <= most);
        }

        #[test]
        fn two_limits_hold_at_once(sizes in prop::collection::vec((1..=50_u32, 0..400_u64), 1..200)) {
            let mut pace = Pace::new(&[Limit::requests(20, 1_000), Limit::items(300, 3_000, 50)], 0);
            let mut now = 0;
            let mut sends = Vec::new();
            for (size, gap) in sizes {
                now += gap;
                if pace.take(now, size) {
                    sends.push((now, size));
                }
            }
            let requests: Vec<_> = sends.iter().map(|(at, _)| (*at, 1)).collect();
            prop_assert!(densest(&requests, 1_000) <= 20);
            prop_assert!(densest(&sends, 3_000) <= 300);
        }

        #[test]
        fn what_is_ready_can_be_taken(most in 1..500_u32, per in 1..100_000_u64, gaps in prop::collection::vec(0..500_u64, 1..50)) {
            let mut pace = Pace::new(&[Limit::requests(most, per)], 0);
            let mut now = 0;
            for gap in gaps {
                now = pace.ready_at(now + gap, 1).unwrap();
                prop_assert!(pace.take(now, 1));
            }
        }
    }

    /// When the last of these leaves, each as soon as it may.
    fn ends(pace: &mut Pace, mut now: Millis, sizes: &[u32]) -> Millis {
        for items in sizes {
            now = pace.ready_at(now, *items).unwrap();
            assert!(pace.take(now, *items));
        }
        now
    }

    proptest! {
        #[test]
        fn the_last_leaves_when_it_was_said_to(
            before in prop::collection::vec(1..=50_u32, 0..10),
            sizes in prop::collection::vec(1..=50_u32, 1..10),
            gap in 0..5_000_u64,
        ) {
            let (requests, items) = (u32::try_from(sizes.len()).unwrap(), sizes.iter().sum());
            for limits in [&[Limit::items(300, 3_000, 50)][..], &[Limit { burst: 3, ..Limit::requests(20, 1_000) }]] {
                let mut pace = Pace::new(limits, 0);
                let now = ends(&mut pace, 0, &before) + gap;
                let said = pace.last_at(now, requests, items);
                // A whole millisecond is the finest that a clock here knows.
                prop_assert!((said..=said + u64::from(requests)).contains(&ends(&mut pace, now, &sizes)));
            }
        }
    }

    proptest! {
        #[test]
        fn what_waits_no_longer_than_its_slack_loses_nothing(
            most in 1..20_000_u32,
            items in 1..=50_u32,
            waits in prop::collection::vec(0..20_u64, 1..200),
        ) {
            let limits = [Limit::requests(most, 60_000), Limit::items(most * 50, 60_000, 50)];
            let (mut punctual, mut late) = (Pace::new(&limits, 0), Pace::new(&limits, 0));
            let end = ends(&mut punctual, 0, &vec![items; 400]);
            let (mut now, mut left) = (0, 0);
            for wait in waits.iter().cycle() {
                let ready = late.ready_at(now, items).unwrap();
                now = ready + (*wait).min(late.slack(items));
                while left < 400 && late.take(now, items) {
                    left += 1;
                }
                if left == 400 {
                    break;
                }
            }
            prop_assert!(now <= end + 20, "{now} after {end}");
        }
    }

    fn drained(pace: &mut Pace, now: Millis) -> usize {
        std::iter::repeat_with(|| pace.take(now, 1)).take_while(|taken| *taken).count()
    }

    #[test]
    fn ten_frozen_minutes_give_no_burst() {
        let mut pace = Pace::new(&[Limit { burst: 2, ..Limit::requests(10, 1_000) }], 0);
        assert_eq!(drained(&mut pace, 0), 0);
        assert_eq!(drained(&mut pace, 600_000), 2);
    }

    #[test]
    fn a_jumping_clock_earns_nothing() {
        let mut pace = Pace::new(&[Limit { burst: 1, ..Limit::requests(10, 1_000) }], 1_000);
        pace.restart(1_000_000);
        assert_eq!(drained(&mut pace, 1_000_000), 0);
        assert_eq!(drained(&mut pace, 5_000), 0);
        assert_eq!(drained(&mut pace, 5_099), 0);
        assert_eq!(drained(&mut pace, 5_100), 1);
    }

    #[test]
    fn the_usual_pace_is_near_its_limit() {
        let mut pace = Pace::new(&[Limit::requests(100, 1_000)], 0);
        let taken = (0..60_000).filter(|now| pace.take(*now, 1)).count();
        assert!((5_700..=6_000).contains(&taken), "{taken}");
    }

    #[test]
    fn what_fits_no_bucket_is_never_ready() {
        let mut pace = Pace::new(&[Limit::items(100, 1_000, 30)], 0);
        assert_eq!(pace.largest(), 30);
        assert_eq!(pace.ready_at(1_000_000, 31), None);
        assert_eq!(pace.ready_at(1_000_000, 30), Some(1_000_000));
        assert!(Pace::new(&[], 0).take(0, u32::MAX));
    }
}
