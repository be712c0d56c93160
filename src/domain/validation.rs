//! From what was typed to what may be sent. [`Valid`] is made here only, and proves it. Pure.

mod again;

use std::sync::atomic::{AtomicBool, Ordering};

use super::draft::{Draft, Values};
use super::field::{Condition, Field, IdShape, Kind, Limit, Presence, Unit, Wire};
use super::form::Form;
use super::json::{Json, Object};
use super::operation::Operation;
use super::problem::{Fault, Problem};
use super::reading::{Reading, Value, read};
use super::request::resolved_away;
use super::rows::read_rows;

/// A form's texts, read: what conditions and rules look at.
#[derive(Debug)]
pub struct Readings {
    fields: Vec<(&'static Field, Reading)>,
    now: i64,
    /// The field that is followed: whoever looks at it is noted.
    followed: Option<&'static str>,
    /// Whether somebody has looked at it.
    looked_at: AtomicBool,
}

impl Readings {
    /// Reads all texts; `now` is milliseconds since 1970.
    pub fn new(form: &'static Form, values: &Values, now: i64) -> Self {
        let mut readings =
            Self { fields: Vec::new(), now, followed: None, looked_at: AtomicBool::new(false) };
        for field in form.fields() {
            let reading = match &field.kind {
                Kind::Rows(rows) => read_rows(field, rows, values, now),
                _ => read(field, values.get(field.name), None),
            };
            readings.fields.push((field, reading));
        }
        let shaped: Vec<_> =
            form.fields().filter_map(|field| Some((field, readings.second_shape(field)?))).collect();
        for (field, shape) in shaped {
            if let Some((_, reading)) = readings.fields.iter_mut().find(|(known, _)| known.name == field.name)
            {
                *reading = read(field, values.get(field.name), Some(shape));
            }
        }
        readings
    }

    fn second_shape(&self, field: &'static Field) -> Option<&'static IdShape> {
        match &field.kind {
            Kind::IdWhen(condition, shape, _) if self.holds(condition) => Some(*shape),
            _ => None,
        }
    }

    fn reading(&self, field: &Field) -> Option<&Reading> {
        self.look_at(field);
        self.fields.iter().find(|(known, _)| known.name == field.name).map(|(_, reading)| reading)
    }

    /// Milliseconds since 1970, as given.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// The tidied text of a field whether it applies or not; empty when nothing was filled in.
    pub fn typed(&self, field: &Field) -> &str {
        self.reading(field).map_or("", |reading| reading.text.as_str())
    }

    /// The tidied text of a field that applies, else its default.
    pub fn text(&self, field: &'static Field) -> &str {
        let typed = if self.applies(field) { self.typed(field) } else { "" };
        if typed.is_empty() { field.default.unwrap_or("") } else { typed }
    }

    /// Whether one of the lines of a field that applies is this.
    pub fn has_line(&self, field: &'static Field, line: &str) -> bool {
        match self.value(field) {
            Some(Value::Items(items, _)) => items.iter().any(|item| item == line),
            _ => self.text(field).lines().any(|known| known == line),
        }
    }

    /// The value of a field that applies and could be read.
    pub fn value(&self, field: &'static Field) -> Option<&Value> {
        if self.applies(field) { self.reading(field)?.value.as_ref() } else { None }
    }

    /// The number of a field that applies and could be read.
    pub fn number(&self, field: &'static Field) -> Option<i64> {
        match self.value(field)? {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// Whether a condition holds.
    pub fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Is(field, values) => values.contains(&self.text(field)),
            Condition::IsNot(field, values) => !values.contains(&self.text(field)),
            Condition::Empty(field) => self.typed(field).is_empty(),
            Condition::Filled(field) => !self.typed(field).is_empty(),
            Condition::All(conditions) => conditions.iter().all(|condition| self.holds(condition)),
        }
    }

    /// Whether a field applies.
    pub fn applies(&self, field: &'static Field) -> bool {
        field.conditions.iter().all(|(condition, _)| self.holds(condition))
    }

    /// The query parameters as far as they could be read.
    pub fn query(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        let sent = self.fields.iter().filter(|(field, _)| field.wire == Wire::Query && self.applies(field));
        let sent = sent.inspect(|(field, _)| self.look_at(field));
        sent.filter_map(|(field, reading)| Some((field.name, value_to_send(field, reading)?.to_text())))
    }

    /// The JSON body as far as it could be read; `None` when no field travels there.
    pub fn body(&self) -> Option<Object> {
        self.body_of(|_| true)
    }

    /// One member of the JSON body as far as it could be read. The others may be long lists, which are left alone.
    pub fn part(&self, name: &str) -> Option<Json> {
        self.body_of(|path| path.split('.').next() == Some(name))?.get(name).cloned()
    }

    fn body_of(&self, wanted: impl Fn(&str) -> bool) -> Option<Object> {
        body(
            self.fields
                .iter()
                .filter(|(field, _)| wanted(field.name) && self.applies(field))
                .inspect(|(field, _)| self.look_at(field))
                .filter_map(|(field, reading)| Some((*field, value_to_send(field, reading)?))),
        )
    }

    /// The limits of a field that hold at the moment.
    pub fn limits(&self, field: &'static Field) -> impl Iterator<Item = &'static Limit> + '_ {
        field.limits.iter().filter(|limit| limit.when.as_ref().is_none_or(|condition| self.holds(condition)))
    }

    /// What a field's limit counts at the moment.
    pub fn count(&self, field: &'static Field, unit: Unit) -> usize {
        match (unit, self.reading(field).and_then(|reading| reading.value.as_ref())) {
            (Unit::Items, Some(value)) => value.items(),
            (Unit::Utf16, Some(value)) => value.to_text().encode_utf16().count(),
            (Unit::Utf16, None) => self.typed(field).encode_utf16().count(),
            (Unit::Bytes, Some(value)) => value.to_text().len(),
            (Unit::JsonBytes, Some(value)) => value.to_json().to_string().len(),
            (Unit::Bytes | Unit::JsonBytes, None) => self.typed(field).len(),
            (Unit::Items, None) => match Json::parse(self.typed(field)) {
                Ok(Json::List(items)) => items.len(),
                _ => self.typed(field).lines().count(),
            },
        }
    }

    fn look_at(&self, field: &Field) {
        if self.followed.is_some_and(|followed| followed == field.name) {
            self.looked_at.store(true, Ordering::Relaxed);
        }
    }

    fn judge(&self, field: &'static Field) -> Vec<Problem> {
        let typed = self.typed(field);
        if let Some((condition, rule)) = field.conditions.iter().find(|(condition, _)| !self.holds(condition))
        {
            let stale = !typed.is_empty();
            return stale
                .then(|| Problem::stop(field.name, rule, Fault::DoesNotApply { when: *condition }))
                .into_iter()
                .collect();
        }
        if typed.is_empty() {
            let rule = match &field.presence {
                Presence::Required(rule) => Some(*rule),
                Presence::RequiredWhen(condition, rule) if self.holds(condition) => Some(*rule),
                Presence::RequiredWhen(..) | Presence::Optional => None,
            };
            return rule.map(|rule| Problem::stop(field.name, rule, Fault::Required)).into_iter().collect();
        }
        let mut problems = self.reading(field).map_or_else(Vec::new, |reading| reading.problems.clone());
        problems.extend(self.limits(field).filter_map(|limit| {
            let actual = self.count(field, limit.unit);
            let fault =
                Fault::OverLimit { limit: limit.most, actual, unit: limit.unit, meaning: limit.meaning };
            (actual > limit.most).then_some(Problem {
                field: field.name.into(),
                rule: limit.rule,
                fault,
                severity: limit.severity,
            })
        }));
        // A stop makes the softer limit of the same unit redundant.
        if problems.iter().any(|problem| problem.stops() && matches!(problem.fault, Fault::OverLimit { .. }))
        {
            problems.retain(|problem| problem.stops() || !matches!(problem.fault, Fault::OverLimit { .. }));
        }
        problems
    }
}

fn body(values: impl Iterator<Item = (&'static Field, Value)>) -> Option<Object> {
    let mut body = None;
    for (field, value) in values.filter(|(field, _)| field.wire == Wire::Body) {
        body.get_or_insert_with(Object::default).put(field.name, value.to_json());
    }
    body
}

/// The verdict on a form: every problem at once, and the readings it came from.
#[derive(Debug)]
pub struct Checked {
    form: &'static Form,
    /// What stops and what should be known, in the order of the fields.
    pub problems: Vec<Problem>,
    /// The texts, read.
    pub readings: Readings,
    /// The problems' parts in order, one of each field, one of unknown names, one of each rule: where it ends, and whether
    /// whoever found it looked at the field that is followed.
    parts: Vec<(usize, bool)>,
}

impl Checked {
    fn of(form: &'static Form, values: &Values, readings: Readings) -> Self {
        let mut checked = Self { form, problems: Vec::new(), readings, parts: Vec::new() };
        for part in 0..checked.readings.fields.len() + 1 + form.rules.len() {
            checked.find(part, values);
        }
        checked
    }

    /// Finds the problems of the next part, and notes whether the field that is followed mattered.
    fn find(&mut self, part: usize, values: &Values) {
        let Self { form, readings, .. } = self;
        readings.looked_at.store(false, Ordering::Relaxed);
        let found = match (readings.fields.get(part), part.checked_sub(readings.fields.len())) {
            (Some((field, _)), _) => readings.judge(field),
            (None, Some(0)) => {
                let fault = |name: &str| Fault::UnknownField { name: name.to_owned() };
                form.unknown(values).map(|name| Problem::stop("", "FIELD", fault(name))).collect()
            }
            (None, rule) => {
                let rule = rule.and_then(|rule| form.rules.get(rule - 1));
                rule.and_then(|rule| (rule.check)(readings)).into_iter().collect()
            }
        };
        self.problems.extend(found);
        self.parts.push((self.problems.len(), self.readings.looked_at.load(Ordering::Relaxed)));
    }

    /// What stops.
    pub fn stops(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.stops())
    }

    /// The proof, when nothing stops.
    fn entries(&self) -> Option<Entries> {
        if self.stops().next().is_some() {
            return None;
        }
        let sent = self.readings.fields.iter().filter(|(field, _)| self.readings.applies(field));
        Some(Entries(
            sent.filter_map(|(field, reading)| Some((*field, value_to_send(field, reading)?))).collect(),
        ))
    }
}

fn value_to_send(field: &'static Field, reading: &Reading) -> Option<Value> {
    if field.omitted.is_some_and(|omitted| omitted == reading.text) {
        return None;
    }
    reading.value.clone().or_else(|| read(field, field.always?, None).value)
}

/// The fields of a checked form, with their values; made only from a form without problems.
#[derive(Clone, Debug)]
pub struct Entries(Vec<(&'static Field, Value)>);

impl Entries {
    /// A field's value as text; empty when it is not sent.
    pub fn text(&self, field: &Field) -> String {
        self.value(field).map_or_else(String::new, Value::to_text)
    }

    /// A field's value.
    pub fn value(&self, field: &Field) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known.name == field.name).map(|(_, value)| value)
    }

    /// A field's items; none when it is not sent.
    pub fn items(&self, field: &Field) -> &[String] {
        match self.value(field) {
            Some(Value::Items(items, _)) => items,
            _ => &[],
        }
    }
}

/// Judges a form's texts at the moment `now` (milliseconds since 1970).
pub fn check(form: &'static Form, values: &Values, now: i64) -> Checked {
    Checked::of(form, values, Readings::new(form, values, now))
}

/// Judges a form's texts and gives the proof when nothing stops.
pub fn validate_form(form: &'static Form, values: &Values, now: i64) -> Result<Entries, Vec<Problem>> {
    let checked = check(form, values, now);
    checked.entries().ok_or(checked.problems)
}

/// An act that broke no rule: the only thing a request is made from.
#[derive(Clone, Debug)]
pub struct Valid {
    operation: &'static Operation,
    entries: Entries,
}

impl Valid {
    /// What is to be done.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// A field's value as text; empty when it is not sent.
    pub fn text(&self, field: &Field) -> String {
        self.entries.text(field)
    }

    /// A field's items; none when it is not sent.
    pub fn items(&self, field: &Field) -> &[String] {
        self.entries.items(field)
    }

    /// How many items or rows a field holds.
    pub fn count(&self, field: &Field) -> usize {
        self.entries.value(field).map_or(0, Value::items)
    }

    /// A field's value as JSON; none when it is not sent.
    pub fn json(&self, field: &Field) -> Option<Json> {
        self.entries.value(field).map(Value::to_json)
    }

    /// The query parameters, in the order of the wire.
    pub fn query(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        self.entries
            .0
            .iter()
            .filter(|(field, _)| field.wire == Wire::Query)
            .map(|(field, value)| (field.name, value.to_text()))
    }

    /// A part of the JSON body as compact text, by its dotted path; empty when it is not sent.
    pub fn json_text(&self, path: &str) -> String {
        let whole = body(self.entries.0.iter().cloned());
        let mut part = whole.map(Json::Object);
        for name in path.split('.') {
            part = part.and_then(|object| object.get(name).cloned());
        }
        part.map_or_else(String::new, |part| part.to_string())
    }

    /// The JSON body, in the order of the wire; `None` when the operation has none.
    pub fn body(&self) -> Option<String> {
        body(self.entries.0.iter().cloned()).map(|object| Json::Object(object).to_string())
    }
}

impl Draft {
    /// Judges the draft at the moment `now` (milliseconds since 1970).
    pub fn check(&self, now: i64) -> Checked {
        let mut checked = check(&self.operation.form, &self.values, now);
        let away = resolved_away(self.operation, &checked.readings);
        checked.problems.extend(away);
        checked
    }

    /// Judges the draft and gives the proof when nothing stops; else every problem at once.
    pub fn validate(&self, now: i64) -> Result<Valid, Vec<Problem>> {
        let checked = self.check(now);
        checked.valid(self.operation).ok_or(checked.problems)
    }
}

impl Checked {
    /// The proof that `operation`, whose form was checked, may be assembled; `None` when something stops.
    pub fn valid(&self, operation: &'static Operation) -> Option<Valid> {
        let entries = if std::ptr::eq(self.form, &operation.form) { self.entries()? } else { return None };
        Some(Valid { operation, entries })
    }
}
