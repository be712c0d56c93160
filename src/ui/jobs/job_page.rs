//! A job's page: how far it is, what can be done with it, what is unknown, and its results as a file.

use std::rc::Rc;

use leptos::prelude::*;

use super::adjust_view::adjust_view;
use super::allowed::is_allowed;
use super::confirm::{Asked, Deed, dialog};
use super::countdown::{Leaving, leave, leaving_view};
use super::first_few::first_few_view;
use super::hand_over::{hand_over_view, keeping_view};
use super::progress_view::{progress_view, when};
use super::rows_view::rows_view;
use super::runner::{Runner, is_running};
use super::settings_view::settings_view;
use super::shown::{Elsewhere, Shown};
use super::state::with;
use super::stop::stop_view;
use super::unknowns::unknowns_view;
use super::{files, forgetful, recall, state};
use crate::domain::batch::keep::Head;
use crate::domain::job::engine::Progress;
use crate::domain::job::event::{Event, Phase};
use crate::domain::job::record::Which;
use crate::domain::job::results::{Header, Outcome};
use crate::domain::operation::Verb;
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, derived, el, fixed, live, nothing};
use crate::ui::parts::{Button, actions, card, heading, link, paragraph, say, status};
use crate::ui::route::Route;
use crate::words::{Language, Words, desk as said, jobs as words};

type Id = StoredValue<String>;

/// The page.
pub(super) fn job_page(desk: Desk, place: String) -> AnyView {
    let id = StoredValue::new(place);
    let opened: RwSignal<Option<Result<Shown, Words>>> = RwSignal::new(None);
    // Whether the page is still there to show it.
    let show = move |id: &str, runner: Result<Rc<Runner>, Words>| {
        let is_there = opened.try_set(Some(runner.map(|runner| runner.shown))).is_none();
        if !is_there {
            state::let_go(id);
        }
        is_there
    };
    let open = move || {
        let own = id.get_value();
        browser::spawn(async move {
            if show(&own, state::open(desk, &own).await) && desk.moved.get_untracked() {
                browser::focus_soon_if_lost("page-title");
            }
        });
    };
    let take_over = move || {
        let own = id.get_value();
        browser::spawn(async move {
            if show(&own, state::take_over(desk, &own).await) {
                browser::focus_soon_if_lost("job-phase");
            }
        });
    };
    id.with_value(|id| state::visit(id));
    open();
    on_cleanup(move || {
        if let Some(id) = id.try_get_value() {
            state::leave(&id);
            state::let_go(&id);
        }
    });
    all(vec![
        forgetful(desk),
        live(move || match opened.get() {
            None => paragraph("", say(desk, said::LOADING)),
            Some(Err(why)) => card(vec![
                el("h1").id("page-title").attr("tabindex", "-1").text(say(desk, why)).view(),
                link(Route::Jobs(String::new()).print(), say(desk, said::JOBS)),
            ]),
            Some(Ok(shown)) => opened_view(desk, id, shown, Callback::new(move |()| take_over())),
        }),
    ])
}

fn opened_view(desk: Desk, id: Id, shown: Shown, open: Callback<()>) -> AnyView {
    let facts = with(id, |runner| (runner.body.batch.operation, runner.head.clone()));
    let Some((operation, Head { created, account, oldest, .. })) = facts else { return nothing() };
    let title = derived(move || {
        let time = browser::readable_time(&created.to_string()).unwrap_or_default();
        format!("{} · {time}", operation.title.text(desk.language.get()))
    });
    let asked: RwSignal<Option<Asked>> = RwSignal::new(None);
    let leaving: Leaving = RwSignal::new(None);
    let ask = Callback::new(move |deed: Deed| {
        let Some(runner) = with(id, |runner| runner) else { return };
        browser::spawn(async move {
            shown.refusal.set(None);
            if !is_allowed(desk, &runner, &deed.clone().event()).await {
                return;
            }
            let way = untrack(|| desk.way_of(operation));
            match Asked::new(&runner, deed, way) {
                // The page may be gone by then.
                Ok(ask) => drop(asked.try_set(Some(ask))),
                Err(why) => shown.refusal.set(Some(why)),
            }
        });
    });
    let go = Callback::new(move |ask: Asked| leave(desk, id, leaving, ask));
    if id.with_value(|id| state::takes_begin(id)) {
        ask.run(Deed::Start);
    }
    // Another page has taken it meanwhile: what was asked here is not asked any more.
    let elsewhere = is_elsewhere(shown);
    Effect::new(move || {
        if elsewhere.get() {
            asked.set(None);
            leaving.set(None);
        }
    });
    let asking = move || asked.get().map_or_else(nothing, |ask| dialog(desk, asked, &ask, go));
    let head = el("header")
        .class("page-head")
        .child(el("h1").id("page-title").attr("tabindex", "-1").text(title).view())
        .child(paragraph("hint", fixed(account)))
        .children(
            oldest.map(|oldest| recall::window_view(desk, "job-window", operation, move || Some(oldest))),
        )
        .child(link(Route::Jobs(String::new()).print(), say(desk, said::JOBS)));
    all(vec![
        head.view(),
        progress_view(desk, id, shown),
        el("div").live(move || leaving_view(desk, id, leaving)).view(),
        deeds_view(desk, id, shown, ask, open),
        first_few_view(desk, id, shown),
        when(
            shown,
            |it| !matches!(it.phase, Phase::Elsewhere | Phase::HandedOver),
            move || unknowns_view(desk, id, shown, ask),
        ),
        adjust_view(desk, id, shown),
        rows_view(desk, id, shown),
        settings_view(desk, id),
        results_view(desk, id, shown),
        hand_over_view(desk, id, shown),
        keeping_view(desk),
        live(asking),
    ])
}

/// Whether another page has the job.
fn is_elsewhere(shown: Shown) -> Memo<bool> {
    Memo::new(move |_| shown.progress.with(|it| it.as_ref().is_some_and(|it| it.phase == Phase::Elsewhere)))
}

/// What can be done now.
fn deeds_view(desk: Desk, id: Id, shown: Shown, ask: Callback<Deed>, open: Callback<()>) -> AnyView {
    let feed = move |event: fn() -> Event| {
        move || {
            with(id, |runner| runner.feed(event()));
        }
    };
    // What lets requests leave takes no click made by a script.
    let prepare = move |event: fn() -> Event| {
        move |click: web_sys::Event| {
            if browser::is_trusted(&click) {
                with(id, |runner| runner.prepare(desk, event()));
            }
        }
    };
    let elsewhere = is_elsewhere(shown);
    let can_take = Memo::new(move |_| {
        // What it did there since is another state.
        shown.progress.track();
        let rests = || with(id, |runner| runner.rests()).unwrap_or_default();
        let free = shown.elsewhere.get() == Elsewhere::Free;
        elsewhere.get() && (free || rests())
    });
    let button = move |fits: fn(&Progress) -> bool,
                       make: fn(Desk) -> (&'static str, &'static str, Words),
                       act: Act| {
        when(shown, fits, move || {
            let (class, name, label) = make(desk);
            let button = match act {
                Act::Ask(deed) => Button::new(class, say(desk, label), move || ask.run(deed())),
                Act::Feed(event) => Button::new(class, say(desk, label), feed(event)),
                Act::Prepare(event) => Button::of_event(class, say(desk, label), prepare(event)),
            };
            button.id(name).view()
        })
    };
    actions(vec![
        button(
            |it| it.phase == Phase::Checked,
            |_| ("button danger", "job-start", words::START),
            Act::Ask(|| Deed::Start),
        ),
        button(
            |it| it.phase == Phase::Asking,
            |_| ("button danger", "job-approve", words::APPROVE),
            Act::Prepare(|| Event::Approved),
        ),
        button(
            |it| is_running(it.phase),
            |_| ("button do", "job-pause", words::PAUSE),
            Act::Feed(|| Event::Pause),
        ),
        button(
            |it| matches!(it.phase, Phase::Paused(_)),
            |_| ("button danger", "job-resume", words::RESUME),
            Act::Prepare(|| Event::Resume),
        ),
        stop_view(desk, id, shown),
        button(
            |it| {
                it.counts.rejected > 0
                    && !is_running(it.phase)
                    && !matches!(it.phase, Phase::Stopped | Phase::Elsewhere | Phase::HandedOver)
            },
            |_| ("button danger", "job-rerun", words::RERUN),
            Act::Ask(|| Deed::Rerun(Which::All)),
        ),
        live(move || match can_take.get() {
            true => {
                Button::new("button", say(desk, words::TAKE_OVER), move || open.run(())).id("job-open").view()
            }
            false => nothing(),
        }),
    ])
}

/// What a button does.
#[derive(Clone, Copy)]
enum Act {
    /// Asks for a confirmation.
    Ask(fn() -> Deed),
    /// Tells the job.
    Feed(fn() -> Event),
    /// Lets requests leave, of what was confirmed before.
    Prepare(fn() -> Event),
}

/// Results as files, the recall and the correction of all that was sent, and the end of the job's days.
fn results_view(desk: Desk, id: Id, shown: Shown) -> AnyView {
    let save = move |json: bool| {
        move || {
            with(id, |runner| {
                let parts = results(desk, &runner, json);
                let end = if json { "json" } else { "csv" };
                let name = format!("{}-{}.{end}", runner.head.operation, runner.head.created);
                files::save(&name, if json { "application/json" } else { "text/csv;charset=utf-8" }, &parts);
                runner.note_saved();
            });
        }
    };
    let waits = RwSignal::new(false);
    let take_back = move |verb| move || recall::take_back(desk, id, shown, waits, verb);
    // What can be done to the first that was sent can be done to the others.
    let can_correct = Memo::new(move |known: Option<&bool>| {
        let any = shown.progress.with(|it| it.as_ref().is_some_and(|it| it.counts.sent > 0));
        known.is_some_and(|known| *known)
            || any && with(id, |runner| recall::allows(desk, &runner, Verb::Modify)).unwrap_or_default()
    });
    let taking = move || match waits.get() {
        true => status("hint", say(desk, words::RECALL_WAITS)),
        false => nothing(),
    };
    let sure = RwSignal::new(false);
    let delete = move || {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        let own = id.get_value();
        browser::spawn(async move {
            if state::delete(&own).await.is_ok() {
                browser::set_hash(&Route::Jobs(String::new()).print());
            }
        });
    };
    let delete_label = derived(move || {
        let label = if sure.get() { words::DELETE_SURE } else { words::DELETE };
        label.text(desk.language.get()).to_owned()
    });
    let is_unsaved =
        Memo::new(move |_| with(id, |runner| runner.is_unsaved() && !runner.is_busy()).unwrap_or_default());
    let unsaved = move || {
        let told = el("p").id("job-unsaved").class("verdict warn").attr("role", "alert");
        if is_unsaved.get() { told.text(say(desk, words::UNSAVED)).view() } else { nothing() }
    };
    card(vec![
        heading(desk, words::RESULTS),
        live(unsaved),
        paragraph(
            "hint",
            derived(move || desk.fill(words::RESULTS_HINT, &[("days", &state::days(desk).to_string())])),
        ),
        actions(vec![
            Button::new("button", say(desk, words::SAVE_CSV), save(false)).id("job-csv").view(),
            Button::new("button", say(desk, words::SAVE_JSON), save(true)).id("job-json").view(),
            when(
                shown,
                |it| it.counts.sent > 0,
                move || {
                    let label = say(desk, words::RECALL_BATCH);
                    Button::new("button", label, take_back(Verb::Recall)).id("job-recall").view()
                },
            ),
            live(move || match can_correct.get() {
                true => {
                    let label = say(desk, words::CORRECT_BATCH);
                    Button::new("button", label, take_back(Verb::Modify)).id("job-correct").view()
                }
                false => nothing(),
            }),
            when(
                shown,
                |it| !is_running(it.phase) && it.counts.sending == 0 && it.phase != Phase::Elsewhere,
                move || Button::new("button", delete_label, delete).id("job-delete").view(),
            ),
        ]),
        live(taking),
        when(
            shown,
            |it| it.counts.sent > 0,
            move || match with(id, |runner| runner.body.batch.operation) {
                Some(operation) if operation.verb == Verb::Send => {
                    let oldest = move || with(id, |runner| runner.oldest()).flatten();
                    recall::window_view(desk, "job-window", operation, oldest)
                }
                _ => nothing(),
            },
        ),
    ])
}

fn results(desk: Desk, runner: &Runner, json: bool) -> Vec<String> {
    let batch = &runner.body.batch;
    let header = Header::new(batch.columns.iter().map(String::as_str));
    let at = usize::from(desk.language.get_untracked() == Language::English);
    let mut parts = vec![if json { "[".to_owned() } else { header.csv() }];
    runner.ledger(|ledger| {
        for ((item, known), entry) in ledger.items().iter().zip(batch.entries.iter()) {
            let reason = runner.reason(known.cause);
            let note = runner.note(item).unwrap_or_default();
            let times = runner.learnt.borrow().times(item);
            let key = format!("{}-{item}", runner.head.id);
            let said = |texts: &[String; 2]| texts.get(at).cloned().unwrap_or_default();
            let (why, advice) = (said(&reason.why), said(&reason.advice));
            let outcome = Outcome {
                state: known.state,
                code: &reason.code,
                reason: &why,
                advice: &advice,
                message_id: &note.message,
                at: runner.learnt.borrow().known_at(item, known.state),
                attempts: known.attempts,
                http: &reason.http,
                left: times.map(|times| times.left).filter(|_| known.attempts > 0),
                key: &key,
            };
            let cells = entry.cells;
            parts.push(if json {
                let comma = if parts.len() > 1 { "," } else { "" };
                format!("{comma}\n{}", header.json_row(&cells, &outcome))
            } else {
                header.csv_row(&cells, &outcome)
            });
        }
    });
    if json {
        parts.push("\n]\n".to_owned());
    }
    parts
}
