//! What a place allows: the keys of `config.json` besides its connections. Pure.

use super::{ConfigFault, Wanted, stands, wrong};
use crate::domain::endpoint::Endpoint;
use crate::domain::guard::Guard;
use crate::domain::json::{Json, Object};
use crate::domain::problem::Fault;
use crate::domain::tidy::{is_separator, tidy};
use crate::transport::proxy::Template;

/// What is allowed here, and for how long things are kept. Without a word in the file everything is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The proxy templates a connection may have; empty for any.
    pub proxies: Vec<String>,
    /// Whether only the file's own connections can be used, with only their secrets left to type.
    pub locked: bool,
    /// The most that is allowed at once.
    pub caps: Caps,
    /// Accounts and groups that are never acted on; one that ends in `*` stands for all that begin so.
    pub protected: Vec<String>,
    /// After how many minutes without a hand on it the page forgets its secrets.
    pub idle_lock: u32,
    /// The origins of pages that may have the desk in a frame and talk to it.
    pub parents: Vec<String>,
    /// Parts of the page.
    pub features: Features,
    /// From how many messages or receivers on the portal is asked for a second person's consent; `None` for never.
    pub approval: Option<u32>,
    /// Whether the portal is told what messages say, besides what was done.
    pub bodies: bool,
    /// How many days a finished job is kept.
    pub keep_jobs: u32,
}

/// The most that is allowed at once; `None` for what the vendor allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// Receivers of one act or job.
    pub recipients: Option<u32>,
    /// Requests a minute.
    pub per_minute: Option<u32>,
}

/// Parts of the page that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// Lists and jobs.
    pub jobs: bool,
    /// The page that recognises what is pasted.
    pub paste: bool,
    /// Secrets kept under a passphrase.
    pub vault: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            proxies: Vec::new(),
            locked: false,
            caps: Caps::default(),
            protected: Vec::new(),
            idle_lock: 15,
            parents: Vec::new(),
            features: Features { jobs: true, paste: true, vault: true },
            approval: None,
            bodies: false,
            keep_jobs: 30,
        }
    }
}

/// The keys read here.
pub(super) const KEYS: [&str; 10] = [
    "proxies",
    "locked",
    "caps",
    "protected",
    "idle_lock",
    "parents",
    "features",
    "approval",
    "bodies",
    "keep_jobs",
];

const MINUTES: (u32, u32, Wanted) = (1, 60, Wanted::Minutes);
const DAYS: (u32, u32, Wanted) = (1, 365, Wanted::Days);
const COUNT: (u32, u32, Wanted) = (1, 10_000_000, Wanted::Count);
const RATE: (u32, u32, Wanted) = (1, 60_000, Wanted::Rate);

impl Policy {
    /// What it forbids of an act.
    pub fn guard(&self) -> Guard {
        Guard { protected: self.protected.clone(), recipients: self.caps.recipients }
    }

    /// Whether a connection may have this proxy template.
    pub fn allows_proxy(&self, template: &str) -> bool {
        self.proxies.is_empty() || self.proxies.iter().any(|allowed| *allowed == tidy(template))
    }

    /// Reads the keys of the whole file, and notes what is wrong with each.
    pub(super) fn read(file: &Object, faults: &mut Vec<ConfigFault>) -> Self {
        let usual = Self::default();
        let mut read = Members { of: Some(file), prefix: "", faults };
        let mut policy = Self {
            proxies: read.texts("proxies", Wanted::Template, proxy),
            locked: read.flag("locked", usual.locked),
            protected: read.texts("protected", Wanted::Id, id),
            idle_lock: read.number("idle_lock", MINUTES).unwrap_or(usual.idle_lock),
            parents: read.texts("parents", Wanted::Origin, origin),
            approval: read.number("approval", COUNT),
            bodies: read.flag("bodies", usual.bodies),
            keep_jobs: read.number("keep_jobs", DAYS).unwrap_or(usual.keep_jobs),
            ..usual
        };
        let mut caps = read.inside("caps", "caps.", &["recipients", "per_minute"]);
        policy.caps = Caps {
            recipients: caps.number("recipients", COUNT),
            per_minute: caps.number("per_minute", RATE),
        };
        let mut features = read.inside("features", "features.", &["jobs", "paste", "vault"]);
        policy.features = Features {
            jobs: features.flag("jobs", true),
            paste: features.flag("paste", true),
            vault: features.flag("vault", true),
        };
        policy
    }
}

/// An entry of a list as it counts, or that it is none, with the fault where there is a sentence for it.
type Entry = Result<String, Option<Fault>>;

/// A proxy template, judged as that of a connection.
fn proxy(text: &str) -> Entry {
    let text = tidy(text);
    if text.is_empty() {
        return Err(None);
    }
    Template::parse(&text).map(|_| text).map_err(Some)
}

/// An id, tidied as those are that it is compared with, or the beginning of ids. What parts a list is in none of them.
fn id(text: &str) -> Entry {
    let id = tidy(text);
    let start = id.strip_suffix('*').unwrap_or(&id);
    if start.is_empty() || start.contains(|c| c == '*' || is_separator(c)) { Err(None) } else { Ok(id) }
}

/// An origin exactly as a browser writes it: other alphabets as xn--, a port only where it is not the usual one.
fn origin(text: &str) -> Entry {
    let usual = if text.starts_with("https") { "443" } else { "80" };
    let port = text.rsplit_once(':').map_or("", |(_, port)| port);
    let sound = text.is_ascii()
        && !text.contains('*')
        && port != usual
        && !port.starts_with(['0', '+'])
        && Endpoint::parse(text).is_some_and(|endpoint| endpoint.origin() == text);
    if sound { Ok(text.to_owned()) } else { Err(None) }
}

/// The members of an object that are being read, and what was wrong with them so far.
struct Members<'a> {
    of: Option<&'a Object>,
    prefix: &'static str,
    faults: &'a mut Vec<ConfigFault>,
}

impl Members<'_> {
    fn get(&self, key: &str) -> Option<&Json> {
        self.of?.get(key)
    }

    fn refuse(&mut self, key: &str, found: Option<Json>, wanted: Wanted) {
        self.faults.push(wrong(&format!("{}{key}", self.prefix), found.as_ref(), wanted));
    }

    fn flag(&mut self, key: &str, usual: bool) -> bool {
        match self.get(key) {
            None => usual,
            Some(Json::Flag(flag)) => *flag,
            other => {
                let found = other.cloned();
                self.refuse(key, found, Wanted::Flag);
                usual
            }
        }
    }

    fn number(&mut self, key: &str, (least, most, wanted): (u32, u32, Wanted)) -> Option<u32> {
        let found = self.get(key)?.clone();
        let number = found.as_i64().and_then(|number| u32::try_from(number).ok());
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.refuse(key, Some(found), wanted);
        }
        number
    }

    fn texts(&mut self, key: &str, wanted: Wanted, read: fn(&str) -> Entry) -> Vec<String> {
        let Some(found) = self.get(key).cloned() else { return Vec::new() };
        let Some(list) = found.as_list() else {
            self.refuse(key, Some(found), Wanted::List);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for (at, entry) in list.iter().enumerate() {
            let key = format!("{key}[{at}]");
            match entry.as_text().ok_or(None).and_then(read) {
                Ok(text) => texts.push(text),
                Err(None) => self.refuse(&key, Some(entry.clone()), wanted),
                Err(Some(fault)) => {
                    self.faults.push(ConfigFault::Proxy { key, found: stands(Some(entry)), fault });
                }
            }
        }
        texts
    }

    fn inside(&mut self, key: &str, prefix: &'static str, known: &[&str]) -> Members<'_> {
        if let Some(found) = self.get(key).filter(|found| found.as_object().is_none()).cloned() {
            self.refuse(key, Some(found), Wanted::Object);
        }
        let of = self.of.and_then(|object| object.get(key)).and_then(Json::as_object);
        let strangers = of.into_iter().flat_map(Object::iter).filter(|(name, _)| !known.contains(name));
        self.faults.extend(strangers.map(|(name, _)| ConfigFault::UnknownKey {
            key: format!("{prefix}{name}"),
            known: known.join(", "),
        }));
        Members { of, prefix, faults: self.faults }
    }
}
