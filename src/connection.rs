//! A way to one app of one vendor: its address, its signer and its proxy, put together from what a person filled in.
//!
//! The only place where vendors and transport meet; the page and the headless face both stand on it.

use std::sync::Arc;

use crate::domain::draft::Values;
use crate::domain::endpoint::Endpoint;
use crate::domain::field::Kind;
use crate::domain::problem::{Fault, Problem};
use crate::domain::request::{Moment, Request, Sign, Signed};
use crate::domain::validation::{Readings, Valid, validate_form};
use crate::domain::vendor::{ENDPOINT, PROXY, Vendor};
use crate::transport::proxy::Template;

/// An open connection. Its secret lives in the signer and nowhere else.
#[derive(Clone)]
pub struct Connection {
    vendor: &'static Vendor,
    endpoint: Endpoint,
    proxy: Template,
    signer: Arc<dyn Sign>,
    account: String,
}

impl Connection {
    /// Opens a connection from a form's texts, or says every problem with them.
    pub fn open(vendor: &'static Vendor, values: &Values, now: i64) -> Result<Self, Vec<Problem>> {
        let entries = validate_form(vendor.connection, values, now);
        // The addresses as they were read: a paste may hold full-width forms or characters nobody sees.
        let readings = Readings::new(vendor.connection, values, now);
        let endpoint = Endpoint::parse(readings.typed(&ENDPOINT));
        let proxy = Template::parse(readings.typed(&PROXY));
        match (entries, endpoint, proxy) {
            (Ok(entries), Some(endpoint), Ok(proxy)) => {
                let named = vendor.connection.fields().filter(|field| {
                    !matches!(field.kind, Kind::Secret)
                        && field.name != ENDPOINT.name
                        && field.name != PROXY.name
                });
                let account = named.map(|field| entries.text(field)).collect::<Vec<_>>().join(" · ");
                Ok(Self { vendor, endpoint, proxy, signer: (vendor.signer)(&entries).into(), account })
            }
            (entries, endpoint, proxy) => {
                let mut problems = entries.err().unwrap_or_default();
                if endpoint.is_none() && !problems.iter().any(|problem| problem.field == ENDPOINT.name) {
                    problems.push(Problem::stop(ENDPOINT.name, ENDPOINT.rule, Fault::NotAnAddress));
                }
                problems.extend(proxy.err().map(|fault| Problem::stop(PROXY.name, PROXY.rule, fault)));
                Err(problems)
            }
        }
    }

    /// The vendor it leads to.
    pub fn vendor(&self) -> &'static Vendor {
        self.vendor
    }

    /// The vendor's address.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The app it acts as: what was filled in beside address, proxy and secrets.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The proxy it goes through.
    pub fn proxy(&self) -> &Template {
        &self.proxy
    }

    /// The request for an act, to this connection's address.
    pub fn request(&self, valid: Valid) -> Result<Request, Problem> {
        Request::assemble(valid, &self.endpoint)
    }

    /// Signs a request for one attempt.
    pub fn sign(&self, request: Request, moment: &Moment) -> Result<Signed, Problem> {
        Signed::seal(request, self.signer.as_ref(), moment)
    }

    /// The address the browser calls for a request.
    pub fn address(&self, request: &Request) -> String {
        self.proxy.address(request)
    }
}
