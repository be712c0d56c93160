//! A way to one app of one vendor: its address, its signer and its proxy, put together from what a person filled in.
//!
//! The only place where vendors and transport meet; the page and the headless face both stand on it.

use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::batch::Batch;
use crate::domain::batch::keep::Reason;
use crate::domain::draft::{Draft, Values};
use crate::domain::endpoint::Endpoint;
use crate::domain::field::Kind;
use crate::domain::operation::Operation;
use crate::domain::problem::{Fault, Problem};
use crate::domain::request::{Moment, Request, Sign, Signed};
use crate::domain::secret::Secret;
use crate::domain::validation::{Readings, Valid, validate_form};
use crate::domain::vendor::{ENDPOINT, PROXY, SIGNS, Token, Vendor, proxy_signs};
use crate::transport::proxy::Template;

/// An open connection. Its secret lives in the signer and nowhere else.
#[derive(Clone)]
pub struct Connection {
    vendor: &'static Vendor,
    endpoint: Endpoint,
    proxy: Template,
    signer: Arc<dyn Sign>,
    by_proxy: bool,
    account: String,
    app: Vec<String>,
    tenant: Values,
    exchange: Option<Values>,
    token: Arc<Mutex<Option<Kept>>>,
}

/// A token in use.
struct Kept {
    value: Secret,
    renew_at: Option<i64>,
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
                let shown = || vendor.connection.fields().filter(|field| !matches!(field.kind, Kind::Secret));
                let named =
                    vendor.connection.groups.iter().take(1).flat_map(|group| group.fields).filter(|field| {
                        !matches!(field.kind, Kind::Secret)
                            && ![ENDPOINT.name, PROXY.name, SIGNS.name].contains(&field.name)
                    });
                let account: Vec<_> =
                    named.map(|field| entries.text(field)).filter(|text| !text.is_empty()).collect();
                Ok(Self {
                    vendor,
                    endpoint,
                    proxy,
                    signer: (vendor.signer)(&entries).into(),
                    by_proxy: proxy_signs(&entries),
                    account: account.join(" · "),
                    app: (vendor.app)(&entries),
                    tenant: shown().map(|field| (field.name, entries.text(field))).collect(),
                    exchange: vendor.exchange.and_then(|exchange| (exchange.values)(&entries)),
                    token: Arc::default(),
                })
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

    /// What was said about the app beside its credentials: how it is set up at the vendor.
    pub fn tenant(&self) -> &Values {
        &self.tenant
    }

    /// Whether the proxy proves the app, and nothing in the page does.
    pub fn is_signed_by_proxy(&self) -> bool {
        self.by_proxy
    }

    /// The proxy it goes through.
    pub fn proxy(&self) -> &Template {
        &self.proxy
    }

    /// The request for an act, to this connection's address.
    pub fn request(&self, valid: Valid) -> Result<Request, Problem> {
        Request::assemble(valid, &self.endpoint, &self.app)
    }

    /// The request of some of a batch's entries with the marks of a try, or what is wrong with it.
    pub fn request_of(
        &self,
        batch: &Batch,
        items: &[u32],
        marks: (&str, &str),
        now: i64,
    ) -> Result<Request, Box<Reason>> {
        let none = || Readings::new(&batch.operation.form, &Values::new(), now);
        let valid = batch.act(self.vendor, items, marks, now)?;
        self.request(valid).map_err(|problem| batch.wrong(&problem, &none()))
    }

    /// Signs a request for one attempt, with the token in use.
    pub fn sign(&self, request: Request, moment: &Moment) -> Result<Signed, Problem> {
        let token = moment
            .token
            .clone()
            .or_else(|| self.with_token(|kept| kept.as_ref().map(|kept| kept.value.clone())));
        Signed::seal(request, self.signer.as_ref(), &Moment { token, ..moment.clone() })
    }

    /// The call that must be made before anything else at the moment `now`: the one that gives a token.
    pub fn wants_token(&self, now: i64) -> Option<Draft> {
        let operation: &'static Operation = self.vendor.exchange?.operation;
        let values = self.exchange.clone()?;
        let fresh = self.with_token(|kept| {
            kept.as_ref().is_some_and(|kept| kept.renew_at.is_none_or(|renew_at| now < renew_at))
        });
        (!fresh).then_some(Draft { operation, values })
    }

    /// Keeps a token that was given at the moment `now`.
    pub fn keep_token(&self, token: Token, now: i64) {
        let renew_at = token.renew_after.map(|after| now.saturating_add(after));
        self.with_token(|kept| *kept = Some(Kept { value: token.value, renew_at }));
    }

    /// Forgets the token; gives back whether another can be had.
    pub fn forget_token(&self) -> bool {
        self.with_token(|kept| kept.take()).is_some() && self.exchange.is_some()
    }

    fn with_token<T>(&self, look: impl FnOnce(&mut Option<Kept>) -> T) -> T {
        look(&mut self.token.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The address the browser calls for a signed request.
    pub fn address(&self, signed: &Signed) -> String {
        self.proxy.address(signed.request(), &signed.query())
    }

    /// The same address with hidden values replaced by their placeholders.
    pub fn shown_address(&self, signed: &Signed) -> String {
        self.proxy.address(signed.request(), &signed.shown_query())
    }
}
