//! What people type and mean something plainer by: separators, widths, characters that nobody sees. Pure.

/// Characters that nobody sees and no id holds: zero-width ones, directions, marks of an encoding, soft hyphens.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

/// The full-width forms of ASCII.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}')
}

/// What parts the entries of a list, whatever was meant by it.
pub fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '、' | '，' | '；')
}

/// Full-width forms to ASCII, invisible characters away, ends trimmed: for everything that is not free text.
pub fn tidy(typed: &str) -> String {
    let tidied: String = typed
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            _ if is_wide(c) => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            _ => c,
        })
        .collect();
    tidied.trim().to_owned()
}
