//! One vocabulary for all clouds: what was typed for one and means the same for another is kept. Pure.

use super::draft::Values;
use super::field::{Field, Kind, Role};
use super::form::Form;
use super::operation::Operation;
use super::rows::cell_name;
use super::vendor::Vendor;

/// The fields of a form that have a meaning beyond their vendor, each with its name; of a list, those of its first row.
fn meaningful(form: &'static Form) -> Vec<(String, &'static Field, Role)> {
    let mut found = Vec::new();
    for field in form.fields() {
        if let Some(role) = field.role {
            found.push((field.name.to_owned(), field, role));
        }
        if let Kind::Rows(rows) = &field.kind {
            let inner = meaningful(rows.form).into_iter();
            found.extend(inner.map(|(name, cell, role)| (cell_name(field.name, 0, &name), cell, role)));
        }
    }
    found
}

/// What a form says, by what it means; times in milliseconds.
pub fn meanings(operation: &'static Operation, values: &Values) -> Vec<(Role, String)> {
    let said = meaningful(&operation.form).into_iter().map(|(name, field, role)| {
        let text = values.get(&name);
        let seconds = matches!(field.kind, Kind::Seconds) && !text.trim().is_empty();
        (role, if seconds { format!("{}000", text.trim()) } else { text.to_owned() })
    });
    said.filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// The operation of `vendor` for the same verb that can take over the most.
pub fn counterpart(
    operation: &Operation,
    meanings: &[(Role, String)],
    vendor: &'static Vendor,
) -> Option<&'static Operation> {
    let same = vendor.operations.iter().copied().filter(|other| other.verb == operation.verb);
    let taken = |other: &&'static Operation| taken_over(other, meanings).iter().count();
    // Of several with the same, the first that is offered.
    same.rev().max_by_key(taken)
}

/// The texts an operation's form takes over. One receiver fills a list, the first of a list fills one.
pub fn taken_over(operation: &'static Operation, meanings: &[(Role, String)]) -> Values {
    let said = |role: Role| meanings.iter().find(|(known, _)| *known == role).map(|(_, text)| text.as_str());
    let first = |text: &str| text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").to_owned();
    let text = |role: Role| match role {
        Role::Receiver => said(role).map(str::to_owned).or_else(|| said(Role::Receivers).map(first)),
        Role::Receivers => said(role).or_else(|| said(Role::Receiver)).map(str::to_owned),
        Role::Sender | Role::Group | Role::Owner | Role::Text | Role::From | Role::Until => {
            said(role).map(str::to_owned)
        }
    };
    let fields = meaningful(&operation.form).into_iter();
    fields
        .filter_map(|(name, field, role)| {
            let text = text(role)?;
            let seconds = matches!(field.kind, Kind::Seconds);
            Some((name, if seconds { text.get(..text.len().checked_sub(3)?)?.to_owned() } else { text }))
        })
        .collect()
}

/// The words of a text message in a form's texts; empty when there are none.
pub fn words(operation: &'static Operation, values: &Values) -> String {
    let texts = meanings(operation, values).into_iter().filter(|(role, _)| *role == Role::Text);
    texts.map(|(_, text)| text).collect::<Vec<_>>().join("\n")
}
