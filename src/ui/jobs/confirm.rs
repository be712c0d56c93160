//! The confirmation of a job: what leaves, as whom, how many; the count is typed where the act deserves it.

use leptos::prelude::*;

use super::recall::window_view;
use super::runner::Runner;
use crate::domain::batch::Batch;
use crate::domain::batch::request::SAMPLE;
use crate::domain::caution::{Caution, Stage, caution, is_count};
use crate::domain::job::event::Event;
use crate::domain::job::item::State;
use crate::domain::job::record::Which;
use crate::domain::operation::{Danger, Operation, Scope, Targets};
use crate::ui::arming::Arming;
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, derived, el, fixed};
use crate::ui::embedding::{consent, is_needed};
use crate::ui::in_use::InUse;
use crate::ui::parts::{Button, actions, labelled_input, paragraph, say};
use crate::ui::preview::scope_view;
use crate::words::{Words, desk as said, jobs as words};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// The job begins.
    Start,
    /// What was rejected goes again.
    Rerun(Which),
    /// What is unknown goes again.
    SendAgain(Which),
}

impl Deed {
    /// What happens to the job then.
    pub(super) fn event(self) -> Event {
        match self {
            Self::Start => Event::Started,
            Self::Rerun(which) => Event::Rerun(which),
            Self::SendAgain(which) => Event::SendAgain(which),
        }
    }
}

/// A deed with everything the dialog says of it.
#[derive(Clone)]
pub(super) struct Asked {
    /// The deed.
    pub(super) deed: Deed,
    /// What is to be done.
    pub(super) operation: &'static Operation,
    count: usize,
    scope: Option<Scope>,
    stage: Stage,
    account: String,
    warning: Option<Words>,
    /// How many others wait with these for a person to resume the job, where it is paused.
    others: u32,
    /// When the oldest message was sent that it takes back.
    oldest: Option<u64>,
    /// Everything that may leave, for whoever agrees to it.
    bytes: String,
}

impl Asked {
    /// What a deed would do through the connection in use; why it cannot be done when it cannot.
    pub(super) fn new(runner: &Runner, deed: Deed, way: Option<InUse>) -> Result<Self, Words> {
        let way = way.filter(|way| way.account() == runner.head.account).ok_or(words::OTHER_CONNECTION)?;
        let batch = &runner.body.batch;
        let (state, which) = match &deed {
            Deed::Start => (State::Planned, &Which::All),
            Deed::Rerun(which) => (State::Rejected, which),
            Deed::SendAgain(which) => (State::Unknown, which),
        };
        let items: Vec<u32> = runner.ledger(|ledger| match which {
            Which::All => ledger.items().in_state(state).collect(),
            Which::These(items) => {
                items.iter().copied().filter(|item| ledger.items().is(*item, state)).collect()
            }
        });
        // What was asked for is what is confirmed: whatever else fails meanwhile does not go along.
        let these = || Which::These(items.clone());
        let deed = match deed {
            Deed::Start => Deed::Start,
            Deed::Rerun(_) => Deed::Rerun(these()),
            Deed::SendAgain(_) => Deed::SendAgain(these()),
        };
        let first = first_request(batch, &items);
        let request = way.connection.request_of(batch, &first, SAMPLE, browser::now()).ok();
        Ok(Self {
            operation: batch.operation,
            count: items.len(),
            scope: request.map(|request| (batch.operation.scope)(request.valid())),
            stage: way.stage,
            account: way.account(),
            warning: matches!(deed, Deed::SendAgain(_)).then_some(words::MAY_ARRIVE_TWICE),
            others: match deed {
                Deed::Start => 0,
                Deed::Rerun(_) | Deed::SendAgain(_) => runner.ledger(|ledger| {
                    let planned = ledger.items().counts().planned;
                    if ledger.paused().is_some() { planned } else { 0 }
                }),
            },
            oldest: runner.head.oldest,
            bytes: format!("{} {deed:?} {items:?}\n{}", runner.head.id, runner.body.encode()),
            deed,
        })
    }

    /// How much it must ask. What may arrive twice always wants the count.
    fn caution(&self) -> Caution {
        match self.deed {
            Deed::SendAgain(_) => Caution::TypedCount,
            Deed::Start | Deed::Rerun(_) => {
                caution(self.operation.danger, self.count, self.stage).max(Caution::Dialog)
            }
        }
    }
}

/// The entries that go with the first of these in one request.
fn first_request(batch: &Batch, items: &[u32]) -> Vec<u32> {
    let group = |item: &u32| batch.entry(*item).map(|entry| entry.group);
    let most = match batch.operation.targets {
        Targets::One => 1,
        Targets::EntriesOf(_) => usize::try_from(batch.most).unwrap_or(1),
    };
    let first = items.first().and_then(group);
    items.iter().copied().filter(|item| group(item) == first).take(most).collect()
}

/// The dialog; `go` does what was confirmed, and `asked` is emptied however it closes.
pub(super) fn dialog(
    desk: Desk,
    asked: RwSignal<Option<Asked>>,
    ask: &Asked,
    go: Callback<Asked>,
) -> AnyView {
    let arming = Arming::of(desk, "confirm-go");
    let typed = RwSignal::new(String::new());
    browser::show_dialog_soon("confirm", "confirm-cancel");
    let (count, operation) = (ask.count, ask.operation);
    let wants_count = ask.caution() == Caution::TypedCount;
    let consent = is_needed(desk, operation.danger, count)
        .then(|| consent(desk, operation, &ask.account, count, &ask.bytes));
    let agreed = consent.as_ref().map(|consent| consent.given);
    let allowed = move || {
        let agreed = agreed.is_none_or(|agreed| agreed.get());
        arming.is_armed() && agreed && (!wants_count || typed.with(|typed| is_count(typed, count)))
    };
    let act = derived(move || desk.fill(operation.act, &[("count", &count.to_string())]));
    let close = || browser::close_dialog("confirm");
    let held = StoredValue::new(ask.clone());
    let confirm = move |event: web_sys::Event| {
        if browser::is_trusted(&event) && browser::has_focus() && untrack(allowed) {
            let ask = held.get_value();
            close();
            go.run(ask);
        }
    };
    let title = derived(move || desk.fill(said::CONFIRM_TITLE, &[("act", &act.get())]));
    let mut parts = vec![el("h2").id("confirm-title").text(title).view()];
    if ask.stage == Stage::Production {
        let warning = el("p").id("confirm-production").class("verdict no");
        parts.push(warning.text(say(desk, said::CONFIRM_PRODUCTION)).view());
    }
    parts.extend(ask.warning.map(|warning| paragraph("verdict no", say(desk, warning))));
    if ask.others > 0 {
        let facts = [("count", &*ask.others.to_string())];
        parts.push(
            el("p")
                .id("confirm-waits")
                .class("notice")
                .text(fixed(desk.fill(words::WAITS_PAUSED, &facts)))
                .view(),
        );
    }
    let (scope, account) = (ask.scope.clone(), ask.account.clone());
    let all_of_it = derived(move || desk.fill(words::CONFIRM_ALL, &[("count", &count.to_string())]));
    let through = derived(move || desk.fill(said::THROUGH, &[("account", &account)]));
    parts.push(
        el("div")
            .id("confirm-scope")
            .child(paragraph("", all_of_it))
            .live(move || all(scope.iter().map(|scope| scope_view(desk, scope)).collect()))
            .child(paragraph("hint", through))
            .view(),
    );
    parts.extend(
        ask.oldest.map(|oldest| window_view(desk, "confirm-window", operation, move || Some(oldest))),
    );
    if wants_count {
        let label = fixed(desk.fill(said::CONFIRM_TYPE_COUNT, &[("count", &count.to_string())]));
        parts.push(el("div").class("field").children(labelled_input("confirm-count", label, typed)).view());
    }
    let class = if operation.danger >= Danger::Sends { "button danger" } else { "button do" };
    parts.extend(consent.map(|consent| consent.view));
    parts.push(arming.note(desk));
    parts.push(actions(vec![
        Button::new("button", say(desk, said::CANCEL), close).id("confirm-cancel").view(),
        Button::of_event(class, act, confirm).id("confirm-go").waits(move || !allowed()).view(),
    ]));
    el("dialog")
        .id("confirm")
        .class("confirm")
        .attr("aria-labelledby", "confirm-title")
        .attr("aria-describedby", "confirm-production confirm-waits confirm-scope")
        .on("close", move |_| asked.set(None))
        .children(parts)
        .view()
}
