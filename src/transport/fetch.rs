//! The one place that calls out: a signed request in, a closed list of endings out.

use std::sync::atomic::{AtomicBool, Ordering};

use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect,
    ResponseType,
};

use crate::domain::operation::Method;
use crate::domain::reply::{Ending, Reply, Withheld};
use crate::domain::request::Signed;

/// Whether no call may leave: the page stands where it must not be used.
static SHUT: AtomicBool = AtomicBool::new(false);

/// How long one of the page's own files is waited for, in milliseconds.
const OWN_FILE_DEADLINE: u32 = 30_000;
/// How long the page is waited for when its policies are read, in milliseconds.
const POLICIES_DEADLINE: u32 = 5_000;

/// Closes the way out, or opens it. While it is closed no call is even built, whoever asks for it.
pub fn shut(closed: bool) {
    SHUT.store(closed, Ordering::Relaxed);
}

/// How a call ended, and the server's clock when it may be read.
#[derive(Clone, Debug)]
pub struct Call {
    /// The ending.
    pub ending: Ending,
    /// The `Date` header as written, when the browser shows it.
    pub date: Option<String>,
    /// The `Retry-After` header as written, when the browser shows it.
    pub retry_after: Option<String>,
}

impl Call {
    /// One that had no answer to read.
    pub fn without_date(ending: Ending) -> Self {
        Self { ending, date: None, retry_after: None }
    }
}

/// Whether the browser's own proof of who uses it, a sign-on's cookie or a password, goes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOn {
    /// It stays: the request proves itself.
    Kept,
    /// It goes along: the proxy signs, and wants to know for whom.
    Shown,
}

/// Calls `address` with a signed request; gives up after `deadline` milliseconds.
///
/// No cookie leaves but to a proxy that signs, no redirect is followed, nothing is cached, no referrer is told, and nothing is
/// repeated.
pub async fn call(signed: &Signed, address: &str, sign_on: SignOn, deadline: u32) -> Call {
    let request = signed.request();
    if signed.query() != request.query() {
        keep_no_timings();
    }
    let headers = signed.headers().iter().map(|header| (header.name, header.sent())).collect();
    send(request.method(), headers, request.body(), address, sign_on, deadline).await
}

/// Calls `address` with nothing that proves anything: headers by their names, each with a value that means nothing.
pub async fn ask(
    method: Method,
    headers: &[&'static str],
    body: Option<&str>,
    address: &str,
    sign_on: SignOn,
    deadline: u32,
) -> Call {
    let value = |name: &str| if name == "Content-Type" { "application/json" } else { "0" };
    let headers = headers.iter().map(|name| (*name, value(name))).collect();
    send(method, headers, body, address, sign_on, deadline).await
}

async fn send(
    method: Method,
    headers: Vec<(&'static str, &str)>,
    body: Option<&str>,
    address: &str,
    sign_on: SignOn,
    deadline: u32,
) -> Call {
    if SHUT.load(Ordering::Relaxed) {
        return Call::without_date(Ending::Withheld(Withheld::Shut));
    }
    if !online() {
        return Call::without_date(Ending::Offline);
    }
    let Ok(abort) = AbortController::new() else { return Call::without_date(Ending::NotBuilt) };
    let mut builder = guarded(match method {
        Method::Get => Request::get(address),
        Method::Post => Request::post(address),
        Method::Put => Request::put(address),
        Method::Delete => Request::delete(address),
    })
    .credentials(match sign_on {
        SignOn::Kept => RequestCredentials::Omit,
        SignOn::Shown => RequestCredentials::Include,
    })
    .abort_signal(Some(&abort.signal()));
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let built = match body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    let Ok(request) = built else { return Call::without_date(Ending::NotBuilt) };
    answer(request, deadline, &abort).await
}

async fn answer(request: Request, deadline: u32, abort: &AbortController) -> Call {
    let answer = async {
        match request.send().await {
            Ok(response) => read(response).await,
            Err(_) => Call::without_date(Ending::NoConnection),
        }
    };
    before(deadline, abort, answer).await
}

/// Whether anything at all answers at `address`: an opaque answer counts. Tells "unreachable" from "refuses this page".
pub async fn reaches(address: &str, deadline: u32) -> bool {
    if SHUT.load(Ordering::Relaxed) {
        return false;
    }
    let Ok(abort) = AbortController::new() else { return false };
    // An opaque call must follow redirects: the Fetch standard refuses `manual` together with `no-cors`.
    let builder = guarded(Request::get(address))
        .redirect(RequestRedirect::Follow)
        .mode(RequestMode::NoCors)
        .abort_signal(Some(&abort.signal()));
    let Ok(request) = builder.build() else { return false };
    let answer = async {
        let ending = if request.send().await.is_ok() { Ending::Redirected } else { Ending::NoConnection };
        Call::without_date(ending)
    };
    before(deadline, &abort, answer).await.ending == Ending::Redirected
}

/// One of the page's own files: nothing when its server says that there is none, and what came instead when it cannot be known
/// what it says.
pub type OwnFile = Result<Option<String>, Ending>;

/// Fetches one of the page's own files as text.
pub async fn own_file(name: &str) -> OwnFile {
    let abort = AbortController::new().map_err(|_| Ending::NotBuilt)?;
    let request = own(name).abort_signal(Some(&abort.signal())).build().map_err(|_| Ending::NotBuilt)?;
    match answer(request, OWN_FILE_DEADLINE, &abort).await.ending {
        Ending::Replied(Reply { status: 200..=299, body }) => Ok(Some(body)),
        Ending::Replied(Reply { status: 404 | 410, .. }) => Ok(None),
        other => Err(other),
    }
}

/// The policies under which this page stands: its own, and those its server sends with it. None when they could not be read.
pub async fn own_policies() -> Option<Vec<String>> {
    let document = web_sys::window()?.document()?;
    let said = document.query_selector("meta[http-equiv='Content-Security-Policy']").ok()?;
    let page = own("").build().ok()?.send();
    let page = whichever_first(page, TimeoutFuture::new(POLICIES_DEADLINE)).await?.ok()?;
    let own = said.and_then(|meta| meta.get_attribute("content"));
    let sent = page.headers().get("content-security-policy");
    page.ok().then(|| own.into_iter().chain(sent).collect())
}

/// Asks for something of the page's own as the page itself was asked for: the same sign-on may stand in front of it.
fn own(name: &str) -> RequestBuilder {
    guarded(Request::get(name)).credentials(RequestCredentials::SameOrigin)
}

/// An address that holds a signature is kept in no list of the page's own timings (SEC-22).
fn keep_no_timings() {
    let performance = js_sys::Reflect::get(&js_sys::global(), &"performance".into()).unwrap_or_default();
    let method = |name: &str| -> Option<js_sys::Function> {
        js_sys::Reflect::get(&performance, &name.into()).ok()?.dyn_into().ok()
    };
    drop(method("setResourceTimingBufferSize").map(|set| set.call1(&performance, &0.into())));
    drop(method("clearResourceTimings").map(|clear| clear.call0(&performance)));
}

fn guarded(builder: RequestBuilder) -> RequestBuilder {
    builder
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Manual)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
}

async fn before(deadline: u32, abort: &AbortController, answer: impl Future<Output = Call>) -> Call {
    let timer = TimeoutFuture::new(deadline);
    whichever_first(answer, timer).await.unwrap_or_else(|| {
        abort.abort();
        Call::without_date(Ending::TimedOut)
    })
}

/// The answer, or nothing when the timer came first.
async fn whichever_first<T>(answer: impl Future<Output = T>, timer: TimeoutFuture) -> Option<T> {
    let mut answer = std::pin::pin!(answer);
    let mut timer = std::pin::pin!(timer);
    std::future::poll_fn(|context| {
        use std::task::Poll;
        match answer.as_mut().poll(context) {
            Poll::Ready(answer) => Poll::Ready(Some(answer)),
            Poll::Pending => timer.as_mut().poll(context).map(|()| None),
        }
    })
    .await
}

async fn read(response: Response) -> Call {
    if response.type_() == ResponseType::Opaqueredirect {
        return Call::without_date(Ending::Redirected);
    }
    let status = response.status();
    let (date, retry_after) = (response.headers().get("date"), response.headers().get("retry-after"));
    let ending = match response.text().await {
        Ok(body) => Ending::Replied(Reply { status, body }),
        Err(_) => Ending::Cut { status },
    };
    Call { ending, date, retry_after }
}

/// Whether the browser says it is offline; it is believed only then.
pub fn online() -> bool {
    let navigator = js_sys::Reflect::get(&js_sys::global(), &"navigator".into());
    navigator
        .ok()
        .and_then(|navigator| navigator.dyn_into::<web_sys::Navigator>().ok())
        .is_none_or(|navigator| navigator.on_line())
}
