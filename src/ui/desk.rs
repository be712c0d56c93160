//! What the whole page shares: language, look, place, connection, forms and the record. Kept in memory only.

use std::sync::Arc;

use leptos::prelude::*;

use super::act::Progress;
use super::browser;
use super::form_state::{Filling, FormState};
use super::held::Held;
use super::in_use::InUse;
use super::later::{Later, Parts};
use super::proof::Proving;
use super::route::Route;
use super::shell;
use super::way_out::NoConfig;
use crate::config::{Config, Features};
use crate::domain::caution::Stage;
use crate::domain::draft::Values;
use crate::domain::message::Message;
use crate::domain::operation::{Follow, Operation, Scope};
use crate::domain::outcome::Outcome;
use crate::domain::plan;
use crate::domain::vendor::Vendor;
use crate::domain::vocabulary;
use crate::embed::{Frame, Look};
use crate::words::{Language, Words};

/// One act that was carried out, with everything needed to answer for it. No secret is in it.
#[derive(Clone)]
pub(crate) struct Act {
    /// When it left, milliseconds since 1970.
    pub(crate) at: i64,
    /// What was done.
    pub(crate) operation: &'static Operation,
    /// What was typed, to use again.
    pub(crate) values: Values,
    /// The sentence that was confirmed.
    pub(crate) scope: Scope,
    /// Why, as the person wrote.
    pub(crate) reason: String,
    /// Practice or production.
    pub(crate) stage: Stage,
    /// As which app, at which address, through which proxy.
    pub(crate) account: String,
    /// How many messages or receivers it was about.
    pub(crate) count: usize,
    /// The job it was, when it was one.
    pub(crate) job: Option<String>,
    /// What the vendor wants a rest for between two acts; empty when it does not.
    pub(crate) thing: String,
    /// Method and address at the vendor.
    pub(crate) request: String,
    /// The body that was sent, empty when there was none.
    pub(crate) body: String,
    /// The trace id that went with it.
    pub(crate) trace: String,
    /// What came of it.
    pub(crate) outcome: Outcome,
    /// What can be done next.
    pub(crate) follows: Vec<Follow>,
    /// The message it is about, as it was before.
    pub(crate) about: Option<Arc<Message>>,
    /// Whether looking it up afterwards proved it.
    pub(crate) proof: Proving,
    /// The answer as it came.
    pub(crate) raw: Option<String>,
}

/// The shared state. There is one desk, and it lives as long as the page: a plain reference is the cheapest handle.
pub(crate) type Desk = &'static Shared;

/// A part of the band that another part of the page brings.
pub(crate) type Control = fn(Desk) -> AnyView;

/// What is shared.
pub(crate) struct Shared {
    /// The language shown.
    pub(crate) language: Held<Language>,
    /// Light or dark.
    pub(crate) look: Held<Look>,
    /// Who is around the page, if it stands in a frame.
    pub(crate) frame: Held<Frame>,
    /// The page shown.
    pub(crate) route: Held<Route>,
    /// A clock that ticks every ten seconds, for what depends on a message's age.
    pub(crate) clock: Held<i64>,
    /// The vendor whose operations are offered.
    pub(crate) vendor: Held<&'static Vendor>,
    /// The connection in use for the vendor that is offered.
    pub(crate) in_use: Held<Option<InUse>>,
    /// The connections in use for the other vendors.
    pub(super) resting: Held<Vec<InUse>>,
    /// What `config.json` gave, or why there is nothing to go by.
    pub(crate) config: Held<Result<Config, NoConfig>>,
    /// A text of `config.json` that could not be read, because a vendor in it did not arrive.
    pub(crate) waiting: Held<Option<String>>,
    /// Everything done in this session, newest last.
    pub(crate) acts: Held<Vec<Arc<Act>>>,
    /// The operations whose pages were shown, the last one last.
    pub(crate) last: Held<Vec<&'static str>>,
    /// Whether a secret was found in the address and wiped.
    pub(crate) wiped: Held<bool>,
    /// The vendors that are here.
    pub(crate) vendors: Held<Vec<&'static Vendor>>,
    /// The id of a vendor that is on its way, and whether it failed to arrive.
    pub(crate) arriving: Held<Option<(&'static str, bool)>>,
    forms: Held<Vec<FormState>>,
    /// Where each operation's form stands.
    pub(crate) progress: Held<Vec<Progress>>,
    /// The parts of the page that are here, and the ways to the others.
    pub(crate) parts: Parts,
    /// The lock's control in the band, once it is here.
    pub(crate) locking: Held<Option<Control>>,
    /// Whether the page is to be locked as soon as nothing is under way.
    pub(crate) lock_waits: Held<bool>,
    /// When a hand was last on the page, milliseconds since 1970; zero before anybody looked.
    pub(crate) hand: Held<i64>,
    /// How acts ended before the page was locked, where nobody may have seen it.
    pub(crate) kept: Held<String>,
    /// Whether another page was gone to since the start.
    pub(crate) moved: Held<bool>,
    /// Whether the connection in use is to be tested as soon as its page is shown.
    pub(crate) examine: Held<bool>,
    owner: Owner,
}

impl Shared {
    /// A desk as it is at the start, with one vendor.
    pub(crate) fn open(later: Later, vendor: &'static Vendor) -> Desk {
        let desk: Desk = Box::leak(Box::new(Self {
            language: Held::new(Language::for_tag(&browser::preferred_language())),
            look: Held::new(Look::System),
            frame: Held::new(Frame::Alone),
            route: Held::new(Route::parse(&browser::hash())),
            clock: Held::new(browser::now()),
            vendor: Held::new(vendor),
            in_use: Held::new(None),
            resting: Held::new(Vec::new()),
            config: Held::new(Err(NoConfig::Awaited)),
            waiting: Held::new(None),
            acts: Held::new(Vec::new()),
            last: Held::new(Vec::new()),
            wiped: Held::new(false),
            vendors: Held::new(Vec::new()),
            arriving: Held::new(None),
            forms: Held::new(Vec::new()),
            progress: Held::new(Vec::new()),
            parts: Parts::new(later),
            locking: Held::new(None),
            lock_waits: Held::new(false),
            hand: Held::new(0),
            kept: Held::new(String::new()),
            moved: Held::new(false),
            examine: Held::new(false),
            owner: Owner::current().unwrap_or_default(),
        }));
        desk.stand(if browser::is_framed() { Frame::Waiting } else { Frame::Alone });
        desk.add(vendor);
        desk
    }

    /// Whether a part of the page is offered here; followed.
    pub(crate) fn has(&self, part: fn(&Features) -> bool) -> bool {
        self.config.with(|config| config.as_ref().map_or(true, |config| part(&config.policy.features)))
    }

    /// Whether nothing but the configuration's own connections may be used; followed.
    pub(crate) fn is_locked(&self) -> bool {
        self.config.with(|config| config.as_ref().is_ok_and(|config| config.policy.locked))
    }

    /// Makes something that lives as long as the desk, whatever page is shown at this moment.
    pub(crate) fn own<T>(&self, make: impl FnOnce() -> T) -> T {
        self.owner.with(make)
    }

    /// Adds a vendor that arrived, with one form per operation and one for its connection.
    fn add(&self, vendor: &'static Vendor) {
        // The forms live as long as the desk, whatever page is shown when they are made.
        self.owner.with(|| {
            let operations = || vendor.operations.iter().copied();
            let forms =
                operations().map(|operation| Filling::open(operation.id, &operation.form, self.clock));
            let connection = Filling::open(vendor.id, vendor.connection, self.clock);
            self.forms.update(|all| all.extend(forms.chain([connection])));
            self.progress.update(|all| all.extend(operations().map(Progress::new)));
        });
        self.vendors.update(|all| all.push(vendor));
    }

    /// The vendor of this id, which is fetched when it is not here yet; none when it did not arrive.
    pub(crate) async fn bring(&self, id: &'static str) -> Option<&'static Vendor> {
        let here = || self.vendors.with_untracked(|all| all.iter().copied().find(|vendor| vendor.id == id));
        if here().is_none() {
            let vendor = self.parts.vendor(id).await?;
            // Somebody else may have waited for it as well.
            if here().is_none() {
                self.add(vendor);
            }
        }
        here()
    }

    /// Says again what could not be said before the part was here that has the words for it.
    pub(crate) fn retell(&self) {
        self.kept.update(|_| ());
        if self.config.with_untracked(Result::is_err) {
            self.config.update(|_| ());
        }
    }

    /// Offers the vendor of this id, once it is here.
    pub(crate) fn want(&'static self, id: &'static str) {
        self.arriving.set(Some((id, false)));
        browser::spawn(async move {
            let arrived = self.bring(id).await;
            // Another one may be wanted by now.
            if self.arriving.get_untracked().is_some_and(|(wanted, _)| wanted == id) {
                self.arriving.set(arrived.is_none().then_some((id, true)));
                if let Some(vendor) = arrived {
                    shell::configured(self, vendor);
                    self.offer(vendor);
                    // The page is drawn anew: whoever came by a link or chose in the list goes on from there.
                    if self.route.get_untracked() == Route::Connection {
                        browser::focus_soon_if_lost("vendor");
                    } else if self.moved.get_untracked() {
                        browser::focus_soon_if_lost("page-title");
                    }
                }
            }
        });
    }

    /// The form of an operation, or of a vendor's connection; it keeps what was typed for as long as the page lives.
    pub(crate) fn form(&self, id: &str) -> Option<FormState> {
        self.forms.with(|all| all.iter().copied().find(|form| form.id == id))
    }

    /// Where an operation's form stands.
    pub(crate) fn progress(&self, id: &str) -> Option<Progress> {
        self.progress.with(|all| all.iter().copied().find(|progress| progress.operation.id == id))
    }

    /// The route with the start resolved to the first operation; followed.
    pub(crate) fn shown(&self) -> Route {
        match self.route.get() {
            Route::Start => self
                .vendor
                .get()
                .operations
                .first()
                .map_or(Route::Connection, |first| Route::Operation(first.id.to_owned())),
            route => route,
        }
    }

    /// Whether an operation's page is shown at this moment.
    pub(crate) fn shows(&self, operation: &Operation) -> bool {
        untrack(|| self.shown()) == Route::Operation(operation.id.to_owned())
    }

    /// Puts a connection into use. A dialog that asks for an act through another one is closed.
    pub(crate) fn connect(&self, in_use: InUse) {
        self.stop_asking();
        let vendor = in_use.connection.vendor();
        if self.vendor.with_untracked(|offered| offered.id == vendor.id) {
            return self.in_use.set(Some(in_use));
        }
        self.resting.update(|resting| {
            resting.retain(|other| other.connection.vendor().id != vendor.id);
            resting.push(in_use);
        });
    }

    /// The connection an operation goes through: of its own cloud, never of another; followed.
    pub(crate) fn way_of(&self, operation: &Operation) -> Option<InUse> {
        let own = |in_use: &&InUse| {
            in_use.connection.vendor().operations.iter().any(|known| known.id == operation.id)
        };
        self.in_use.with(|in_use| in_use.as_ref().filter(own).cloned())
    }

    /// Whether a vendor has a connection in use.
    pub(crate) fn is_connected(&self, vendor: &Vendor) -> bool {
        let of_vendor = |in_use: &InUse| in_use.connection.vendor().id == vendor.id;
        self.in_use.with_untracked(|in_use| in_use.as_ref().is_some_and(of_vendor))
            || self.resting.with_untracked(|resting| resting.iter().any(of_vendor))
    }

    /// Closes every dialog that waits.
    pub(crate) fn stop_asking(&self) {
        for progress in self.progress.get_untracked() {
            progress.stop_asking();
        }
    }

    /// Words with their facts, in the language of the moment.
    pub(crate) fn fill(&self, words: Words, facts: &[(&str, &str)]) -> String {
        words.fill(self.language.get(), facts)
    }

    /// Offers a vendor's operations; a vendor that is offered already is left alone, with what stands in its form.
    pub(crate) fn offer(&self, vendor: &'static Vendor) {
        if self.vendor.with_untracked(|offered| offered.id != vendor.id) {
            self.stop_asking();
            self.keep_what_means_the_same(vendor);
            let mut resting = self.resting.get_untracked();
            let place = resting.iter().position(|in_use| in_use.connection.vendor().id == vendor.id);
            let next = place.map(|place| resting.remove(place));
            resting.extend(self.in_use.get_untracked());
            self.resting.set(resting);
            self.in_use.set(next);
            self.vendor.set(vendor);
        }
    }

    /// Remembers that an operation's page is shown: its verb leads back to it.
    pub(crate) fn visit(&self, operation: &'static Operation) {
        if self.last.with_untracked(|last| last.last() != Some(&operation.id)) {
            self.last.update(|last| {
                last.retain(|id| *id != operation.id);
                last.push(operation.id);
            });
        }
    }

    /// What was typed into the form used last, and means the same for `vendor`, is put into that vendor's form for the same
    /// verb, which is shown in place of an operation the vendor does not have.
    fn keep_what_means_the_same(&self, vendor: &'static Vendor) {
        let last = self.last.with_untracked(|last| last.last().copied());
        let Some(progress) = last.and_then(|id| self.progress(id)) else { return };
        let operation = progress.operation;
        let values = self.form(operation.id).map(|form| untrack(|| form.values())).unwrap_or_default();
        let meanings = vocabulary::meanings(operation, &values);
        let Some(other) = vocabulary::counterpart(operation, &meanings, vendor) else { return };
        if let Some(form) = self.form(other.id).filter(|form| form.is_untouched()) {
            form.put(&vocabulary::taken_over(other, &meanings));
        }
        if self.shows(operation) {
            browser::set_hash(&Route::Operation(other.id.to_owned()).print());
        }
        self.visit(other);
    }

    /// Fills in an operation's form and goes there.
    pub(crate) fn open_filled(&self, operation: &'static str, values: &[(&'static str, String)]) {
        self.open_form(operation, &values.iter().map(|(name, text)| (*name, text.as_str())).collect());
    }

    /// Opens an operation's form for a message that was found or pasted: nothing is typed twice.
    pub(crate) fn open_about(&self, operation: &'static Operation, message: Arc<Message>) {
        self.open_form(operation.id, &message.carried(operation));
        if let Some(form) = self.form(operation.id) {
            form.about.set(Some(message));
        }
    }

    /// Opens an operation's form for several messages, in the fewest requests.
    pub(crate) fn open_several(&self, operation: &'static Operation, messages: &[Arc<Message>]) {
        let requests = plan::requests(operation, messages);
        let Some(first) = requests.first() else { return };
        self.open_form(operation.id, first);
        if let Some(form) = self.form(operation.id) {
            form.several.set(if requests.len() > 1 { requests } else { Vec::new() });
        }
    }

    /// Fills in an operation's form with texts and goes there; an earlier result does not stand under it.
    pub(crate) fn open_form(&self, operation: &'static str, values: &Values) {
        if let Some(form) = self.form(operation) {
            form.fill(values.iter());
        }
        if let Some(progress) = self.progress(operation) {
            progress.begin_anew();
        }
        browser::set_hash(&Route::Operation(operation.to_owned()).print());
    }
}
