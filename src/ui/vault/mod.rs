//! The vault's card beside the connection's form: opt-in, and everything in it is done by one press and one passphrase.

mod seal;

use leptos::prelude::*;

use super::browser;
use super::connect;
use super::desk::Desk;
use super::el::{Text, all, derived, el, nothing};
use super::file;
use super::in_use::InUse;
use super::lock;
use super::parts::{Button, actions, aria, card, heading, paragraph, say};
use crate::domain::passphrase::{Weakness, weakness};
use crate::domain::secret::Secret;
use crate::domain::vault::{Entry, keep};
use crate::store::safe;
use crate::vendors;
use crate::words::{Words, vault as words};

/// What was said last, and whether it went well.
type Told = Option<(bool, Words)>;

/// The card while it is looked at. What was opened goes with it.
#[derive(Clone, Copy)]
struct Safe {
    desk: Desk,
    /// The sealed vault; nothing before the browser was asked.
    stored: RwSignal<Option<Option<Vec<u8>>>>,
    /// Whether the browser lets the page look for one.
    blocked: RwSignal<bool>,
    /// What an opened one holds.
    entries: RwSignal<Vec<Entry>>,
    passphrase: RwSignal<String>,
    again: RwSignal<String>,
    next: RwSignal<String>,
    told: RwSignal<Told>,
    working: RwSignal<bool>,
    /// Whether forgetting was pressed once.
    sure: RwSignal<bool>,
}

/// The card of the vault; none where the place does not want it.
pub(super) fn vault_card(desk: Desk) -> AnyView {
    if desk.config.with(|config| config.as_ref().is_ok_and(|config| !config.policy.features.vault)) {
        return nothing();
    }
    let safe = Safe {
        desk,
        stored: RwSignal::new(None),
        blocked: RwSignal::new(false),
        entries: RwSignal::new(Vec::new()),
        passphrase: RwSignal::new(String::new()),
        again: RwSignal::new(String::new()),
        next: RwSignal::new(String::new()),
        told: RwSignal::new(None),
        working: RwSignal::new(false),
        sure: RwSignal::new(false),
    };
    browser::spawn(async move {
        // The page may have been left meanwhile.
        match safe::stored().await {
            Ok(stored) => drop(safe.stored.try_set(Some(stored))),
            Err(_) => drop(safe.blocked.try_set(true)),
        }
    });
    let controls = move || match safe.stored.with(|stored| stored.as_ref().map(Option::is_some)) {
        None if safe.blocked.get() => {
            el("p").class("verdict warn").id("vault-blocked").text(safe.say(words::BLOCKED)).view()
        }
        None => nothing(),
        Some(false) => safe.without(),
        Some(true) => safe.with_one(),
    };
    card(vec![
        heading(desk, words::TITLE),
        paragraph("hint", say(desk, words::LEAD)),
        el("div").id("vault").live(controls).view(),
        el("div").id("vault-told").attr("role", "status").live(move || safe.outcome()).view(),
        el("div").live(move || safe.offered()).view(),
    ])
}

impl Safe {
    /// Nothing is stored: one can be made or taken in.
    fn without(self) -> AnyView {
        all(vec![
            paragraph("", self.say(words::NONE)),
            self.field("vault-passphrase", words::PASSPHRASE, self.passphrase),
            paragraph("hint", self.say(words::HINT)),
            self.field("vault-again", words::AGAIN, self.again),
            actions(vec![self.button("vault-save", words::SAVE, move || self.create()), self.import()]),
        ])
    }

    /// One is stored.
    fn with_one(self) -> AnyView {
        let forget = derived(move || {
            let words = if self.sure.get() { words::FORGET_SURE } else { words::FORGET };
            words.text(self.desk.language.get()).to_owned()
        });
        let change = el("details")
            .child(el("summary").text(self.say(words::CHANGE)).view())
            .child(paragraph("hint", self.say(words::HINT)))
            .child(self.field("vault-next", words::NEXT, self.next))
            .child(self.field("vault-again", words::NEXT_AGAIN, self.again))
            .child(actions(vec![self.button("vault-change", words::CHANGE, move || self.change())]));
        all(vec![
            paragraph("", self.say(words::STORED)),
            self.field("vault-passphrase", words::PASSPHRASE, self.passphrase),
            actions(vec![
                self.button("vault-open", words::OPEN, move || self.open()),
                self.button("vault-save", words::SAVE, move || self.add()),
            ]),
            change.view(),
            actions(vec![
                Button::new("quiet", self.say(words::EXPORT), move || self.export())
                    .id("vault-export")
                    .view(),
                self.import(),
                Button::new("quiet", forget, move || self.forget()).id("vault-forget").view(),
            ]),
        ])
    }

    fn say(self, words: Words) -> Text {
        say(self.desk, words)
    }

    fn button(self, id: &'static str, label: Words, press: impl Fn() + 'static) -> AnyView {
        let press = move || {
            if !self.working.get_untracked() {
                press();
            }
        };
        Button::new("button", self.say(label), press).id(id).waits(move || self.working.get()).view()
    }

    fn field(self, id: &'static str, label: Words, text: RwSignal<String>) -> AnyView {
        let input = el("input")
            .id(id)
            .attr("type", "password")
            // Not an account of this site: nobody is asked whether the browser should keep it.
            .attr("autocomplete", "off")
            .prop_text("value", text.into())
            .on("input", move |event| text.set(event_target_value(&event)));
        let label = el("label").attr("for", id).text(self.say(label)).view();
        el("div").class("field").child(label).child(input.view()).view()
    }

    fn outcome(self) -> AnyView {
        if self.working.get() {
            return paragraph("hint", self.say(words::WORKING));
        }
        match self.told.get() {
            Some((well, said)) => {
                let class = if well { "verdict ok" } else { "verdict no" };
                el("p").class(class).text(self.say(said)).view()
            }
            None => nothing(),
        }
    }

    /// The connections of an opened vault.
    fn offered(self) -> AnyView {
        let entry = move |entry: Entry| {
            let current = {
                let account = entry.account.clone();
                Signal::derive(move || {
                    let same = |in_use: &InUse| in_use.account() == account;
                    self.desk.in_use.with(|in_use| in_use.as_ref().is_some_and(same))
                })
            };
            let account = entry.account.clone();
            let label = derived(move || self.desk.fill(words::USE, &[("account", &account)]));
            let take = move || self.take(entry.clone());
            el("li")
                .child(Button { pressed: Some(current), ..Button::new("button", label, take) }.view())
                .view()
        };
        let entries = self.entries.get();
        if entries.is_empty() {
            return nothing();
        }
        el("ul").id("vault-entries").class("presets").children(entries.into_iter().map(entry)).view()
    }

    /// Puts a connection of the vault into use.
    fn take(self, entry: Entry) {
        let Some((id, _)) = vendors::OFFERED.iter().find(|(id, _)| *id == entry.vendor) else { return };
        browser::spawn(async move {
            let desk = self.desk;
            let Some(vendor) = desk.bring(id).await else { return desk.want(id) };
            if let Some(form) = desk.form(vendor.id) {
                form.fill(entry.values.iter());
            }
            desk.offer(vendor);
            if let Ok(connection) = connect::open(desk, vendor, &entry.values) {
                let stage = connect::stage(desk, vendor, &entry.values);
                desk.connect(InUse { connection, name: Default::default(), stage });
            }
        });
    }

    /// The connection that the form says, when it is filled in.
    fn filled_in(self) -> Result<Entry, Words> {
        let vendor = self.desk.vendor.get_untracked();
        let state = self.desk.form(vendor.id).ok_or(words::FORM_FIRST)?;
        let sound = state.submit();
        let values = untrack(|| state.values());
        let connection = connect::open(self.desk, vendor, &values).map_err(|_| words::FORM_FIRST)?;
        if !sound {
            return Err(words::FORM_FIRST);
        }
        let stage = connect::stage(self.desk, vendor, &values);
        let account = InUse { connection, name: Default::default(), stage }.account();
        let values = values.iter().filter(|(_, text)| !text.is_empty()).collect();
        Ok(Entry { vendor: vendor.id.to_owned(), account, values })
    }

    /// A passphrase that is typed for the first time, and once more.
    fn chosen(self, text: RwSignal<String>) -> Result<Secret, Words> {
        let passphrase = text.get_untracked();
        match weakness(&passphrase) {
            Some(Weakness::Short) => Err(words::SHORT),
            Some(Weakness::Common) => Err(words::COMMON),
            None if passphrase != self.again.get_untracked() => Err(words::DIFFERENT),
            None => Ok(Secret::new(passphrase)),
        }
    }

    fn typed(self) -> Result<Secret, Words> {
        let passphrase = self.passphrase.get_untracked();
        if passphrase.is_empty() { Err(words::EMPTY) } else { Ok(Secret::new(passphrase)) }
    }

    /// Does something that takes a moment; afterwards no passphrase stands in a field, but where it was refused at once.
    fn work(self, work: impl Future<Output = Result<Words, Words>> + 'static) {
        self.told.set(None);
        self.working.set(true);
        browser::spawn(async move {
            let told = match work.await {
                Ok(said) => (true, said),
                Err(said) => (false, said),
            };
            // The page may have been left meanwhile.
            for text in [self.passphrase, self.again, self.next] {
                let _ = text.try_set(String::new());
            }
            let _ = self.sure.try_set(false);
            let _ = self.told.try_set(Some(told));
            let _ = self.working.try_set(false);
        });
    }

    fn refuse(self, why: Words) {
        self.told.set(Some((false, why)));
    }

    async fn put(self, vault: Vec<u8>) -> Result<(), Words> {
        safe::store(Some(&vault)).await.map_err(|_| words::NOT_STORED)?;
        let _ = self.stored.try_set(Some(Some(vault)));
        Ok(())
    }

    /// Another tab may have made one meanwhile.
    async fn is_the_first(self) -> Result<(), Words> {
        let stored = safe::stored().await.map_err(|_| words::NOT_STORED)?;
        if stored.is_none() {
            return Ok(());
        }
        let _ = self.stored.try_set(Some(stored));
        Err(words::THERE_ALREADY)
    }

    fn create(self) {
        match self.filled_in().and_then(|entry| Ok((entry, self.chosen(self.passphrase)?))) {
            Ok((entry, passphrase)) => self.work(async move {
                self.is_the_first().await?;
                let vault = seal::seal(&passphrase, &[entry]).await?;
                self.put(vault).await.map(|()| words::SAVED)
            }),
            Err(why) => self.refuse(why),
        }
    }

    fn add(self) {
        match self.filled_in().and_then(|entry| Ok((entry, self.typed()?))) {
            Ok((entry, passphrase)) => self.work(async move {
                let mut entries = seal::open(&passphrase, &sealed().await?).await?;
                keep(&mut entries, entry);
                self.put(seal::seal(&passphrase, &entries).await?).await?;
                let _ = self.entries.try_set(entries);
                Ok(words::SAVED)
            }),
            Err(why) => self.refuse(why),
        }
    }

    fn open(self) {
        match self.typed() {
            Ok(passphrase) => self.work(async move {
                let entries = seal::open(&passphrase, &sealed().await?).await?;
                lock::hold();
                let _ = self.entries.try_set(entries);
                Ok(words::OPENED)
            }),
            Err(why) => self.refuse(why),
        }
    }

    fn change(self) {
        match self.typed().and_then(|passphrase| Ok((passphrase, self.chosen(self.next)?))) {
            Ok((passphrase, next)) => self.work(async move {
                let entries = seal::open(&passphrase, &sealed().await?).await?;
                let vault = seal::seal(&next, &entries).await?;
                self.put(vault).await.map(|()| words::CHANGED)
            }),
            Err(why) => self.refuse(why),
        }
    }

    fn forget(self) {
        if !self.sure.get_untracked() {
            return self.sure.set(true);
        }
        self.work(async move {
            safe::store(None).await.map_err(|_| words::NOT_STORED)?;
            let _ = self.entries.try_set(Vec::new());
            let _ = self.stored.try_set(Some(None));
            Ok(words::FORGOTTEN)
        });
    }

    fn export(self) {
        let sealed = self.stored.with_untracked(|stored| stored.clone().flatten().unwrap_or_default());
        let bytes = js_sys::Uint8Array::from(sealed.as_slice());
        file::save("message-desk.vault", "application/octet-stream", &js_sys::Array::of1(&bytes));
    }

    /// Chooses a file; the control itself is behind a label that looks like a button.
    fn import(self) -> AnyView {
        let take = move |event: web_sys::Event| {
            let Some(file) = file::chosen(&event) else { return };
            self.work(async move {
                let bytes = file::bytes(&file).await.ok_or(words::NOT_A_VAULT)?;
                seal::look(&bytes).await?;
                self.is_the_first().await?;
                self.put(bytes).await.map(|()| words::TAKEN)
            });
        };
        let input = el("input")
            .id("vault-import")
            .attr("type", "file")
            .attr_live("aria-disabled", aria(move || self.working.get()))
            .on("change", take);
        let label = el("label").attr("for", "vault-import").text(self.say(words::IMPORT)).view();
        el("div").class("field").child(label).child(input.view()).view()
    }
}

/// The vault as it is stored at this moment: another tab may have changed it.
async fn sealed() -> Result<Vec<u8>, Words> {
    safe::stored().await.map_err(|_| words::NOT_STORED)?.ok_or(words::NOT_A_VAULT)
}
