//! Which items share a request: the fewest requests that are legal. Pure.

use std::collections::BTreeMap;

/// Items in the order in which they leave: those that may share a request stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    order: Vec<u32>,
    group: Vec<u32>,
    most: u32,
}

impl Plan {
    /// A plan for the items with these keys, in order. Only items with the same key share a request, `most` at most.
    pub fn new<K: Ord>(keys: impl IntoIterator<Item = K>, most: u32) -> Self {
        let mut known = BTreeMap::new();
        let mut sizes: Vec<u32> = Vec::new();
        let mut group = Vec::new();
        for key in keys {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            let number = *known.entry(key).or_insert(next);
            if number == next {
                sizes.push(0);
            }
            if let Some(size) = slot(&mut sizes, number) {
                *size += 1;
            }
            group.push(number);
        }
        let mut start = 0;
        for size in &mut sizes {
            start += std::mem::replace(size, start);
        }
        let mut order = vec![0; group.len()];
        for (item, number) in (0..).zip(&group) {
            if let Some(place) = slot(&mut sizes, *number) {
                if let Some(entry) = slot(&mut order, *place) {
                    *entry = item;
                }
                *place += 1;
            }
        }
        Self { order, group, most: most.max(1) }
    }

    /// A plan for items of which any may share a request, `most` at most.
    pub fn together(total: u32, most: u32) -> Self {
        let count = usize::try_from(total).unwrap_or_default();
        Self { order: (0..total).collect(), group: vec![0; count], most: most.max(1) }
    }

    /// How many items there are.
    pub fn total(&self) -> u32 {
        u32::try_from(self.order.len()).unwrap_or(u32::MAX)
    }

    /// The most items of one request.
    pub const fn most(&self) -> u32 {
        self.most
    }

    /// Makes requests no larger than this.
    pub(super) fn shrink(&mut self, most: u32) {
        self.most = self.most.min(most.max(1));
    }

    /// The next request's items, `most` at most, from a place in the order on; moves the place behind them. Items that are not
    /// `wanted` are passed over.
    pub(super) fn next(&self, place: &mut usize, most: u32, wanted: impl Fn(u32) -> bool) -> Vec<u32> {
        let most = usize::try_from(most.min(self.most)).unwrap_or(usize::MAX);
        let mut items = Vec::new();
        let mut shared = None;
        while let Some(item) = self.order.get(*place).copied() {
            if wanted(item) {
                let group = self.group_of(item);
                if items.len() >= most || shared.is_some_and(|shared| shared != group) {
                    break;
                }
                shared = Some(group);
                items.push(item);
            }
            *place += 1;
        }
        items
    }

    /// The next request's items when everything is wanted; none at the end.
    pub fn after(&self, place: &mut usize) -> Vec<u32> {
        self.next(place, u32::MAX, |_| true)
    }

    /// How many requests the wanted items take from the beginning.
    pub fn requests(&self, wanted: impl Fn(u32) -> bool) -> u32 {
        let mut requests = 0;
        let mut room = 0;
        let mut shared = None;
        for item in self.order.iter().copied().filter(|item| wanted(*item)) {
            let group = self.group_of(item);
            if room == 0 || shared != Some(group) {
                requests += 1;
                room = self.most;
                shared = Some(group);
            }
            room -= 1;
        }
        requests
    }

    fn group_of(&self, item: u32) -> u32 {
        usize::try_from(item).ok().and_then(|at| self.group.get(at)).copied().unwrap_or_default()
    }
}

fn slot(list: &mut [u32], at: u32) -> Option<&mut u32> {
    list.get_mut(usize::try_from(at).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chunks(plan: &Plan, wanted: impl Fn(u32) -> bool) -> Vec<Vec<u32>> {
        let mut place = 0;
        std::iter::from_fn(|| {
            let items = plan.next(&mut place, u32::MAX, &wanted);
            (!items.is_empty()).then_some(items)
        })
        .collect()
    }

    #[test]
    fn items_with_one_key_share_requests_whatever_stands_between_them() {
        let plan = Plan::new(["b", "a", "b", "b", "a", "b"], 3);
        assert_eq!(chunks(&plan, |_| true), [vec![0, 2, 3], vec![5], vec![1, 4]]);
        assert_eq!(chunks(&plan, |item| item != 2), [vec![0, 3, 5], vec![1, 4]]);
        assert_eq!(plan.requests(|_| true), 3);
        assert_eq!(chunks(&Plan::together(2, 1), |_| true), [vec![0], vec![1]]);
    }

    proptest! {
        #[test]
        fn requests_are_legal_the_fewest_and_hold_each_item_once(
            keys in prop::collection::vec(0..5_u8, 0..60),
            most in 0..9_u32,
            unwanted in prop::collection::hash_set(0..60_u32, 0..30),
        ) {
            let plan = Plan::new(keys.clone(), most);
            let wanted = |item: u32| !unwanted.contains(&item);
            let chunks = chunks(&plan, wanted);
            prop_assert_eq!(plan.requests(wanted) as usize, chunks.len());
            for chunk in &chunks {
                prop_assert!(chunk.len() <= most.max(1) as usize);
                prop_assert!(chunk.iter().all(|item| keys[*item as usize] == keys[chunk[0] as usize]));
                prop_assert!(chunk.is_sorted());
            }
            let mut all: Vec<_> = chunks.concat();
            all.sort_unstable();
            let expected: Vec<_> = (0..keys.len() as u32).filter(|item| wanted(*item)).collect();
            prop_assert_eq!(all, expected);
            let fewest: usize = (0..5).map(|key| {
                let same = (0_u32..).zip(&keys).filter(|(item, own)| **own == key && wanted(*item)).count();
                same.div_ceil(most.max(1) as usize)
            }).sum();
            prop_assert_eq!(chunks.len(), fewest);
        }
    }
}
