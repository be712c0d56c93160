//! What the page fetches when it is first needed: each chunk holds what can be reached from it and from nowhere else.
//!
//! `#[wasm_split]` makes a function the only way into its chunk; after linking, `.ci/split.mjs` moves its code and data out of
//! the main module. Builds that are not split call the function at once.

use message_desk::domain::vendor::Vendor;
use message_desk::ui::Loading;

/// Declares chunks that hold one vendor each: the id, which also names the file, and the vendor.
macro_rules! vendors {
    ($($id:ident: $vendor:expr;)*) => {
        $(
            #[cfg(split)]
            #[wasm_split_helpers::wasm_split($id, fallible)]
            fn $id() -> Result<&'static Vendor, wasm_split_helpers::SplitLoaderError> {
                Ok(&$vendor)
            }

            #[cfg(not(split))]
            async fn $id() -> Result<&'static Vendor, std::convert::Infallible> {
                Ok(&$vendor)
            }
        )*

        /// Loads the vendor of this id.
        pub(crate) fn vendor(id: &'static str) -> Loading {
            Box::pin(async move {
                match id {
                    $(stringify!($id) => $id().await.ok(),)*
                    _ => None,
                }
            })
        }
    };
}

vendors! {
    yunxin: message_desk::vendors::yunxin::YUNXIN;
    tencent: message_desk::vendors::tencent::TENCENT;
    easemob: message_desk::vendors::easemob::EASEMOB;
}
