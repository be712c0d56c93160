//! A second person, asked through the host. A yes opens the confirmation of that one act; it begins nothing.

use std::cell::OnceCell;

use leptos::prelude::*;
use sha2::{Digest, Sha256};

use super::host::{approves, tell};
use crate::domain::operation::{Danger, Operation};
use crate::embed::{Askings, Event};
use crate::ui::browser;
use crate::ui::desk::Desk;
use crate::ui::el::{all, derived, el, live};
use crate::ui::held::Held;
use crate::ui::parts::{paragraph, say};
use crate::words::embedding as words;

thread_local! {
    static ASKINGS: OnceCell<Held<Askings>> = const { OnceCell::new() };
}

fn askings() -> Held<Askings> {
    ASKINGS.with(|askings| *askings.get_or_init(|| Held::new(Askings::default())))
}

/// A host has said what a second person thinks of a request.
pub(super) fn answered(digest: &str, approved: bool) {
    askings().update(|askings| askings.answer(digest, approved));
}

/// Whether an act on so many needs a second person.
pub(crate) fn is_needed(desk: Desk, danger: Danger, count: usize) -> bool {
    let from =
        desk.config.with_untracked(|config| config.as_ref().ok().and_then(|config| config.policy.approval));
    danger > Danger::Looks && from.is_some_and(|from| usize::try_from(from).is_ok_and(|from| count >= from))
}

/// A second person's word on one act.
pub(crate) struct Consent {
    /// What the dialog says of it.
    pub(crate) view: AnyView,
    /// Whether it was given.
    pub(crate) given: Signal<bool>,
}

/// Asks for consent to exactly these bytes. Each asking is its own: an earlier yes to the same act says nothing.
pub(crate) fn consent(
    desk: Desk,
    operation: &'static Operation,
    account: &str,
    count: usize,
    bytes: &str,
) -> Consent {
    let mut hash = Sha256::new();
    for part in [&*browser::random_hex(), operation.id, account, bytes] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hex::encode(hash.finalize());
    let askings = askings();
    let own = digest.clone();
    let answer = move || askings.with(|askings| askings.said(&own));
    let given = {
        let answer = answer.clone();
        Signal::derive(move || answer() == Some(true))
    };
    let asked = approves();
    if asked {
        askings.update(|askings| askings.ask(digest.clone()));
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        tell(&Event::Approve { digest, operation: operation.id, account: account.to_owned(), count });
    }
    let said = live(move || {
        let (state, class, said) = match answer() {
            _ if !asked => ("nobody", "verdict no", words::APPROVAL_NOBODY),
            None => ("waits", "verdict dim", words::APPROVAL_WAITS),
            Some(true) => ("yes", "verdict yes", words::APPROVAL_YES),
            Some(false) => ("no", "verdict no", words::APPROVAL_NO),
        };
        el("p").class(class).attr("role", "status").attr("data-approval", state).text(say(desk, said)).view()
    });
    let needs = derived(move || desk.fill(words::NEEDS_APPROVAL, &[("count", &count.to_string())]));
    Consent { view: all(vec![paragraph("", needs), said]), given }
}
