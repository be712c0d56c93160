//! How far a job is: its state, its counts, what failed by cause, and what is being announced.

use leptos::prelude::*;

use super::causes::causes_view;
use super::plan_view::{limit_words, span_words, troubles_view};
use super::shown::{Elsewhere, Shown};
use super::state;
use crate::domain::job::Millis;
use crate::domain::job::engine::Progress;
use crate::domain::job::event::{Notice, Phase};
use crate::domain::job::item::Counts;
use crate::domain::job::retry::Why;
use crate::domain::job::settings::AfterCanary;
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{El, Text, all, derived, el, fixed, live, nothing};
use crate::ui::parts::{paragraph, say};
use crate::words::{Words, jobs as words};

/// What is said of a phase that another page told by its name.
pub(super) fn told_phase(name: &str) -> Option<Words> {
    let phases = [
        Phase::Checked,
        Phase::Canary,
        Phase::Asking,
        Phase::Running,
        Phase::Held(0),
        Phase::Paused(Why::Person),
        Phase::Stopped,
        Phase::Done,
        Phase::DoneWithFailures,
        Phase::HandedOver,
    ];
    phases.into_iter().find(|phase| Phase::name(*phase) == name).map(phase_words)
}

const fn phase_words(phase: Phase) -> Words {
    match phase {
        Phase::Draft | Phase::Checked => words::PHASE_CHECKED,
        Phase::Canary => words::PHASE_CANARY,
        Phase::Asking => words::PHASE_ASKING,
        Phase::Running => words::PHASE_RUNNING,
        Phase::Held(_) => words::PHASE_HELD,
        Phase::Paused(why) => why_words(why),
        Phase::Stopped => words::PHASE_STOPPED,
        Phase::Done => words::PHASE_DONE,
        Phase::DoneWithFailures => words::PHASE_FAILURES,
        Phase::Elsewhere => words::PHASE_ELSEWHERE,
        Phase::HandedOver => words::PHASE_HANDED_OVER,
    }
}

const fn why_words(why: Why) -> Words {
    match why {
        Why::Person => words::WHY_PERSON,
        Why::Interrupted => words::WHY_INTERRUPTED,
        Why::Credentials => words::WHY_CREDENTIALS,
        Why::Blocked => words::WHY_BLOCKED,
        Why::SignIn => words::WHY_SIGN_IN,
        Why::Offline => words::WHY_OFFLINE,
        Why::Quota => words::WHY_QUOTA,
        Why::Limited => words::WHY_LIMITED,
        Why::Unreachable => words::WHY_UNREACHABLE,
        Why::Row => words::WHY_ROW,
        Why::Share => words::WHY_SHARE,
        Why::Storage => words::WHY_STORAGE,
        Why::Damaged => words::WHY_DAMAGED,
    }
}

/// The counts in one sentence; they sum to the total.
pub(super) fn counts_text(desk: Desk, counts: &Counts) -> String {
    let facts = [
        ("total", counts.total()),
        ("sent", counts.sent),
        ("rejected", counts.rejected),
        ("unknown", counts.unknown),
        ("marked", counts.marked),
        ("sending", counts.sending),
        ("planned", counts.planned),
    ]
    .map(|(name, count)| (name, count.to_string()));
    let facts: Vec<_> = facts.iter().map(|(name, count)| (*name, count.as_str())).collect();
    desk.fill(words::COUNTS, &facts)
}

/// The part of the page that follows the job.
pub(super) fn progress_view(desk: Desk, id: StoredValue<String>, shown: Shown) -> AnyView {
    let of = move |look: fn(&Progress) -> String| {
        Signal::derive(move || shown.progress.with(|progress| progress.as_ref().map(look)))
    };
    let text = move |look: fn(Desk, &Progress) -> String| -> Text {
        derived(move || {
            shown.progress.with(|progress| progress.as_ref().map(|it| look(desk, it)).unwrap_or_default())
        })
    };
    let counts = text(|desk, progress| counts_text(desk, &progress.counts));
    let pace = text(pace_text);
    let phase = derived(move || {
        let phase = shown.progress.with(|progress| progress.as_ref().map(|it| it.phase));
        phase.map(|phase| phase_text(desk, id, shown, phase)).unwrap_or_default()
    });
    let bar = el("progress")
        .attr("max", "100")
        .attr_live("value", of(|progress| progress.percent.to_string()))
        .attr("aria-label", words::PROGRESS.text(desk.language.get_untracked()));
    let number = |attribute: &'static str, look: fn(&Progress) -> String| (attribute, look);
    let mut section: El = el("section").class("card").id("job");
    for (name, look) in [
        number("data-phase", |progress| Phase::name(progress.phase).to_owned()),
        number("data-planned", |progress| progress.counts.planned.to_string()),
        number("data-sending", |progress| progress.counts.sending.to_string()),
        number("data-sent", |progress| progress.counts.sent.to_string()),
        number("data-rejected", |progress| progress.counts.rejected.to_string()),
        number("data-unknown", |progress| progress.counts.unknown.to_string()),
        number("data-marked", |progress| progress.counts.marked.to_string()),
    ] {
        section = section.attr_live(name, of(look));
    }
    // Made anew only when there is something else to say of what failed.
    let causes = Memo::new(move |_| {
        shown.progress.with(|progress| progress.as_ref().map(|it| it.causes.clone()).unwrap_or_default())
    });
    section
        .child(el("p").class("scope").id("job-phase").attr("tabindex", "-1").text(phase).view())
        .child(bar.view())
        .child(el("p").id("job-counts").text(counts).view())
        .child(paragraph("hint", pace))
        .child(when(
            shown,
            |it| matches!(it.phase, Phase::Checked | Phase::Canary),
            move || {
                let settings =
                    id.with_value(|id| state::runner(id)).map(|runner| runner.body.settings.clone());
                match settings.filter(|it| it.canary > 0 && it.after_canary == AfterCanary::GoesOn) {
                    Some(_) => paragraph("hint", say(desk, words::GOES_ON)),
                    None => nothing(),
                }
            },
        ))
        .live(move || refusal_view(desk, shown))
        .live(move || {
            let runner = id.with_value(|id| state::runner(id));
            runner.map_or_else(nothing, |runner| causes_view(desk, &runner, &causes.get()))
        })
        .child(el("p").class("hint").attr("role", "status").text(notice_text(desk, id, shown)).view())
        .view()
}

/// What is said of a phase; of a job that another page has, whether it runs it, with what that page tells.
fn phase_text(desk: Desk, id: StoredValue<String>, shown: Shown, phase: Phase) -> String {
    let language = desk.language.get();
    let own = match phase {
        Phase::Elsewhere => elsewhere_words(id),
        phase => phase_words(phase),
    };
    let own = own.text(language);
    match (phase, shown.elsewhere.get()) {
        (Phase::Elsewhere, Elsewhere::Free) => words::FREE.text(language).to_owned(),
        // What was told last may be older than what its ledger says.
        (Phase::Elsewhere, Elsewhere::Tells(words::PHASE_RUNNING | words::PHASE_CANARY))
            if own == words::OPEN_ELSEWHERE.text(language) =>
        {
            own.to_owned()
        }
        (Phase::Elsewhere, Elsewhere::Tells(there)) => {
            desk.fill(words::THERE, &[("own", own), ("there", there.text(language))])
        }
        (Phase::Held(until), _) => held_text(desk, until),
        _ => own.to_owned(),
    }
}

/// What is said of a job that another page has.
fn elsewhere_words(id: StoredValue<String>) -> Words {
    match state::with(id, |runner| runner.rests()).unwrap_or_default() {
        true => words::OPEN_ELSEWHERE,
        false => words::PHASE_ELSEWHERE,
    }
}

fn held_text(desk: Desk, until: Millis) -> String {
    let held = words::PHASE_HELD.text(desk.language.get());
    let time = browser::readable_time(&until.to_string()).unwrap_or_default();
    desk.fill(words::HELD_UNTIL, &[("held", held), ("time", &time)])
}

fn pace_text(desk: Desk, progress: &Progress) -> String {
    let running = matches!(progress.phase, Phase::Canary | Phase::Running | Phase::Held(_));
    if !running || progress.counts.planned == 0 {
        return String::new();
    }
    let left = span_words(desk, progress.time_left);
    let rate = progress.per_minute.map(|rate| rate.to_string()).unwrap_or_else(|| "…".to_owned());
    let limit = progress.limit.map(|limit| limit_words(desk, limit)).unwrap_or_default();
    desk.fill(
        words::PACE_NOW,
        &[("requests", &progress.requests.to_string()), ("left", &left), ("rate", &rate), ("limit", &limit)],
    )
}

fn refusal_view(desk: Desk, shown: Shown) -> AnyView {
    let refusal = shown.refusal.get().map(|words| paragraph("problem", say(desk, words)));
    let fault = shown
        .fault
        .get()
        .map(|why| paragraph("problem", fixed(desk.fill(words::NOT_WRITTEN, &[("why", &why)]))));
    let forbidden = shown.forbidden.get();
    let forbidden = (!forbidden.is_empty()).then(|| {
        let next = paragraph("problem", say(desk, words::FORBIDDEN_NEXT));
        all(vec![troubles_view(desk, "job-forbidden", &forbidden), next])
    });
    el("div").attr("role", "alert").children(refusal.into_iter().chain(fault).chain(forbidden)).view()
}

/// What a screen reader is told.
fn notice_text(desk: Desk, id: StoredValue<String>, shown: Shown) -> Text {
    derived(move || match shown.notice.get() {
        None => String::new(),
        Some(notice) => match notice {
            Notice::Started => words::TOLD_STARTED.text(desk.language.get()).to_owned(),
            Notice::Resumed => words::TOLD_RESUMED.text(desk.language.get()).to_owned(),
            Notice::Paused(why) => why_words(why).text(desk.language.get()).to_owned(),
            Notice::Held(until) => held_text(desk, until),
            Notice::Progress(percent) => {
                desk.fill(words::TOLD_PROGRESS, &[("percent", &percent.to_string())])
            }
            Notice::Slept(span) => desk.fill(words::TOLD_SLEPT, &[("span", &span_words(desk, span))]),
            Notice::Stopped => words::PHASE_STOPPED.text(desk.language.get()).to_owned(),
            Notice::Elsewhere => elsewhere_words(id).text(desk.language.get()).to_owned(),
        },
    })
}

/// A part that is shown while the job is in a fitting state; made anew only when that changes.
pub(super) fn when(
    shown: Shown,
    fits: fn(&Progress) -> bool,
    part: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let fits = Memo::new(move |_| shown.progress.with(|progress| progress.as_ref().is_some_and(fits)));
    live(move || if fits.get() { part() } else { nothing() })
}
