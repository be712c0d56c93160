//! The connection's page: ready-made ones to choose, a form to type one in, and a test that says what to change.

use leptos::prelude::*;

use super::browser;
use super::connect::{self, choose, open};
use super::desk::Desk;
use super::doctor::{Exam, report_view};
use super::el::{all, derived, el, fixed, nothing};
use super::field::field_view;
use super::form_page::group_view;
use super::form_state::{FormState, is_secret};
use super::in_use::InUse;
use super::lock;
use super::parts::{Button, actions, card, heading, page_head, paragraph, problem_line, say, span};
use super::start::{not_loaded, waiting};
use super::vault::vault_card;
use crate::config::{ConfigFault, Preset};
use crate::connection::Connection;
use crate::domain::caution::Stage;
use crate::domain::draft::Values;
use crate::domain::problem::Problem;
use crate::domain::sentence;
use crate::domain::vendor::{ENDPOINT, Host, Vendor};
use crate::vendors;
use crate::words::{Language, desk as words, doctor};

/// The way into the page of the connection, which is fetched when it is first needed.
pub struct Connecting {
    /// The page.
    pub(crate) page: fn(Desk) -> AnyView,
    /// What is wrong with the configuration, in a sentence.
    pub(crate) fault: fn(&ConfigFault, Language) -> String,
}

/// The page of the connection, with its test.
pub fn connecting() -> &'static Connecting {
    &Connecting { page: connection_page, fault: ConfigFault::sentence }
}

fn connection_page(desk: Desk) -> AnyView {
    lock::watch(desk);
    let side = el("aside").class("side").live(move || presets(desk)).live(move || vault_card(desk)).view();
    // A configuration that arrives and locks nothing leaves the form, and the focus in it, alone.
    let locked = Memo::new(move |_| desk.is_locked());
    let form = move || vendor_form(desk, desk.vendor.get(), locked.get());
    let columns = el("div").class("columns").live(form).child(side).view();
    let mut parts = vec![page_head(desk, words::CONNECTION_TITLE, words::CONNECTION_LEAD)];
    parts.extend(why_it_failed(desk));
    parts.push(columns);
    all(parts)
}

/// A test of the connection in use, whatever stands in its form: somebody asked why an act did not get through.
fn why_it_failed(desk: Desk) -> Option<AnyView> {
    if !desk.examine.get_untracked() {
        return None;
    }
    desk.examine.set(false);
    let connection = desk.in_use.with_untracked(|in_use| Some(in_use.as_ref()?.connection.clone()))?;
    let vendor = connection.vendor();
    let form = desk.form(vendor.id)?;
    let exam = Exam::new();
    exam.begin(connection.clone());
    let told = move || {
        let connection = connection.clone();
        let again = move || {
            exam.begin(connection.clone());
            browser::focus("page-title");
        };
        exam.report().map_or_else(nothing, |report| report_view(desk, &report, form, vendor, again))
    };
    let told = el("div").attr("role", "status").live(told).view();
    Some(card(vec![heading(desk, doctor::ABOUT_IN_USE), told]))
}

fn presets(desk: Desk) -> AnyView {
    let presets = desk
        .config
        .with(|config| config.as_ref().map(|config| config.connections.clone()).unwrap_or_default());
    if presets.is_empty() {
        return nothing();
    }
    let list = el("ul")
        .class("presets")
        .children(presets.into_iter().map(|preset| preset_view(desk, preset)))
        .view();
    card(vec![heading(desk, words::PRESETS), list])
}

fn preset_view(desk: Desk, preset: Preset) -> AnyView {
    let name = [Language::Chinese, Language::English].map(|language| preset.name(language).to_owned());
    let current = {
        let name = name.clone();
        Signal::derive(move || {
            desk.in_use.with(|in_use| in_use.as_ref().is_some_and(|in_use| in_use.name == name))
        })
    };
    let label = derived(move || {
        let [chinese, english] = &name;
        let name = if desk.language.get() == Language::Chinese { chinese } else { english };
        let label = if current.get() { words::PRESET_IN_USE } else { words::PRESET_USE };
        desk.fill(label, &[("name", name)])
    });
    let (class, stage) = match preset.stage {
        Stage::Practice => ("pill practice", words::PRACTICE),
        Stage::Production => ("pill warn", words::PRODUCTION),
    };
    let vendor_name = vendors::OFFERED.iter().find(|(id, _)| *id == preset.vendor).map(|(_, name)| *name);
    let take = move || {
        let preset = preset.clone();
        browser::spawn(async move {
            let Some(vendor) = desk.bring(preset.vendor).await else { return desk.want(preset.vendor) };
            if let Some(form) = desk.form(vendor.id) {
                form.fill(preset.values.iter());
            }
            desk.offer(vendor);
            if !choose(desk, vendor, &preset) {
                // Something is missing, as a rule the secret: the form says what.
                browser::focus_soon("page-title");
            }
        });
    };
    let button = Button { pressed: Some(current), ..Button::new("button", label, take) }.view();
    let vendor_name = vendor_name.map(|name| span("hint", say(desk, name)));
    el("li").child(span(class, say(desk, stage))).space().children(vendor_name).space().child(button).view()
}

/// The form of a vendor's connection.
fn vendor_form(desk: Desk, vendor: &'static Vendor, locked: bool) -> AnyView {
    let Some(state) = desk.form(vendor.id) else { return nothing() };
    // What was tested and what was found: an answer about other texts than stand there now is not shown. The connection is
    // kept with them, and with it its token: the same texts tested again do not cost another.
    let tested: RwSignal<Option<(Values, Connection)>> = RwSignal::new(None);
    let exam = Exam::new();
    let connected: RwSignal<Option<Values>> = RwSignal::new(None);
    // Problems only the assembled connection shows: the address and the proxy template.
    let more: RwSignal<Vec<Problem>> = RwSignal::new(Vec::new());
    let unlisted = RwSignal::new(false);
    let opened = move || {
        connected.set(None);
        exam.clear();
        let sound = state.submit();
        let values = untrack(|| state.values());
        // What cannot be typed here cannot be used either, however it came into the form.
        if locked && untrack(|| connect::listed(desk, vendor, &values).is_none()) {
            unlisted.set(true);
            browser::focus_soon("connection-problems");
            return None;
        }
        unlisted.set(false);
        match open(desk, vendor, &values) {
            Ok(new) if sound => {
                more.set(Vec::new());
                let kept = tested.get_untracked().filter(|(tested, _)| *tested == values);
                let connection = kept.map_or(new, |(_, kept)| kept);
                tested.set(Some((values, connection.clone())));
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
                // The first field that is wrong, or the sentence about the whole.
                match known.iter().find(|problem| problem.stops()) {
                    Some(problem) => state.focus(&problem.field),
                    None => browser::focus_soon("connection-problems"),
                }
                None
            }
        }
    };
    let test = move || {
        if let Some(connection) = opened() {
            exam.begin(connection);
        }
    };
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        if let Some(connection) = opened() {
            let stage = connect::stage(desk, vendor, &untrack(|| state.values()));
            desk.connect(InUse { connection, name: Default::default(), stage });
            connected.set(Some(untrack(|| state.values())));
        }
    };
    let mut groups = vendor.connection.groups.iter();
    let first = groups.next().map(|group| group.fields).unwrap_or_default().iter();
    let first = first.filter_map(|field| state.cell(field.name)).map(|cell| field_view(desk, state, cell));
    let fields = el("div").class("fields").child(region_choice(desk, state, vendor)).children(first).view();
    let secrets = vendor
        .connection
        .fields()
        .filter(|field| is_secret(field))
        .filter_map(|field| state.cell(field.name));
    let secrets = el("div").class("fields").children(secrets.map(|cell| field_view(desk, state, cell)));
    let found = move || {
        let now = state.values();
        let same = tested.with(|tested| tested.as_ref().is_some_and(|(tested, _)| *tested == now));
        let again = move || {
            test();
            browser::focus("test-connection");
        };
        let report = exam.report().filter(|_| same);
        let report = report.map(|report| report_view(desk, &report, state, vendor, again));
        let connected = connected.get().filter(|values| *values == now);
        let connected = connected.map(|_| paragraph("verdict ok", say(desk, words::CONNECTED)));
        all(report.into_iter().chain(connected).collect())
    };
    let more =
        el("div")
            .id("connection-problems")
            .attr("tabindex", "-1")
            .live(move || {
                if unlisted.get() { paragraph("problem", say(desk, words::LOCKED_CHOOSE)) } else { nothing() }
            })
            .live(move || problems(desk, state, &more.get()));
    el("form")
        .class("card")
        .attr("data-connection", vendor.id)
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .on("submit", submit)
        .children(if locked {
            vec![paragraph("hint", say(desk, words::LOCKED)), secrets.view()]
        } else {
            let choice = (vendors::OFFERED.len() > 1).then(|| vendor_choice(desk));
            choice
                .into_iter()
                .chain([fields])
                .chain(groups.map(|group| group_view(desk, state, group)))
                .collect()
        })
        .child(more.view())
        .child(actions(vec![
            Button::submit("button do", say(desk, words::USE_CONNECTION)).view(),
            Button::new("button", say(desk, words::TEST), test).id("test-connection").view(),
        ]))
        .child(el("div").id("test-finding").attr("role", "status").live(found).view())
        .view()
}

fn problems(desk: Desk, state: FormState, more: &[Problem]) -> AnyView {
    let language = desk.language.get();
    state.checked.with(|checked| {
        let line = |problem: &Problem| {
            let said = sentence::sentence(problem, state.form, &checked.readings, language);
            problem_line("problem", problem.rule, fixed(said))
        };
        all(more.iter().map(line).collect())
    })
}

fn vendor_choice(desk: Desk) -> AnyView {
    let choose = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        if let Some((id, _)) = vendors::OFFERED.iter().find(|(id, _)| *id == value) {
            desk.want(id);
        }
    };
    let options = vendors::OFFERED.iter().map(|(id, name)| {
        let chosen = move || desk.arriving.get().map_or(desk.vendor.get().id, |(id, _)| id) == *id;
        el("option").attr("value", *id).prop_flag("selected", chosen).text(say(desk, *name)).view()
    });
    let arrival = move || match (desk.arriving.get(), desk.language.get()) {
        (None, _) => nothing(),
        (Some((_, false)), language) => waiting(language),
        (Some((id, true)), language) => all(not_loaded(language, move || desk.want(id))),
    };
    let select = el("select").id("vendor").on("change", choose).children(options).view();
    let label = el("label").attr("for", "vendor").text(say(desk, words::VENDOR)).view();
    el("div").class("field").child(label).child(select).live(arrival).view()
}

/// Documented addresses; choosing one fills in the endpoint.
fn region_choice(desk: Desk, state: FormState, vendor: &'static Vendor) -> AnyView {
    let endpoint = state.cell(ENDPOINT.name);
    let current = move |url: &str| endpoint.is_some_and(|cell| cell.text.with(|text| text.trim() == url));
    let choose = move |event: web_sys::Event| {
        if let Some(cell) = endpoint {
            cell.text.set(event_target_value(&event));
            cell.shown.set(false);
        }
    };
    let option = move |host: &'static Host| {
        let option = el("option").attr("value", host.url).prop_flag("selected", move || current(host.url));
        option.text(say(desk, host.label)).view()
    };
    let other = move || !vendor.hosts.iter().any(|host| current(host.url));
    let other = el("option")
        .attr("value", "")
        .prop_flag("selected", other)
        .text(say(desk, words::REGION_OTHER))
        .view();
    let select =
        el("select").id("region").on("change", choose).child(other).children(vendor.hosts.iter().map(option));
    let label = el("label").attr("for", "region").text(say(desk, words::REGION)).view();
    el("div").class("field").child(label).child(select.view()).view()
}
