//! What only a browser can prove: how a signed request leaves the page, and each way in which a call ends.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use message_desk::connection::Connection;
use message_desk::domain::batch::keep::Head;
use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::job::item::Counts;
use message_desk::domain::reply::{Ending, Reply, Withheld};
use message_desk::domain::request::{Moment, Signed};
use message_desk::store::Store;
use message_desk::transport::fetch::{Call, SignOn, call, own_file, reaches, shut};
use message_desk::vendors;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestMode, RequestRedirect};

wasm_bindgen_test_configure!(run_in_browser);

const NOW: i64 = 1_763_700_000_000;
/// A deadline that no test waits for.
const LONG: u32 = 5_000;
/// A deadline that passes at once.
const SHORT: u32 = 30;
/// An id that a JavaScript number would round to …8000.
const REPLY: &str = r#"{"code":200,"msg":"success","data":{"message_server_id":158844553334358019}}"#;

const RECALL: (&str, &[(&str, &str)]) = (
    "yunxin.recall",
    &[
        ("conversation_id.sender_id", "zhangsan"),
        ("conversation_id.conversation_type", "1"),
        ("conversation_id.receiver_id", "lisi"),
        ("message_server_id", "158844553334358019"),
        ("type", "2"),
        ("description", "发错了 100%"),
    ],
);
const MODIFY: (&str, &[(&str, &str)]) = (
    "yunxin.modify",
    &[
        ("operator", "zhangsan"),
        ("type", "1"),
        ("message.message_server_id", "158844553334358019"),
        ("message.sender_id", "zhangsan"),
        ("message.receiver_id", "lisi"),
        ("message.time", "1763699990000"),
        ("message.message_type", "0"),
        ("message.text", "改到九点 🙂"),
    ],
);

/// An act signed as the page signs it, and the address it is sent to.
fn signed((id, texts): (&str, &[(&str, &str)])) -> (Signed, String) {
    let (vendor, operation) = vendors::operation(id).unwrap();
    let connection = [
        ("endpoint", "https://sandbox.invalid/yunxin"),
        ("app_key", "practice-app-key-0000000000000001"),
        ("app_secret", "practice-secret"),
        ("proxy", "proxy/sandbox{path}{query}"),
    ];
    let connection = Connection::open(vendor, &connection.into_iter().collect(), NOW).unwrap();
    let values: Values = texts.iter().copied().collect();
    let request = connection.request(Draft { operation, values }.validate(NOW).unwrap()).unwrap();
    let moment = Moment {
        now: NOW,
        nonce: "0123456789abcdef".to_owned(),
        trace: Some("trace-1".to_owned()),
        token: None,
    };
    let signed = connection.sign(request, &moment).unwrap();
    let address = connection.address(&signed);
    (signed, address)
}

thread_local! {
    /// The browser's own `fetch`.
    static FETCH: JsValue = js_sys::Reflect::get(&web_sys::window().unwrap(), &"fetch".into()).unwrap();
}

/// Makes the next calls real: a test that failed drops nothing and leaves its spy behind.
fn without_spy() {
    FETCH.with(set_fetch);
}

fn set_fetch(fetch: &JsValue) {
    js_sys::Reflect::set(&web_sys::window().unwrap(), &"fetch".into(), fetch).unwrap();
}

/// Stands in for `window.fetch` until it is dropped, and keeps every request that it was given.
struct Spy {
    seen: Rc<RefCell<Vec<Request>>>,
    _answer: Closure<dyn FnMut(Request) -> Promise>,
}

impl Spy {
    fn answering(answer: impl Fn() -> Promise + 'static) -> Self {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let log = seen.clone();
        let answer = Closure::new(move |request: Request| {
            log.borrow_mut().push(request);
            answer()
        });
        without_spy();
        set_fetch(answer.as_ref());
        Self { seen, _answer: answer }
    }

    /// Answers with what a function body in JavaScript returns.
    fn returning(script: &'static str) -> Self {
        Self::answering(move || Promise::resolve(&javascript(script)))
    }

    /// The one request it was given: nothing is ever repeated.
    fn only(&self) -> Request {
        let seen = self.seen.borrow();
        assert_eq!(seen.len(), 1, "one call is one request");
        Clone::clone(&seen[0])
    }
}

impl Drop for Spy {
    fn drop(&mut self) {
        without_spy();
    }
}

fn javascript(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&JsValue::UNDEFINED).unwrap()
}

fn never() -> Promise {
    Promise::new(&mut |_, _| {})
}

fn text_of_body(request: &Request) -> JsFuture {
    JsFuture::from(request.text().unwrap())
}

/// Names and values, names in lower case as the browser keeps them.
fn headers(request: &Request) -> Vec<(String, String)> {
    let pairs = js_sys::try_iter(&request.headers()).unwrap().unwrap();
    let mut headers: Vec<_> = pairs
        .map(|pair| {
            let pair: Array = pair.unwrap().unchecked_into();
            (pair.get(0).as_string().unwrap(), pair.get(1).as_string().unwrap())
        })
        .collect();
    headers.sort();
    headers
}

async fn recall(deadline: u32) -> Call {
    let (signed, address) = signed(RECALL);
    call(&signed, &address, SignOn::Kept, deadline).await
}

/// SEC-5, as far as it is the same for every call of the page.
fn assert_guarded(request: &Request) {
    assert_eq!(request.credentials(), RequestCredentials::Omit);
    assert_uncached(request);
}

fn assert_uncached(request: &Request) {
    assert_eq!(request.cache(), RequestCache::NoStore);
    assert_eq!(request.referrer_policy(), ReferrerPolicy::NoReferrer);
}

#[wasm_bindgen_test]
async fn a_call_leaves_with_exactly_its_options_headers_and_bytes() {
    for act in [RECALL, MODIFY] {
        let spy = Spy::returning("return new Response('{}')");
        let (signed, address) = signed(act);
        call(&signed, &address, SignOn::Kept, LONG).await;
        let request = spy.only();
        assert_guarded(&request);
        assert_eq!(request.redirect(), RequestRedirect::Manual);
        assert_eq!(request.mode(), RequestMode::Cors);
        assert_eq!(request.method(), signed.request().method().as_str());
        let page = web_sys::window().unwrap().location().origin().unwrap();
        let (path, query) = (signed.request().path(), signed.request().query());
        assert_eq!(request.url(), format!("{page}/proxy/sandbox{path}{query}"));
        let mut expected: Vec<_> = signed
            .headers()
            .iter()
            .map(|header| (header.name.to_ascii_lowercase(), header.sent().to_owned()))
            .collect();
        expected.sort();
        assert_eq!(headers(&request), expected);
        let body = text_of_body(&request).await.unwrap().as_string().unwrap();
        assert_eq!(body, signed.request().body().unwrap_or_default());
    }
}

#[wasm_bindgen_test]
async fn a_sign_on_goes_to_a_proxy_that_signs_and_nowhere_else() {
    let spy = Spy::returning("return new Response('{}')");
    let (signed, address) = signed(RECALL);
    call(&signed, &address, SignOn::Shown, LONG).await;
    assert_eq!(spy.only().credentials(), RequestCredentials::Include);
}

#[wasm_bindgen_test]
async fn only_a_body_brings_a_content_type() {
    for (act, count) in [(RECALL, 5), (MODIFY, 6)] {
        let spy = Spy::returning("return new Response('{}')");
        let (signed, address) = signed(act);
        call(&signed, &address, SignOn::Kept, LONG).await;
        let headers = headers(&spy.only());
        assert_eq!(headers.len(), count, "{headers:?}");
        assert_eq!(headers.iter().any(|(name, _)| name == "content-type"), act == MODIFY);
    }
}

#[wasm_bindgen_test]
async fn an_answer_is_kept_as_text_so_that_long_ids_stay_whole() {
    let spy = Spy::returning(
        r#"return new Response('{"code":200,"msg":"success","data":{"message_server_id":158844553334358019}}',
            { headers: { Date: "Fri, 21 Nov 2025 04:40:00 GMT" } })"#,
    );
    let Call { ending, date, .. } = recall(LONG).await;
    assert_eq!(ending, Ending::Replied(Reply { status: 200, body: REPLY.to_owned() }));
    assert_eq!(date.as_deref(), Some("Fri, 21 Nov 2025 04:40:00 GMT"));
    assert!(!spy.only().signal().aborted(), "an answer in time aborts nothing");
}

#[wasm_bindgen_test]
async fn an_answer_with_another_status_is_an_answer() {
    for (script, status, body) in [
        ("return new Response('<h1>Bad gateway</h1>', { status: 502 })", 502, "<h1>Bad gateway</h1>"),
        ("return new Response(null, { status: 204 })", 204, ""),
    ] {
        let _spy = Spy::returning(script);
        let Call { ending, date, .. } = recall(LONG).await;
        assert_eq!(ending, Ending::Replied(Reply { status, body: body.to_owned() }));
        assert_eq!(date, None);
    }
}

#[wasm_bindgen_test]
async fn offline_sends_nothing() {
    let spy = Spy::returning("return new Response('{}')");
    javascript("Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })");
    let ended = recall(LONG).await.ending;
    javascript("delete navigator.onLine");
    assert_eq!(ended, Ending::Offline);
    assert!(spy.seen.borrow().is_empty());
    assert!(web_sys::window().unwrap().navigator().on_line());
}

#[wasm_bindgen_test]
async fn a_page_in_a_strangers_frame_sends_nothing_and_looks_at_nobody() {
    let spy = Spy::returning("return new Response('{}')");
    shut(true);
    let (ended, reached) = (recall(LONG).await.ending, reaches("https://proxy.invalid/", LONG).await);
    shut(false);
    assert_eq!((ended, reached), (Ending::Withheld(Withheld::Shut), false));
    assert!(spy.seen.borrow().is_empty());
    assert!(matches!(recall(LONG).await.ending, Ending::Replied(_)), "and the way out is open again");
}

#[wasm_bindgen_test]
async fn an_address_the_browser_refuses_is_not_built() {
    let spy = Spy::returning("return new Response('{}')");
    let (signed, _) = signed(RECALL);
    for address in ["https://user:word@proxy.invalid/", "https://[", "http://"] {
        assert_eq!(call(&signed, address, SignOn::Kept, LONG).await.ending, Ending::NotBuilt, "{address}");
    }
    assert!(spy.seen.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn a_failed_fetch_is_no_connection_and_is_not_repeated() {
    let spy = Spy::answering(|| Promise::reject(&js_sys::TypeError::new("Failed to fetch")));
    assert_eq!(recall(LONG).await.ending, Ending::NoConnection);
    spy.only();
}

#[wasm_bindgen_test]
async fn an_address_that_is_not_reached_is_no_connection() {
    without_spy();
    let (signed, _) = signed(RECALL);
    assert_eq!(call(&signed, "http://127.0.0.1:1/", SignOn::Kept, LONG).await.ending, Ending::NoConnection);
}

#[wasm_bindgen_test]
async fn a_redirect_is_seen_and_not_followed() {
    // A script cannot make such an answer; the end-to-end tests meet a real one.
    let spy = Spy::returning(
        "return Object.defineProperty(new Response('never read'), 'type', { value: 'opaqueredirect' })",
    );
    assert_eq!(recall(LONG).await.ending, Ending::Redirected);
    spy.only();
}

#[wasm_bindgen_test]
async fn an_answer_that_breaks_off_is_cut() {
    let _spy = Spy::returning(
        r#"let turns = 0;
        const pull = (line) => turns++ ? line.error(new TypeError("cut")) : line.enqueue(new TextEncoder().encode('{"co'));
        return new Response(new ReadableStream({ pull }), { status: 201 })"#,
    );
    assert_eq!(recall(LONG).await.ending, Ending::Cut { status: 201 });
}

#[wasm_bindgen_test]
async fn no_answer_in_time_is_timed_out_and_aborted() {
    let spy = Spy::answering(never);
    assert_eq!(recall(SHORT).await.ending, Ending::TimedOut);
    assert!(spy.only().signal().aborted());
}

#[wasm_bindgen_test]
async fn a_body_that_does_not_end_in_time_is_timed_out_and_aborted() {
    let spy = Spy::returning(
        "return new Response(new ReadableStream({ start: (line) => line.enqueue(new Uint8Array([123])) }))",
    );
    assert_eq!(recall(SHORT).await.ending, Ending::TimedOut);
    assert!(spy.only().signal().aborted());
}

#[wasm_bindgen_test]
async fn a_look_around_is_opaque_follows_redirects_and_carries_nothing() {
    let spy = Spy::returning("return new Response('')");
    assert!(reaches("https://proxy.invalid/healthz", LONG).await);
    let request = spy.only();
    assert_guarded(&request);
    assert_eq!(request.mode(), RequestMode::NoCors);
    assert_eq!(request.redirect(), RequestRedirect::Follow);
    assert_eq!((request.method().as_str(), headers(&request)), ("GET", Vec::new()));
}

#[wasm_bindgen_test]
async fn nothing_that_fails_or_is_late_counts_as_reached() {
    {
        let _spy = Spy::answering(|| Promise::reject(&js_sys::TypeError::new("Failed to fetch")));
        assert!(!reaches("https://proxy.invalid/", LONG).await);
    }
    let spy = Spy::answering(never);
    assert!(!reaches("https://proxy.invalid/", SHORT).await);
    assert!(spy.only().signal().aborted());
}

#[wasm_bindgen_test]
async fn a_file_of_the_page_is_fetched_beside_it_and_just_as_guarded() {
    let spy = Spy::returning("return new Response('{\"connections\":[]}')");
    assert_eq!(own_file("config.json").await, Ok(Some("{\"connections\":[]}".to_owned())));
    let request = spy.only();
    assert_uncached(&request);
    // The page's own sign-on may stand in front of it; no other server is shown it.
    assert_eq!(request.credentials(), RequestCredentials::SameOrigin);
    assert_eq!(request.redirect(), RequestRedirect::Manual);
    assert_eq!(request.method(), "GET");
    assert!(request.url().ends_with("/config.json"));
    assert!(headers(&request).is_empty());
}

#[wasm_bindgen_test]
async fn a_file_that_is_not_there_is_none() {
    without_spy();
    assert_eq!(own_file("no-such-file.json").await, Ok(None), "a real answer with status 404");
    let _spy = Spy::returning("return new Response('', { status: 410 })");
    assert_eq!(own_file("config.json").await, Ok(None), "it is gone");
}

#[wasm_bindgen_test]
async fn a_file_that_cannot_be_read_does_not_count_as_absent() {
    let replied = |status, body: &str| Ending::Replied(Reply { status, body: body.to_owned() });
    for (script, ending) in [
        ("return new Response('<h1>Sign in</h1>', { status: 401 })", replied(401, "<h1>Sign in</h1>")),
        ("return new Response('', { status: 403 })", replied(403, "")),
        ("return new Response('', { status: 500 })", replied(500, "")),
        (
            "return Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })",
            Ending::Redirected,
        ),
        ("return Promise.reject(new TypeError('Failed to fetch'))", Ending::NoConnection),
        (
            "return new Response(new ReadableStream({ start: (line) => line.error(new TypeError('cut')) }))",
            Ending::Cut { status: 200 },
        ),
    ] {
        let _spy = Spy::returning(script);
        assert_eq!(own_file("config.json").await, Err(ending), "{script}");
    }
}

#[wasm_bindgen_test]
async fn a_ledger_is_read_without_the_body_of_its_job_and_without_the_ledgers_of_others() {
    let store = Store::open().await;
    assert_eq!(store.is_forgetful(), None, "the browser's own database");
    let head = |id: &str| Head {
        id: id.to_owned(),
        operation: "a.b".to_owned(),
        account: String::new(),
        practice: true,
        input: String::new(),
        created: 1,
        oldest: None,
        counts: Counts::default(),
        closed: None,
    };
    // One id begins with the other; the later line is put first.
    for (id, [first, second]) in [("ab", ["one", "two"]), ("abc", ["others", "others"])] {
        let lines = [(11, second.to_owned()), (2, first.to_owned())];
        store.create(&head(id), "the body", &lines).await.unwrap();
    }
    assert_eq!(store.lines("ab").await.unwrap(), ["one", "two"], "in the order of their numbers");
    let whole = store.load("ab").await.unwrap().unwrap();
    assert_eq!((whole.body.as_str(), whole.lines), ("the body", store.lines("ab").await.unwrap()));
    assert_eq!(store.lines("a").await.unwrap(), Vec::<String>::new(), "there is no such job");
    for id in ["ab", "abc"] {
        store.delete(id).await.unwrap();
    }
}
