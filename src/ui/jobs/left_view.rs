//! Rows of a list that nothing is done about: what an earlier job did, and what is wrong where a person wants to go on without it.

use std::sync::Arc;

use leptos::prelude::*;

use super::creation::Creation;
use super::dry::Dry;
use super::files;
use super::new_page::shared;
use super::slices::Slices;
use crate::domain::batch::build::Builder;
use crate::domain::batch::trouble::Trouble;
use crate::domain::job::item::State;
use crate::domain::job::results::{Header, Outcome};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, el, fixed, nothing};
use crate::ui::form_state::FormState;
use crate::ui::parts::{Button, actions, paragraph, say};
use crate::words::{Language, jobs as words};

/// The box that has rows done again which an earlier job did.
pub(super) fn done_too_view(desk: Desk, making: Creation) -> AnyView {
    let done_too = el("input")
        .id("list-done-too")
        .attr("type", "checkbox")
        .prop_flag("checked", move || making.done_too.get())
        .on("change", move |event| making.done_too.set(event_target_checked(&event)));
    el("label").child(done_too.view()).space().text(say(desk, words::DONE_TOO)).view()
}

/// What a dry run leaves out, and the way to go on without the rows that are wrong, or to keep them for later.
pub(super) fn left_out_view(desk: Desk, form: FormState, making: Creation, dry: &Arc<Dry>) -> AnyView {
    let said = |id: &'static str, words, count: usize| {
        let said = fixed(desk.fill(words, &[("count", &count.to_string())]));
        (count > 0).then(|| el("p").id(id).class("notice").text(said).view())
    };
    let done = said("left-done", words::LEFT_DONE, dry.passed);
    if dry.wrong.is_empty() {
        return done.unwrap_or_else(nothing);
    }
    let leaves = dry.recipe.left_out.wrong;
    let wrong = said("left-wrong", words::LEFT_WRONG, dry.wrong.len()).filter(|_| leaves);
    let judged = dry.clone();
    let turn = move || {
        // What was changed since is asked about anew.
        let agreed = untrack(|| making.is_fresh(&judged, shared(form)));
        making.leaves_wrong.set(!leaves && agreed);
        making.check(untrack(|| shared(form)));
    };
    let label = match leaves {
        true => say(desk, words::TAKE_IN),
        false => fixed(desk.fill(words::LEAVE_OUT, &[("count", &dry.wrong.len().to_string())])),
    };
    let own = dry.clone();
    let save = move || {
        let (own, language) = (own.clone(), desk.language.get_untracked());
        browser::spawn(async move {
            let name = format!("{}-rows.csv", making.operation.id);
            files::save(&name, "text/csv;charset=utf-8", &wrong_rows(&own, language).await);
        });
    };
    let buttons = vec![
        Button::new("button", label, turn).id("leave-wrong").view(),
        Button::new("quiet", say(desk, words::SAVE_WRONG), save).id("save-wrong").view(),
    ];
    let hint = paragraph("hint", say(desk, words::SAVE_WRONG_HINT));
    all(done.into_iter().chain(wrong).chain([actions(buttons), hint]).collect())
}

/// The rows that are wrong as a list to mend: their own cells, why, and their number. Each is judged once more, for what is said of a
/// cause is said of its first row.
async fn wrong_rows(dry: &Dry, language: Language) -> Vec<String> {
    let (sheet, now) = (&dry.sheet, browser::now());
    let header = Header::new(sheet.names.iter().map(String::as_str));
    let mut builder = Builder::new(dry.recipe.clone(), sheet.table.clone(), now);
    let mut parts = vec![header.csv()];
    let mut slices = Slices::new();
    while let Some((at, troubles)) = builder.reasons(now) {
        if slices.is_over() {
            slices.rest().await;
        }
        if troubles.is_empty() {
            continue;
        }
        let said = |trouble: &Trouble| {
            let [chinese, english] = &trouble.says;
            if language == Language::Chinese { chinese.clone() } else { english.clone() }
        };
        let why = troubles.iter().map(said).collect::<Vec<_>>().join(" ");
        let outcome = Outcome {
            state: State::Planned,
            code: "",
            reason: &why,
            advice: "",
            message_id: "",
            at: None,
            attempts: 0,
            http: "",
            left: None,
            key: &sheet.table.number(at).to_string(),
        };
        parts.push(header.csv_row(&sheet.table.row(at), &outcome));
    }
    parts
}
