//! Whether calls may leave the page at all: the one place that decides it.

use super::browser;
use super::desk::Shared;
use super::later::Part;
use crate::config::{Config, ConfigFault};
use crate::domain::reply::Ending;
use crate::embed::Frame;
use crate::transport::fetch;

/// Why the desk goes without a configuration.
#[derive(Clone)]
pub(crate) enum NoConfig {
    /// It is on its way.
    Awaited,
    /// It is wrong: where, and how it is mended.
    Wrong(ConfigFault),
    /// It could not be read: what came instead.
    Unread(Ending),
}

impl Shared {
    /// Says where the desk stands.
    pub(crate) fn stand(&self, frame: Frame) {
        self.frame.set(frame);
        self.open_or_shut();
    }

    /// Takes over a configuration. Under one that says which connections may be used, none that was typed in before it came stays
    /// in use.
    pub(crate) fn adopt(&self, config: Config) {
        if config.policy.locked || !config.policy.proxies.is_empty() {
            self.in_use.set(None);
            self.resting.set(Vec::new());
        }
        self.config.set(Ok(config));
        self.open_or_shut();
    }

    /// Takes note of why there is no configuration to go by.
    pub(crate) fn refuse(&self, why: NoConfig) {
        self.config.set(Err(why));
        self.open_or_shut();
    }

    /// Goes without a configuration that is wrong, and fetches the sentences that say why.
    pub(crate) fn refuse_wrong(&'static self, fault: ConfigFault) {
        self.refuse(NoConfig::Wrong(fault));
        browser::spawn(async move {
            if self.parts.bring(Part::Connecting).await {
                self.config.update(|_| ());
            }
        });
    }

    /// Calls leave where the desk may be used, and while it is known what its configuration says: one that is wrong, or was not
    /// read, may close what would now stand open.
    fn open_or_shut(&self) {
        let usable = self.frame.get_untracked().is_open() && self.config.with_untracked(Result::is_ok);
        fetch::shut(!usable);
    }
}
