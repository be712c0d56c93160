//! What a person looks for in the lists and texts of kept jobs: found in a body as it is kept, which is not read whole for it. Pure.

use crate::domain::json::Json;

/// What stands in a body before its rows, and after them. Quotation marks inside of texts are escaped: these stand nowhere else.
pub const ROWS: [&str; 2] = ["],\"entries\":\"", "\",\"most\":"];

/// So many characters before a find say whether it is one.
const BEFORE: usize = 64;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    wanted: String,
    /// As it stands in a body: in a cell, and in a cell with quotation marks.
    kept: Vec<String>,
}

impl Sought {
    /// What was typed, in lower case; none when it is blank.
    pub fn new(lower: &str) -> Option<Self> {
        let wanted = lower.trim();
        if wanted.is_empty() {
            return None;
        }
        let as_kept = |text: &str| {
            let text = Json::Text(text.to_owned()).to_string();
            text.trim_start_matches('"').strip_suffix('"').map(str::to_owned).unwrap_or_default()
        };
        let mut kept = vec![as_kept(wanted)];
        if wanted.contains('"') {
            kept.push(as_kept(&wanted.replace('"', "\"\"")));
        }
        kept.retain(|text| !text.is_empty());
        Some(Self { wanted: wanted.to_owned(), kept })
    }

    /// So many characters of a stretch the next one begins with again, so that nothing is lost between two.
    pub fn overlap(&self) -> usize {
        self.kept.iter().map(|text| text.chars().count()).max().unwrap_or_default() * 2 + BEFORE
    }

    /// Whether a stretch of the rows, in lower case, holds it. The numbers at the beginning of a line are the desk's own.
    pub fn is_in_rows(&self, stretch: &str) -> bool {
        self.kept
            .iter()
            .any(|text| stretch.match_indices(text.as_str()).any(|(at, _)| is_own(stretch, at, text)))
    }

    /// Whether the texts that rows share hold it: `before` is the body up to [`ROWS`]; `lower` makes lower case.
    pub fn is_shared(&self, before: &str, lower: impl Fn(&str) -> String) -> bool {
        let Ok(json) = Json::parse(&format!("{before}]}}")) else { return false };
        let groups = json.get("groups").and_then(Json::as_list).unwrap_or_default();
        let texts = groups.iter().filter_map(Json::as_object).flat_map(|group| group.iter());
        texts.filter_map(|(_, text)| text.as_text()).any(|text| lower(text).contains(&self.wanted))
    }
}

/// Whether what stands there is a cell's and not one of the three numbers before the cells.
fn is_own(stretch: &str, at: usize, found: &str) -> bool {
    let numbers = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    if !numbers(found) {
        return true;
    }
    let before = stretch.get(..at).unwrap_or_default();
    let (line, begins) = match before.rfind(|c: char| !c.is_ascii_digit() && c != ',') {
        None => (before, true),
        // The end of a line, as JSON writes it.
        Some(other) => (
            before.get(other + 1..).unwrap_or_default(),
            before.get(..=other).is_some_and(|it| it.ends_with("\\n")),
        ),
    };
    let commas = |text: &str| text.bytes().filter(|byte| *byte == b',').count();
    let after = stretch.get(at + found.len()..).unwrap_or_default();
    let after = after.split(|c: char| !c.is_ascii_digit() && c != ',').next().unwrap_or_default();
    // A line within a cell has no three numbers before it.
    let numbered = begins && commas(line) + commas(found) + commas(after) > 2;
    !numbered || commas(line) + commas(found) > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a body: what rows share, and the rows.
    fn parts(body: &str) -> (&str, &str) {
        let (before, rows) = body.split_once(ROWS[0]).unwrap();
        (before, rows.split_once(ROWS[1]).unwrap().0)
    }

    #[test]
    fn a_receiver_and_a_text_are_found_and_the_words_of_the_file_are_not() {
        let body = r#"{"v":1,"columns":["accid"],"names":["to_accids"],"groups":[{"message.text":"Maintenance\n\"tonight\" 今晚"}],"entries":"2,0,1,zhangsan,zhangsan\n10001,0,1,20002,20002,\"a, \"\"b\"\"\"\n","most":100,"limits":[]}"#;
        let (before, rows) = parts(body);
        for (wanted, shared, in_rows) in [
            ("zhangsan", false, true),
            ("ngsa", false, true),
            ("20002", false, true),
            ("今晚", true, false),
            ("maintenance", true, false),
            ("\"tonight\"", true, false),
            ("a, \"b\"", false, true),
            // The desk's own: the number of a row, how many texts it has, names of the file and of fields.
            ("10001", false, false),
            ("0,1", false, false),
            ("message.text", false, false),
            ("entries", false, false),
            ("most", false, false),
            ("lisi", false, false),
        ] {
            let sought = Sought::new(wanted).unwrap();
            assert_eq!(sought.is_shared(before, str::to_lowercase), shared, "{wanted} in {before}");
            assert_eq!(sought.is_in_rows(rows), in_rows, "{wanted} in {rows}");
        }
        assert_eq!(Sought::new("  "), None);
        // A line within a cell begins with what the cell says.
        let rows = r#"2,0,1,u1,u1,\"第一行\n20261230 晚\"\n20261231,0,1,u2,u2,x\n"#;
        let found = ["20261230", "20261231"].map(|wanted| Sought::new(wanted).unwrap().is_in_rows(rows));
        assert_eq!(found, [true, false]);
    }

    #[test]
    fn nothing_is_lost_between_two_stretches() {
        let rows: String = (0..200).map(|row| format!("{row},0,1,user{row:04},user{row:04}\\n")).collect();
        let rows: Vec<char> = rows.chars().collect();
        let sought = Sought::new("user0123").unwrap();
        for length in [100, 333, 1_000] {
            let mut found = false;
            let mut from = 0;
            while from < rows.len() {
                let stretch: String = rows.iter().skip(from).take(length + sought.overlap()).collect();
                found |= sought.is_in_rows(&stretch);
                from += length;
            }
            assert!(found, "{length}");
        }
    }
}
