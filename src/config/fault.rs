//! What is wrong with a configuration, and the sentences for it. The page has the sentences fetched; the reader knows none.

use std::fmt;

use crate::domain::problem::Fault;
use crate::words::{Language, Words, config as words};

/// What is wrong with a configuration: the key, what stands there, and what should. Never the text of a secret.
#[derive(Clone, Debug)]
pub enum ConfigFault {
    /// Not JSON.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A key that stands twice in one object: only one of them would count.
    Twice {
        /// The key.
        key: String,
        /// The line it stands in again, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A key that is not known.
    UnknownKey {
        /// Where it is.
        key: String,
        /// The keys that are known there.
        known: String,
    },
    /// A value of the wrong kind.
    Wrong {
        /// Where it is; empty for the whole file.
        key: String,
        /// What stands there.
        found: Found,
        /// What it should be.
        wanted: Wanted,
    },
    /// A proxy template that no connection could have.
    Proxy {
        /// Where it is.
        key: String,
        /// What stands there.
        found: Found,
        /// What is wrong with it.
        fault: Fault,
    },
    /// A secret where the proxy signs.
    NotNeeded {
        /// Where it is.
        key: String,
    },
    /// A secret outside a practice connection.
    Secret {
        /// Where it is.
        key: String,
    },
}

/// What stands at a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// What is too long to be said back.
    LongText,
    /// A list.
    List,
    /// An object.
    Object,
    /// Anything short, as it is written.
    Written(String),
}

/// What should stand at a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// An object.
    Object,
    /// A list.
    List,
    /// A text.
    Text,
    /// True or false.
    Flag,
    /// A text, or one per language.
    Names,
    /// A text somebody can see.
    Name,
    /// A language's tag.
    Language,
    /// A vendor's id.
    Vendor,
    /// A proxy template.
    Template,
    /// A proxy template that is listed.
    ListedProxy,
    /// A proxy at all, because it signs.
    Signer,
    /// Anything, because nothing but secrets can be typed.
    Given,
    /// Who signs.
    Signs,
    /// An id, or the beginning of ids.
    Id,
    /// An origin.
    Origin,
    /// A number of minutes.
    Minutes,
    /// A number of days.
    Days,
    /// How many there may be.
    Count,
    /// How many there may be in a minute.
    Rate,
    /// Nothing.
    NoSamples,
}

impl ConfigFault {
    /// Where it is; empty for the whole file.
    pub fn key(&self) -> &str {
        match self {
            Self::NotJson { .. } => "",
            Self::Twice { key, .. }
            | Self::UnknownKey { key, .. }
            | Self::Wrong { key, .. }
            | Self::Proxy { key, .. }
            | Self::NotNeeded { key }
            | Self::Secret { key } => key,
        }
    }

    /// Key, value and fix in one sentence.
    pub fn sentence(&self, language: Language) -> String {
        let key = match self.key() {
            "" => words::WHOLE_FILE.text(language),
            key => key,
        };
        let at = |words: Words, line: &usize, column: &usize| {
            let (line, column) = (line.to_string(), column.to_string());
            words.fill(language, &[("key", key), ("line", &line), ("column", &column)])
        };
        match self {
            Self::NotJson { line, column } => at(words::NOT_JSON, line, column),
            Self::Twice { line, column, .. } => at(words::TWICE, line, column),
            Self::UnknownKey { known, .. } => {
                words::UNKNOWN_KEY.fill(language, &[("key", key), ("known", known)])
            }
            Self::Wrong { found, wanted, .. } => {
                let wanted = wanted.words().text(language);
                words::WRONG
                    .fill(language, &[("key", key), ("found", found.text(language)), ("wanted", wanted)])
            }
            Self::Proxy { found, fault, .. } => {
                let says = said(fault, language);
                words::PROXY.fill(language, &[("key", key), ("found", found.text(language)), ("says", &says)])
            }
            Self::NotNeeded { .. } => words::NOT_NEEDED.fill(language, &[("key", key)]),
            Self::Secret { .. } => words::SECRET.fill(language, &[("key", key)]),
        }
    }
}

/// What is said of a proxy template, wherever it stands.
fn said(fault: &Fault, language: Language) -> String {
    let Fault::Said { says, facts, .. } = fault else { return String::new() };
    let facts: Vec<_> = facts.iter().map(|(name, fact)| (*name, fact.as_str())).collect();
    says.fill(language, &facts)
}

/// In English, for those who deploy.
impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Language::English))
    }
}

impl std::error::Error for ConfigFault {}

impl Found {
    fn text(&self, language: Language) -> &str {
        match self {
            Self::Nothing => words::FOUND_NOTHING.text(language),
            Self::LongText => words::FOUND_LONG_TEXT.text(language),
            Self::List => words::FOUND_LIST.text(language),
            Self::Object => words::FOUND_OBJECT.text(language),
            Self::Written(text) => text,
        }
    }
}

impl Wanted {
    const fn words(self) -> Words {
        match self {
            Self::Object => words::FOUND_OBJECT,
            Self::List => words::FOUND_LIST,
            Self::Text => words::TEXT,
            Self::Flag => words::FLAG,
            Self::Names => words::NAMES,
            Self::Name => words::NAME,
            Self::Language => words::LANGUAGE,
            Self::Vendor => words::VENDOR,
            Self::Template => words::TEMPLATE,
            Self::ListedProxy => words::LISTED_PROXY,
            Self::Signer => words::SIGNER,
            Self::Given => words::GIVEN,
            Self::Signs => words::SIGNS,
            Self::Id => words::ID,
            Self::Origin => words::ORIGIN,
            Self::Minutes => words::MINUTES,
            Self::Days => words::DAYS,
            Self::Count => words::COUNT,
            Self::Rate => words::RATE,
            Self::NoSamples => words::NO_SAMPLES,
        }
    }
}
