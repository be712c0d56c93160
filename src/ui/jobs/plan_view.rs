//! What a dry run found: what is wrong, how many requests, how long, and three of them exactly as they will go.

use std::sync::Arc;

use leptos::prelude::*;

use super::creation::Creation;
use super::dry::Dry;
use super::left_view::left_out_view;
use super::list_page::standing;
use super::new_page::shared;
use super::slices::soon;
use super::{files, state};
use crate::domain::batch::keep::{Body, Head};
use crate::domain::batch::request::SAMPLE;
use crate::domain::batch::texts::Personal;
use crate::domain::batch::trouble::Trouble;
use crate::domain::caution::Stage;
use crate::domain::field::Field;
use crate::domain::job::item::Counts;
use crate::domain::job::pace::{Counted, Limit, Pace};
use crate::domain::job::settings::Settings;
use crate::domain::request::Request;
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{El, all, derived, el, fixed, live, nothing};
use crate::ui::form_state::FormState;
use crate::ui::parts::{Button, actions, bytes, card, heading, link, paragraph, problem_line, say};
use crate::ui::preview::scope_view;
use crate::ui::route::Route;
use crate::words::{Language, Words, jobs as words};

/// How many rows of a cause are named.
const NAMED: usize = 12;
/// How much of a request's body is shown.
const SHOWN: usize = 4_000;
/// So long ago an earlier announcement to the same list is worth a word, in milliseconds.
const DAY: u64 = 24 * 3_600 * 1_000;

/// A span of time in words.
pub(super) fn span_words(desk: Desk, milliseconds: u64) -> String {
    let seconds = milliseconds.div_ceil(1_000);
    let (words, number) = match seconds {
        0..=99 => (words::SECONDS, seconds),
        100..=5_999 => (words::MINUTES, seconds.div_ceil(60)),
        _ => (words::HOURS, seconds.div_ceil(3_600)),
    };
    desk.fill(words, &[("count", &number.to_string())])
}

/// A limit in words.
pub(super) fn limit_words(desk: Desk, limit: Limit) -> String {
    let words = match limit.counted {
        Counted::Requests => words::AT_MOST_REQUESTS,
        Counted::Items => words::AT_MOST_ITEMS,
    };
    desk.fill(words, &[("most", &limit.most.to_string())])
}

/// What the dry run found.
pub(super) fn dry_view(desk: Desk, form: FormState, making: Creation, dry: Arc<Dry>) -> AnyView {
    let stops = dry.troubles.iter().any(|trouble| trouble.stops);
    let mut parts = vec![heading(desk, words::DRY_RUN_RESULT)];
    let (entries, requests) = (dry.batch.entries.len(), dry.requests);
    if entries > 0 {
        let plan = move || {
            let pace = Pace::new(&making.settings().map(|settings| settings.limits).unwrap_or_default(), 0);
            let items = u32::try_from(entries).unwrap_or(u32::MAX);
            let facts = [
                ("items", entries.to_string()),
                ("requests", requests.to_string()),
                ("span", span_words(desk, pace.span(requests, items))),
                ("limit", pace.binding(requests, items).map(|it| limit_words(desk, it)).unwrap_or_default()),
            ];
            let facts: Vec<_> = facts.iter().map(|(name, fact)| (*name, fact.as_str())).collect();
            el("p").id("plan").class("scope").text(fixed(desk.fill(words::PLAN, &facts))).view()
        };
        parts.push(live(plan));
    }
    if !dry.merged.is_empty() {
        let rows = dry.merged.iter().take(NAMED);
        let rows: Vec<_> = rows.map(|(row, first)| format!("{row} = {first}")).collect();
        let facts = [("count", dry.merged.len().to_string()), ("rows", rows.join(", "))];
        let facts: Vec<_> = facts.iter().map(|(name, fact)| (*name, fact.as_str())).collect();
        parts.push(el("p").id("merged").class("notice").text(fixed(desk.fill(words::MERGED, &facts))).view());
    }
    parts.push(troubles_view(desk, "troubles", &dry.troubles));
    parts.push(left_out_view(desk, form, making, &dry));
    if !dry.texts.is_empty() {
        parts.push(texts_view(desk, &dry.texts));
    }
    if stops {
        parts.push(paragraph("problem", say(desk, words::MEND_FIRST)));
    } else {
        let shown = dry.clone();
        parts.push(soon(move || samples_view(desk, making, &shown)));
        parts.push(soon(move || create_view(desk, form, making, &dry)));
    }
    el("section").class("card result").id("dry-run").attr("tabindex", "-1").children(parts).view()
}

/// What is wrong, by cause, with the rows as the spreadsheet shows them.
pub(super) fn troubles_view(desk: Desk, id: &'static str, troubles: &[Trouble]) -> AnyView {
    let language = desk.language.get();
    let line = |trouble: &Trouble| {
        let [chinese, english] = &trouble.says;
        let said = if language == Language::Chinese { chinese } else { english };
        let said = if trouble.left_out { &desk.fill(words::LEFT_OUT, &[("why", said)]) } else { said };
        let mut rows: Vec<_> = trouble.rows.iter().take(NAMED).map(u32::to_string).collect();
        if trouble.count > rows.len() {
            rows.push("…".to_owned());
        }
        let facts = [("count", &*trouble.count.to_string()), ("rows", &*rows.join(", "))];
        let place = if trouble.count == 0 { String::new() } else { desk.fill(words::TROUBLE_ROWS, &facts) };
        let class = if trouble.stops { "problem" } else { "notice" };
        problem_line(class, trouble.rule, fixed(format!("{said} {place}")))
    };
    el("div").id(id).children(troubles.iter().map(line)).view()
}

/// What personalised texts become in the first rows.
fn texts_view(desk: Desk, texts: &[Personal]) -> AnyView {
    let each = |personal: &Personal| {
        let label = personal.label.text(desk.language.get());
        let facts = [("row", &*personal.row.to_string()), ("about", &*personal.about), ("label", label)];
        let title = desk.fill(words::FIRST_TEXT, &facts);
        let text = match personal.text.as_str() {
            "" => fixed(desk.fill(words::TEXT_EMPTY, &[])),
            text => fixed(text),
        };
        let names: Vec<_> = personal.empty.iter().map(|name| format!("“{name}”")).collect();
        let empty = (!names.is_empty()).then(|| {
            paragraph("notice", fixed(desk.fill(words::CELLS_EMPTY, &[("names", &names.join(" "))])))
        });
        let parts = [paragraph("hint", fixed(title.as_str())), bytes(fixed(title), text)];
        El::view(el("div").children(parts.into_iter().chain(empty)))
    };
    el("section")
        .id("first-texts")
        .child(el("h3").text(say(desk, words::FIRST_TEXTS)).view())
        .children(texts.iter().map(each))
        .view()
}

/// The first request, a random one and the last, from the very function that makes them when they are sent.
fn samples_view(desk: Desk, making: Creation, dry: &Dry) -> AnyView {
    let Some(way) = desk.way_of(making.operation) else {
        return card(vec![link(Route::Connection.print(), say(desk, crate::words::desk::WAITS_CONNECTION))]);
    };
    let titles: &[Words] = match dry.samples.len() {
        1 => &[words::SAMPLE_FIRST],
        2 => &[words::SAMPLE_FIRST, words::SAMPLE_LAST],
        _ => &[words::SAMPLE_FIRST, words::SAMPLE_RANDOM, words::SAMPLE_LAST],
    };
    let sample = |(title, items): (&Words, &Vec<u32>)| {
        let request = way.connection.request_of(&dry.batch, items, SAMPLE, browser::now());
        match request {
            Ok(request) => {
                let drawn = dry.batch.drawn(way.connection.vendor(), items);
                sample_view(desk, *title, &request, &drawn)
            }
            Err(reason) => {
                let [chinese, english] = reason.why;
                let said = if desk.language.get() == Language::Chinese { chinese } else { english };
                paragraph("problem", fixed(said))
            }
        }
    };
    all(titles.iter().zip(&dry.samples).map(sample).collect())
}

/// A request as it will go: what is drawn only then is named, and what is too long to show can be had as a file.
fn sample_view(desk: Desk, title: Words, request: &Request, drawn: &[&Field]) -> AnyView {
    let whole = format!("{} {}\n{}", request.method().as_str(), request.url(), request.body().unwrap_or(""));
    let length = whole.chars().count();
    let beginning = whole.chars().take(SHOWN);
    let shown = if length > SHOWN { beginning.chain(['…']).collect() } else { whole.clone() };
    let names: Vec<_> = drawn.iter().map(|field| field.name).collect();
    let drawn = (!names.is_empty())
        .then(|| paragraph("hint", fixed(desk.fill(words::DRAWN_LATER, &[("fields", &names.join(", "))]))));
    let cut = (length > SHOWN).then(|| {
        let facts = [("shown", &*SHOWN.to_string()), ("count", &*length.to_string())];
        let save =
            move || files::save("request.txt", "text/plain;charset=utf-8", std::slice::from_ref(&whole));
        all(vec![
            paragraph("hint", fixed(desk.fill(words::SAMPLE_CUT, &facts))),
            actions(vec![Button::new("button", say(desk, words::SAMPLE_SAVE), save).view()]),
        ])
    });
    el("details")
        .class("details sample")
        .child(el("summary").text(say(desk, title)).view())
        .child(scope_view(desk, &(request.valid().operation().scope)(request.valid())))
        .children(drawn)
        .child(bytes(say(desk, title), fixed(shown)))
        .children(cut)
        .view()
}

fn create_view(desk: Desk, form: FormState, making: Creation, dry: &Arc<Dry>) -> AnyView {
    if !making.is_fresh(dry, shared(form)) {
        return paragraph("notice", say(desk, words::STALE));
    }
    let Some(settings) = making.settings() else {
        return paragraph("problem", say(desk, words::BAD_NUMBERS));
    };
    let Some(way) = desk.way_of(making.operation) else { return nothing() };
    let (same, others): (Vec<_>, Vec<_>) =
        dry.earlier.iter().filter(|head| way.is_app_of(&head.account)).partition(|it| it.input == dry.input);
    let others: Vec<_> = others.into_iter().filter(|head| is_other_text(making, head)).collect();
    // One that never began told nobody anything.
    let told = others.iter().find(|head| head.counts.total() > head.counts.planned);
    let other_text = told.or_else(|| others.first()).map(|head| Head::clone(head));
    let earlier = same.first().map(|head| Head::clone(head));
    let earlier = earlier.or_else(|| making.meanwhile.get());
    if let Some(head) = earlier.filter(|_| !making.again.get()) {
        return repeat_view(desk, making, &head);
    }
    let fault = RwSignal::new(false);
    let pressed = RwSignal::new(false);
    let dry = dry.clone();
    let (account, practice) = (way.account(), way.stage == Stage::Practice);
    let taken = making.taken.get();
    let oldest = taken.as_ref().and_then(|taken| taken.oldest);
    let create = move |then: Then| {
        // Pressed twice, it is made once.
        if pressed.get_untracked() {
            return;
        }
        pressed.set(true);
        let head = Head {
            id: browser::random_hex(),
            operation: making.operation.id.to_owned(),
            account: account.clone(),
            practice,
            input: dry.input.clone(),
            created: u64::try_from(browser::now()).unwrap_or_default(),
            oldest,
            counts: Counts {
                planned: u32::try_from(dry.batch.entries.len()).unwrap_or_default(),
                ..Counts::default()
            },
            closed: None,
        };
        let body = Body { batch: dry.batch.clone(), settings: Settings::clone(&settings) };
        keep(form, making, head, body, then, Answer { pressed, fault });
    };
    let begin = create.clone();
    let what = making.operation.short;
    let label = derived(move || desk.fill(words::START_WHAT, &[("what", what.text(desk.language.get()))]));
    let mut buttons = vec![
        Button::new("button danger", label, move || begin(Then::Asks)).id("job-create-start").view(),
        Button::new("button", say(desk, words::CREATE), move || create(Then::Waits)).id("job-create").view(),
    ];
    buttons.push(el("span").class("hint").text(say(desk, words::CREATE_HINT)).view());
    let failed =
        move || if fault.get() { paragraph("problem", say(desk, words::NOT_KEPT)) } else { nothing() };
    let other_text = other_text.map(|head| {
        el("div").id("job-other-text").children(told_of(desk, "notice", words::SAME_LIST, &head)).view()
    });
    all(other_text.into_iter().chain([actions(buttons), live(failed)]).collect())
}

/// Whether an earlier job did the same to the same list within a day, with another text: most likely this is its correction.
fn is_other_text(making: Creation, head: &Head) -> bool {
    head.operation == making.operation.id && head.created.saturating_add(DAY) > state::now()
}

/// What is said of an earlier job, and the way to it.
fn told_of(desk: Desk, class: &'static str, says: Words, head: &Head) -> [AnyView; 2] {
    let facts = [
        ("when", browser::readable_time(&head.created.to_string()).unwrap_or_default()),
        ("how", standing(desk, head).1.text(desk.language.get()).to_owned()),
        ("done", (head.counts.sent + head.counts.marked).to_string()),
        ("total", head.counts.total().to_string()),
    ];
    let facts = facts.each_ref().map(|(name, fact)| (*name, fact.as_str()));
    let look = link(Route::Jobs(head.id.clone()).print(), say(desk, words::SAME_LOOK));
    [paragraph(class, fixed(desk.fill(says, &facts))), look]
}

/// The same list with the same texts went before: says when and how that ended, and asks.
fn repeat_view(desk: Desk, making: Creation, head: &Head) -> AnyView {
    let again = move || making.again.set(true);
    let [told, look] = told_of(desk, "problem", words::SAME_AGAIN, head);
    let again = Button::new("button", say(desk, words::SAME_ANYWAY), again).id("job-again").view();
    let parts = [told, actions(vec![look, again])];
    el("div").id("job-repeat").attr("role", "alert").children(parts).view()
}

/// What comes after a job was made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// Its page.
    Waits,
    /// Its page, with the question that begins it.
    Asks,
}

/// What became of a press.
#[derive(Clone, Copy)]
struct Answer {
    /// Whether it is being done, or was.
    pressed: RwSignal<bool>,
    /// Whether it failed.
    fault: RwSignal<bool>,
}

fn keep(form: FormState, making: Creation, head: Head, body: Body, then: Then, answer: Answer) {
    browser::spawn(async move {
        if making.is_repeated(&head.input).await {
            let _ = answer.pressed.try_set(false);
            browser::focus_soon("job-again");
            return;
        }
        match state::create(&head, &body.encode(), &[]).await {
            Ok(()) => {
                form.keep_in_a_job();
                making.forget();
                if then == Then::Asks {
                    state::begin(&head.id);
                }
                browser::set_hash(&Route::Jobs(head.id).print());
            }
            Err(_) => {
                let _ = answer.fault.try_set(true);
                let _ = answer.pressed.try_set(false);
            }
        }
    });
}
