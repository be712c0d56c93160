//! Mounts the desk; nothing else.

fn main() {
    #[cfg(target_arch = "wasm32")]
    message_desk::ui::mount();
}
