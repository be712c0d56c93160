//! The thin part that asks: each question is one or a few calls, none of which can change anything.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::super::browser;
use super::super::road::{self, Journey};
use crate::connection::Connection;
use crate::domain::diagnosis::{Answer, Observed, Question};
use crate::domain::draft::Draft;
use crate::domain::endpoint::Endpoint;
use crate::domain::operation::Method;
use crate::domain::outcome::Outcome;
use crate::domain::reply::Ending;
use crate::domain::request::{Moment, Request};
use crate::domain::secret::Secret;
use crate::transport::fetch::{self, Call};

/// How long a question waits for its answer, in milliseconds.
const DEADLINE: u32 = 15_000;
/// A browser tells of a broken policy in an event of its own, which may come after the call has failed; in milliseconds.
const POLICY_DELAY: u32 = 100;
/// The last segment of a path at which no vendor has anything.
const NOWHERE: &str = "message-desk-test";

/// What is asked, and where.
pub(super) struct Probes {
    connection: Connection,
    request: Request,
    /// The headers that the connection's requests carry, by name.
    pub(super) headers: Vec<&'static str>,
}

impl Probes {
    /// The questions for a connection; none when the harmless call cannot be made from it.
    pub(super) fn new(connection: &Connection) -> Option<Self> {
        let probe = &connection.vendor().probe;
        let draft = Draft { operation: probe.operation, values: probe.values.iter().copied().collect() };
        let request = connection.request(draft.validate(browser::now()).ok()?).ok()?;
        // Only the names are looked at: what a proxy has to let through.
        let moment = Moment {
            now: browser::now(),
            nonce: road::nonce(connection),
            trace: Some(NOWHERE.to_owned()),
            token: Some(Secret::new("0")),
        };
        let mut headers: Vec<_> = match connection.sign(request.clone(), &moment) {
            Ok(signed) => signed.headers().iter().map(|header| header.name).collect(),
            Err(_) => connection.vendor().headers.to_vec(),
        };
        headers.retain(|name| !name.eq_ignore_ascii_case("accept"));
        if !headers.contains(&"Content-Type") {
            headers.push("Content-Type");
        }
        Some(Self { connection: connection.clone(), request, headers })
    }

    /// The address that is called, without anything that proves something.
    pub(super) fn address(&self) -> String {
        self.connection.proxy().address(&self.request, self.request.query())
    }

    /// The method and the address at the vendor.
    pub(super) fn request(&self) -> String {
        format!("{} {}", self.request.method().as_str(), self.request.url())
    }

    /// Whether it leads to the page's own origin, where no permission is needed.
    fn is_same_origin(&self) -> bool {
        let own = format!("{}/", browser::origin());
        let proxy = self.connection.proxy();
        let relative = proxy.host().is_none() && !proxy.is_direct();
        relative || self.address().starts_with(&own)
    }

    /// Whether plain http would be called from an https page; this very machine may be.
    fn is_mixed(&self) -> bool {
        let (proxy, endpoint) = (self.connection.proxy(), self.connection.endpoint());
        let plain = match proxy.is_direct() {
            true => !endpoint.is_https() && !endpoint.is_loopback(),
            false => proxy.is_mixed_content().is_some(),
        };
        plain && browser::is_https()
    }

    /// Asks, and notes what came back. The outcome of the call with its proof is given back.
    pub(super) async fn ask(&self, question: Question, seen: &mut Observed) -> Option<Outcome> {
        match question {
            Question::Online => seen.online = Some(fetch::online()),
            Question::Scheme => {
                seen.same_origin = self.is_same_origin();
                seen.by_proxy = self.connection.is_signed_by_proxy();
                seen.mixed = Some(self.is_mixed());
            }
            Question::Unsigned => self.unsigned(seen).await,
            Question::Plainly => {
                let call = self.call(Method::Get, &[], None, &self.address()).await;
                seen.plainly = Some(answered(&call));
            }
            Question::Headers => {
                let mut refused = Vec::new();
                for name in &self.headers {
                    let call = self.call(Method::Get, &[name], None, &self.address()).await;
                    refused.extend((!answered(&call)).then_some(*name));
                }
                seen.headers = Some(refused);
            }
            Question::Anything => seen.anything = Some(fetch::reaches(&self.address(), DEADLINE).await),
            Question::Private => seen.private = Some(is_kept_out().await),
            Question::Methods => seen.methods = Some(self.methods().await),
            Question::Signed => return Some(self.signed(seen).await),
        }
        None
    }

    async fn call(
        &self,
        method: Method,
        headers: &[&'static str],
        body: Option<&str>,
        address: &str,
    ) -> Call {
        fetch::ask(method, headers, body, address, road::sign_on(&self.connection), DEADLINE).await
    }

    async fn unsigned(&self, seen: &mut Observed) {
        let request = &self.request;
        let watch = PolicyWatch::begin();
        let call = self.call(request.method(), &self.headers, request.body(), &self.address()).await;
        if call.ending == Ending::NoConnection {
            TimeoutFuture::new(POLICY_DELAY).await;
        }
        seen.policy = watch.end();
        seen.skew = skew(call.date.as_deref());
        let valid = request.valid();
        let in_its_words = match &call.ending {
            Ending::Replied(reply) => (valid.operation().explain)(valid, reply).is_some(),
            _ => false,
        };
        seen.unsigned = Some(Answer { ending: call.ending, in_its_words });
    }

    /// The methods that need permission and do not get it. They are tried where nothing is, so that nothing can happen.
    async fn methods(&self) -> Vec<&'static str> {
        let endpoint = self.connection.endpoint();
        let path = format!("{}/{NOWHERE}", endpoint.prefix());
        let address = self.connection.proxy().address_of(endpoint, &path, "");
        let try_with = |method| {
            let address = address.clone();
            async move { answered(&self.call(method, &["Content-Type"], None, &address).await) }
        };
        let mut refused = Vec::new();
        for method in [Method::Put, Method::Delete] {
            let used = self.connection.vendor().operations.iter().any(|operation| operation.method == method);
            if used && !try_with(method).await {
                refused.push(method.as_str());
            }
        }
        // Where no method at all is answered, the path is what the proxy does not like.
        if !refused.is_empty() && !try_with(Method::Get).await {
            refused.clear();
        }
        refused
    }

    async fn signed(&self, seen: &mut Observed) -> Outcome {
        let trace = browser::random_hex();
        let journey = road::send(&self.connection, self.request.clone(), &trace, DEADLINE).await;
        let Journey { ending, outcome, date, in_its_words, .. } = journey;
        seen.skew = skew(date.as_deref()).or(seen.skew);
        let standing = (self.connection.vendor().probe.judge)(&outcome);
        seen.signed = Some((Answer { ending, in_its_words }, standing));
        outcome
    }
}

/// Whether anything came back that a page may know of.
fn answered(call: &Call) -> bool {
    !matches!(
        call.ending,
        Ending::NoConnection | Ending::TimedOut | Ending::NotBuilt | Ending::Withheld(_) | Ending::Offline
    )
}

/// By how many seconds this computer's clock is ahead of the server's.
fn skew(date: Option<&str>) -> Option<i64> {
    Some((browser::now() - browser::parse_date(date?)?) / 1000)
}

/// Notices that the page's own policy stops a call.
struct PolicyWatch {
    broken: Rc<Cell<bool>>,
    listener: Closure<dyn Fn(JsValue)>,
}

/// What a page is told when its policy is broken.
const VIOLATION: &str = "securitypolicyviolation";

impl PolicyWatch {
    fn begin() -> Self {
        let broken = Rc::new(Cell::new(false));
        let seen = broken.clone();
        let listener = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            let directive = Reflect::get(&event, &"effectiveDirective".into()).unwrap_or_default();
            let disposition = Reflect::get(&event, &"disposition".into()).unwrap_or_default();
            // A policy that only reports stops nothing.
            let enforced = disposition.as_string().as_deref() == Some("enforce");
            if enforced && directive.as_string().as_deref() == Some("connect-src") {
                seen.set(true);
            }
        });
        drop(document().add_event_listener_with_callback(VIOLATION, listener.as_ref().unchecked_ref()));
        Self { broken, listener }
    }

    fn end(self) -> bool {
        let listener = self.listener.as_ref().unchecked_ref();
        drop(document().remove_event_listener_with_callback(VIOLATION, listener));
        self.broken.get()
    }
}

/// Whether the browser has been told to keep this page out of the local network. Its name has changed over time.
async fn is_kept_out() -> bool {
    // A page of this very machine is in the local network itself.
    if Endpoint::parse(&browser::origin()).is_some_and(|origin| origin.is_loopback()) {
        return false;
    }
    for name in ["local-network-access", "local-network", "loopback-network"] {
        if permission(name).await.is_ok_and(|state| state.as_string().as_deref() == Some("denied")) {
            return true;
        }
    }
    false
}

async fn permission(name: &str) -> Result<JsValue, JsValue> {
    let permissions = Reflect::get(&window().navigator(), &"permissions".into())?;
    let query: Function = Reflect::get(&permissions, &"query".into())?.dyn_into()?;
    let wanted = Object::new();
    Reflect::set(&wanted, &"name".into(), &name.into())?;
    let promise: Promise = query.call1(&permissions, &wanted)?.dyn_into()?;
    Reflect::get(&JsFuture::from(promise).await?, &"state".into())
}
