//! What the page fetches when it is first needed: each chunk holds what can be reached from it and from nowhere else.
//!
//! `#[wasm_split]` makes a function the only way into its chunk; after linking, `.ci/split.mjs` moves its code and data out of
//! the main module. Builds that are not split call the function at once.

use message_desk::domain::vendor::Vendor;
use message_desk::ui::{Acts, Arriving, Connecting, Embedding, Jobs, Later};

/// Declares chunks: the name, which also names the file, and what it gives.
macro_rules! chunks {
    ($($name:ident: $of:ty = $given:expr;)*) => {
        $(
            #[cfg(split)]
            #[wasm_split_helpers::wasm_split($name, fallible)]
            fn $name() -> Result<&'static $of, wasm_split_helpers::SplitLoaderError> {
                Ok($given)
            }

            #[cfg(not(split))]
            async fn $name() -> Result<&'static $of, std::convert::Infallible> {
                Ok($given)
            }
        )*
    };
}

/// Declares chunks that hold one vendor each, by its id.
macro_rules! vendors {
    ($($id:ident: $vendor:expr;)*) => {
        chunks! { $($id: Vendor = &$vendor;)* }

        fn vendor(id: &'static str) -> Arriving<Vendor> {
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

chunks! {
    acts: Acts = message_desk::ui::acts();
    connecting: Connecting = message_desk::ui::connecting();
    jobs: Jobs = message_desk::ui::jobs();
    embedding: Embedding = message_desk::ui::embedding();
}

/// How the page comes by all of them.
pub(crate) const LATER: Later = Later {
    vendor,
    acts: || Box::pin(async { acts().await.ok() }),
    connecting: || Box::pin(async { connecting().await.ok() }),
    jobs: || Box::pin(async { jobs().await.ok() }),
    embedding: || Box::pin(async { embedding().await.ok() }),
};
