//! Files in and out: bytes to text in whatever encoding they have, and results as files to keep.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, TextDecodeOptions, TextDecoder, TextDecoderOptions};

use super::slices::Slices;
use crate::domain::intake::encoding::Utf8;
use crate::ui::file;
pub(super) use crate::ui::file::{chosen, dragged};

/// Larger files are refused.
pub(super) const MOST_BYTES: f64 = 100.0 * 1024.0 * 1024.0;

/// So much of a file is asked for at once: each answer takes its time, however short it is.
const ASKED: f64 = 4.0 * 1024.0 * 1024.0;
/// So much of it is looked at between two looks at the clock, in bytes.
const PIECE: u32 = 256 * 1024;

/// Some of a file's bytes, or all of them.
pub(super) async fn bytes(file: &File, from: f64, to: f64) -> Option<Uint8Array> {
    arrived(coming(file, from, to)?).await
}

fn coming(file: &File, from: f64, to: f64) -> Option<Promise> {
    let piece = file.slice_with_f64_and_f64(from.max(0.0), to.min(file.size())).ok()?;
    Some(piece.array_buffer().unchecked_into())
}

async fn arrived(buffer: Promise) -> Option<Uint8Array> {
    Some(Uint8Array::new(&JsFuture::from(buffer).await.ok()?))
}

/// A file piece by piece, so that the page stays awake. While some are looked at, the next are on their way.
pub(super) struct Pieces<'a> {
    file: &'a File,
    /// Where those that are on their way end.
    at: f64,
    coming: Option<Promise>,
    /// What has arrived and was not looked at.
    here: Uint8Array,
    slices: Slices,
}

impl<'a> Pieces<'a> {
    /// From the beginning.
    pub(super) fn of(file: &'a File) -> Self {
        let here = Uint8Array::new_with_length(0);
        Self { file, at: ASKED, coming: coming(file, 0.0, ASKED), here, slices: Slices::new() }
    }

    /// The next one, or that there is none any more; none at all when the browser does not give it.
    pub(super) async fn next(&mut self) -> Option<Option<Uint8Array>> {
        if self.here.length() == 0 {
            self.here = arrived(self.coming.take()?).await?;
            self.coming = coming(self.file, self.at, self.at + ASKED);
            self.at += ASKED;
            self.slices = Slices::new();
        } else if self.slices.is_over() {
            self.slices.rest().await;
        }
        let piece = self.here.subarray(0, PIECE);
        self.here = self.here.subarray(PIECE, self.here.length());
        Some((piece.length() > 0).then_some(piece))
    }
}

/// The text of a file in this encoding. What cannot be read becomes `\u{fffd}`.
pub(super) async fn decode(file: &File, encoding: &str) -> Option<String> {
    decoded(file, &TextDecoder::new_with_label(encoding).ok()?).await?.ok()
}

/// The text of a file that may be UTF-8, from its pieces; `Err` when it is not.
pub(super) async fn utf8(file: &File, mut pieces: Pieces<'_>) -> Option<Result<String, ()>> {
    let mut text = Utf8::expecting(size(file));
    while let Some(piece) = pieces.next().await? {
        if !text.feed(&piece.to_vec()) {
            return Some(Err(()));
        }
    }
    Some(text.finish().ok_or(()))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "larger files are refused")]
fn size(file: &File) -> usize {
    file.size() as usize
}

/// The text of a file that may be in another encoding; `Err` when it is.
pub(super) async fn decode_strictly(file: &File, encoding: &str) -> Option<Result<String, ()>> {
    let strict = TextDecoderOptions::new();
    strict.set_fatal(true);
    decoded(file, &TextDecoder::new_with_label_and_options(encoding, &strict).ok()?).await
}

async fn decoded(file: &File, decoder: &TextDecoder) -> Option<Result<String, ()>> {
    let more = TextDecodeOptions::new();
    more.set_stream(true);
    let mut text = String::new();
    let mut pieces = Pieces::of(file);
    while let Some(piece) = pieces.next().await? {
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
