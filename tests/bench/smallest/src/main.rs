//! The smallest useful Leptos page.
#![forbid(unsafe_code)]

use leptos::prelude::*;

fn main() {
    mount_to_body(|| {
        let count = RwSignal::new(0);
        view! { <button on:click=move |_| count.update(|count| *count += 1)>{count}</button> }
    });
}
