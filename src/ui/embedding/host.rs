//! The host that is known: what it wants is done where it may be, and it is told what goes on.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, MessageEvent, MessagePort};

use super::{approval, door, follow, tokens};
use crate::domain::batch::keep::Head;
use crate::domain::draft::Values;
use crate::domain::job::engine::Progress;
use crate::domain::job::event::Phase;
use crate::embed::{Command, Event, Frame, Init, Refusal, Theme, Visible, hear, tell as written};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::vendors;

/// So many messages that are not taken are answered; after that the host is not worth answering.
const ERRORS: u32 = 100;

struct Host {
    port: MessagePort,
    approves: bool,
    errors: u32,
    /// Whether it says which part of the frame is seen: only then the frame may become as high as the page.
    follows: bool,
    /// What was told of each job last, and whether leaving would lose something of it.
    jobs: Vec<(String, Event, bool)>,
}

thread_local! {
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// Lets a host in: from now on it is heard on its port.
pub(super) fn welcome(desk: Desk, port: MessagePort, init: Init) {
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let said =
            door::text_of(&event.data()).map_or(Err(Refusal::Form("text".to_owned())), |text| hear(&text));
        obey(desk, said);
    });
    port.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    tokens::look(&init);
    HOST.set(Some(Host { port, approves: init.approves, errors: 0, follows: false, jobs: Vec::new() }));
    desk.stand(Frame::Known);
    tell(&Event::Ready { language: desk.language.get_untracked() });
    init.wishes.into_iter().for_each(|wish| obey(desk, wish));
    follow::begin(desk);
}

/// Tells the host, if there is one.
pub(super) fn tell(event: &Event) {
    HOST.with_borrow(|host| {
        if let Some(host) = host {
            drop(host.port.post_message(&JsValue::from_str(&written(event))));
        }
    });
}

/// Whether there is a host that can ask a second person.
pub(super) fn approves() -> bool {
    HOST.with_borrow(|host| host.as_ref().is_some_and(|host| host.approves))
}

/// Whether leaving would lose something of a job.
pub(super) fn holds_a_job() -> bool {
    HOST.with_borrow(|host| host.as_ref().is_some_and(|host| host.jobs.iter().any(|(_, _, loses)| *loses)))
}

fn obey(desk: Desk, said: Result<Command, Refusal>) {
    match said {
        Ok(Command::Locale(language)) => desk.language.set(language),
        Ok(Command::Theme(theme)) => dress(desk, &theme),
        Ok(Command::Navigate(to)) => browser::set_hash(&to),
        Ok(Command::Prefill(operation, values)) => browser::spawn(prefill(desk, operation, values)),
        // A request whose answer nobody would see is worse than a secret that stays a moment longer.
        Ok(Command::Lock) if !desk.lock_when_free() => refuse("busy", "lock".to_owned()),
        Ok(Command::Lock) => {}
        Ok(Command::Focus) => browser::focus("page-title"),
        Ok(Command::View(visible)) => see(visible),
        Ok(Command::Approval(digest, approved)) => approval::answered(&digest, approved),
        Err(why) => {
            let (code, about) = why.code();
            refuse(code, about);
        }
    }
}

fn refuse(code: &'static str, about: String) {
    let worth_it = HOST.with_borrow_mut(|host| {
        host.as_mut().is_some_and(|host| {
            host.errors = host.errors.saturating_add(1);
            host.errors <= ERRORS
        })
    });
    if worth_it {
        tell(&Event::Error { code, about });
    }
}

fn root() -> Option<HtmlElement> {
    document().document_element().and_then(|root| root.dyn_into().ok())
}

/// Colours that can be read, in place of the desk's; what another theme has set before goes.
fn dress(desk: Desk, theme: &Theme) {
    desk.look.set(theme.look);
    let Some(style) = root().map(|root| root.style()) else { return };
    for name in Theme::names() {
        let own = theme.colours.iter().find(|(known, _)| *known == name);
        match own {
            Some((_, colour)) => drop(style.set_property(&format!("--{name}"), colour)),
            None => drop(style.remove_property(&format!("--{name}"))),
        }
    }
}

/// Dialogs stand where the host's window shows them.
fn see(visible: Visible) {
    let Some(root) = root() else { return };
    drop(root.style().set_property("--seen-top", &format!("{}px", visible.top)));
    drop(root.style().set_property("--seen-height", &format!("{}px", visible.height)));
    drop(root.set_attribute("data-seen", ""));
    let first = HOST.with_borrow_mut(|host| {
        host.as_mut().is_some_and(|host| !std::mem::replace(&mut host.follows, true))
    });
    if first {
        follow::height();
    }
}

/// Puts texts into a form, and leaves the rest to the person.
async fn prefill(desk: Desk, id: String, values: Values) {
    let vendor = id.split('.').next().unwrap_or_default();
    let offered = vendors::OFFERED.iter().map(|(id, _)| *id).find(|id| *id == vendor);
    let vendor = match offered {
        Some(vendor) => desk.bring(vendor).await,
        None => None,
    };
    let known =
        vendor.and_then(|vendor| vendor.operations.iter().copied().find(|operation| operation.id == id));
    let Some(operation) = known else { return refuse("unknown-operation", id) };
    if let Some((name, _)) = values.iter().find(|(name, _)| !operation.form.knows(name)) {
        return refuse("unknown-field", name.to_owned());
    }
    let busy = desk
        .progress(operation.id)
        .is_some_and(|it| it.phase.with_untracked(super::super::act::Phase::takes_no_press));
    if busy {
        return refuse("busy", id);
    }
    desk.open_form(operation.id, &values);
}

/// Tells how far a job is, when that is news; `loses` when leaving would lose something of it.
pub(crate) fn tell_job(head: &Head, progress: &Progress, loses: bool) {
    let counts = &progress.counts;
    let event = Event::Job {
        id: head.id.clone(),
        operation: head.operation.clone(),
        state: Phase::name(progress.phase),
        counts: vec![
            ("total", counts.total()),
            ("waiting", counts.planned),
            ("sending", counts.sending),
            ("accepted", counts.sent),
            ("rejected", counts.rejected),
            ("unknown", counts.unknown),
            ("marked", counts.marked),
        ],
    };
    let news = HOST.with_borrow_mut(|host| {
        let Some(host) = host else { return false };
        match host.jobs.iter_mut().find(|(id, ..)| *id == head.id) {
            Some((_, told, at_stake)) => {
                *at_stake = loses;
                let same = *told == event;
                *told = event.clone();
                !same
            }
            None => {
                host.jobs.push((head.id.clone(), event.clone(), loses));
                true
            }
        }
    });
    if news {
        tell(&event);
    }
}
