//! A list of flat objects in JSON, as a job's results are: each is a row, and their names are the columns. Numbers keep every digit. Pure.

use super::table::Table;
use crate::domain::json::Json;

/// Reads objects one by one, and goes on where it stopped.
#[derive(Clone, Debug)]
pub(super) struct Objects {
    at: usize,
    most: usize,
    /// The names, in the order in which they come.
    pub(super) names: Vec<String>,
    /// The rows, numbered as in a table with a row of names above them.
    pub(super) table: Table,
    /// Whether this is something else.
    pub(super) fails: bool,
    /// Whether the list has ended.
    ended: bool,
}

impl Objects {
    /// Begins, when a text is JSON or is meant to be: a line may begin with a bracket, but hardly with one and a brace.
    pub(super) fn new(text: &str, most: usize) -> Option<Self> {
        let inner = text.trim_start().strip_prefix('[').map(str::trim_start);
        let listed = inner.is_some_and(|inner| inner.starts_with('{'));
        let other = text.trim_start().starts_with('{') || inner.is_some() && Json::parse(text).is_ok();
        (listed || other).then(|| Self {
            at: inner.filter(|_| listed).map_or(text.len(), |inner| text.len() - inner.len()),
            most,
            names: Vec::new(),
            table: Table::default(),
            fails: !listed,
            ended: !listed,
        })
    }

    /// How many bytes were read.
    pub(super) fn taken(&self) -> usize {
        self.at
    }

    /// Whether no more rows are read.
    pub(super) fn is_full(&self) -> bool {
        self.table.len() == self.most
    }

    /// Reads so many more; says whether there are more.
    pub(super) fn step(&mut self, text: &str, rows: usize) -> bool {
        for _ in 0..rows {
            if self.ended || self.is_full() {
                return false;
            }
            if self.object(text).is_none() {
                self.fails = true;
                self.ended = true;
                self.table = Table::default();
                self.names.clear();
                self.at = text.len();
            }
        }
        !self.ended && !self.is_full()
    }

    /// Reads an object and what stands behind it; none where that is no list of flat ones.
    fn object(&mut self, text: &str) -> Option<()> {
        let rest = text.get(self.at..)?;
        let (own, behind) = rest.split_at_checked(length(rest)?)?;
        let object = Json::parse(own).ok()?;
        let mut cells: Vec<&str> = vec![""; self.names.len()];
        for (at, (name, value)) in object.as_object()?.iter().enumerate() {
            let cell = match value {
                Json::Null => "",
                Json::Flag(true) => "true",
                Json::Flag(false) => "false",
                Json::Text(text) | Json::Number(text) => text,
                Json::List(_) | Json::Object(_) => return None,
            };
            // Most objects have the same names in the same order.
            let same = self.names.get(at).is_some_and(|known| known == name).then_some(at);
            match same.or_else(|| self.names.iter().position(|known| known == name)) {
                Some(column) => *cells.get_mut(column)? = cell,
                None => {
                    self.names.push(name.to_owned());
                    cells.push(cell);
                }
            }
        }
        self.table.begin(u32::try_from(self.table.len()).ok()?.saturating_add(2));
        cells.iter().for_each(|cell| self.table.push(cell));
        let behind = behind.trim_start();
        let next = match behind.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None => {
                let after = behind.strip_prefix(']')?.trim_start();
                self.ended = true;
                after.is_empty().then_some(after)?
            }
        };
        self.at = text.len() - next.len();
        Some(())
    }
}

/// Where the object that begins here ends. A brace in a text is none.
fn length(text: &str) -> Option<usize> {
    let (mut depth, mut inside, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'{' if !inside => depth += 1,
            b'}' if !inside => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 && !inside {
            return (at > 0).then_some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::domain::intake::columns::Known;
    use crate::domain::intake::{Choice, Reading, Sheet};
    use crate::domain::job::item::State;
    use crate::domain::job::results::{Header, Outcome};

    fn sheet(text: &str) -> Sheet {
        Sheet::read(text, Choice::default(), &Known::default())
    }

    fn rows(sheet: &Sheet) -> Vec<Vec<&str>> {
        (0..sheet.table.len()).map(|row| sheet.table.row(row)).collect()
    }

    #[test]
    fn objects_are_rows_and_their_names_are_columns() {
        let text = "\u{feff} [\n{\"id\":\"u1\",\"n\":158844553334358019},\n{\"id\":\"a\\\"}]\",\"ok\":true,\"n\":null} , {\"n\":1e3}\n]\n";
        let read = sheet(text);
        assert!(read.headed && !read.no_list && !read.beyond && read.problems().is_empty());
        assert_eq!(read.names, ["id", "n", "ok"]);
        assert_eq!(rows(&read), [["u1", "158844553334358019", ""], ["a\"}]", "", "true"], ["", "1e3", ""]]);
        assert_eq!((read.table.number(0), read.table.number(2)), (2, 4));
        let mut reading = Reading::new(text, Choice::default(), &Known::default());
        while reading.step(text, 1) {}
        assert_eq!(reading.finish(text), read);
    }

    #[test]
    fn results_as_json_are_the_list_that_results_as_csv_are() {
        let outcome = Outcome {
            state: State::Sent,
            code: "200",
            reason: "",
            advice: "",
            message_id: "12345678901234567890",
            at: None,
            attempts: 1,
            http: "200",
            left: None,
            key: "ab-7",
        };
        let header = Header::new(["receiver_ids", "=hd"]);
        let (mut csv, mut json) = (header.csv(), "[".to_owned());
        for (at, row) in [["u1", "=1"], ["u2", "'x\n"], ["u3", "甲,\"乙\""]].iter().enumerate() {
            csv.push_str(&header.csv_row(row, &outcome));
            json.push_str(&format!("{}\n{}", if at > 0 { "," } else { "" }, header.json_row(row, &outcome)));
        }
        json.push_str("\n]\n");
        let (csv, json) = (sheet(&csv), sheet(&json));
        assert_eq!((&csv.names, rows(&csv)), (&json.names, rows(&json)));
        assert_eq!(json.names, ["receiver_ids", "=hd"]);
        assert_eq!(csv.table.number(0), json.table.number(0));
    }

    #[test]
    fn other_json_is_no_list_and_says_so() {
        for text in [
            "{\"a\":1}",
            "{\"a\":1}\n{\"a\":2}",
            "{broken",
            "[{\"a\":1}",
            "[{\"a\":1},]",
            "[{\"a\":1}] and more",
            "[{\"a\":[1]}]",
            "[{\"a\":1},2]",
            "[{",
            "[1, 2]",
            "[\"u1\",\"u2\"]",
            "[]",
        ] {
            let read = sheet(text);
            assert!(read.no_list && read.table.is_empty() && !read.beyond, "{text:?}");
            assert!(read.problems().iter().any(|problem| problem.stops()), "{text:?}");
        }
        for text in ["[VIP] u1\n[VIP] u2", "u1\n{\"a\":1}", "", "[u1, u2]"] {
            assert!(!sheet(text).no_list, "{text:?}");
        }
    }
}
