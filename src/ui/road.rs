//! From a valid act to its ending, through a connection: token, signature, call. Every request of the page takes this road.

use std::cell::OnceCell;

use super::browser;
use crate::connection::Connection;
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::reply::{Ending, Withheld, conclude};
use crate::domain::request::{Moment, Request};
use crate::domain::validation::Valid;
use crate::domain::vendor::Nonce;
use crate::transport::fetch::{self, Call, SignOn};
use crate::transport::policy;

thread_local! {
    /// The policies under which this page stands; they stay the same for as long as it lives.
    static POLICIES: OnceCell<Vec<String>> = const { OnceCell::new() };
}

/// How a call went.
pub(crate) struct Journey {
    /// How it ended.
    pub(crate) ending: Ending,
    /// The answer's date.
    pub(crate) date: Option<String>,
    /// How long the answer asks to wait, as written.
    pub(crate) retry_after: Option<String>,
    /// What it means.
    pub(crate) outcome: Outcome,
    /// Whether the answer was the vendor's own, and not that of something in between.
    pub(crate) in_its_words: bool,
}

/// A fresh random text, as the vendor wants it.
pub(crate) fn nonce(connection: &Connection) -> String {
    match connection.vendor().nonce {
        Nonce::Hex => browser::random_hex(),
        Nonce::Decimal => browser::random_decimal(),
    }
}

/// Sends a request, after a token was got when the vendor works with tokens. A token that is too old is renewed once: the
/// vendor has refused the request, so sending it again does nothing twice.
pub(crate) async fn send(connection: &Connection, request: Request, trace: &str, deadline: u32) -> Journey {
    if let Some(failed) = get_token(connection, deadline).await {
        return failed;
    }
    let journey = attempt(connection, request.clone(), trace, deadline).await;
    let stale = |exchange: &crate::domain::vendor::Exchange| match &journey.ending {
        Ending::Replied(reply) => (exchange.is_stale)(reply),
        _ => false,
    };
    if connection.vendor().exchange.is_some_and(stale) && connection.forget_token() {
        if let Some(failed) = get_token(connection, deadline).await {
            return failed;
        }
        return attempt(connection, request, trace, deadline).await;
    }
    journey
}

/// Gets a token when one is wanted; gives back how that went when there is none now.
async fn get_token(connection: &Connection, deadline: u32) -> Option<Journey> {
    let draft = connection.wants_token(browser::now())?;
    let exchange = connection.vendor().exchange?;
    // The texts of the exchange come from a checked connection: they are valid.
    let valid = draft.validate(browser::now()).ok()?;
    let request = connection.request(valid).ok()?;
    let mut journey = attempt(connection, request, "", deadline).await;
    let token = match &journey.ending {
        Ending::Replied(reply) => (exchange.read)(reply),
        _ => None,
    };
    match token {
        Some(token) => {
            connection.keep_token(token, browser::now());
            None
        }
        None => {
            // Whatever became of the token, the act itself never left.
            journey.outcome.verdict = Verdict::NotSent;
            Some(journey)
        }
    }
}

/// Whether a sign-on goes along: a proxy that signs wants to know for whom.
pub(crate) fn sign_on(connection: &Connection) -> SignOn {
    if connection.is_signed_by_proxy() { SignOn::Shown } else { SignOn::Kept }
}

/// Whether the page's own policy lets an address be called. The browser would stop a call all the same, and tell its whole address.
async fn is_allowed(address: &str) -> bool {
    let page = browser::origin();
    if !policy::leads_away(&page, address) {
        return true;
    }
    if POLICIES.with(|known| known.get().is_none())
        && let Some(read) = fetch::own_policies().await
    {
        POLICIES.with(|known| drop(known.set(read)));
    }
    POLICIES.with(|known| known.get().is_none_or(|policies| policy::allows(policies, &page, address)))
}

async fn attempt(connection: &Connection, request: Request, trace: &str, deadline: u32) -> Journey {
    let trace = (!trace.is_empty()).then(|| trace.to_owned());
    let moment = Moment { now: browser::now(), nonce: nonce(connection), trace, token: None };
    let valid: Valid = request.valid().clone();
    let call = match connection.sign(request, &moment) {
        Ok(signed) => {
            let (sign_on, address) = (sign_on(connection), connection.address(&signed));
            match is_allowed(&address).await {
                true => fetch::call(&signed, &address, sign_on, deadline).await,
                false => Call::without_date(Ending::Withheld(Withheld::Policy)),
            }
        }
        Err(_) => Call::without_date(Ending::Withheld(Withheld::Unsigned)),
    };
    let in_its_words = match &call.ending {
        Ending::Replied(reply) => (valid.operation().explain)(&valid, reply).is_some(),
        _ => false,
    };
    let outcome = conclude(&valid, &call.ending);
    Journey { ending: call.ending, date: call.date, retry_after: call.retry_after, outcome, in_its_words }
}
