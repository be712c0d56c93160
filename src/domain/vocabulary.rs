//! One vocabulary for all clouds: what was typed for one and means the same for another is kept. Pure.

use super::draft::Values;
use super::field::Role;
use super::operation::Operation;
use super::vendor::Vendor;

/// What a form says, by what it means.
pub fn meanings(operation: &Operation, values: &Values) -> Vec<(Role, String)> {
    let fields = operation.form.fields().filter_map(|field| Some((field.role?, values.get(field.name))));
    fields.filter(|(_, text)| !text.trim().is_empty()).map(|(role, text)| (role, text.to_owned())).collect()
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
pub fn taken_over(operation: &Operation, meanings: &[(Role, String)]) -> Values {
    let said = |role: Role| meanings.iter().find(|(known, _)| *known == role).map(|(_, text)| text.as_str());
    let first = |text: &str| text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").to_owned();
    let text = |role: Role| match role {
        Role::Receiver => said(role).map(str::to_owned).or_else(|| said(Role::Receivers).map(first)),
        Role::Receivers => said(role).or_else(|| said(Role::Receiver)).map(str::to_owned),
        Role::Sender | Role::Group | Role::Text | Role::From | Role::Until => said(role).map(str::to_owned),
    };
    operation.form.fields().filter_map(|field| Some((field.name, text(field.role?)?))).collect()
}
