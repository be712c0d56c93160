//! Files in and out: bytes to text in whatever encoding they have, and results as files to keep.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, TextDecodeOptions, TextDecoder, TextDecoderOptions};

use crate::ui::file;
pub(super) use crate::ui::file::{chosen, dragged};

/// Larger files are refused.
pub(super) const MOST_BYTES: f64 = 100.0 * 1024.0 * 1024.0;

/// So much of a file is read at once.
const PIECE: f64 = 1024.0 * 1024.0;

/// Some of a file's bytes, or all of them.
pub(super) async fn bytes(file: &File, from: f64, to: f64) -> Option<Uint8Array> {
    let piece = file.slice_with_f64_and_f64(from.max(0.0), to.min(file.size())).ok()?;
    let buffer = JsFuture::from(piece.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer))
}

/// Where the pieces of a file begin.
pub(super) fn pieces(file: &File) -> impl Iterator<Item = (f64, f64)> {
    let size = file.size();
    std::iter::successors(Some(0.0), |at| Some(at + PIECE))
        .take_while(move |at| *at < size)
        .map(|at| (at, at + PIECE))
}

/// The text of a file in this encoding, piece by piece, so that the page stays awake. What cannot be read becomes `\u{fffd}`.
pub(super) async fn decode(file: &File, encoding: &str) -> Option<String> {
    decoded(file, &TextDecoder::new_with_label(encoding).ok()?).await?.ok()
}

/// The same for a file that may be in another encoding; `Err` when it is.
pub(super) async fn decode_strictly(file: &File, encoding: &str) -> Option<Result<String, ()>> {
    let strict = TextDecoderOptions::new();
    strict.set_fatal(true);
    decoded(file, &TextDecoder::new_with_label_and_options(encoding, &strict).ok()?).await
}

async fn decoded(file: &File, decoder: &TextDecoder) -> Option<Result<String, ()>> {
    let more = TextDecodeOptions::new();
    more.set_stream(true);
    let mut text = String::new();
    for (from, to) in pieces(file) {
        let piece = bytes(file, from, to).await?;
        match decoder.decode_with_buffer_source_and_options(&piece, &more) {
            Ok(piece) => text.push_str(&piece),
            Err(_) => return Some(Err(())),
        }
    }
    Some(decoder.decode().map(|rest| text + &rest).map_err(drop))
}

/// Gives a text to the person as a file.
pub(super) fn save(name: &str, kind: &str, parts: &[String]) {
    let parts: Array = parts.iter().map(|part| JsValue::from_str(part)).collect();
    file::save(name, kind, &parts);
}
