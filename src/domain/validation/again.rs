//! The verdict on texts of which one was changed: what [`check`] says of them, sooner. The requests of a list differ in that one.
//!
//! Whoever finds problems is asked again only if it looked at that text: as everything else is as it was, the others would do what
//! they did. Pure.

use super::super::draft::Values;
use super::super::field::{Field, Kind};
use super::super::ids::{PlainIds, ids};
use super::super::reading::read;
use super::{Checked, check};

impl Checked {
    /// Judges the texts again that this was the verdict on, with another text of one field; the `plain` ids of it need no closer look.
    pub fn again(self, values: &Values, field: &'static Field, plain: Option<&PlainIds>) -> Self {
        let Self { form, problems, mut readings, parts } = self;
        // Where ids are read by what another field says, others may mean something else now.
        let whole = matches!(field.kind, Kind::Rows(_))
            || form.fields().any(|known| matches!(known.kind, Kind::IdWhen(..)));
        let place = readings.fields.iter_mut().find(|(known, _)| known.name == field.name);
        let Some((_, reading)) = place.filter(|_| !whole) else {
            return check(form, values, readings.now);
        };
        let typed = values.get(field.name);
        *reading = match &field.kind {
            Kind::Ids(shape, items) if plain.is_some() => ids(field, typed, shape, *items, plain),
            _ => read(field, typed, None),
        };
        if readings.followed != Some(field.name) {
            readings.followed = Some(field.name);
            return Self::of(form, values, readings);
        }
        let mut checked =
            Self { form, problems: Vec::new(), readings, parts: Vec::with_capacity(parts.len()) };
        let mut known = problems.into_iter();
        let mut start = 0;
        for (part, (end, looked_at)) in parts.into_iter().enumerate() {
            let known = known.by_ref().take(end - start);
            if looked_at {
                known.for_each(drop);
                checked.find(part, values);
            } else {
                checked.problems.extend(known);
                checked.parts.push((checked.problems.len(), false));
            }
            start = end;
        }
        checked
    }
}
