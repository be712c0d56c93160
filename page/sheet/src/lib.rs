//! The worker that reads spreadsheets: an XLSX file in, one of its sheets out as separated cells.
//!
//! A file of its own, fetched when such a file is chosen: its parser is as large as the page.

mod cells;

use std::io::Cursor;

use calamine::{Reader, Xlsx, XlsxError};
use serde_json::json;

/// The sheets of a workbook and one of them as text: a line of JSON (`sheets`, `sheet`), then the cells, separated by commas, each row
/// at its own number. `what` is the sheet's number from 0.
///
/// # Errors
/// `encrypted`, `broken` or `no_sheet`: the page has a sentence for each.
pub fn read(what: &str, bytes: &[u8]) -> Result<String, &'static str> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|fault| named(&fault))?;
    let sheets = book.sheet_names();
    let at: usize = what.parse().unwrap_or_default();
    let name = sheets.get(at).ok_or("no_sheet")?;
    let mut text = json!({ "sheets": sheets, "sheet": at }).to_string();
    text.push('\n');
    let mut reader = book.worksheet_cells_reader(name).map_err(|fault| named(&fault))?;
    let mut out = cells::Cells::new(text);
    while let Some(cell) = reader.next_cell().map_err(|fault| named(&fault))? {
        let (row, column) = cell.get_position();
        out.put(row, column, cell.get_value());
    }
    Ok(out.finish())
}

fn named(fault: &XlsxError) -> &'static str {
    match fault {
        XlsxError::Password => "encrypted",
        _ => "broken",
    }
}

#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "what `#[wasm_bindgen]` generates is unsafe")]
mod asked {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// What the page asks of its worker.
    ///
    /// # Errors
    /// The name of a fault.
    #[wasm_bindgen]
    pub fn answer(what: &str, bytes: &[u8]) -> Result<Vec<u8>, String> {
        super::read(what, bytes).map(String::into_bytes).map_err(str::to_owned)
    }
}
