//! In which encoding a file's text is: by its mark, by its zero bytes, by whether it is UTF-8 throughout. Pure; the browser decodes.

use super::kind::FileKind;

/// The encodings that can be chosen.
pub const ENCODINGS: [&str; 4] = ["utf-8", "gb18030", "utf-16le", "utf-16be"];

/// What the beginning of a text file says of its encoding; none when all of it has to be looked at. Zero bytes are in no text but UTF-16.
pub fn by_beginning(head: &[u8]) -> Result<Option<&'static str>, FileKind> {
    match head {
        [0xef, 0xbb, 0xbf, ..] => return Ok(Some("utf-8")),
        [0xff, 0xfe, ..] => return Ok(Some("utf-16le")),
        [0xfe, 0xff, ..] => return Ok(Some("utf-16be")),
        _ => {}
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => Ok(None),
        // ASCII, which ids and line ends are made of, has its zero in the upper half.
        (upper, lower) if lower > 8 * upper => Ok(Some("utf-16le")),
        (upper, lower) if upper > 8 * lower => Ok(Some("utf-16be")),
        _ => Err(FileKind::Binary),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(by_beginning("\u{feff}u1".as_bytes()), Ok(Some("utf-8")));
        assert_eq!(by_beginning("接收人".as_bytes()), Ok(None));
        assert_eq!(by_beginning(&[1, 0, 0, 2, 0, 0, 0, 7]), Err(FileKind::Binary));
    }

    #[test]
    fn a_file_is_in_one_encoding_or_says_where_it_is_not() {
        let utf8 = "张三".as_bytes();
        assert_eq!(lines(&[b"u1\nu2"]), Ok("utf-8"));
        assert_eq!(lines(&[b"u1,", utf8, b"\nu2,", utf8]), Ok("utf-8"));
        assert_eq!(lines(&[b"u1,", GBK, b"\nu2"]), Ok("gb18030"));
        assert_eq!(lines(&[b"u1,\n", &utf8[..2], &utf8[2..], b"\nu2,", GBK, b"\n"]), Err((2, 3)));
    }
}
