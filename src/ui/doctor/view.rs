//! How a test looks: the sentence, what can be done about it, and the steps.

use leptos::prelude::*;

use super::super::browser;
use super::super::desk::Desk;
use super::super::el::{Text, all, derived, el, fixed};
use super::super::form_state::FormState;
use super::super::parts::{Button, actions, paragraph, say, span};
use super::super::preview::copy_button;
use super::{Report, Step};
use crate::domain::diagnosis::{Question, Remedy, Said};
use crate::domain::field::{Field, Kind};
use crate::domain::vendor::{ENDPOINT, PROXY, SIGNS, Vendor};
use crate::words::{Words, doctor as words};

/// A test, finished or under way. `again` repeats it; the form is the one where things can be changed.
pub(in crate::ui) fn report_view(
    desk: Desk,
    report: &Report,
    form: FormState,
    vendor: &'static Vendor,
    again: impl Fn() + 'static,
) -> AnyView {
    let mut parts = Vec::new();
    if let Some(said) = report.said() {
        parts.extend(verdict(desk, report, said));
        let mut buttons: Vec<_> = remedy(desk, said.remedy, form, vendor, again).into_iter().collect();
        if said.remedy != Remedy::Nothing {
            let report = report.clone();
            buttons.extend(copy_button(desk, words::FOR_IT, derived(move || report.for_it())));
        }
        parts.push(actions(buttons));
    }
    parts.push(steps(desk, report));
    all(parts)
}

fn verdict(desk: Desk, report: &Report, said: Said) -> Vec<AnyView> {
    let filled = |says: Words| -> Text {
        let report = report.clone();
        derived(move || report.fill(says, desk.language.get()))
    };
    let class = if said.remedy == Remedy::Nothing { "verdict ok" } else { "verdict no" };
    let sentence = el("p").class(class).attr("data-finding", said.code).text(filled(said.says)).view();
    let among = (said.among != Words::NONE).then(|| paragraph("hint", filled(said.among)));
    let clock = {
        let report = report.clone();
        report.clock(desk.language.get_untracked()).is_some().then(|| {
            let text = derived(move || report.clock(desk.language.get()).unwrap_or_default());
            paragraph("verdict warn", text)
        })
    };
    [Some(sentence), among, clock].into_iter().flatten().collect()
}

/// The one thing that can be done about it here.
fn remedy(
    desk: Desk,
    remedy: Remedy,
    form: FormState,
    vendor: &'static Vendor,
    again: impl Fn() + 'static,
) -> Option<AnyView> {
    let to = |label, field: Option<&'static Field>| {
        let field = field?;
        Some(Button::new("button", say(desk, label), move || form.focus(field.name)).view())
    };
    match remedy {
        Remedy::Nothing => None,
        Remedy::Again => Some(Button::new("button", say(desk, words::AGAIN), again).view()),
        Remedy::Proxy => to(words::TO_PROXY, Some(&PROXY)),
        Remedy::Region => {
            Some(Button::new("button", say(desk, words::TO_REGION), || browser::focus("region")).view())
        }
        Remedy::App => to(words::TO_APP, names(vendor).next()),
        Remedy::Secret => to(words::TO_SECRET, secret(form, vendor)),
        Remedy::Account => to(words::TO_ACCOUNT, names(vendor).last()),
    }
}

/// The fields that name the app, and who acts in it.
fn names(vendor: &'static Vendor) -> impl Iterator<Item = &'static Field> {
    let first = vendor.connection.groups.iter().take(1).flat_map(|group| group.fields).copied();
    first.filter(|field| {
        !matches!(field.kind, Kind::Secret) && ![ENDPOINT.name, PROXY.name, SIGNS.name].contains(&field.name)
    })
}

/// The secret that is filled in.
fn secret(form: FormState, vendor: &'static Vendor) -> Option<&'static Field> {
    let values = untrack(|| form.values());
    let mut secrets = vendor.connection.fields().filter(|field| matches!(field.kind, Kind::Secret));
    secrets.find(|field| !values.get(field.name).is_empty())
}

/// What was tried, and what came back.
fn steps(desk: Desk, report: &Report) -> AnyView {
    let report = report.clone();
    let list = move || all(report.steps(desk.language.get()).into_iter().map(step).collect());
    el("ol").id("test-steps").class("record").attr("aria-live", "off").live(list).view()
}

fn step(step: Step) -> AnyView {
    let (came, class, answer) = match step.answer {
        None => ("waiting", "pill dim", "…".to_owned()),
        Some((true, answer)) => ("yes", "pill ok", answer),
        Some((false, answer)) => ("no", "pill no", answer),
    };
    el("li")
        .attr("data-step", name(step.question))
        .attr("data-came", came)
        .text(fixed(step.ask))
        .space()
        .child(span(class, fixed(answer)))
        .view()
}

const fn name(question: Question) -> &'static str {
    match question {
        Question::Online => "online",
        Question::Scheme => "scheme",
        Question::Unsigned => "unsigned",
        Question::Plainly => "plainly",
        Question::Headers => "headers",
        Question::Anything => "anything",
        Question::Private => "private",
        Question::Methods => "methods",
        Question::Signed => "signed",
    }
}
