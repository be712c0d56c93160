//! Sentences for problems, made in the language of the moment. Pure.

use super::field::{Condition, Field, Kind, Severity, Unit};
use super::form::Form;
use super::problem::{Fault, Problem};
use super::rows::cell_of;
use super::validation::Readings;
use crate::words::{Language, Words, fault};

/// The field's label as it reads at the moment.
pub fn label(field: &'static Field, readings: &Readings) -> Words {
    match &field.label_when {
        Some((condition, label)) if readings.holds(condition) => *label,
        _ => field.label,
    }
}

/// The field that a problem's name means, and the rows it lies in, in words.
fn located(form: &Form, name: &str, language: Language) -> Option<(&'static Field, String)> {
    if let Some(field) = form.field(name) {
        return Some((field, String::new()));
    }
    form.fields().find_map(|field| {
        let Kind::Rows(rows) = &field.kind else { return None };
        let (number, cell) = cell_of(field.name, name)?;
        let (inner, place) = located(rows.form, cell, language)?;
        let row = rows.title.fill(language, &[("number", &(number + 1).to_string())]);
        Some((inner, format!("{row} · {place}")))
    })
}

/// What a problem's field is called, with the row it lies in.
pub fn name(problem: &Problem, form: &Form, readings: &Readings, language: Language) -> String {
    match located(form, &problem.field, language) {
        Some((field, place)) => format!("{place}{}", label(field, readings).text(language)),
        None => String::new(),
    }
}

/// The sentence for a problem of `form`.
pub fn sentence(problem: &Problem, form: &Form, readings: &Readings, language: Language) -> String {
    let field = located(form, &problem.field, language).map(|(field, _)| field);
    let named = name(problem, form, readings, language);
    let fill = |words: Words, facts: &[(&str, &str)]| {
        let mut all = vec![("label", named.as_str())];
        all.extend_from_slice(facts);
        words.fill(language, &all)
    };
    match &problem.fault {
        Fault::Required
            if field.is_some_and(|field| matches!(field.kind, Kind::Choice(_) | Kind::Word(_))) =>
        {
            fill(fault::REQUIRED_CHOICE, &[])
        }
        Fault::Required => fill(fault::REQUIRED, &[]),
        Fault::OverLimit { limit, actual, unit, meaning } => {
            let (over, limit, actual) =
                (actual.saturating_sub(*limit).to_string(), limit.to_string(), actual.to_string());
            let meaning = meaning.map_or("", |meaning| meaning.text(language));
            let facts =
                [("over", over.as_str()), ("limit", &limit), ("actual", &actual), ("meaning", meaning)];
            let words = match (unit, problem.severity) {
                (Unit::Utf16, Severity::Stops) => fault::OVER_UTF16,
                (Unit::Utf16, Severity::Warns) => fault::OVER_UTF16_SOFT,
                (Unit::Bytes | Unit::JsonBytes, Severity::Stops) => fault::OVER_BYTES,
                (Unit::Bytes | Unit::JsonBytes, Severity::Warns) => fault::OVER_BYTES_SOFT,
                (Unit::Items, Severity::Stops) => fault::OVER_ITEMS,
                (Unit::Items, Severity::Warns) => fault::OVER_ITEMS_SOFT,
            };
            fill(words, &facts)
        }
        Fault::NotAnInteger => fill(fault::NOT_AN_INTEGER, &[]),
        Fault::ScientificNotation => fill(fault::SCIENTIFIC, &[]),
        Fault::NotANumber => fill(fault::NOT_A_NUMBER, &[]),
        Fault::OutOfRange { min, max } => {
            fill(fault::OUT_OF_RANGE, &[("min", &min.to_string()), ("max", &max.to_string())])
        }
        Fault::NotAChoice { allowed } => {
            let named = |value: &&'static str| match field.map(|field| choice_label(field, value, language)) {
                Some(label) if label != **value => format!("{value} ({label})"),
                _ => (*value).to_owned(),
            };
            let allowed: Vec<_> = allowed.iter().map(named).collect();
            fill(fault::NOT_A_CHOICE, &[("allowed", &allowed.join(fault::OR.text(language)))])
        }
        Fault::NotAFlag => fill(fault::NOT_A_FLAG, &[]),
        Fault::NotJson { line, column, wide_marks } => {
            let words = if *wide_marks { fault::NOT_JSON_WIDE } else { fault::NOT_JSON };
            fill(words, &[("line", &line.to_string()), ("column", &column.to_string())])
        }
        Fault::NotAnObject => fill(fault::NOT_AN_OBJECT, &[]),
        Fault::NotAListOfObjects => fill(fault::NOT_A_LIST, &[("sample", "{…}")]),
        Fault::RowsAndRaw => fill(fault::ROWS_AND_RAW, &[]),
        Fault::DoesNotApply { when } => {
            fill(fault::DOES_NOT_APPLY, &[("when", &condition(when, readings, language))])
        }
        Fault::NotAnAddress => fill(fault::NOT_AN_ADDRESS, &[]),
        Fault::ForbiddenCharacter { found } => {
            fill(fault::FORBIDDEN_CHARACTER, &[("found", &found.to_string())])
        }
        Fault::UnusualCharacters { found } => {
            let words =
                if problem.stops() { fault::UNUSUAL_CHARACTERS_STOP } else { fault::UNUSUAL_CHARACTERS };
            // A space between quotation marks cannot be seen.
            fill(words, &[("found", &found.replace(' ', fault::SPACE.text(language)))])
        }
        Fault::UnusualLength { longest, actual } => {
            fill(fault::UNUSUAL_LENGTH, &[("longest", &longest.to_string()), ("actual", &actual.to_string())])
        }
        Fault::ReadAs { text } => fill(fault::READ_AS, &[("text", text)]),
        Fault::Duplicates { count } => fill(fault::DUPLICATES, &[("count", &count.to_string())]),
        Fault::UnknownField { name } => fill(fault::UNKNOWN_FIELD, &[("name", name)]),
        Fault::Said { says, facts, .. } => {
            let facts: Vec<_> = facts.iter().map(|(name, fact)| (*name, fact.as_str())).collect();
            fill(*says, &facts)
        }
    }
}

/// A condition in words: the same data that shows and hides the field.
fn condition(when: &Condition, readings: &Readings, language: Language) -> String {
    let choices = |field: &'static Field, values: &[&'static str]| {
        let names: Vec<_> = values.iter().map(|value| choice_label(field, value, language)).collect();
        names.join(fault::OR.text(language))
    };
    match when {
        Condition::Is(field, values) => {
            let facts =
                [("label", label(field, readings).text(language)), ("choices", &choices(field, values))];
            fault::WHEN_IS.fill(language, &facts)
        }
        Condition::IsNot(field, values) => {
            let facts =
                [("label", label(field, readings).text(language)), ("choices", &choices(field, values))];
            fault::WHEN_IS_NOT.fill(language, &facts)
        }
        Condition::Empty(field) => {
            fault::WHEN_EMPTY.fill(language, &[("label", label(field, readings).text(language))])
        }
        Condition::Filled(field) => {
            fault::WHEN_FILLED.fill(language, &[("label", label(field, readings).text(language))])
        }
        Condition::All(conditions) => {
            let parts: Vec<_> = conditions.iter().map(|part| condition(part, readings, language)).collect();
            parts.join(fault::AND.text(language))
        }
    }
}

/// What people call a wire value of a field.
pub fn choice_label(field: &Field, value: &str, language: Language) -> String {
    match &field.kind {
        Kind::Choice(choices) | Kind::Word(choices) | Kind::Several(choices) => choices
            .iter()
            .find(|choice| choice.value == value)
            .map_or(value, |choice| choice.label.text(language))
            .to_owned(),
        Kind::Flag if value == "true" => fault::ON.text(language).to_owned(),
        Kind::Flag if value == "false" => fault::OFF.text(language).to_owned(),
        _ => value.to_owned(),
    }
}

/// The words for a choice's wire value, for a scope sentence.
pub fn choice_words(field: &Field, value: &str) -> Words {
    match &field.kind {
        Kind::Choice(choices) | Kind::Word(choices) => {
            choices.iter().find(|choice| choice.value == value).map_or(Words::NONE, |choice| choice.label)
        }
        _ => Words::NONE,
    }
}
