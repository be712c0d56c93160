//! A list of messages that were found or pasted: filter, choose, and act on them without retyping anything.

use std::sync::Arc;

use leptos::prelude::*;

use super::browser;
use super::chosen;
use super::desk::Desk;
use super::el::{all, derived, el, fixed, nothing};
use super::foresee;
use super::parts::{Button, actions, labelled_input, paragraph, say, span, status};
use crate::domain::caution::RECALLS;
use crate::domain::message::{Message, State};
use crate::domain::operation::Operation;
use crate::domain::plan;
use crate::words::{Words, desk as words};

/// How many rows are alive at once.
const ROWS: usize = 100;

/// A list while it is looked at.
#[derive(Clone, Copy)]
pub(crate) struct List {
    /// The messages.
    pub(crate) messages: RwSignal<Vec<Arc<Message>>>,
    text: RwSignal<String>,
    sender: RwSignal<String>,
    chosen: RwSignal<Vec<Arc<Message>>>,
    from: RwSignal<usize>,
}

impl List {
    /// A list without messages.
    pub(crate) fn empty() -> Self {
        Self {
            messages: RwSignal::new(Vec::new()),
            text: RwSignal::new(String::new()),
            sender: RwSignal::new(String::new()),
            chosen: RwSignal::new(Vec::new()),
            from: RwSignal::new(0),
        }
    }

    /// Puts messages in; what was chosen and is still there stays chosen.
    pub(crate) fn show(self, messages: Vec<Arc<Message>>) {
        self.chosen.update(|chosen| chosen.retain(|one| messages.iter().any(|message| message.is(one))));
        self.from.set(0);
        self.messages.set(messages);
    }

    /// What the filters leave, newest first; what has no time stays where it was, at the end.
    fn shown(self) -> Vec<Arc<Message>> {
        let (text, sender) =
            (browser::lower_case(&self.text.get()), browser::lower_case(self.sender.get().trim()));
        let wanted = |message: &&Arc<Message>| {
            browser::lower_case(&message.text).contains(text.trim())
                && browser::lower_case(&message.sender).contains(&sender)
        };
        let mut shown: Vec<_> = self.messages.with(|all| all.iter().filter(wanted).cloned().collect());
        shown.sort_by_key(|message| std::cmp::Reverse(message.time));
        shown
    }

    fn is_chosen(self, message: &Arc<Message>) -> bool {
        self.chosen.with(|chosen| chosen.iter().any(|one| one.is(message)))
    }

    fn toggle(self, message: &Arc<Message>) {
        self.chosen.update(|chosen| match chosen.iter().position(|one| one.is(message)) {
            Some(at) => {
                chosen.remove(at);
            }
            None => chosen.push(message.clone()),
        });
    }
}

/// The list with its filters and what can be done with the chosen ones.
pub(crate) fn messages_view(desk: Desk, list: List) -> AnyView {
    let filters = el("div")
        .class("fields")
        .child(filter("filter-text", say(desk, words::FILTER_TEXT), list.text))
        .child(filter("filter-sender", say(desk, words::FILTER_SENDER), list.sender));
    let counts = derived(move || {
        let (shown, count) = (list.shown().len(), list.messages.with(Vec::len));
        desk.fill(words::FILTERED, &[("shown", &shown.to_string()), ("count", &count.to_string())])
    });
    let choose_all = move || {
        list.chosen
            .set(list.shown().into_iter().filter(|message| message.state != State::Unreadable).collect());
    };
    let rows = move || {
        let page = list.shown().into_iter().skip(list.from.get()).take(ROWS);
        all(page.map(|message| row(desk, list, message)).collect())
    };
    let column = |label: Words| el("th").attr("scope", "col").text(say(desk, label)).view();
    let columns = [words::SELECT, words::TIME, words::WHO, words::CONTENT, words::ACTIONS].map(column);
    let head = el("thead").child(el("tr").children(columns).view()).view();
    let table = el("table").class("messages").child(head).child(el("tbody").live(rows).view()).view();
    let pages = move || {
        let total = list.shown().len();
        if total <= ROWS {
            return nothing();
        }
        let back = move || list.from.update(|from| *from = from.saturating_sub(ROWS));
        let on =
            move || list.from.update(|from| *from = if *from + ROWS < total { *from + ROWS } else { *from });
        actions(vec![
            Button::new("button", say(desk, words::PREVIOUS), back)
                .waits(move || list.from.get() == 0)
                .view(),
            Button::new("button", say(desk, words::NEXT_PAGE), on)
                .waits(move || list.from.get() + ROWS >= total)
                .view(),
        ])
    };
    let many = move || chosen_actions(desk, list);
    el("div")
        .class("found")
        .child(filters.view())
        .child(actions(vec![
            Button::new("quiet", say(desk, words::SELECT_ALL), choose_all).id("select-all").view(),
            status("hint", counts),
        ]))
        .child(el("div").class("table").child(table).view())
        .live(pages)
        .child(el("div").class("sticky chosen").live(many).view())
        .view()
}

fn filter(id: &'static str, label: super::el::Text, text: RwSignal<String>) -> AnyView {
    el("div").class("field half").children(labelled_input(id, label, text)).view()
}

fn row(desk: Desk, list: List, message: Arc<Message>) -> AnyView {
    let time = message.time.and_then(|time| browser::readable_time(&time.to_string())).unwrap_or_default();
    let readable = message.state != State::Unreadable;
    let name = if message.id.is_empty() { time.clone() } else { message.id.clone() };
    let choose = {
        let message = message.clone();
        let spoken = derived(move || format!("{} {name}", words::SELECT.text(desk.language.get())));
        let checked = message.clone();
        el("input")
            .attr("type", "checkbox")
            .attr_live("aria-label", Signal::derive(move || Some(spoken.get())))
            .prop_flag("checked", move || list.is_chosen(&checked))
            .on("change", move |_| list.toggle(&message))
    };
    let known = |name: &str| if name.is_empty() { "?".to_owned() } else { name.to_owned() };
    let who = if readable {
        format!("{} → {}", known(&message.sender), known(&message.receiver))
    } else {
        String::new()
    };
    let content = match message.state {
        State::Unreadable => message.raw.to_string(),
        _ if message.text.is_empty() && message.kind.is_empty() => String::new(),
        _ if message.text.is_empty() => desk.fill(words::NO_WORDS, &[("kind", &message.kind)]),
        _ => message.text.clone(),
    };
    let operations = plan::acts_on(desk.vendor.get().operations, &message);
    let buttons = operations.into_iter().map(|operation| act_button(desk, operation, message.clone()));
    el("tr")
        .attr("data-message", message.id.clone())
        .child(el("td").children(readable.then(|| choose.view())).view())
        .child(el("td").text(fixed(time)).view())
        .child(
            el("td")
                .text(fixed(who))
                .child(el("div").class("id hint").text(fixed(message.id.clone())).view())
                .view(),
        )
        .child(
            el("td")
                .class("content")
                .child(state_pill(desk, message.state))
                .child(span("", fixed(content)))
                .view(),
        )
        .child(el("td").children(buttons).view())
        .view()
}

fn state_pill(desk: Desk, state: State) -> AnyView {
    let (class, said) = match state {
        State::Stands => return nothing(),
        State::Changed => ("pill dim", words::STATE_CHANGED),
        State::Recalled => ("pill warn", words::STATE_RECALLED),
        State::Gone => ("pill warn", words::STATE_GONE),
        State::Unreadable => ("pill dim", words::STATE_UNREADABLE),
    };
    span(class, say(desk, said))
}

/// One act on one message, with what will come of it.
fn act_button(desk: Desk, operation: &'static Operation, message: Arc<Message>) -> AnyView {
    let forecasts = foresee::about(desk, operation, &message);
    let id = message.id.clone();
    let spoken = derived(move || format!("{} {id}", operation.short.text(desk.language.get())));
    let open = move || desk.open_about(operation, message.clone());
    let button = Button::new("button", say(desk, operation.short), open);
    el("div")
        .class("act-on")
        .attr("data-act", operation.id)
        .child(Button { spoken: Some(spoken), ..button }.view())
        .child(foresee::pill(desk, &forecasts))
        .view()
}

/// What can be done with all the chosen ones: at once, or as a job, which comes first where they are many.
fn chosen_actions(desk: Desk, list: List) -> AnyView {
    let chosen = list.chosen.get();
    if chosen.is_empty() {
        return nothing();
    }
    let count = chosen.len();
    let selected = move || desk.fill(words::SELECTED, &[("count", &count.to_string())]);
    let mut parts = vec![status("hint", fixed(selected()))];
    let operations = plan::acts_on_all(desk.vendor.get().operations, &chosen);
    let may_be_job = count > 1 && !operations.is_empty() && desk.has(|it| it.jobs);
    let many = count > RECALLS;
    for (place, operation) in operations.into_iter().enumerate() {
        let short = move || operation.short.text(desk.language.get());
        let at_once = {
            let (label, chosen) = (derived(move || format!("{} · {}", short(), selected())), chosen.clone());
            Button::new("button", label, move || desk.open_several(operation, &chosen))
        };
        let mut ways = vec![("data-act-all", at_once)];
        if may_be_job {
            let label =
                derived(move || format!("{} · {}", short(), words::AS_A_JOB.text(desk.language.get())));
            let chosen = chosen.clone();
            // One thing on a page is what most people want: the first.
            let class = if many && place == 0 { "button do" } else { "button" };
            let as_a_job = Button::new(class, label, move || chosen::go(operation, chosen.clone()));
            ways.insert(usize::from(!many), ("data-job-all", as_a_job));
        }
        let way = |(mark, button): (&'static str, Button)| {
            el("span").attr(mark, operation.id).child(button.view()).view()
        };
        parts.extend(ways.into_iter().map(way));
    }
    let why = may_be_job.then(|| paragraph("hint", say(desk, words::WHY_A_JOB)));
    all([actions(parts)].into_iter().chain(why).collect())
}

/// What stands in place of a list that holds nothing.
pub(crate) fn none_found(desk: Desk) -> AnyView {
    paragraph("", say(desk, words::FOUND_NONE))
}
