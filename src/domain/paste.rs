//! Messages in whatever somebody pasted: callbacks, log lines, answers, a column of a spreadsheet. Pure.

use super::json::{Json, Object};
use super::message::Message;
use super::vendor::Recognise;

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The messages, in the order they stand there, each once.
    pub messages: Vec<Message>,
    /// How many were there more than once.
    pub merged: usize,
    /// Lines and objects nobody understood, as they stand there, each with the number of its line.
    pub strange: Vec<(usize, String)>,
}

/// Longer pieces than this are cut when they are shown as not understood.
const SHOWN: usize = 200;

/// Looks for messages in a text.
pub fn read(text: &str, recognise: &Recognise) -> Pasted {
    let mut pasted = Pasted::default();
    let mut header: Option<Header> = None;
    let mut rest = text.trim_start_matches('\u{feff}');
    let mut line = 1;
    while !rest.is_empty() {
        // JSON may begin anywhere in a line and go on over several.
        if let Some((json, after)) = json_at_line(rest) {
            let mut found = Vec::new();
            collect(&json, recognise, &mut found);
            if found.is_empty() {
                pasted.strange.push((line, cut(&json.to_string())));
            }
            found.into_iter().for_each(|message| pasted.add(message));
            // What stands around the JSON of a log line is its time and its level: nothing to understand.
            let (tail, next) = after.split_once('\n').unwrap_or((after, ""));
            let after = if tail.contains(['{', '[']) { after } else { next };
            line += lines(rest) - lines(after);
            rest = after;
            continue;
        }
        let (first, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let cells: Vec<&str> = cells(first);
        if !cells.is_empty() {
            let is_first = pasted.messages.is_empty() && pasted.strange.is_empty() && header.is_none();
            match row(&cells, header.as_mut(), recognise) {
                Some(message) => pasted.add(message),
                // The first line of a table may name its columns.
                None if is_first && cells.len() > 1 && cells.iter().all(|cell| is_name(cell)) => {
                    let names = cells.iter().map(|cell| (*cell).to_owned()).collect();
                    header = Some(Header { names, line, text: first.trim().to_owned(), used: false });
                }
                None => pasted.strange.push((line, cut(first.trim()))),
            }
        }
        line += 1;
        rest = after;
    }
    // Names that named nothing were no header.
    if let Some(header) = header.filter(|header| !header.used) {
        pasted.strange.insert(0, (header.line, cut(&header.text)));
    }
    pasted
}

/// A first line that may name the columns of the others.
struct Header {
    names: Vec<String>,
    line: usize,
    text: String,
    used: bool,
}

impl Pasted {
    fn add(&mut self, message: Message) {
        if self.messages.iter().any(|known| known.is(&message)) {
            self.merged += 1;
        } else {
            self.messages.push(message);
        }
    }
}

fn row(cells: &[&str], header: Option<&mut Header>, recognise: &Recognise) -> Option<Message> {
    let named = header.and_then(|header| {
        let mut object = Object::default();
        for (name, cell) in header.names.iter().zip(cells) {
            object.insert(name.clone(), Json::Text((*cell).to_owned()));
        }
        let message = (recognise.object)(&Json::Object(object));
        header.used |= message.is_some();
        message
    });
    named.or_else(|| (recognise.cells)(cells))
}

/// Whether a cell could be the name of a column.
fn is_name(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && cell.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ' '))
}

/// The cells of a line: by tabs when there are some, else by commas, semicolons and spaces.
fn cells(line: &str) -> Vec<&str> {
    let quotes: &[char] = &['"', '\'', '“', '”', '\u{feff}', '\r', ' '];
    let separators: fn(char) -> bool = if line.contains('\t') {
        |c| c == '\t'
    } else {
        |c| matches!(c, ',' | ';' | '，' | '；' | '、' | ' ')
    };
    line.split(separators).map(|cell| cell.trim_matches(quotes)).filter(|cell| !cell.is_empty()).collect()
}

fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

/// The first JSON object or list that begins in the first line, and what follows it.
fn json_at_line(text: &str) -> Option<(Json, &str)> {
    let end = text.find('\n').unwrap_or(text.len());
    let first = text.get(..end)?;
    for (at, _) in first.char_indices().filter(|(_, c)| matches!(c, '{' | '[')) {
        let (_, from) = text.split_at(at);
        if let Some(length) = balanced(from) {
            let (inside, after) = from.split_at(length);
            match Json::parse(inside) {
                Ok(json @ (Json::Object(_) | Json::List(_))) => return Some((json, after)),
                _ => continue,
            }
        }
    }
    None
}

/// The length of the bracketed text at the beginning, brackets in quotes left out of account.
fn balanced(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

/// Messages in a value: the value itself, else those inside it.
fn collect(json: &Json, recognise: &Recognise, found: &mut Vec<Message>) {
    if json.as_object().is_some()
        && let Some(message) = (recognise.object)(json)
    {
        return found.push(message);
    }
    match json {
        Json::Object(object) => object.iter().for_each(|(_, inner)| collect(inner, recognise, found)),
        Json::List(items) => items.iter().for_each(|inner| collect(inner, recognise, found)),
        // Callbacks often carry the message as JSON in a text.
        Json::Text(text) if text.trim_start().starts_with(['{', '[']) => {
            if let Ok(inner) = Json::parse(text) {
                collect(&inner, recognise, found);
            }
        }
        _ => {}
    }
}

fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::State;

    fn message(id: &str) -> Message {
        Message { id: id.to_owned(), state: State::Stands, ..Message::unreadable(&Json::Null) }
    }

    const RECOGNISE: Recognise = Recognise {
        object: |json| json.get("msg_id").and_then(Json::as_exact_text).map(message),
        cells: |cells| {
            cells
                .iter()
                .find(|cell| cell.len() > 4 && cell.bytes().all(|byte| byte.is_ascii_digit()))
                .map(|id| message(id))
        },
    };

    fn ids(text: &str) -> (Vec<String>, usize, Vec<(usize, String)>) {
        let pasted = read(text, &RECOGNISE);
        (pasted.messages.into_iter().map(|message| message.id).collect(), pasted.merged, pasted.strange)
    }

    #[test]
    fn json_is_found_in_log_lines_over_several_lines_and_inside_texts() {
        let text = "2026-11-21 INFO cb {\"msg_id\":1028442084794698104,\"x\":\"}\"} done\n[\n {\"msg_id\":\"12345\"},\n {\"body\":\"{\\\"msg_id\\\":\\\"67890\\\"}\"}\n]\n";
        let (found, merged, strange) = ids(text);
        assert_eq!(found, ["1028442084794698104", "12345", "67890"]);
        assert_eq!(merged, 0);
        assert!(strange.is_empty());
    }

    #[test]
    fn columns_are_read_by_name_or_by_shape_and_repeats_are_merged() {
        let (found, merged, strange) = ids("msg_id\tto\n11111\tu\n22222\tv\n11111\tu\n\n");
        assert_eq!((found, merged), (vec!["11111".to_owned(), "22222".to_owned()], 1));
        assert!(strange.is_empty());
        let (found, _, strange) = ids("33333，44\n\"55555\"\r\nnothing here!\n");
        assert_eq!(found, ["33333", "55555"]);
        assert_eq!(strange, [(3, "nothing here!".to_owned())]);
    }

    #[test]
    fn what_is_not_understood_is_shown_with_its_line() {
        let (found, _, strange) = ids("{\"a\":1}\n{broken\n");
        assert!(found.is_empty());
        assert_eq!(strange, [(1, "{\"a\":1}".to_owned()), (2, "{broken".to_owned())]);
        let (found, _, strange) = ids("some words\n12345\n");
        assert_eq!((found, strange), (vec!["12345".to_owned()], vec![(1, "some words".to_owned())]));
    }
}
