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
        let proxy = self.connection.proxy();
        let via = proxy.host().unwrap_or_else(|| proxy.base().to_owned());
        joined([&self.app(), &via])
    }

    /// Whether an account is that of the same app at the same address, whatever the way there.
    pub(crate) fn is_app_of(&self, account: &str) -> bool {
        account.strip_prefix(&self.app()).is_some_and(|way| way.is_empty() || way.starts_with(BETWEEN))
    }

    /// As which app, at which address, whatever the way there: what the vendor's limits are for.
    pub(crate) fn app(&self) -> String {
        let connection = &self.connection;
        joined([connection.vendor().id, connection.account(), connection.endpoint().host()])
    }
}

/// What stands between the parts of an account.
const BETWEEN: &str = " · ";

fn joined<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(BETWEEN)
}
