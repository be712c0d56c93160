//! `config.json` beside the page: connections that are ready to choose, and what the place allows. Pure.

mod fault;
mod policy;

use crate::domain::caution::Stage;
use crate::domain::draft::Values;
use crate::domain::field::{Field, Kind};
use crate::domain::form::Form;
use crate::domain::json::{Json, NotJson, Twice};
use crate::domain::problem::Fault;
use crate::domain::tidy::tidy;
use crate::domain::validation::check;
use crate::domain::vendor::{BY_PROXY, PROXY, SIGNS, Vendor};
use crate::vendors::OFFERED;
use crate::words::Language;

pub use fault::{ConfigFault, Found, Wanted};
pub use policy::{Caps, Features, Policy};

/// What the page was given at its start.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// What the desk is called here.
    pub title: Option<Title>,
    /// The language it opens in; the browser's when there is none.
    pub language: Option<Language>,
    /// What is allowed here.
    pub policy: Policy,
    /// Connections to choose from, in order.
    pub connections: Vec<Preset>,
}

/// A name in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title([String; 2]);

impl Title {
    /// The name in a language.
    pub fn text(&self, language: Language) -> &str {
        let [chinese, english] = &self.0;
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// A connection that is ready to choose.
#[derive(Clone, Debug)]
pub struct Preset {
    name: Title,
    /// Its vendor's id.
    pub vendor: &'static str,
    key: String,
    /// The texts of its connection form.
    pub values: Values,
    /// Practice or production.
    pub stage: Stage,
    /// Texts that fill a whole form, by operation id; none in production.
    pub samples: Vec<(String, Values)>,
}

impl Preset {
    /// What people call it.
    pub fn name(&self, language: Language) -> &str {
        self.name.text(language)
    }
}

impl Config {
    /// A filled-in form of an operation, to practise with.
    pub fn sample(&self, operation: &str) -> Option<&Values> {
        let samples = self.connections.iter().flat_map(|preset| &preset.samples);
        samples.into_iter().find(|(id, _)| id == operation).map(|(_, values)| values)
    }

    /// The vendors a configuration speaks of, in order and each once: reading it needs them.
    pub fn vendors(text: &str) -> Vec<&'static str> {
        let Ok((json, _)) = json_of(text) else { return Vec::new() };
        let list = json.as_object().and_then(|object| object.get("connections")).and_then(Json::as_list);
        let entries = list.into_iter().flatten().filter_map(Json::as_object);
        let mut named = Vec::new();
        for text in entries.filter_map(|entry| entry.get("vendor").and_then(Json::as_text)) {
            let known = OFFERED.iter().map(|(id, _)| *id).find(|id| *id == text);
            named.extend(known.filter(|id| !named.contains(id)));
        }
        named
    }

    /// Reads a configuration. What only a vendor can judge is judged when that vendor is here: [`Config::check`].
    pub fn parse(text: &str) -> Result<Self, ConfigFault> {
        let (config, mut faults) = read(text)?;
        if faults.is_empty() { Ok(config) } else { Err(faults.swap_remove(0)) }
    }

    /// Everything that is wrong with a configuration, as these vendors see it; of each connection's structure the first fault.
    pub fn faults(text: &str, vendors: &[&'static Vendor]) -> Vec<ConfigFault> {
        let judge = |preset: Preset, locked: bool| {
            let vendor = vendors.iter().find(|vendor| vendor.id == preset.vendor);
            vendor.map(|vendor| preset.faults(vendor, locked)).unwrap_or_default()
        };
        match read(text) {
            Err(fault) => vec![fault],
            Ok((config, mut faults)) => {
                let locked = config.policy.locked;
                faults.extend(config.connections.into_iter().flat_map(|preset| judge(preset, locked)));
                faults
            }
        }
    }

    /// The connections of a vendor, in order.
    pub fn of<'a>(&'a self, vendor: &'a Vendor) -> impl Iterator<Item = &'a Preset> {
        self.connections.iter().filter(|preset| preset.vendor == vendor.id)
    }

    /// Whether a vendor knows everything that stands in its connections and their samples, no secret lies open, and under a lock
    /// nothing else is left to type.
    pub fn check(&self, vendor: &'static Vendor) -> Result<(), ConfigFault> {
        let faults = |preset: &Preset| preset.faults(vendor, self.policy.locked);
        self.of(vendor).flat_map(faults).next().map_or(Ok(()), Err)
    }
}

impl Preset {
    /// Whether no secret is needed in the page.
    fn is_signed_by_proxy(&self) -> bool {
        self.values.get(SIGNS.name) == BY_PROXY
    }

    /// What its vendor finds wrong with it.
    fn faults(&self, vendor: &'static Vendor, locked: bool) -> Vec<ConfigFault> {
        let Self { key, values, samples, .. } = self;
        let mut faults = Vec::new();
        for (name, text) in values.iter() {
            let key = format!("{key}.{name}");
            match vendor.connection.field(name) {
                None => faults.push(ConfigFault::UnknownKey { key, known: names_of(vendor.connection) }),
                Some(Field { kind: Kind::Secret, .. }) if self.is_signed_by_proxy() => {
                    faults.push(ConfigFault::NotNeeded { key });
                }
                Some(Field { kind: Kind::Secret, .. })
                    if self.stage == Stage::Production && !text.is_empty() =>
                {
                    faults.push(ConfigFault::Secret { key });
                }
                Some(_) => {}
            }
        }
        if locked && !self.is_signed_by_proxy() {
            let is_secret =
                |name: &str| vendor.connection.field(name).is_some_and(|it| matches!(it.kind, Kind::Secret));
            let problems = check(vendor.connection, values, 0).problems.into_iter();
            let missing = problems.filter(|it| matches!(it.fault, Fault::Required) && !is_secret(&it.field));
            faults.extend(missing.map(|it| wrong(&format!("{key}.{}", it.field), None, Wanted::Given)));
        }
        for (id, sample) in samples {
            let key = format!("{key}.samples.{id}");
            let Some(operation) = vendor.operations.iter().find(|operation| operation.id == id) else {
                let known = vendor.operations.iter().map(|operation| operation.id).collect::<Vec<_>>();
                faults.push(ConfigFault::UnknownKey { key, known: known.join(", ") });
                continue;
            };
            let strangers = sample.iter().filter(|(name, _)| !operation.form.knows(name));
            faults.extend(strangers.map(|(name, _)| ConfigFault::UnknownKey {
                key: format!("{key}.{name}"),
                known: names_of(&operation.form),
            }));
        }
        faults
    }
}

fn names_of(form: &'static Form) -> String {
    form.fields().map(|field| field.name).collect::<Vec<_>>().join(", ")
}

/// The keys of the whole file besides those of [`Policy`]. `$schema` is for editors.
const KEYS: [&str; 4] = ["title", "language", "connections", "$schema"];

/// What a file says. A mark of the encoding, which editors write and browsers take off, may stand before it.
fn json_of(text: &str) -> Result<(Json, Option<Twice>), NotJson> {
    Json::parse_noting(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Everything that can be read, and of each key and each connection the first fault; a fault when nothing can be read at all.
fn read(text: &str) -> Result<(Config, Vec<ConfigFault>), ConfigFault> {
    let (json, twice) =
        json_of(text).map_err(|NotJson { line, column }| ConfigFault::NotJson { line, column })?;
    let object = json.as_object().ok_or_else(|| wrong("", Some(&json), Wanted::Object))?;
    let twice = twice.map(|(key, NotJson { line, column })| ConfigFault::Twice { key, line, column });
    let mut faults: Vec<_> = twice.into_iter().collect();
    let known = || KEYS.into_iter().chain(policy::KEYS);
    let strangers = object.iter().filter(|(key, _)| !known().any(|known| known == *key));
    faults.extend(strangers.map(|(key, _)| ConfigFault::UnknownKey {
        key: key.to_owned(),
        known: known().collect::<Vec<_>>().join(", "),
    }));
    if let Some(schema) = object.get("$schema").filter(|schema| schema.as_text().is_none()) {
        faults.push(wrong("$schema", Some(schema), Wanted::Text));
    }
    let mut config = Config { policy: Policy::read(object, &mut faults), ..Config::default() };
    let mut note = |fault: ConfigFault| faults.push(fault);
    config.title = object.get("title").and_then(|title| names(Some(title), "title").map_err(&mut note).ok());
    config.language = object.get("language").and_then(|found| {
        let language =
            [Language::Chinese, Language::English].into_iter().find(|it| found.as_text() == Some(it.tag()));
        language.ok_or_else(|| wrong("language", Some(found), Wanted::Language)).map_err(&mut note).ok()
    });
    let connections = object.get("connections");
    if let Some(other) = connections.filter(|found| found.as_list().is_none()) {
        note(wrong("connections", Some(other), Wanted::List));
    }
    for (at, entry) in connections.and_then(Json::as_list).into_iter().flatten().enumerate() {
        match preset(entry, &format!("connections[{at}]"), &config.policy) {
            Ok(preset) => config.connections.push(preset),
            Err(fault) => note(fault),
        }
    }
    Ok((config, faults))
}

fn preset(entry: &Json, key: &str, policy: &Policy) -> Result<Preset, ConfigFault> {
    let object = entry.as_object().ok_or_else(|| wrong(key, Some(entry), Wanted::Object))?;
    let vendor = object.get("vendor");
    let known = OFFERED.iter().map(|(id, _)| *id).find(|id| vendor.and_then(Json::as_text) == Some(id));
    let vendor = known.ok_or_else(|| wrong(&format!("{key}.vendor"), vendor, Wanted::Vendor))?;
    let stage = match object.get("practice") {
        None | Some(Json::Flag(false)) => Stage::Production,
        Some(Json::Flag(true)) => Stage::Practice,
        other => return Err(wrong(&format!("{key}.practice"), other, Wanted::Flag)),
    };
    let kept = |name: &str| matches!(name, "vendor" | "practice" | "name" | "samples");
    let values = texts(object.iter().filter(|(name, _)| !kept(name)), key)?;
    if !policy.allows_proxy(values.get(PROXY.name)) {
        return Err(wrong(&format!("{key}.{}", PROXY.name), object.get(PROXY.name), Wanted::ListedProxy));
    }
    let samples = match (object.get("samples"), stage) {
        (None, _) => Vec::new(),
        (Some(samples), Stage::Practice) => read_samples(samples, &format!("{key}.samples"))?,
        (samples, Stage::Production) => {
            return Err(wrong(&format!("{key}.samples"), samples, Wanted::NoSamples));
        }
    };
    let name = names(object.get("name"), &format!("{key}.name"))?;
    let preset = Preset { name, vendor, key: key.to_owned(), values, stage, samples };
    let signs = preset.values.get(SIGNS.name);
    if !["", "page", BY_PROXY].contains(&signs) {
        return Err(wrong(&format!("{key}.{}", SIGNS.name), object.get(SIGNS.name), Wanted::Signs));
    }
    if preset.is_signed_by_proxy() && preset.values.get(PROXY.name).trim().is_empty() {
        return Err(wrong(&format!("{key}.{}", PROXY.name), None, Wanted::Signer));
    }
    Ok(preset)
}

fn texts<'a>(members: impl Iterator<Item = (&'a str, &'a Json)>, key: &str) -> Result<Values, ConfigFault> {
    let mut values = Values::new();
    for (name, value) in members {
        let text =
            value.as_text().ok_or_else(|| wrong(&format!("{key}.{name}"), Some(value), Wanted::Text))?;
        values.set(name, text);
    }
    Ok(values)
}

fn read_samples(samples: &Json, key: &str) -> Result<Vec<(String, Values)>, ConfigFault> {
    let object = samples.as_object().ok_or_else(|| wrong(key, Some(samples), Wanted::Object))?;
    let sample = |(id, sample): (&str, &Json)| {
        let key = format!("{key}.{id}");
        let object = sample.as_object().ok_or_else(|| wrong(&key, Some(sample), Wanted::Object))?;
        Ok((id.to_owned(), texts(object.iter(), &key)?))
    };
    object.iter().map(sample).collect()
}

fn names(name: Option<&Json>, key: &str) -> Result<Title, ConfigFault> {
    let seen = |name: Option<&Json>, key: &str, wanted: Wanted| {
        let text = name.and_then(Json::as_text).filter(|text| !tidy(text).is_empty());
        text.map(str::to_owned).ok_or_else(|| wrong(key, name, wanted))
    };
    let pair = name.and_then(Json::as_object).filter(|names| names.iter().count() == 2);
    let Some(names) = pair else {
        let name = seen(name, key, Wanted::Names)?;
        return Ok(Title([name.clone(), name]));
    };
    let name = |language: Language| {
        let tag = language.tag();
        seen(names.get(tag), &format!("{key}.{tag}"), Wanted::Name)
    };
    Ok(Title([name(Language::Chinese)?, name(Language::English)?]))
}

/// The longest text of a file that is said back.
const QUOTED: usize = 40;
/// A number with more digits is no longer said back.
const DIGITS: usize = 12;

/// What is said of a value that is wrong: a short text as it stands, of anything longer only its kind.
fn stands(found: Option<&Json>) -> Found {
    match found {
        None => Found::Nothing,
        Some(Json::Text(text)) if text.chars().count() > QUOTED => Found::LongText,
        // A secret without its quotation marks.
        Some(Json::Number(digits)) if digits.len() > DIGITS => Found::LongText,
        Some(Json::List(_)) => Found::List,
        Some(Json::Object(_)) => Found::Object,
        Some(other) => Found::Written(other.to_string()),
    }
}

fn wrong(key: &str, found: Option<&Json>, wanted: Wanted) -> ConfigFault {
    ConfigFault::Wrong { key: key.to_owned(), found: stands(found), wanted }
}

#[cfg(test)]
mod disarmed;
#[cfg(test)]
mod tests;
