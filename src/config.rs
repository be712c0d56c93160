//! `config.json` beside the page: connections that are ready to choose. Pure.

use thiserror::Error;

use crate::domain::caution::Stage;
use crate::domain::draft::Values;
use crate::domain::json::{Json, NotJson, Object};
use crate::domain::vendor::Vendor;
use crate::vendors::OFFERED;
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
    /// A filled-in form of an operation, to practise with.
    pub fn sample(&self, operation: &str) -> Option<&Values> {
        let samples = self.connections.iter().flat_map(|preset| &preset.samples);
        samples.into_iter().find(|(id, _)| id == operation).map(|(_, values)| values)
    }

    /// The vendors a configuration speaks of, in order and each once: reading it needs them.
    pub fn vendors(text: &str) -> Vec<&'static str> {
        let Ok(json) = Json::parse(text) else { return Vec::new() };
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
        let json =
            Json::parse(text).map_err(|NotJson { line, column }| ConfigFault::NotJson { line, column })?;
        let object = json.as_object().ok_or_else(|| wrong("(top)", "an object"))?;
        if let Some(key) = object.iter().map(|(key, _)| key).find(|key| *key != "connections") {
            return Err(ConfigFault::UnknownKey { key: key.to_owned() });
        }
        let Some(list) = object.get("connections") else { return Ok(Self::default()) };
        let list = list.as_list().ok_or_else(|| wrong("connections", "a list"))?;
        let connections =
            list.iter().enumerate().map(|(at, entry)| preset(entry, &format!("connections[{at}]")));
        Ok(Self { connections: connections.collect::<Result<_, _>>()? })
    }

    /// The connections of a vendor, in order.
    pub fn of<'a>(&'a self, vendor: &'a Vendor) -> impl Iterator<Item = &'a Preset> {
        self.connections.iter().filter(|preset| preset.vendor == vendor.id)
    }

    /// Whether a vendor knows everything that stands in its connections and their samples.
    pub fn check(&self, vendor: &'static Vendor) -> Result<(), ConfigFault> {
        for Preset { key, values, samples, .. } in self.of(vendor) {
            let unknown = |place: String| Err(ConfigFault::UnknownKey { key: place });
            if let Some((name, _)) = values.iter().find(|(name, _)| vendor.connection.field(name).is_none()) {
                return unknown(format!("{key}.{name}"));
            }
            for (id, sample) in samples {
                let place = format!("{key}.samples.{id}");
                let Some(operation) = vendor.operations.iter().find(|operation| operation.id == id) else {
                    return unknown(place);
                };
                if let Some((name, _)) = sample.iter().find(|(name, _)| !operation.form.knows(name)) {
                    return unknown(format!("{place}.{name}"));
                }
            }
        }
        Ok(())
    }
}

fn preset(entry: &Json, key: &str) -> Result<Preset, ConfigFault> {
    let object = entry.as_object().ok_or_else(|| wrong(key, "an object"))?;
    let vendor = object.get("vendor").and_then(Json::as_text);
    let vendor = OFFERED.iter().map(|(id, _)| *id).find(|id| vendor == Some(id));
    let vendor = vendor.ok_or_else(|| wrong(&format!("{key}.vendor"), "the id of a vendor"))?;
    let stage = match object.get("practice") {
        None | Some(Json::Flag(false)) => Stage::Production,
        Some(Json::Flag(true)) => Stage::Practice,
        Some(_) => return Err(wrong(&format!("{key}.practice"), "true or false")),
    };
    let own = object.iter().filter(|(name, _)| !matches!(*name, "vendor" | "practice" | "name" | "samples"));
    let values = texts(own, key)?;
    let samples = match (object.get("samples"), stage) {
        (None, _) => Vec::new(),
        (Some(samples), Stage::Practice) => read_samples(samples, &format!("{key}.samples"))?,
        (Some(_), Stage::Production) => {
            return Err(wrong(&format!("{key}.samples"), "left out unless practice is true"));
        }
    };
    Ok(Preset { name: names(object, key)?, vendor, key: key.to_owned(), values, stage, samples })
}

fn texts<'a>(members: impl Iterator<Item = (&'a str, &'a Json)>, key: &str) -> Result<Values, ConfigFault> {
    let mut values = Values::new();
    for (name, value) in members {
        values.set(name, value.as_text().ok_or_else(|| wrong(&format!("{key}.{name}"), "text"))?);
    }
    Ok(values)
}

fn read_samples(samples: &Json, key: &str) -> Result<Vec<(String, Values)>, ConfigFault> {
    let object = samples.as_object().ok_or_else(|| wrong(key, "an object"))?;
    let sample = |(id, sample): (&str, &Json)| {
        let key = format!("{key}.{id}");
        let object = sample.as_object().ok_or_else(|| wrong(&key, "an object"))?;
        Ok((id.to_owned(), texts(object.iter(), &key)?))
    };
    object.iter().map(sample).collect()
}

fn names(object: &Object, key: &str) -> Result<[String; 2], ConfigFault> {
    let fault = || wrong(&format!("{key}.name"), "text, or an object with zh-CN and en");
    match object.get("name") {
        Some(Json::Text(name)) => Ok([name.clone(), name.clone()]),
        Some(Json::Object(names)) => {
            let name = |language: Language| {
                names.get(language.tag()).and_then(Json::as_text).map(str::to_owned).ok_or_else(fault)
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
    use crate::domain::draft::Draft;
    use crate::vendors;

    #[test]
    fn a_practice_connection_is_read() {
        let text = r#"{"connections":[{"name":{"zh-CN":"演练","en":"Practice"},"vendor":"yunxin","endpoint":"https://x","app_key":"k","app_secret":"s","proxy":"p{path}{query}","practice":true}]}"#;
        let config = Config::parse(text).unwrap();
        let preset = &config.connections[0];
        assert_eq!((preset.name(Language::English), preset.stage), ("Practice", Stage::Practice));
        assert_eq!(preset.values.get("proxy"), "p{path}{query}");
    }

    /// A configuration, as far as its structure and the vendors in it know no fault.
    fn judged(text: &str) -> Result<Config, String> {
        let config = Config::parse(text).map_err(|fault| fault.to_string())?;
        for vendor in vendors::ALL {
            config.check(vendor).map_err(|fault| fault.to_string())?;
        }
        Ok(config)
    }

    /// A connection with these samples, or what is wrong with them.
    fn with_samples(samples: &str, practice: bool) -> Result<Config, String> {
        let text = format!(
            r#"{{"connections":[{{"name":"n","vendor":"yunxin","samples":{samples},"practice":{practice}}}]}}"#
        );
        judged(&text)
    }

    #[test]
    fn samples_of_a_practice_connection_fill_whole_forms() {
        let samples = r#"{
            "yunxin.modify": {"operator":"zhangsan","type":"1","message.message_server_id":"158844553334358019",
                "message.sender_id":"zhangsan","message.receiver_id":"lisi","message.time":"1763700000000",
                "message.message_type":"0","message.text":"改到九点"},
            "yunxin.recall": {"conversation_id.sender_id":"zhangsan","conversation_id.conversation_type":"1",
                "conversation_id.receiver_id":"lisi","message_server_id":"158844553334358029","type":"2",
                "description":"发错了","ingore_revoke_time":"1"},
            "yunxin.batch_send": {"sender_id":"zhangsan","receiver_ids":"lisi\nwangwu\nnobody404",
                "message.message_type":"0","message.text":"维护通知"}
        }"#;
        let config = with_samples(samples, true).unwrap();
        let preset = &config.connections[0];
        let ids: Vec<_> = preset.samples.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, ["yunxin.modify", "yunxin.recall", "yunxin.batch_send"]);
        assert_eq!(preset.samples[2].1.get("receiver_ids"), "lisi\nwangwu\nnobody404");
        for (id, values) in &preset.samples {
            let (_, operation) = vendors::operation(id).unwrap();
            let draft = Draft { operation, values: values.clone() };
            assert!(draft.validate(1_763_700_060_000).is_ok(), "{id}");
        }
    }

    #[test]
    fn the_vendors_of_a_configuration_are_known_before_it_is_read() {
        let text = r#"{"connections":[{"vendor":"x"},{"vendor":"yunxin"},{},{"vendor":"yunxin"},1]}"#;
        assert_eq!(Config::vendors(text), ["yunxin"]);
        assert_eq!(Config::vendors("{"), [""; 0]);
    }

    #[test]
    fn a_practice_connection_may_do_without_samples() {
        assert!(with_samples("{}", true).unwrap().connections[0].samples.is_empty());
        let bare = r#"{"connections":[{"name":"n","vendor":"yunxin","practice":true}]}"#;
        assert!(Config::parse(bare).unwrap().connections[0].samples.is_empty());
    }

    #[test]
    fn each_fault_of_a_sample_names_the_whole_place() {
        for (samples, said) in [
            ("[]", "connections[0].samples must be an object"),
            (r#"{"yunxin.rename":{}}"#, "unknown key connections[0].samples.yunxin.rename"),
            (r#"{"yunxin.recall":"all"}"#, "connections[0].samples.yunxin.recall must be an object"),
            (r#"{"yunxin.recall":{"kind":"2"}}"#, "unknown key connections[0].samples.yunxin.recall.kind"),
            (r#"{"yunxin.recall":{"type":2}}"#, "connections[0].samples.yunxin.recall.type must be text"),
            (
                r#"{"yunxin.batch_send":{"receiver_ids":["lisi"]}}"#,
                "connections[0].samples.yunxin.batch_send.receiver_ids must be text",
            ),
        ] {
            assert_eq!(with_samples(samples, true).unwrap_err(), format!("config.json: {said}"));
        }
    }

    #[test]
    fn samples_belong_to_practice_only() {
        let fault = "config.json: connections[0].samples must be left out unless practice is true";
        assert_eq!(with_samples("{}", false).unwrap_err(), fault);
        let silent = r#"{"connections":[{"name":"n","vendor":"yunxin","samples":{}}]}"#;
        assert_eq!(judged(silent).unwrap_err(), fault);
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
            assert_eq!(judged(text).unwrap_err(), said);
        }
    }
}
