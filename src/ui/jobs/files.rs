//! Files in and out: bytes to text in whatever encoding they have, and results as files to keep.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::ui::file;
pub(super) use crate::ui::file::{bytes, chosen};

/// Larger files are refused.
pub(super) const MOST_BYTES: f64 = 50.0 * 1024.0 * 1024.0;

/// The encodings that can be chosen.
pub(super) const ENCODINGS: [&str; 4] = ["utf-8", "gb18030", "utf-16le", "utf-16be"];

/// The text of a file and its encoding: by its mark, else UTF-8 when it is, else GB18030, as Chinese editions of Excel write.
pub(super) fn decode(bytes: &[u8], wanted: &str) -> (String, &'static str) {
    let encoding = ENCODINGS.into_iter().find(|known| *known == wanted);
    let encoding = encoding.unwrap_or_else(|| match bytes {
        [0xff, 0xfe, ..] => "utf-16le",
        [0xfe, 0xff, ..] => "utf-16be",
        _ if std::str::from_utf8(bytes).is_ok() => "utf-8",
        _ => "gb18030",
    });
    (by_browser(bytes, encoding).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned()), encoding)
}

fn by_browser(bytes: &[u8], encoding: &str) -> Option<String> {
    let maker: js_sys::Function =
        Reflect::get(&js_sys::global(), &"TextDecoder".into()).ok()?.dyn_into().ok()?;
    let decoder = Reflect::construct(&maker, &Array::of1(&encoding.into())).ok()?;
    let decode: js_sys::Function = Reflect::get(&decoder, &"decode".into()).ok()?.dyn_into().ok()?;
    decode.call1(&decoder, &Uint8Array::from(bytes)).ok()?.as_string()
}

/// Gives a text to the person as a file.
pub(super) fn save(name: &str, kind: &str, parts: &[String]) {
    let parts: Array = parts.iter().map(|part| JsValue::from_str(part)).collect();
    file::save(name, kind, &parts);
}
