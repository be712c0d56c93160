//! The result in four parts: conclusion, cause, next step, details; per receiver where the act had several.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::{Act, Desk};
use super::preview::{copy_button, scope_text};
use crate::domain::outcome::{Outcome, ReceiverEnding, ReceiverOutcome, Repeat, Verdict};
use crate::words::{Words, desk as words, outcome as said};

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
        Repeat::Dangerous => said::REPEAT_DANGEROUS,
        Repeat::Done => said::REPEAT_DONE,
    }
}

/// The result of an act.
pub(crate) fn result_view(desk: Desk, act: Arc<Act>) -> AnyView {
    let outcome = &act.outcome;
    let advice = outcome.advice;
    let details = details_text(desk, &act);
    view! {
        <section class="card result" id="result" tabindex="-1" aria-label=desk.say(words::RESULT) data-verdict=format!("{:?}", outcome.verdict)>
            <h2>{desk.say(words::RESULT)}</h2>
            <dl>
                <dt>{desk.say(words::CONCLUSION)}</dt>
                <dd>
                    <span class=verdict_class(outcome.verdict)>{desk.say(verdict_words(outcome.verdict))}</span>
                    " "
                    {desk.say(advice.meaning)}
                </dd>
                <dt>{desk.say(words::CAUSE)}</dt>
                <dd>{desk.say(advice.cause)}</dd>
                <dt>{desk.say(words::NEXT)}</dt>
                <dd>{desk.say(advice.next)} " " {desk.say(repeat_words(advice.repeat))}</dd>
            </dl>
            {act.follows.iter().filter(|_| outcome.receivers.is_empty()).map(|follow| follow_button(desk, follow.clone())).collect_view()}
            {(!outcome.receivers.is_empty()).then(|| receivers(desk, act.clone()))}
            <details class="details">
                <summary>{desk.say(words::DETAILS)}</summary>
                <pre class="bytes" tabindex="0">{details.clone()}</pre>
                <div class="actions">{copy_button(desk, words::COPY_DETAILS, move || details.clone())}</div>
            </details>
        </section>
    }
    .into_any()
}

/// What a developer needs. There is no secret and no signature in it.
fn details_text(desk: Desk, act: &Act) -> String {
    let language = desk.language.get_untracked();
    let mut lines = vec![scope_text(desk, &act.scope)];
    let mut line = |label: Words, text: &str| {
        if !text.is_empty() {
            lines.push(format!("{}: {text}", label.text(language)));
        }
    };
    line(words::CODE, act.outcome.code.as_deref().unwrap_or_default());
    line(words::VENDOR_SAYS, &act.outcome.message);
    line(words::TRACE, &act.trace);
    line(words::ADDRESS, &act.request);
    for (name, text) in &act.outcome.facts {
        line(Words::new("", ""), &format!("{name} = {text}"));
    }
    line(words::RAW, act.raw.as_deref().unwrap_or(words::NO_ANSWER.text(language)));
    lines.join("\n")
}

fn follow_button(desk: Desk, follow: crate::domain::operation::Follow) -> AnyView {
    let label = follow.label;
    let about = follow.about.clone();
    view! {
        <button
            type="button"
            class="button"
            aria-label=move || format!("{} {about}", label.text(desk.language.get()))
            on:click=move |_| desk.open_filled(follow.operation, &follow.values)
        >
            {desk.say(label)}
        </button>
    }
    .into_any()
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
    let mut receivers = outcome.receivers.clone();
    receivers.sort_by_key(rank);
    receivers
}

fn receivers(desk: Desk, act: Arc<Act>) -> AnyView {
    let (sent, refused, unknown) = act.outcome.counts();
    let total = act.outcome.receivers.len();
    let rows = Arc::new(in_order(&act.outcome));
    let from = RwSignal::new(0);
    let counts = move || {
        let facts = [("total", total), ("sent", sent), ("refused", refused), ("unknown", unknown)]
            .map(|(name, count)| (name, count.to_string()));
        let facts: Vec<_> = facts.iter().map(|(name, count)| (*name, count.as_str())).collect();
        desk.fill(words::COUNTS, &facts)
    };
    let ids: String = act
        .outcome
        .receivers
        .iter()
        .filter_map(|receiver| match &receiver.ending {
            ReceiverEnding::Sent(message) => Some(format!("{}\t{}\n", receiver.receiver, message.id)),
            ReceiverEnding::Refused { .. } | ReceiverEnding::Unknown => None,
        })
        .collect();
    let shown = move || {
        let rows: Vec<_> = rows.iter().skip(from.get()).take(ROWS).cloned().collect();
        rows.into_iter().map(|receiver| row(desk, &act, receiver)).collect_view()
    };
    let place = move || {
        let (first, last) = (from.get() + 1, (from.get() + ROWS).min(total));
        desk.fill(
            words::ROWS,
            &[("from", &first.to_string()), ("to", &last.to_string()), ("total", &total.to_string())],
        )
    };
    view! {
        <h3>{desk.say(words::PER_RECEIVER)}</h3>
        <p id="counts">{counts}</p>
        <div class="table" role="region" tabindex="0" aria-label=desk.say(words::PER_RECEIVER)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{desk.say(words::RECEIVER)}</th>
                        <th scope="col">{desk.say(words::STATE)}</th>
                        <th scope="col">{desk.say(words::MESSAGE_ID)}</th>
                        <th scope="col">{desk.say(words::ACTIONS)}</th>
                    </tr>
                </thead>
                <tbody>{shown}</tbody>
            </table>
        </div>
        {(total > ROWS)
            .then(|| {
                view! {
                    <div class="actions">
                        <button
                            type="button"
                            class="button"
                            prop:disabled=move || from.get() == 0
                            on:click=move |_| from.update(|from| *from = from.saturating_sub(ROWS))
                        >
                            {desk.say(words::PREVIOUS)}
                        </button>
                        <button
                            type="button"
                            class="button"
                            prop:disabled=move || { from.get() + ROWS >= total }
                            on:click=move |_| from.update(|from| *from += ROWS)
                        >
                            {desk.say(words::NEXT_PAGE)}
                        </button>
                        <span class="hint" role="status">{place}</span>
                    </div>
                }
            })}
        {(sent > 0).then(|| view! { <div class="actions">{copy_button(desk, words::COPY_IDS, move || ids.clone())}</div> })}
    }
    .into_any()
}

fn row(desk: Desk, act: &Act, receiver: ReceiverOutcome) -> AnyView {
    let language = desk.language.get();
    let (class, state, note, id) = match receiver.ending {
        ReceiverEnding::Sent(message) => ("pill ok", words::SENT, String::new(), message.id),
        ReceiverEnding::Refused { code, message, advice } => {
            let known = advice
                .map(|advice| format!("{}。{}", advice.meaning.text(language), advice.next.text(language)));
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
    view! {
        <tr>
            <td class="id">{receiver.receiver.clone()}</td>
            <td>
                <span class=class>{state.text(language)}</span>
                " "
                {note}
            </td>
            <td class="id">{id}</td>
            <td>{follows.map(|follow| follow_button(desk, follow)).collect_view()}</td>
        </tr>
    }
    .into_any()
}
