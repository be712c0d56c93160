//! All rows of a job, one by one: found by what became of them and by a text, with what is known of each. Made when it is opened,
//! and looked through in slices, so that the page stays awake with a million rows.

use std::ops::Range;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::runner::Runner;
use super::shown::Shown;
use super::slices::Slices;
use super::state::with;
use super::unknowns::{first_cells, table};
use crate::domain::batch::fitting::{Fitting, Question};
use crate::domain::job::event::Phase;
use crate::domain::job::item::{Counts, Item, State};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, derived, el, fixed, live, nothing};
use crate::ui::held::Made;
use crate::ui::parts::{Button, actions, card, labelled_input, paragraph, say, span};
use crate::words::{Language, Words, desk as said, jobs as words};

/// So many are shown at once.
const ROWS: usize = 50;
/// How long somebody types no more before the look begins, in milliseconds.
const QUIET: u32 = 300;
/// How often it is looked again which rows are in a state, in milliseconds.
const AGAIN: u32 = 2_000;
/// So many rows are looked at between two looks at the clock.
const STRETCH: u32 = 200;
/// The states that can be asked for, as they follow one another.
const STATES: [State; 6] =
    [State::Planned, State::Sending, State::Sent, State::Rejected, State::Unknown, State::MarkedSent];

type Id = StoredValue<String>;

/// What is said of a row in this state, and its look.
pub(super) const fn state_words(state: State) -> (&'static str, Words) {
    match state {
        State::Planned => ("", words::STATE_PLANNED),
        State::Sending => ("", words::STATE_SENDING),
        State::Sent => ("pill ok", words::STATE_SENT),
        State::Rejected => ("pill no", words::REJECTED),
        State::Unknown => ("pill dim", words::UNKNOWN),
        State::MarkedSent => ("pill dim", words::STATE_MARKED),
    }
}

/// The part of a job's page, closed.
pub(super) fn rows_view(desk: Desk, id: Id, shown: Shown) -> AnyView {
    let opened = RwSignal::new(false);
    let turned = move |event: web_sys::Event| {
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        opened.set(element.is_some_and(|element| element.has_attribute("open")));
    };
    card(vec![
        el("details")
            .id("job-rows")
            .on("toggle", turned)
            .child(el("summary").text(say(desk, words::ROWS_TITLE)).view())
            // What was asked for goes when it is closed, and nothing looks for it any more.
            .live(move || if opened.get() { opened_view(desk, id, shown) } else { nothing() })
            .view(),
    ])
}

/// What is asked for, and what was found.
#[derive(Clone, Copy)]
struct Rows {
    id: Id,
    /// How many rows there are.
    total: u32,
    state: RwSignal<String>,
    text: RwSignal<String>,
    /// The rows that fit, once that is known.
    found: RwSignal<Option<Fitting>>,
    /// How many were looked at.
    done: RwSignal<u32>,
    /// Where among them the page begins.
    from: RwSignal<usize>,
    turn: RwSignal<u32>,
}

/// What is known of a row that is shown.
#[derive(PartialEq)]
struct Known {
    item: u32,
    as_item: Item,
    message: String,
    at: Option<u64>,
}

fn opened_view(desk: Desk, id: Id, shown: Shown) -> AnyView {
    let total = with(id, |runner| runner.ledger(|ledger| ledger.items().counts().total()));
    let rows = Rows {
        id,
        total: total.unwrap_or_default(),
        state: RwSignal::new(String::new()),
        text: RwSignal::new(String::new()),
        found: RwSignal::new(None),
        done: RwSignal::new(0),
        from: RwSignal::new(0),
        turn: RwSignal::new(0),
    };
    // A job that is held runs, and goes on by itself.
    let phase = Memo::new(move |_| {
        let phase = shown.progress.with(|it| it.as_ref().map(|it| it.phase));
        phase.map(|phase| if matches!(phase, Phase::Held(_)) { Phase::Running } else { phase }.name())
    });
    Effect::new(move |before: Option<Question>| {
        phase.track();
        let question = rows.question();
        let is_new = before.as_ref() != Some(&question);
        if is_new {
            rows.from.set(0);
            rows.done.set(0);
            rows.found.set(None);
        }
        rows.seek(question.clone(), if is_new && question.asks_for_text() { QUIET } else { 0 });
        question
    });
    all(vec![
        paragraph("hint", say(desk, words::ROWS_HINT)),
        el("div")
            .class("fields")
            .child(state_view(desk, rows))
            .child(
                el("div")
                    .class("field half")
                    .children(labelled_input("rows-text", say(desk, words::ROWS_TEXT), rows.text))
                    .view(),
            )
            .view(),
        pages_view(desk, rows),
        found_view(desk, rows, shown),
    ])
}

impl Rows {
    /// What is asked for; followed.
    fn question(self) -> Question {
        let state = self.state.with(|name| STATES.into_iter().find(|state| state.name() == name));
        self.text.with(|text| Question::new(state, text))
    }

    /// Looks which rows fit, after so many milliseconds, and for nothing else any more; what was found before stands there until then.
    /// Where a state is asked for it looks again whenever some rows have changed theirs.
    fn seek(self, question: Question, wait: u32) {
        let turn = self.turn.get_untracked() + 1;
        self.turn.set(turn);
        if question.is_open() {
            return self.found.set(Some(Fitting::All(self.total)));
        }
        browser::spawn(async move {
            TimeoutFuture::new(wait).await;
            let mut counts = None;
            while self.is_current(turn) {
                let stand = with(self.id, |runner| counts_of(&runner));
                if stand != counts {
                    counts = stand;
                    let Some(items) = self.fitting(&question, turn).await else { return };
                    self.found.set(Some(Fitting::These(items)));
                }
                if !question.asks_for_state() {
                    return;
                }
                TimeoutFuture::new(AGAIN).await;
            }
        });
    }

    /// Whether somebody still waits for what this turn finds; the page may be gone.
    fn is_current(self, turn: u32) -> bool {
        self.turn.try_get_untracked() == Some(turn)
    }

    /// The rows that fit; none when nobody waits for them any more.
    async fn fitting(self, question: &Question, turn: u32) -> Option<Vec<u32>> {
        let runner = with(self.id, |runner| runner)?;
        let mut slices = Slices::new();
        let (mut items, mut done) = (Vec::new(), 0);
        while done < self.total {
            let end = done.saturating_add(STRETCH).min(self.total);
            items.extend(fitting_of(&runner, question, done..end));
            done = end;
            if slices.is_over() {
                let tells = slices.rest().await;
                if !self.is_current(turn) {
                    return None;
                }
                if tells {
                    self.done.set(done);
                }
            }
        }
        Some(items)
    }

    /// Another page, forward or back, of what fits by now.
    fn turn_page(self, forward: bool) {
        let Some((from, count)) = untrack(|| self.place()) else { return };
        let next = if forward { from + ROWS } else { from.saturating_sub(ROWS) };
        if next < count && next != from {
            self.from.set(next);
            let question = untrack(|| self.question());
            if !question.is_open() {
                self.seek(question, 0);
            }
        }
    }

    /// Where the page begins, and how many rows fit; followed.
    fn place(self) -> Option<(usize, usize)> {
        let from = self.from.get();
        self.found.with(|found| found.as_ref().map(|found| (found.begin(from, ROWS), found.count())))
    }

    /// What is known of the rows of the page; followed.
    fn known(self, shown: Shown) -> Vec<Known> {
        shown.progress.track();
        let from = self.from.get();
        let page = self.found.with(|found| {
            let found = found.as_ref()?;
            Some(found.page(found.begin(from, ROWS), ROWS))
        });
        let Some(runner) = with(self.id, |runner| runner) else { return Vec::new() };
        let learnt = runner.learnt.borrow();
        let known = |item: u32| {
            let as_item = runner.ledger(|ledger| ledger.items().get(item))?;
            let at = learnt.known_at(item, as_item.state).filter(|_| as_item.state.is_settled());
            Some(Known { item, as_item, message: learnt.message(item).to_owned(), at })
        };
        page.unwrap_or_default().into_iter().filter_map(known).collect()
    }
}

fn counts_of(runner: &Runner) -> Counts {
    runner.ledger(|ledger| ledger.items().counts())
}

/// Those of a few rows that fit.
fn fitting_of(runner: &Runner, question: &Question, items: Range<u32>) -> Vec<u32> {
    let learnt = runner.learnt.borrow();
    let entries = &runner.body.batch.entries;
    runner.ledger(|ledger| {
        let fits = |item: &u32| {
            let state = ledger.items().get(*item).map(|item| item.state);
            state.is_some_and(|state| question.fits(entries, *item, state, || learnt.message(*item)))
        };
        items.filter(fits).collect()
    })
}

/// The choice of a state.
fn state_view(desk: Desk, rows: Rows) -> AnyView {
    let option =
        |name: &'static str, label: Words| el("option").attr("value", name).text(say(desk, label)).view();
    let options = STATES.map(|state| option(state.name(), state_words(state).1));
    let select = el("select")
        .id("rows-state")
        .on("change", move |event| rows.state.set(event_target_value(&event)))
        .child(option("", words::ROWS_ALL))
        .children(options);
    el("div")
        .class("field half")
        .child(el("label").attr("for", "rows-state").text(say(desk, words::RESULT)).view())
        .child(select.view())
        .view()
}

/// The ways to the other pages, and which rows of how many are shown.
fn pages_view(desk: Desk, rows: Rows) -> AnyView {
    let back = Button::new("button", say(desk, said::PREVIOUS), move || rows.turn_page(false));
    let on = Button::new("button", say(desk, said::NEXT_PAGE), move || rows.turn_page(true));
    let is_first = move || rows.place().is_none_or(|(from, _)| from == 0);
    let is_last = move || rows.place().is_none_or(|(from, count)| from + ROWS >= count);
    let count = derived(move || match rows.place() {
        None => String::new(),
        Some((_, 0)) => words::ROWS_NONE.text(desk.language.get()).to_owned(),
        Some((from, count)) => {
            let facts = [from + 1, count.min(from + ROWS), count].map(|number| number.to_string());
            let [from, to, count] = facts.each_ref().map(String::as_str);
            desk.fill(words::ROWS_SHOWN, &[("from", from), ("to", to), ("count", count)])
        }
    });
    // Only its end is read out.
    let looking = derived(move || match rows.found.with(Option::is_none) {
        true => {
            let [done, total] = [rows.done.get(), rows.total].map(|number| number.to_string());
            desk.fill(words::ROWS_LOOKING, &[("done", &done), ("total", &total)])
        }
        false => String::new(),
    });
    actions(vec![
        back.id("rows-back").waits(is_first).view(),
        on.id("rows-on").waits(is_last).view(),
        el("span").id("rows-count").class("hint").attr("role", "status").text(count).view(),
        el("span").id("rows-looking").class("hint").text(looking).view(),
    ])
}

/// The rows of the page. They are drawn anew when something else is known of one of them; the table around them stays.
fn found_view(desk: Desk, rows: Rows, shown: Shown) -> AnyView {
    let known = Made::new(move || rows.known(shown), Vec::eq);
    let body = live(move || {
        let language = desk.language.get();
        let line = |runner: &Runner, known: &Known| row_view(desk, language, runner, known);
        let lines = with(rows.id, |runner| {
            known.with(|known| known.iter().filter_map(|known| line(&runner, known)).collect())
        });
        all(lines.unwrap_or_default())
    });
    let columns = [words::ROW, words::ITEM, words::RESULT, words::REASON, words::MESSAGE_ID, words::KNOWN_AT];
    let table = table(desk, words::ROWS_TITLE, "rows", &columns, std::iter::once(body));
    let is_empty = move || rows.place().is_none_or(|(_, count)| count == 0);
    el("div").prop_flag("hidden", is_empty).child(table).view()
}

fn row_view(desk: Desk, language: Language, runner: &Runner, known: &Known) -> Option<AnyView> {
    let (class, word) = state_words(known.as_item.state);
    let reason = runner.reason(known.as_item.cause);
    let why = reason.why.get(usize::from(language == Language::English)).cloned().unwrap_or_default();
    let reason = [reason.code, why].join(" ");
    let time = known.at.and_then(|at| browser::readable_time(&at.to_string())).unwrap_or_default();
    let cells = first_cells(runner, known.item)?
        .child(el("td").child(span(class, say(desk, word))).view())
        .child(el("td").text(fixed(reason.trim())).view())
        .child(el("td").class("id").text(fixed(known.message.as_str())).view())
        .child(el("td").text(fixed(time)).view());
    Some(cells.view())
}
