//! In which encoding a file's text is: by its mark, by its zero bytes, by whether it is UTF-8 throughout. Pure; the browser decodes.

use super::kind::FileKind;

/// The encodings that can be chosen. Only the first four are found out: bytes of the others look like each other's.
pub const ENCODINGS: [&str; 9] = [
    "utf-8",
    "gb18030",
    "utf-16le",
    "utf-16be",
    "big5",
    "shift_jis",
    "euc-kr",
    "windows-1252",
    "iso-8859-15",
];

/// What the beginning of a text file says of its encoding; none when all of it has to be looked at. Zero bytes are in no text but UTF-16.
pub fn by_beginning(head: &[u8]) -> Result<Option<&'static str>, FileKind> {
    match head {
        [0xef, 0xbb, 0xbf, ..] => return Ok(Some("utf-8")),
        [0xff, 0xfe, ..] => return Ok(Some("utf-16le")),
        [0xfe, 0xff, ..] => return Ok(Some("utf-16be")),
        _ => {}
    }
    if !head.contains(&0) {
        return Ok(None);
    }
    let told = [("utf-16le", u16::from_le_bytes as fn([u8; 2]) -> u16), ("utf-16be", u16::from_be_bytes)];
    // Read the wrong way round, letters are Chinese: the right way has more of ASCII.
    let told = told.into_iter().filter_map(|(name, unit)| Some((wide_text(head, unit)?, name)));
    told.max_by_key(|(ascii, _)| *ascii).map(|(_, name)| Some(name)).ok_or(FileKind::Binary)
}

/// How much of ASCII there is, if these are the units of a text that somebody wrote: nothing that controls, whole pairs, mostly
/// what lists are written in.
fn wide_text(head: &[u8], unit: fn([u8; 2]) -> u16) -> Option<usize> {
    let (pairs, rest) = head.as_chunks::<2>();
    let (mut usual, mut ascii) = (0, 0);
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match c {
            Ok('\t' | '\n' | '\r' | ' '..='~') => ascii += 1,
            // Letters of Europe, marks, kana, Chinese, Korean, full-width forms.
            Ok(
                '\u{a0}'..='\u{52f}'
                | '\u{2010}'..='\u{2027}'
                | '\u{3000}'..='\u{30ff}'
                | '\u{4e00}'..='\u{9fff}'
                | '\u{ac00}'..='\u{d7a3}'
                | '\u{ff00}'..='\u{ffef}',
            ) => usual += 1,
            // Emoji are two units each.
            Ok('\u{1f300}'..='\u{1faff}') => usual += 2,
            Ok(c) if c.is_control() => return None,
            // The beginning of a file may end within a pair.
            Err(half) if half.unpaired_surrogate() >= 0xdc00 => return None,
            Ok(_) | Err(_) => {}
        }
    }
    // Plain letters, two by two, look like Chinese: such pairs are a quarter of what is written in it.
    let plain = |byte: &u8| matches!(byte, b' '..=b'~');
    let letters = pairs.iter().filter(|pair| pair.iter().all(plain)).count();
    let is_plain = 2 * ascii < pairs.len() && 4 * letters >= 3 * (pairs.len() - ascii);
    let sound = rest.is_empty() && ascii > 0 && 4 * (usual + ascii) >= 3 * pairs.len() && !is_plain;
    sound.then_some(ascii)
}

/// Looks at a file, some bytes at a time, for lines that are UTF-8 and lines that are not.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// What was not ended yet.
    rest: Vec<u8>,
    line: u32,
    /// The first line that holds Chinese as UTF-8, and the first that cannot be UTF-8.
    found: [Option<u32>; 2],
}

impl Lines {
    /// Takes the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut parts = bytes.split(|byte| *byte == b'\n').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                self.rest.extend_from_slice(part);
            } else if self.rest.is_empty() {
                self.judge(part);
            } else {
                self.rest.extend_from_slice(part);
                let line = std::mem::take(&mut self.rest);
                self.judge(&line);
            }
        }
    }

    /// The encoding, when nothing more comes; or the numbers of a line in UTF-8 and one in another encoding.
    pub fn finish(mut self) -> Result<&'static str, (u32, u32)> {
        let line = std::mem::take(&mut self.rest);
        self.judge(&line);
        match self.found {
            [_, None] => Ok("utf-8"),
            [None, Some(_)] => Ok("gb18030"),
            [Some(one), Some(other)] => Err((one, other)),
        }
    }

    fn judge(&mut self, line: &[u8]) {
        self.line += 1;
        if line.is_ascii() {
            return;
        }
        let [utf8, other] = &mut self.found;
        match std::str::from_utf8(line) {
            // Two bytes of another encoding may look like a letter of two bytes, but hardly a whole line like Chinese.
            Ok(text) if text.chars().all(|c| c.is_ascii() || c >= '\u{800}') => {
                *utf8 = utf8.or(Some(self.line))
            }
            Ok(_) => {}
            Err(_) => *other = other.or(Some(self.line)),
        }
    }
}

/// Takes the bytes of a file that may be UTF-8, some at a time, as they stand: nothing is decoded where nothing has to be.
#[derive(Clone, Debug, Default)]
pub struct Utf8 {
    text: String,
    /// The beginning of a character whose end comes with the next bytes.
    begun: Vec<u8>,
}

impl Utf8 {
    /// Ready for a file of so many bytes.
    pub fn expecting(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), begun: Vec::new() }
    }

    /// Takes the next bytes; false when they are no UTF-8.
    pub fn feed(&mut self, mut bytes: &[u8]) -> bool {
        let is_cut = |text: &[u8]| std::str::from_utf8(text).err().is_none_or(|it| it.error_len().is_none());
        while let (false, Some((next, rest))) = (self.begun.is_empty(), bytes.split_first()) {
            self.begun.push(*next);
            bytes = rest;
            if let Ok(text) = std::str::from_utf8(&self.begun) {
                self.text.push_str(text);
                self.begun.clear();
            } else if !is_cut(&self.begun) {
                return false;
            }
        }
        let Some(chunk) = bytes.utf8_chunks().next() else { return true };
        self.text.push_str(chunk.valid());
        self.begun.extend(chunk.invalid());
        chunk.valid().len() + chunk.invalid().len() == bytes.len() && is_cut(chunk.invalid())
    }

    /// The text; none when it ends within a character.
    pub fn finish(self) -> Option<String> {
        self.begun.is_empty().then_some(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(parts: &[&[u8]]) -> Result<&'static str, (u32, u32)> {
        let mut lines = Lines::default();
        parts.iter().for_each(|part| lines.feed(part));
        lines.finish()
    }

    const GBK: &[u8] = &[0xd5, 0xc5, 0xc8, 0xfd];

    #[test]
    fn marks_and_zeros_tell_utf_16() {
        let wide = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        assert_eq!(by_beginning(&wide("\u{feff}甲", false)), Ok(Some("utf-16le")));
        assert_eq!(by_beginning(&wide("\u{feff}甲", true)), Ok(Some("utf-16be")));
        assert_eq!(by_beginning(&wide("接收人,名字\r\nu1,张三", false)), Ok(Some("utf-16le")));
        assert_eq!(by_beginning(&wide("接收人,名字\r\nu1,张三", true)), Ok(Some("utf-16be")));
        assert_eq!(by_beginning(&wide("user0001,一", true)), Ok(Some("utf-16be")));
        assert_eq!(by_beginning("\u{feff}u1".as_bytes()), Ok(Some("utf-8")));
        assert_eq!(by_beginning("接收人".as_bytes()), Ok(None));
        assert_eq!(by_beginning(&[1, 0, 0, 2, 0, 0, 0, 7]), Err(FileKind::Binary));
    }

    #[test]
    fn bytes_that_no_text_has_are_no_utf_16() {
        for bytes in [
            b"user0001\0\nuser0002".as_slice(),
            b"u\x000\x001\0\n",
            b"\0\0\0\0u1",
            b"\x01\0\x02\0\x03\0\x04\0",
            b"u\0\x03\0",
            b"\0u\xdc\0",
            b"\x7f\xe1\x22\x08\x00\x91\x5b\x2c\x77\xa0\x14\xd3",
            // A drawing, a program: many numbers, each in four bytes.
            b"\x10\0\0\0\x20\0\0\0\x30\0\0\0",
        ] {
            assert_eq!(by_beginning(bytes), Err(FileKind::Binary), "{bytes:?}");
        }
        let russian: Vec<u8> = "u1,привет\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(by_beginning(&russian), Ok(Some("utf-16le")));
    }

    #[test]
    fn a_file_is_in_one_encoding_or_says_where_it_is_not() {
        let utf8 = "张三".as_bytes();
        assert_eq!(lines(&[b"u1\nu2"]), Ok("utf-8"));
        assert_eq!(lines(&[b"u1,", utf8, b"\nu2,", utf8]), Ok("utf-8"));
        assert_eq!(lines(&[b"u1,", GBK, b"\nu2"]), Ok("gb18030"));
        assert_eq!(lines(&[b"u1,\n", &utf8[..2], &utf8[2..], b"\nu2,", GBK, b"\n"]), Err((2, 3)));
    }

    proptest! {
        #[test]
        fn bytes_at_random_are_no_text(mut bytes in prop::collection::vec(any::<u8>(), 200..400)) {
            bytes[0] = 0;
            prop_assert_eq!(by_beginning(&bytes), Err(FileKind::Binary));
        }

        #[test]
        fn a_list_in_utf_16_is_told_without_a_mark(
            rows in prop::collection::vec("[a-z]{1,6}[0-9]{1,4}(,[一-龥]{1,6}|,[а-я]{1,6}|,😀)?", 5..20),
            big in any::<bool>(),
        ) {
            let units = rows.join("\r\n").encode_utf16().collect::<Vec<_>>();
            let bytes: Vec<u8> =
                units.iter().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
            prop_assert_eq!(by_beginning(&bytes), Ok(Some(if big { "utf-16be" } else { "utf-16le" })));
        }

        #[test]
        fn text_that_is_cut_anywhere_comes_back_and_other_bytes_do_not(
            text in "[a-z中𠀀é\n]{0,20}",
            at in any::<prop::sample::Index>(),
            size in 1..5_usize,
            spoilt in any::<bool>(),
        ) {
            let mut bytes = text.clone().into_bytes();
            if spoilt {
                bytes.insert(at.index(bytes.len() + 1), 0xff);
            }
            let mut utf8 = Utf8::expecting(bytes.len());
            let fed = bytes.chunks(size).all(|piece| utf8.feed(piece));
            let read = utf8.finish().filter(|_| fed);
            prop_assert_eq!(read, (!spoilt).then_some(text));
        }

        #[test]
        fn text_that_ends_too_early_is_none(text in "[a-z]{0,3}[中𠀀é]", cut in 1..2_usize) {
            let bytes = text.as_bytes();
            let mut utf8 = Utf8::default();
            prop_assert!(utf8.feed(&bytes[..bytes.len() - cut]));
            prop_assert_eq!(utf8.finish(), None);
        }
    }
}
