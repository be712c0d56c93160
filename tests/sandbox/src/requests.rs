//! The log of every vendor request that arrived. It keeps neither CheckSum nor secret.

use serde::Serialize;

/// The three headers that are safe to show.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ShownHeaders {
    #[serde(rename = "AppKey")]
    pub(crate) app_key: Option<String>,
    #[serde(rename = "Nonce")]
    pub(crate) nonce: Option<String>,
    #[serde(rename = "CurTime")]
    pub(crate) cur_time: Option<String>,
}

/// A request as it arrived.
#[derive(Debug, Serialize)]
pub(crate) struct Arrival {
    pub(crate) at: i64,
    /// The operation it addressed, if any: `yunxin.recall`.
    pub(crate) operation: Option<&'static str>,
    pub(crate) method: String,
    /// The path as sent, still percent-encoded.
    pub(crate) path: String,
    /// The query as sent, without `?`.
    pub(crate) query: Option<String>,
    pub(crate) headers: ShownHeaders,
    pub(crate) trace_id: Option<String>,
    pub(crate) body: String,
    /// The kind of the fault that was applied to it.
    pub(crate) fault: Option<&'static str>,
}

/// How a request ended: both absent when the connection was cut or the caller left first.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Ending {
    pub(crate) http_status: Option<u16>,
    pub(crate) code: Option<u32>,
}

/// One line of the log.
#[derive(Debug, Serialize)]
pub(crate) struct SeenRequest {
    seq: usize,
    #[serde(flatten)]
    arrival: Arrival,
    #[serde(flatten)]
    ending: Ending,
}

/// The number of a logged request, to tell its ending later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ticket(usize);

/// Every vendor request since the last reset, in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    log: Vec<SeenRequest>,
}

impl Requests {
    /// Numbers an arrival from 1 and appends it.
    pub(crate) fn open(&mut self, arrival: Arrival) -> Ticket {
        let ticket = Ticket(self.log.len() + 1);
        self.log.push(SeenRequest { seq: ticket.0, arrival, ending: Ending::default() });
        ticket
    }

    /// Notes how a request ended; silently nothing when a reset came between.
    pub(crate) fn close(&mut self, ticket: Ticket, ending: Ending) {
        if let Some(seen) = self.log.iter_mut().find(|seen| seen.seq == ticket.0) {
            seen.ending = ending;
        }
    }

    /// The log so far.
    pub(crate) fn all(&self) -> &[SeenRequest] {
        &self.log
    }
}
