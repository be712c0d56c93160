//! The connection's page: ready-made ones to choose, a form to type one in, and a test that says what to change.

use leptos::prelude::*;

use super::connect::{self, Finding, choose, open};
use super::desk::{Desk, InUse};
use super::field::field_view;
use super::form_state::FormState;
use super::{browser, preview};
use crate::config::Preset;
use crate::domain::caution::Stage;
use crate::domain::problem::Problem;
use crate::domain::sentence;
use crate::domain::vendor::{ENDPOINT, Vendor};
use crate::vendors;
use crate::words::desk as words;

/// The page of the connection.
pub(crate) fn connection_page(desk: Desk) -> AnyView {
    view! {
        <header class="page-head">
            <h1 id="page-title" tabindex="-1">{desk.say(words::CONNECTION_TITLE)}</h1>
            <p>{desk.say(words::CONNECTION_LEAD)}</p>
        </header>
        <div class="columns">
            {move || vendor_form(desk, desk.vendor.get())}
            <aside class="side">{move || presets(desk)}</aside>
        </div>
    }
    .into_any()
}

fn presets(desk: Desk) -> Option<AnyView> {
    let presets = desk
        .config
        .with(|config| config.as_ref().map(|config| config.connections.clone()).unwrap_or_default());
    if presets.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="card">
                <h2>{desk.say(words::PRESETS)}</h2>
                <ul class="presets">{presets.into_iter().map(|preset| preset_view(desk, preset)).collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

fn preset_view(desk: Desk, preset: Preset) -> AnyView {
    let name = preset.name(desk.language.get()).to_owned();
    let current =
        desk.in_use.with(|in_use| in_use.as_ref().is_some_and(|in_use| in_use.name.contains(&name)));
    let label = if current { words::PRESET_IN_USE } else { words::PRESET_USE };
    let class = if preset.stage == Stage::Practice { "pill practice" } else { "pill warn" };
    let stage = if preset.stage == Stage::Practice { words::PRACTICE } else { words::PRODUCTION };
    let pressed = if current { "true" } else { "false" };
    let take = move |_| {
        if let Some(state) = connection_form(desk, preset.vendor) {
            state.fill(preset.values.iter());
        }
        if !choose(desk, &preset) {
            // Something is missing, as a rule the secret: the form says what.
            desk.vendor.set(preset.vendor);
            browser::focus_soon("page-title");
        }
    };
    view! {
        <li>
            <span class=class>{desk.say(stage)}</span>
            " "
            <button type="button" class="button" aria-pressed=pressed on:click=take>
                {desk.fill(label, &[("name", &name)])}
            </button>
        </li>
    }
    .into_any()
}

/// The form of a vendor's connection.
fn connection_form(desk: Desk, vendor: &'static Vendor) -> Option<FormState> {
    desk.form(vendor.id)
}

fn vendor_form(desk: Desk, vendor: &'static Vendor) -> Option<AnyView> {
    let state = connection_form(desk, vendor)?;
    let finding: RwSignal<Option<Finding>> = RwSignal::new(None);
    let testing = RwSignal::new(false);
    let connected = RwSignal::new(false);
    // Problems only the assembled connection shows: the address and the proxy template.
    let more: RwSignal<Vec<Problem>> = RwSignal::new(Vec::new());
    let opened = move || {
        connected.set(false);
        finding.set(None);
        let sound = state.submit();
        match open(vendor, &untrack(|| state.values())) {
            Ok(connection) if sound => {
                more.set(Vec::new());
                Some(connection)
            }
            result => {
                let known = state.checked.with_untracked(|checked| checked.problems.clone());
                let new = |problem: &Problem| {
                    !known.iter().any(|known| known.field == problem.field && known.stops())
                };
                more.set(
                    result.err().unwrap_or_default().into_iter().filter(Problem::stops).filter(new).collect(),
                );
                browser::focus_soon("connection-problems");
                None
            }
        }
    };
    let test = move |_| {
        if let Some(connection) = opened() {
            testing.set(true);
            leptos::task::spawn_local(async move {
                let found = connect::test(&connection).await;
                testing.set(false);
                finding.set(Some(found));
            });
        }
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(connection) = opened() {
            let stage = connect::stage(desk, &untrack(|| state.values()));
            desk.in_use.set(Some(InUse { connection, name: Default::default(), stage }));
            connected.set(true);
        }
    };
    Some(
        view! {
            <form class="card" data-connection=vendor.id novalidate autocomplete="off" on:submit=submit>
                {(vendors::ALL.len() > 1).then(|| vendor_choice(desk))}
                <div class="fields">
                    {region_choice(desk, state, vendor)}
                    {vendor
                        .connection
                        .fields()
                        .filter_map(|field| state.cell(field.name))
                        .map(|cell| field_view(desk, state, cell))
                        .collect_view()}
                </div>
                <div id="connection-problems" tabindex="-1">
                    {move || problems(desk, state, &more.get())}
                </div>
                <div class="actions">
                    <button type="submit" class="button do">{desk.say(words::USE_CONNECTION)}</button>
                    <button type="button" class="button" id="test-connection" on:click=test>{desk.say(words::TEST)}</button>
                </div>
                <div role="status" id="test-finding">
                    {move || testing.get().then(|| view! { <p class="hint">{desk.say(words::TESTING)}</p> })}
                    {move || finding.get().map(|finding| finding_view(desk, finding))}
                    {move || connected.get().then(|| view! { <p class="verdict ok">{desk.say(words::CONNECTED)}</p> })}
                </div>
            </form>
        }
        .into_any(),
    )
}

fn finding_view(desk: Desk, finding: Finding) -> AnyView {
    let class = if finding.ready { "verdict ok" } else { "verdict no" };
    let code = finding.code;
    let sentence = move || finding.sentence(desk.language.get());
    let copied = sentence.clone();
    view! {
        <p class=class data-finding=code>{sentence}</p>
        {(code != "ready").then(|| view! { <div class="actions">{preview::copy_button(desk, words::COPY_DETAILS, move || untrack(copied.clone()))}</div> })}
    }
    .into_any()
}

fn problems(desk: Desk, state: FormState, more: &[Problem]) -> AnyView {
    let language = desk.language.get();
    state.checked.with(|checked| {
        let line = |problem: &Problem| {
            let said = sentence::sentence(problem, state.form, &checked.readings, language);
            view! { <p class="problem" data-rule=problem.rule>{said}</p> }
        };
        more.iter().map(line).collect_view().into_any()
    })
}

fn vendor_choice(desk: Desk) -> AnyView {
    let choose = move |event: web_sys::Event| {
        if let Some(vendor) = vendors::vendor(&event_target_value(&event)) {
            desk.vendor.set(vendor);
        }
    };
    let option = |vendor: &&'static Vendor| {
        let vendor = *vendor;
        view! {
            <option value=vendor.id prop:selected=move || desk.vendor.get().id == vendor.id>
                {desk.say(vendor.name)}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for="vendor">{desk.say(words::VENDOR)}</label>
            <select id="vendor" on:change=choose>{vendors::ALL.iter().map(option).collect_view()}</select>
        </div>
    }
    .into_any()
}

/// Documented addresses; choosing one fills in the endpoint and a same-origin proxy route for it.
fn region_choice(desk: Desk, state: FormState, vendor: &'static Vendor) -> AnyView {
    let endpoint = state.cell(ENDPOINT.name);
    let current = move || endpoint.map_or_else(String::new, |cell| cell.text.get());
    let choose = move |event: web_sys::Event| {
        let url = event_target_value(&event);
        if let Some(cell) = endpoint {
            cell.text.set(url);
            cell.shown.set(false);
        }
    };
    let option = |host: &'static crate::domain::vendor::Host| {
        view! {
            <option value=host.url prop:selected=move || current().trim() == host.url>
                {desk.say(host.label)}
            </option>
        }
    };
    view! {
        <div class="field whole">
            <label for="region">{desk.say(words::REGION)}</label>
            <select id="region" on:change=choose>
                <option value="" prop:selected=move || !vendor.hosts.iter().any(|host| current().trim() == host.url)>
                    {desk.say(words::REGION_OTHER)}
                </option>
                {vendor.hosts.iter().map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}
