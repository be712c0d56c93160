//! `config.json` beside the page: connections that are ready to choose. Pure.

use serde_json::{Map, Value as Json};
use thiserror::Error;

use crate::domain::caution::Stage;
use crate::domain::draft::Values;
use crate::domain::vendor::Vendor;
use crate::vendors;
use crate::words::Language;

/// What the page was given at its start.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Connections to choose from, in order.
    pub connections: Vec<Preset>,
}

/// A connection that is ready to choose.
#[derive(Clone, Debug)]
pub struct Preset {
    name: [String; 2],
    /// Its vendor.
    pub vendor: &'static Vendor,
    /// The texts of its connection form.
    pub values: Values,
    /// Practice or production.
    pub stage: Stage,
}

impl Preset {
    /// What people call it.
    pub fn name(&self, language: Language) -> &str {
        let [chinese, english] = &self.name;
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// What is wrong with a configuration: the key, and what it should be.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ConfigFault {
    /// Not JSON.
    #[error("config.json is not JSON: line {line}, column {column}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A key that is not known.
    #[error("config.json: unknown key {key}")]
    UnknownKey {
        /// Where it is.
        key: String,
    },
    /// A value of the wrong kind.
    #[error("config.json: {key} must be {wanted}")]
    Wrong {
        /// Where it is.
        key: String,
        /// What it should be.
        wanted: &'static str,
    },
}

impl Config {
    /// Reads a configuration.
    pub fn parse(text: &str) -> Result<Self, ConfigFault> {
        let json: Json = serde_json::from_str(text)
            .map_err(|error| ConfigFault::NotJson { line: error.line(), column: error.column() })?;
        let object = json.as_object().ok_or_else(|| wrong("(top)", "an object"))?;
        if let Some(key) = object.keys().find(|key| *key != "connections") {
            return Err(ConfigFault::UnknownKey { key: key.clone() });
        }
        let Some(list) = object.get("connections") else { return Ok(Self::default()) };
        let list = list.as_array().ok_or_else(|| wrong("connections", "a list"))?;
        let connections =
            list.iter().enumerate().map(|(at, entry)| preset(entry, &format!("connections[{at}]")));
        Ok(Self { connections: connections.collect::<Result<_, _>>()? })
    }
}

fn preset(entry: &Json, key: &str) -> Result<Preset, ConfigFault> {
    let object = entry.as_object().ok_or_else(|| wrong(key, "an object"))?;
    let vendor = object.get("vendor").and_then(Json::as_str).and_then(vendors::vendor);
    let vendor = vendor.ok_or_else(|| wrong(&format!("{key}.vendor"), "the id of a vendor"))?;
    let stage = match object.get("practice") {
        None | Some(Json::Bool(false)) => Stage::Production,
        Some(Json::Bool(true)) => Stage::Practice,
        Some(_) => return Err(wrong(&format!("{key}.practice"), "true or false")),
    };
    let mut values = Values::new();
    for (name, value) in
        object.iter().filter(|(name, _)| !matches!(name.as_str(), "vendor" | "practice" | "name"))
    {
        let place = format!("{key}.{name}");
        if vendor.connection.field(name).is_none() {
            return Err(ConfigFault::UnknownKey { key: place });
        }
        values.set(name, value.as_str().ok_or_else(|| wrong(&place, "text"))?);
    }
    Ok(Preset { name: names(object, key)?, vendor, values, stage })
}

fn names(object: &Map<String, Json>, key: &str) -> Result<[String; 2], ConfigFault> {
    let fault = || wrong(&format!("{key}.name"), "text, or an object with zh-CN and en");
    match object.get("name") {
        Some(Json::String(name)) => Ok([name.clone(), name.clone()]),
        Some(Json::Object(names)) => {
            let name = |language: Language| {
                names.get(language.tag()).and_then(Json::as_str).map(str::to_owned).ok_or_else(fault)
            };
            Ok([name(Language::Chinese)?, name(Language::English)?])
        }
        _ => Err(fault()),
    }
}

fn wrong(key: &str, wanted: &'static str) -> ConfigFault {
    ConfigFault::Wrong { key: key.to_owned(), wanted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_practice_connection_is_read() {
        let text = r#"{"connections":[{"name":{"zh-CN":"演练","en":"Practice"},"vendor":"yunxin","endpoint":"https://x","app_key":"k","app_secret":"s","proxy":"p{path}{query}","practice":true}]}"#;
        let config = Config::parse(text).unwrap();
        let preset = &config.connections[0];
        assert_eq!((preset.name(Language::English), preset.stage), ("Practice", Stage::Practice));
        assert_eq!(preset.values.get("proxy"), "p{path}{query}");
    }

    #[test]
    fn each_fault_names_the_key() {
        for (text, said) in [
            ("{", "config.json is not JSON: line 1, column 1"),
            (r#"{"conections":[]}"#, "config.json: unknown key conections"),
            (r#"{"connections":{}}"#, "config.json: connections must be a list"),
            (
                r#"{"connections":[{"vendor":"x"}]}"#,
                "config.json: connections[0].vendor must be the id of a vendor",
            ),
            (
                r#"{"connections":[{"name":"n","vendor":"yunxin","appkey":"k"}]}"#,
                "config.json: unknown key connections[0].appkey",
            ),
            (
                r#"{"connections":[{"name":"n","vendor":"yunxin","app_key":1}]}"#,
                "config.json: connections[0].app_key must be text",
            ),
            (
                r#"{"connections":[{"vendor":"yunxin"}]}"#,
                "config.json: connections[0].name must be text, or an object with zh-CN and en",
            ),
        ] {
            assert_eq!(Config::parse(text).unwrap_err().to_string(), said);
        }
    }
}
