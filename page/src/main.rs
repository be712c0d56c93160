//! Mounts the desk; what need not be there at the start is in files of its own.

#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "what `#[wasm_split]` generates declares foreign functions")]
mod chunks;

fn main() {
    #[cfg(target_arch = "wasm32")]
    message_desk::ui::mount(chunks::LATER);
}
