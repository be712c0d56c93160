//! Reads ids: one, or a list of them, tidied and folded as their vendor stores them. Pure.

use super::field::{Field, IdShape, Items, Kind, Severity};
use super::problem::{Fault, Problem};
use super::reading::{Reading, Value, all_digits};
use super::seen::{Seen, digest};
use super::tidy::{is_separator, tidy};

/// Which entries of a list of ids are read just as they stand, with nothing to be said about them: nearly every row of a long list.
#[derive(Clone, Debug)]
pub struct PlainIds {
    /// Which bytes they are made of.
    sound: [bool; 256],
    longest: usize,
}

impl PlainIds {
    /// Those of a list of ids; none of any other field.
    pub fn of(field: &Field) -> Option<Self> {
        let Kind::Ids(shape, Items::Texts | Items::Numbers(_) | Items::Commas) = &field.kind else {
            return None;
        };
        let mut sound = [false; 256];
        for (byte, sound) in (0..=u8::MAX).zip(&mut sound) {
            let c = char::from(byte);
            let is_kept = c.is_ascii_alphanumeric() && !(shape.lower && c.is_ascii_uppercase())
                || matches!(c, '_' | '-' | '.' | '@');
            let is_refused = shape.refused.is_some_and(|(refused, _)| refused == c);
            *sound = is_kept && (shape.usual)(c) && !is_refused;
        }
        Some(Self { sound, longest: shape.longest })
    }

    /// Whether an entry is one of them.
    #[inline(always)]
    pub fn hold(&self, typed: &str) -> bool {
        let sound = |byte: u8| self.sound.get(usize::from(byte)).is_some_and(|sound| *sound);
        !typed.is_empty() && typed.len() <= self.longest && typed.bytes().all(sound) && !is_scientific(typed)
    }
}

/// `1.58E+17`: digits, perhaps a point, an E and an exponent.
pub(super) fn is_scientific(text: &str) -> bool {
    // Nearly all that is asked about begins with a letter.
    if !text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let is_e = |byte: u8| matches!(byte, b'e' | b'E');
    let Some(at) = text.bytes().position(is_e) else { return false };
    let (mantissa, exponent) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    all_digits(whole) && all_digits(exponent) && (part.is_empty() || all_digits(part))
}

/// `1.02844E+18`, as spreadsheets write long numbers: what stood there before is lost.
pub fn is_spreadsheet_scientific(text: &str) -> bool {
    text.contains('+') && is_scientific(text.trim())
}

/// One id, tidied and folded as its vendor stores it, with what should be known about it.
fn tidy_id(field: &'static Field, tidied: &str, shape: &IdShape) -> (String, Vec<Problem>) {
    let id = if shape.lower { tidied.to_ascii_lowercase() } else { tidied.to_owned() };
    let mut problems = Vec::new();
    if let Some((found, rule)) = shape.refused.filter(|(refused, _)| id.contains(*refused)) {
        problems.push(Problem::stop(field.name, rule, Fault::ForbiddenCharacter { found }));
    }
    let judged =
        |fault| Problem { field: field.name.into(), rule: shape.rule, fault, severity: shape.unusual };
    let refused = shape.refused.map(|(refused, _)| refused);
    let found: String = id.chars().filter(|c| !(shape.usual)(*c) && Some(*c) != refused).take(5).collect();
    if is_scientific(&id) && shape.unusual == Severity::Stops {
        problems.push(judged(Fault::ScientificNotation));
    } else if !found.is_empty() {
        problems.push(judged(Fault::UnusualCharacters { found }));
    }
    let actual = id.chars().count();
    if actual > shape.longest {
        problems.push(judged(Fault::UnusualLength { longest: shape.longest, actual }));
    }
    (id, problems)
}

/// One id.
pub(super) fn id(field: &'static Field, typed: &str, shape: &IdShape) -> Reading {
    let tidied = tidy(typed);
    if tidied.is_empty() {
        return Reading::empty();
    }
    let (id, mut problems) = tidy_id(field, &tidied, shape);
    if id != typed.trim() {
        problems.push(Problem::warn(field.name, shape.rule, Fault::ReadAs { text: id.clone() }));
    }
    let value = (!problems.iter().any(Problem::stops)).then(|| Value::Text(id.clone()));
    Reading { text: id, value, problems }
}

/// A list of ids, however they are parted, of which the `plain` ones need no closer look.
pub(super) fn ids(
    field: &'static Field,
    typed: &str,
    shape: &IdShape,
    form: Items,
    plain: Option<&PlainIds>,
) -> Reading {
    let mut list = List::expecting(typed.bytes().filter(|byte| *byte == b'\n').count() + 1);
    let mut as_it_stands = true;
    // A list that comes from rows has one on each line.
    for line in typed.split('\n') {
        if plain.is_some_and(|plain| plain.hold(line)) {
            list.add(line);
        } else {
            as_it_stands = false;
            list.add_line(field, line, shape);
        }
    }
    let List { items, merged, mut problems, folded, .. } = list;
    if let Some(text) = folded {
        problems.push(Problem::warn(field.name, shape.rule, Fault::ReadAs { text }));
    }
    if merged > 0 {
        problems.push(Problem::warn(field.name, field.rule, Fault::Duplicates { count: merged }));
    }
    if items.is_empty() {
        return Reading::empty();
    }
    let text = if as_it_stands && merged == 0 { typed.to_owned() } else { items.join("\n") };
    let value = (!problems.iter().any(Problem::stops)).then_some(Value::Items(items, form));
    Reading { text, value, problems }
}

/// Ids, each once.
struct List {
    items: Vec<String>,
    seen: Seen,
    /// How many came again.
    merged: usize,
    /// What is wrong with any of them, each thing once.
    problems: Vec<Problem>,
    /// The first that is read otherwise than it was typed.
    folded: Option<String>,
}

impl List {
    fn expecting(count: usize) -> Self {
        let (items, seen) = (Vec::with_capacity(count), Seen::expecting(count));
        Self { items, seen, merged: 0, problems: Vec::new(), folded: None }
    }

    /// Adds what stands in a line, whatever parts it.
    #[inline(never)]
    fn add_line(&mut self, field: &'static Field, line: &str, shape: &IdShape) {
        for entry in line.split(is_separator) {
            let tidied = tidy(entry);
            if tidied.is_empty() {
                continue;
            }
            let (id, found) = tidy_id(field, &tidied, shape);
            if id != entry && self.folded.is_none() {
                self.folded = Some(id.clone());
            }
            for problem in found {
                let is_known = |known: &Problem| {
                    known.rule == problem.rule && known.fault.code() == problem.fault.code()
                };
                if !self.problems.iter().any(is_known) {
                    self.problems.push(problem);
                }
            }
            self.add(&id);
        }
    }

    fn add(&mut self, id: &str) {
        let is_it = |at: usize| self.items.get(at).is_some_and(|known| known == id);
        match self.seen.find_or_note(digest(0, [id]), self.items.len(), is_it) {
            None => self.items.push(id.to_owned()),
            Some(_) => self.merged += 1,
        }
    }
}
