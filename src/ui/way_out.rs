//! Whether calls may leave the page at all: the one place that decides it.

use super::desk::Shared;
use crate::embed::Frame;
use crate::transport::fetch;

impl Shared {
    /// Says where the desk stands.
    pub(crate) fn stand(&self, frame: Frame) {
        self.frame.set(frame);
        self.open_or_shut();
    }

    /// Takes note of what is wrong with the configuration.
    pub(crate) fn refuse(&self, fault: String) {
        self.config.set(Err(fault));
        self.open_or_shut();
    }

    /// Calls leave where the desk may be used, and while nothing is wrong with its configuration: a wrong one may have closed what
    /// would now stand open.
    fn open_or_shut(&self) {
        let usable = self.frame.get_untracked().is_open() && self.config.with_untracked(Result::is_ok);
        fetch::shut(!usable);
    }
}
