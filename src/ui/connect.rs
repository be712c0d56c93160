//! Opening connections: ready-made ones, typed ones, and what they are to be called.

use super::browser;
use super::desk::Desk;
use super::form_state::{FormState, is_secret};
use super::in_use::InUse;
use crate::config::{Config, Preset};
use crate::connection::Connection;
use crate::domain::caution::Stage;
use crate::domain::draft::Values;
use crate::domain::field::Field;
use crate::domain::problem::{Fault, Problem};
use crate::domain::vendor::{PROXY, Vendor};
use crate::transport::fetch;
use crate::words::{Language, desk as words};

/// Opens a connection from a form's texts, with the checks that need to know the page's own address and what the place allows
/// (SEC-3).
pub(crate) fn open(desk: Desk, vendor: &'static Vendor, values: &Values) -> Result<Connection, Vec<Problem>> {
    let connection = Connection::open(vendor, values, browser::now())?;
    let allowed = desk.config.with_untracked(|config| {
        let policy = config.as_ref().ok().map(|config| &config.policy)?;
        (!policy.allows_proxy(values.get(PROXY.name))).then(|| policy.proxies.join("  "))
    });
    if let Some(allowed) = allowed {
        let fault = Fault::Said {
            code: "proxy_not_listed",
            says: words::PROXY_NOT_LISTED,
            facts: vec![("allowed", allowed)],
        };
        return Err(vec![Problem::stop(PROXY.name, PROXY.rule, fault)]);
    }
    match connection.proxy().is_mixed_content() {
        Some(fault) if browser::is_https() => Err(vec![Problem::stop(PROXY.name, PROXY.rule, fault)]),
        _ => Ok(connection),
    }
}

/// Puts a ready-made connection into use; false when something in it is missing, such as a secret.
pub(crate) fn choose(desk: Desk, vendor: &'static Vendor, preset: &Preset) -> bool {
    let Ok(connection) = open(desk, vendor, &preset.values) else { return false };
    let name = [Language::Chinese, Language::English].map(|language| preset.name(language).to_owned());
    desk.connect(InUse { connection, name, stage: preset.stage });
    true
}

/// Fills an operation's form with a sample to practise with. The configuration is asked for it anew: what a sample points at
/// may be gone by now.
pub(crate) fn fill_sample(state: FormState) {
    browser::spawn(async move {
        let Ok(Some(text)) = fetch::own_file(CONFIG).await else { return };
        if let Ok(config) = Config::parse(&text)
            && let Some(sample) = config.sample(state.id)
        {
            state.fill(sample.iter());
        }
    });
}

/// The configuration's file, beside the page.
pub(crate) const CONFIG: &str = "config.json";

/// The stage of a connection somebody typed in: the one of the ready-made connection with the same address, else production.
pub(crate) fn stage(desk: Desk, vendor: &'static Vendor, values: &Values) -> Stage {
    listed(desk, vendor, values).unwrap_or(Stage::Production)
}

/// The stage of the ready-made connection that says the same, secrets aside; none when there is none.
pub(crate) fn listed(desk: Desk, vendor: &'static Vendor, values: &Values) -> Option<Stage> {
    let same = |preset: &&Preset| {
        let all = vendor.connection.fields();
        let given = |field: &Field| match preset.values.get(field.name) {
            "" => field.initial_text(),
            given => given,
        };
        all.filter(|field| !is_secret(field)).all(|field| given(field) == values.get(field.name).trim())
    };
    desk.config.with_untracked(|config| {
        let mut presets = config.iter().flat_map(|config| config.of(vendor));
        presets.find(same).map(|preset| preset.stage)
    })
}

/// Where requests go, as people recognise it.
pub(crate) fn via(connection: &Connection, language: Language) -> String {
    let proxy = connection.proxy();
    if proxy.is_direct() {
        return words::VIA_NOTHING.fill(language, &[("host", connection.endpoint().host())]);
    }
    let place = match proxy.host() {
        Some(host) => host,
        None => words::VIA_SAME_ORIGIN.fill(language, &[("base", proxy.base())]),
    };
    words::VIA.fill(language, &[("proxy", &place)])
}
