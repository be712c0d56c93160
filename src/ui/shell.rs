//! The frame of every page: bar, band that says where you are, the page of the route.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::act::{Phase, Progress};
use super::browser;
use super::connect::{CONFIG, choose, via};
use super::desk::Desk;
use super::el::{all, derived, el, fixed, live, nothing};
use super::form_page::form_page;
use super::held::Held;
use super::later::{Part, fetched};
use super::navigation::verbs;
use super::parts::{Button, actions, link, page_head, say, span};
use super::result::verdict_words;
use super::route::Route;
use super::start::{not_loaded, waiting};
use super::way_out::NoConfig;
use crate::config::{Config, ConfigFault, Preset};
use crate::domain::caution::Stage;
use crate::domain::leak::holds_secret;
use crate::domain::reply::Ending;
use crate::domain::vendor::Vendor;
use crate::embed::{Frame, Look};
use crate::transport::fetch::{self, OwnFile};
use crate::vendors;
use crate::words::{Language, Words, desk as words, outcome};

/// How often what depends on a message's age is looked at again, in milliseconds.
const TICK: u32 = 10_000;

/// How long the first page has the line for itself before the parts it does not need are fetched, in milliseconds.
const IDLE: u32 = 400;

/// The desk; `config` becomes what came of fetching `config.json`.
pub(crate) fn desk_view(desk: Desk, wiped: bool, config: Held<Option<OwnFile>>) -> AnyView {
    desk.wiped.set(wiped);
    // Nobody may have gone to another place yet: that has an entry of its own.
    desk.kept.set(browser::kept());
    gloo_timers::callback::Interval::new(TICK, move || desk.clock.set(browser::now())).forget();
    browser::on_route_change(move || {
        // A dialog asks about the page it stands on.
        desk.stop_asking();
        wipe_secrets(desk);
        desk.moved.set(true);
        desk.route.set(Route::parse(&browser::hash()));
        // What nobody has seen yet goes along.
        desk.kept.with_untracked(|text| browser::keep(text));
        browser::focus_soon("page-title");
    });
    wipe_secrets(desk);
    browser::watch_presses();
    browser::guard_leaving(move || desk.is_busy());
    browser::spawn(async move {
        TimeoutFuture::new(IDLE).await;
        // What does not arrive now is fetched, and spoken of, when it is needed.
        for part in [Part::Acts, Part::Connecting] {
            desk.parts.bring(part).await;
            desk.retell();
        }
    });
    Effect::new(move |_| {
        if let Some(read) = config.get() {
            browser::spawn(settle(desk, read));
        }
    });
    // A page of another cloud brings that cloud with it.
    Effect::new(move |_| {
        if let Route::Operation(id) = desk.route.get() {
            let vendor = id.split('.').next().unwrap_or_default();
            let offered = vendors::OFFERED.iter().map(|(id, _)| *id).find(|id| *id == vendor);
            if let Some(id) = offered.filter(|id| desk.vendor.with_untracked(|shown| shown.id != *id)) {
                desk.want(id);
            }
        }
    });
    Effect::new(move |_| {
        let language = desk.language.get();
        browser::set_root_attribute("lang", language.tag());
        document().set_title(&name(desk, language));
    });
    Effect::new(move |_| {
        browser::set_root_attribute(
            "data-look",
            match desk.look.get() {
                Look::System => "system",
                Look::Light => "light",
                Look::Dark => "dark",
            },
        );
    });
    let fault = move || {
        desk.config.with(|config| match config {
            Ok(_) | Err(NoConfig::Awaited) => nothing(),
            Err(NoConfig::Wrong(fault)) => told_wrong(desk, fault),
            Err(NoConfig::Unread(came)) => told_unread(desk, came),
        })
    };
    let unread = move || {
        let again = move |text: String| move || browser::spawn(configure(desk, text.clone()));
        let waiting = desk.waiting.get();
        waiting.map_or_else(nothing, |text| all(not_loaded(desk.language.get(), again(text))))
    };
    let framed = move || match desk.frame.get() {
        Frame::Known => desk.parts.embedding().map_or_else(nothing, |embedding| (embedding.notes)(desk)),
        Frame::Alone | Frame::Waiting | Frame::Stranger(_) => nothing(),
    };
    let wiped = move || if desk.wiped.get() { told_wiped(desk) } else { nothing() };
    let kept = move || {
        let acts = desk.kept.with(|text| !text.is_empty()).then(|| desk.parts.acts());
        acts.flatten().map_or_else(nothing, |acts| (acts.kept)(desk))
    };
    all(vec![
        bar(desk),
        live(move || if desk.frame.get().is_open() { band(desk) } else { nothing() }),
        el("div").attr("role", "status").live(move || elsewhere(desk)).view(),
        if browser::is_secure() { nothing() } else { degraded(desk) },
        el("main")
            .live(fault)
            .live(unread)
            .live(wiped)
            .live(kept)
            .live(framed)
            .live(move || page(desk))
            .view(),
    ])
}

/// A secret in the address is refused: it is wiped from the address bar and its history entry. Tells whether there was one.
pub(crate) fn wipe() -> bool {
    let found = holds_secret(&format!("{}{}", browser::search(), browser::hash()));
    if found {
        // A place that nobody knows is printed as it was written.
        let route = Route::parse(&browser::hash()).print();
        browser::replace_address(if holds_secret(&route) { "#/" } else { &route });
    }
    found
}

/// Wipes a secret from the address, and says so.
fn wipe_secrets(desk: Desk) {
    if wipe() {
        desk.wiped.set(true);
    }
}

fn told_fault(said: String) -> AnyView {
    el("p").class("verdict no").attr("role", "alert").text(fixed(said)).view()
}

/// Says what is wrong with `config.json`; before the sentences are here, at which key.
fn told_wrong(desk: Desk, fault: &ConfigFault) -> AnyView {
    let said = match desk.parts.connecting() {
        Some(connecting) => (connecting.fault)(fault, desk.language.get()),
        None => Some(fault.key()).filter(|key| !key.is_empty()).unwrap_or(CONFIG).to_owned(),
    };
    told_fault(desk.fill(words::CONFIG_FAULT, &[("fault", &said)]))
}

/// Says that `config.json` could not be read, with a button that tries again.
fn told_unread(desk: Desk, came: &Ending) -> AnyView {
    let language = desk.language.get();
    let came = match came {
        Ending::Replied(reply) => format!("HTTP {}", reply.status),
        Ending::Redirected => words::CONFIG_REDIRECTED.text(language).to_owned(),
        Ending::Cut { .. } => outcome::CUT.text(language).to_owned(),
        Ending::TimedOut => outcome::TIMED_OUT.text(language).to_owned(),
        _ => outcome::NO_CONNECTION.text(language).to_owned(),
    };
    let said = desk.fill(words::CONFIG_UNREAD, &[("came", &came), ("empty", "{}")]);
    let again = move || browser::spawn(async move { settle(desk, fetch::own_file(CONFIG).await).await });
    let again = Button::new("button", fixed(words::RETRY.text(language)), again).id("read-config");
    all(vec![told_fault(said), actions(vec![again.view()])])
}

/// Goes by what came of fetching `config.json`.
async fn settle(desk: Desk, read: OwnFile) {
    match read {
        Ok(Some(text)) => configure(desk, text).await,
        Ok(None) => desk.adopt(Config::default()),
        Err(came) => desk.refuse(NoConfig::Unread(came)),
    }
}

/// Reads `config.json` and puts the first practice connection into use, so that a newcomer can begin at once.
async fn configure(desk: Desk, text: String) {
    desk.waiting.set(None);
    let first = Config::vendors(&text).first().copied();
    if let Some(first) = first
        && desk.bring(first).await.is_none()
    {
        return desk.waiting.set(Some(text));
    }
    match Config::parse(&text) {
        Ok(config) => {
            // Who has chosen a language already keeps it.
            let preferred = Language::for_tag(&browser::preferred_language());
            let language = config.language.filter(|_| desk.language.get_untracked() == preferred);
            if let Some(language) = language {
                desk.language.set(language);
            }
            desk.adopt(config);
            desk.vendors.get_untracked().into_iter().for_each(|vendor| configured(desk, vendor));
            // Nothing was chosen yet: the desk opens with what the configuration names first.
            if let Some(vendor) =
                desk.vendors.with_untracked(|all| all.iter().copied().find(|it| Some(it.id) == first))
                && desk.in_use.with_untracked(Option::is_none)
            {
                desk.offer(vendor);
            }
        }
        Err(fault) => desk.refuse_wrong(fault),
    }
}

/// What the configuration says of a vendor that is here: judged, and its first practice connection put into use.
pub(crate) fn configured(desk: Desk, vendor: &'static Vendor) {
    let checked =
        desk.config.with_untracked(|config| config.as_ref().map_or(Ok(()), |config| config.check(vendor)));
    if let Err(fault) = checked {
        return desk.refuse_wrong(fault);
    }
    let practice = desk.config.with_untracked(|config| {
        let practice = |preset: &&Preset| preset.stage == Stage::Practice;
        config.as_ref().ok().and_then(|config| config.of(vendor).find(practice).cloned())
    });
    if let Some(preset) = practice.filter(|_| !desk.is_connected(vendor)) {
        // Somebody may be typing already: what stands in the form is theirs.
        if let Some(form) = desk.form(vendor.id).filter(|form| form.is_untouched()) {
            form.fill(preset.values.iter());
        }
        choose(desk, vendor, &preset);
    }
}

/// What the desk is called here.
fn name(desk: Desk, language: Language) -> String {
    let own = |config: &Result<Config, NoConfig>| {
        Some(config.as_ref().ok()?.title.as_ref()?.text(language).to_owned())
    };
    desk.config.with(own).unwrap_or_else(|| words::NAME.text(language).to_owned())
}

/// What a page on plain http cannot promise.
fn degraded(desk: Desk) -> AnyView {
    let name = el("b").text(say(desk, words::DEGRADED)).view();
    el("p").id("degraded").class("where").child(name).child(span("", say(desk, words::DEGRADED_NEXT))).view()
}

fn told_wiped(desk: Desk) -> AnyView {
    el("p").class("verdict no").attr("role", "alert").text(say(desk, words::ADDRESS_WIPED)).view()
}

fn bar(desk: Desk) -> AnyView {
    let page = move |route: Route, label: Words| {
        let address = route.print();
        let current = Signal::derive(move || (desk.shown() == route).then(|| "page".to_owned()));
        el("a").attr("href", address).attr_live("aria-current", current).text(say(desk, label)).view()
    };
    let look = derived(move || {
        let look = match desk.look.get() {
            Look::System => words::THEME_AUTO,
            Look::Light => words::THEME_LIGHT,
            Look::Dark => words::THEME_DARK,
        };
        look.text(desk.language.get()).to_owned()
    });
    let switch_language = move || desk.language.update(|language| *language = language.other());
    let next_look = move || {
        desk.look.update(|look| {
            *look = match look {
                Look::System => Look::Light,
                Look::Light => Look::Dark,
                Look::Dark => Look::System,
            };
        });
    };
    let label = Signal::derive(move || Some(words::NAVIGATION.text(desk.language.get()).to_owned()));
    let navigation =
        el("nav")
            .attr_live("aria-label", label)
            .child(verbs(desk))
            .live(move || if desk.has(|it| it.paste) { page(Route::Paste, words::PASTE) } else { nothing() })
            .live(move || {
                if desk.has(|it| it.jobs) { page(Route::Jobs(String::new()), words::JOBS) } else { nothing() }
            })
            .child(page(Route::Record, words::RECORD))
            .child(page(Route::Connection, words::CONNECTION));
    let skip = |event: web_sys::Event| {
        event.prevent_default();
        browser::focus("page-title");
    };
    el("header")
        .class("bar")
        .child(el("a").class("skip").attr("href", "#/").on("click", skip).text(say(desk, words::SKIP)).view())
        .child(el("strong").text(derived(move || name(desk, desk.language.get()))).view())
        .child(navigation.view())
        .child(
            Button::new("quiet", say(desk, words::LANGUAGE_OTHER), switch_language)
                .id("switch-language")
                .view(),
        )
        .child(Button::new("quiet", look, next_look).id("switch-look").view())
        .view()
}

/// The band that is always visible: where requests go, as which app, through which proxy, and where the secret is.
fn band(desk: Desk) -> AnyView {
    let language = desk.language.get();
    let part = |class, words: Words| span(class, fixed(words.text(language)));
    let strong = |words: Words| el("b").text(fixed(words.text(language))).view();
    let place = |class, children: Vec<AnyView>| {
        let band = el("section").class(class).attr("aria-label", words::BAND.text(language));
        band.children(children).view()
    };
    let lock = live(move || desk.locking.get().map_or_else(nothing, |control| control(desk)));
    let Some(in_use) = desk.in_use.get() else {
        let connect = link(Route::Connection.print(), say(desk, words::TO_CONNECTION));
        return place(
            "where",
            vec![strong(words::NOT_CONNECTED), part("", words::NOT_CONNECTED_NEXT), connect, lock],
        );
    };
    let (class, stage, last) = match in_use.stage {
        Stage::Practice => ("where practice", words::PRACTICE, words::NOBODY_GETS_IT),
        Stage::Production if in_use.connection.is_signed_by_proxy() => {
            ("where", words::PRODUCTION, words::SECRET_AT_PROXY)
        }
        Stage::Production => ("where", words::PRODUCTION, words::SECRET_IN_MEMORY),
    };
    let [chinese, english] = &in_use.name;
    let name = match language {
        Language::Chinese => chinese,
        Language::English => english,
    };
    let connection = &in_use.connection;
    let parts = [connection.vendor().name.text(language), name, connection.endpoint().host()];
    let who = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let via = span("via", fixed(via(connection, language)));
    place(class, vec![strong(stage), span("", fixed(who)), via, part("via", last), lock])
}

/// What goes on, or has ended, on pages that are not shown.
fn elsewhere(desk: Desk) -> AnyView {
    let shown = desk.shown();
    let told = |progress: &Progress| {
        let said = match progress.phase.get() {
            Phase::Leaving(_) => words::ELSEWHERE_LEAVING,
            Phase::Resting | Phase::Sent(..) => words::SENDING,
            Phase::Done { places, .. } if progress.unseen.get() => {
                let last = *places.last()?;
                desk.acts.with(|acts| acts.get(last).map(|act| verdict_words(act.outcome.verdict)))?
            }
            Phase::Idle
            | Phase::Fetching(_)
            | Phase::NotFetched
            | Phase::Asking(_)
            | Phase::TakenBack
            | Phase::Forbidden(_)
            | Phase::Done { .. } => return None,
        };
        let route = Route::Operation(progress.operation.id.to_owned());
        let title = el("b").text(say(desk, progress.operation.title)).view();
        let line = el("p").class("where").child(title).child(span("", say(desk, said)));
        (route != shown).then(|| line.child(link(route.print(), say(desk, words::ELSEWHERE_LOOK))).view())
    };
    all(desk.progress.get().iter().filter_map(told).collect())
}

fn page(desk: Desk) -> AnyView {
    // Where nobody knows who is around the page there are no forms, and so nothing to type into.
    if !desk.frame.get().is_open() {
        return fetched(desk, Part::Embedding, desk.parts.embedding().map(|it| it.page));
    }
    match desk.shown() {
        Route::Connection => fetched(desk, Part::Connecting, desk.parts.connecting().map(|it| it.page)),
        Route::Record => fetched(desk, Part::Acts, desk.parts.acts().map(|acts| acts.record)),
        Route::Paste if !desk.has(|it| it.paste) => not_found(desk),
        Route::Jobs(_) if !desk.has(|it| it.jobs) => not_found(desk),
        Route::Paste => fetched(desk, Part::Acts, desk.parts.acts().map(|acts| acts.paste)),
        Route::Jobs(_) => fetched(desk, Part::Jobs, desk.parts.jobs().map(|jobs| jobs.page)),
        Route::Operation(id) => match (desk.form(&id), desk.progress(&id)) {
            (Some(state), Some(progress)) => {
                desk.visit(progress.operation);
                form_page(desk, state, progress)
            }
            _ => match desk.arriving.get() {
                Some((_, false)) => waiting(desk.language.get()),
                Some((id, true)) => all(not_loaded(desk.language.get(), move || desk.want(id))),
                None => not_found(desk),
            },
        },
        Route::Start => not_found(desk),
    }
}

fn not_found(desk: Desk) -> AnyView {
    page_head(desk, words::NOT_FOUND, words::NOT_FOUND_NEXT)
}
