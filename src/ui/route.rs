//! The addresses of the desk's pages, behind the `#`: made and read here only.

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// An operation's form, by the operation's id.
    Operation(String),
    /// The connection.
    Connection,
    /// What was done in this session.
    Record,
    /// Recognising messages in what is pasted.
    Paste,
    /// Jobs: the list, `new/` and an operation, or a job's id.
    Jobs(String),
    /// The start: whichever operation comes first.
    Start,
}

impl Route {
    /// Reads `#/…`; anything but a page's name is an operation's id, known or not.
    pub(crate) fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let path = path.split('?').next().unwrap_or("");
        match path.split('/').next().unwrap_or("") {
            "" => Self::Start,
            "connection" => Self::Connection,
            "record" => Self::Record,
            "paste" => Self::Paste,
            "jobs" => Self::Jobs(path.split_once('/').map_or_else(String::new, |(_, rest)| rest.to_owned())),
            id => Self::Operation(id.to_owned()),
        }
    }

    /// Prints `#/…`.
    pub(crate) fn print(&self) -> String {
        match self {
            Self::Start => "#/".to_owned(),
            Self::Connection => "#/connection".to_owned(),
            Self::Record => "#/record".to_owned(),
            Self::Paste => "#/paste".to_owned(),
            Self::Jobs(rest) if rest.is_empty() => "#/jobs".to_owned(),
            Self::Jobs(rest) => format!("#/jobs/{rest}"),
            Self::Operation(id) => format!("#/{id}"),
        }
    }
}
