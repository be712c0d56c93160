//! What a file is by its first bytes, whatever its name says. Pure.

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Nothing.
    Nothing,
    /// Text, or at least nothing that is known to be something else.
    Text,
    /// A spreadsheet that can be read.
    Workbook,
    /// A spreadsheet of Excel 97 to 2003.
    OldWorkbook,
    /// Something from an office program that only a password opens.
    Encrypted,
    /// Another kind of spreadsheet.
    OtherWorkbook,
    /// A document: Word, PowerPoint, RTF, PDF.
    Document,
    /// A web page, which some programs call a spreadsheet.
    WebPage,
    /// A picture, sound or film.
    Picture,
    /// A packed file.
    Packed,
    /// Bytes that are no text.
    Binary,
}

/// What the first bytes of some formats are.
const BEGINNINGS: [(&[u8], FileKind); 18] = [
    (b"%PDF-", FileKind::Document),
    (b"{\\rtf", FileKind::Document),
    (b"\x89PNG\r\n", FileKind::Picture),
    (b"\xff\xd8\xff", FileKind::Picture),
    (b"GIF8", FileKind::Picture),
    (b"RIFF", FileKind::Picture),
    (b"II*\0", FileKind::Picture),
    (b"MM\0*", FileKind::Picture),
    (b"ID3", FileKind::Picture),
    (b"\0\0\0\x18ftyp", FileKind::Picture),
    (b"\0\0\0\x1cftyp", FileKind::Picture),
    (b"\0\0\0\x20ftyp", FileKind::Picture),
    (b"\x1f\x8b\x08", FileKind::Packed),
    (b"7z\xbc\xaf\x27\x1c", FileKind::Packed),
    (b"Rar!\x1a\x07", FileKind::Packed),
    (b"\xfd7zXZ\0", FileKind::Packed),
    (b"\x28\xb5\x2f\xfd", FileKind::Packed),
    (b"SQLite format 3\0", FileKind::Binary),
];

/// So much of a file's beginning and of its end is looked at.
pub const LOOKED_AT: u32 = 128 * 1024;

/// What packed files and office programs' files begin with.
const ZIPPED: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether the end of a file that begins so has to be looked at, too.
pub fn is_told_by_end(head: &[u8]) -> bool {
    ZIPPED.iter().any(|beginning| head.starts_with(beginning)) || head.starts_with(COMPOUND)
}

/// What a file is, by its beginning and its end.
pub fn kind_of(bytes: &[u8], end: &[u8]) -> FileKind {
    if let Some((_, kind)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return *kind;
    }
    if ZIPPED.iter().any(|beginning| bytes.starts_with(beginning)) {
        return zipped(bytes, end);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes, end);
    }
    if bytes.trim_ascii().is_empty() || matches!(bytes, [0xef, 0xbb, 0xbf] | [0xff, 0xfe] | [0xfe, 0xff]) {
        return FileKind::Nothing;
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let start = start.get(..15).unwrap_or(start).to_ascii_lowercase();
    if start.starts_with(b"<!doctype html")
        || start.starts_with(b"<html")
        || start.starts_with(b"mime-version")
    {
        return FileKind::WebPage;
    }
    FileKind::Text
}

/// Whether the cells of a sheet, between commas, hold nothing.
pub fn is_blank_sheet(cells: &str) -> bool {
    cells.chars().all(|c| matches!(c, ',' | '"') || c.is_whitespace())
}

/// The names of a packed file's parts say what it is; they stand before each part, and together at the end.
fn zipped(bytes: &[u8], end: &[u8]) -> FileKind {
    let names = |name: &str| [bytes, end].iter().any(|part| holds(part, name.as_bytes()));
    if names("xl/workbook.xml") {
        FileKind::Workbook
    } else if names("xl/workbook.bin") || names("opendocument.spreadsheet") || names("Index/Tables") {
        FileKind::OtherWorkbook
    } else if names("word/") || names("ppt/") || names("vnd.oasis.opendocument") {
        FileKind::Document
    } else {
        FileKind::Packed
    }
}

/// What Excel up to 2003 wrote, and what newer programs wrap an encrypted file in. Its parts are named in UTF-16.
fn compound(bytes: &[u8], end: &[u8]) -> FileKind {
    let names = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [bytes, end].iter().any(|part| holds(part, &name))
    };
    if names("EncryptedPackage") || names("EncryptionInfo") {
        FileKind::Encrypted
    } else if names("Workbook") || names("Book") {
        FileKind::OldWorkbook
    } else {
        FileKind::Document
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_without_a_word_is_blank() {
        assert!(is_blank_sheet("") && is_blank_sheet("\n\n,,\r\n\" \",\n") && !is_blank_sheet(",\n,1"));
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let wide = |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let compound = |name: &str| {
            let head = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 120]].concat();
            [head, wide(name)].concat()
        };
        for (bytes, expected) in [
            (b"".as_slice(), FileKind::Nothing),
            (b"\xef\xbb\xbf", FileKind::Nothing),
            (b" \r\n\t", FileKind::Nothing),
            (b"u1\nu2", FileKind::Text),
            (b"\x89PNG\r\n\x1a\n", FileKind::Picture),
            (b"%PDF-1.7", FileKind::Document),
            (b"PK\x03\x04....[Content_Types].xml....word/document.xml", FileKind::Document),
            (b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml", FileKind::Workbook),
            (b"PK\x03\x04....xl/workbook.bin", FileKind::OtherWorkbook),
            (b"PK\x03\x04....list.csv", FileKind::Packed),
            (b"\n <HTML><table>", FileKind::WebPage),
            (&compound("Workbook"), FileKind::OldWorkbook),
            (&compound("EncryptedPackage"), FileKind::Encrypted),
            (&compound("WordDocument"), FileKind::Document),
        ] {
            assert_eq!(kind_of(bytes, b""), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
