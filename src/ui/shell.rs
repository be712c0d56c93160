//! The frame of every page: bar, band that says where you are, the page of the route.

use leptos::prelude::*;

use super::browser;
use super::connect::{choose, via};
use super::connection_page::connection_page;
use super::desk::{Desk, Look};
use super::form_page::form_page;
use super::record_page::record_page;
use super::route::Route;
use crate::config::Config;
use crate::domain::caution::Stage;
use crate::transport::fetch;
use crate::vendors;
use crate::words::{Words, desk as words};

/// How often what depends on a message's age is looked at again, in milliseconds.
const TICK: u32 = 10_000;

/// The whole page.
pub(crate) fn shell() -> impl IntoView {
    // There is always a vendor; without one there is nothing to show.
    let desk = vendors::ALL.first().map(|vendor| Desk::new(vendor));
    desk.map(desk_view)
}

fn desk_view(desk: Desk) -> AnyView {
    gloo_timers::callback::Interval::new(TICK, move || desk.clock.set(browser::now())).forget();
    browser::on_route_change(move || {
        desk.route.set(Route::parse(&browser::hash()));
        browser::focus_soon("page-title");
    });
    browser::guard_leaving(move || desk.busy.get_untracked());
    leptos::task::spawn_local(configure(desk));
    Effect::new(move |_| {
        let language = desk.language.get();
        browser::set_root_attribute("lang", language.tag());
        document().set_title(words::NAME.text(language));
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
    let skip = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        browser::focus("page-title");
    };
    view! {
        <a class="skip" href="#/" on:click=skip>
            {desk.say(words::SKIP)}
        </a>
        {bar(desk)}
        {move || band(desk)}
        <main>
            {move || desk.config.with(|config| config.as_ref().err().map(|fault| config_fault(desk, fault)))}
            {move || page(desk)}
        </main>
    }
    .into_any()
}

/// Reads `config.json` and puts the first practice connection into use, so that a newcomer can begin at once.
async fn configure(desk: Desk) {
    let Some(text) = fetch::own_file("config.json").await else { return };
    match Config::parse(&text) {
        Ok(config) => {
            let practice = config.connections.iter().find(|preset| preset.stage == Stage::Practice).cloned();
            desk.config.set(Ok(config));
            if let Some(preset) = practice.filter(|_| desk.in_use.with_untracked(Option::is_none)) {
                choose(desk, &preset);
            }
        }
        Err(fault) => desk.config.set(Err(fault.to_string())),
    }
}

fn config_fault(desk: Desk, fault: &str) -> AnyView {
    view! { <p class="verdict no" role="alert">{desk.fill(words::CONFIG_FAULT, &[("fault", fault)])}</p> }
        .into_any()
}

fn bar(desk: Desk) -> AnyView {
    let link = move |route: Route, label: Words| {
        let here = route.clone();
        let current = move || (shown(desk) == here).then_some("page");
        view! {
            <a href=route.print() aria-current=current>
                {desk.say(label)}
            </a>
        }
    };
    let operations = move || {
        let operations = desk.vendor.get().operations.iter();
        operations
            .map(|operation| link(Route::Operation(operation.id.to_owned()), operation.short))
            .collect_view()
    };
    let look = move || match desk.look.get() {
        Look::System => words::THEME_AUTO,
        Look::Light => words::THEME_LIGHT,
        Look::Dark => words::THEME_DARK,
    };
    let next_look = move |_| {
        desk.look.update(|look| {
            *look = match look {
                Look::System => Look::Light,
                Look::Light => Look::Dark,
                Look::Dark => Look::System,
            };
        });
    };
    view! {
        <header class="bar">
            <strong>{desk.say(words::NAME)}</strong>
            <nav aria-label=desk.say(words::NAVIGATION)>
                {operations} {link(Route::Record, words::RECORD)} {link(Route::Connection, words::CONNECTION)}
            </nav>
            <button
                type="button"
                class="quiet"
                id="switch-language"
                lang=move || desk.language.get().other().tag()
                on:click=move |_| desk.language.update(|language| *language = language.other())
            >
                {desk.say(words::LANGUAGE_OTHER)}
            </button>
            <button type="button" class="quiet" id="switch-look" on:click=next_look>
                {move || look().text(desk.language.get())}
            </button>
        </header>
    }
    .into_any()
}

/// The band that is always visible: where requests go, as which app, through which proxy, and where the secret is.
fn band(desk: Desk) -> AnyView {
    let language = desk.language.get();
    let Some(in_use) = desk.in_use.get() else {
        return view! {
            <section class="where" aria-label=desk.say(words::BAND)>
                <b>{desk.say(words::NOT_CONNECTED)}</b>
                <span>{desk.say(words::NOT_CONNECTED_NEXT)}</span>
                <a href=Route::Connection.print()>{desk.say(words::TO_CONNECTION)}</a>
            </section>
        }
        .into_any();
    };
    let (class, stage, last) = match in_use.stage {
        Stage::Practice => ("where practice", words::PRACTICE, words::NOBODY_GETS_IT),
        Stage::Production => ("where", words::PRODUCTION, words::SECRET_IN_MEMORY),
    };
    let [chinese, english] = &in_use.name;
    let name = match language {
        crate::words::Language::Chinese => chinese,
        crate::words::Language::English => english,
    };
    let connection = &in_use.connection;
    let parts = [connection.vendor().name.text(language), name, connection.endpoint().host()];
    let who = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <section class=class aria-label=desk.say(words::BAND)>
            <b>{desk.say(stage)}</b>
            <span>{who}</span>
            <span class="via">{via(connection, language)}</span>
            <span class="via">{desk.say(last)}</span>
        </section>
    }
    .into_any()
}

/// The route with the start resolved to the first operation.
fn shown(desk: Desk) -> Route {
    match desk.route.get() {
        Route::Start => desk
            .vendor
            .get()
            .operations
            .first()
            .map_or(Route::Connection, |first| Route::Operation(first.id.to_owned())),
        route => route,
    }
}

fn page(desk: Desk) -> AnyView {
    match shown(desk) {
        Route::Connection => connection_page(desk),
        Route::Record => record_page(desk),
        Route::Operation(id) => match (vendors::operation(&id), desk.form(&id)) {
            (Some((_, operation)), Some(state)) => form_page(desk, state, operation),
            _ => not_found(desk),
        },
        Route::Start => not_found(desk),
    }
}

fn not_found(desk: Desk) -> AnyView {
    view! {
        <header class="page-head">
            <h1 id="page-title" tabindex="-1">{desk.say(words::NOT_FOUND)}</h1>
        </header>
    }
    .into_any()
}
