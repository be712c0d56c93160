//! The result in four parts: conclusion, cause, next step, details; per receiver where the act had several.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::desk::{Act, Desk};
use super::el::{all, derived, el, fixed, live};
use super::parts::{Button, actions, bytes, heading, paragraph, say, span, status};
use super::preview::{copy_button, scope_text};
use super::proof::Proving;
use super::route::Route;
use crate::domain::operation::{Follow, Proof, Verb};
use crate::domain::outcome::{Outcome, ReceiverEnding, ReceiverOutcome, Repeat, Verdict};
use crate::words::{Words, desk as words, doctor, outcome as said};

/// A verdict's words.
pub(crate) fn verdict_words(verdict: Verdict) -> Words {
    match verdict {
        Verdict::NotSent => said::VERDICT_NOT_SENT,
        Verdict::Refused => said::VERDICT_REFUSED,
        Verdict::Accepted => said::VERDICT_ACCEPTED,
        Verdict::Partial => said::VERDICT_PARTIAL,
        Verdict::Unknown => said::VERDICT_UNKNOWN,
    }
}

/// A verdict's name, for tests and host scripts.
const fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotSent => "not_sent",
        Verdict::Refused => "refused",
        Verdict::Accepted => "accepted",
        Verdict::Partial => "partial",
        Verdict::Unknown => "unknown",
    }
}

/// A verdict's class; its word and its mark say the same without colour.
pub(crate) fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotSent | Verdict::Refused => "pill no",
        Verdict::Accepted => "pill ok",
        Verdict::Partial => "pill warn",
        Verdict::Unknown => "pill dim",
    }
}

const fn repeat_words(repeat: Repeat) -> Words {
    match repeat {
        Repeat::Useless => said::REPEAT_USELESS,
        Repeat::AfterFix => said::REPEAT_AFTER_FIX,
        Repeat::Later => said::REPEAT_LATER,
        Repeat::AfterRenewal => said::REPEAT_AFTER_RENEWAL,
        Repeat::Dangerous => said::REPEAT_DANGEROUS,
        Repeat::OnlyTheRest => said::REPEAT_ONLY_THE_REST,
        Repeat::Done => said::REPEAT_DONE,
    }
}

/// The result of an act.
pub(crate) fn result_view(desk: Desk, place: usize, act: &Arc<Act>) -> AnyView {
    let outcome = &act.outcome;
    let advice = outcome.advice;
    let conclusion =
        el("dd").child(standing(desk, place, outcome.verdict)).space().text(say(desk, advice.meaning));
    let next = el("dd").text(say(desk, advice.next)).space().text(say(desk, repeat_words(advice.repeat)));
    let four = el("dl")
        .child(term(desk, words::CONCLUSION))
        .child(conclusion.view())
        .child(term(desk, words::CAUSE))
        .child(el("dd").text(say(desk, advice.cause)).view())
        .child(term(desk, words::NEXT))
        .child(next.view());
    let about = {
        let act = act.clone();
        derived(move || scope_text(desk, &act.scope))
    };
    let mut parts = vec![heading(desk, words::RESULT), paragraph("scope", about), four.view()];
    parts.extend(write_back(desk, act));
    parts.extend(find_out_why(desk, act));
    if outcome.receivers.is_empty() {
        parts.push(actions(act.follows.iter().map(|follow| follow_button(desk, follow.clone())).collect()));
    } else {
        parts.extend(receivers(desk, act));
    }
    let details = {
        let act = act.clone();
        derived(move || details_text(desk, &act))
    };
    let summary = el("summary").text(say(desk, words::DETAILS)).view();
    let copy = actions(copy_button(desk, words::COPY_DETAILS, details));
    parts.push(
        el("details")
            .class("details")
            .children([summary, bytes(say(desk, words::DETAILS), details), copy])
            .view(),
    );
    let verdict = verdict_words(outcome.verdict);
    let label = Signal::derive(move || {
        let verdict = verdict.text(desk.language.get());
        Some(desk.fill(words::RESULT_IS, &[("verdict", verdict)]))
    });
    el("section")
        .class("card result")
        .id("result")
        .attr("tabindex", "-1")
        .attr_live("aria-label", label)
        .attr("data-verdict", verdict_name(outcome.verdict))
        .children(parts)
        .view()
}

/// The verdict; of an accepted act that can be proved, what looking the message up has shown so far.
pub(crate) fn standing(desk: Desk, place: usize, verdict: Verdict) -> AnyView {
    let proof = Memo::new(move |_| desk.acts.with(|acts| acts.get(place).map(|act| act.proof)));
    live(move || {
        let plain = || span(verdict_class(verdict), say(desk, verdict_words(verdict)));
        let Some((said, class, name)) = proof.get().and_then(Proving::said) else { return plain() };
        let pill = el("span").class(class).attr("role", "status").attr("data-proof", name);
        let pill = pill.text(say(desk, said)).view();
        match (verdict, proof.get()) {
            (Verdict::Accepted, _) => pill,
            // An unknown outcome that could not be checked stays what it is.
            (_, Some(Proving::Done(Proof::Open))) => plain(),
            _ => all(vec![plain(), " ".into_any(), pill]),
        }
    })
}

/// The way back from a change: the form filled with what the message said before.
fn write_back(desk: Desk, act: &Arc<Act>) -> Option<AnyView> {
    let message = act.about.clone().filter(|_| act.operation.verb == Verb::Modify)?;
    let changed = matches!(act.outcome.verdict, Verdict::Accepted | Verdict::Unknown);
    let operation = act.operation;
    let back = move || desk.open_about(operation, message.clone());
    let button = Button::new("button", say(desk, words::WRITE_BACK), back).id("write-back");
    changed.then(|| actions(vec![button.view()]))
}

/// The way to a test of the connection, when something other than the vendor kept the act from its answer.
fn find_out_why(desk: Desk, act: &Act) -> Option<AnyView> {
    let by_status = act.outcome.code.as_deref().is_some_and(|code| code.starts_with("HTTP "));
    let test = move || {
        desk.examine.set(true);
        browser::set_hash(&Route::Connection.print());
    };
    let button = Button::new("button", say(desk, doctor::FIND_OUT_WHY), test).id("find-out-why");
    (act.raw.is_none() || by_status).then(|| actions(vec![button.view()]))
}

/// The results of several requests, what needs a person first.
pub(crate) fn several_view(desk: Desk, places: &[usize], left_out: usize) -> AnyView {
    let mut acts: Vec<(usize, Arc<Act>)> = desk.acts.with_untracked(|acts| {
        places.iter().filter_map(|place| Some((*place, acts.get(*place)?.clone()))).collect()
    });
    acts.sort_by_key(|(_, act)| match act.outcome.verdict {
        Verdict::Unknown => 0,
        Verdict::Refused | Verdict::NotSent => 1,
        Verdict::Partial => 2,
        Verdict::Accepted => 3,
    });
    let of =
        |wanted: &[Verdict]| acts.iter().filter(|(_, act)| wanted.contains(&act.outcome.verdict)).count();
    let facts = [
        ("total", places.len() + left_out),
        ("accepted", of(&[Verdict::Accepted])),
        ("partial", of(&[Verdict::Partial])),
        ("refused", of(&[Verdict::Refused, Verdict::NotSent]) + left_out),
        ("unknown", of(&[Verdict::Unknown])),
    ]
    .map(|(name, count)| (name, count.to_string()));
    let counts = derived(move || {
        let facts: Vec<_> = facts.iter().map(|(name, count)| (*name, count.as_str())).collect();
        desk.fill(words::SEVERAL_COUNTS, &facts)
    });
    let line = |(place, act): &(usize, Arc<Act>)| {
        let about = act.clone();
        el("li")
            .attr("data-verdict", verdict_name(act.outcome.verdict))
            .child(standing(desk, *place, act.outcome.verdict))
            .space()
            .child(span("scope", derived(move || scope_text(desk, &about.scope))))
            .child(paragraph("hint", say(desk, act.outcome.advice.meaning)))
            .child(paragraph("hint", say(desk, act.outcome.advice.next)))
            .view()
    };
    let rest = (left_out > 0).then(|| {
        paragraph(
            "verdict no",
            fixed(desk.fill(words::SEVERAL_LEFT_OUT, &[("count", &left_out.to_string())])),
        )
    });
    let label = Signal::derive(move || Some(counts.get()));
    el("section")
        .class("card result")
        .id("result")
        .attr("tabindex", "-1")
        .attr_live("aria-label", label)
        .child(heading(desk, words::RESULT))
        .child(el("p").id("counts").text(counts).view())
        .children(rest)
        .child(el("ol").class("record").children(acts.iter().map(line)).view())
        .view()
}

fn term(desk: Desk, words: Words) -> AnyView {
    el("dt").text(say(desk, words)).view()
}

/// What a developer needs. There is no secret and no signature in it.
fn details_text(desk: Desk, act: &Act) -> String {
    let language = desk.language.get();
    let mut lines = vec![scope_text(desk, &act.scope)];
    let named = [
        (words::CODE, act.outcome.code.as_deref().unwrap_or_default()),
        (words::VENDOR_SAYS, &act.outcome.message),
        (words::TRACE, &act.trace),
        (words::ADDRESS, &act.request),
        (words::RAW, act.raw.as_deref().unwrap_or(words::NO_ANSWER.text(language))),
    ];
    let filled = named.iter().filter(|(_, text)| !text.is_empty());
    lines.extend(filled.map(|(label, text)| format!("{}: {text}", label.text(language))));
    lines.extend(act.outcome.facts.iter().map(|(name, text)| format!("{name}: {text}")));
    lines.join("\n")
}

/// A button that opens the next act, filled in.
pub(crate) fn follow_button(desk: Desk, follow: Follow) -> AnyView {
    let label = follow.label;
    let about = follow.about.clone();
    let spoken = derived(move || format!("{} {about}", label.text(desk.language.get())));
    let button =
        Button::new("button", say(desk, label), move || desk.open_filled(follow.operation, &follow.values));
    Button { spoken: Some(spoken), ..button }.view()
}

/// How many rows are alive at once.
const ROWS: usize = 100;

/// What needs a person first: unknown, then refused, then sent.
fn in_order(outcome: &Outcome) -> Vec<ReceiverOutcome> {
    let rank = |receiver: &ReceiverOutcome| match receiver.ending {
        ReceiverEnding::Unknown => 0,
        ReceiverEnding::Refused { .. } => 1,
        ReceiverEnding::Sent(_) => 2,
    };
    (0..=2)
        .flat_map(|place| outcome.receivers.iter().filter(move |receiver| rank(receiver) == place))
        .cloned()
        .collect()
}

fn receivers(desk: Desk, act: &Arc<Act>) -> Vec<AnyView> {
    let (sent, refused, unknown) = act.outcome.counts();
    let total = act.outcome.receivers.len();
    let from = RwSignal::new(0);
    let counts = derived(move || {
        let facts = [("total", total), ("sent", sent), ("refused", refused), ("unknown", unknown)];
        let facts = facts.map(|(name, count)| (name, count.to_string()));
        let facts: Vec<_> = facts.iter().map(|(name, count)| (*name, count.as_str())).collect();
        desk.fill(words::COUNTS, &facts)
    });
    let ids: String = act
        .outcome
        .receivers
        .iter()
        .filter_map(|receiver| match &receiver.ending {
            ReceiverEnding::Sent(message) => Some(format!("{}\t{}\n", receiver.receiver, message.id)),
            ReceiverEnding::Refused { .. } | ReceiverEnding::Unknown => None,
        })
        .collect();
    let rows = in_order(&act.outcome);
    let shown = {
        let act = act.clone();
        move || {
            all(rows.iter().skip(from.get()).take(ROWS).map(|receiver| row(desk, &act, receiver)).collect())
        }
    };
    let column = |label| el("th").attr("scope", "col").text(say(desk, label)).view();
    let columns = [words::RECEIVER, words::STATE, words::MESSAGE_ID, words::ACTIONS].map(column);
    let head = el("thead").child(el("tr").children(columns).view()).view();
    let table = el("table").child(head).child(el("tbody").live(shown).view()).view();
    let label = Signal::derive(move || Some(words::PER_RECEIVER.text(desk.language.get()).to_owned()));
    let region =
        el("div").class("table").attr("role", "region").attr("tabindex", "0").attr_live("aria-label", label);
    let mut parts = vec![
        el("h3").text(say(desk, words::PER_RECEIVER)).view(),
        el("p").id("counts").text(counts).view(),
        region.child(table).view(),
    ];
    if total > ROWS {
        let place = derived(move || {
            let (first, last) = (from.get() + 1, (from.get() + ROWS).min(total));
            let facts = [("from", first.to_string()), ("to", last.to_string()), ("total", total.to_string())];
            let facts: Vec<_> = facts.iter().map(|(name, count)| (*name, count.as_str())).collect();
            desk.fill(words::ROWS, &facts)
        });
        let back = move || from.update(|from| *from = from.saturating_sub(ROWS));
        let on = move || from.update(|from| *from = if *from + ROWS < total { *from + ROWS } else { *from });
        parts.push(actions(vec![
            Button::new("button", say(desk, words::PREVIOUS), back).waits(move || from.get() == 0).view(),
            Button::new("button", say(desk, words::NEXT_PAGE), on)
                .waits(move || from.get() + ROWS >= total)
                .view(),
            status("hint", place),
        ]));
    }
    if sent > 0 {
        parts.push(actions(copy_button(desk, words::COPY_IDS, fixed(ids))));
    }
    parts
}

fn row(desk: Desk, act: &Act, receiver: &ReceiverOutcome) -> AnyView {
    let language = desk.language.get();
    let (class, state, note, id) = match &receiver.ending {
        ReceiverEnding::Sent(message) => ("pill ok", words::SENT, String::new(), message.id.clone()),
        ReceiverEnding::Refused { code, message, advice } => {
            let known = advice
                .map(|advice| format!("{} · {}", advice.meaning.text(language), advice.next.text(language)));
            (
                "pill no",
                words::REFUSED,
                format!("{code} {message} {}", known.unwrap_or_default()),
                String::new(),
            )
        }
        ReceiverEnding::Unknown => {
            ("pill dim", words::UNKNOWN, words::UNKNOWN_RECEIVER.text(language).to_owned(), String::new())
        }
    };
    let follows = act.follows.iter().filter(|follow| follow.about == receiver.receiver).cloned();
    el("tr")
        .child(el("td").class("id").text(fixed(receiver.receiver.as_str())).view())
        .child(el("td").child(span(class, say(desk, state))).space().text(fixed(note)).view())
        .child(el("td").class("id").text(fixed(id)).view())
        .child(el("td").children(follows.map(|follow| follow_button(desk, follow))).view())
        .view()
}
