//! The clouds the desk speaks to, each in a folder of its own. Pure. They know the domain and the words, nothing else.

pub mod easemob;
pub mod tencent;
pub mod yunxin;

use crate::domain::operation::Operation;
use crate::domain::vendor::Vendor;

/// Every vendor, in the order they are offered.
pub static ALL: &[&Vendor] = &[&yunxin::YUNXIN, &easemob::EASEMOB];

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
