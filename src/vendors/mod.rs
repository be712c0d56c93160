//! The clouds the desk speaks to, each in a folder of its own. Pure. They know the domain and the words, nothing else.

pub mod easemob;
pub mod tencent;
pub mod yunxin;

use crate::domain::operation::Operation;
use crate::domain::vendor::Vendor;
use crate::words::{self, Words};

/// The id and the name of every vendor, in the order they are offered: what the page knows of one that is not loaded.
pub static OFFERED: &[(&str, Words)] =
    &[("yunxin", words::yunxin::NAME), ("tencent", words::tencent::NAME), ("easemob", words::easemob::NAME)];

/// Every vendor, in the same order. The page loads each when it is first needed, so it must not look here.
pub static ALL: &[&Vendor] = &[&yunxin::YUNXIN, &tencent::TENCENT, &easemob::EASEMOB];

/// The vendor of this id.
pub fn vendor(id: &str) -> Option<&'static Vendor> {
    ALL.iter().copied().find(|vendor| vendor.id == id)
}

/// The operation of this id, and its vendor.
pub fn operation(id: &str) -> Option<(&'static Vendor, &'static Operation)> {
    ALL.iter().find_map(|vendor| {
        Some((*vendor, vendor.operations.iter().copied().find(|operation| operation.id == id)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vendor_is_offered_as_it_is() {
        let all: Vec<_> = ALL.iter().map(|vendor| (vendor.id, vendor.name)).collect();
        assert_eq!(all, OFFERED);
    }
}
