//! The connection that acts go through.

use crate::connection::Connection;
use crate::domain::caution::Stage;

/// A connection in use.
#[derive(Clone)]
pub(crate) struct InUse {
    /// The connection itself.
    pub(crate) connection: Connection,
    /// What it is called; empty for one that was typed in.
    pub(crate) name: [String; 2],
    /// Practice or production.
    pub(crate) stage: Stage,
}

impl InUse {
    /// As which app, at which address, through which proxy: the same words tell two connections apart.
    pub(crate) fn account(&self) -> String {
        let connection = &self.connection;
        let via = connection.proxy().host().unwrap_or_else(|| connection.proxy().base().to_owned());
        let parts = [connection.vendor().id, connection.account(), connection.endpoint().host(), &via];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}
