//! `{{name}}` in a text stands for a column's cell. Pure.

use std::borrow::Cow;

use crate::domain::json::Json;

/// The names a text asks for, in order.
pub fn asks(text: &str) -> Vec<&str> {
    pieces(text).filter_map(|(_, name)| name).collect()
}

/// The text with each `{{name}}` replaced; `None` when one of them is unknown. In JSON a cell is escaped, so that it stays text.
pub fn fill<'a>(text: &str, in_json: bool, cell: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let mut filled = String::new();
    for (before, name) in pieces(text) {
        filled.push_str(before);
        if let Some(name) = name {
            let cell = cell(name)?;
            filled.push_str(&if in_json { Cow::Owned(escaped(cell)) } else { Cow::Borrowed(cell) });
        }
    }
    Some(filled)
}

fn escaped(cell: &str) -> String {
    let quoted = Json::Text(cell.to_owned()).to_string();
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
}

/// Each stretch of text with the name behind it.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let found = text.split_once("{{").and_then(|(before, after)| {
            let (name, after) = after.split_once("}}")?;
            Some((before, name.trim(), after))
        });
        match found {
            Some((before, name, after)) => {
                rest = Some(after);
                Some((before, Some(name)))
            }
            None => {
                rest = None;
                Some((text, None))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_and_unknown_ones_are_noticed() {
        let cell = |name: &str| (name == "名字").then_some("张\"三");
        assert_eq!(
            fill("{{名字}}，您好 {{ 名字 }}！{x}", false, cell),
            Some("张\"三，您好 张\"三！{x}".to_owned())
        );
        assert_eq!(fill(r#"{"a":"{{名字}}"}"#, true, cell), Some(r#"{"a":"张\"三"}"#.to_owned()));
        assert_eq!(fill("{{谁}}", false, cell), None);
        assert_eq!(fill("{{不完整", false, cell), Some("{{不完整".to_owned()));
        assert_eq!(asks("a{{b}}c{{d}}"), ["b", "d"]);
    }
}
